//! What stands in the head: generics, arguments, qualifiers, attributes.

shape!(
    plain,
    {},
    {
        async fn f() -> u8 {
            pause().await;
            1
        }
    },
    assert_eq!(block_on(f()), 1)
);
shape!(
    no_tail,
    {},
    {
        async fn f(done: &mut bool) {
            *done = true;
        }
    },
    {
        let mut done = false;
        block_on(f(&mut done));
        assert!(done);
    }
);
shape!(
    unit_said,
    {},
    {
        async fn f() -> () {}
    },
    block_on(f())
);
shape!(
    elided_lifetime,
    {},
    {
        async fn f(text: &str) -> &str {
            pause().await;
            &text[1..]
        }
    },
    {
        assert_eq!(block_on(f("ab")), "b");
    }
);
shape!(
    named_lifetimes,
    {},
    {
        async fn f<'a, 'b: 'a>(one: &'a str, other: &'b str) -> &'a str {
            if one.is_empty() { other } else { one }
        }
    },
    assert_eq!(block_on(f("", "b")), "b")
);
shape!(
    generic,
    {},
    {
        async fn f<T, U>(one: T, other: U) -> Vec<T>
        where
            T: Clone,
            U: Into<T>,
        {
            vec![one.clone(), other.into()]
        }
    },
    assert_eq!(block_on(f(1_u16, 2_u8)), [1, 2])
);
shape!(
    const_generic,
    {},
    {
        async fn f<const N: usize>(values: [u8; N]) -> usize {
            values.iter().map(|value| *value as usize).sum::<usize>() + N
        }
    },
    assert_eq!(block_on(f([1, 2])), 5)
);
shape!(
    implied_argument,
    {},
    {
        async fn f(text: impl Display) -> String {
            text.to_string()
        }
    },
    {
        assert_eq!(block_on(f(1)), "1");
    }
);
shape!(
    mutable_argument,
    {},
    {
        async fn f(mut value: u8) -> u8 {
            value += 1;
            pause().await;
            value
        }
    },
    {
        assert_eq!(block_on(f(1)), 2);
    }
);
shape!(
    patterns,
    {
        struct Point {
            x: u8,
            y: u8,
        }
    },
    {
        async fn f((a, b): (u8, u8), [c, ..]: [u8; 3], Point { x, y: d }: Point, &e: &u8, _: u8) -> u8 {
            a + b + c + x + d + e
        }
    },
    assert_eq!(block_on(f((1, 2), [3, 0, 0], Point { x: 4, y: 5 }, &6, 7)), 21)
);
shape!(
    unsafe_function,
    {},
    {
        async unsafe fn f(value: u8) -> u8 {
            value + 1
        }
    },
    {
        // SAFETY: nothing in it is unsafe.
        assert_eq!(block_on(unsafe { f(1) }), 2);
    }
);
shape!(
    not_sent,
    {},
    {
        async fn f(value: Rc<u8>) -> u8 {
            pause().await;
            *value
        }
    },
    {
        assert_eq!(block_on(f(Rc::new(1))), 1);
    }
);
shape!(
    cell_argument,
    {},
    {
        async fn f(value: &std::cell::Cell<u8>) -> u8 {
            value.set(1);
            pause().await;
            value.get()
        }
    },
    {
        assert_eq!(block_on(f(&std::cell::Cell::new(0))), 1);
    }
);
shape!(
    not_synced_argument_is_sent,
    {},
    {
        async fn f(receiver: std::sync::mpsc::Receiver<u8>) -> u8 {
            pause().await;
            receiver.recv().unwrap()
        }
    },
    {
        let (sender, receiver) = std::sync::mpsc::channel();
        sender.send(1).unwrap();
        assert_eq!(block_on(sent(f(receiver))), 1);
    }
);
shape!(
    higher_ranked,
    {},
    {
        async fn f<F>(cut: F) -> usize
        where
            F: for<'a> Fn(&'a str) -> &'a str,
        {
            cut("abc").len()
        }
    },
    assert_eq!(block_on(f(|text| &text[1..])), 2)
);
shape!(
    future_argument,
    {},
    {
        async fn f(future: impl Future<Output = u8>) -> u8 {
            future.await + 1
        }
    },
    {
        assert_eq!(block_on(f(ready(1))), 2);
    }
);
shape!(
    dyn_argument,
    {},
    {
        async fn f(text: &(dyn Display + Send + Sync)) -> String {
            pause().await;
            text.to_string()
        }
    },
    {
        assert_eq!(block_on(sent(f(&1))), "1");
    }
);
shape!(
    raw_identifiers,
    {},
    {
        async fn f(r#type: u8, r#match: u8) -> u8 {
            r#type + r#match
        }
    },
    {
        assert_eq!(block_on(f(1, 2)), 3);
    }
);
shape!(
    argument_without_its_cfg,
    {},
    {
        async fn f(here: u8, #[cfg(any())] missing: u8) -> u8 {
            here
        }
    },
    {
        assert_eq!(block_on(f(1)), 1);
    }
);
