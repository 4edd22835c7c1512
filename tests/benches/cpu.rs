//! The CPU time of a thread.

use rustix::time::{ClockId, clock_gettime};

/// Of this thread so far, to the nanosecond. What `/proc` says of a running thread moves with the
/// scheduler's tick, several milliseconds at a time.
pub fn cpu_nanoseconds() -> u64 {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    u64::try_from(spent.tv_sec).unwrap() * 1_000_000_000 + u64::try_from(spent.tv_nsec).unwrap()
}
