//! `Debug` of everything that can hold a secret on the way of a sign-in, at every depth.

use poolkey::adapters::container::Vended;
use poolkey::crypto::browser_answer::BrowserAnswer;
use poolkey::domain::sign_in::{Call, Heard, Move, NewDevice, Reply, SignIn, Step};
use poolkey::domain::{Endpoints, KeptSignIn, Secret, SignInMethod};
use poolkey::ops::ports::{AppClient, CodeGrant, Content, Login, WriteOrder};
use poolkey::ops::session::Obtained;
use poolkey::ops::sign_in::Outcome;

use crate::made::{
    CANARY, answer, asking, challenge, credentials, device, finished, profile, says_nothing,
    secret, session, tokens,
};

#[test]
fn values_of_a_sign_in() {
    says_nothing(&secret());
    says_nothing(&tokens());
    says_nothing(&credentials());
    says_nothing(&session());
    says_nothing(&Vended {
        credentials: credentials(),
        account: None,
    });
    says_nothing(&KeptSignIn {
        refresh_token: secret(),
        username: "ana".to_owned(),
        device_key: None,
    });
    says_nothing(&(device(), answer(), Move::Answer(answer()), finished()));
    says_nothing(&[
        Heard::Reply(Reply::Challenge(challenge("SMS_MFA"))),
        Heard::Associated {
            secret: secret(),
            session: Some(secret()),
        },
        Heard::DeviceConfirmed {
            device: device(),
            ask: true,
        },
    ]);
    says_nothing(&[
        Outcome::Finished(Box::new(finished())),
        Outcome::Asked(asking()),
    ]);
    says_nothing(&Obtained {
        session: session(),
        sign_in_kept: true,
        remark: None,
    });
}

/// The machine holds passwords, answers, sessions and tokens while it waits and while it asks.
#[test]
fn a_sign_in_on_its_way() {
    let mut sign_in = SignIn::new(SignInMethod::Srp, None);
    sign_in.use_device(Some(device()));
    let reply = |name| Heard::Reply(Reply::Challenge(challenge(name)));
    let heard = [
        reply("PASSWORD_VERIFIER"),
        reply("NEW_PASSWORD_REQUIRED"),
        reply("DEVICE_SRP_AUTH"),
        reply("DEVICE_PASSWORD_VERIFIER"),
        reply("SOFTWARE_TOKEN_MFA"),
        reply("CUSTOM_CHALLENGE"),
        Heard::Reply(Reply::Tokens {
            tokens: tokens(),
            new_device: Some(NewDevice {
                device_key: "us-east-1_0b".to_owned(),
                device_group_key: "-0b".to_owned(),
            }),
        }),
        Heard::DeviceConfirmed {
            device: device(),
            ask: true,
        },
    ];
    let answer = || answer().with_text("remember_device", "yes");
    let mut calls = 0;
    let mut check = |sign_in: &SignIn, step: &Step| {
        says_nothing(sign_in);
        says_nothing(step);
        calls += usize::from(matches!(step, Step::Call(_)));
    };
    let step = sign_in.take(Move::Answer(answer())).unwrap();
    check(&sign_in, &step);
    for heard in heard {
        let mut step = sign_in.hear(heard).unwrap();
        check(&sign_in, &step);
        if let Step::Ask = step {
            says_nothing(sign_in.question().unwrap());
            step = sign_in.take(Move::Answer(answer())).unwrap();
            check(&sign_in, &step);
        }
    }
    let step = sign_in.hear(Heard::Done).unwrap();
    assert!(matches!(step, Step::Finish(_)), "{step:?}");
    check(&sign_in, &step);
    assert_eq!(calls, 9, "every call was looked at");
}

#[test]
fn calls_that_set_something_up() {
    let mut sign_in = SignIn::new(SignInMethod::Password, None);
    let _call = sign_in.take(Move::Answer(answer())).unwrap();
    let mut set_up = challenge("MFA_SETUP");
    let factors = "[\"SOFTWARE_TOKEN_MFA\"]".to_owned();
    set_up
        .parameters
        .insert("MFAS_CAN_SETUP".to_owned(), factors);
    let step = sign_in
        .hear(Heard::Reply(Reply::Challenge(set_up)))
        .unwrap();
    says_nothing(&(step, &sign_in));
    let associated = Heard::Associated {
        secret: secret(),
        session: Some(secret()),
    };
    let step = sign_in.hear(associated).unwrap();
    assert!(matches!(step, Step::Ask), "{step:?}");
    says_nothing(&(sign_in.question().unwrap(), &sign_in));
    let step = sign_in.take(Move::Answer(answer())).unwrap();
    says_nothing(&(step, &sign_in));

    says_nothing(&[
        Call::ResetPassword {
            username: "ana".to_owned(),
            code: secret(),
            new_password: secret(),
        },
        Call::ConfirmAccount {
            username: "ana".to_owned(),
            code: secret(),
        },
        Call::UpdateDevice {
            access_token: secret(),
            device_key: "us-east-1_0a".to_owned(),
            remembered: true,
        },
    ]);
}

#[test]
fn values_at_the_ports() {
    says_nothing(&AppClient {
        user_pool_id: "us-east-1_a".parse().unwrap(),
        client_id: "a".parse().unwrap(),
        client_secret: Some(secret()),
        endpoints: Endpoints::AWS,
    });
    says_nothing(&CodeGrant {
        code: &secret(),
        verifier: &secret(),
        redirect_uri: "http://localhost:1",
    });
    let query = Secret::new(format!("code={CANARY}&state=s"));
    let back = BrowserAnswer::of_query(&query, "s", None);
    assert!(matches!(back, BrowserAnswer::Code(_)), "{back:?}");
    says_nothing(&back);
    says_nothing(&Login {
        provider_name: "p".to_owned(),
        token: secret(),
    });
    says_nothing(&WriteOrder {
        aws_profile: "dev",
        content: Content::Keys(&credentials(), &profile().name),
        region: &profile().region(),
        keep_region: false,
        take_over: false,
    });
}
