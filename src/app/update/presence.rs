//! The window's coming and going, and what is asked for outside it.

use crate::app::{Effect, Model};
use crate::domain::{Farewell, Press, Problem, ProblemKind, ProfileName};

impl Model {
    /// A window that is asked to close while it is hidden is asked by the system: the session ends.
    pub(super) fn close_window(&mut self) -> Vec<Effect> {
        let is_last = self.presence.hidden || self.presence.leaving;
        if self.settings.close_to_tray && !is_last {
            return vec![Effect::SeekTray];
        }
        self.presence.leaving = true;
        Vec::new()
    }

    /// Without a tray nothing could bring a hidden window back.
    pub(super) fn tray_found(&mut self, found: bool) -> Vec<Effect> {
        if found {
            if self.presence.only_minimizes {
                self.presence.minimized += 1;
                self.conceal();
                return Vec::new();
            }
            self.presence.hidden = true;
            self.conceal();
            return Vec::new();
        }
        self.presence.leaving = true;
        Vec::new()
    }

    /// No secret is to be seen when the window comes back.
    pub(super) fn conceal(&mut self) {
        for state in &mut self.profiles {
            state.revealed = false;
        }
    }

    pub(super) fn pressed(&mut self, press: Press) -> Vec<Effect> {
        // Behind the lock nothing is done: the window comes, and asks to be unlocked.
        let press = match press {
            press if !self.lock.on || press == Press::Quit => press,
            _ => Press::Open,
        };
        match press {
            Press::Open => {
                self.raise();
                Vec::new()
            }
            // Whoever unlocks the window does it there.
            Press::SignIn(_) | Press::Console(_) if self.lock.on => {
                self.raise();
                Vec::new()
            }
            Press::Renew(name) => self.renew_unseen(&name),
            Press::SignIn(name) => {
                self.raise();
                let mut effects = Vec::new();
                if self.profile(&name).is_some() {
                    effects.extend(self.select(name.clone()));
                    effects.extend(self.open_sign_in(&name));
                }
                effects
            }
            Press::Console(name) => self.open_console(&name),
            Press::RenewAll => {
                let renewable = self.profiles.iter().filter(|state| state.refreshable);
                let live = renewable.filter(|state| state.is_live(self.now));
                let names: Vec<ProfileName> =
                    live.map(|state| state.profile.name.clone()).collect();
                names.iter().flat_map(|name| self.renew(name)).collect()
            }
            Press::Quit => {
                self.presence.leaving = true;
                Vec::new()
            }
        }
    }

    /// A profile that came to need a person meanwhile opens its sheet: that has to be seen.
    fn renew_unseen(&mut self, name: &ProfileName) -> Vec<Effect> {
        let needs_person = |model: &Self| {
            let state = model.profile(name);
            state.is_some_and(|state| !state.refreshable && !state.profile.asks_nobody())
        };
        if needs_person(self) {
            return self.pressed(Press::SignIn(name.clone()));
        }
        self.renew(name)
    }

    fn raise(&mut self) {
        self.presence.raised += 1;
        self.presence.hidden = false;
    }

    /// What the machine's sleep held up is done at once.
    pub(super) fn woke(&mut self) -> Vec<Effect> {
        let now = self.now;
        for state in &mut self.profiles {
            state.backoff.woke(now);
            state.token_file.backoff.woke(now);
        }
        self.tick(now)
    }

    /// Tells of the sign-ins that end soon, each once.
    pub(super) fn farewells(&mut self) -> Vec<Effect> {
        let now = self.now;
        let ending = self.profiles.iter();
        let ending = ending.filter(|state| state.running.is_none() && !state.signing_out);
        let ending = ending.filter(|state| state.standing().is_to_be_told(now));
        let names: Vec<ProfileName> = ending.map(|state| state.profile.name.clone()).collect();
        names
            .iter()
            .filter_map(|name| self.say_farewell(name))
            .collect()
    }

    /// A renewal found the sign-in ended.
    pub(super) fn ended(&mut self, name: &ProfileName, why: &Problem) -> Option<Effect> {
        let is_end = why.kind == ProblemKind::SignInNeeded;
        if is_end {
            self.say_farewell(name)
        } else {
            None
        }
    }

    /// Once for each session. Nobody who signs in already has to be told.
    fn say_farewell(&mut self, name: &ProfileName) -> Option<Effect> {
        let is_asked = self.signing_in() == Some(name);
        let (now, wanted) = (self.now, self.settings.notifications);
        let is_nameless = self.lock.on;
        let state = self.profile_mut(name)?;
        let session = state.session.as_ref()?;
        let (end, left) = (session.credentials.expires_at, session.remaining(now));
        let is_told = state.told == Some(end);
        if !wanted || is_asked || is_told || !state.profile.keep_fresh {
            return None;
        }
        state.told = Some(end);
        let profile = name.clone();
        Some(Effect::SayFarewell(Farewell {
            profile,
            left,
            is_nameless,
        }))
    }

    /// The icon is there while closing the window leads to it.
    pub(super) fn follow_tray(&mut self) -> Option<Effect> {
        let wanted = self.settings.close_to_tray;
        let menu = wanted.then(|| self.tray_menu());
        if menu == self.presence.tray {
            return None;
        }
        self.presence.tray.clone_from(&menu);
        Some(Effect::ShowTray(menu))
    }
}
