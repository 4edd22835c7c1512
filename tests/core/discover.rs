//! An AWS account that is looked into: everything it has, what may not be read, and that a profile
//! out of it signs in.

use std::sync::Mutex;

use poolkey::domain::discovery::{AwsSource, Found, Offers, Progress};
use poolkey::domain::{ProblemKind, Region, SignInMethod};
use poolkey::ops::discover::{Watcher, discover, source};
use poolkey::ops::profiles;
use poolkey::sandbox::Fault;

use crate::support::{Bench, bench};

const REGION: &str = "us-east-1";

#[derive(Default)]
struct Seen(Mutex<Vec<Progress>>);

impl Watcher for Seen {
    fn progress(&self, progress: Progress) {
        self.0.lock().unwrap().push(progress);
    }
}

/// The AWS files with the developer's keys; `secret` in place of the right one.
async fn admin(bench: &Bench, secret: Option<&str>) -> AwsSource {
    let sandbox = bench.sandbox.description();
    let developer = &sandbox.developer;
    let section = format!(
        "[admin]\naws_access_key_id = {}\naws_secret_access_key = {}\nregion = {REGION}\n\
         endpoint_url = {}\n",
        developer.access_key_id,
        secret.unwrap_or(developer.secret_access_key),
        sandbox.endpoint
    );
    std::fs::write(bench.home.path().join("credentials"), section).unwrap();
    source(&bench.deps, "admin").await.unwrap()
}

fn regions() -> Vec<Region> {
    vec![REGION.parse().unwrap()]
}

async fn found(bench: &Bench) -> Offers {
    let source = admin(bench, None).await;
    let offers = discover(&bench.deps, &source, &regions(), &Seen::default()).await;
    offers.unwrap()
}

fn names(offers: &Offers) -> Vec<&str> {
    let found = offers.ready.iter();
    found.map(|found| found.profile.name.as_str()).collect()
}

fn by_name<'a>(offers: &'a Offers, name: &str) -> &'a Found {
    let mut ready = offers.ready.iter();
    ready
        .find(|found| found.profile.name.as_str() == name)
        .unwrap()
}

fn denied() -> Fault {
    Fault::Refuse {
        status: 400,
        code: "AccessDeniedException",
        message: "User: arn:aws:iam::123456789012:user/x is not authorized to perform this",
    }
}

#[tokio::test]
async fn everything_is_found_and_signs_in() {
    let mut bench = bench("ana").await;
    let source = admin(&bench, None).await;
    let seen = Seen::default();
    let offers = discover(&bench.deps, &source, &regions(), &seen)
        .await
        .unwrap();
    let expected = [
        "public-main",
        "confidential-main",
        "devices-main",
        "rotating-main",
        "public-open",
        "confidential-open",
        "devices-open",
        "rotating-open",
        "open-guest",
    ];
    assert_eq!(names(&offers), expected);
    assert_eq!(offers.missed, []);
    assert_eq!(offers.incomplete.len(), 2, "{:?}", offers.incomplete);
    // More clients than fit into one part.
    assert_eq!(bench.sandbox.calls("ListUserPoolClients"), 2);
    let last = *seen.0.lock().unwrap().last().unwrap();
    assert_eq!(
        last.in_words(),
        "1 of 1 user pool, 4 of 4 app clients, 2 of 2 identity pools"
    );

    let guest = by_name(&offers, "open-guest");
    assert_eq!(guest.profile.sign_in, SignInMethod::Guest);
    let secret = bench.sandbox.description().clients[1]
        .client_secret
        .unwrap();
    assert!(!format!("{offers:?}").contains(secret));
    let confidential = by_name(&offers, "confidential-main");
    let login = confidential.profile.managed_login.as_ref().unwrap();
    assert_eq!(login.domain.as_str(), bench.sandbox.description().domain);
    let client_secret = confidential.client_secret.as_ref();
    profiles::save(&bench.deps, None, &confidential.profile, client_secret)
        .await
        .unwrap();
    bench.profile = confidential.profile.clone();
    assert_eq!(bench.sign_in().await.username, "ana");

    let again = found(&bench).await;
    let known = by_name(&again, "confidential-main-2").known.clone();
    assert_eq!(known.unwrap().as_str(), "confidential-main");
    assert_eq!(again.fresh().count(), expected.len() - 1);
}

#[tokio::test]
async fn a_refused_call_leaves_the_others() {
    let bench = bench("ana").await;
    bench
        .sandbox
        .next_answer("DescribeUserPoolClient", denied());
    bench.sandbox.next_answer("DescribeUserPool", denied());
    let offers = found(&bench).await;
    assert_eq!(offers.ready.len(), 9);
    let missed: Vec<String> = offers
        .missed
        .iter()
        .map(poolkey::domain::discovery::Missed::in_words)
        .collect();
    let expected = [
        "cognito-idp:DescribeUserPool is not allowed in us-east-1",
        "cognito-idp:DescribeUserPoolClient is not allowed in us-east-1",
    ];
    assert_eq!(missed, expected);
    let assumed = offers.ready.iter().filter(|found| {
        let mut remarks = found.remarks.iter();
        remarks.any(|remark| remark.contains("could not be read"))
    });
    // One client, in two identity pools.
    assert_eq!(assumed.count(), 2);

    bench.sandbox.next_answer("ListIdentityPools", denied());
    let offers = found(&bench).await;
    assert_eq!((offers.ready.len(), offers.incomplete.len()), (0, 4));
    let why = &offers.incomplete[0].why;
    assert!(why.contains("ListIdentityPools is missing"), "{why}");

    // Nothing may be read at all: that is said, and is no failure.
    bench.sandbox.next_answer("ListIdentityPools", denied());
    bench.sandbox.next_answer("ListUserPools", denied());
    let offers = found(&bench).await;
    assert_eq!((offers.ready.len(), offers.missed.len()), (0, 2));
}

#[tokio::test]
async fn a_throttled_call_is_made_again() {
    let bench = bench("ana").await;
    bench
        .sandbox
        .next_answer("DescribeIdentityPool", Fault::Throttle);
    let offers = found(&bench).await;
    assert_eq!((offers.ready.len(), offers.missed.len()), (9, 0));
    assert_eq!(bench.sandbox.calls("DescribeIdentityPool"), 3);
}

#[tokio::test]
async fn wrong_keys_are_told_as_such() {
    let bench = bench("ana").await;
    let source = admin(&bench, Some("not/the/secret/key")).await;
    let refused = discover(&bench.deps, &source, &regions(), &Seen::default()).await;
    let problem = refused.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(
        problem.sentence,
        "The keys of the AWS profile admin are not valid"
    );
    assert_eq!(problem.aws_code(), Some("InvalidSignatureException"));
    assert!(!format!("{problem:?}").contains("not/the/secret"));
}

#[tokio::test]
async fn only_a_profile_that_is_there_signs() {
    let bench = bench("ana").await;
    let problem = source(&bench.deps, "admin").await.unwrap_err();
    assert!(problem.hints[0].contains("aws configure"), "{problem:?}");
    admin(&bench, None).await;
    let problem = source(&bench.deps, "nobody").await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage);
    assert_eq!(problem.hints, ["The AWS profiles are: admin"]);
    assert_eq!(bench.sandbox.calls("ListUserPools"), 0);
}
