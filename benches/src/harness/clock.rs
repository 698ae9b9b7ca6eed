//! The clock of the figures, and the cores they are taken on.

use std::time::Duration;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use rustix::time::{ClockId, clock_gettime};

/// The processor time of the calling thread: what other programs take from the machine does not count.
pub fn thread_cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32)
}

/// The cores that this program may run on.
pub fn cores() -> Vec<usize> {
    let allowed = sched_getaffinity(None).unwrap_or_default();
    (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).collect()
}

/// Keeps the calling thread on one core.
pub fn pin(core: usize) {
    let mut only = CpuSet::new();
    only.set(core);
    // Where it is refused, samples that did not overlap are thrown away all the same.
    let _ = sched_setaffinity(None, &only);
}
