//! `PREFERRED_CHALLENGE`: a run that starts over names the first factor that was chosen before.
//!
//! It spares a call, and a new code comes at once. A pool that does not offer the factor any more
//! answers with its list, so what was given stays at hand for that. Deliberately absent: a
//! preference of the person's before the list was seen.

use super::factor::Factor;
use super::machine::SignIn;
use super::question::Choosing;
use super::state::Topic;
use crate::domain::Secret;

/// What goes with `InitiateAuth`.
#[derive(Default)]
pub(super) struct Preferred {
    pub(super) fields: Vec<(String, Secret)>,
    pub(super) with_srp_a: bool,
}

impl SignIn {
    /// A password is named only together with what it is proved by.
    pub(super) fn preferred(&mut self) -> Preferred {
        let topic = Topic::Choice(Choosing::FirstFactor);
        let chosen = self.replay.get(topic);
        let factor = chosen.and_then(|answer| Factor::parse(answer.text("answer")?));
        let Some(factor) = factor else {
            return Preferred::default();
        };
        let is_password = matches!(factor, Factor::Password | Factor::PasswordSrp);
        let typed = self.replay.get(Topic::Password);
        if is_password && typed.is_none() {
            return Preferred::default();
        }
        self.given.copy(&self.replay, topic);
        let name = Secret::new(factor.name().to_owned());
        let mut fields = vec![("PREFERRED_CHALLENGE".to_owned(), name)];
        if is_password {
            self.password = typed.map(|answer| answer.copy("password"));
            self.given.copy(&self.replay, Topic::Password);
        }
        match factor {
            Factor::Password => {
                fields.push(("PASSWORD".to_owned(), self.password_copy()));
                self.factor("Password");
            }
            Factor::PasswordSrp => self.factor("SRP"),
            _ => {}
        }
        Preferred {
            fields,
            with_srp_a: factor == Factor::PasswordSrp,
        }
    }
}
