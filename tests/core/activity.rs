//! What a sign-in leaves to be looked at: its calls, whose they are, with the ID that was sent; and
//! its tokens.

use std::sync::Mutex;

use poolkey::adapters::activity::about;
use poolkey::domain::{
    CallOutcome, CallRecord, FlowStep, Profile, ProviderLogin, SeenToken, SignInMethod, StepState,
    TokenSource,
};
use poolkey::ops::{Progress, session};
use poolkey::sandbox::Fault;

use crate::support::{bench, secret};

/// Operation, attempts and outcome.
fn brief(records: &[CallRecord]) -> Vec<(&str, u32, &str)> {
    let mut rows = Vec::new();
    for call in records {
        rows.push((call.operation.as_str(), call.attempts, call.outcome.label()));
    }
    rows
}

#[tokio::test]
async fn a_sign_in_leaves_its_calls_with_their_request_ids() {
    let bench = bench("ana").await;
    let dev = bench.profile.name.clone();
    about(Some(dev.clone()), bench.sign_in()).await;
    let records = bench.deps.calls.take();
    assert_eq!(
        brief(&records),
        [
            ("InitiateAuth", 1, "ok"),
            ("RespondToAuthChallenge", 1, "ok"),
            ("GetId", 1, "ok"),
            ("GetCredentialsForIdentity", 1, "ok"),
            ("GetCallerIdentity", 1, "ok"),
        ]
    );
    for record in &records {
        let sent = bench.sandbox.last_request_id(&record.operation);
        assert!(sent.is_some());
        assert_eq!(record.request_id, sent, "{}", record.operation);
        assert_eq!(record.profile.as_ref(), Some(&dev));
        assert_eq!(record.began_at, bench.sandbox.clock().now());
    }
    let services = records.iter().map(|record| record.service.as_str());
    let services: Vec<&str> = services.collect();
    let (user_pool, identity_pool) = ("Cognito user pool", "Cognito identity pool");
    assert_eq!(
        services,
        [user_pool, user_pool, identity_pool, identity_pool, "STS"]
    );
    let steps: Vec<_> = records.iter().map(CallRecord::step).collect();
    let (first, third) = (Some(FlowStep::SignIn), Some(FlowStep::Credentials));
    assert_eq!(
        steps,
        [first, first, Some(FlowStep::IdentityId), third, None]
    );
    let text = format!("{records:#?}");
    for parameter in ["ana", "Demo-Sunrise", "eyJ", "us-east-1"] {
        assert!(!text.contains(parameter), "{parameter} in {text}");
    }
    assert!(bench.deps.calls.take().is_empty(), "taken once");
}

#[tokio::test]
async fn a_refusal_leaves_its_code() {
    let bench = bench("ana").await;
    let wrong = secret("Wrong-Password-1!");
    assert!(bench.begin("ana", &wrong).await.is_err());
    let records = bench.deps.calls.take();
    assert_eq!(
        brief(&records).last(),
        Some(&("RespondToAuthChallenge", 1, "NotAuthorizedException"))
    );
    let last = records.last().unwrap();
    let refused = CallOutcome::Refused("NotAuthorizedException".to_owned());
    assert_eq!(last.outcome, refused);
    assert_eq!(
        last.request_id,
        bench.sandbox.last_request_id("RespondToAuthChallenge")
    );
    assert_eq!(last.profile, None);
}

#[tokio::test]
async fn attempts_are_counted_and_a_cut_connection_is_no_answer() {
    let bench = bench("ana").await;
    bench.sandbox.next_answer("GetId", Fault::Throttle);
    bench.sign_in().await;
    let records = bench.deps.calls.take();
    assert!(brief(&records).contains(&("GetId", 2, "ok")), "{records:?}");

    let refresh = "GetTokensFromRefreshToken";
    bench.sandbox.next_answer(refresh, Fault::Drop);
    assert!(bench.renew().await.is_err());
    let records = bench.deps.calls.take();
    assert_eq!(brief(&records), [(refresh, 1, "no connection")]);
    assert_eq!(records[0].request_id, None);
}

#[tokio::test]
async fn a_query_answer_has_its_code_too() {
    let bench = bench("ana").await;
    bench
        .sandbox
        .next_answer("GetCallerIdentity", Fault::Unknown);
    bench.sign_in().await;
    let records = bench.deps.calls.take();
    let last = records.last().unwrap();
    assert_eq!(last.operation, "GetCallerIdentity");
    assert_eq!(last.outcome.label(), "UnknownOperationException");
}

/// Keeps the tokens it is told.
#[derive(Default)]
struct Seen(Mutex<Vec<SeenToken>>);

impl Progress for Seen {
    fn step(&self, _step: FlowStep, _state: StepState) {}

    fn tokens(&self, tokens: Vec<SeenToken>) {
        self.0.lock().unwrap().extend(tokens);
    }
}

#[tokio::test]
async fn another_providers_token_is_told_before_its_exchange() {
    let bench = bench("ana").await;
    let google = "accounts.google.com";
    let file = bench.home.path().join("token");
    let token = bench.sandbox.provider_token(google, "somebody");
    std::fs::write(&file, &token).unwrap();
    let login = ProviderLogin {
        provider: google.parse().unwrap(),
        token: TokenSource::File(file),
    };
    let pool = bench.profile.identity_pool_id.clone();
    let name = bench.profile.name.clone();
    let profile = Profile {
        logins: vec![login],
        endpoints: bench.profile.endpoints.clone(),
        ..Profile::of_identity_pool(name, SignInMethod::Provider, pool)
    };
    bench.sandbox.next_answer("GetId", Fault::Unknown);
    let seen = Seen::default();
    let refused = session::renew(&bench.deps, &profile, &seen).await;
    assert!(refused.is_err());
    let seen = seen.0.into_inner().unwrap();
    let [told] = &seen[..] else {
        panic!("{seen:?}");
    };
    assert_eq!(told.title, "Google ID token");
    assert_eq!(told.token.expose(), token);
    assert_eq!(told.reading.subject(), Some("somebody"));
}
