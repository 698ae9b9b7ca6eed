//! Free `async` functions.

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
    names_of_helpers,
    {},
    {
        async fn f(caller: u8, hit_count: u8, guard: u8, result: u8, call: u8, future: u8, own: u8) -> u8 {
            let (start, outcome, value) = (1, 2, 3);
            caller + hit_count + guard + result + call + future + own + start + outcome + value
        }
    },
    assert_eq!(block_on(f(1, 1, 1, 1, 1, 1, 1)), 13)
);
shape!(names_of_variants, {
    #[derive(Debug, PartialEq)]
    enum Own { Ok, Err, Some(u8), None }
    use Own::{Err, None, Ok, Some};
}, {
    async fn f(number: u8) -> Own { match number { 0 => Ok, 1 => Err, 2 => Some(2), _ => None } }
}, assert_eq!([0, 1, 2, 3].map(|number| block_on(f(number))), [Ok, Err, Some(2), None]), calls 4);
shape!(
    inner_attributes,
    {},
    {
        async fn f() -> u8 {
            #![allow(unused_variables)]
            let unused = 1;
            2
        }
    },
    assert_eq!(block_on(f()), 2)
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
shape!(recursive, {}, {
    async fn f(levels: u8) -> u8 { if levels == 0 { 0 } else { Box::pin(f(levels - 1)).await + 1 } }
}, assert_eq!(block_on(f(2)), 2), calls 3);
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
    async_closure,
    {},
    {
        async fn f(ask: impl AsyncFn(u8) -> u8) -> u8 {
            ask(1).await + ask(2).await
        }
    },
    {
        assert_eq!(block_on(f(async |value| value * 2)), 6);
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
shape!(control_flow, {}, {
    async fn f(values: &[u8]) -> u8 {
        let mut sum = 0;
        'all: for value in values {
            if *value == 9 { break 'all; }
            if *value == 8 { return 0; }
            if *value == 7 { continue; }
            sum += value;
        }
        sum
    }
}, assert_eq!([&[1, 7, 2, 9, 3][..], &[1, 8]].map(|values| block_on(f(values))), [3, 0]), calls 2);
shape!(let_else, {}, {
    async fn f(text: &str) -> u8 { let Ok(value) = text.parse() else { return 0 }; value }
}, assert_eq!((block_on(f("x")), block_on(f("1"))), (0, 1)), calls 2);
shape!(
    items_within,
    {},
    {
        async fn f() -> u8 {
            use std::cmp::max;
            const LEAST: u8 = 3;
            fn double(value: u8) -> u8 {
                value * 2
            }
            struct Pair(u8, u8);
            let Pair(one, other) = Pair(1, double(1));
            max(LEAST, one + other)
        }
    },
    assert_eq!(block_on(f()), 3)
);
shape!(
    shadowed_arguments,
    {},
    {
        async fn f(text: String) -> usize {
            let text = text.len();
            let text = text + 1;
            text
        }
    },
    {
        assert_eq!(block_on(f(String::new())), 1);
    }
);
shape!(
    moved_argument,
    {},
    {
        async fn f(text: String) -> String {
            let kept = text;
            pause().await;
            kept
        }
    },
    {
        assert_eq!(block_on(f("a".to_owned())), "a");
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
shape!(
    async_block_within,
    {},
    {
        async fn f(value: u8) -> u8 {
            let later = async { value + 1 };
            pause().await;
            later.await
        }
    },
    assert_eq!(block_on(f(1)), 2)
);
shape!(
    await_in_arguments,
    {},
    {
        async fn f() -> u8 {
            async fn one() -> u8 {
                1
            }
            u8::max(one().await, one().await)
        }
    },
    assert_eq!(block_on(f()), 1)
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
        async fn f<'a>(_argument: Note<'a>, notes: &'a std::cell::RefCell<Vec<u8>>) {
            let _one = Note(notes, 2);
            let _other = Note(notes, 1);
            pause().await;
        }
    },
    {
        let notes = Default::default();
        block_on(f(Note(&notes, 3), &notes));
        assert_eq!(*notes.borrow(), [1, 2, 3]);
    }
);
