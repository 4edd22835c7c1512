//! The SRP group of Cognito and its number encoding, shared by the client and the sandbox's server.
//!
//! N is the 3072-bit prime of RFC 3526 group 15 (also printed in RFC 5054, appendix A), but with
//! g = 2 where RFC 5054 pairs it with 5. Deliberately absent: RFC 5054's left-padding to the
//! modulus length; Cognito pads like Java's `BigInteger.toByteArray()`.

use aws_lc_rs::digest::{Context, SHA256};
use crypto_bigint::modular::{ConstMontyForm, ConstMontyParams as _};
use crypto_bigint::{U256, U3072, U6144, const_monty_params};
use data_encoding::HEXLOWER_PERMISSIVE;

const_monty_params!(
    Modulus,
    U3072,
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74\
020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437\
4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed\
ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05\
98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb\
9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b\
e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718\
3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33\
a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7\
abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864\
d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e2\
08e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff"
);

/// A number modulo N, in Montgomery form: constant-time arithmetic.
pub type Element = ConstMontyForm<Modulus, { U3072::LIMBS }>;

/// The generator g.
pub const GENERATOR: Element = Element::new(&U3072::from_u8(2));

/// The multiplier k = SHA256(pad(N) ‖ pad(g)); a test computes it anew.
pub const MULTIPLIER: Element = Element::new(
    &U256::from_be_hex("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6")
        .resize::<{ U3072::LIMBS }>(),
);

/// `BigInteger.toByteArray()` of a non-negative number given in big-endian bytes: leading zero
/// bytes dropped, then one `00` put in front when the top bit is set. Zero is one `00`.
#[must_use]
pub fn pad(big_endian: &[u8]) -> Vec<u8> {
    let minimal = strip_zeros(big_endian);
    let needs_sign_byte = minimal.first().is_none_or(|first| *first >= 0x80);
    let mut padded = Vec::with_capacity(minimal.len() + 1);
    if needs_sign_byte {
        padded.push(0);
    }
    padded.extend_from_slice(minimal);
    padded
}

/// Bytes of a hexadecimal number of any case and digit count, odd counts included.
/// `None` for the empty text and for anything that is not a digit.
#[must_use]
pub fn bytes_from_hex(digits: &str) -> Option<Vec<u8>> {
    if digits.is_empty() {
        return None;
    }
    let even = if digits.len().is_multiple_of(2) {
        digits.to_owned()
    } else {
        format!("0{digits}")
    };
    HEXLOWER_PERMISSIVE.decode(even.as_bytes()).ok()
}

/// The number as a group element, or `None` unless it is below N.
#[must_use]
pub fn reduced_element(big_endian: &[u8]) -> Option<Element> {
    let number = wide_number(big_endian)?
        .resize_checked::<{ U3072::LIMBS }>()
        .into_option()?;
    (number < *Modulus::PARAMS.modulus().as_ref()).then(|| Element::new(&number))
}

/// True for 0, N, 2N and so on; false for what has more than 6144 bits.
#[must_use]
pub fn is_multiple_of_modulus(big_endian: &[u8]) -> bool {
    let modulus = Modulus::PARAMS.modulus().resize::<{ U6144::LIMBS }>();
    wide_number(big_endian)
        .is_some_and(|number| number.rem_vartime(modulus.as_nz_ref()) == U6144::ZERO)
}

fn wide_number(big_endian: &[u8]) -> Option<U6144> {
    let minimal = strip_zeros(big_endian);
    let mut wide = [0_u8; U6144::BYTES];
    let start = wide.len().checked_sub(minimal.len())?;
    wide.get_mut(start..)?.copy_from_slice(minimal);
    Some(U6144::from_be_slice(&wide))
}

/// Minimal padded bytes of a group element.
#[must_use]
pub fn padded_bytes(element: &Element) -> Vec<u8> {
    pad(element.retrieve().to_be_bytes().as_ref())
}

/// SHA-256 over the parts, one after the other.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

fn strip_zeros(bytes: &[u8]) -> &[u8] {
    let first = bytes
        .iter()
        .position(|byte| *byte != 0)
        .unwrap_or(bytes.len());
    bytes.get(first..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiplier_is_the_hash_of_the_padded_group() {
        let n = pad(Modulus::PARAMS.modulus().to_be_bytes().as_ref());
        let k = sha256(&[&n, &pad(&[2])]);
        assert_eq!(reduced_element(&k), Some(MULTIPLIER));
    }

    #[test]
    fn pad_is_java_to_byte_array() {
        assert_eq!(pad(&[]), [0]);
        assert_eq!(pad(&[0, 0]), [0]);
        assert_eq!(pad(&[0, 0x7f, 1]), [0x7f, 1]);
        assert_eq!(pad(&[0x80]), [0, 0x80]);
        assert_eq!(pad(&[0, 0, 0xff]), [0, 0xff]);
    }

    #[test]
    fn hex_may_have_an_odd_digit_count() {
        assert_eq!(bytes_from_hex("abc"), Some(vec![0x0a, 0xbc]));
        assert_eq!(bytes_from_hex("ABCD"), Some(vec![0xab, 0xcd]));
        assert_eq!(bytes_from_hex(""), None);
        assert_eq!(bytes_from_hex("xyz"), None);
    }
}
