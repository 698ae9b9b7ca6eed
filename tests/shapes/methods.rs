//! Methods of all receivers, in traits and out of them.

shape!(shared, { struct Own(u8); }, { impl Own } { fn f(&self) -> &u8 { &self.0 } } {}, assert_eq!(*Own(1).f(), 1));
shape!(exclusive, { struct Own(u8); }, { impl Own } { async fn f(&mut self) -> &mut u8 { self.0 += 1; pause().await; &mut self.0 } } {}, {
    assert_eq!(*block_on(Own(1).f()), 2);
});
shape!(owned, { struct Own(String); }, { impl Own } { async fn f(self) -> String { pause().await; self.0 } } {}, {
    assert_eq!(block_on(sent(Own("a".into()).f())), "a");
});
shape!(owned_and_mutable, { struct Own(u8); }, { impl Own } { fn f(mut self) -> Self { self.0 += 1; self } } {}, {
    assert_eq!(Own(1).f().0, 2);
});
shape!(in_a_box, { struct Own(u8); }, { impl Own } { fn f(self: Box<Self>) -> u8 { self.0 } } {}, assert_eq!(Box::new(Own(1)).f(), 1));
shape!(in_an_rc, { struct Own(u8); }, { impl Own } { async fn f(self: Rc<Self>) -> u8 { pause().await; self.0 } } {}, {
    assert_eq!(block_on(Rc::new(Own(1)).f()), 1);
});
shape!(in_an_arc, { struct Own(u8); }, { impl Own } { async fn f(self: &Arc<Self>) -> u8 { pause().await; self.0 } } {}, {
    assert_eq!(block_on(sent(Arc::new(Own(1)).f())), 1);
});
shape!(pinned, { struct Own(u8); }, { impl Own } { fn f(self: Pin<&mut Self>) -> u8 { self.0 } } {}, {
    assert_eq!(std::pin::pin!(Own(1)).f(), 1);
});
shape!(associated, { struct Own(u8); }, { impl Own } { fn f(value: impl Into<u8>) -> Self { Self(value.into()) } } {}, assert_eq!(Own::f(1).0, 1));
shape!(of_a_generic_type, { struct Own<T>(Vec<T>); }, { impl<T: Clone + Debug> Own<T> } {
    async fn f<U: From<T>>(&self) -> Vec<U> { self.0.iter().cloned().map(U::from).collect() }
} {}, assert_eq!(block_on(Own(vec![1_u8]).f::<u16>()), [1]));
shape!(with_constants, { struct Own<const N: usize>; }, { impl<const N: usize> Own<N> } {
    fn f(&self) -> [u8; N] { [Self::FILL; N] }
} { const FILL: u8 = 7; }, assert_eq!(Own::<2>.f(), [7, 7]));
shape!(of_a_trait, { struct Own; }, { impl Display for Own } {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("own") }
} {}, assert_eq!(Own.to_string(), "own"));
shape!(of_a_trait_with_types, { struct Own(u8); }, { impl Iterator for Own } {
    fn next(&mut self) -> Option<Self::Item> { self.0 += 1; Some(self.0) }
} { type Item = u8; }, assert_eq!(Own(0).next(), Some(1)));
shape!(provided, { struct Own; impl Give for Own {} }, { trait Give } { async fn f(&self) -> u8 { pause().await; 1 } } {}, {
    assert_eq!(block_on(Own.f()), 1);
});
shape!(async_of_a_trait, { struct Own; trait Give { async fn f(&self, text: &str) -> usize; } }, { impl Give for Own } {
    async fn f(&self, text: &str) -> usize { pause().await; text.len() }
} {}, assert_eq!(block_on(Own.f("a")), 1));
shape!(implied_future_of_a_trait, { struct Own; trait Give { fn f(&self) -> impl Future<Output = u8> + Send; } }, { impl Give for Own } {
    async fn f(&self) -> u8 { pause().await; 1 }
} {}, assert_eq!(block_on(sent(Own.f())), 1));
shape!(boxed_by_an_attribute, {
    struct Own(u8);
    #[async_trait::async_trait]
    trait Give { async fn f(&mut self, by: u8) -> Result<u8, Box<dyn Error + Send + Sync>>; }
}, { #[async_trait::async_trait] impl Give for Own } {
    async fn f(&mut self, by: u8) -> Result<u8, Box<dyn Error + Send + Sync>> {
        pause().await;
        if by == 0 { return Err(Box::new(std::fmt::Error)); }
        self.0 += by;
        Ok(self.0)
    }
} {}, assert_eq!(block_on(sent(Own(1).f(1))).unwrap(), 2));
shape!(provided_and_boxed_by_an_attribute, {
    struct Own;
    impl Give for Own {}
}, { #[async_trait::async_trait] trait Give: Sync } { async fn f(&self) -> u8 { pause().await; 1 } } {}, {
    let given: &dyn Give = &Own;
    assert_eq!(block_on(sent(given.f())), 1);
});
shape!(dropping, { struct Own; }, { impl Drop for Own } { fn drop(&mut self) {} } {}, drop(Own));
