//! The identity pool before anybody signed in, asked with a token that cannot be valid.
//!
//! `GetId` without a login would make a guest's identity, for ever; with a token that nobody signed
//! it makes nothing. Deliberately absent: a guest profile, which a real renewal tries where this machine
//! was a guest before (see `renewal`).

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use super::line::{Line, Silence};
use crate::crypto::random;
use crate::domain::partition::developer_login_key;
use crate::domain::{Check, CheckId, Problem, Profile, Secret, SignInMethod};
use crate::ops::ports::{Deps, Login};
use crate::ops::sign_in::no_random_numbers;

pub(super) async fn checks(deps: &Deps, profile: &Profile, line: &Line<'_>) -> Vec<Check> {
    let Some(provider) = provider(profile) else {
        let why = "Only a guest can ask here, and none is known yet: the first makes an identity, for ever";
        return vec![Check::skipped(CheckId::IdentityPool, why)];
    };
    let login = match made_up(&provider, profile) {
        Ok(token) => [Login {
            provider_name: provider,
            token,
        }],
        Err(problem) => return vec![Check::failed(CheckId::IdentityPool, problem)],
    };
    let pool = &profile.identity_pool_id;
    let asked = deps
        .identity_pool
        .identity_id(pool, &profile.endpoints, &login);
    let there = Check::passed(CheckId::IdentityPool, format!("{pool} answers"));
    let later = || {
        let why = "Whether tokens are accepted shows when somebody is signed in";
        Check::skipped(CheckId::ProviderLinked, why)
    };
    match line.call(asked).await {
        Ok(_) => vec![there, later()],
        Err(Silence::Refused(problem)) => match about(&problem) {
            About::Pool => vec![Check::failed(CheckId::IdentityPool, problem)],
            About::Provider => vec![there, Check::failed(CheckId::ProviderLinked, problem)],
            About::Token => vec![there, later()],
            About::Moment => vec![Check::warned(CheckId::IdentityPool, problem)],
        },
        Err(silence) => vec![silence.check(CheckId::IdentityPool)],
    }
}

/// What a refusal of `GetId` is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// There is no such pool.
    Pool,
    /// The pool does not take tokens of this provider.
    Provider,
    /// This token.
    Token,
    /// Something that passes.
    Moment,
}

pub(super) fn about(problem: &Problem) -> About {
    let Some(said) = &problem.aws else {
        return About::Moment;
    };
    let has = |part: &str| said.message.contains(part);
    match said.code.as_str() {
        "ResourceNotFoundException" => About::Pool,
        "NotAuthorizedException"
            if has("not from a supported provider") || has("Unauthenticated access") =>
        {
            About::Provider
        }
        "InvalidParameterException" if has("valid public provider") => About::Provider,
        "NotAuthorizedException" | "InvalidParameterException" => About::Token,
        _ => About::Moment,
    }
}

/// The key of the logins map that this profile's person comes under.
fn provider(profile: &Profile) -> Option<String> {
    match (&profile.user_pool, profile.logins.first(), profile.sign_in) {
        (Some(pool), ..) => Some(pool.user_pool_id.provider_name()),
        (None, Some(login), _) => Some(login.provider.to_string()),
        (None, None, SignInMethod::Developer) => {
            Some(developer_login_key(&profile.region()).to_owned())
        }
        (None, None, _) => None,
    }
}

/// A token as the provider would make it, but for the signature.
fn made_up(provider: &str, profile: &Profile) -> Result<Secret, Problem> {
    let random = random::bytes::<32>().ok_or_else(no_random_numbers)?;
    let nobody = HEXLOWER.encode(random.as_slice());
    let client = profile.user_pool.as_ref().map(|pool| &pool.client_id);
    let audience = client.map_or("poolkey-doctor", |client| client.as_str());
    let encoded = |json: &str| BASE64URL_NOPAD.encode(json.as_bytes());
    // Nothing in these names has to be escaped: both are parsed identifiers.
    let header = encoded(r#"{"alg":"RS256","kid":"poolkey-doctor","typ":"JWT"}"#);
    let claims = encoded(&format!(
        r#"{{"iss":"https://{provider}","aud":"{audience}","sub":"{nobody}","token_use":"id","iat":1,"exp":4102444800}}"#
    ));
    let signature = encoded(&nobody);
    Ok(Secret::new(format!("{header}.{claims}.{signature}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AwsSaid, ProblemKind};

    #[test]
    fn refusals_are_told_apart() {
        let denied = "NotAuthorizedException";
        for (code, message, expected) in [
            (
                "ResourceNotFoundException",
                "IdentityPool 'X' not found.",
                About::Pool,
            ),
            (
                denied,
                "Token is not from a supported provider of this identity pool.",
                About::Provider,
            ),
            (
                denied,
                "Unauthenticated access is not supported for this identity pool.",
                About::Provider,
            ),
            (
                "InvalidParameterException",
                "Please provide a valid public provider.",
                About::Provider,
            ),
            (
                denied,
                "Invalid login token. Couldn't verify signed token.",
                About::Token,
            ),
            ("TooManyRequestsException", "Rate exceeded", About::Moment),
        ] {
            let problem =
                Problem::new(ProblemKind::Refused, "No").said(AwsSaid::new("GetId", code, message));
            assert_eq!(about(&problem), expected, "{code} {message}");
        }
    }
}
