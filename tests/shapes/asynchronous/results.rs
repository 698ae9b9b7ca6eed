//! What is returned: errors, coercions, borrows, and nothing at all.

shape!(question_mark, {}, {
    async fn f(text: &str) -> Result<u8, std::num::ParseIntError> { let value: u8 = text.parse()?; Ok(value + 1) }
}, {
    assert_eq!(block_on(f("1")), Ok(2));
    assert!(block_on(f("x")).is_err());
}, calls 2);
shape!(
    question_mark_of_options,
    {},
    {
        async fn f(text: &str) -> Option<char> {
            let first = text.chars().next()?;
            Some(first.to_ascii_uppercase())
        }
    },
    assert_eq!(block_on(f("ab")), Some('A'))
);
shape!(boxed_error, {}, {
    async fn f(text: &str) -> Result<u8, Box<dyn Error>> {
        if text.is_empty() {
            return Err(Box::new(std::fmt::Error));
        }
        let value: u8 = text.parse()?;
        pause().await;
        if value == 0 { Err("zero")? }
        Ok(value)
    }
}, {
    assert_eq!(block_on(f("1")).unwrap(), 1);
    assert!(["", "x", "0"].into_iter().all(|text| block_on(f(text)).is_err()));
}, calls 4);
shape!(
    boxed_error_that_is_not_sent,
    {},
    {
        async fn f(text: &str) -> Result<u8, Box<dyn Error>> {
            pause().await;
            Ok(text.parse()?)
        }
    },
    assert_eq!(block_on(sent(f("1"))).unwrap(), 1)
);
shape!(
    never,
    {},
    {
        async fn f() -> ! {
            loop {
                pause().await;
            }
        }
    },
    cancelled(f())
);
shape!(
    never_by_panic,
    {},
    {
        async fn f() -> ! {
            panic!("never")
        }
    },
    panics(|| {
        block_on(f());
    })
);
shape!(
    nested_implied_result,
    {},
    {
        async fn f() -> Option<Vec<impl Debug>> {
            Some(vec![1_u8])
        }
    },
    assert_eq!(format!("{:?}", block_on(f())), "Some([1])")
);
shape!(
    implied_result_among_others,
    {},
    {
        async fn f(by: u32) -> (impl Fn(u32) -> u32, u32) {
            (move |value| value * by, by)
        }
    },
    {
        let (times, by) = block_on(f(3));
        assert_eq!((times(2), by), (6, 3));
    }
);
shape!(
    qualified_result,
    {},
    {
        async fn f<I: Iterator>(mut values: I) -> Option<<I as Iterator>::Item> {
            values.next()
        }
    },
    assert_eq!(block_on(f(1..3)), Some(1))
);
shape!(
    mutable_borrow_returned,
    {},
    {
        async fn f(values: &mut Vec<u8>) -> &mut u8 {
            values.push(1);
            pause().await;
            &mut values[0]
        }
    },
    {
        let mut values = vec![];
        *block_on(f(&mut values)) += 1;
        assert_eq!(values, [2]);
    }
);
shape!(
    boxed_closure_returned,
    {},
    {
        async fn f(by: u8) -> Box<dyn Fn(u8) -> u8 + Send> {
            if by == 0 {
                return Box::new(|value| value);
            }
            Box::new(move |value| value + by)
        }
    },
    assert_eq!(block_on(f(1))(1), 2)
);
shape!(
    function_pointer_returned,
    {},
    {
        async fn f() -> fn(u8) -> u8 {
            |value| value + 1
        }
    },
    {
        assert_eq!(block_on(f())(1), 2);
    }
);
shape!(
    unsized_coercion,
    {},
    {
        async fn f<'a>() -> &'a [u8] {
            &[1, 2]
        }
    },
    assert_eq!(block_on(f()).len(), 2)
);
shape!(
    borrowed_or_owned,
    {},
    {
        async fn f(text: &str) -> std::borrow::Cow<'_, str> {
            if text.is_empty() { "none".into() } else { text.into() }
        }
    },
    assert_eq!(block_on(f("")), "none")
);
