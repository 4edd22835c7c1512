//! Whether the window is there, and what stands for it while it is not: the tray icon's menu.
//!
//! Deliberately absent: the tray and the window themselves.

use jiff::SignedDuration;

use super::{Model, ProfileState};
use crate::domain::{Press, TrayMenu, TrayRow};

/// Whether the window is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Presence {
    /// Closed to the tray: renewing goes on.
    pub hidden: bool,
    /// The desktop hides no window (Wayland): closing to the tray minimizes it each time.
    pub only_minimizes: bool,
    /// How often closing minimized it.
    pub minimized: u64,
    /// How often somebody outside the window wanted to see it.
    pub raised: u64,
    /// The program ends.
    pub leaving: bool,
    /// What the tray shows; none where there is no icon.
    pub tray: Option<TrayMenu>,
}

/// As many profiles as the tray's menu names.
const NAMED: usize = 10;

impl Model {
    /// The live profiles that have a row of their own, in the order of the list, and how many more
    /// there are.
    fn named_in_tray(&self) -> (Vec<&ProfileState>, usize) {
        let live = self.profiles.iter().filter(|state| state.is_live(self.now));
        let live: Vec<&ProfileState> = live.collect();
        let more = live.len().saturating_sub(NAMED);
        if more == 0 {
            return (live, more);
        }
        // Those that need somebody first.
        let end = |state: &ProfileState| {
            let session = state.session.as_ref();
            session.map(|session| session.credentials.expires_at)
        };
        let mut ends: Vec<_> = live
            .iter()
            .enumerate()
            .map(|(at, state)| (end(state), at))
            .collect();
        ends.sort_unstable();
        ends.truncate(NAMED);
        ends.sort_unstable_by_key(|(_, at)| *at);
        let first = ends.iter().filter_map(|(_, at)| live.get(*at).copied());
        (first.collect(), more)
    }

    /// What the tray should show now. While the window is locked it names no profile, and nothing
    /// can be done there.
    #[must_use]
    pub fn tray_menu(&self) -> TrayMenu {
        let (live, more) = self.named_in_tray();
        let mut profiles: Vec<TrayRow> = live
            .into_iter()
            .filter_map(|state| {
                let name = &state.profile.name;
                let left = state.session.as_ref()?.remaining(self.now);
                let row = if state.refreshable {
                    TrayRow::pressed("Renew", Press::Renew(name.clone()))
                } else {
                    TrayRow::pressed("Sign in…", Press::SignIn(name.clone()))
                };
                let console = TrayRow::pressed("Open AWS console", Press::Console(name.clone()));
                Some(TrayRow {
                    text: format!("{name} · {}", in_minutes(left)),
                    press: None,
                    rows: if self.lock.on {
                        Vec::new()
                    } else {
                        vec![row, console]
                    },
                })
            })
            .collect();
        let said = |text: &str| TrayRow {
            text: text.to_owned(),
            press: None,
            rows: Vec::new(),
        };
        if profiles.is_empty() {
            profiles.push(said("No credentials"));
        } else if self.lock.on {
            profiles = vec![said("Locked")];
        } else {
            if more > 0 {
                profiles.push(TrayRow::pressed(format!("{more} more"), Press::Open));
            }
            profiles.push(TrayRow::pressed("Renew all", Press::RenewAll));
        }
        let open = TrayRow::pressed("Open Poolkey", Press::Open);
        let quit = TrayRow::pressed("Quit", Press::Quit);
        TrayMenu {
            groups: vec![vec![open], profiles, vec![quit]],
        }
    }
}

/// Whole minutes: `42 min`, `2 h 5 min`.
fn in_minutes(left: SignedDuration) -> String {
    match left.as_mins() {
        ..=0 => "less than a minute".to_owned(),
        minutes @ 1..60 => format!("{minutes} min"),
        minutes => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}
