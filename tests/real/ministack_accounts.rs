//! Accounts at ministack that cannot just sign in, and passwords that are set.
//!
//! ministack cannot: require attributes with a new password, check the session of that challenge or
//! the new password's form in it, let a temporary password expire, ask for a second factor to be set
//! up during a sign-in, send codes by SMS or e-mail as a second factor, or remember devices. It sends
//! the same codes always.

use super::ministack::Setup;
use super::servers::str_of;

const NEW: &str = "Quite-Another-99!";
const WRONG: &str = "error: The username or the password is wrong";

impl Setup {
    fn password_of<'a>(&'a self, name: &str) -> &'a str {
        str_of(&self.about()[name], "password")
    }
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_temporary_password_is_replaced() {
    let setup = Setup::start();
    for (name, client, method, typed) in [
        ("nina", "public", "srp", "nina"),
        ("nora", "confidential", "srp", "nora@example.com"),
        ("nell", "confidential", "password", "nell@example.com"),
    ] {
        setup.add_profile(name, setup.about(), client, method);
        let temporary = setup.password_of(name);
        let asked = setup.sign_in(name, typed, "", temporary).expect(3);
        asked.says(&["NEW_PASSWORD_REQUIRED", "--new-password-stdin"]);

        let both = format!("{temporary}\n{NEW}\n");
        let done = setup.sign_in(name, typed, " --new-password-stdin", &both);
        let done = done.expect(0);
        let line = format!("Signed in to {name} as {name}\n");
        assert!(done.stdout.starts_with(&line), "{done:?}");
        setup.check_caller(name);
        setup.refresh(name);
        let refused = setup.sign_in(name, typed, "", temporary).expect(5);
        refused.says(&[WRONG]);
        setup.sign_in(name, typed, "", NEW).expect(0);
    }
}

/// By somebody who says so, and by one whose password an administrator reset.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_forgotten_password() {
    let setup = Setup::start();
    for (name, client, begin) in [
        ("ana", "confidential", " --forgot-password"),
        ("rita", "public", ""),
    ] {
        setup.add_profile(name, setup.about(), client, "srp");
        let email = format!("{name}@example.com");
        let old = setup.password_of(name);
        let with_code = |code: &str, new: &str| {
            let options = format!(" --new-password-stdin --answer confirmation_code={code}{begin}");
            setup.sign_in(name, &email, &options, &format!("{old}\n{new}\n"))
        };
        let asked = setup.sign_in(name, &email, begin, old).expect(3);
        asked.says(&["RESET_REQUIRED", "confirmation_code"]);
        with_code("111111", NEW)
            .expect(5)
            .says(&["CodeMismatchException"]);
        with_code("654321", "short")
            .expect(5)
            .says(&["InvalidPasswordException"]);
        let done = with_code("654321", NEW).expect(0);
        assert!(
            done.stdout
                .starts_with(&format!("Signed in to {name} as {name}\n"))
        );
        setup.check_caller(name);
        setup
            .sign_in(name, &email, "", old)
            .expect(5)
            .says(&[WRONG]);
    }
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn an_account_is_confirmed() {
    let setup = Setup::start();
    setup.add_profile("uma", setup.about(), "confidential", "srp");
    let password = setup.password_of("uma");
    let with_code = |code: &str| {
        let answer = format!(" --answer confirmation_code={code}");
        setup.sign_in("uma", "uma", &answer, password)
    };
    let asked = setup.sign_in("uma", "uma", "", password).expect(3);
    asked.says(&["UNCONFIRMED", "confirmation_code"]);
    with_code("654321")
        .expect(5)
        .says(&["CodeMismatchException"]);
    with_code("123456").expect(0);
    setup.check_caller("uma");
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_disabled_account() {
    let setup = Setup::start();
    setup.add_profile("dan", setup.about(), "public", "srp");
    let refused = setup.sign_in("dan", "dan", "", setup.password_of("dan"));
    refused.expect(5).says(&["User is disabled.", "hint: "]);
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn another_password_for_somebody_who_is_signed_in() {
    let setup = Setup::start();
    setup.add_profile("ana", setup.about(), "confidential", "srp");
    let old = setup.ana("password");
    setup.sign_in("ana", "ana", "", old).expect(0);
    let change = |from: &str, to: &str| {
        let command = "change-password ana --password-stdin --new-password-stdin --no-input";
        setup.env.poolkey(command, &format!("{from}\n{to}\n"))
    };
    change("Wrong-Password-1!", NEW)
        .expect(5)
        .says(&["NotAuthorizedException"]);
    change(old, "short")
        .expect(5)
        .says(&["InvalidPasswordException"]);
    change(old, NEW).expect(0);
    setup.refresh("ana");
    setup
        .sign_in("ana", "ana", "", old)
        .expect(5)
        .says(&[WRONG]);
    setup.sign_in("ana", "ana", "", NEW).expect(0);
}

/// Questions of the pool's own triggers, which ministack runs: alone, and after the password's proof,
/// where ministack allows no second try.
#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn custom_questions() {
    let setup = Setup::start();
    let password = setup.ana("password");
    let sign_in = |method: &str, answers: &str| setup.sign_in(method, "ana", answers, password);
    let wrong = " --answer answer=bear";
    setup.add_profile("custom", setup.about(), "public", "custom");
    for answers in ["", wrong] {
        let asked = sign_in("custom", answers).expect(3);
        asked.says(&["CUSTOM_CHALLENGE"]);
    }
    let refused = sign_in("custom", &wrong.repeat(2)).expect(5);
    refused.says(&["NotAuthorizedException"]);
    let right = " --answer answer=lark";
    sign_in("custom", &format!("{wrong}{right}")).expect(0);

    setup.add_profile("custom-srp", setup.about(), "confidential", "custom-srp");
    sign_in("custom-srp", wrong).expect(5);
    let right = " --answer answer=frog";
    let refused = setup.sign_in("custom-srp", "ana", right, "Wrong-Password-1!");
    refused.expect(5).says(&[WRONG]);
    sign_in("custom-srp", right).expect(0);

    for method in ["custom", "custom-srp"] {
        setup.check_caller(method);
        setup.refresh(method);
    }
}
