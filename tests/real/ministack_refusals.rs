//! What ministack refuses as the service does: the exit code, Poolkey's sentence, AWS's own words.

use super::ministack::Setup;
use super::servers::str_of;

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_wrong_password() {
    let setup = Setup::start();
    for method in ["srp", "password"] {
        setup.add_profile(method, &setup.server.about, "public", method);
        let refused = setup.sign_in(method, "ana", "", "Wrong-Password-1!");
        refused.expect(5).says(&[
            "error: The username or the password is wrong",
            "NotAuthorizedException",
            "Incorrect username or password.",
        ]);
        let status = setup.env.poolkey(&format!("status {method} --json"), "");
        assert_eq!(status.expect(0).json()["signed_in"], false);
    }
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_wrong_or_missing_client_secret() {
    let setup = Setup::start();
    let about = &setup.server.about;
    let client = &about["confidential"];
    let ana = &about["ana"];
    let password = str_of(ana, "password");

    setup.add_profile_with(
        "wrong",
        about,
        client,
        Some("0not0the0secret0of0this0client0"),
        "srp",
    );
    let refused = setup.sign_in("wrong", "ana", "", password).expect(5);
    refused.says(&[
        "error: The app client secret is wrong",
        "Unable to verify secret hash for client",
        "hint: ",
    ]);

    setup.add_profile_with("missing", about, client, None, "srp");
    let refused = setup.sign_in("missing", "ana", "", password).expect(5);
    refused.says(&[
        "error: This app client has a secret, but the profile has none",
        "is configured with secret but SECRET_HASH was not received",
    ]);

    let public = &about["public"];
    setup.add_profile_with(
        "needless",
        about,
        public,
        Some("0secret0that0nobody0asked0for00"),
        "srp",
    );
    let refused = setup.sign_in("needless", "ana", "", password).expect(5);
    refused.says(&["error: This app client has no secret, but the profile has one"]);
}

#[test]
#[ignore = "needs ministack and boto3; ./tests/run runs it"]
fn a_token_of_a_pool_the_identity_pool_does_not_know() {
    let setup = Setup::start();
    let foreign = &setup.server.about["foreign"];
    setup.add_profile("foreign", foreign, "public", "srp");
    let refused = setup.sign_in("foreign", "eva", "", str_of(foreign, "password"));
    let refused = refused.expect(5);
    refused.says(&[
        "error: The identity pool does not accept tokens from this user pool",
        "NotAuthorizedException",
        "Token is not from a supported provider of this identity pool.",
        "hint: ",
    ]);
    assert_eq!(refused.stdout, "");
    let process = setup.env.poolkey("credential-process foreign", "");
    assert_eq!(process.expect(5).stdout, "");
}
