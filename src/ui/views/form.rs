//! The configuration form's draft and its checks, without a pixel.
//!
//! A field that was never touched and is empty has no error, but is not complete either.

use super::login_form::{LoginChecks, LoginDraft};
use crate::app::{Model, ProfileDraft};
use crate::domain::profile::region_mismatch;
use crate::domain::{
    ClientId, EndpointUrl, IdError, IdentityPoolId, PoolClient, Profile, ProfileName, SignInMethod,
    UserPoolId,
};
use crate::ui::draft::Hidden;

/// The fields as typed.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct FormDraft {
    /// The profile that is edited; none for a new one.
    pub original: Option<ProfileName>,
    /// Profile name.
    pub name: String,
    /// Group, may be empty.
    pub group: String,
    /// User pool ID.
    pub user_pool_id: String,
    /// App client ID.
    pub client_id: String,
    /// A new client secret, or nothing.
    pub client_secret: Hidden,
    /// True when a stored client secret is to be used no more.
    pub without_secret: bool,
    /// Sign-in method.
    pub sign_in: SignInMethod,
    /// Managed login.
    pub login: LoginDraft,
    /// Identity pool ID.
    pub identity_pool_id: String,
    /// Endpoint, may be empty.
    pub endpoint_url: String,
    /// True until the first field has been given the focus.
    pub focus_wanted: bool,
}

impl FormDraft {
    /// The fields of a stored profile.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        Self {
            original: Some(profile.name.clone()),
            name: profile.name.to_string(),
            group: profile.group.clone().unwrap_or_default(),
            user_pool_id: text(profile.user_pool.as_ref().map(|pool| &pool.user_pool_id)),
            client_id: text(profile.user_pool.as_ref().map(|pool| &pool.client_id)),
            client_secret: Hidden::default(),
            without_secret: false,
            sign_in: profile.sign_in,
            login: LoginDraft::of(profile.managed_login.as_ref()),
            identity_pool_id: profile.identity_pool_id.to_string(),
            endpoint_url: text(profile.endpoints.url.as_ref()),
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

    /// Takes the checked form and the typed secret out of the draft.
    pub fn take(&mut self, checked: Profile) -> ProfileDraft {
        let client_secret =
            (!self.client_secret.is_empty()).then(|| self.client_secret.hand_over());
        // Said about this save only: the next one may follow a new secret.
        self.without_secret = false;
        ProfileDraft {
            original: self.original.clone(),
            profile: checked,
            client_secret,
        }
    }
}

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// What is wrong with a field; none where it is fine or still untouched.
pub type Fault = Option<String>;

/// The checks of a form.
pub struct Checks {
    /// Of the profile name.
    pub name: Fault,
    /// Of the user pool ID.
    pub user_pool_id: Fault,
    /// The user pool's region, where the ID is valid.
    pub user_region: Option<String>,
    /// Of the app client ID.
    pub client_id: Fault,
    /// True when the app client ID is valid.
    pub client_id_valid: bool,
    /// Of managed login.
    pub login: LoginChecks,
    /// Of the identity pool ID.
    pub identity_pool_id: Fault,
    /// A remark that forbids nothing.
    pub mismatch: Option<String>,
    /// Of the endpoint.
    pub endpoint_url: Fault,
    /// The profile, when every field is valid.
    pub profile: Option<Profile>,
}

/// Checks a form against the domain's rules and the other profiles.
#[must_use]
pub fn check(draft: &FormDraft, model: &Model) -> Checks {
    let stored = draft
        .original
        .as_ref()
        .and_then(|name| model.profile(name))
        .map(|state| &state.profile);
    let name = name(draft, model);
    let user_pool: Result<UserPoolId, _> = draft.user_pool_id.trim().parse();
    let client: Result<ClientId, _> = draft.client_id.trim().parse();
    let identity_pool: Result<IdentityPoolId, _> = draft.identity_pool_id.trim().parse();
    let endpoint = endpoint(draft);
    let region = user_pool.as_ref().ok().map(UserPoolId::region);
    let mismatch = match (&user_pool, &identity_pool) {
        (Ok(user), Ok(identity)) => region_mismatch(user, identity),
        _ => None,
    };
    let mut checks = Checks {
        name: fault(&draft.name, &name),
        user_pool_id: fault(&draft.user_pool_id, &user_pool),
        user_region: region.as_ref().map(ToString::to_string),
        client_id: fault(&draft.client_id, &client),
        client_id_valid: client.is_ok(),
        login: LoginChecks::of(&draft.login, region.as_ref(), draft.sign_in),
        identity_pool_id: fault(&draft.identity_pool_id, &identity_pool),
        mismatch,
        endpoint_url: endpoint.as_ref().err().cloned(),
        profile: None,
    };
    let keeps_secret = stored.is_some_and(Profile::has_client_secret);
    let managed_login = checks.login.login.take();
    if let (
        Ok(name),
        Ok(user_pool_id),
        Ok(client_id),
        Some(managed_login),
        Ok(identity_pool_id),
        Ok(endpoint_url),
    ) = (
        name,
        user_pool,
        client,
        managed_login,
        identity_pool,
        endpoint,
    ) {
        let user_pool = PoolClient {
            user_pool_id,
            client_id,
            has_client_secret: !draft.client_secret.is_empty()
                || (keeps_secret && !draft.without_secret),
        };
        checks.profile = Some(Profile {
            group: Some(draft.group.trim().to_owned()).filter(|group| !group.is_empty()),
            sign_in: draft.sign_in,
            username: stored.and_then(|stored| stored.username.clone()),
            managed_login,
            endpoints: endpoint_url.into(),
            ..Profile::of_user_pool(name, user_pool, identity_pool_id)
        });
    }
    checks
}

/// True when saving would change something.
#[must_use]
pub fn is_changed(draft: &FormDraft, checked: &Profile, model: &Model) -> bool {
    let stored = draft.original.as_ref().and_then(|name| model.profile(name));
    !draft.client_secret.is_empty() || stored.is_none_or(|stored| stored.profile != *checked)
}

fn fault<T, E: ToString>(typed: &str, parsed: &Result<T, E>) -> Fault {
    match parsed {
        Err(why) if !typed.is_empty() => Some(why.to_string()),
        _ => None,
    }
}

fn name(draft: &FormDraft, model: &Model) -> Result<ProfileName, String> {
    let name: ProfileName = draft
        .name
        .trim()
        .parse()
        .map_err(|why: IdError| why.to_string())?;
    if draft.original.as_ref() != Some(&name) && model.profile(&name).is_some() {
        return Err(format!("There is already a profile named {name}"));
    }
    Ok(name)
}

fn endpoint(draft: &FormDraft) -> Result<Option<EndpointUrl>, String> {
    let typed = draft.endpoint_url.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    typed
        .parse()
        .map(Some)
        .map_err(|why: IdError| why.to_string())
}
