//! What runs is shown after a moment and can be stopped.

use super::*;
use crate::app::{Work, WorkKind};
use crate::domain::{CredentialForm, SignOutScope};

fn signing_out() -> (Model, Work) {
    let mut model = ready(&["acme-prod"]);
    let effects = model.act(Action::SignOut {
        profile: name("acme-prod"),
        scope: SignOutScope::Revoke,
    });
    let work = effects.iter().find_map(Effect::work).unwrap();
    (model, work)
}

pub(super) fn later(model: &mut Model, milliseconds: i64) {
    let wait = SignedDuration::from_millis(milliseconds);
    let _effects = model.hear(Event::Clock(model.now.checked_add(wait).unwrap()));
}

#[test]
fn it_is_shown_once_it_has_lasted_and_until_it_ends() {
    let (mut model, work) = signing_out();
    later(&mut model, 199);
    assert_eq!(model.noticed().count(), 0);
    later(&mut model, 1);
    assert!(model.is_noticed(WorkKind::SignOut, &name("acme-prod")));
    let _effects = model.hear(Event::Ended(work));
    assert_eq!(model.noticed().count(), 0);
}

#[test]
fn what_is_stopped_is_stopped_outside_and_can_be_asked_for_again() {
    let (mut model, work) = signing_out();
    let effects = model.act(Action::Stop(vec![work.clone()]));
    assert!(matches!(&effects[0], Effect::Stop(stopped) if *stopped == work));
    assert!(!model.profiles[0].signing_out);
    // What is kept is read again.
    assert!(
        model
            .doing
            .iter()
            .all(|doing| doing.work.kind == WorkKind::Kept)
    );
    // Once.
    assert!(model.act(Action::Stop(vec![work])).is_empty());
}

#[test]
fn of_two_alike_one_ending_leaves_the_other() {
    let mut model = ready(&["acme-prod"]);
    let copy = || Action::CopyAs {
        profile: name("acme-prod"),
        form: CredentialForm::Process,
    };
    let first = model.act(copy());
    let _second = model.act(copy());
    let work = first[0].work().unwrap();
    let _effects = model.hear(Event::Ended(work));
    assert_eq!(model.doing.len(), 1);
}
