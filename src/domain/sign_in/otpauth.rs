//! The address that an authenticator app reads from a QR code.
//!
//! The format is Google's key URI, which every such app knows. Deliberately absent: the picture.

use std::fmt::Write as _;

use crate::domain::Secret;

/// `otpauth://totp/Issuer:account?secret=KEY&issuer=Issuer`; SHA-1, six digits and 30 seconds go
/// without saying.
#[must_use]
pub fn otpauth_address(key: &Secret, issuer: &str, account: &str) -> Secret {
    let (issuer, account) = (encoded(issuer), encoded(account));
    let key = key.expose();
    Secret::new(format!(
        "otpauth://totp/{issuer}:{account}?secret={key}&issuer={issuer}"
    ))
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _written = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded() {
        let key = Secret::new("JBSWY3DPEHPK3PXP".to_owned());
        let address = otpauth_address(&key, "Amazon Cognito", "ana@acme");
        assert_eq!(
            address.expose(),
            "otpauth://totp/Amazon%20Cognito:ana%40acme?secret=JBSWY3DPEHPK3PXP&issuer=Amazon%20Cognito"
        );
    }
}
