//! Removing with a way back: hidden at once, carried out later, nothing lost in between.

use super::*;
use crate::app::{NoticeOffer, ProfileDraft};

fn remove(model: &mut Model, text: &str) -> Vec<Effect> {
    model.act(Action::Remove(text.split(' ').map(name).collect()))
}

fn names(model: &Model) -> String {
    let names = model
        .profiles
        .iter()
        .map(|state| state.profile.name.as_str());
    names.collect::<Vec<_>>().join(" ")
}

fn clock(seconds: i64) -> Event {
    Event::Clock(now() + SignedDuration::from_secs(seconds))
}

fn removed(effects: &[Effect]) -> String {
    let names = effects.iter().filter_map(|effect| match effect {
        Effect::Remove(profile) => Some(profile.name.as_str()),
        _ => None,
    });
    names.collect::<Vec<_>>().join(" ")
}

fn offered(model: &Model) -> u64 {
    let notice = model.notices.last().unwrap();
    assert_eq!(notice.offer, Some(("Undo", NoticeOffer::Restore)));
    notice.id
}

#[test]
fn it_is_hidden_at_once_and_removed_ten_seconds_later() {
    let mut model = ready(&["a", "b", "c"]);
    let _select = model.act(Action::Select(name("b")));
    assert!(remove(&mut model, "b").is_empty(), "nothing is removed yet");
    assert_eq!(names(&model), "a c");
    assert_eq!(model.selected, Some(name("c")), "the next one is shown");
    assert!(model.hear(clock(9)).is_empty());
    assert_eq!(removed(&model.hear(clock(10))), "b");
    assert!(model.notices.is_empty(), "nothing is offered any more");
    assert_eq!(removed(&model.hear(clock(20))), "", "once");
}

#[test]
fn it_comes_back_where_it_was_with_all_it_had() {
    let mut model = ready(&["a", "b", "c"]);
    for text in ["a", "b", "c"] {
        let _kept = model.hear(kept(text, Some(60), true));
    }
    let _removed = remove(&mut model, "a c");
    assert_eq!((names(&model).as_str(), model.live_count()), ("b", 1));
    let notice = offered(&model);
    let _restored = model.act(NoticeOffer::Restore.action(notice));
    assert_eq!((names(&model).as_str(), model.live_count()), ("a b c", 3));
    assert!(model.notices.is_empty());
    assert_eq!(removed(&model.hear(clock(11))), "");
}

#[test]
fn a_reload_does_not_bring_it_back() {
    let mut model = ready(&["a", "b"]);
    let _removed = remove(&mut model, "a");
    let _reloaded = model.hear(loaded(&["a", "b", "c"]));
    assert_eq!(names(&model), "b c");
    let _over = model.hear(clock(10));
    let _reloaded = model.hear(loaded(&["a", "b", "c"]));
    assert_eq!(names(&model), "b c", "it is being removed");
    let failed = Event::Removed {
        profile: name("a"),
        result: Err(problem(ProblemKind::File)),
    };
    assert_eq!(kinds(&model.hear(failed)), ["LoadProfiles"]);
    let _reloaded = model.hear(loaded(&["a", "b", "c"]));
    assert_eq!(names(&model), "a b c", "it could not be removed");
}

#[test]
fn closing_the_window_carries_it_out() {
    for close in [
        |model: &mut Model| model.act(Action::CloseWindow),
        |model: &mut Model| model.hear(Event::Pressed(crate::domain::Press::Quit)),
        |model: &mut Model| model.act(Action::OpenDemo),
    ] {
        let mut model = ready(&["a", "b"]);
        let _removed = remove(&mut model, "a");
        assert_eq!(removed(&close(&mut model)), "a");
    }
}

#[test]
fn its_name_is_free_for_another() {
    let draft = || ProfileDraft {
        original: None,
        profile: profile("A"),
        client_secret: None,
        login_secrets: Vec::new(),
    };
    let mut model = ready(&["a", "b"]);
    let _removed = remove(&mut model, "a");
    let effects = model.act(Action::Save(Box::new(draft())));
    assert_eq!(
        kinds(&effects),
        ["Remove"],
        "saved when that has the name no more"
    );
    let gone = Event::Removed {
        profile: name("a"),
        result: Ok(()),
    };
    assert_eq!(kinds(&model.hear(gone)), ["Save"]);
    assert_eq!(kinds(&model.act(Action::Save(Box::new(draft())))), ["Save"]);
}

#[test]
fn what_runs_is_stopped() {
    let mut model = signed_in(60);
    let attempt = the_attempt(&model.act(Action::Renew(name("dev"))));
    let effects = remove(&mut model, "dev");
    assert!(matches!(effects[..], [Effect::Cancel(stopped)] if stopped == attempt));
    assert_eq!(model.selected, None);
    assert!(remove(&mut model, "dev").is_empty());
}

fn gone(text: &str, result: Result<(), Problem>) -> Event {
    Event::Removed {
        profile: name(text),
        result,
    }
}

/// `A` and `a` are kept under one name: whatever else ends meanwhile, the save waits.
#[test]
fn a_save_waits_for_its_own_name_in_any_case() {
    let draft = ProfileDraft {
        original: None,
        profile: profile("A"),
        client_secret: None,
        login_secrets: Vec::new(),
    };
    let mut model = ready(&["a", "b"]);
    let _removed = remove(&mut model, "a b");
    let _removing = model.act(Action::Save(Box::new(draft)));
    assert!(model.hear(gone("b", Ok(()))).is_empty());
    assert_eq!(kinds(&model.hear(gone("a", Ok(())))), ["Save"]);
}

#[test]
fn an_import_takes_the_name_of_what_was_just_removed() {
    use crate::app::{ImportEvent, ImportFrom, ImportWish};
    let mut model = ready(&["a", "b"]);
    let _removed = remove(&mut model, "a");
    let pasted = ImportFrom::Text("x".to_owned());
    let effects = model.act(Action::Import(ImportWish::LookAt(pasted)));
    let Some(Effect::ReadImport { attempt, .. }) = effects.first() else {
        panic!("{effects:?}");
    };
    let _read = model.hear(Event::Import(ImportEvent::Read {
        attempt: *attempt,
        result: Ok(Vec::new()),
    }));
    let add = Action::Import(ImportWish::Add(vec![profile("a")]));
    assert_eq!(kinds(&model.act(add)), ["Remove"]);
    let effects = model.hear(gone("a", Ok(())));
    assert_eq!(kinds(&effects), ["AddProfiles"]);
}

#[test]
fn two_removals_in_the_same_words_can_both_be_taken_back() {
    let mut model = ready(&["a", "b", "c", "d"]);
    let _removed = remove(&mut model, "a b");
    let _removed = remove(&mut model, "c d");
    assert_eq!(model.notices.len(), 2);
}

#[test]
fn what_waits_for_a_removal_that_is_stopped_goes_on() {
    let mut model = ready(&["dev", "other"]);
    let _hidden = remove(&mut model, "dev");
    let effects = model.act(Action::Save(Box::new(ProfileDraft {
        original: None,
        profile: profile("dev"),
        client_secret: None,
        login_secrets: Vec::new(),
    })));
    assert_eq!(kinds(&effects), ["Remove"], "the name is still taken");
    let works = effects.iter().filter_map(Effect::work).collect();
    let effects = model.act(Action::Stop(works));
    assert_eq!(kinds(&effects), ["Stop", "LoadProfiles", "Save"]);
    assert!(model.list.waiting.is_empty());
}
