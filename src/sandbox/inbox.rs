//! The codes that the service would have sent by e-mail or SMS.
//!
//! Tests and the demo read them here; nothing leaves the machine. Deliberately absent: the texts of
//! the messages.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::clock::after;
use super::error::Refusal;
use super::fresh;
use super::users::User;

/// A code is good for this long where the service names no other time.
const CODE_LIFETIME: Duration = Duration::from_hours(1);

/// How a code travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    Email,
    Sms,
}

/// What a code is for: one sent for another purpose is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Purpose {
    /// `SMS_MFA`, `EMAIL_OTP`, `SMS_OTP`.
    SignIn,
    /// `ConfirmForgotPassword`.
    ResetPassword,
    /// `ConfirmSignUp`.
    ConfirmAccount,
}

/// The codes sent, the newest one for each user and purpose.
#[derive(Default)]
pub(super) struct Inbox {
    sent: HashMap<(String, Purpose), Sent>,
    newest: HashMap<String, String>,
}

struct Sent {
    /// None where nobody got one, so none is right.
    code: Option<String>,
    at: Timestamp,
}

impl Inbox {
    /// Sends a code of so many digits; an older one for the same purpose stops working.
    pub(super) fn send(
        &mut self,
        user: &User,
        purpose: Purpose,
        digits: u32,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let number = u64::from_be_bytes(*fresh::bytes::<8>()?) % 10_u64.pow(digits);
        let code = format!("{number:0width$}", width = digits as usize);
        self.newest.insert(user.username.clone(), code.clone());
        self.put(&user.username, purpose, Some(code), now);
        Ok(())
    }

    /// Sends nothing to a name that nobody has; every code is wrong from now on, instead of never
    /// sent, as it would be for somebody.
    pub(super) fn pretend(&mut self, name: &str, purpose: Purpose, now: Timestamp) {
        self.put(name, purpose, None, now);
    }

    fn put(&mut self, name: &str, purpose: Purpose, code: Option<String>, at: Timestamp) {
        // An expired code is refused like one that was never sent: no need to keep it.
        self.sent
            .retain(|_, sent| at < after(sent.at, CODE_LIFETIME));
        self.sent
            .insert((name.to_owned(), purpose), Sent { code, at });
    }

    /// Takes a code: the right one works once, a wrong one leaves it as it is.
    pub(super) fn accept(
        &mut self,
        username: &str,
        purpose: Purpose,
        code: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let key = (username.to_owned(), purpose);
        let Some(sent) = self.sent.get(&key) else {
            return Err(expired());
        };
        if now >= after(sent.at, CODE_LIFETIME) {
            return Err(expired());
        }
        if sent.code.as_deref() != Some(code) {
            return Err(mismatch(purpose));
        }
        self.sent.remove(&key);
        Ok(())
    }

    /// The newest code of a user.
    pub(super) fn last_code(&self, username: &str) -> Option<String> {
        self.newest.get(username).cloned()
    }
}

fn expired() -> Refusal {
    Refusal::new(
        400,
        "ExpiredCodeException",
        "Invalid code provided, please request a code again.",
    )
}

fn mismatch(purpose: Purpose) -> Refusal {
    match purpose {
        Purpose::SignIn => Refusal::wrong_code(),
        Purpose::ResetPassword | Purpose::ConfirmAccount => Refusal::new(
            400,
            "CodeMismatchException",
            "Invalid verification code provided, please try again.",
        ),
    }
}

impl Medium {
    /// `DeliveryMedium`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Sms => "SMS",
        }
    }
}

/// Where a code went, masked as the service masks it: `a***@e***`, `+*******0112`.
pub(super) fn masked(user: &User, medium: Medium) -> String {
    match medium {
        Medium::Email => {
            let (name, host) = user.email.split_once('@').unwrap_or((&user.email, ""));
            let first = |text: &str| text.chars().take(1).collect::<String>();
            format!("{}***@{}***", first(name), first(host))
        }
        Medium::Sms => {
            let phone = user.phone.as_deref().unwrap_or_default();
            let last = phone.len().saturating_sub(4);
            format!("+*******{}", phone.get(last..).unwrap_or_default())
        }
    }
}

/// `CodeDeliveryDetails` of `ForgotPassword` and `ResendConfirmationCode`.
pub(super) fn delivery_details(user: &User, medium: Medium) -> Value {
    let attribute = match medium {
        Medium::Email => "email",
        Medium::Sms => "phone_number",
    };
    json!({ "CodeDeliveryDetails": {
        "Destination": masked(user, medium),
        "DeliveryMedium": medium.name(),
        "AttributeName": attribute,
    } })
}

/// The same for a name that nobody has: always the same for that name, and like those of the users
/// that a sandbox begins with.
pub(super) fn simulated_details(typed: &str) -> Value {
    let (name, host) = typed.split_once('@').unwrap_or((typed, "example.com"));
    let first = |text: &str| text.chars().take(1).collect::<String>().to_lowercase();
    json!({ "CodeDeliveryDetails": {
        "Destination": format!("{}***@{}***", first(name), first(host)),
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    } })
}

/// How a user is reached: by e-mail, else by SMS.
pub(super) fn medium_of(user: &User) -> Option<Medium> {
    if !user.email.is_empty() {
        Some(Medium::Email)
    } else if user.phone.is_some() {
        Some(Medium::Sms)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::users::ANA;

    #[test]
    fn a_code_works_once_for_its_purpose_and_for_an_hour() {
        let ana = User::new("Pool", &ANA).unwrap();
        let now = Timestamp::from_second(10_000).unwrap();
        let mut inbox = Inbox::default();
        inbox.send(&ana, Purpose::ResetPassword, 6, now).unwrap();
        let code = inbox.last_code("ana").unwrap();
        assert_eq!(code.len(), 6);
        let mut accept = |purpose, code: &str, now| {
            let refused = inbox.accept("ana", purpose, code, now);
            refused.map_err(|refusal| refusal.code)
        };
        assert_eq!(
            accept(Purpose::SignIn, &code, now),
            Err("ExpiredCodeException")
        );
        assert_eq!(
            accept(Purpose::ResetPassword, "x", now),
            Err("CodeMismatchException")
        );
        let late = after(now, CODE_LIFETIME);
        assert_eq!(
            accept(Purpose::ResetPassword, &code, late),
            Err("ExpiredCodeException")
        );
        assert_eq!(accept(Purpose::ResetPassword, &code, now), Ok(()));
        assert_eq!(
            accept(Purpose::ResetPassword, &code, now),
            Err("ExpiredCodeException")
        );
    }

    #[test]
    fn destinations_are_masked() {
        let mut ana = User::new("Pool", &ANA).unwrap();
        assert_eq!(masked(&ana, Medium::Email), "a***@e***");
        ana.phone = Some("+15555550112".to_owned());
        assert_eq!(masked(&ana, Medium::Sms), "+*******0112");
    }
}
