//! A device that the user pool knows: this machine, for one user.

use crate::domain::Secret;

/// What is kept to prove that this is the device of before.
#[derive(Debug)]
pub struct KeptDevice {
    /// The real user name it belongs to.
    pub username: String,
    /// The name or alias that was typed, as it will be again.
    pub typed: String,
    /// `DEVICE_KEY`.
    pub device_key: String,
    /// Takes the pool name's place in SRP.
    pub device_group_key: String,
    /// Made here, known only here; the pool has a verifier of it.
    pub password: Secret,
}

impl KeptDevice {
    /// True when this is the device of whoever types that name.
    #[must_use]
    pub fn is_of(&self, typed: &str) -> bool {
        self.typed == typed || self.username == typed
    }

    /// A second copy, said aloud.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self {
            username: self.username.clone(),
            typed: self.typed.clone(),
            device_key: self.device_key.clone(),
            device_group_key: self.device_group_key.clone(),
            password: self.password.duplicate(),
        }
    }
}

/// What a finished sign-in says about the kept device.
#[derive(Debug, Default)]
pub enum DeviceChange {
    /// Leave it as it is.
    #[default]
    Unchanged,
    /// Keep this one.
    Keep(KeptDevice),
    /// The pool does not know it any more.
    Forget,
}
