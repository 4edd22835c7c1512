//! The list of what the program is made of, held against what it is built from.
//!
//! `POOLKEY_WRITE=1 cargo test --test tidy licenses` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const LIST: &str = "assets/licenses.txt";

/// Every package that ends up in the program on some system, with the kinds of dependency that do.
fn shipped() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nodes: BTreeMap<String, Vec<Value>> = list(&told["resolve"]["nodes"])
        .iter()
        .map(|node| (text(&node["id"]), list(&node["deps"])))
        .collect();
    let (mut seen, mut next) = (BTreeSet::new(), vec![text(&told["resolve"]["root"])]);
    while let Some(id) = next.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        for dependency in &nodes[&id] {
            // What only builds or tests the program is not in it.
            let is_in_it = list(&dependency["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null());
            if is_in_it {
                next.push(text(&dependency["pkg"]));
            }
        }
    }
    let own = text(&told["resolve"]["root"]);
    let mut lines: Vec<String> = list(&told["packages"])
        .iter()
        .filter(|package| seen.contains(&text(&package["id"])) && text(&package["id"]) != own)
        .map(|package| {
            let (name, version) = (text(&package["name"]), text(&package["version"]));
            let license = text(&package["license"]).replace('/', " OR ");
            assert!(!license.is_empty(), "{name} names no license");
            format!("{name} {version} · {license}")
        })
        .collect();
    lines.sort();
    lines.join("\n") + "\n"
}

#[test]
fn the_list_of_licenses_is_that_of_the_packages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST);
    let shipped = shipped();
    if std::env::var_os("POOLKEY_WRITE").is_some() {
        std::fs::write(&path, &shipped).unwrap();
    }
    let listed = std::fs::read_to_string(&path).unwrap_or_default();
    let (shipped, listed): (BTreeSet<_>, BTreeSet<_>) =
        (shipped.lines().collect(), listed.lines().collect());
    let missing: Vec<_> = shipped.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&shipped).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not in {LIST}: {missing:?}\nno longer used: {gone:?}\nwrite it with POOLKEY_WRITE=1"
    );
    assert!(listed.len() > 100, "the program has many parts");
}
