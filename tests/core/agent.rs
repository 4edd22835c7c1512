//! The agent's looks, one after the other on a clock that the test moves: no test waits.

use jiff::{SignedDuration, Timestamp};
use poolkey::domain::{ExportTarget, Place, Profile, RoleArn, SignOutScope};
use poolkey::ops::agent::{Agent, Look, Said};
use poolkey::ops::export::{ExportOptions, export};
use poolkey::ops::sign_out;
use poolkey::sandbox::Fault;

use crate::exchange::open_bench;
use crate::support::{Bench, Quiet, bench};

const REFRESH: &str = "GetTokensFromRefreshToken";

/// The profile is in the configuration and `ana` is signed in.
async fn signed_in() -> Bench {
    let bench = bench("ana").await;
    save(&bench, &bench.profile).await;
    bench.sign_in().await;
    bench
}

async fn save(bench: &Bench, profile: &Profile) {
    let before = bench.deps.profiles.load().await.unwrap().profiles;
    let before = before.iter().find(|known| known.name == profile.name);
    let former = before.map(|known| &known.name);
    bench.deps.profiles.put(former, profile).await.unwrap();
}

/// What a look said, in words.
fn words(look: &Look) -> Vec<String> {
    let word = |said: &Said| match said {
        Said::Renewed(name, _) => format!("renewed {name}"),
        Said::KeysWritten(name) => format!("keys {name}"),
        Said::TokenWritten(name, _) => format!("token {name}"),
        Said::Failed { problem, .. } => format!("failed {:?}", problem.kind),
        Said::Ends(farewell) => farewell.sentence(),
        Said::Blocked(problem) => format!("blocked {:?}", problem.kind),
    };
    look.said.iter().map(word).collect()
}

fn wait(bench: &Bench, look: &Look) -> SignedDuration {
    bench.sandbox.clock().now().duration_until(look.again_at)
}

async fn keys_end(bench: &Bench) -> Place {
    let exports = bench.deps.aws_profiles.read("dev").await.unwrap();
    exports.credentials_file
}

async fn session_end(bench: &Bench) -> Option<Timestamp> {
    let session = bench.deps.vault.session(&bench.profile).await.unwrap();
    session.map(|session| session.credentials.expires_at)
}

#[tokio::test]
async fn what_is_due_is_renewed_and_the_credentials_file_follows() {
    let bench = signed_in().await;
    let keys = ExportOptions::to(ExportTarget::CredentialsFile);
    export(&bench.deps, &bench.profile, &keys, &Quiet)
        .await
        .unwrap();
    let mut agent = Agent::default();
    for renewals in 1..=3 {
        // Sixteen minutes and the jitter are left of an hour.
        let look = agent.look(&bench.deps).await;
        assert_eq!(words(&look), [""; 0], "{renewals}");
        assert_eq!(wait(&bench, &look), SignedDuration::from_mins(1));
        bench.minutes_pass(43);
        let look = agent.look(&bench.deps).await;
        assert!(look.said.is_empty(), "{look:?}");
        let left = wait(&bench, &look);
        assert!(left >= SignedDuration::from_mins(1), "{left:?}");
        bench.minutes_pass(2);
        let look = agent.look(&bench.deps).await;
        assert_eq!(words(&look), ["renewed dev", "keys dev"]);
        assert_eq!(bench.refreshes(), renewals);
        let expires_at = session_end(&bench).await;
        assert_eq!(keys_end(&bench).await, Place::Ours { expires_at });
    }
}

/// What somebody set by hand, and sections of another name, are followed, too.
#[tokio::test]
async fn every_section_with_the_keys_follows_and_keeps_its_region() {
    let bench = signed_in().await;
    let mut keys = ExportOptions::to(ExportTarget::CredentialsFile);
    for name in [None, Some("lab")] {
        keys.aws_profile = name.map(str::to_owned);
        export(&bench.deps, &bench.profile, &keys, &Quiet)
            .await
            .unwrap();
    }
    let config = bench.home.path().join("config");
    let text = std::fs::read_to_string(&config).unwrap();
    let own = text.replace("us-east-1", "eu-west-3");
    assert!(own.contains("region = eu-west-3"), "{text}");
    std::fs::write(&config, &own).unwrap();
    bench.minutes_pass(45);
    let mut agent = Agent::default();
    let look = agent.look(&bench.deps).await;
    assert_eq!(words(&look), ["renewed dev", "keys dev"]);
    let expires_at = session_end(&bench).await;
    for name in ["dev", "lab"] {
        let exports = bench.deps.aws_profiles.read(name).await.unwrap();
        assert_eq!(exports.credentials_file, Place::Ours { expires_at });
    }
    assert_eq!(std::fs::read_to_string(&config).unwrap(), own);
    // Nor does another export overwrite it.
    export(&bench.deps, &bench.profile, &keys, &Quiet)
        .await
        .unwrap();
    assert_eq!(std::fs::read_to_string(&config).unwrap(), own);
}

/// Between the look and the write somebody takes the section away, or puts their own there.
#[tokio::test]
async fn a_section_that_was_taken_away_meanwhile_stays_away() {
    let bench = signed_in().await;
    let options = ExportOptions::to(ExportTarget::CredentialsFile);
    export(&bench.deps, &bench.profile, &options, &Quiet)
        .await
        .unwrap();
    let (files, name) = (&bench.deps.aws_profiles, &bench.profile.name);
    let seen = files.keys_of(name).await.unwrap();
    let session = bench.deps.vault.session(&bench.profile).await.unwrap();
    let keys = session.unwrap().credentials;
    let path = bench.home.path().join("credentials");
    for now in ["", "[dev]\naws_access_key_id = AKIA\n"] {
        std::fs::write(&path, now).unwrap();
        assert!(!files.renew_keys(&seen[0], &keys, name).await.unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), now);
    }
}

#[tokio::test]
async fn it_wakes_exactly_when_a_renewal_is_due() {
    let bench = signed_in().await;
    let mut agent = Agent::default();
    bench.minutes_pass(43);
    bench.sandbox.clock().advance(SignedDuration::from_secs(30));
    let look = agent.look(&bench.deps).await;
    assert!(wait(&bench, &look) <= SignedDuration::from_mins(1));
    let mut looks = 0;
    let mut look = look;
    while look.said.is_empty() {
        looks += 1;
        assert!(looks <= 3, "no look comes too early again and again");
        bench.sandbox.clock().advance(wait(&bench, &look));
        look = agent.look(&bench.deps).await;
    }
    assert_eq!(words(&look), ["renewed dev"]);
}

#[tokio::test]
async fn who_is_not_to_be_kept_fresh_is_left_alone() {
    let bench = signed_in().await;
    let off = Profile {
        keep_fresh: false,
        ..bench.profile.clone()
    };
    save(&bench, &off).await;
    bench.minutes_pass(50);
    let mut agent = Agent::default();
    assert_eq!(words(&agent.look(&bench.deps).await), [""; 0]);
    // Switched on by somebody else: seen at the next look.
    save(&bench, &bench.profile).await;
    assert_eq!(words(&agent.look(&bench.deps).await), ["renewed dev"]);
}

#[tokio::test]
async fn sign_outs_and_sign_ins_of_others_are_noticed() {
    let bench = signed_in().await;
    let mut agent = Agent::default();
    let _look = agent.look(&bench.deps).await;
    let scope = SignOutScope::Revoke;
    sign_out::sign_out(&bench.deps, &bench.profile, scope)
        .await
        .unwrap();
    bench.minutes_pass(50);
    let look = agent.look(&bench.deps).await;
    assert_eq!(words(&look), [""; 0]);
    assert_eq!(wait(&bench, &look), SignedDuration::from_mins(1));
    assert_eq!(bench.refreshes(), 0);
    bench.sign_in().await;
    bench.minutes_pass(45);
    assert_eq!(words(&agent.look(&bench.deps).await), ["renewed dev"]);
    // Another process renews: nothing is left to do.
    bench.minutes_pass(45);
    bench.renew().await.unwrap();
    let refreshes = bench.refreshes();
    assert_eq!(words(&agent.look(&bench.deps).await), [""; 0]);
    assert_eq!(bench.refreshes(), refreshes);
}

#[tokio::test]
async fn an_ended_sign_in_is_told_once() {
    let bench = signed_in().await;
    bench.sandbox.next_answer(REFRESH, revoked());
    bench.minutes_pass(45);
    let mut agent = Agent::default();
    let said = words(&agent.look(&bench.deps).await);
    assert_eq!(
        said,
        ["failed SignInNeeded", "dev: sign-in ends in 15 minutes"]
    );
    for _ in 0..3 {
        bench.minutes_pass(2);
        assert_eq!(words(&agent.look(&bench.deps).await), [""; 0]);
    }
}

#[tokio::test]
async fn failures_wait_longer() {
    let bench = signed_in().await;
    bench.minutes_pass(45);
    let mut agent = Agent::default();
    for minutes in [1, 2] {
        bench.sandbox.next_answer(REFRESH, Fault::Throttle);
        let look = agent.look(&bench.deps).await;
        assert_eq!(words(&look), ["failed Refused"], "{minutes}");
        let again = look.said.iter().find_map(|said| match said {
            Said::Failed { again_at, .. } => *again_at,
            _ => None,
        });
        let now = bench.sandbox.clock().now();
        assert_eq!(again, Some(now + SignedDuration::from_mins(minutes)));
        assert_eq!(words(&agent.look(&bench.deps).await), [""; 0], "not yet");
        bench.minutes_pass(minutes);
    }
    assert_eq!(words(&agent.look(&bench.deps).await), ["renewed dev"]);
}

#[tokio::test]
async fn waking_up_ends_the_wait_for_the_network() {
    let bench = signed_in().await;
    bench.minutes_pass(45);
    let clock = bench.sandbox.clock().clone();
    bench.sandbox.shutdown().await;
    let mut agent = Agent::default();
    let mut tried = async |waits: i64| {
        let look = agent.look(&bench.deps).await;
        assert_eq!(words(&look), ["failed Network"], "{waits}");
        let wait = SignedDuration::from_secs(waits);
        assert_eq!(clock.now().duration_until(look.again_at), wait);
        assert_eq!(words(&agent.look(&bench.deps).await), [""; 0], "not yet");
        agent.woke(clock.now());
    };
    tried(60).await;
    tried(5).await;
    tried(5).await;
}

#[tokio::test]
async fn a_file_for_web_identities_is_written_every_eight_minutes() {
    let bench = open_bench().await;
    save(&bench, &bench.profile).await;
    bench.sign_in().await;
    let role: RoleArn = "arn:aws:iam::123456789012:role/dev".parse().unwrap();
    let options = ExportOptions {
        role: Some(role),
        ..ExportOptions::to(ExportTarget::WebIdentity)
    };
    export(&bench.deps, &bench.profile, &options, &Quiet)
        .await
        .unwrap();
    let mut agent = Agent::default();
    assert_eq!(words(&agent.look(&bench.deps).await), [""; 0]);
    for _ in 0..2 {
        bench.minutes_pass(7);
        let look = agent.look(&bench.deps).await;
        assert_eq!(words(&look), [""; 0]);
        assert!(wait(&bench, &look) <= SignedDuration::from_mins(1));
        bench.minutes_pass(1);
        assert_eq!(words(&agent.look(&bench.deps).await), ["token dev"]);
    }
}

#[tokio::test]
async fn a_broken_configuration_is_said_once_and_seen_mended() {
    let bench = signed_in().await;
    let path = bench.home.path().join("profiles.toml");
    let good = std::fs::read(&path).unwrap();
    std::fs::write(&path, "[[profile]]\n").unwrap();
    let mut agent = Agent::default();
    let look = agent.look(&bench.deps).await;
    assert_eq!(words(&look), ["blocked Usage"]);
    assert_eq!(words(&agent.look(&bench.deps).await), [""; 0]);
    std::fs::write(&path, good).unwrap();
    bench.minutes_pass(45);
    assert_eq!(words(&agent.look(&bench.deps).await), ["renewed dev"]);
}

/// What the user pool says of a refresh token that was ended.
fn revoked() -> Fault {
    Fault::Refuse {
        status: 400,
        code: "NotAuthorizedException",
        message: "Refresh Token has been revoked",
    }
}
