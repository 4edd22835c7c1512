//! What is kept of other providers while profiles are saved, renamed and removed.

use poolkey::domain::{OidcClient, Profile, ProviderLogin, Secret, SignInMethod, TokenSource};
use poolkey::ops::profiles::{self, TypedSecrets};
use poolkey::ops::{logins, sharing};

use crate::support::{Bench, bench, secret};

const GOOGLE: &str = "accounts.google.com";
const ISSUER: &str = "idp.example";

fn logins() -> Vec<ProviderLogin> {
    let issuer = format!("https://{ISSUER}").parse().unwrap();
    let client = OidcClient {
        has_client_secret: true,
        ..OidcClient::at(issuer, "client".to_owned())
    };
    [
        (GOOGLE, TokenSource::Typed),
        (ISSUER, TokenSource::Browser(client)),
    ]
    .map(|(provider, token)| ProviderLogin {
        provider: provider.parse().unwrap(),
        token,
    })
    .into()
}

/// `dev` owns the sign-in; `more` has logins beside it.
async fn sharing_bench() -> (Bench, Profile) {
    let bench = bench("ana").await;
    let more = Profile {
        name: "more".parse().unwrap(),
        shares_sign_in: Some(bench.profile.name.clone()),
        logins: logins(),
        ..bench.profile.clone()
    };
    let deps = &bench.deps;
    for profile in [&bench.profile, &more] {
        profiles::save(deps, None, profile, None).await.unwrap();
    }
    let token = secret(&bench.sandbox.provider_token(GOOGLE, "ana"));
    let google = GOOGLE.parse().unwrap();
    let kept = crate::logins::keep_typed(deps, &more, &google, token).await;
    kept.unwrap();
    let issuer = ISSUER.parse().unwrap();
    let kept = logins::keep_secret(deps, &more, &issuer, &secret("of the client")).await;
    kept.unwrap();
    (bench, more)
}

impl Bench {
    /// Whether the token and the client's secret are there.
    async fn has(&self, profile: &Profile) -> (bool, bool) {
        let vault = &self.deps.vault;
        let token = vault.login(profile, &profile.logins[0]).await.unwrap();
        (
            token.is_some(),
            self.login_secret(profile, 1).await.is_some(),
        )
    }

    async fn login_secret(&self, profile: &Profile, place: usize) -> Option<Secret> {
        let login = &profile.logins[place];
        let found = self.deps.vault.login_secret(profile, login).await;
        found.unwrap()
    }

    async fn as_configured(&self, name: &str) -> Profile {
        self.deps.profile(name).await.unwrap()
    }
}

#[tokio::test]
async fn a_sign_in_with_another_name_keeps_what_lies_beside_it() {
    let (bench, _) = sharing_bench().await;
    let former = bench.profile.name.clone();
    let renamed = Profile {
        name: "renamed".parse().unwrap(),
        ..bench.profile.clone()
    };
    let saved = profiles::save(&bench.deps, Some(&former), &renamed, None).await;
    saved.unwrap();
    let more = bench.as_configured("more").await;
    assert_eq!(more.sign_in_name().as_str(), "renamed");
    assert_eq!(bench.has(&more).await, (true, true));
}

#[tokio::test]
async fn who_inherits_a_sign_in_has_what_lies_beside_it() {
    let (bench, _) = sharing_bench().await;
    let removed = profiles::remove(&bench.deps, &bench.profile.name).await;
    removed.unwrap();
    let more = bench.as_configured("more").await;
    assert_eq!(more.shares_sign_in, None);
    assert_eq!(bench.has(&more).await, (true, true));
    assert!(
        sharing::others(&bench.deps, &more)
            .await
            .unwrap()
            .is_empty()
    );
}

/// A client's secret is no person's; a token may be.
#[tokio::test]
async fn leaving_and_joining_keep_the_clients_secrets_alone() {
    let (bench, more) = sharing_bench().await;
    let alone = Profile {
        shares_sign_in: None,
        ..more.clone()
    };
    let left = profiles::save(&bench.deps, Some(&more.name), &alone, None).await;
    left.unwrap();
    assert_eq!(bench.has(&alone).await, (false, true));
    let vault = &bench.deps.vault;
    vault.forget_profile(&bench.profile.name).await.unwrap();
    let joined = profiles::save(&bench.deps, Some(&alone.name), &more, None).await;
    joined.unwrap();
    assert_eq!(bench.has(&more).await, (false, true));
}

/// Vouched for by the issuer alone, with this secret.
async fn with_secret(name: &str, typed: &str) -> (Bench, Profile) {
    let bench = bench("ana").await;
    let profile = Profile {
        endpoints: bench.profile.endpoints.clone(),
        logins: logins().split_off(1),
        ..Profile::of_identity_pool(
            name.parse().unwrap(),
            SignInMethod::Provider,
            bench.profile.identity_pool_id.clone(),
        )
    };
    save(&bench, None, &profile, typed).await.unwrap();
    (bench, profile)
}

async fn save(
    bench: &Bench,
    former: Option<&Profile>,
    profile: &Profile,
    typed: &str,
) -> Result<(), poolkey::domain::Problem> {
    let typed = [(ISSUER.parse().unwrap(), secret(typed))];
    let secrets = TypedSecrets {
        client: None,
        logins: &typed,
    };
    let former = former.map(|former| &former.name);
    profiles::save(&bench.deps, former, profile, secrets).await
}

#[tokio::test]
async fn a_secret_typed_with_another_name_is_the_one_kept() {
    let (bench, profile) = with_secret("former", "old").await;
    let renamed = Profile {
        name: "renamed".parse().unwrap(),
        ..profile.clone()
    };
    save(&bench, Some(&profile), &renamed, "new").await.unwrap();
    let kept = bench.login_secret(&renamed, 0).await.unwrap();
    assert!(kept.is_same(&secret("new")));
}

#[tokio::test]
async fn a_save_that_is_refused_leaves_the_secrets_as_they_were() {
    let (bench, profile) = with_secret("theirs", "old").await;
    // The name is taken.
    assert!(save(&bench, None, &profile, "new").await.is_err());
    let kept = bench.login_secret(&profile, 0).await.unwrap();
    assert!(kept.is_same(&secret("old")));
    // The configuration can be read and not written.
    let lock = bench.home.path().join(".profiles.toml.poolkey-lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    assert!(save(&bench, Some(&profile), &profile, "new").await.is_err());
    let kept = bench.login_secret(&profile, 0).await.unwrap();
    assert!(kept.is_same(&secret("old")));
    let other = Profile {
        name: "mine".parse().unwrap(),
        ..profile.clone()
    };
    assert!(save(&bench, None, &other, "new").await.is_err());
    assert!(bench.login_secret(&other, 0).await.is_none());
}
