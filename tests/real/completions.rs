//! What the program hands to shells for completing, taken by zsh and fish. bash is asked in `tests/cli`.

use super::env::TestEnv;

const POOLKEY: &str = env!("CARGO_BIN_EXE_poolkey");

#[test]
#[ignore = "needs fish; ./tests/run runs it"]
fn fish_completes() {
    let env = TestEnv::new("memory");
    for (typed, wanted) in [("sign-i", "sign-in\t"), ("exec --he", "--help\t")] {
        let script = format!("{POOLKEY} completions fish | source; complete -C 'poolkey {typed}'");
        let told = env.run("fish", &["-c", &script], "").expect(0).stdout;
        assert!(told.starts_with(wanted), "{typed}: {told}");
    }
}

#[test]
#[ignore = "needs zsh; ./tests/run runs it"]
fn zsh_takes_the_function() {
    let env = TestEnv::new("memory");
    // As compinit finds it: the file's first line names the command, its function is loaded on first use.
    let script = format!(
        "mkdir functions && {POOLKEY} completions zsh >functions/_poolkey && fpath=($PWD/functions $fpath) \
         && autoload -U compinit && compinit -D -u && print $_comps[poolkey] && zsh -n functions/_poolkey"
    );
    let told = env.run("zsh", &["-f", "-c", &script], "").expect(0);
    assert_eq!(
        (told.stdout.as_str(), told.stderr.as_str()),
        ("_poolkey\n", "")
    );
}
