//! What can't be recorded is refused with the reason.
use metrics_core::{counted, gauged, timed};
use std::future::Future;
use std::pin::Pin;

#[counted]
const fn constant() -> u8 {
    1
}

trait Work {
    #[timed]
    fn work(&self);
}

#[gauged]
struct Service;

#[timed]
static NUMBER: u8 = 1;

async fn inner() {}

#[timed]
fn more_than_a_future() -> impl Future<Output = ()> + Unpin {
    Box::pin(inner())
}

#[counted]
fn unpinned() -> Box<dyn Future<Output = ()> + Unpin> {
    Box::new(Box::pin(inner()))
}

type ResponseFuture = Pin<Box<dyn Future<Output = ()>>>;

#[counted]
fn sounds_like_a_future() -> ResponseFuture {
    Box::pin(inner())
}

#[counted(async)]
fn is_no_literal_future() -> ResponseFuture {
    Box::pin(inner())
}

#[counted(async, sync)]
#[timed(sync, sync)]
fn both() -> ResponseFuture {
    Box::pin(async {})
}

#[counted(async)]
fn early(done: bool) -> ResponseFuture {
    if done {
        return Box::pin(std::future::ready(()));
    }
    let others = (|| { return 1 }, async { return 1 });
    Box::pin(async move { drop(others) })
}

fn main() {
    const _: u8 = constant();
    drop((more_than_a_future(), unpinned(), sounds_like_a_future(), is_no_literal_future(), NUMBER));
    drop((both(), early(true)));
}
