//! What every answer carries, and answers that are delayed, broken or cut.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn answers_have_the_clock_in_them_and_can_be_broken() {
    let running = sandbox().await;
    let ask_user = || call(&running, IDP, "GetUser", &json!({ "AccessToken": "x" }));
    let plain = ask_user();
    assert!(
        plain.head.contains("date: wed, 18 nov 2026"),
        "{}",
        plain.head
    );
    assert!(plain.head.contains("x-amzn-requestid: "));
    assert_eq!(plain.head.matches("\ndate:").count(), 1);

    running.next_answer("GetUser", Fault::Status500);
    assert_eq!(ask_user().status, 500);
    running.next_answer("GetUser", Fault::Drop);
    let headers = format!("x-amz-target: {IDP}.GetUser\r\n");
    assert!(post(&running, &headers, "{}").is_err());
    running.next_answer("GetUser", Fault::Delay(Duration::from_millis(1)));
    assert_eq!(ask_user().status, 400);
    assert_eq!(running.calls("GetUser"), 4);

    let unknown = call(&running, IDP, "AdminDeleteUser", &json!({}));
    assert_eq!(unknown.json()["__type"], "UnknownOperationException");
    let jwks = exchange(&running, &format!(
        "GET /{USER_POOL_ID}/.well-known/jwks.json HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    )).unwrap();
    assert_eq!(jwks.json()["keys"][0]["alg"], "RS256");
}
