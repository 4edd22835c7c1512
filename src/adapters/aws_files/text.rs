//! What every SDK reads as text, and as the same text: files on the way in, values on the way out.
//!
//! Deliberately absent: repairs. A file that some SDK cannot read is left to its owner.

use zeroize::Zeroizing;

use super::refusal::Refusal;

/// The bytes of a file as text, in the same buffer.
pub fn readable(mut bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, Refusal> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(Refusal::ByteOrderMark);
    }
    if let Some(at) = position(&bytes, 0) {
        return Err(Refusal::NulByte {
            line: line_at(&bytes, at),
        });
    }
    let mut from = 0;
    while let Some(found) = position(bytes.get(from..).unwrap_or_default(), b'\r') {
        let at = from + found;
        if bytes.get(at + 1) != Some(&b'\n') {
            return Err(Refusal::LoneCarriageReturn {
                line: line_at(&bytes, at),
            });
        }
        from = at + 1;
    }
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = Zeroizing::new(error.into_bytes());
            Err(Refusal::NotUtf8 {
                line: line_at(&bytes, at),
            })
        }
    }
}

/// `contains` is the fast search of the standard library; nearly always it answers no.
fn position(bytes: &[u8], wanted: u8) -> Option<usize> {
    if !bytes.contains(&wanted) {
        return None;
    }
    bytes.iter().position(|byte| *byte == wanted)
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// True for a value that all three SDKs read back as it is: JavaScript ends a value at ` #`.
pub fn survives(value: &str) -> bool {
    !value.is_empty()
        && value.trim() == value
        && !value.chars().any(char::is_control)
        && !value
            .chars()
            .zip(value.chars().skip(1))
            .any(|(a, b)| a.is_whitespace() && matches!(b, '#' | ';'))
}
