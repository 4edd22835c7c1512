//! Whether the end of the terminal is to end the program, too.
//!
//! Deliberately absent: listening to signals (see `cli::signals`).

use std::sync::OnceLock;

/// Whether this process was started with SIGHUP ignored, as `nohup` does. To listen to a signal
/// changes what is asked about here, so only the first answer counts.
pub fn is_ignored() -> bool {
    static AT_FIRST: OnceLock<bool> = OnceLock::new();
    *AT_FIRST.get_or_init(look)
}

/// The kernel says it: the lowest bit is signal 1.
#[cfg(target_os = "linux")]
fn look() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 1 == 1)
}

/// `nohup` leaves neither output at the terminal; who sent both elsewhere by other means is ended by
/// SIGHUP in bad order, as by any program that does not listen.
#[cfg(not(target_os = "linux"))]
fn look() -> bool {
    use std::io::{IsTerminal as _, stderr, stdout};
    !stdout().is_terminal() && !stderr().is_terminal()
}
