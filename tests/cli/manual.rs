//! What is generated from the commands: a page for each, and completions that bash takes.

use crate::support::Home;

/// Names of the commands in the help of these arguments.
fn commands(home: &Home, arguments: &[&str]) -> Vec<String> {
    let help = home.poolkey(&[arguments, &["--help"]].concat()).ok().out;
    let list = help.split("Commands:\n").nth(1).unwrap_or_default();
    list.lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_has_a_page() {
    let home = Home::new();
    let folder = home.path("pages");
    std::fs::create_dir(&folder).unwrap();
    home.poolkey(&["man", "--folder", folder.to_str().unwrap()])
        .ok();
    let all = commands(&home, &[]);
    assert!(all.len() > 15, "{all:?}");
    for command in &all {
        let page = home.read(&format!("pages/poolkey-{command}.1"));
        assert!(page.contains(".SH NAME"), "{command}: {page}");
    }
    for command in commands(&home, &["profile"]) {
        home.read(&format!("pages/poolkey-profile-{command}.1"));
    }
    let own = home.read("pages/poolkey.1");
    assert_eq!(own.trim_end(), home.poolkey(&["man"]).ok().out.trim_end());
    for section in ["EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"] {
        assert!(
            own.contains(&format!(".SH \"{section}\"")) || own.contains(&format!(".SH {section}")),
            "{own}"
        );
    }
    // Where to look when the passphrase is lost.
    assert!(own.contains("secrets.age"), "{own}");
}

#[test]
fn pages_go_to_a_folder_that_is_there() {
    let home = Home::new();
    home.poolkey(&["man", "--folder", "/nowhere/at/all"])
        .fails(7)
        .says("Name a folder that exists");
}

#[test]
fn bash_completes_commands_options_and_values() {
    let home = Home::new();
    let completed = |words: &str, at: usize| {
        let script = format!(
            "source <(\"$POOLKEY\" completions bash)\n\
             COMP_WORDS=({words}) COMP_CWORD={at}\n\
             _poolkey poolkey \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$((COMP_CWORD - 1))]}}\"\n\
             printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        home.shell(&script).ok().out
    };
    assert_eq!(completed("poolkey sign-i", 1), "sign-in\n");
    assert_eq!(completed("poolkey sign-in --pass", 2), "--password-stdin\n");
    let formats = completed("poolkey credentials dev --format ''", 4);
    assert!(formats.lines().any(|line| line == "fish"), "{formats}");
}
