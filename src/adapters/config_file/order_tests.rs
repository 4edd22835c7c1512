//! Moving entries in a real file: every other byte stays what and where it was.

use super::tests::{file, run};
use super::*;
use crate::domain::Spot;

const POOL: &str = "user_pool_id = \"eu-west-1_aB3dE5gH7\"\n\
                    client_id = \"1h57kf5cpq17m0eml12example\"\n\
                    identity_pool_id = \"eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e\"\n";

fn entry(name: &str, rest: &str) -> String {
    format!("[[profile]]\nname = \"{name}\" # {name}\n{POOL}{rest}")
}

fn name(text: &str) -> ProfileName {
    text.parse().unwrap()
}

fn place(spot: Spot, group: Option<&str>) -> Arrangement {
    let group = group.map(str::to_owned);
    Arrangement::Place { spot, group }
}

fn names(file: &ConfigFile) -> String {
    let profiles = file.read().unwrap().profiles;
    let names: Vec<&str> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    names.join(" ")
}

/// Three entries with everything that people write around them.
fn three() -> [String; 3] {
    let developer = "sign_in = \"developer\"\n[profile.developer]\n# whose\ncommand = \"x\"\n";
    let c = entry("c", developer).replace("client_id", "# client_id");
    [
        entry("a", "group = \"G\" # of a\n"),
        format!(
            "# about b\n# and more\n{}",
            entry("b", "scopes_of_mine = [\n  1, # one\n]\n")
        ),
        c.replace("user_pool_id", "# user_pool_id"),
    ]
}

#[test]
fn an_entry_moves_with_its_comments_and_tables() {
    let [a, b, c] = three();
    let text = format!("# my pools\ntheme = \"dark\"\n\n{a}\n\n{b}\n# apart\n\n{c}\n# the end");
    for ending in ["\n", "\r\n"] {
        let written = |text: &str| text.replace('\n', ending);
        let (_folder, file) = file(&written(&text));
        let to = place(Spot::Before(name("a")), None);
        run(file.arrange(&[name("c")], &to)).unwrap();
        let after = std::fs::read_to_string(&file.path).unwrap();
        let wanted =
            format!("# my pools\ntheme = \"dark\"\n\n{c}\n\n{a}\n# apart\n\n{b}\n# the end");
        assert_eq!(after, written(&wanted), "{ending:?}");
        assert_eq!(names(&file), "c a b");

        let to = place(Spot::After(name("b")), Some("G"));
        run(file.arrange(&[name("c")], &to)).unwrap();
        assert_eq!(names(&file), "a b c");
        let groups = file.read().unwrap().profiles;
        let groups: Vec<_> = groups.iter().map(|one| one.group.as_deref()).collect();
        assert_eq!(groups, [Some("G"), None, Some("G")]);
        let after = std::fs::read_to_string(&file.path).unwrap();
        for kept in [
            "# about b",
            "# of a",
            "# one",
            "# whose",
            "# apart",
            "# the end",
        ] {
            assert!(after.contains(kept), "{kept}: {after}");
        }
        let ends = after.matches('\n').count();
        let crlf = after.matches("\r\n").count();
        assert_eq!(crlf, if ending == "\r\n" { ends } else { 0 }, "{after:?}");
    }
}

#[test]
fn the_last_line_may_lack_its_end() {
    let [a, b, _] = three();
    let (_folder, file) = file(format!("{a}{b}").trim_end());
    run(file.arrange(&[name("b")], &place(Spot::Before(name("a")), None))).unwrap();
    assert_eq!(names(&file), "b a");
}

#[test]
fn several_move_together_and_the_unknown_are_left_out() {
    let text = [
        entry("a", ""),
        entry("b", ""),
        entry("c", ""),
        entry("d", ""),
    ]
    .join("\n");
    let (_folder, file) = file(&text);
    let moved = [name("a"), name("gone"), name("b")];
    run(file.arrange(&moved, &place(Spot::After(name("d")), Some("G")))).unwrap();
    assert_eq!(names(&file), "c d a b");
    run(file.arrange(&moved, &place(Spot::After(name("gone")), None))).unwrap();
    assert_eq!(names(&file), "c d a b");
    run(file.arrange(&moved, &Arrangement::Favorite(true))).unwrap();
    let read = file.read().unwrap().profiles;
    let favorites: Vec<bool> = read.iter().map(|profile| profile.favorite).collect();
    assert_eq!(favorites, [false, false, true, true]);
    run(file.arrange(&moved, &Arrangement::Favorite(false))).unwrap();
    let after = std::fs::read_to_string(&file.path).unwrap();
    assert!(!after.contains("favorite"), "{after}");
}

#[test]
fn edits_at_the_same_time_lose_nothing() {
    let text = [entry("a", ""), entry("b", ""), entry("c", "")].join("\n");
    let (_folder, file) = file(&text);
    let path = file.path.clone();
    let other = std::thread::Builder::new().spawn(move || {
        let file = ConfigFile::new(path);
        for group in ["G", "H", "I", "J"] {
            let group = Arrangement::Group(Some(group.to_owned()));
            run(file.arrange(&["b".parse().unwrap()], &group)).unwrap();
        }
    });
    for round in 0..4 {
        let spots = [Spot::Before(name("a")), Spot::After(name("b"))];
        let [first, second] = spots;
        let spot = if round % 2 == 0 { first } else { second };
        run(file.arrange(&[name("c")], &place(spot, None))).unwrap();
    }
    other.unwrap().join().unwrap();
    assert_eq!(names(&file), "a b c");
    let b = file.read().unwrap().profiles.remove(1);
    assert_eq!(b.group.as_deref(), Some("J"));
}

#[test]
fn sorting_and_collapsed_groups_are_kept() {
    let (_folder, file) = file("");
    run(file.sort(ListOrder::Expiry)).unwrap();
    run(file.fold(&["G".to_owned()])).unwrap();
    let read = file.read().unwrap();
    assert_eq!(read.settings.list_order, ListOrder::Expiry);
    assert_eq!(read.folded, ["G"]);
    run(file.sort(ListOrder::Arranged)).unwrap();
    run(file.fold(&[])).unwrap();
    assert_eq!(std::fs::read_to_string(&file.path).unwrap(), "");
    let (_folder, wrong) = self::file("sort = \"size\"\n");
    assert!(wrong.read().unwrap_err().sentence.contains("line 1: sort"));
}
