//! A queue between a producer and a consumer, with its length as a gauge.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use metrics_core::{counted, metrics};
use tokio::sync::Notify;

use crate::task::{self, TaskType};

metrics! {
    /// Tasks that wait in the queue.
    static TASK_QUEUE_LENGTH: Gauge<queue_name>;
}

/// Tasks that wait to be run, first come first served.
#[derive(Default)]
pub(crate) struct Queue {
    tasks: Mutex<VecDeque<TaskType>>,
    arrived: Notify,
}

impl Queue {
    /// Puts one task of each type into the queue.
    pub(crate) fn fill(&self) {
        for task_type in TaskType::ALL {
            self.push(task_type);
        }
    }

    fn push(&self, task_type: TaskType) {
        self.change(|tasks| tasks.push_back(task_type));
        self.arrived.notify_one();
    }

    async fn pop(&self) -> TaskType {
        loop {
            if let Some(task_type) = self.change(VecDeque::pop_front) {
                return task_type;
            }
            self.arrived.notified().await;
        }
    }

    /// The only way to the tasks, so that no change of the queue can forget its gauge.
    fn change<R>(&self, change: impl FnOnce(&mut VecDeque<TaskType>) -> R) -> R {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut tasks);
        let queue_name = "tasks";
        TASK_QUEUE_LENGTH { queue_name }.set(tasks.len());
        result
    }

    /// Runs the tasks that still wait when the service ends.
    ///
    /// `quickstart_drain_on_shutdown_calls_total` is in every scrape with value 0, although this has not run
    /// yet: a series that only appears with its first event is an alert that cannot fire on that event.
    #[counted]
    pub(crate) async fn drain_on_shutdown(&self) {
        while let Some(task_type) = self.change(VecDeque::pop_front) {
            task::execute(task_type).await;
        }
    }
}

/// Puts tasks into the queue, in bursts, so that its length has something to show.
pub(crate) async fn produce(queue: Arc<Queue>) {
    loop {
        queue.fill();
        queue.fill();
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

/// Runs one task after the other.
pub(crate) async fn consume(queue: Arc<Queue>) {
    loop {
        task::execute(queue.pop().await).await;
    }
}
