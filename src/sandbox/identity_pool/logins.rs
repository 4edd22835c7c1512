//! Checking a `Logins` map: whose tokens they are, and whether the identity pool accepts them.
//!
//! Every login must be good; one that is not refuses the request. Deliberately absent: what
//! follows from a login, which is in `identities` and `role_choice`.

use serde_json::{Map, Value};

use super::identities::Subject;
use super::roles::COGNITO_PRINCIPAL;
use super::settings::IdentityPool;
use crate::sandbox::error::Refusal;
use crate::sandbox::input::{Parameters, broken_constraint};
use crate::sandbox::issue::issuer;
use crate::sandbox::providers::{self, Kind};
use crate::sandbox::tokens::{Claims, TokenFlaw, unverified_claims};
use crate::sandbox::world::{Call, LOGIN_PROVIDER};

const MOST_LOGINS: usize = 10;
const LONGEST_TOKEN: usize = 50_000;
/// What stands for the app client of a user pool in `amr`, as API Gateway's
/// `cognitoAuthenticationProvider` documents it.
const USER_POOL_SIGN_IN: &str = "CognitoSignIn";
/// `iss` of the tokens of identity pools.
pub(in crate::sandbox) const COGNITO_ISSUER: &str = "https://cognito-identity.amazonaws.com";

/// A login that was verified.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) subject: Subject,
    /// Whom the token was for, as the identity pool's own tokens say it (`amr`): the provider's
    /// client, the identity pool, or [`USER_POOL_SIGN_IN`].
    pub(super) audience: Option<String>,
    /// What the login says about the person.
    pub(super) claims: Claims,
}

/// The pool a login is checked for, and the moment.
struct Check<'c, 'w> {
    call: &'c Call<'w>,
    pool: &'c IdentityPool,
}

/// Verifies every login of the map; the user pool's comes first.
pub(super) fn verify(
    call: &Call<'_>,
    pool: &IdentityPool,
    logins: Parameters<'_>,
) -> Result<Vec<Login>, Refusal> {
    if logins.pairs().count() > MOST_LOGINS {
        let constraint = format!("Member must have length less than or equal to {MOST_LOGINS}");
        return Err(broken_constraint("Logins", "", &constraint));
    }
    let check = Check { call, pool };
    let mut verified = logins
        .pairs()
        .map(|(key, token)| check.login(key, token))
        .collect::<Result<Vec<_>, _>>()?;
    verified.sort_by_key(|login| login.subject.provider != LOGIN_PROVIDER);
    Ok(verified)
}

impl Check<'_, '_> {
    fn login(&self, key: &str, token: &str) -> Result<Login, Refusal> {
        let settings = &self.pool.settings;
        if token.len() > LONGEST_TOKEN {
            let constraint =
                format!("Member must have length less than or equal to {LONGEST_TOKEN}");
            return Err(broken_constraint("Logins", "", &constraint));
        }
        if settings.developer_provider.as_deref() == Some(key) {
            return Err(Refusal::invalid_parameter(
                "Please provide a valid public provider.",
            ));
        }
        if key == COGNITO_PRINCIPAL {
            return self.developer(token);
        }
        if key == LOGIN_PROVIDER && !settings.user_pool_clients.is_empty() {
            return self.user_pool(token);
        }
        let Some(provider) = settings.provider(key) else {
            // No host name, so no provider at all: the service takes it for OpenID Connect.
            let is_nonsense = !key.contains('.') && unverified_claims(token).is_none();
            return Err(if is_nonsense {
                no_id_token()
            } else {
                unsupported()
            });
        };
        match providers::kind(self.call.state, key) {
            Kind::IdToken { issuer } => {
                let claims = self.id_token(token, &issuer, |audience| {
                    provider.audiences.iter().any(|known| known == audience)
                })?;
                let audience = text(&claims, "azp").or_else(|| text(&claims, "aud"));
                login(key, audience, claims)
            }
            Kind::Remembered => self.remembered(key, token),
        }
    }

    fn user_pool(&self, token: &str) -> Result<Login, Refusal> {
        let settings = &self.pool.settings;
        let claims = self.id_token(token, &issuer(), |audience| {
            settings.user_pool_client(audience).is_some()
        })?;
        let audience = text(&claims, "aud");
        let client = audience
            .as_deref()
            .and_then(|audience| settings.user_pool_client(audience));
        if client.is_some_and(|client| client.server_side_token_check) {
            self.still_stands(&claims)?;
        }
        login(LOGIN_PROVIDER, Some(USER_POOL_SIGN_IN.to_owned()), claims)
    }

    /// `ServerSideTokenCheck`: the user pool is asked about the user.
    fn still_stands(&self, claims: &Claims) -> Result<(), Refusal> {
        let state = &self.call.state;
        let username = text(claims, "cognito:username").unwrap_or_default();
        let user = state.directory.get(&username);
        let user = user.filter(|user| text(claims, "sub").as_ref() == Some(&user.sub));
        let Some(user) = user else {
            return Err(Refusal::not_authorized("User does not exist."));
        };
        if !user.enabled {
            return Err(Refusal::not_authorized("User is disabled."));
        }
        let family = text(claims, "origin_jti").unwrap_or_default();
        if state.grants.is_revoked(&family) {
            return Err(Refusal::not_authorized("Access Token has been revoked"));
        }
        Ok(())
    }

    /// The token that a developer's backend got: it stands for the login it was made for.
    fn developer(&self, token: &str) -> Result<Login, Refusal> {
        let no_cognito_token = || invalid("Not a Cognito token.");
        let read = unverified_claims(token).ok_or_else(no_cognito_token)?;
        if text(&read, "iss").as_deref() != Some(COGNITO_ISSUER) {
            return Err(no_cognito_token());
        }
        let claims = self.id_token(token, COGNITO_ISSUER, |audience| audience == self.pool.id)?;
        let id = text(&claims, "sub").unwrap_or_default();
        let identities = &self.call.state.identities;
        identities.pool_of(&id)?;
        let developer = self.pool.settings.developer_provider.as_deref();
        let own = identities.logins_of(&id).iter();
        let subject = own
            .filter(|own| Some(own.provider.as_str()) == developer)
            .find(|own| names(&claims, &own.provider))
            .cloned()
            .ok_or_else(no_cognito_token)?;
        Ok(Login {
            subject,
            audience: Some(self.pool.id.to_owned()),
            claims,
        })
    }

    /// An access token or a SAML response that the sandbox made and remembers.
    fn remembered(&self, key: &str, token: &str) -> Result<Login, Refusal> {
        let state = &self.call.state;
        let known = state.provider_tokens.find(key, token);
        let known = known.ok_or_else(|| invalid("Couldn't verify signed token."))?;
        self.not_expired(known.expires.as_second())?;
        let claims = known.claims.clone();
        login(key, providers::audience(key).map(str::to_owned), claims)
    }

    /// The claims of an ID token: issuer, signature, audience, time, in that order.
    fn id_token(
        &self,
        token: &str,
        issuer: &str,
        accepts: impl Fn(&str) -> bool,
    ) -> Result<Claims, Refusal> {
        let read = unverified_claims(token).ok_or_else(no_id_token)?;
        if text(&read, "iss").as_deref() != Some(issuer) {
            return Err(invalid("Issuer doesn't match providerName"));
        }
        let claims = self.call.signer.verify(token).map_err(|flaw| match flaw {
            TokenFlaw::NotAToken => no_id_token(),
            TokenFlaw::Signature => invalid("Couldn't verify signed token."),
        })?;
        let audience =
            text(&claims, "aud").ok_or_else(|| invalid("Missing a required claim: aud"))?;
        let audience = text(&claims, "azp").unwrap_or(audience);
        if !accepts(&audience) {
            return Err(unsupported());
        }
        let expires = claims.get("exp").and_then(Value::as_i64);
        self.not_expired(expires.unwrap_or_default())?;
        Ok(claims)
    }

    fn not_expired(&self, expires: i64) -> Result<(), Refusal> {
        let now = self.call.now.as_second();
        if now < expires {
            return Ok(());
        }
        Err(invalid(&format!("Token expired: {now} >= {expires}")))
    }
}

fn login(provider: &str, audience: Option<String>, claims: Claims) -> Result<Login, Refusal> {
    let id = text(&claims, "sub").ok_or_else(|| invalid("Missing a required claim: sub"))?;
    let provider = provider.to_owned();
    Ok(Login {
        subject: Subject { provider, id },
        audience,
        claims,
    })
}

/// Whether the methods (`amr`) of a token name a provider.
fn names(claims: &Claims, provider: &str) -> bool {
    let methods = claims.get("amr").and_then(Value::as_array);
    methods.is_some_and(|methods| methods.iter().any(|method| method == provider))
}

fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    claims.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn invalid(what: &str) -> Refusal {
    Refusal::not_authorized(format!("Invalid login token. {what}"))
}

fn no_id_token() -> Refusal {
    invalid("Not a valid OpenId Connect identity token.")
}

fn unsupported() -> Refusal {
    Refusal::not_authorized("Token is not from a supported provider of this identity pool.")
}
