//! What the statements do.

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
shape!(recursive, {}, { fn f(levels: u8) -> u8 { if levels == 0 { 0 } else { f(levels - 1) + 1 } } }, assert_eq!(f(2), 2), calls 3);
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
