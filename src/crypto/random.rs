//! Random bytes from the operating system, by way of `aws-lc-rs`.

use zeroize::Zeroizing;

/// `N` random bytes, or `None` where the operating system gives none.
#[must_use]
pub fn bytes<const N: usize>() -> Option<Zeroizing<[u8; N]>> {
    let mut out = Zeroizing::new([0_u8; N]);
    aws_lc_rs::rand::fill(out.as_mut_slice()).ok()?;
    Some(out)
}
