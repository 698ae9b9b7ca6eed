//! Functions that are not `async` and return a future.

shape!(
    implied,
    {},
    {
        fn f(value: u8) -> impl Future<Output = u8> {
            async move {
                pause().await;
                value
            }
        }
    },
    {
        drop(f(1));
        assert_eq!(block_on(f(2)), 2);
    }
);
shape!(
    with_statements_before,
    {},
    {
        fn f(text: &str) -> impl Future<Output = usize> + Send + use<> {
            let length = text.len();
            async move {
                pause().await;
                length
            }
        }
    },
    assert_eq!(block_on(sent(f("a"))), 1)
);
shape!(
    boxed,
    {},
    {
        fn f<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = &'a str> + Send + 'a>> {
            let rest = &text[1..];
            Box::pin(async move {
                pause().await;
                rest
            })
        }
    },
    assert_eq!(block_on(sent(f("ab"))), "b")
);
shape!(
    delegated,
    {
        async fn length(text: String) -> usize {
            pause().await;
            text.len()
        }
    },
    {
        fn f(text: &str) -> impl Future<Output = usize> + use<> {
            length(text.to_owned())
        }
    },
    assert_eq!(block_on(f("a")), 1)
);
shape!(by_an_early_return, {}, {
    fn f(early: bool) -> Pin<Box<dyn Future<Output = u8> + Send>> {
        if early {
            return Box::pin(ready(0));
        }
        Box::pin(async { pause().await; 1 })
    }
}, assert_eq!((block_on(f(true)), block_on(f(false))), (0, 1)), calls 2);
shape!(fallible, {}, {
    fn f(text: &str) -> impl Future<Output = Result<u8, std::num::ParseIntError>> { async move { let value = text.parse::<u8>()?; Ok(value) } }
}, { assert_eq!(block_on(f("1")), Ok(1)); assert!(block_on(f("x")).is_err()); }, calls 2);
shape!(
    dropped_midway,
    {},
    {
        fn f() -> impl Future<Output = ()> {
            async { pause().await }
        }
    },
    cancelled(f())
);
