//! What the browser is sent to: the addresses of authorization and of signing out.

use form_urlencoded::Serializer;

use crate::crypto::pkce::{Pkce, random_text};
use crate::domain::{CallbackUrl, ManagedLogin, Problem, ProblemKind, Profile};
use crate::ops::deps::pool_client;
use crate::ops::sign_in::no_random_numbers;

/// One authorization request, with what its answer is compared with.
pub(super) struct Request {
    pub(super) url: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) pkce: Pkce,
}

impl Request {
    pub(super) fn new(
        profile: &Profile,
        login: &ManagedLogin,
        callback: &CallbackUrl,
    ) -> Result<Self, Problem> {
        let client = pool_client(profile)?;
        let pkce = Pkce::new().ok_or_else(no_random_numbers)?;
        let state = random_text().ok_or_else(no_random_numbers)?;
        let nonce = random_text().ok_or_else(no_random_numbers)?;
        let mut query = Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", client.client_id.as_str())
            .append_pair("redirect_uri", callback.as_str())
            .append_pair("scope", &login.scopes.join(" "))
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &pkce.challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(provider) = &login.identity_provider {
            query.append_pair("identity_provider", provider);
        }
        if let Some(username) = &profile.username {
            query.append_pair("login_hint", username);
        }
        let url = format!(
            "{}/oauth2/authorize?{}",
            login.domain.base_url(),
            query.finish()
        );
        Ok(Self {
            url,
            state,
            nonce,
            pkce,
        })
    }
}

/// Where a browser would begin to sign in.
///
/// # Errors
/// When the profile has no managed login, or the system no random numbers.
pub(in crate::ops) fn authorization_url(
    profile: &Profile,
    callback: &CallbackUrl,
) -> Result<String, Problem> {
    let login = managed_login(profile)?;
    Request::new(profile, login, callback).map(|request| request.url)
}

/// Where the browser forgets who signed in. Without a registered sign-out address it ends at the
/// sign-in page, for which the service wants the parameters of a sign-in.
///
/// # Errors
/// When the profile has no managed login.
pub fn sign_out_url(profile: &Profile) -> Result<String, Problem> {
    let login = managed_login(profile)?;
    let client = pool_client(profile)?;
    let mut query = Serializer::new(String::new());
    query.append_pair("client_id", client.client_id.as_str());
    if let Some(url) = &login.logout_url {
        query.append_pair("logout_uri", url);
    } else {
        let callback = login.callback_urls.first().ok_or_else(no_callback_url)?;
        let state = random_text().ok_or_else(no_random_numbers)?;
        query
            .append_pair("redirect_uri", callback.as_str())
            .append_pair("response_type", "code")
            .append_pair("scope", &login.scopes.join(" "))
            .append_pair("state", &state);
    }
    Ok(format!(
        "{}/logout?{}",
        login.domain.base_url(),
        query.finish()
    ))
}

pub(super) fn managed_login(profile: &Profile) -> Result<&ManagedLogin, Problem> {
    profile.managed_login.as_ref().ok_or_else(|| {
        Problem::new(
            ProblemKind::Usage,
            format!("{} has no managed login domain", profile.name),
        )
        .hint("Set domain in the profile: the user pool's Domain page shows it, such as acme.auth.eu-west-1.amazoncognito.com.")
    })
}

fn no_callback_url() -> Problem {
    Problem::new(ProblemKind::Usage, "The profile has no callback address")
        .hint("Set callback_urls in the profile to addresses that the app client has registered.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PoolClient, SignInMethod};

    fn profile() -> Profile {
        let domain = "acme.auth.eu-west-1.amazoncognito.com".parse().unwrap();
        let user_pool = PoolClient {
            user_pool_id: "eu-west-1_aB3dE5gH7".parse().unwrap(),
            client_id: "abc".parse().unwrap(),
            has_client_secret: false,
        };
        let identity_pool = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";
        Profile {
            sign_in: SignInMethod::Browser,
            managed_login: Some(ManagedLogin::at(domain)),
            ..Profile::of_user_pool(
                "dev".parse().unwrap(),
                user_pool,
                identity_pool.parse().unwrap(),
            )
        }
    }

    #[test]
    fn everything_is_in_the_authorization_request() {
        let mut profile = profile();
        profile.username = Some("ana+x@acme.example".to_owned());
        let mut login = profile.managed_login.clone().unwrap();
        login.identity_provider = Some("Acme & Co".to_owned());
        let request = Request::new(&profile, &login, &login.callback_urls[1]).unwrap();
        let (address, query) = request.url.split_once('?').unwrap();
        assert_eq!(
            address,
            "https://acme.auth.eu-west-1.amazoncognito.com/oauth2/authorize"
        );
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let expected = [
            ("response_type", "code"),
            ("client_id", "abc"),
            ("redirect_uri", "http://localhost:8977/callback"),
            ("scope", "openid email aws.cognito.signin.user.admin"),
            ("state", &request.state),
            ("nonce", &request.nonce),
            ("code_challenge", &request.pkce.challenge),
            ("code_challenge_method", "S256"),
            ("identity_provider", "Acme & Co"),
            ("login_hint", "ana+x@acme.example"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(pairs, expected);
        assert_ne!(request.state, request.nonce);
    }

    #[test]
    fn signing_out_with_and_without_a_registered_address() {
        let mut profile = profile();
        let url = sign_out_url(&profile).unwrap();
        let start = "https://acme.auth.eu-west-1.amazoncognito.com/logout?client_id=abc";
        let then = "&redirect_uri=http%3A%2F%2Flocalhost%3A8976%2Fcallback&response_type=code\
                    &scope=openid+email+aws.cognito.signin.user.admin&state=";
        assert!(url.starts_with(&format!("{start}{then}")), "{url}");
        let login = profile.managed_login.as_mut().unwrap();
        login.logout_url = Some("https://acme.example/bye?a=b".to_owned());
        let url = sign_out_url(&profile).unwrap();
        let then = "&logout_uri=https%3A%2F%2Facme.example%2Fbye%3Fa%3Db";
        assert_eq!(url, format!("{start}{then}"));
        profile.managed_login = None;
        assert_eq!(sign_out_url(&profile).unwrap_err().kind, ProblemKind::Usage);
    }
}
