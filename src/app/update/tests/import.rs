//! Import and share.

use super::{loaded, name, now, problem, profile, ready, store_works};
use crate::app::{
    Action, Attempt, Effect, Event, ImportEvent, ImportFrom, ImportWish, Imported, Model, Page,
    Sheet, StoreState,
};
use crate::domain::{Offer, Offered, ProblemKind, Shared};

fn offers(names: &[&str]) -> Vec<Offered> {
    let offered = names.iter().map(|name| Offered {
        source: "a file".to_owned(),
        offer: Offer::Ready(Box::new(profile(name))),
        remarks: Vec::new(),
    });
    offered.collect()
}

fn pasted() -> Action {
    Action::Import(ImportWish::LookAt(ImportFrom::Text("x".to_owned())))
}

fn reading(effects: &[Effect]) -> Attempt {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::ReadImport { attempt, .. } => Some(*attempt),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{effects:?}"))
}

fn read(attempt: Attempt, names: &[&str]) -> Event {
    Event::Import(ImportEvent::Read {
        attempt,
        result: Ok(offers(names)),
    })
}

fn offered(model: &Model) -> Option<usize> {
    match &model.sheet {
        Some(Sheet::Import(sheet)) => Some(sheet.offers.len()),
        _ => None,
    }
}

#[test]
fn nothing_is_added_before_it_is_confirmed() {
    let mut model = ready(&["dev"]);
    let attempt = reading(&model.act(pasted()));
    assert_eq!(model.page, Page::Import);
    let effects = model.hear(read(attempt, &["a", "b"]));
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(offered(&model), Some(2));
    let effects = model.act(Action::Import(ImportWish::Add(vec![profile("a")])));
    assert!(matches!(&effects[..], [Effect::AddProfiles(some)] if some.len() == 1));
    let again = model.act(Action::Import(ImportWish::Add(vec![profile("a")])));
    assert!(again.is_empty(), "once: {again:?}");
    let effects = model.hear(Event::Import(ImportEvent::Added(Imported {
        added: vec![name("a")],
        refused: Vec::new(),
    })));
    assert!(matches!(effects[..], [Effect::LoadProfiles]), "{effects:?}");
    assert_eq!((model.page, offered(&model)), (Page::Profile, None));
    assert_eq!(model.selected, Some(name("a")));
    assert!(model.notices.iter().any(|notice| notice.text == "a added"));
}

#[test]
fn what_is_refused_stays_on_the_sheet() {
    let mut model = ready(&[]);
    let attempt = reading(&model.act(pasted()));
    let _shown = model.hear(read(attempt, &["a", "b"]));
    let _adding = model.act(Action::Import(ImportWish::Add(vec![
        profile("a"),
        profile("b"),
    ])));
    let _told = model.hear(Event::Import(ImportEvent::Added(Imported {
        added: vec![name("a")],
        refused: vec![(name("b"), problem(ProblemKind::File))],
    })));
    let Some(Sheet::Import(sheet)) = &model.sheet else {
        panic!("{:?}", model.sheet);
    };
    assert!(!sheet.adding && sheet.refused.len() == 1);
}

#[test]
fn a_link_takes_no_sheet_away() {
    let mut model = ready(&["dev"]);
    let _asked = model.act(Action::OpenPalette);
    let effects = model.hear(Event::Import(ImportEvent::Opened(
        "poolkey://import#x".to_owned(),
    )));
    assert!(effects.is_empty(), "{effects:?}");
    assert!(matches!(model.sheet, Some(Sheet::Palette)));
    let attempt = reading(&model.act(Action::CloseSheet));
    // A sheet that opens while it is read stays, too.
    let _asked = model.act(Action::OpenPalette);
    let _waits = model.hear(read(attempt, &["a"]));
    assert!(matches!(model.sheet, Some(Sheet::Palette)));
    let _shown = model.act(Action::CloseSheet);
    assert_eq!(offered(&model), Some(1));
}

#[test]
fn what_the_desktop_opens_is_a_link_or_a_file() {
    for (what, file) in [
        ("POOLKEY://import#x", false),
        ("/tmp/dev.poolkey.toml", true),
        ("/ä", true),
    ] {
        let mut model = ready(&["dev"]);
        let event = Event::Import(ImportEvent::Opened(what.to_owned()));
        let effects = model.hear(event);
        let is_file = format!("{effects:?}").contains(&format!("File({what})"));
        assert_eq!(is_file, file, "{effects:?}");
        let _attempt = reading(&effects);
    }
}

#[test]
fn a_link_at_the_start_waits_for_the_profiles() {
    let mut model = Model::new(now(), false);
    model.import.open(Some("poolkey://import#x".to_owned()));
    assert!(model.hear(store_works()).is_empty());
    let effects = model.hear(loaded(&["dev"]));
    let _attempt = reading(&effects);
    assert!(matches!(model.store, StoreState::Ready(_)));
}

#[test]
fn late_answers_and_other_ends() {
    let mut model = ready(&["dev"]);
    let first = reading(&model.act(pasted()));
    let second = reading(&model.act(pasted()));
    let _late = model.hear(read(first, &["a"]));
    assert_eq!(offered(&model), None);
    let _failed = model.hear(Event::Import(ImportEvent::Read {
        attempt: second,
        result: Err(problem(ProblemKind::Usage)),
    }));
    assert!(model.import.problem.is_some());
    let effects = model.act(Action::Import(ImportWish::ChooseFile));
    let [Effect::ChooseImportFile(attempt)] = effects[..] else {
        panic!("{effects:?}");
    };
    assert!(model.import.problem.is_none(), "the next begins anew");
    assert!(
        model.act(Action::Import(ImportWish::ChooseFile)).is_empty(),
        "one dialog"
    );
    let chosen = |result| Event::Import(ImportEvent::Chosen { attempt, result });
    assert!(model.hear(chosen(Ok(None))).is_empty());
    assert!(!model.import.choosing);
    assert!(model.hear(chosen(Ok(Some("x".into())))).is_empty(), "late");
}

#[test]
fn only_what_is_shown_is_copied() {
    let mut model = ready(&["dev"]);
    assert!(model.act(Action::Import(ImportWish::CopyLink)).is_empty());
    let effects = model.act(Action::Share(vec![name("dev")]));
    let [
        Effect::Share {
            attempt,
            usernames: false,
            ..
        },
    ] = effects[..]
    else {
        panic!("{effects:?}");
    };
    assert!(
        model.act(Action::Import(ImportWish::CopyLink)).is_empty(),
        "not made yet"
    );
    let shared = |attempt| {
        Event::Import(ImportEvent::Shared {
            attempt,
            result: Ok(Shared {
                text: "the text".to_owned(),
                link: "the link".to_owned(),
                remarks: Vec::new(),
            }),
        })
    };
    let _shown = model.hear(shared(attempt));
    let copied = format!("{:?}", model.act(Action::Import(ImportWish::CopyLink)));
    assert!(copied.contains("the link"), "{copied}");
    let saved = model.act(Action::Import(ImportWish::Save));
    assert!(
        matches!(&saved[..], [Effect::SaveShare { file_name, text }]
            if file_name == "dev.poolkey.toml" && text == "the text"),
        "{saved:?}"
    );
    let effects = model.act(Action::Import(ImportWish::ShareUsernames(true)));
    assert!(matches!(
        effects[..],
        [Effect::Share {
            usernames: true,
            ..
        }]
    ));
    let _late = model.hear(shared(attempt));
    assert!(
        model.act(Action::Import(ImportWish::CopyText)).is_empty(),
        "of the one before"
    );
}

#[test]
fn links_that_are_opened_together_are_shown_one_after_the_other() {
    let mut model = ready(&["dev"]);
    let open = |model: &mut Model, link: &str| {
        model.hear(Event::Import(ImportEvent::Opened(link.to_owned())))
    };
    let one = reading(&open(&mut model, "poolkey://import#one"));
    assert!(open(&mut model, "poolkey://import#two").is_empty());
    assert!(model.hear(read(one, &["a"])).is_empty());
    assert_eq!(offered(&model), Some(1));
    let two = reading(&model.act(Action::CloseSheet));
    let _shown = model.hear(read(two, &["b", "c"]));
    assert_eq!(offered(&model), Some(2));
}
