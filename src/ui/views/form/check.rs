//! A form held against the domain's rules and the other profiles.

use super::developer::DeveloperChecks;
use super::exchange::{ExchangeChecks, optional};
use super::managed_login::LoginChecks;
use super::providers::ProviderChecks;
use super::sharing::{Sharer, sharers};
use super::{Fault, FormDraft, fault};
use crate::app::Model;
use crate::domain::profile::region_mismatch;
use crate::domain::{
    ClientId, EndpointUrl, Endpoints, IdError, IdentityPoolId, PoolClient, Profile, ProfileName,
    SignInMethod, UserPoolId,
};

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
        margin: model.settings.refresh_margin(),
        favorite: stored(draft, model).is_some_and(|stored| stored.favorite),
        keep_fresh: stored(draft, model).is_none_or(|stored| stored.keep_fresh),
        ..Profile::of_identity_pool(name, draft.sign_in, identity_pool)
    };
    let profile = match (asks_pool, user_pool, client) {
        (true, Ok(pool), Ok(client)) => with_user_pool(bare, pool, client, draft, model, &checks),
        (true, ..) => None,
        (false, ..) => Some(bare),
    };
    if let Some(profile) = profile {
        together(profile, draft, model, &mut checks);
    }
    checks
}

/// What goes beyond single fields.
fn together(profile: Profile, draft: &FormDraft, model: &Model, checks: &mut Checks) {
    checks.sharers = sharers(&profile, draft, model);
    let Some(profile) = with_exchange(profile, draft, checks) else {
        return;
    };
    let others = model.profiles.iter().map(|state| &state.profile);
    // The stored version must not stand in the way of the edited one.
    let others = others.filter(|other| Some(&other.name) != draft.original.as_ref());
    let others: Vec<Profile> = others.cloned().collect();
    let mut faults = profile.faults(&others).into_iter();
    checks.together = faults.next().map(|fault| fault.sentence);
    checks.profile = checks.together.is_none().then_some(profile);
}

fn with_user_pool(
    bare: Profile,
    user_pool_id: UserPoolId,
    client_id: ClientId,
    draft: &FormDraft,
    model: &Model,
    checks: &Checks,
) -> Option<Profile> {
    let stored = stored(draft, model);
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

fn stored<'a>(draft: &FormDraft, model: &'a Model) -> Option<&'a Profile> {
    let state = model.profile(draft.original.as_ref()?)?;
    Some(&state.profile)
}

fn with_exchange(profile: Profile, draft: &FormDraft, checks: &Checks) -> Option<Profile> {
    let takes_logins = draft.sign_in == SignInMethod::Provider || profile.user_pool.is_some();
    let logins = if takes_logins {
        let logins = checks.providers.iter();
        logins
            .map(|checked| checked.login.clone())
            .collect::<Option<_>>()?
    } else {
        Vec::new()
    };
    let developer = match draft.sign_in {
        SignInMethod::Developer => Some(checks.developer.source.clone()?),
        _ => None,
    };
    let shared = draft.shares_sign_in.as_ref();
    let shared = shared.filter(|name| checks.sharers.iter().any(|other| other.name == **name));
    Some(Profile {
        shares_sign_in: shared.cloned(),
        logins,
        developer,
        exchange: checks.exchange.exchange.clone()?,
        carries_over_guest: draft.carries_over_guest && draft.sign_in != SignInMethod::Guest,
        ..profile
    })
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
