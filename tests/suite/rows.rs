//! Attributes whose labels are asked for at each call find their series together, and never a wrong or a dead one.

use metrics_core::{Registry, counted, gauged, timed};

static ROWS: Registry = Registry::new();

#[counted(name = "rows_calls_total", help = "Calls.", labels { user: user, zone: zone }, registry = ROWS, max_series = 5000)]
#[timed(name = "rows_call_seconds", help = "Seconds.", labels { user: user, zone: zone }, registry = ROWS, max_series = 5000)]
#[gauged(name = "rows_running", help = "Running.", labels { user: user }, registry = ROWS, max_series = 5000)]
fn call(user: &str, zone: u32) {
    let _ = (user, zone);
}

fn line(front: &str) -> Option<String> {
    ROWS.render().lines().find_map(|line| line.strip_prefix(front).map(str::to_owned))
}

#[test]
fn each_attribute_gets_its_own_labels() {
    call("ann", 1);
    call("ann", 2);
    call("ann", 2);
    call("bob", 2);
    assert_eq!(line("rows_calls_total{user=\"ann\",zone=\"1\"} ").as_deref(), Some("1"));
    assert_eq!(line("rows_calls_total{user=\"ann\",zone=\"2\"} ").as_deref(), Some("2"));
    assert_eq!(line("rows_calls_total{user=\"bob\",zone=\"2\"} ").as_deref(), Some("1"));
    assert_eq!(line("rows_call_seconds_count{user=\"ann\",zone=\"2\"} ").as_deref(), Some("2"));
    assert_eq!(line("rows_running{user=\"ann\"} ").as_deref(), Some("0"));
}

mod removal {
    use metrics_core::{Counter, Registry, counted, gauged, metrics};

    static REMOVAL: Registry = Registry::new();

    metrics! {
        #![registry(REMOVAL)]

        /// Removing one of these makes every row of the program be looked up again.
        static OTHERS_TOTAL: Counter<name>;
    }

    #[counted(name = "removal_calls_total", help = "Calls.", labels { user: user }, registry = REMOVAL)]
    #[gauged(name = "removal_running", help = "Running.", labels { user: user }, registry = REMOVAL)]
    fn call(user: &str) {
        let _ = user;
    }

    #[test]
    fn a_row_outlives_no_series() {
        // The same family as that of the attribute, found by its name.
        let calls =
            Counter::builder("removal_calls_total", "Calls.").labels(["user"]).register(&REMOVAL).unwrap();
        let count = |user| calls.get([user]).map(metrics_core::CounterHandle::get);
        for _ in 0..10 {
            call("ann");
        }
        assert_eq!(count("ann"), Some(10.0));
        assert!(calls.remove(["ann"]));
        assert_eq!(count("ann"), None);
        call("ann");
        call("ann");
        assert_eq!(count("ann"), Some(2.0), "a call makes the series anew");
        // Somebody else's series is removed: nothing is lost.
        OTHERS_TOTAL { name: "x" }.inc();
        OTHERS_TOTAL { name: "x" }.remove();
        call("ann");
        assert_eq!(count("ann"), Some(3.0));
    }
}

mod ceiling {
    use metrics_core::{Registry, counted};

    static CEILING: Registry = Registry::new();

    #[counted(name = "ceiling_calls_total", help = "Calls.", labels { user: user }, registry = CEILING, max_series = 3)]
    fn call(user: &str) {
        let _ = user;
    }

    #[test]
    fn what_is_beyond_the_ceiling_is_counted_at_each_call() {
        for user in ["a", "b", "c", "d", "d", "e", "a"] {
            call(user);
        }
        let text = CEILING.render();
        assert!(text.contains("ceiling_calls_total{user=\"__overflow__\"} 3\n"), "{text}");
        assert!(text.contains("ceiling_calls_total{user=\"a\"} 2\n"), "{text}");
        assert!(text.contains("metrics_core_overflow_total{metric=\"ceiling_calls_total\"} 3\n"), "{text}");
    }
}

mod many {
    use metrics_core::{Registry, counted};

    static MANY: Registry = Registry::new();

    #[counted(name = "many_calls_total", help = "Calls.", labels { user: user }, registry = MANY, max_series = 20_000)]
    fn call(user: &str) {
        let _ = user;
    }

    #[test]
    fn more_rows_than_are_kept_lose_nothing() {
        let users: Vec<String> =
            (0..10_000).map(|user| format!("user-{user:05}-{}", "x".repeat(user % 40))).collect();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (0..3).for_each(|_| users.iter().for_each(|user| call(user))));
            }
        });
        let text = MANY.render();
        assert_eq!(
            text.lines()
                .filter(|line| line.starts_with("many_calls_total{") && line.ends_with("} 6"))
                .count(),
            10_000
        );
    }
}
