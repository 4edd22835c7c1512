//! Every refusal of the catalogue, sent by a server, through the real SDK.

use poolkey::domain::refusal::{MANAGED_LOGIN, recognized};
use poolkey::domain::sign_in::{AuthFlow, Initiate, Proof, Response};
use poolkey::domain::{
    AwsSaid, BasicFlow, DurationSeconds, Endpoints, Exchange, KeptSignIn, ManagedLogin, Problem,
    Profile,
};
use poolkey::ops::Deps;
use poolkey::ops::ports::{AppClient, CodeGrant, IdentityAt, Login};

use super::server::refusing;
use super::shown::{hold_against, text};
use crate::support::{Bench, bench, secret};

const CATALOGUE: &str = include_str!("catalogue.txt");

/// A profile with everything that an answer could name.
pub fn profile(bench: &Bench) -> Profile {
    Profile {
        username: Some("ana".to_owned()),
        ..bench.profile.clone()
    }
}

pub fn basic() -> Exchange {
    Exchange::Basic(BasicFlow {
        role: "arn:aws:iam::123456789012:role/readers".parse().unwrap(),
        session_name: None,
        duration: Some(DurationSeconds::of_role(7200).unwrap()),
        policy: None,
    })
}

fn at_aws(profile: &Profile) -> Profile {
    Profile {
        endpoints: Endpoints::AWS,
        ..profile.clone()
    }
}

/// What a profile is told when AWS itself answers that.
pub async fn refused(
    deps: &Deps,
    profile: &Profile,
    [operation, code, message]: [&'static str; 3],
) -> Problem {
    if [MANAGED_LOGIN, "GetOpenIdTokenForDeveloperIdentity"].contains(&operation) {
        return recognized(AwsSaid::new(operation, code, message)).about(&at_aws(profile));
    }
    let user_pool_calls = call_user_pool(deps, profile, operation).await;
    let problem = match user_pool_calls {
        Some(problem) => problem,
        None => call_exchange(deps, profile, operation).await,
    };
    let said = problem.aws.as_ref().unwrap();
    assert_eq!((said.operation, &*said.code), (operation, code));
    assert_eq!(said.message, message);
    problem.about(&at_aws(profile))
}

async fn call_user_pool(deps: &Deps, profile: &Profile, operation: &str) -> Option<Problem> {
    profile.user_pool.as_ref()?;
    let client = &deps.app_client(profile).await.unwrap();
    let (pool, token) = (&deps.user_pool, &secret("a-token"));
    let answered = match operation {
        "InitiateAuth" => pool.initiate(client, initiate()).await.map(drop),
        "RespondToAuthChallenge" => pool.respond(client, response()).await.map(drop),
        "GetTokensFromRefreshToken" => pool.refresh(client, &kept()).await.map(drop),
        "GlobalSignOut" => pool.sign_out_everywhere(client, token).await,
        "RevokeToken" => pool.revoke(client, token).await,
        "ChangePassword" => pool.change_password(client, token, token, token).await,
        "ForgotPassword" => pool.forgot_password(client, "ana").await.map(drop),
        "ConfirmSignUp" => pool.confirm_account(client, "ana", token).await,
        "VerifySoftwareToken" => {
            let verified = pool.verify_software_token(client, Some(token), token);
            verified.await.map(drop)
        }
        "ConfirmDevice" => {
            let verifier = poolkey::crypto::device::verifier("g", "k", token, &[1; 16]);
            let confirmed = pool.confirm_device(client, token, "k", &verifier);
            confirmed.await.map(drop)
        }
        "The token endpoint" => redeem(deps, profile, client).await,
        _ => return None,
    };
    Some(answered.unwrap_err())
}

fn initiate() -> Initiate {
    Initiate {
        flow: AuthFlow::Password,
        username: "ana".to_owned(),
        device_key: None,
        fields: vec![("PASSWORD".to_owned(), secret("wrong"))],
        with_srp_a: false,
    }
}

fn response() -> Response {
    Response {
        challenge: "SMS_MFA".to_owned(),
        username: "ana".to_owned(),
        session: Some(secret("a-session-of-twenty-letters")),
        device_key: None,
        fields: vec![("SMS_MFA_CODE".to_owned(), secret("123456"))],
        proof: Proof::None,
    }
}

fn kept() -> KeptSignIn {
    KeptSignIn {
        refresh_token: secret("a-token"),
        username: "ana".to_owned(),
        device_key: None,
    }
}

async fn redeem(deps: &Deps, profile: &Profile, client: &AppClient) -> Result<(), Problem> {
    let url = profile.endpoints.url.as_ref().unwrap();
    let login = ManagedLogin::at(url.as_str().parse().unwrap());
    let grant = CodeGrant {
        code: &secret("a-code"),
        verifier: &secret("a-verifier"),
        redirect_uri: "http://localhost:8976/callback",
    };
    let redeemed = deps.managed_login.redeem(client, &login, grant);
    redeemed.await.map(drop)
}

async fn call_exchange(deps: &Deps, profile: &Profile, operation: &str) -> Problem {
    let logins = [Login {
        provider_name: "cognito-idp.us-east-1.amazonaws.com/us-east-1_a".to_owned(),
        token: secret("a-token"),
    }];
    let (pool, endpoints) = (&deps.identity_pool, &profile.endpoints);
    let at = IdentityAt {
        id: &profile.identity_pool_id.as_str().parse().unwrap(),
        region: &profile.region(),
        endpoints,
    };
    let answered = match operation {
        "GetId" => {
            let id = pool.identity_id(&profile.identity_pool_id, endpoints, &logins);
            id.await.map(drop)
        }
        "GetCredentialsForIdentity" => pool.credentials(at, &logins, None).await.map(drop),
        "GetOpenIdToken" => pool.open_id_token(at, &logins).await.map(drop),
        "AssumeRoleWithWebIdentity" => {
            let Exchange::Basic(basic) = basic() else {
                unreachable!()
            };
            let token = secret("a-token");
            let assumed = deps.sts.assume_role(&basic, &token, at.region, endpoints);
            assumed.await.map(drop)
        }
        other => panic!("no way to call {other}"),
    };
    answered.unwrap_err()
}

/// The part of the catalogue below that heading.
fn part(heading: &str) -> impl Iterator<Item = [&'static str; 4]> {
    let (_, rest) = CATALOGUE.split_once(&format!("# {heading}\n")).unwrap();
    let part = rest.split("\n\n").next().unwrap();
    part.lines().map(|line| {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        fields.try_into().unwrap()
    })
}

async fn answers(heading: &str, change: impl FnOnce(&mut Profile)) -> Vec<String> {
    let bench = bench("ana").await;
    let mut profile = profile(&bench);
    change(&mut profile);
    let mut answers = Vec::new();
    for [operation, code, message, title] in part(heading) {
        profile.endpoints.url = Some(refusing(code, message).await.parse().unwrap());
        let problem = refused(&bench.deps, &profile, [operation, code, message]).await;
        assert_eq!(problem.sentence, title, "{code}: {message}");
        answers.push(text(&problem, &profile));
    }
    answers
}

#[tokio::test]
async fn user_pools() {
    let answers = answers("User pools", |_| {}).await;
    hold_against("user_pools.txt", &answers);
}

#[tokio::test]
async fn identity_pools() {
    let role = "arn:aws:iam::123456789012:role/readers".parse().unwrap();
    let answers = answers("Identity pools", |profile| {
        profile.exchange = Exchange::Enhanced { role: Some(role) };
    });
    hold_against("identity_pools.txt", &answers.await);
}

#[tokio::test]
async fn sts() {
    let answers = answers("STS", |profile| profile.exchange = basic());
    hold_against("sts.txt", &answers.await);
}
