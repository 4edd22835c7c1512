//! What every edit promises, checked on any bytes at all: by property tests, by the kept inputs of
//! the fuzz target in `tests/fuzz`, and by the fuzz target itself.
//!
//! Deliberately absent from the product: it is compiled for tests and for fuzzing only.

use std::path::Path;

use zeroize::Zeroizing;

use super::diff::masked_diff;
use super::document::{Document, Setting};
use super::refusal::Refusal;
use super::rules::{Leave, OLD_TOKEN, permission};
use super::section::{AwsFile, Owner, SectionId};

const CANARY: &str = "cAnArY+/secret==";
const KEYS: [Setting<'_>; 4] = [
    ("aws_access_key_id", "ASIAEXAMPLE"),
    ("aws_secret_access_key", CANARY),
    ("aws_session_token", CANARY),
    ("x_security_token_expires", "2026-11-20T23:59:59Z"),
];
const PROCESS: [Setting<'_>; 2] = [
    (
        "credential_process",
        "\"/opt/my apps/poolkey\" credential-process x",
    ),
    ("region", "eu-west-1"),
];

/// The first promise that an edit of a file with these bytes breaks.
#[must_use]
pub fn broken_promise(bytes: &[u8]) -> Option<String> {
    for (file, settings) in [
        (AwsFile::Credentials, &KEYS[..]),
        (AwsFile::Config, &PROCESS[..]),
    ] {
        for name in ["x", "default"] {
            for leave in [Leave::None, Leave::TakeOver] {
                let id = SectionId { file, name };
                if let Err(broken) = edited(bytes, id, settings, leave) {
                    return Some(format!("[{}]: {broken}", id.inside()));
                }
            }
        }
    }
    None
}

fn edited(
    bytes: &[u8],
    id: SectionId<'_>,
    settings: &[Setting<'_>],
    leave: Leave,
) -> Result<(), String> {
    // A refusal is kept: the file stays as it is.
    let Ok(before) = Document::parse(Zeroizing::new(bytes.to_vec())) else {
        return Ok(());
    };
    let write = |document: &Document| -> Result<Document, Refusal> {
        let (section, stamp) = permission(document, id, leave)?;
        document.put_into(section, id, settings, &[OLD_TOKEN], stamp)
    };
    let Ok(after) = write(&before) else {
        return Ok(());
    };
    let failed = |what: &'static str| move |refusal: Refusal| format!("{what}: {refusal}");
    rest_stays(&before, &after, id, settings)?;
    is_read_back(&after, id, settings)?;
    let again = write(&after).map_err(failed("the second write"))?;
    ensure(
        again.text() == after.text(),
        "the second write changes something",
    )?;
    let back = after
        .restored(id, &before)
        .map_err(failed("the way back"))?;
    ensure(back.text() == before.text(), "the way back leads elsewhere")?;
    let was_there = before.section(id).map_err(failed("looking"))?.is_some();
    if !was_there {
        let keys: Vec<&str> = settings.iter().map(|(key, _)| *key).collect();
        let taken = after.take(id, &keys).map_err(failed("removing"))?;
        ensure(
            taken.text() == before.text(),
            "removing a new section leaves something",
        )?;
    }
    let diff = masked_diff(Path::new("f"), before.text(), after.text());
    ensure(
        !diff.contains(CANARY) || before.text().contains(CANARY),
        "the diff tells a secret",
    )
}

/// Every byte that is not of our settings, our header and our mark.
fn rest_stays(
    before: &Document,
    after: &Document,
    id: SectionId<'_>,
    settings: &[Setting<'_>],
) -> Result<(), String> {
    let text = |refusal: Refusal| refusal.to_string();
    let is_new = before.section(id).map_err(text)?.is_none();
    let rest = |document: &Document| -> Result<String, String> {
        let Some(section) = document.section(id).map_err(text)? else {
            return Ok(document.text().to_owned());
        };
        let is_ours = |key: &str| key == OLD_TOKEN || settings.iter().any(|(ours, _)| *ours == key);
        let entries = section.entries.iter().filter(|entry| is_ours(&entry.key));
        let mut gone: Vec<_> = entries
            .flat_map(|entry| [&entry.line].into_iter().chain(&entry.continuation))
            .cloned()
            .collect();
        gone.push(section.header.clone());
        gone.extend(section.mark.clone());
        gone.extend(section.gap.clone().filter(|_| is_new));
        let kept = document.text().bytes().enumerate();
        let kept = kept.filter(|(at, _)| !gone.iter().any(|range| range.contains(at)));
        let kept = kept.map(|(_, byte)| byte).collect();
        String::from_utf8(kept).map_err(|_| "a character is cut".to_owned())
    };
    // Which line is the last one, and so may be unfinished, can change.
    let (old, new) = (rest(before)?, rest(after)?);
    let same = old.trim_end_matches(['\r', '\n']) == new.trim_end_matches(['\r', '\n']);
    ensure(same, "something of others changed")
}

fn is_read_back(
    after: &Document,
    id: SectionId<'_>,
    settings: &[Setting<'_>],
) -> Result<(), String> {
    let text = |refusal: Refusal| refusal.to_string();
    let section = after
        .section(id)
        .map_err(text)?
        .ok_or("the section is gone")?;
    ensure(
        section.owner != Owner::Foreign,
        "the section carries no mark",
    )?;
    for (key, value) in settings {
        let read = after.value(&section, key).map_err(text)?;
        ensure(read == Some(*value), "a value is not read back")?;
        let entry = section
            .entry(key)
            .map_err(text)?
            .ok_or("a setting is not there")?;
        let is_plain = entry.plain && entry.continuation.is_empty();
        ensure(is_plain, "a setting is not plain")?;
    }
    let old = section.entry(OLD_TOKEN).map_err(text)?;
    ensure(old.is_none(), "a stale token stays")
}

fn ensure(kept: bool, promise: &str) -> Result<(), String> {
    if kept {
        Ok(())
    } else {
        Err(promise.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::broken_promise;

    /// Lines as they are in such files, and as they should not be.
    const PIECES: [&str; 36] = [
        "[x]",
        "[default]",
        "[profile x]",
        "[profile default]",
        "[profile \"x\"]",
        " [x]",
        "[ x ]",
        "[DEFAULT]",
        "[y]",
        "[x",
        "x]",
        "[x] # c",
        "aws_access_key_id = A",
        "aws_secret_access_key=",
        "  aws_session_token = t",
        "aws_security_token = old",
        "region: eu",
        "REGION = x",
        "credential_process = a",
        "  continued",
        "\tmore = 1",
        "# managed by Poolkey",
        "# managed by Poolkey (taken over)",
        "# c",
        "; c",
        "",
        " ",
        "=",
        "k",
        "k = v # c",
        "role_arn = r",
        "s3 =",
        "  max = 3",
        "\u{feff}",
        "\u{a0}aws_access_key_id = A",
        "é = ü",
    ];

    fn file() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            20 => proptest::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
            1 => vec(any::<u8>(), 0..8),
        ];
        let ending =
            prop_oneof![12 => Just("\n"), 3 => Just("\r\n"), 1 => Just(""), 1 => Just("\r")];
        vec((piece, ending), 0..14).prop_map(|lines| {
            let line = |(text, ending): (Vec<u8>, &str)| [text, ending.into()].concat();
            lines.into_iter().flat_map(line).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

        #[test]
        fn any_file_keeps_the_promises(bytes in file()) {
            prop_assert_eq!(broken_promise(&bytes), None);
        }

        #[test]
        fn any_bytes_keep_the_promises(bytes in vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(broken_promise(&bytes), None);
        }
    }

    #[test]
    fn the_kept_inputs_of_the_fuzz_target() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/aws_files");
        let mut count = 0;
        for entry in std::fs::read_dir(folder).expect("the corpus") {
            let path = entry.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("a file");
            assert_eq!(broken_promise(&bytes), None, "{}", path.display());
            count += 1;
        }
        assert!(count >= 20, "only {count} inputs");
    }
}
