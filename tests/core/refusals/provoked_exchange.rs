//! What the sandbox's identity pools, roles and STS refuse, through the real SDK.

use std::time::Duration;

use poolkey::domain::{
    BasicFlow, DurationSeconds, Exchange, IdentityId, Problem, Secret, SignInMethod,
};
use poolkey::ops::ports::{IdentityAt, Login};
use poolkey::sandbox::RoleMapping;

use super::shown::{hold_against, text};
use crate::support::{Bench, bench, secret};

/// Somebody who has signed in at the user pool.
struct SignedIn {
    bench: Bench,
    login: Login,
    access: Secret,
}

async fn signed_in() -> SignedIn {
    let bench = bench("ana").await;
    let tokens = bench.tokens("ana").await.tokens;
    let claims = bench.deps.claims.read(&tokens.id).unwrap();
    let login = Login {
        provider_name: claims.provider_name,
        token: tokens.id,
    };
    SignedIn {
        bench,
        login,
        access: tokens.access,
    }
}

impl SignedIn {
    fn told(&self, problem: Problem) -> String {
        let profile = &self.bench.profile;
        text(&problem.about(profile), profile)
    }

    fn with(&self, token: &Secret) -> Vec<Login> {
        vec![Login {
            provider_name: self.login.provider_name.clone(),
            token: token.duplicate(),
        }]
    }

    fn ours(&self) -> Vec<Login> {
        self.with(&self.login.token)
    }

    async fn identity(&self, logins: &[Login]) -> Result<IdentityId, Problem> {
        let (deps, profile) = (&self.bench.deps, &self.bench.profile);
        let id =
            (deps.identity_pool).identity_id(&profile.identity_pool_id, &profile.endpoints, logins);
        id.await
    }

    async fn id_refused(&self, logins: &[Login]) -> String {
        self.told(self.identity(logins).await.unwrap_err())
    }

    async fn credentials_refused(&self, id: &IdentityId, logins: &[Login]) -> String {
        let (deps, profile) = (&self.bench.deps, &self.bench.profile);
        let at = IdentityAt {
            id,
            region: &profile.region(),
            endpoints: &profile.endpoints,
        };
        let role = profile.exchange.role();
        let refused = deps.identity_pool.credentials(at, logins, role).await;
        self.told(refused.unwrap_err())
    }

    async fn open_id_token(&self, id: &IdentityId) -> Result<Secret, Problem> {
        let (deps, profile) = (&self.bench.deps, &self.bench.profile);
        let at = IdentityAt {
            id,
            region: &profile.region(),
            endpoints: &profile.endpoints,
        };
        let token = deps.identity_pool.open_id_token(at, &self.ours()).await;
        token.map(|(_, token)| token)
    }

    async fn role_refused(&self, token: &Secret) -> String {
        let (deps, profile) = (&self.bench.deps, &self.bench.profile);
        let Exchange::Basic(basic) = &profile.exchange else {
            panic!("no basic flow");
        };
        let (region, endpoints) = (profile.region(), &profile.endpoints);
        let refused = deps.sts.assume_role(basic, token, &region, endpoints).await;
        self.told(refused.unwrap_err())
    }
}

#[tokio::test]
async fn by_the_identity_pool() {
    let mut ana = signed_in().await;
    let mut answers = Vec::new();
    let foreign = [Login {
        provider_name: "graph.facebook.com".to_owned(),
        token: secret("a-token"),
    }];
    answers.push(ana.id_refused(&foreign).await);
    answers.push(ana.id_refused(&ana.with(&ana.access)).await);
    answers.push(ana.id_refused(&ana.with(&secret("opaque-text"))).await);
    answers.push(ana.id_refused(&[]).await);
    ana.bench.profile.sign_in = SignInMethod::Guest;
    answers.push(ana.id_refused(&[]).await);
    ana.bench.profile.sign_in = SignInMethod::Srp;

    let id = ana.identity(&ana.ours()).await.unwrap();
    answers.push(ana.credentials_refused(&id, &[]).await);
    let role = "arn:aws:iam::123456789012:role/somebody-elses"
        .parse()
        .unwrap();
    ana.bench.profile.exchange = Exchange::Enhanced { role: Some(role) };
    answers.push(ana.credentials_refused(&id, &ana.ours()).await);
    ana.bench.profile.exchange = Exchange::Enhanced { role: None };
    let sandbox = &ana.bench.sandbox;
    assert!(sandbox.configure_identity_pool("main", |pool| pool.classic_flow = true));
    answers.push(ana.told(ana.open_id_token(&id).await.unwrap_err()));
    assert!(sandbox.configure_identity_pool("main", |pool| pool.classic_flow = false));
    answers.push(ana.told(ana.open_id_token(&id).await.unwrap_err()));
    for role in ["authenticated", "developers", "on-call"] {
        assert!(
            sandbox.configure_role(role, |role| role.trust.action = "sts:AssumeRole".to_owned())
        );
    }
    answers.push(ana.credentials_refused(&id, &ana.ours()).await);
    assert!(sandbox.delete_identity(id.as_str()));
    answers.push(ana.credentials_refused(&id, &ana.ours()).await);

    let nowhere = "us-east-1:00000000-0000-0000-0000-000000000000";
    let pool = ana.bench.profile.identity_pool_id.clone();
    ana.bench.profile.identity_pool_id = nowhere.parse().unwrap();
    answers.push(ana.id_refused(&ana.ours()).await);
    ana.bench.profile.identity_pool_id = pool;

    ana.bench.minutes_pass(61);
    let late = ana.id_refused(&ana.ours()).await;
    assert!(late.starts_with("The ID token is too old"), "{late}");

    // Through the whole way that a sign-in takes.
    let sandbox = &ana.bench.sandbox;
    assert!(sandbox.configure_identity_pool("main", |pool| pool.user_pool_clients.clear()));
    let tokens = ana.bench.tokens("ana").await;
    let refused = ana.bench.finish(tokens).await.unwrap_err();
    assert!(refused.mend.is_some());
    answers.push(ana.told(refused));
    let known = answers
        .iter()
        .map(|answer| answer.replace(id.as_str(), "us-east-1:IDENTITY"));
    hold_against("provoked_identity_pool.txt", &known.collect::<Vec<_>>());
}

#[tokio::test]
async fn by_sts() {
    let mut ana = signed_in().await;
    let sandbox = &ana.bench.sandbox;
    assert!(sandbox.configure_identity_pool("main", |pool| {
        pool.classic_flow = true;
        pool.role_mapping = RoleMapping::None;
    }));
    let described = &sandbox.description().roles;
    let role = described
        .iter()
        .find(|role| role.name == "authenticated")
        .unwrap();
    let mut flow = BasicFlow {
        role: role.arn.parse().unwrap(),
        session_name: None,
        duration: Some(DurationSeconds::of_role(43_200).unwrap()),
        policy: None,
    };
    ana.bench.profile.exchange = Exchange::Basic(flow.clone());
    let sandbox = &ana.bench.sandbox;
    assert!(sandbox.configure_role("authenticated", |role| {
        role.max_session = Duration::from_secs(3600);
    }));
    let id = ana.identity(&ana.ours()).await.unwrap();
    let token = ana.open_id_token(&id).await.unwrap();
    let mut answers = vec![
        ana.role_refused(&token).await,
        ana.role_refused(&ana.login.token).await,
        ana.role_refused(&secret("no-token")).await,
    ];
    flow.policy = Some("{".to_owned());
    ana.bench.profile.exchange = Exchange::Basic(flow.clone());
    answers.push(ana.role_refused(&token).await);
    flow.policy = Some(format!("{{\"x\":\"{}\"}}", "y".repeat(3000)));
    ana.bench.profile.exchange = Exchange::Basic(flow.clone());
    answers.push(ana.role_refused(&token).await);
    flow.policy = None;
    flow.duration = None;
    ana.bench.profile.exchange = Exchange::Basic(flow);
    let sandbox = &ana.bench.sandbox;
    assert!(sandbox.configure_role("authenticated", |role| role.trust.identity_pools.clear()));
    answers.push(ana.role_refused(&token).await);
    ana.bench.minutes_pass(11);
    let late = ana.role_refused(&token).await;
    assert!(late.starts_with("The token was too old"), "{late}");
    hold_against("provoked_sts.txt", &answers);
}
