//! A password changed by its owner.

use super::*;

const NEW: &str = "Another-Sunrise-43!";
const WRONG: &str = "NotAuthorizedException: Incorrect username or password.";

fn change(running: &Running, token: &Value, old: &str, new: &str) -> Result<Value, String> {
    let input = json!({
        "AccessToken": token, "PreviousPassword": old, "ProposedPassword": new,
    });
    ask(running, IDP, "ChangePassword", input)
}

fn refused<T>(text: &str) -> Result<T, String> {
    Err(text.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_password_counts_and_sign_ins_go_on() {
    let running = sandbox().await;
    let tokens = sign_in_ana(&running);
    let old = password(&running, "ana");
    let access = &tokens["AccessToken"];
    assert_eq!(
        change(&running, access, "Wrong-Sunrise-42!", NEW),
        refused(WRONG)
    );
    assert_eq!(
        change(&running, access, old, "Another-Sunrise"),
        refused(
            "InvalidPasswordException: Password does not conform to policy: \
             Password must have numeric characters"
        )
    );
    let finish = |password| {
        SrpSignIn::begin(&running, "public", "ana")
            .unwrap()
            .finish(password)
    };
    assert!(finish(old).is_ok());
    assert_eq!(change(&running, access, old, NEW), Ok(json!({})));
    assert_eq!(finish(old), refused(WRONG));
    assert!(finish(NEW).is_ok());
    assert!(refresh(&running, &tokens["RefreshToken"]).is_ok());
    assert_eq!(change(&running, access, NEW, old), Ok(json!({})));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_lock_out_here_as_at_the_sign_in() {
    let running = sandbox().await;
    let access = sign_in_ana(&running)["AccessToken"].clone();
    for _ in 0..5 {
        let wrong = change(&running, &access, "Wrong-Sunrise-42!", NEW);
        assert_eq!(wrong, refused(WRONG));
    }
    let old = password(&running, "ana");
    let locked = "NotAuthorizedException: Password attempts exceeded";
    assert_eq!(change(&running, &access, old, NEW), refused(locked));
    running.clock().advance(SignedDuration::from_secs(1));
    assert_eq!(change(&running, &access, old, NEW), Ok(json!({})));
    // The right one began the count again.
    assert_eq!(change(&running, &access, old, NEW), refused(WRONG));
    assert_eq!(change(&running, &access, NEW, old), Ok(json!({})));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_good_access_token_may() {
    let running = sandbox().await;
    let tokens = sign_in_ana(&running);
    let old = password(&running, "ana");
    let invalid = "NotAuthorizedException: Invalid Access Token";
    assert_eq!(
        change(&running, &tokens["IdToken"], old, NEW),
        refused(invalid)
    );
    running.clock().advance(SignedDuration::from_hours(1));
    let expired = "NotAuthorizedException: Access Token has expired";
    assert_eq!(
        change(&running, &tokens["AccessToken"], old, NEW),
        refused(expired)
    );
    let constraint = "failed to satisfy constraint: Member must satisfy regular expression pattern: \
                      ^[\\S]+.*[\\S]+$";
    for (old, new, name) in [
        (" Wrong-Sunrise-42!", NEW, "previousPassword"),
        (old, "", "proposedPassword"),
    ] {
        assert_eq!(
            change(&running, &tokens["AccessToken"], old, new),
            Err(format!(
                "InvalidParameterException: 1 validation error detected: Value at '{name}' {constraint}"
            ))
        );
    }
}
