//! What stands in the head: generics, arguments, qualifiers, attributes.

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
