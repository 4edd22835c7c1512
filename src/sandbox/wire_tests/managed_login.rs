//! Managed login as a browser meets it: pages, cookies, forms, and redirects followed by hand.

use std::fmt::Write as _;

use super::*;

/// RFC 7636, appendix B.
pub(super) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(super) const CALLBACK: &str = "http://localhost:8976/callback";

/// A browser: keeps cookies, follows nothing by itself.
pub(super) struct Browser<'r> {
    pub(super) running: &'r Running,
    cookies: Vec<(String, String)>,
}

impl<'r> Browser<'r> {
    pub(super) fn new(running: &'r Running) -> Self {
        let cookies = Vec::new();
        Self { running, cookies }
    }

    pub(super) fn get(&mut self, path: &str) -> Answered {
        self.send("GET", path, "")
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Answered {
        let mut headers = String::new();
        for (name, value) in &self.cookies {
            write!(headers, "cookie: {name}={value}\r\n").unwrap();
        }
        let (answered, raw) = web(self.running, method, path, &headers, body);
        for line in raw.lines() {
            let Some(cookie) = line.strip_prefix("set-cookie: ") else {
                continue;
            };
            assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"));
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !cookie.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answered
    }

    /// Fills the form of `page` in and sends it.
    pub(super) fn submit(&mut self, page: &Answered, fields: &[(&str, &str)]) -> Answered {
        assert_eq!(page.status, 200, "{}", page.body);
        let action = between(&page.body, "<form method=\"post\" action=\"", "\"");
        let mut form = form_urlencoded::Serializer::new(String::new());
        for hidden in page.body.split("<input type=\"hidden\" name=\"").skip(1) {
            let name = between(hidden, "", "\"");
            form.append_pair(name, between(hidden, "value=\"", "\""));
        }
        let body = form.extend_pairs(fields).finish();
        self.send("POST", &action.replace("&amp;", "&"), &body)
    }

    /// From the app's request to the page it leads to.
    pub(super) fn open(&mut self, query: &str) -> Answered {
        let answered = self.get(&format!("/oauth2/authorize?{query}"));
        assert_eq!(answered.status, 302, "{}", answered.body);
        self.get(&location(&answered))
    }

    pub(super) fn sign_in_ana(&mut self, query: &str) -> String {
        let page = self.open(query);
        let fields = [("username", "ana"), ("password", "Demo-Sunrise-42!")];
        let done = self.submit(&page, &fields);
        assert_eq!(done.status, 302, "{}", done.body);
        location(&done)
    }
}

/// One request; the answer, and its head as it was sent.
pub(super) fn web(
    running: &Running,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> (Answered, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port(running))).unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n{headers}\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let answered = Answered {
        status: head[9..12].parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    };
    (answered, head.to_owned())
}

pub(super) fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let from = text.find(start).unwrap() + start.len();
    let rest = &text[from..];
    &rest[..rest.find(end).unwrap()]
}

pub(super) fn location(answered: &Answered) -> String {
    format!("{}\r\n", answered.head)
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .unwrap()
        .to_owned()
}

/// The value of a parameter of a URL.
pub(super) fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// The query of a good request of the public client, with `more` in place of what it names.
pub(super) fn request(more: &[(&str, &str)]) -> String {
    let usual = [
        ("response_type", "code"),
        ("client_id", "1poolkeysandboxpublic00001"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid email"),
        ("state", "st/a te&+=%41"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let kept = usual
        .into_iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept).extend_pairs(more).finish()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_leads_back_with_a_code_and_the_state_untouched() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    let page = browser.open(&request(&[("login_hint", "a\"><b>na")]));
    assert!(page.body.contains("value=\"a&quot;&gt;&lt;b&gt;na\""));
    assert!(page.head.contains("default-src 'none'"), "{}", page.head);
    assert!(
        page.head
            .contains("form-action 'self' http://localhost:8976;")
    );
    for id in ["username", "password"] {
        assert!(page.body.contains(&format!("<label for=\"{id}\">")));
    }

    let wrong = browser.submit(&page, &[("username", "<i>"), ("password", "x")]);
    assert!(wrong.body.contains("Incorrect username or password."));
    assert!(wrong.body.contains("value=\"&lt;i&gt;\"") && !wrong.body.contains("<i>"));
    let fields = [("username", "ana"), ("password", "Demo-Sunrise-42!")];
    let done = location(&browser.submit(&wrong, &fields));
    assert!(done.starts_with(&format!("{CALLBACK}?")), "{done}");
    assert_eq!(parameter(&done, "state").unwrap(), "st/a te&+=%41");
    assert_eq!(parameter(&done, "code").unwrap().len(), 36);
    assert_eq!(running.calls("login"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused() {
    let running = sandbox().await;
    let page = Browser::new(&running).open(&request(&[]));
    let fields = [("username", "ana"), ("password", "Demo-Sunrise-42!")];
    // Another browser: it has no cookie, or its own.
    let mut other = Browser::new(&running);
    assert_eq!(other.submit(&page, &fields).status, 403);
    other.open(&request(&[]));
    assert_eq!(other.submit(&page, &fields).status, 403);
    let page = other.open(&request(&[("identity_provider", "Google")]));
    assert_eq!(Browser::new(&running).submit(&page, &[]).status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn second_factors_are_asked_for_on_the_second_page() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    let page = browser.open(&request(&[]));
    let fields = [("username", "tom"), ("password", "Demo-Harbor-77!")];
    let second = browser.submit(&page, &fields);
    assert!(second.body.contains("<label for=\"code\">"));
    let wrong = browser.submit(&second, &[("code", "abcdef")]);
    assert!(wrong.body.contains("Invalid code received for user"));
    let secret = Secret::new("POOLKEYSANDBOXDEMOTOMCODE234567A".to_owned());
    let now = Timestamp::from_second(NOW).unwrap();
    let code = code_at(&secret, now).unwrap().expose().to_owned();
    let done = browser.submit(&wrong, &[("code", &code)]);
    assert!(parameter(&location(&done), "code").is_some());
    let again = browser.submit(&wrong, &[("code", &code)]);
    assert!(again.body.contains("session is expired"), "{}", again.body);

    // The same code once more, in a sign-in of its own; then too late for one.
    let page = browser.open(&request(&[("prompt", "login")]));
    let second = browser.submit(&page, &fields);
    let used = browser.submit(&second, &[("code", &code)]);
    assert!(used.body.contains("already been used once"));
    running.clock().advance(SignedDuration::from_mins(3));
    let late = browser.submit(&second, &[("code", &code)]);
    assert!(late.body.contains("session is expired"));

    let page = browser.open(&request(&[("prompt", "login")]));
    let fields = [("username", "emma"), ("password", "Demo-Meadow-13!")];
    let second = browser.submit(&page, &fields);
    let code = running.last_code("emma").unwrap();
    let done = browser.submit(&second, &[("code", &code)]);
    assert!(parameter(&location(&done), "code").is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_sign_in_is_told_why() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    for (username, password, message) in [
        ("uma", "Demo-Willow-16!", "User is not confirmed."),
        ("nina", "Demo-Orchard-11!", "something to set up first"),
        ("mia", "Demo-Pebble-15!", "something to set up first"),
        ("nobody", "x", "Incorrect username or password."),
    ] {
        let page = browser.open(&request(&[]));
        let fields = [("username", username), ("password", password)];
        let again = browser.submit(&page, &fields);
        assert!(again.body.contains(message), "{username}: {}", again.body);
    }
    let page = browser.open(&request(&[]));
    for _ in 0..5 {
        browser.submit(&page, &[("username", "ana"), ("password", "x")]);
    }
    let fields = [("username", "ana"), ("password", "Demo-Sunrise-42!")];
    let locked = browser.submit(&page, &fields);
    assert!(locked.body.contains("Password attempts exceeded"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_stays_signed_in_for_an_hour() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    browser.sign_in_ana(&request(&[]));
    let mut asks = |more: &[(&str, &str)]| {
        let answered = browser.get(&format!("/oauth2/authorize?{}", request(more)));
        let to = location(&answered);
        (to.split('?').next().unwrap().to_owned(), to)
    };
    assert!(parameter(&asks(&[]).1, "code").is_some());
    assert_eq!(asks(&[("identity_provider", "COGNITO")]).0, CALLBACK);
    assert_eq!(asks(&[("prompt", "login")]).0, "/login");
    assert_eq!(asks(&[("identity_provider", "Google")]).0, "/idp");
    running.clock().advance(SignedDuration::from_mins(59));
    assert_eq!(asks(&[]).0, CALLBACK);
    assert!(running.set_enabled("ana", false));
    assert_eq!(asks(&[]).0, "/login");
    assert!(running.set_enabled("ana", true));
    running.clock().advance(SignedDuration::from_mins(1));
    assert_eq!(asks(&[]).0, "/login");
    let (to, url) = asks(&[("prompt", "none")]);
    assert_eq!(
        (to.as_str(), parameter(&url, "error").unwrap().as_str()),
        (CALLBACK, "login_required")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_forgets_the_browser() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    browser.sign_in_ana(&request(&[]));
    let client = "client_id=1poolkeysandboxpublic00001";
    let stranger = browser.get(&format!("/logout?{client}&logout_uri=http://evil.example/"));
    assert_eq!(location(&stranger), "/error?error=redirect_mismatch");
    let authorize = format!("/oauth2/authorize?{}", request(&[]));
    assert!(location(&browser.get(&authorize)).starts_with(CALLBACK));

    let cookies = browser.cookies.clone();
    let out = browser.get(&format!(
        "/logout?{client}&logout_uri=http://localhost:8977/signed-out"
    ));
    assert_eq!(location(&out), "http://localhost:8977/signed-out");
    assert!(location(&browser.get(&authorize)).starts_with("/login?"));
    // Not only the cookie is gone: who kept it is signed out as well.
    browser.cookies = cookies;
    assert!(location(&browser.get(&authorize)).starts_with("/login?"));

    browser.sign_in_ana(&request(&[]));
    let query = request(&[]);
    let out = browser.get(&format!("/logout?{query}"));
    assert_eq!(location(&out), format!("/login?{query}"));
    assert!(location(&browser.get(&authorize)).starts_with("/login?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_back_stays_on_the_error_page() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    for wrong in [
        ("redirect_uri", "http://localhost:8976/callback/"),
        ("redirect_uri", "http://localhost:9000/callback"),
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", ""),
        ("client_id", "unknown"),
    ] {
        for path in ["/oauth2/authorize", "/login", "/idp"] {
            let answered = browser.get(&format!("{path}?{}", request(&[wrong])));
            assert_eq!(
                location(&answered),
                "/error?error=redirect_mismatch",
                "{wrong:?}"
            );
        }
    }
    let page = browser.get("/error?error=redirect_mismatch");
    assert!(page.status == 400 && page.body.contains("redirect_mismatch"));
    let page = browser.get("/error?error=%3Cscript%3E");
    assert!(page.body.contains("&lt;script&gt;") && !page.body.contains("<script"));

    assert!(running.set_callback_urls("public", &["http://localhost:9000/callback"]));
    let wrong = ("redirect_uri", "http://localhost:9000/callback");
    let answered = browser.get(&format!("/oauth2/authorize?{}", request(&[wrong])));
    assert!(location(&answered).starts_with("/login?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_of_a_known_app_are_sent_back_to_it() {
    let running = sandbox().await;
    let mut browser = Browser::new(&running);
    for (name, value, error) in [
        ("response_type", "", "invalid_request"),
        ("response_type", "token", "unauthorized_client"),
        ("scope", "openid admin", "invalid_scope"),
        ("scope", "email", "invalid_scope"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge", "", "invalid_request"),
        ("identity_provider", "google", "invalid_request"),
    ] {
        let path = format!("/oauth2/authorize?{}", request(&[(name, value)]));
        let to = location(&browser.get(&path));
        assert!(to.starts_with(&format!("{CALLBACK}?")), "{name}: {to}");
        assert_eq!(parameter(&to, "error").unwrap(), error, "{name}={value}");
        assert_eq!(parameter(&to, "state").unwrap(), "st/a te&+=%41");
    }
    let page = browser.open(&request(&[]));
    let cancel = between(&page.body, "id=\"cancel\" href=\"", "\"").replace("&amp;", "&");
    assert!(cancel.starts_with(CALLBACK));
    assert_eq!(parameter(&cancel, "error").unwrap(), "access_denied");
    assert_eq!(parameter(&cancel, "state").unwrap(), "st/a te&+=%41");
}
