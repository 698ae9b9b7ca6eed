//! State sets: which one of some states holds.

use metrics_core::{LabelValue, metrics};

use crate::scrape::family;

#[derive(LabelValue)]
enum Mode {
    Starting,
    Running,
    #[label(rename = "shutting \"down\"")]
    Draining,
}

#[test]
fn all_states_are_there_and_one_of_them_holds() {
    metrics! {
        /// What the service does.
        static STATE_SET_MODE: StateSet<Mode>;
    }
    let expected = |starting, running, draining| {
        format!(
            "# HELP state_set_mode What the service does.\n\
             # TYPE state_set_mode gauge\n\
             state_set_mode{{state_set_mode=\"starting\"}} {starting}\n\
             state_set_mode{{state_set_mode=\"running\"}} {running}\n\
             state_set_mode{{state_set_mode=\"shutting \\\"down\\\"\"}} {draining}\n"
        )
    };
    let text = || family(&metrics_core::render(), "state_set_mode");
    assert_eq!(text(), expected(1, 0, 0));
    assert_eq!(STATE_SET_MODE.get(), "starting");
    STATE_SET_MODE.set(Mode::Running);
    assert_eq!(text(), expected(0, 1, 0));
    STATE_SET_MODE.set(Mode::Draining);
    assert_eq!(text(), expected(0, 0, 1));
    assert_eq!(STATE_SET_MODE.get(), "shutting \"down\"");
    STATE_SET_MODE.set(Mode::Starting);
    assert_eq!(text(), expected(1, 0, 0));
}

#[test]
fn a_state_set_of_another_thread_is_the_same() {
    metrics! {
        /// On or off.
        #[metric(name = "state_set_enabled")]
        static SWITCH: StateSet<bool>;
    }
    std::thread::spawn(|| SWITCH.set(true)).join().unwrap();
    assert_eq!(SWITCH.get(), "true");
    assert!(metrics_core::render().contains("\nstate_set_enabled{state_set_enabled=\"true\"} 1\n"));
}
