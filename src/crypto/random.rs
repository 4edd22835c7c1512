//! Random bytes from the operating system.
//!
//! Deliberately absent: the generator of `aws-lc-rs`. Before its first byte it measures the
//! processor's jitter, which takes longer than a whole SRP sign-in.

use zeroize::Zeroizing;

/// `N` random bytes, or `None` where the operating system gives none.
#[must_use]
pub fn bytes<const N: usize>() -> Option<Zeroizing<[u8; N]>> {
    let mut out = Zeroizing::new([0_u8; N]);
    getrandom::fill(out.as_mut_slice()).ok()?;
    Some(out)
}
