//! The menu of ways to sign out: what each one ends, and what stays valid.

use eframe::egui::Ui;

use super::Actions;
use crate::app::{Action, ProfileState};
use crate::domain::SignOutScope;
use crate::ui::theme::{Icon, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu_choice_ui, menu_ui};

/// One way to sign out.
struct Way {
    title: &'static str,
    text: &'static str,
    scope: SignOutScope,
    browser: bool,
}

/// In the order shown. None recalls AWS credentials: nothing can.
const WAYS: [Way; 4] = [
    Way {
        title: "Sign out",
        text: "Ends this sign-in at the user pool and forgets it here. AWS credentials handed out \
               before stay valid until they expire",
        scope: SignOutScope::Revoke,
        browser: false,
    },
    Way {
        title: "Sign out here and in the browser",
        text: "The same, and managed login forgets you in the browser: the next sign-in there asks \
               who you are",
        scope: SignOutScope::Revoke,
        browser: true,
    },
    Way {
        title: "Sign out everywhere",
        text: "Ends your sign-ins on all devices. ID tokens and AWS credentials handed out before \
               stay valid until they expire",
        scope: SignOutScope::Everywhere,
        browser: false,
    },
    Way {
        title: "Forget on this computer only",
        text: "The user pool is not told: copies of this sign-in, other sign-ins and AWS \
               credentials stay valid until they expire",
        scope: SignOutScope::Here,
        browser: false,
    },
];

/// Without a user pool there is nobody to tell.
const FORGET: Way = Way {
    title: "Forget here",
    text: "Forgets tokens, credentials and the identity ID on this computer. AWS credentials \
           handed out before stay valid until they expire",
    scope: SignOutScope::Here,
    browser: false,
};

/// The button that opens the menu.
pub fn sign_out_button(state: &ProfileState) -> Button<'static> {
    let word = if state.signing_out {
        "Signing out…"
    } else {
        "Sign out"
    };
    Button::secondary(word).with_end_icon(Icon::CHEVRON)
}

/// Adds that button.
pub fn sign_out_ui(ui: &mut Ui, state: &ProfileState, actions: &mut Actions) {
    let opener = ui.add_enabled(!state.signing_out, sign_out_button(state));
    menu_ui(ui, &opener, "Sign out", |ui| {
        ui.set_width(size::MENU_WIDE);
        let in_browser = state.profile.managed_login.is_some();
        let ways = if state.profile.user_pool.is_some() {
            &WAYS[..]
        } else {
            &[FORGET]
        };
        for way in ways.iter().filter(|way| in_browser || !way.browser) {
            if menu_choice_ui(ui, way.title, way.text).clicked() {
                take(way, state, actions);
            }
        }
    });
}

fn take(way: &Way, state: &ProfileState, actions: &mut Actions) {
    let profile = state.profile.name.clone();
    actions.push(Action::SignOut {
        profile: profile.clone(),
        scope: way.scope,
    });
    if way.browser {
        actions.push(Action::SignOutOfBrowser(profile));
    }
}
