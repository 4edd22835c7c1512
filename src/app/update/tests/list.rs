//! The list: rows and their order, what is found, and what is asked for several at once.

use super::*;
use crate::app::list::Haystacks;
use crate::app::{Command, FilesChange, Row, Rows};
use crate::domain::{Arrangement, ExportTarget, ListOrder, SignOutScope, Spot};

fn all(text: &str) -> Vec<ProfileName> {
    text.split_whitespace().map(name).collect()
}

/// `[Acme] a b`, `(Acme)` where it is collapsed.
fn rows(model: &Model, search: &str) -> String {
    let places = Haystacks::default().matching(model, search);
    let rows = Rows::of(model, &places, !search.is_empty()).rows;
    let texts = rows.iter().map(|row| match row {
        Row::Heading {
            section, folded, ..
        } if *folded => format!("({})", section.label(false)),
        Row::Heading { section, .. } => format!("[{}]", section.label(false)),
        Row::Profile(place) => model.profiles[*place].profile.name.to_string(),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// `a` and `d` in Gold, `b` in Hive, `c` in none.
fn grouped() -> Model {
    let mut model = ready(&["a", "b", "c", "d"]);
    for (names, group) in [("a d", "Gold"), ("b", "Hive")] {
        for name in all(names) {
            model.profile_mut(&name).unwrap().profile.group = Some(group.to_owned());
        }
    }
    model
}

fn arrange(model: &mut Model, names: &str, arrangement: Arrangement) -> Vec<Effect> {
    model.act(Action::Arrange(all(names), arrangement))
}

#[test]
fn groups_stand_in_the_order_of_the_file_below_the_favorites() {
    let mut model = grouped();
    assert_eq!(rows(&model, ""), "[Gold] a d [Hive] b [Profiles] c");
    let effects = arrange(&mut model, "c b", Arrangement::Favorite(true));
    assert_eq!(kinds(&effects), ["Arrange"]);
    assert_eq!(rows(&model, ""), "[Favorites] b c [Gold] a d");
    let _effects = arrange(&mut model, "b", Arrangement::Favorite(false));
    assert_eq!(rows(&model, ""), "[Favorites] c [Gold] a d [Hive] b");
}

#[test]
fn profiles_move_beside_others_and_into_groups() {
    let mut model = grouped();
    let place = |spot, group: Option<&str>| Arrangement::Place {
        spot,
        group: group.map(str::to_owned),
    };
    let _effects = arrange(
        &mut model,
        "c",
        place(Spot::Before(name("d")), Some("Gold")),
    );
    assert_eq!(rows(&model, ""), "[Gold] a c d [Hive] b");
    let _effects = arrange(&mut model, "a", Arrangement::Group(Some("Hive".to_owned())));
    assert_eq!(rows(&model, ""), "[Hive] b a [Gold] c d");
    let effects = arrange(&mut model, "d", Arrangement::Group(None));
    assert_eq!(rows(&model, ""), "[Hive] b a [Gold] c [Profiles] d");
    assert_eq!(kinds(&effects), ["Arrange"]);
    let _sheet = model.act(Action::AskGroup(all("c d")));
    let _effects = model.act(Action::NameGroup("New".to_owned()));
    assert_eq!(rows(&model, ""), "[Hive] b a [New] c d");
    assert!(model.sheet.is_none());
}

#[test]
fn a_collapsed_group_is_found_by_a_search() {
    let mut model = grouped();
    let fold = |folded| Action::Fold {
        section: "Gold".to_owned(),
        folded,
    };
    let effects = model.act(fold(true));
    assert!(matches!(&effects[..], [Effect::SaveFolded(all)] if *all == ["Gold"]));
    assert_eq!(rows(&model, ""), "(Gold) [Hive] b [Profiles] c");
    assert_eq!(rows(&model, "gold"), "[Gold] a d");
    let _effects = model.act(fold(false));
    assert_eq!(rows(&model, ""), "[Gold] a d [Hive] b [Profiles] c");
    let _read = model.hear(Event::FoldedRead(vec!["Hive".to_owned()]));
    assert_eq!(rows(&model, ""), "[Gold] a d (Hive) [Profiles] c");
}

#[test]
fn what_expires_first_stands_first() {
    let mut model = grouped();
    for (name, minutes) in [
        ("a", Some(50)),
        ("b", Some(-5)),
        ("d", Some(5)),
        ("c", None),
    ] {
        let _kept = model.hear(kept(name, minutes, true));
    }
    let effects = model.act(Action::SetListOrder(ListOrder::Expiry));
    assert_eq!(kinds(&effects), ["SaveListOrder"]);
    assert_eq!(
        rows(&model, ""),
        "[Expires first] d a [Expired] b [No credentials] c"
    );
    let _effects = model.act(Action::SetListOrder(ListOrder::Name));
    let _effects = arrange(&mut model, "a", Arrangement::Group(Some("Hive".to_owned())));
    assert_eq!(rows(&model, ""), "[Hive] a b [Profiles] c [Gold] d");
}

#[test]
fn every_field_finds() {
    let mut model = grouped();
    let a = model.profile_mut(&name("a")).unwrap();
    a.profile.username = Some("Ana@Acme.example".to_owned());
    a.profile.managed_login = "login.example".parse().ok().map(ManagedLogin::at);
    let mut session = session(60);
    session.caller = Some(crate::domain::Caller {
        account: "123456789012".to_owned(),
        arn: "arn:aws:sts::123456789012:assumed-role/Readers/x".to_owned(),
    });
    a.session = Some(session);
    for (search, found) in [
        ("ANA@acme", "[Gold] a"),
        ("login.ex", "[Gold] a"),
        ("123456789012", "[Gold] a"),
        ("readers", "[Gold] a"),
        ("gold 1h57kf", "[Gold] a d"),
        ("eu-west-1_aB3", "[Gold] a d [Hive] b [Profiles] c"),
        ("9f0c1d2e hive", "[Hive] b"),
        ("ana nobody", ""),
    ] {
        assert_eq!(rows(&model, search), found, "{search}");
    }
}

#[test]
fn several_are_renewed_few_at_a_time() {
    let texts: Vec<String> = (0..7).map(|number| format!("p{number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut model = ready(&texts);
    for text in &texts[..6] {
        let _kept = model.hear(kept(text, Some(60), true));
    }
    let effects = model.act(Action::RenewAll(all(&texts.join(" "))));
    let attempts: Vec<Attempt> = effects
        .iter()
        .map(|effect| the_attempt(std::slice::from_ref(effect)))
        .collect();
    assert_eq!(attempts.len(), 4);
    assert!(model.notices[0].text.contains("p6 needs a sign-in"));
    let effects = model.hear(succeeded(attempts[0]));
    assert_eq!(kinds(&effects), ["Renew"]);
    let effects = model.hear(failed(attempts[1], ProblemKind::Network));
    assert_eq!(kinds(&effects), ["Renew"]);
    assert!(model.hear(succeeded(attempts[2])).is_empty());
}

#[test]
fn signing_out_of_several_asks_once() {
    let mut model = ready(&["a", "b"]);
    assert!(model.act(Action::AskSignOut(all("a b"))).is_empty());
    let effects = model.act(Action::ConfirmSignOut);
    let ends = |effect: &Effect| {
        matches!(
            effect,
            Effect::SignOut {
                scope: SignOutScope::Revoke,
                ..
            }
        )
    };
    assert_eq!((effects.len(), effects.iter().all(ends)), (2, true));
    assert!(model.act(Action::ConfirmSignOut).is_empty());
}

#[test]
fn several_are_exported_by_one_sheet() {
    let mut model = ready(&["a", "b"]);
    let export = || Action::ExportAll {
        profiles: all("a b"),
        target: ExportTarget::CredentialProcess,
    };
    let effects = model.act(export());
    assert_eq!(kinds(&effects), ["PreviewFiles"]);
    assert!(model.act(export()).is_empty(), "one at a time");
    let Some(Effect::PreviewFiles(_, change)) = effects.into_iter().next() else {
        panic!("a preview");
    };
    let result = Ok(crate::app::FilesPreview {
        left_out: Vec::new(),
        diff: "+ a\n+ b\n".to_owned(),
        ..Default::default()
    });
    let _sheet = model.hear(Event::FilesPreviewed {
        home: model.home,
        change,
        result,
    });
    assert!(matches!(model.sheet, Some(Sheet::Files(_))));
    assert_eq!(kinds(&model.act(Action::ConfirmFiles)), ["ChangeFiles"]);
    let written = |name| (name, Ok(crate::app::Exports::default()));
    let _done = model.hear(Event::Exported {
        home: crate::domain::AwsHomeId::Own,
        target: ExportTarget::CredentialProcess,
        on: true,
        took: std::time::Duration::ZERO,
        sections: all("a b").into_iter().map(written).collect(),
    });
    assert_eq!(model.notices.len(), 1);
    assert!(model.notices[0].text.starts_with("2 profiles written"));
}

#[test]
fn who_cannot_be_exported_is_not_tried() {
    let mut model = ready(&["a", "b"]);
    let effects = model.act(Action::ExportAll {
        profiles: all("a b"),
        target: ExportTarget::CredentialProcess,
    });
    let Some(Effect::PreviewFiles(_, change)) = effects.into_iter().next() else {
        panic!("a preview");
    };
    let result = Ok(crate::app::FilesPreview {
        diff: "+ a\n".to_owned(),
        left_out: all("b"),
        ..Default::default()
    });
    let _sheet = model.hear(Event::FilesPreviewed {
        home: model.home,
        change,
        result,
    });
    assert_eq!(model.profile(&name("b")).unwrap().exporting, None);
    let effects = model.act(Action::ConfirmFiles);
    assert!(matches!(
        &effects[..],
        [Effect::ChangeFiles { change: FilesChange::WriteAll { profiles, .. }, .. }]
            if profiles.len() == 1 && profiles[0].name == name("a")
    ));
}

#[test]
fn a_copy_opens_in_the_form_under_a_free_name() {
    let mut model = ready(&["a", "a-copy"]);
    let _find = model.act(Action::Duplicate(name("a")));
    let (_, proposed) = model.list.proposed.as_ref().unwrap();
    assert_eq!(proposed.name, name("a-copy-2"));
    assert_eq!(model.page, crate::app::Page::NewProfile);
    assert_eq!(model.notices.len(), 1);
}

#[test]
fn renaming_saves_under_another_name() {
    let mut model = ready(&["a"]);
    let _sheet = model.act(Action::AskRename(name("a")));
    let effects = model.act(Action::Rename(name("z")));
    assert!(matches!(
        &effects[..],
        [Effect::Save(draft)] if draft.original == Some(name("a")) && draft.profile.name == name("z")
    ));
    assert!(model.sheet.is_none());
}

#[test]
fn what_is_kept_is_read_few_at_a_time_and_what_is_seen_first() {
    let texts: Vec<String> = (0..100).map(|number| format!("p{number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut model = Model::new(now(), false);
    let _works = model.hear(store_works());
    let read = |effects: &[Effect]| -> Vec<ProfileName> {
        let names = effects.iter().filter_map(|effect| match effect {
            Effect::LoadSessions(profiles) => Some(profiles),
            _ => None,
        });
        names
            .flatten()
            .map(|profile| profile.name.clone())
            .collect()
    };
    let first = read(&model.hear(loaded(&texts)));
    assert_eq!((first.len(), &first[0]), (32, &name("p0")));
    assert!(model.act(Action::Shown(all("p98 p99"))).is_empty());
    let mut next = Vec::new();
    for name in &first {
        assert!(next.is_empty(), "only after all of them");
        next = read(&model.hear(kept(name.as_str(), None, false)));
    }
    assert_eq!(next[..3], all("p98 p99 p32"));
    let mut seen = first.len();
    while !next.is_empty() {
        seen += next.len();
        let these = std::mem::take(&mut next);
        for name in these {
            next.extend(read(&model.hear(kept(name.as_str(), None, false))));
        }
    }
    assert_eq!(seen, 100);
}

#[test]
fn the_profile_above_and_below_are_the_list_s() {
    let mut model = grouped();
    let walk = |model: &mut Model, command: Command, times: usize| {
        let names = (0..times).map(|_| {
            if let Some(action) = command.action(model) {
                let _effects = model.act(action);
            }
            model.selected.clone().unwrap().to_string()
        });
        names.collect::<Vec<_>>().join(" ")
    };
    let _effects = model.act(Action::Select(name("a")));
    assert_eq!(walk(&mut model, Command::Next, 4), "d b c c");
    let _effects = arrange(&mut model, "c", Arrangement::Favorite(true));
    let fold = |folded| Action::Fold {
        section: "Hive".to_owned(),
        folded,
    };
    let _effects = model.act(fold(true));
    let _effects = model.act(Action::Select(name("b")));
    assert_eq!(walk(&mut model, Command::Previous, 4), "d a c c");
    let _effects = model.act(Action::SetListOrder(ListOrder::Name));
    let _effects = model.act(Action::Select(name("d")));
    assert_eq!(walk(&mut model, Command::Previous, 1), "a");
}
