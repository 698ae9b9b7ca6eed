//! What an attribute adds to the size of a future: it is held for as long as the call runs, once a task.

#![allow(clippy::unused_async, reason = "shapes, not work")]

use metrics_core::{counted, gauged, timed};

macro_rules! reader {
    ($name:ident($user:ident) $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        async fn $name($user: &str) -> usize {
            std::future::ready(()).await;
            $user.len()
        }
    };
}

reader!(bare(user));
reader!(fixed(user) #[counted] #[timed] #[gauged]);
reader!(counted_only(user) #[counted(labels { user: user })]);
reader!(gauged_only(user) #[gauged(labels { user: user })]);
reader!(timed_only(user) #[timed(labels { user: user })]);
reader!(labelled(user) #[counted(labels { user: user })] #[timed(labels { user: user })] #[gauged(labels { user: user })]);

#[test]
fn a_future_grows_by_a_few_words() {
    let bare = size_of_val(&bare("x"));
    assert!(size_of_val(&fixed("x")) <= bare + 24, "three attributes on metrics of their own");
    assert!(size_of_val(&counted_only("x")) <= bare + 16);
    assert!(size_of_val(&gauged_only("x")) <= bare + 16);
    assert!(size_of_val(&timed_only("x")) <= bare + 24);
    assert!(size_of_val(&labelled("x")) <= bare + 24 + 16);
}
