//! The configuration form's draft and its checks, without a pixel: one file per part of the form.
//!
//! A field that was never touched and is empty has no error, but is not complete either.

pub mod developer;
pub mod exchange;
pub mod managed_login;
mod parts;
pub mod providers;
mod sharing;

use self::developer::{DeveloperChecks, DeveloperDraft};
use self::exchange::{ExchangeChecks, ExchangeDraft, optional};
use self::managed_login::{LoginChecks, LoginDraft};
pub use self::parts::{IdentityPoolPart, SignInPart};
use self::providers::{ProviderChecks, ProviderDraft};
pub use self::sharing::Sharer;
use crate::app::{Model, ProfileDraft};
use crate::domain::profile::region_mismatch;
use crate::domain::{
    ClientId, EndpointUrl, Endpoints, IdError, IdentityPoolId, LoginProvider, PoolClient, Profile,
    ProfileName, Secret, SignInMethod, UserPoolId,
};
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
    /// Whose sign-in could be used.
    pub sharers: Vec<Sharer>,
    /// Of managed login.
    pub login: LoginChecks,
    /// Of developer-authenticated identities.
    pub developer: DeveloperChecks,
    /// Of the other providers, one each.
    pub providers: Vec<ProviderChecks>,
    /// Of the identity pool ID.
    pub identity_pool_id: Fault,
    /// A remark that forbids nothing.
    pub mismatch: Option<String>,
    /// Of flow and role.
    pub exchange: ExchangeChecks,
    /// Of the endpoint.
    pub endpoint_url: Fault,
    /// What does not go together although each field is valid.
    pub together: Fault,
    /// The profile, when every field is valid.
    pub profile: Option<Profile>,
}

/// Checks a form against the domain's rules and the other profiles.
#[must_use]
pub fn check(draft: &FormDraft, model: &Model) -> Checks {
    let name = name(draft, model);
    let user_pool: Result<UserPoolId, _> = draft.user_pool_id.trim().parse();
    let client: Result<ClientId, _> = draft.client_id.trim().parse();
    let identity_pool: Result<IdentityPoolId, _> = draft.identity_pool_id.trim().parse();
    let endpoint = optional::<EndpointUrl>(&draft.endpoint_url);
    let region = user_pool.as_ref().ok().map(UserPoolId::region);
    let asks_pool = draft.sign_in.uses_user_pool();
    let mismatch = match (&user_pool, &identity_pool) {
        (Ok(user), Ok(identity)) if asks_pool => region_mismatch(user, identity),
        _ => None,
    };
    let mut providers = Vec::with_capacity(draft.providers.len());
    for provider in &draft.providers {
        let checked = ProviderChecks::of(provider, &providers);
        providers.push(checked);
    }
    let mut checks = Checks {
        name: fault(&draft.name, &name),
        user_pool_id: fault(&draft.user_pool_id, &user_pool),
        user_region: region.as_ref().map(ToString::to_string),
        client_id: fault(&draft.client_id, &client),
        client_id_valid: client.is_ok(),
        sharers: Vec::new(),
        login: LoginChecks::of(&draft.login, region.as_ref(), draft.sign_in),
        developer: DeveloperChecks::of(&draft.developer),
        providers,
        identity_pool_id: fault(&draft.identity_pool_id, &identity_pool),
        mismatch,
        exchange: ExchangeChecks::of(&draft.exchange),
        endpoint_url: endpoint.as_ref().err().cloned(),
        together: None,
        profile: None,
    };
    let (Ok(name), Ok(identity_pool), Ok(url)) = (name, identity_pool, endpoint) else {
        return checks;
    };
    let bare = Profile {
        group: Some(draft.group.trim().to_owned()).filter(|group| !group.is_empty()),
        endpoints: Endpoints {
            url,
            fips: draft.fips,
            dual_stack: draft.dual_stack,
        },
        ..Profile::of_identity_pool(name, draft.sign_in, identity_pool)
    };
    let profile = if asks_pool {
        match (user_pool, client) {
            (Ok(pool), Ok(client)) => with_user_pool(bare, pool, client, draft, model, &checks),
            _ => None,
        }
    } else {
        Some(bare)
    };
    let Some(profile) = profile else {
        return checks;
    };
    checks.sharers = sharing::sharers(&profile, draft, model);
    if let Some(profile) = with_exchange(profile, draft, &checks) {
        let others: Vec<Profile> = model
            .profiles
            .iter()
            .map(|state| &state.profile)
            .cloned()
            .collect();
        let mut faults = profile.faults(&others).into_iter();
        checks.together = faults.next().map(|fault| fault.sentence);
        checks.profile = Some(profile).filter(|_| checks.together.is_none());
    }
    checks
}

fn with_user_pool(
    bare: Profile,
    user_pool_id: UserPoolId,
    client_id: ClientId,
    draft: &FormDraft,
    model: &Model,
    checks: &Checks,
) -> Option<Profile> {
    let stored = draft.original.as_ref().and_then(|name| model.profile(name));
    let stored = stored.map(|state| &state.profile);
    let keeps_secret = stored.is_some_and(Profile::has_client_secret) && !draft.without_secret;
    Some(Profile {
        user_pool: Some(PoolClient {
            user_pool_id,
            client_id,
            has_client_secret: !draft.client_secret.is_empty() || keeps_secret,
        }),
        username: stored.and_then(|stored| stored.username.clone()),
        managed_login: checks.login.login.clone()?,
        ..bare
    })
}

fn with_exchange(profile: Profile, draft: &FormDraft, checks: &Checks) -> Option<Profile> {
    let logins = checks
        .providers
        .iter()
        .map(|provider| provider.login.clone());
    let logins: Vec<_> = logins.collect::<Option<_>>()?;
    let takes_logins =
        matches!(draft.sign_in, SignInMethod::Provider) || profile.user_pool.is_some();
    let developer = match draft.sign_in {
        SignInMethod::Developer => Some(checks.developer.source.clone()?),
        _ => None,
    };
    let shared = draft.shares_sign_in.as_ref();
    let shared = shared.filter(|name| checks.sharers.iter().any(|other| other.name == **name));
    Some(Profile {
        shares_sign_in: shared.cloned(),
        logins: if takes_logins { logins } else { Vec::new() },
        developer,
        exchange: checks.exchange.exchange.clone()?,
        carries_over_guest: draft.carries_over_guest && draft.sign_in != SignInMethod::Guest,
        ..profile
    })
}

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
