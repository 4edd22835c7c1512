//! Ways to prove who somebody is, by the names that user pools give them in lists.

/// A first or second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// The password, sent to the pool.
    Password,
    /// The password, proved by SRP.
    PasswordSrp,
    /// A code by e-mail, as a first factor.
    EmailOtp,
    /// A code by SMS, as a first factor.
    SmsOtp,
    /// A passkey: only a browser can use it.
    WebAuthn,
    /// A code by SMS, as a second factor.
    SmsMfa,
    /// A code by e-mail, as a second factor, in the older name.
    EmailMfa,
    /// An authenticator app.
    SoftwareToken,
}

impl Factor {
    const ALL: [Self; 8] = [
        Self::PasswordSrp,
        Self::Password,
        Self::EmailOtp,
        Self::SmsOtp,
        Self::WebAuthn,
        Self::SoftwareToken,
        Self::SmsMfa,
        Self::EmailMfa,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "PASSWORD",
            Self::PasswordSrp => "PASSWORD_SRP",
            Self::EmailOtp => "EMAIL_OTP",
            Self::SmsOtp => "SMS_OTP",
            Self::WebAuthn => "WEB_AUTHN",
            Self::SmsMfa => "SMS_MFA",
            Self::EmailMfa => "EMAIL_MFA",
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
        }
    }

    /// The name for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Password => "Password, sent to the pool",
            Self::PasswordSrp => "Password",
            Self::EmailOtp | Self::EmailMfa => "Code by e-mail",
            Self::SmsOtp | Self::SmsMfa => "Code by SMS",
            Self::WebAuthn => "Passkey, in the browser",
            Self::SoftwareToken => "Authenticator app",
        }
    }

    /// The factor of that name; none for one that is not known.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.name() == name)
    }

    /// Those of a list that are known, best first.
    #[must_use]
    pub fn known<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let names: Vec<&str> = names.into_iter().collect();
        let offered = |factor: &Self| names.contains(&factor.name());
        Self::ALL.into_iter().filter(offered).collect()
    }
}
