//! The configuration form's draft and its checks, without a pixel: one file per part of the form.
//!
//! A field that was never touched and is empty has no error, but is not complete either.

mod check;
pub mod developer;
pub mod exchange;
pub mod managed_login;
mod parts;
pub mod providers;
mod sharing;

pub use self::check::{Checks, check};
use self::developer::DeveloperDraft;
use self::exchange::ExchangeDraft;
use self::managed_login::LoginDraft;
pub use self::parts::{IdentityPoolPart, SignInPart};
use self::providers::ProviderDraft;
use crate::app::{Model, ProfileDraft};
use crate::domain::{LoginProvider, Profile, ProfileName, Secret, SignInMethod};
use crate::ui::draft::Hidden;

/// The fields as typed.
#[derive(Default, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the form that goes with any other"
)]
pub struct FormDraft {
    /// The profile that is edited; none for a new one.
    pub original: Option<ProfileName>,
    /// Profile name.
    pub name: String,
    /// Group, may be empty.
    pub group: String,
    /// Sign-in method.
    pub sign_in: SignInMethod,
    /// User pool ID.
    pub user_pool_id: String,
    /// App client ID.
    pub client_id: String,
    /// A new client secret, or nothing.
    pub client_secret: Hidden,
    /// True when a stored client secret is to be used no more.
    pub without_secret: bool,
    /// Whose sign-in is used, where it is another profile's.
    pub shares_sign_in: Option<ProfileName>,
    /// Managed login.
    pub login: LoginDraft,
    /// Developer-authenticated identities.
    pub developer: DeveloperDraft,
    /// Other providers.
    pub providers: Vec<ProviderDraft>,
    /// Identity pool ID.
    pub identity_pool_id: String,
    /// Flow and role.
    pub exchange: ExchangeDraft,
    /// Whether a guest's identity is carried over.
    pub carries_over_guest: bool,
    /// Endpoint, may be empty.
    pub endpoint_url: String,
    /// FIPS hosts.
    pub fips: bool,
    /// Dual-stack hosts.
    pub dual_stack: bool,
    /// True until the first field has been given the focus.
    pub focus_wanted: bool,
}

impl FormDraft {
    /// The fields of a stored profile.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let pool = profile.user_pool.as_ref();
        Self {
            original: Some(profile.name.clone()),
            name: profile.name.to_string(),
            group: profile.group.clone().unwrap_or_default(),
            sign_in: profile.sign_in,
            user_pool_id: text(pool.map(|pool| &pool.user_pool_id)),
            client_id: text(pool.map(|pool| &pool.client_id)),
            client_secret: Hidden::default(),
            without_secret: false,
            shares_sign_in: profile.shares_sign_in.clone(),
            login: LoginDraft::of(profile.managed_login.as_ref()),
            developer: DeveloperDraft::of(profile.developer.as_ref()),
            providers: profile.logins.iter().map(ProviderDraft::of).collect(),
            identity_pool_id: profile.identity_pool_id.to_string(),
            exchange: ExchangeDraft::of(profile),
            carries_over_guest: profile.carries_over_guest,
            endpoint_url: text(profile.endpoints.url.as_ref()),
            fips: profile.endpoints.fips,
            dual_stack: profile.endpoints.dual_stack,
            focus_wanted: false,
        }
    }

    /// True when nothing was typed into an empty form.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let blank = Self {
            focus_wanted: self.focus_wanted,
            ..Self::default()
        };
        *self == blank
    }

    /// True while a secret was typed that is not stored yet.
    #[must_use]
    pub fn has_typed_secret(&self) -> bool {
        let mut providers = self.providers.iter();
        !self.client_secret.is_empty()
            || providers.any(|provider| !provider.client_secret.is_empty())
    }

    /// Forgets every secret that was typed.
    pub fn forget_secrets(&mut self) {
        self.client_secret.clear();
        for provider in &mut self.providers {
            provider.client_secret.clear();
        }
    }

    /// The checked form with the client secret as typed; the form keeps both.
    #[must_use]
    pub fn copy(&self, checked: Profile) -> ProfileDraft {
        let typed = !self.client_secret.is_empty() && checked.user_pool.is_some();
        ProfileDraft {
            original: self.original.clone(),
            profile: checked,
            client_secret: typed.then(|| self.client_secret.copy()),
            login_secrets: Vec::new(),
        }
    }

    /// Takes the checked form and the typed secrets out of the draft.
    pub fn take(&mut self, checked: Profile) -> ProfileDraft {
        let client_secret =
            (!self.client_secret.is_empty()).then(|| self.client_secret.hand_over());
        // Said about this save only: the next one may follow a new secret.
        self.without_secret = false;
        let login_secrets = checked.logins.iter().zip(&mut self.providers);
        let login_secrets = login_secrets.filter_map(|(login, draft)| {
            let typed = &mut draft.client_secret;
            (!typed.is_empty()).then(|| (login.provider.clone(), typed.hand_over()))
        });
        let login_secrets: Vec<(LoginProvider, Secret)> = login_secrets.collect();
        ProfileDraft {
            original: self.original.clone(),
            profile: checked,
            client_secret,
            login_secrets,
        }
    }
}

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// What is wrong with a field; none where it is fine or still untouched.
pub type Fault = Option<String>;

/// True when saving would change something.
#[must_use]
pub fn is_changed(draft: &FormDraft, checked: &Profile, model: &Model) -> bool {
    let stored = draft.original.as_ref().and_then(|name| model.profile(name));
    draft.has_typed_secret() || stored.is_none_or(|stored| stored.profile != *checked)
}

fn fault<T, E: ToString>(typed: &str, parsed: &Result<T, E>) -> Fault {
    match parsed {
        Err(why) if !typed.is_empty() => Some(why.to_string()),
        _ => None,
    }
}
