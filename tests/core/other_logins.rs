//! Somebody else signs in, or brings a token: nobody gets another person's logins or credentials.

use poolkey::domain::sign_in::Finished;
use poolkey::domain::{Problem, ProblemKind, Profile, ProviderLogin, SignInMethod, TokenSource};
use poolkey::ops::logins::{self, Brought};
use poolkey::ops::session::{self, Obtained};
use poolkey::sandbox::{Fault, NewUser};

use crate::support::{Bench, Quiet, bench, finished, secret};
use crate::watched_vault::WatchedVault;

const GOOGLE: &str = "accounts.google.com";
const FACEBOOK: &str = "graph.facebook.com";

fn typed(provider: &str) -> Vec<ProviderLogin> {
    vec![ProviderLogin {
        provider: provider.parse().unwrap(),
        token: TokenSource::Typed,
    }]
}

/// At the pool that takes logins of both kinds.
async fn open_bench(provider: &str) -> Bench {
    let mut bench = bench("ana").await;
    let pools = &bench.sandbox.description().identity_pools;
    let open = pools.iter().find(|pool| pool.name == "open").unwrap();
    bench.profile.identity_pool_id = open.identity_pool_id.parse().unwrap();
    bench.profile.logins = typed(provider);
    bench
}

impl Bench {
    /// Of the first provider of the profile.
    fn brings(&self, profile: &Profile, who: &str) -> [Brought; 1] {
        let provider = &profile.logins[0].provider;
        let at = self.sandbox.clock().now() + jiff::SignedDuration::from_hours(20);
        let token = self
            .sandbox
            .provider_token_until(provider.as_str(), who, at);
        [logins::typed(&self.deps, profile, provider, secret(&token)).unwrap()]
    }

    async fn finish_with(
        &self,
        tokens: Finished,
        brought: &[Brought],
    ) -> Result<Obtained, Problem> {
        session::finish_sign_in(&self.deps, &self.profile, tokens, brought, &Quiet).await
    }

    async fn ana(&self) -> Obtained {
        let brought = self.brings(&self.profile, "ana");
        let tokens = self.tokens("ana").await;
        self.finish_with(tokens, &brought).await.unwrap()
    }

    async fn eve(&self) -> Finished {
        let eve = NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com");
        self.sandbox.add_user(&eve).unwrap();
        finished(self.begin("eve", &secret(eve.password)).await.unwrap())
    }

    /// The profile for those whom this provider vouches for.
    fn vouched(&self, name: &str, logins: Vec<ProviderLogin>) -> Profile {
        Profile {
            endpoints: self.profile.endpoints.clone(),
            logins,
            ..Profile::of_identity_pool(
                name.parse().unwrap(),
                SignInMethod::Provider,
                self.profile.identity_pool_id.clone(),
            )
        }
    }

    fn refuses(&self, call: &'static str) {
        for _ in 0..9 {
            self.sandbox.next_answer(call, Fault::Status500);
        }
    }
}

fn needs_a_token(result: Result<Obtained, Problem>) {
    let problem = result.unwrap_err();
    assert!(problem.sentence.contains("needs a token"), "{problem:?}");
}

#[tokio::test]
async fn tokens_beside_an_ended_sign_in_go_with_it() {
    let bench = open_bench(GOOGLE).await;
    bench.ana().await;
    bench.sandbox.delete_user("ana");
    assert!(bench.renew().await.is_err());
    let missing = logins::missing(&bench.deps, &bench.profile).await.unwrap();
    assert_eq!(missing.len(), 1);
    needs_a_token(bench.finish(bench.eve().await).await);
}

#[tokio::test]
async fn tokens_beside_another_app_clients_sign_in_are_nobodys() {
    let mut bench = open_bench(GOOGLE).await;
    bench.ana().await;
    bench.confidential(None).await;
    needs_a_token(bench.finish(bench.eve().await).await);
}

#[tokio::test]
async fn tokens_beside_a_sign_in_that_cannot_be_read_are_nobodys() {
    for failing in [&["sign_in"][..], &["sign_in", "forget_logins"]] {
        let mut bench = open_bench(GOOGLE).await;
        bench.ana().await;
        let eve = bench.eve().await;
        let calls = bench.sandbox.calls("GetId");
        WatchedVault::watch(&mut bench, failing);
        assert!(bench.finish(eve).await.is_err(), "{failing:?}");
        assert_eq!(bench.sandbox.calls("GetId"), calls);
    }
}

/// An exchange that failed had linked nothing: the next person's identity stays their own.
#[tokio::test]
async fn the_formers_login_is_not_linked_to_the_next_person() {
    let bench = open_bench(GOOGLE).await;
    bench.refuses("GetId");
    let brought = bench.brings(&bench.profile, "ana");
    let tokens = bench.tokens("ana").await;
    assert!(bench.finish_with(tokens, &brought).await.is_err());
    bench.sandbox.delete_user("ana");
    assert!(bench.renew().await.is_err());
    needs_a_token(bench.finish(bench.eve().await).await);
}

#[tokio::test]
async fn a_token_given_for_this_sign_in_takes_the_formers_place() {
    let bench = open_bench(GOOGLE).await;
    let ana = bench.ana().await.session;
    let brought = bench.brings(&bench.profile, "eve");
    let eve = bench.finish_with(bench.eve().await, &brought).await;
    let eve = eve.unwrap().session;
    assert_ne!(eve.identity_id, ana.identity_id);
    assert_eq!(eve.logins.last().unwrap(), GOOGLE);
    // It is kept beside the sign-in: the next renewal asks nobody.
    assert_eq!(bench.renew().await.unwrap().session.username, "eve");
}

#[tokio::test]
async fn the_same_person_keeps_their_tokens() {
    let bench = open_bench(GOOGLE).await;
    let first = bench.ana().await.session;
    let again = bench.finish(bench.tokens("ana").await).await.unwrap();
    assert_eq!(again.session.identity_id, first.identity_id);
    assert!(again.sign_in_kept);
}

/// An opaque token does not say whose it is.
#[tokio::test]
async fn nobodys_credentials_stay_beside_a_new_token() {
    let bench = open_bench(FACEBOOK).await;
    let profile = bench.vouched("fb", typed(FACEBOOK));
    let deps = &bench.deps;
    let ana = bench.brings(&profile, "ana");
    logins::keep(deps, &profile, &ana).await.unwrap();
    session::renew(deps, &profile, &Quiet).await.unwrap();
    let eve = bench.brings(&profile, "eve");
    logins::keep(deps, &profile, &eve).await.unwrap();
    bench.refuses("GetCredentialsForIdentity");
    assert!(session::renew(deps, &profile, &Quiet).await.is_err());
    bench.refuses("GetCredentialsForIdentity");
    let left = session::credentials(deps, &profile, &Quiet).await;
    assert!(left.is_err(), "{left:?}");
}

#[tokio::test]
async fn another_token_file_is_another_person() {
    let bench = open_bench(GOOGLE).await;
    let of = |who: &str| {
        let path = bench.home.path().join(who);
        std::fs::write(&path, bench.sandbox.provider_token(GOOGLE, who)).unwrap();
        let mut logins = typed(GOOGLE);
        logins[0].token = TokenSource::File(path);
        bench.vouched("file", logins)
    };
    let (ana, eve) = (of("ana"), of("eve"));
    let credentials = |profile| session::credentials(&bench.deps, profile, &Quiet);
    let first = credentials(&ana).await.unwrap().session;
    let other = credentials(&eve).await.unwrap().session;
    assert_ne!(other.username, first.username);
}

/// It is tried until it is refused, and then asked for again.
#[tokio::test]
async fn an_opaque_token_that_is_refused_is_asked_for_again() {
    let bench = open_bench(FACEBOOK).await;
    bench.ana().await;
    let missing = || async { logins::missing(&bench.deps, &bench.profile).await.unwrap() };
    bench.minutes_pass(60 * 19);
    bench.renew().await.unwrap();
    assert!(missing().await.is_empty());
    bench.minutes_pass(60 * 2);
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded, "{problem:?}");
    assert!(problem.sentence.contains("Facebook"), "{problem:?}");
    assert!(problem.aws.is_some());
    assert_eq!(missing().await.len(), 1);
    // Another one does.
    let brought = bench.brings(&bench.profile, "ana");
    let kept = logins::keep(&bench.deps, &bench.profile, &brought).await;
    kept.unwrap();
    bench.renew().await.unwrap();
}
