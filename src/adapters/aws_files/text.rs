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
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Refusal::NulByte {
            line: line_at(&bytes, at),
        });
    }
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let lone = |(byte, next): (&u8, Option<&u8>)| *byte == b'\r' && next != Some(&b'\n');
    if let Some(at) = bytes.iter().zip(next).position(lone) {
        return Err(Refusal::LoneCarriageReturn {
            line: line_at(&bytes, at),
        });
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
