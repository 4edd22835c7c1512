//! The user pool's password policy: eight characters, and one each of four kinds.
//!
//! The texts are the service's. Deliberately absent: a history of passwords, and another policy than
//! the one a new user pool has.

use super::error::Refusal;

const LEAST_CHARACTERS: usize = 8;

/// The symbols the service counts.
const SYMBOLS: &str = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+=";

/// Refuses a password that the policy does not allow, with the first rule it breaks.
pub(super) fn check(password: &str) -> Result<(), Refusal> {
    let has = |kind: fn(&char) -> bool| password.chars().any(|letter| kind(&letter));
    let broken = if password.chars().count() < LEAST_CHARACTERS {
        "Password not long enough"
    } else if !has(char::is_ascii_uppercase) {
        "Password must have uppercase characters"
    } else if !has(char::is_ascii_lowercase) {
        "Password must have lowercase characters"
    } else if !has(char::is_ascii_digit) {
        "Password must have numeric characters"
    } else if !has(|letter| SYMBOLS.contains(*letter)) {
        "Password must have symbol characters"
    } else {
        return Ok(());
    };
    Err(Refusal::new(
        400,
        "InvalidPasswordException",
        format!("Password does not conform to policy: {broken}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_broken_rule_is_named() {
        for (password, broken) in [
            ("Aa1!", "Password not long enough"),
            ("aaaaaa1!", "Password must have uppercase characters"),
            ("AAAAAA1!", "Password must have lowercase characters"),
            ("Aaaaaaa!", "Password must have numeric characters"),
            ("Aaaaaaa1", "Password must have symbol characters"),
        ] {
            let refusal = check(password).unwrap_err();
            assert_eq!(refusal.code, "InvalidPasswordException");
            assert_eq!(
                refusal.message,
                format!("Password does not conform to policy: {broken}")
            );
        }
        assert_eq!(check("Aaaaaa1!"), Ok(()));
    }
}
