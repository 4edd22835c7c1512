//! A browser on another machine: what the person pastes, and what else they paste before.

use poolkey::domain::ProblemKind;

use super::{Attempt, ana, exchanged, managed, visit_as};
use crate::web::{Visitor, parameter, with_parameter};

#[tokio::test]
async fn the_address_where_the_browser_ended() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let ended_at = attempt.ends_elsewhere().await;
    attempt.paste(&format!(" {ended_at}\n"));
    let obtained = exchanged(&bench, attempt.end().await.unwrap()).await;
    assert_eq!(obtained.session.username, "ana");
}

#[tokio::test]
async fn only_the_code() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let ended_at = attempt.ends_elsewhere().await;
    attempt.paste(&parameter(&ended_at, "code").unwrap());
    attempt.end().await.unwrap();
}

#[tokio::test]
async fn wrong_pastes_are_told_and_cost_nothing() {
    let bench = managed().await;
    let mut attempt = Attempt::begin(&bench).await;
    let ended_at = attempt.ends_elsewhere().await;
    let code = parameter(&ended_at, "code").unwrap();
    let callback = ended_at.split('?').next().unwrap().to_owned();
    let first_page = attempt.url.clone();
    let foreign = with_parameter(&ended_at, "state", "x");
    for (text, why) in [
        ("what now?", "no code"),
        (&callback, "no code"),
        (&first_page, "no code"),
        (&foreign, "does not belong"),
        (&code[..8], "was not accepted"),
    ] {
        attempt.paste(text);
        let problem = attempt.paste_refused().await;
        assert!(problem.sentence.contains(why), "{text}: {problem}");
        assert!(!problem.hints.is_empty());
        assert!(!problem.to_string().contains(&code), "{problem}");
    }
    attempt.paste(&ended_at);
    attempt.end().await.unwrap();
}

/// The browser here goes on while somebody pastes.
#[tokio::test]
async fn the_browser_still_counts_after_a_wrong_paste() {
    let bench = managed().await;
    let mut attempt = Attempt::begin(&bench).await;
    attempt.paste("oops");
    let problem = attempt.paste_refused().await;
    assert_eq!(problem.aws_code(), Some("invalid_grant"));
    attempt.visit(ana).await.shows(200, "You are signed in");
    attempt.end().await.unwrap();
}

#[tokio::test]
async fn a_refusal_can_be_pasted_too() {
    let bench = managed().await;
    let attempt = Attempt::begin(&bench).await;
    let page = visit_as(Visitor::elsewhere(), &attempt.url, |visitor, url| {
        let page = visitor.open(url);
        visitor.click(&page, "cancel")
    })
    .await;
    attempt.paste(&page.url);
    let problem = attempt.fails().await;
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(problem.aws_code(), Some("access_denied"));
}
