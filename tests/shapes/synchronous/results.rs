//! What is returned: errors, coercions, borrows, and nothing at all.

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
