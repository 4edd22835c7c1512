//! What a change of the AWS files led to: told once, and taken for the home that it was made in.

use super::*;

/// The window waits for none of them any more, and has turned to another home.
#[test]
fn a_late_change_of_another_home_is_told_and_not_taken() {
    let windows = AwsHomeId::Windows;
    for (changed, seen, is_taken) in [
        (AwsHomeId::Own, AwsHomeId::Own, true),
        (windows, windows, true),
        (AwsHomeId::Own, windows, false),
        (windows, AwsHomeId::Own, false),
    ] {
        let mut model = signed_in(60);
        model.home = changed;
        let _shown = shown(&mut model, set(true), false);
        let mut work = model.act(Action::ConfirmFiles);
        let work = work.pop().and_then(|effect| effect.work()).unwrap();
        let _stopped = model.act(Action::Stop(vec![work]));
        let _read = model.act(Action::ChooseHome(seen));
        // What is asked of the home that is shown by now.
        assert_eq!(kinds(&model.act(set(true))), ["PreviewFiles"]);
        let before = dev(&model).exports.clone();
        let section = (name("dev"), Ok(ours()));
        let _told = model.hear(all_exported(changed, vec![section]));
        let case = format!("{changed:?} while {seen:?} is shown");
        assert_eq!(dev(&model).exports == before, !is_taken, "{case}");
        assert_eq!(dev(&model).exporting.is_none(), is_taken, "{case}");
        let told = &model.notices.last().unwrap().text;
        assert_eq!(told, "dev written to ~/.aws/credentials", "{case}");
    }
}

#[test]
fn a_late_preview_of_another_home_is_none() {
    let mut model = signed_in(60);
    let mut effects = model.act(set(true));
    let work = effects[0].work().unwrap();
    let _stopped = model.act(Action::Stop(vec![work]));
    let _read = model.act(Action::ChooseHome(AwsHomeId::Windows));
    assert_eq!(kinds(&model.act(set(true))), ["PreviewFiles"]);
    let Some(Effect::PreviewFiles(_, change)) = effects.pop() else {
        panic!("nothing is looked at");
    };
    let seen = || FilesPreview {
        diff: "+[dev]".to_owned(),
        ..FilesPreview::default()
    };
    assert!(model.hear(previewed(change.clone(), Ok(seen()))).is_empty());
    assert!(model.sheet.is_none() && dev(&model).exporting.is_some());
    let right = Event::FilesPreviewed {
        home: AwsHomeId::Windows,
        change,
        result: Ok(seen()),
    };
    assert!(model.hear(right).is_empty());
    assert!(matches!(model.sheet, Some(Sheet::Files(_))));
}

/// One sentence for those that were written, one for the others.
#[test]
fn a_change_of_several_is_told_once() {
    let refused = |text: &str| Err(Problem::new(ProblemKind::SignInNeeded, text).hint("Sign in"));
    for (sections, told) in [
        (
            vec![("a", Ok(ours())), ("b", Ok(ours()))],
            &["2 profiles written to ~/.aws/credentials"][..],
        ),
        (
            vec![("a", Ok(ours())), ("b", refused("It has ended"))],
            &[
                "a written to ~/.aws/credentials",
                "b is left out: It has ended. Sign in",
            ],
        ),
        (
            vec![
                ("a", refused("It has ended")),
                ("b", Ok(ours())),
                ("c", refused("There is none")),
            ],
            &[
                "b written to ~/.aws/credentials",
                "2 profiles are left out. a: It has ended",
            ],
        ),
        // The file itself: nobody's in particular.
        (
            vec![("a", refused("It is full")), ("b", refused("It is full"))],
            &["It is full. Sign in"],
        ),
    ] {
        let mut model = ready(&["a", "b", "c"]);
        for state in &mut model.profiles {
            state.exporting = Some(FILE);
        }
        let all = sections
            .iter()
            .map(|(text, result)| (name(text), result.clone()));
        let _told = model.hear(all_exported(AwsHomeId::Own, all.collect()));
        let texts: Vec<&str> = model.notices.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, told);
        for (text, result) in sections {
            let state = model.profile(&name(text)).unwrap();
            assert_eq!(state.exporting, None, "{text}");
            let is_ours = matches!(state.exports.credentials_file, Place::Ours { .. });
            assert_eq!(is_ours, result.is_ok(), "{text}");
        }
    }
}
