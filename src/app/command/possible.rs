//! When a command is possible, and which action it is then.

use super::Command;
use crate::app::{Action, Endpoint, Model, Page, ProfileState, Sheet, StoreState};
use crate::domain::{
    Amount, Arrangement, ExportTarget, Place, Secret, Session, SettingChange, SignOutScope,
};

impl Command {
    /// What it asks for, about the profile that is shown; none where it is not possible now.
    #[must_use]
    pub fn action(self, model: &Model) -> Option<Action> {
        let is_covered = matches!(model.sheet, Some(ref sheet) if !matches!(sheet, Sheet::Palette));
        if is_covered || model.lock.on {
            return None;
        }
        self.of_window(model).or_else(|| {
            let shown = model.current().filter(|_| model.page == Page::Profile)?;
            self.action_on(model, shown)
        })
    }

    /// The same about any profile, as in the menu of its row.
    #[must_use]
    pub fn action_on(self, model: &Model, state: &ProfileState) -> Option<Action> {
        self.of_sign_in(state)
            .or_else(|| self.of_credentials(state))
            .or_else(|| self.of_export(model, state))
            .or_else(|| self.of_list(model, state))
            .or_else(|| self.of_page(model, state))
    }

    fn of_window(self, model: &Model) -> Option<Action> {
        let can_write = model.config_problem.is_none();
        match self {
            Self::Palette => Some(Action::OpenPalette),
            Self::Search => (!model.profiles.is_empty()).then_some(Action::Search),
            Self::NewProfile if can_write => Some(Action::NewProfile),
            Self::Import if can_write => Some(Action::OpenImport),
            Self::Discover if can_write => Some(Action::OpenDiscover),
            Self::Shortcuts => Some(Action::OpenShortcuts),
            Self::OpenDemo if !model.demo && !model.opening_demo && model.moving.is_none() => {
                Some(Action::OpenDemo)
            }
            Self::Reload => Some(Action::Reload),
            Self::UnlockStore => matches!(
                model.store,
                StoreState::Locked { .. } | StoreState::Broken(_)
            )
            .then_some(Action::RetryStore),
            Self::Theme(theme) if theme != model.theme => Some(Action::SetTheme(theme)),
            Self::Settings if model.page != Page::Settings => Some(Action::OpenSettings),
            Self::About if model.page != Page::About => Some(Action::OpenAbout),
            Self::LargerText | Self::SmallerText => {
                let (size, up) = (model.settings.text_size_percent, self == Self::LargerText);
                let there_is = Amount::TextSize.step(size, up).is_some();
                there_is.then_some(Action::StepTextSize { up })
            }
            Self::UsualText => {
                let usual = Amount::TextSize.default();
                let change = SettingChange::Amount(Amount::TextSize, usual);
                (model.settings.text_size_percent != usual).then_some(Action::Change(change))
            }
            Self::LockNow => Some(Action::LockNow),
            Self::Close => Some(Action::CloseWindow),
            Self::TakeBack if model.last_change.is_some() && !model.undoing => {
                Some(Action::UndoFiles)
            }
            Self::Sort(order) if order != model.settings.list_order => {
                Some(Action::SetListOrder(order))
            }
            Self::Previous => model.neighbor(false).map(Action::Select),
            Self::Next => model.neighbor(true).map(Action::Select),
            _ => None,
        }
    }

    fn of_list(self, model: &Model, state: &ProfileState) -> Option<Action> {
        if model.config_problem.is_some() {
            return None;
        }
        let (name, favorite) = (state.profile.name.clone(), state.profile.favorite);
        let arrange = |name, on| Action::Arrange(vec![name], Arrangement::Favorite(on));
        match self {
            Self::AddFavorite if !favorite => Some(arrange(name, true)),
            Self::RemoveFavorite if favorite => Some(arrange(name, false)),
            Self::MoveToGroup => Some(Action::AskGroup(vec![name])),
            Self::Rename => Some(Action::AskRename(name)),
            Self::Duplicate => Some(Action::Duplicate(name)),
            Self::Remove => Some(Action::Remove(vec![name])),
            _ => None,
        }
    }

    fn of_page(self, model: &Model, state: &ProfileState) -> Option<Action> {
        let is_shown =
            model.page == Page::Profile && model.selected.as_ref() == Some(&state.profile.name);
        match self {
            Self::Share => Some(Action::Share(vec![state.profile.name.clone()])),
            Self::Show if !is_shown => Some(Action::Select(state.profile.name.clone())),
            Self::Open(tab) if is_shown && tab != model.tab => Some(Action::Open(tab)),
            _ => None,
        }
    }

    fn of_sign_in(self, state: &ProfileState) -> Option<Action> {
        let name = || state.profile.name.clone();
        let asks_nobody = state.profile.asks_nobody();
        let idle = state.running.is_none() && !state.signing_out;
        let kept = idle && ((state.refreshable && !asks_nobody) || state.session.is_some());
        let at_pool = kept && state.profile.user_pool.is_some();
        let sign_out = |scope| Action::SignOut {
            profile: name(),
            scope,
        };
        match self {
            Self::SignIn if idle && !state.refreshable => Some(Action::SignIn(name())),
            Self::GetCredentials if idle && asks_nobody && state.session.is_none() => {
                Some(Action::Renew(name()))
            }
            Self::Refresh
                if idle && state.refreshable && (!asks_nobody || state.session.is_some()) =>
            {
                Some(Action::Renew(name()))
            }
            Self::Cancel if state.running.is_some() => Some(Action::Cancel(name())),
            Self::SignOut if at_pool => Some(sign_out(SignOutScope::Revoke)),
            Self::SignOutOfBrowser if at_pool && state.profile.managed_login.is_some() => {
                Some(Action::All(vec![
                    sign_out(SignOutScope::Revoke),
                    Action::SignOutOfBrowser(name()),
                ]))
            }
            Self::SignOutEverywhere if at_pool => Some(sign_out(SignOutScope::Everywhere)),
            Self::ForgetHere if kept => Some(sign_out(SignOutScope::Here)),
            Self::KeepFresh if !state.profile.keep_fresh => Some(Action::ToggleKeepFresh(name())),
            Self::StopKeepingFresh if state.profile.keep_fresh => {
                Some(Action::ToggleKeepFresh(name()))
            }
            Self::ChangePassword if state.refreshable && state.profile.user_pool.is_some() => {
                Some(Action::AskPasswordChange(name()))
            }
            Self::ForgetIdentity if state.session.is_some() => Some(Action::ForgetIdentity(name())),
            _ => None,
        }
    }

    fn of_credentials(self, state: &ProfileState) -> Option<Action> {
        let name = || state.profile.name.clone();
        let can = state.has_credentials();
        match self {
            Self::OpenConsole if can && !state.opening_console => Some(Action::OpenConsole(name())),
            Self::OpenTerminal if can => Some(Action::OpenTerminal(name())),
            Self::CopyAs(form) if can => Some(Action::CopyAs {
                profile: name(),
                form,
            }),
            Self::Reveal if state.session.is_some() && !state.revealed => {
                Some(Action::ToggleReveal(name()))
            }
            Self::Hide if state.session.is_some() && state.revealed => {
                Some(Action::ToggleReveal(name()))
            }
            _ => self.of_session(state.session.as_ref()?),
        }
    }

    fn of_session(self, session: &Session) -> Option<Action> {
        let credentials = &session.credentials;
        let caller = session.caller.as_ref();
        let text = |what, text: &str| Action::CopyText {
            what,
            text: text.to_owned(),
        };
        let secret = |what, secret: &Secret| Action::CopySecret {
            what,
            secret: secret.duplicate(),
        };
        match self {
            Self::CopyAccessKeyId => Some(text("Access key ID", &credentials.access_key_id)),
            Self::CopySecretKey => Some(secret("Secret key", &credentials.secret_access_key)),
            Self::CopySessionToken => Some(secret("Session token", &credentials.session_token)),
            Self::CopyIdentityId => Some(text("Identity ID", session.identity_id.as_str())),
            Self::CopyAccount => Some(text("Account", &caller?.account)),
            Self::CopyArn => Some(text("ARN", &caller?.arn)),
            _ => None,
        }
    }

    fn of_export(self, model: &Model, state: &ProfileState) -> Option<Action> {
        let profile = || state.profile.name.clone();
        let is_ours = |target| matches!(state.exports.place(target), Place::Ours { .. });
        let idle = state.exporting.is_none();
        let export = |target, on| Action::SetExport {
            profile: profile(),
            target,
            on,
            role: None,
        };
        match self {
            Self::Export(target)
                if idle && !is_ours(target) && model.can_export(state, target, None) =>
            {
                Some(export(target, true))
            }
            Self::Unexport(target) if idle && is_ours(target) => Some(export(target, false)),
            Self::StartEndpoint if state.endpoint == Endpoint::Off && state.has_credentials() => {
                Some(Action::SetEndpoint {
                    profile: profile(),
                    on: true,
                })
            }
            Self::StopEndpoint if matches!(state.endpoint, Endpoint::On(_)) => {
                Some(Action::SetEndpoint {
                    profile: profile(),
                    on: false,
                })
            }
            _ => None,
        }
    }
}

impl ProfileState {
    /// True where credentials are here or can be had without asking anybody.
    #[must_use]
    pub const fn has_credentials(&self) -> bool {
        self.session.is_some() || self.refreshable
    }
}

impl Model {
    /// Keys can only be written where there are some. An entry that runs Poolkey always can, but
    /// in the demo: its secrets live in this process only. `role`: for a web identity, where the
    /// profile asks for none.
    #[must_use]
    pub fn can_export(
        &self,
        state: &ProfileState,
        target: ExportTarget,
        role: Option<&crate::domain::RoleArn>,
    ) -> bool {
        match target {
            ExportTarget::CredentialProcess => !self.demo,
            ExportTarget::CredentialsFile => state.has_credentials(),
            ExportTarget::WebIdentity => {
                let has_role = role.is_some() || state.profile.exchange.role().is_some();
                has_role && state.has_credentials()
            }
        }
    }
}
