//! Free functions that are not `async`.

shape!(
    plain,
    {},
    {
        fn f() -> u8 {
            1
        }
    },
    assert_eq!(f(), 1)
);
shape!(
    no_tail,
    {},
    {
        fn f(done: &mut bool) {
            *done = true;
        }
    },
    {
        let mut done = false;
        f(&mut done);
        assert!(done);
    }
);
shape!(
    generic,
    {},
    {
        fn f<'a, T: Debug + ?Sized, const N: usize>(value: &'a T, _: [u8; N]) -> (&'a T, usize)
        where
            T: ToString,
        {
            (value, N)
        }
    },
    assert_eq!(f("a", [0; 2]), ("a", 2))
);
shape!(
    implied_both,
    {},
    {
        fn f(values: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
            values.map(|value| value + 1)
        }
    },
    {
        assert_eq!(f([1].into_iter()).collect::<Vec<_>>(), [2]);
    }
);
shape!(
    captures,
    {},
    {
        fn f<'a, T: Clone>(values: &'a [T], _: &u8) -> impl Iterator<Item = T> + use<'a, T> {
            values.iter().cloned()
        }
    },
    assert_eq!(f(&[1], &{ 2 }).count(), 1)
);
shape!(
    mutable_borrow_returned,
    {},
    {
        fn f(values: &mut Vec<u8>) -> &mut u8 {
            values.push(1);
            &mut values[0]
        }
    },
    {
        let mut values = vec![];
        *f(&mut values) += 1;
        assert_eq!(values, [2]);
    }
);
shape!(boxed_error, {}, {
    fn f(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
        if text.is_empty() { return Err(Box::new(std::fmt::Error)); }
        Ok(text.parse()?)
    }
}, { assert_eq!(f("1").unwrap(), 1); assert!(f("").is_err() && f("x").is_err()); }, calls 3);
shape!(result_of_implied, {}, {
    fn f(least: u8) -> Result<impl Iterator<Item = u8>, Box<dyn Error>> { if least > 9 { Err("large")? } Ok(least..10) }
}, { assert_eq!(f(8).unwrap().count(), 2); assert!(f(10).is_err()); }, calls 2);
shape!(boxed_any, {}, { fn f(text: &str) -> Box<dyn std::any::Any> { if text.is_empty() { return Box::new(0_u8); } Box::new(text.to_owned()) } }, {
    assert!(f("").is::<u8>() && f("a").is::<String>());
}, calls 2);
shape!(
    function_pointer_returned,
    {},
    {
        fn f() -> fn(u8) -> u8 {
            |value| value + 1
        }
    },
    assert_eq!(f()(1), 2)
);
shape!(
    once_called,
    {},
    {
        fn f<T>(make: impl FnOnce() -> T) -> T {
            make()
        }
    },
    {
        let text = String::from("a");
        assert_eq!(f(move || text), "a");
    }
);
shape!(
    mutably_called,
    {},
    {
        fn f(mut step: impl FnMut() -> u8) -> u8 {
            step();
            step()
        }
    },
    {
        let mut count = 0;
        assert_eq!(
            f(|| {
                count += 1;
                count
            }),
            2
        );
    }
);
shape!(
    return_within_closure,
    {},
    {
        fn f(values: &[u8]) -> u8 {
            let double = |value: &u8| {
                if *value > 9 {
                    return 0;
                }
                value * 2
            };
            values.iter().map(double).sum()
        }
    },
    assert_eq!(f(&[1, 10]), 2)
);
shape!(
    never,
    {},
    {
        fn f() -> ! {
            panic!("never")
        }
    },
    panics(|| {
        f();
    })
);
shape!(
    never_by_loop,
    {},
    {
        fn f(mut left: u8) -> ! {
            loop {
                left -= 1;
                if left == 0 {
                    panic!("the end")
                }
            }
        }
    },
    panics(|| {
        f(3);
    })
);
shape!(
    external,
    {},
    {
        extern "C" fn f(value: i32) -> i32 {
            value + 1
        }
    },
    assert_eq!(f(1), 2)
);
shape!(
    unsafe_external,
    {},
    {
        unsafe extern "C" fn f(value: *const i32) -> bool {
            value.is_null()
        }
    },
    {
        // SAFETY: nothing is read.
        assert!(unsafe { f(std::ptr::null()) });
    }
);
shape!(recursive, {}, { fn f(levels: u8) -> u8 { if levels == 0 { 0 } else { f(levels - 1) + 1 } } }, assert_eq!(f(2), 2), calls 3);
shape!(
    must_use,
    {},
    {
        #[must_use]
        fn f() -> u8 {
            1
        }
    },
    assert_eq!(f(), 1)
);
shape!(
    inlined,
    {},
    {
        #[inline]
        #[allow(clippy::let_and_return)]
        fn f(value: u8) -> u8 {
            let value = value;
            value
        }
    },
    assert_eq!(f(1), 1)
);
shape!(
    with_docs,
    {},
    {
        /// Counts.
        ///
        /// With `code` and "quotes".
        fn f() -> u8 {
            1
        }
    },
    assert_eq!(f(), 1)
);
shape!(
    restricted,
    {},
    {
        pub(in crate::synchronous) fn f() -> u8 {
            1
        }
    },
    assert_eq!(f(), 1)
);
shape!(
    panicking,
    {},
    {
        fn f(values: &[u8]) -> u8 {
            values[1]
        }
    },
    panics(|| {
        f(&[]);
    })
);
shape!(
    patterns,
    {},
    {
        fn f((a, b): (u8, u8), [c, ..]: [u8; 3], &mut d: &mut u8, _: u8) -> u8 {
            a + b + c + d
        }
    },
    {
        assert_eq!(f((1, 2), [3, 0, 0], &mut 4, 5), 10);
    }
);
shape!(
    mutable_arguments,
    {},
    {
        fn f(mut values: Vec<u8>, mut by: u8) -> Vec<u8> {
            by += 1;
            values.push(by);
            values
        }
    },
    {
        assert_eq!(f(vec![], 1), [2]);
    }
);
shape!(
    constants_shadowing_locals,
    {
        #[allow(dead_code, non_upper_case_globals)]
        const guard: u8 = 7;
    },
    {
        fn f() -> u8 {
            guard
        }
    },
    assert_eq!(f(), 7)
);
shape!(
    macros_within,
    {
        macro_rules! double {
            ($value:expr) => {
                $value * 2
            };
        }
    },
    {
        fn f(value: u8) -> String {
            assert!(value > 0);
            format!("{}", double!(value))
        }
    },
    assert_eq!(f(1), "2")
);
shape!(
    dereferenced_tail,
    {},
    {
        fn f(text: &String) -> &str {
            text
        }
    },
    assert_eq!(f(&"a".to_owned()), "a")
);
shape!(
    drop_order,
    {
        struct Note<'a>(&'a std::cell::RefCell<Vec<u8>>, u8);
        impl Drop for Note<'_> {
            fn drop(&mut self) {
                self.0.borrow_mut().push(self.1);
            }
        }
    },
    {
        fn f<'a>(_argument: Note<'a>, notes: &'a std::cell::RefCell<Vec<u8>>) {
            let _one = Note(notes, 2);
            let _other = Note(notes, 1);
        }
    },
    {
        let notes = Default::default();
        f(Note(&notes, 3), &notes);
        assert_eq!(*notes.borrow(), [1, 2, 3]);
    }
);
shape!(
    an_array_of_what_is_implied,
    {},
    {
        fn f() -> [impl Debug; 2] {
            [1, 2]
        }
    },
    assert_eq!(format!("{:?}", f()), "[1, 2]")
);
shape!(
    a_boxed_closure_over_references,
    {},
    {
        fn f() -> Box<dyn Fn(&str) -> &str> {
            Box::new(|text| &text[1..])
        }
    },
    assert_eq!(f()("ab"), "b")
);
