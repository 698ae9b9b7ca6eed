//! What the statements do.

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
shape!(recursive, {}, {
    async fn f(levels: u8) -> u8 { if levels == 0 { 0 } else { Box::pin(f(levels - 1)).await + 1 } }
}, assert_eq!(block_on(f(2)), 2), calls 3);
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
