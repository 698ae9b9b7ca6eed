//! What concerns the process as a whole: a program of its own, with clashes on purpose.

use std::sync::Mutex;

use metrics_core::{Collection, Registry, counted, metrics, verify};

mod first {
    metrics_core::metrics! {
        /// Of one kind.
        pub(crate) static GLOBAL_CLASH: Gauge;
        /// Equal, and so shared.
        pub(crate) static GLOBAL_SHARED_TOTAL: Counter;
        /// A histogram, and so the owner of `global_waits_seconds_count`.
        pub(crate) static GLOBAL_WAITS_SECONDS: Histogram;
    }
}

mod second {
    metrics_core::metrics! {
        /// Of another kind.
        #[metric(allow(total))]
        pub(crate) static GLOBAL_CLASH: Counter;
        /// Equal, and so shared.
        pub(crate) static GLOBAL_SHARED_TOTAL: Counter;
        /// A name that a histogram needs.
        #[metric(allow(suffix))]
        pub(crate) static GLOBAL_WAITS_SECONDS_COUNT: Gauge;
    }
}

metrics! {
    /// Fine, and never touched.
    static GLOBAL_FINE_TOTAL: Counter;
    /// Lines of the log.
    static GLOBAL_LOGGED_TOTAL: Counter<level>;
}

static LOGGED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A logger that counts what it logs, and even looks at it.
struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        GLOBAL_LOGGED_TOTAL { level: record.level().as_str() }.inc();
        assert!(metrics_core::render().contains("\nglobal_logged_total{level=\"WARN\"} "));
        LOGGED.lock().unwrap().push(record.args().to_string());
    }

    fn flush(&self) {}
}

/// What the log says of metrics that are left out.
fn left_out() -> Vec<String> {
    let logged = LOGGED.lock().unwrap();
    logged.iter().filter(|line| line.contains("is left out")).cloned().collect()
}

mod generic {
    /// Never instantiated.
    #[metrics_core::counted]
    #[allow(dead_code, reason = "never called, and there all the same")]
    pub(crate) fn unused<T>(_: T) {}
}

#[counted]
#[allow(dead_code, reason = "never called, and there all the same")]
fn unused_too() {}

fn line(text: &str, start: &str) -> String {
    text.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned()
}

/// One test, as all of it is about one registry.
#[test]
fn the_whole_program() {
    log::set_logger(&Logger).unwrap();
    log::set_max_level(log::LevelFilter::Warn);
    // A write says nothing, as it may come from a logger.
    GLOBAL_FINE_TOTAL.inc_by(0);
    assert_eq!(left_out().len(), 0);
    let text = metrics_core::render();

    // What is left out is in the log, with both places.
    let lines = left_out();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines.iter().all(|line| line.matches("main.rs:").count() == 2), "{lines:#?}");

    // Everything is there before anything was touched.
    assert!(text.contains("\nglobal_fine_total 0\n"));
    assert_eq!(GLOBAL_FINE_TOTAL.get(), 0.0);
    let calls = line(&text, "global_unused_calls_total{");
    assert_eq!(calls, "global_unused_calls_total{function=\"unused\",module=\"global::generic\"} 0");
    assert!(text.contains("\nglobal_unused_too_calls_total{"));

    // The library tells about itself.
    let version = env!("CARGO_PKG_VERSION");
    assert!(text.contains(&format!("\nmetrics_core_build_info{{version=\"{version}\"}} 1\n")));
    let families = text.lines().filter(|line| line.starts_with("# TYPE ")).count();
    // The two counters of faults are no families of the registry.
    assert_eq!(line(&text, "metrics_core_families "), format!("metrics_core_families {}", families - 2));

    // The later of two that clash, by file and line, is left out and counted; writing to it harms nobody.
    assert!(text.contains("# TYPE global_clash gauge\nglobal_clash 0\n"));
    assert!(text.contains("\nmetrics_core_registration_errors 2\n"));
    first::GLOBAL_CLASH.set(5);
    second::GLOBAL_CLASH.inc();
    second::GLOBAL_WAITS_SECONDS_COUNT.set(9);
    first::GLOBAL_WAITS_SECONDS.observe(1.0);
    let text = metrics_core::render();
    assert!(text.contains("\nglobal_clash 5\n"));
    assert!(text.contains("\nglobal_waits_seconds_count 1\n"));
    assert_eq!(second::GLOBAL_CLASH.get(), 0.0);

    // The log has heard of it before.
    assert_eq!(left_out().len(), 2);

    // Equal ones are one.
    first::GLOBAL_SHARED_TOTAL.inc();
    second::GLOBAL_SHARED_TOTAL.inc();
    assert!(metrics_core::render().contains("\nglobal_shared_total 2\n"));

    // And all of it is named, with both places.
    let problems = verify().unwrap_err();
    let sentences: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 3, "{sentences:#?}");
    for name in ["`global_clash`", "`global_waits_seconds_count`", "`global_shared_total`"] {
        let sentence = sentences.iter().find(|sentence| sentence.starts_with(name)).unwrap();
        assert_eq!(sentence.matches("main.rs:").count(), 2, "{sentence}");
    }
    assert_eq!(problems.iter().filter(|problem| problem.is_left_out()).count(), 2);

    // What a collector does wrong is named as well, and only for as long as it does.
    let registry = Registry::global();
    let tell = |samples: &mut Collection| {
        samples.gauge("global_told", "Told.", []).tell([], 1);
        samples.gauge("global_clash", "The name of another one.", []).tell([], 1);
        Ok(())
    };
    registry.register_collector("wrong", tell).unwrap();
    let told = verify().unwrap_err();
    let sentence = told.iter().map(ToString::to_string).find(|sentence| sentence.contains("collector"));
    let expected = "`wrong` is a collector that failed: `global_clash` is the name of another metric";
    assert_eq!(sentence.as_deref(), Some(expected));
    assert!(metrics_core::render().contains("\nglobal_told 1\n"));
    assert!(registry.unregister_collector("wrong"));
    assert_eq!(verify().unwrap_err().len(), problems.len());
}
