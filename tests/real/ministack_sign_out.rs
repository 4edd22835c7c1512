//! Signing out at ministack. Poolkey forgets its refresh token then, so a copy that was taken before
//! shows whether the server has ended it.
//!
//! ministack cannot: rotate refresh tokens, want a device's key with a refresh, or refuse to revoke
//! without the client's secret.

use super::env::TestEnv;
use super::ministack::Setup;
use super::store::expire;

const KEPT: &str = "state/secrets.age";

/// What is kept at this moment, as a thief would have it.
pub fn copy(env: &TestEnv) -> Vec<u8> {
    std::fs::read(env.path(KEPT)).unwrap()
}

/// Whoever put a copy back asks for credentials, past the ones that were kept: exit code and words.
pub fn used(setup: &Setup, copy: &[u8], name: &str) -> super::process::Done {
    std::fs::write(setup.env.path(KEPT), copy).unwrap();
    expire(&setup.env, name);
    let command = format!("credential-process {name} -v");
    setup.env.poolkey(&command, "")
}

fn is_signed_in(setup: &Setup, name: &str) -> bool {
    let status = setup.env.poolkey(&format!("status {name} --json"), "");
    status.expect(0).json()["signed_in"] == true
}

/// Two machines of ana's.
fn signed_in_twice(client: &str) -> Setup {
    let setup = Setup::start();
    for name in ["here", "there"] {
        setup.add_profile(name, setup.about(), client, "srp");
        setup
            .sign_in(name, "ana", "", setup.ana("password"))
            .expect(0);
    }
    setup
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_revoked_refresh_token_is_refused() {
    for client in ["public", "confidential"] {
        let setup = signed_in_twice(client);
        let before = copy(&setup.env);
        setup.env.poolkey("sign-out here", "").expect(0);
        assert!(!is_signed_in(&setup, "here"));
        setup.env.poolkey("credential-process here", "").expect(3);

        let refused = used(&setup, &before, "here").expect(3);
        refused.says(&["Refresh Token has been revoked", "hint: "]);
        assert_eq!(refused.stdout, "");
        assert!(!is_signed_in(&setup, "here"), "a dead token was kept");
        // The other machine's is another one. Their one user's identity ID went with the sign-out.
        setup.refresh_with("there", "new");
    }
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn everywhere_ends_the_other_sign_in_too() {
    let setup = signed_in_twice("public");
    let before = copy(&setup.env);
    setup
        .env
        .poolkey("sign-out here --everywhere", "")
        .expect(0);
    expire(&setup.env, "there");
    let refused = setup.env.poolkey("credential-process there", "").expect(3);
    refused.says(&["Refresh Token has been revoked"]);
    used(&setup, &before, "here").expect(3);
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn here_only_leaves_the_refresh_token_alive() {
    let setup = signed_in_twice("public");
    let before = copy(&setup.env);
    setup.env.poolkey("sign-out here --here", "").expect(0);
    assert!(!is_signed_in(&setup, "here"));
    used(&setup, &before, "here")
        .expect(0)
        .says(&["Refresh token"]);
}
