//! Logins of every provider, good ones and each kind of bad one.

use super::identities::{credentials, get_id};
use super::managed_login::web;
use super::*;

fn providers(running: &Running) -> Vec<String> {
    let described = &running.description().providers;
    described
        .iter()
        .map(|known| known.provider.clone())
        .collect()
}

fn refused(running: &Running, logins: Value) -> String {
    get_id(running, logins).unwrap_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_described_provider_gives_logins_that_end() {
    let running = sandbox().await;
    let providers = providers(&running);
    assert_eq!(providers.len(), 6);
    for (index, provider) in providers.iter().enumerate() {
        let url = &running.description().providers[index].token_url;
        let path = url.strip_prefix(&running.description().endpoint).unwrap();
        let (answered, _) = web(&running, "GET", &format!("{path}&person=ana"), "", "");
        let on_the_wire = answered.json()["token"].clone();
        let id = get_id(&running, json!({ provider: on_the_wire })).unwrap();
        let again = running.provider_token(provider, "ana");
        assert_eq!(get_id(&running, json!({ provider: again })).unwrap(), id);
        let tom = running.provider_token(provider, "tom");
        assert_ne!(get_id(&running, json!({ provider: tom })).unwrap(), id);
        assert!(credentials(&running, &id, json!({ provider: on_the_wire })).is_ok());

        let late = running.clock().now();
        let expired = running.provider_token_until(provider, "ana", late);
        assert_eq!(
            refused(&running, json!({ provider: expired })),
            format!("NotAuthorizedException: Invalid login token. Token expired: {NOW} >= {NOW}")
        );
        let other = &providers[(index + 1) % providers.len()];
        let foreign = running.provider_token(other, "ana");
        let message = refused(&running, json!({ provider: foreign }));
        assert!(
            message.starts_with("NotAuthorizedException: Invalid login token. "),
            "{message}"
        );
    }
    let (answered, _) = web(&running, "GET", "/sandbox/token?provider=x", "", "");
    assert_eq!(answered.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_login_is_said_in_the_words_of_the_service() {
    let running = sandbox().await;
    let tokens = sign_in_ana(&running);
    let google = "accounts.google.com";
    let id_token = tokens["IdToken"].as_str().unwrap();
    let cut = &id_token[..id_token.len() - 4];
    for (logins, message) in [
        (
            json!({ google: "opaque" }),
            "Not a valid OpenId Connect identity token.",
        ),
        (
            json!({ "Facebook": "opaque" }),
            "Not a valid OpenId Connect identity token.",
        ),
        (
            json!({ google: id_token }),
            "Issuer doesn't match providerName",
        ),
        (
            json!({ LOGIN_PROVIDER: cut }),
            "Couldn't verify signed token.",
        ),
        (
            json!({ LOGIN_PROVIDER: tokens["AccessToken"] }),
            "Missing a required claim: aud",
        ),
        (
            json!({ "cognito-identity.amazonaws.com": id_token }),
            "Not a Cognito token.",
        ),
        (
            json!({ "cognito-identity.amazonaws.com": "x" }),
            "Not a Cognito token.",
        ),
        (
            json!({ "www.amazon.com": "Atza|made-up" }),
            "Couldn't verify signed token.",
        ),
    ] {
        let expected = format!("NotAuthorizedException: Invalid login token. {message}");
        assert_eq!(refused(&running, logins), expected);
    }
    assert_eq!(
        refused(&running, json!({ DEVELOPER_PROVIDER: "x" })),
        "InvalidParameterException: Please provide a valid public provider."
    );
    let good = json!({ google: running.provider_token(google, "ana") });
    let unsupported =
        "NotAuthorizedException: Token is not from a supported provider of this identity pool.";
    let unknown = running.provider_token("id.example.com", "ana");
    assert_eq!(
        refused(&running, json!({ "id.example.com": unknown })),
        unsupported
    );
    running.configure_identity_pool("open", |pool| {
        pool.providers
            .iter_mut()
            .for_each(|provider| provider.audiences.clear());
        pool.user_pool_clients
            .retain(|client| client.client_id == client_id(&running, "devices"));
    });
    assert_eq!(refused(&running, good.clone()), unsupported);
    assert_eq!(
        refused(&running, json!({ LOGIN_PROVIDER: id_token })),
        unsupported
    );
    running.configure_identity_pool("open", |pool| pool.providers.clear());
    assert_eq!(refused(&running, good), unsupported);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_user_pool_is_asked_where_the_identity_pool_says_so() {
    let running = sandbox().await;
    let tokens = sign_in_ana(&running);
    let logins = json!({ LOGIN_PROVIDER: tokens["IdToken"] });
    let sign_out = json!({ "AccessToken": tokens["AccessToken"] });
    ask(&running, IDP, "GlobalSignOut", sign_out).unwrap();
    assert!(get_id(&running, logins.clone()).is_ok());
    running.configure_identity_pool("open", |pool| {
        for client in &mut pool.user_pool_clients {
            client.server_side_token_check = true;
        }
    });
    let not = |message: &str| format!("NotAuthorizedException: {message}");
    assert_eq!(
        refused(&running, logins.clone()),
        not("Access Token has been revoked")
    );
    let fresh = json!({ LOGIN_PROVIDER: sign_in_ana(&running)["IdToken"] });
    assert!(get_id(&running, fresh.clone()).is_ok());
    assert!(running.set_enabled("ana", false));
    assert_eq!(refused(&running, fresh.clone()), not("User is disabled."));
    running.delete_user("ana");
    assert_eq!(refused(&running, fresh), not("User does not exist."));
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_token_was_made_for_counts_before_whom_it_is_for() {
    let running = sandbox().await;
    let google = "accounts.google.com";
    let known = "1234567890-poolkeysandbox.apps.googleusercontent.com";
    let outcome = |azp: &str, aud: &str| {
        let claims = json!({
            "iss": "https://accounts.google.com", "sub": "ana", "exp": NOW + 60, "azp": azp, "aud": aud,
        });
        let world = &running.service.world;
        let token = world.call(|call| call.signer.sign(&claims)).unwrap();
        get_id(&running, json!({ google: token }))
    };
    assert!(outcome(known, "a-server-of-the-app").is_ok());
    let refused = outcome("another-app", known).unwrap_err();
    assert!(
        refused.contains("Token is not from a supported provider"),
        "{refused}"
    );
}
