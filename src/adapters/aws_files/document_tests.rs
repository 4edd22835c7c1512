//! Tables and properties of the text editor. Nothing here touches a disk.

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::document::{Document, Stamp};
use super::refusal::Refusal;
use super::section::{AwsFile, CREATED_MARK, Owner, SectionId, TAKEN_MARK};

const KEYS: SectionId<'_> = SectionId {
    file: AwsFile::Credentials,
    name: "x",
};
const CONFIG: SectionId<'_> = SectionId {
    file: AwsFile::Config,
    name: "x",
};
const OURS: [&str; 2] = ["k", "t"];
const SETTINGS: [(&str, &str); 2] = [("k", "1"), ("t", "2")];

fn doc(text: &str) -> Document {
    Document::parse(Zeroizing::new(text.as_bytes().to_vec())).expect("a readable document")
}

fn put(text: &str) -> Result<String, Refusal> {
    doc(text)
        .put(KEYS, &SETTINGS, &["old"], Stamp::Leave)
        .map(|d| d.text().to_owned())
}

fn take_over(text: &str) -> String {
    let document = doc(text).put(KEYS, &SETTINGS, &["old"], Stamp::TakeOver);
    document.expect("an edit").text().to_owned()
}

fn take(text: &str) -> String {
    doc(text)
        .take(KEYS, &OURS)
        .expect("an edit")
        .text()
        .to_owned()
}

#[test]
fn a_new_section_is_appended_and_taken_back() {
    let ours = "# managed by Poolkey\n[x]\nk = 1\nt = 2\n";
    let cases = [
        ("", ours.to_owned()),
        ("\n", format!("\n\n{ours}")),
        ("# only a comment\n", format!("# only a comment\n\n{ours}")),
        ("[a]\nk = 9\n", format!("[a]\nk = 9\n\n{ours}")),
        ("[a]\nk = 9\n\n\n", format!("[a]\nk = 9\n\n\n\n{ours}")),
        ("[a]\nk = 9", format!("[a]\nk = 9\n\n{}", ours.trim_end())),
        (
            "[a]\r\nk = 9\r\n",
            format!("[a]\r\nk = 9\r\n\r\n{}", ours.replace('\n', "\r\n")),
        ),
        (
            "[a]\r\nk",
            format!("[a]\r\nk\r\n\r\n{}", ours.replace('\n', "\r\n").trim_end()),
        ),
        (
            "[profile x]\nk = 9\n",
            format!("[profile x]\nk = 9\n\n{ours}"),
        ),
        (
            "[X]\n#[x]\n;[x]\n[x\n",
            format!("[X]\n#[x]\n;[x]\n[x\n\n{ours}"),
        ),
        ("s3 =\n  a = 1\n", format!("s3 =\n  a = 1\n\n{ours}")),
    ];
    for (before, after) in cases {
        assert_eq!(put(before).as_deref(), Ok(after.as_str()), "{before:?}");
        assert_eq!(
            put(&after).as_deref(),
            Ok(after.as_str()),
            "again: {before:?}"
        );
        assert_eq!(take(&after), before, "back: {before:?}");
    }
}

#[test]
fn an_existing_section_keeps_what_is_not_ours() {
    let cases = [
        // At the start, in the middle, at the end.
        (
            "[x]\nk = 0\nt = 0\n\n[b]\nk = 0\n",
            "[x]\nk = 1\nt = 2\n\n[b]\nk = 0\n",
        ),
        (
            "[a]\nk=0\n[x]\nk=0\n# c\nu=7\n[b]\nt=0\n",
            "[a]\nk=0\n[x]\nk = 1\n# c\nu=7\nt = 2\n[b]\nt=0\n",
        ),
        ("[a]\n[x]\nt = 0\nk = 0", "[a]\n[x]\nt = 2\nk = 1"),
        ("[x]", "[x]\nk = 1\nt = 2"),
        ("[x]\r\nk = 0\r\n", "[x]\r\nk = 1\r\nt = 2\r\n"),
        // A value that is there already keeps its line; one that some SDK cannot read does not.
        ("[x]\nk=1\nt  =  2\n", "[x]\nk=1\nt  =  2\n"),
        ("[x]\nK = 1\nt: 2\n", "[x]\nk = 1\nt = 2\n"),
        // New keys go above the comments and blanks that belong to what follows.
        (
            "[x]\nk = 1\n\n# b's\n[b]\n",
            "[x]\nk = 1\nt = 2\n\n# b's\n[b]\n",
        ),
        // Nested values stay; ours are replaced with their continuation.
        (
            "[x]\ns3 =\n  k = 5\n  # c\n\n  t = 6\n[b]\n",
            "[x]\ns3 =\n  k = 5\n  # c\n\n  t = 6\nk = 1\nt = 2\n[b]\n",
        ),
        (
            "[x]\nk = 0\n  more\n # c\n  more\nt = 2\n",
            "[x]\nk = 1\n # c\nt = 2\n",
        ),
        // Indented settings stay settings.
        ("[x]\n  k = 0\n  u = 7\n", "[x]\n  k = 1\n  u = 7\nt = 2\n"),
        // The stale key goes.
        (
            "[x]\nk = 1\nold = 3\nt = 2\nOLD : 4\n",
            "[x]\nk = 1\nt = 2\n",
        ),
        ("[x]\nk = 1\nold = 3", "[x]\nk = 1\nt = 2"),
        // Header forms.
        ("[ x ] # c\n[y]\n", "[ x ] # c\nk = 1\nt = 2\n[y]\n"),
        ("[x];c\n", "[x];c\nk = 1\nt = 2\n"),
    ];
    for (before, after) in cases {
        assert_eq!(put(before).as_deref(), Ok(after), "{before:?}");
        assert_eq!(put(after).as_deref(), Ok(after), "again: {before:?}");
    }
}

#[test]
fn taking_over_marks_the_section_and_gives_back_the_rest() {
    let taken = take_over("[a]\n\n# mine\n[ x ]\nk = 0\nu = 7\n");
    assert_eq!(
        taken,
        format!("[a]\n\n# mine\n{TAKEN_MARK}\n[x]\nk = 1\nu = 7\nt = 2\n")
    );
    assert_eq!(take_over(&taken), taken);
    assert_eq!(take(&taken), "[a]\n\n# mine\n[x]\nu = 7\n");
    assert_eq!(
        take(&take_over("[a]\n[x]\nk = 0\n# c\nt = 5\n[b]\n")),
        "[a]\n# c\n[b]\n"
    );
    let ours = put("").expect("an edit");
    assert_eq!(take_over(&ours), ours, "ours already");
    assert_eq!(take(&format!("{ours}u = 7\n")), "[x]\nu = 7\n");
}

#[test]
fn config_headers() {
    let cases = [
        ("[profile x]", true),
        ("[profile \"x\"]", true),
        ("[profile 'x']", true),
        ("[ profile\t x ] ; c", true),
        ("[x]", false),
        ("[profilex]", false),
        ("[profile x y]", false),
        ("[sso-session x]", false),
    ];
    for (header, is) in cases {
        let found = doc(&format!("{header}\n")).section(CONFIG).expect("one");
        assert_eq!(found.is_some(), is, "{header}");
    }
    let default = SectionId {
        file: AwsFile::Config,
        name: "default",
    };
    assert!(doc("[default]\n").section(default).expect("one").is_some());
    assert!(
        doc("[profile default]\n")
            .section(default)
            .expect("one")
            .is_some()
    );
    let both = doc("[default]\n[profile default]\n").section(default);
    assert_eq!(both.err(), Some(Refusal::TwoDefaults { line: 2 }));
    let written = doc("")
        .put(default, &[("region", "r")], &[], Stamp::Leave)
        .expect("an edit");
    assert_eq!(
        written.text(),
        format!("{CREATED_MARK}\n[default]\nregion = r\n")
    );
    let taken = doc("[profile \"x\"]\n")
        .put(CONFIG, &[], &[], Stamp::TakeOver)
        .expect("an edit");
    assert_eq!(taken.text(), format!("{TAKEN_MARK}\n[profile x]\n"));
}

#[test]
fn owners() {
    let cases = [
        (format!("{CREATED_MARK}\n[x]\n"), Owner::Created),
        (format!("{TAKEN_MARK}\r\n[x]\r\n"), Owner::TakenOver),
        (format!("{CREATED_MARK}\n\n[x]\n"), Owner::Foreign),
        (format!("{CREATED_MARK}\n[y]\n[x]\n"), Owner::Foreign),
        ("[x]\n".to_owned(), Owner::Foreign),
    ];
    for (text, owner) in cases {
        let section = doc(&text).section(KEYS).expect("one").expect("there");
        assert_eq!(section.owner, owner, "{text:?}");
    }
}

#[test]
fn refusals_name_the_line() {
    let refused = |bytes: &[u8]| match Document::parse(Zeroizing::new(bytes.to_vec())) {
        Err(refusal) => refusal,
        Ok(document) => {
            let edit = document.put(KEYS, &SETTINGS, &[], Stamp::Leave);
            edit.err().expect("a refusal")
        }
    };
    assert_eq!(refused(b"\xef\xbb\xbf[x]\n"), Refusal::ByteOrderMark);
    assert_eq!(refused(b"[a]\n\xff\n"), Refusal::NotUtf8 { line: 2 });
    assert_eq!(refused(b"[a]\n\na\0\n"), Refusal::NulByte { line: 3 });
    assert_eq!(
        refused(b"[a]\r\nk\rj\r\n"),
        Refusal::LoneCarriageReturn { line: 2 }
    );
    assert_eq!(refused(b"[a]\r"), Refusal::LoneCarriageReturn { line: 1 });
    assert_eq!(
        refused(b"[x]\n[a]\n[ x ]\n"),
        Refusal::DuplicateSection { line: 3 }
    );
    assert_eq!(
        refused(b"[x]\n\n[a]\n  [x]\n"),
        Refusal::IndentedHeader { line: 4 }
    );
    assert_eq!(
        refused(b"[x]\nk = 1\n  [b]\n"),
        Refusal::IndentedHeader { line: 3 }
    );
    assert_eq!(refused(b"[a]\n[x]]\n"), Refusal::TwoBrackets { line: 2 });
    let key = "k".to_owned();
    assert_eq!(
        refused(b"[x]\nk = 1\nK: 1\n"),
        Refusal::DuplicateKey { line: 3, key }
    );
    assert!(
        put("[a]\n[a]\n[x]\nu = 1\nu = 2\n").is_ok(),
        "not our business"
    );
}

#[test]
fn values_that_would_be_read_differently_are_refused() {
    for value in ["", " a", "a ", "a\nb", "a\r", "a\0", "a #b", "a\t;b"] {
        let edit = doc("").put(KEYS, &[("k", value)], &[], Stamp::Leave);
        let key = "k".to_owned();
        assert_eq!(edit.err(), Some(Refusal::UnsafeValue { key }), "{value:?}");
    }
}

/// Lines as they occur and as they should not, none of them the header `[x]`.
fn any_file() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("[a]".to_owned()),
        Just("[profile x]".to_owned()),
        Just("[x".to_owned()),
        Just(CREATED_MARK.to_owned()),
        Just("  [b]".to_owned()),
        Just(String::new()),
        Just(" ".to_owned()),
        "[kt] ?[=:] ?[0-9]{0,3}",
        "  [a-z]{1,3} = [0-9]",
        "[#;] ?[a-z =]{0,5}",
        "[^\\r\\n\\x00\\[\\]\u{feff}]{0,12}",
    ];
    let ends = prop_oneof![Just("\n"), Just("\r\n")];
    (
        proptest::collection::vec((line, ends), 0..12),
        any::<bool>(),
    )
        .prop_map(|(lines, cut)| {
            let mut text: String = lines.into_iter().map(|(line, end)| line + end).collect();
            if cut {
                let length = text.trim_end_matches(['\r', '\n']).len();
                text.truncate(length);
            }
            text
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_new_section_leaves_every_byte_and_can_be_taken_back(before in any_file()) {
        let after = put(&before).expect("an edit");
        prop_assert!(after.starts_with(&before));
        prop_assert_eq!(put(&after).expect("an edit"), after.clone());
        prop_assert_eq!(take(&after), before);
    }

    #[test]
    fn a_section_between_others_leaves_them_alone(
        above in any_file(),
        body in any_file().prop_map(|text| text.replace('[', "q").replace(CREATED_MARK, "#")),
        below in any_file(),
    ) {
        let above = if above.is_empty() || above.ends_with('\n') { above } else { above + "\n" };
        let body = if body.is_empty() || body.ends_with('\n') { body } else { body + "\n" };
        let below = format!("[z]\n{below}");
        let text = format!("{above}[x]\n{body}{below}");
        let Ok(after) = put(&text) else {
            return Ok(()); // A key of ours is there twice.
        };
        let middle = after.strip_prefix(&above).and_then(|rest| rest.strip_suffix(&below));
        prop_assert!(middle.is_some(), "{:?} became {:?}", text, after);
        let theirs = |text: &str| -> Vec<String> {
            let section = doc(text).section(KEYS).expect("one").expect("there");
            let keys = section.entries.iter().map(|entry| entry.key.clone());
            keys.filter(|key| !["k", "t", "old"].contains(&key.as_str())).collect()
        };
        prop_assert_eq!(theirs(&after), theirs(&text));
        let document = doc(&after);
        let section = document.section(KEYS).expect("one").expect("there");
        for (key, value) in SETTINGS {
            prop_assert_eq!(document.value(&section, key), Ok(Some(value)));
        }
        prop_assert_eq!(put(&after).expect("an edit"), after.clone());
        let gone = take(&after);
        let kept = gone.starts_with(&above) || above.trim_end().ends_with(CREATED_MARK);
        prop_assert!(kept && gone.ends_with(&below), "{:?} became {:?}", after, gone);
    }
}
