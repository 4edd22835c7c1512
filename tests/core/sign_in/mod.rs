//! Every flow and every challenge of a user pool, from the first question to credentials or to the
//! right refusal.
//!
//! One file per area. Deliberately absent: managed login (see `browser`), and the orders that only
//! the state machine can be led into, which are in its own tests.

mod accounts;
mod choice;
mod codes;
mod custom;
mod devices;
mod new_password;
mod passwords;
mod refreshing;
mod restarts;
mod set_up;
mod strange_pools;

use poolkey::crypto::totp;
use poolkey::domain::sign_in::{Answer, Move, SignIn};
use poolkey::domain::{Problem, Secret, SignInMethod};
use poolkey::ops::sign_in::Outcome;

use crate::support::{Bench, asked, bench, finished, secret};

/// The two methods that begin with a password and do not ask for more by themselves.
const WITH_PASSWORD: [SignInMethod; 2] = [SignInMethod::Srp, SignInMethod::Password];

/// A bench for that user with that method.
async fn bench_by(username: &str, method: SignInMethod) -> Bench {
    let mut bench = bench(username).await;
    bench.profile.sign_in = method;
    bench
}

impl Bench {
    /// The code that user's authenticator shows now.
    fn code_of(&self, username: &str) -> Secret {
        let users = &self.sandbox.description().users;
        let user = users.iter().find(|user| user.username == username);
        self.code_by(&secret(user.unwrap().totp_secret.unwrap()))
    }

    /// The code an authenticator with that key shows now.
    fn code_by(&self, key: &Secret) -> Secret {
        totp::code_at(key, self.sandbox.clock().now()).unwrap()
    }

    /// The newest code that was sent to that user.
    fn delivered(&self, username: &str) -> Secret {
        secret(&self.sandbox.last_code(username).unwrap())
    }

    /// A sign-in that has not begun.
    fn first_question(&self) -> Box<SignIn> {
        Box::new(SignIn::new(self.profile.sign_in, None))
    }

    /// Begins with the name alone, where the method asks for no more.
    async fn begin_by_name(&self, typed: &str) -> Result<Outcome, Problem> {
        let answer = Answer::default().with_text("username", typed);
        self.go_on(self.first_question(), Move::Answer(answer))
            .await
    }

    /// Begins as a demo user with the right password.
    async fn begin_as(&self, username: &str) -> Outcome {
        let password = self.password(username);
        self.begin(username, &password).await.unwrap()
    }

    /// Chooses from a list, or answers a custom challenge.
    async fn choose(&self, sign_in: Box<SignIn>, choice: &str) -> Result<Outcome, Problem> {
        let answer = Answer::default().with_text("answer", choice);
        self.go_on(sign_in, Move::Answer(answer)).await
    }

    /// Exchanges, keeps and renews what a sign-in brought; it was that user's.
    async fn works_for(&self, outcome: Outcome, username: &str) {
        let obtained = self.finish(finished(outcome)).await.unwrap();
        assert_eq!(obtained.session.username, username);
        assert!(obtained.sign_in_kept && obtained.remark.is_none());
        let renewed = self.renew().await.unwrap().session;
        assert_eq!(renewed.username, username);
    }
}

/// The same question again, because of that error code.
fn asked_again(outcome: Outcome, challenge: &str, code: &str) -> Box<SignIn> {
    let sign_in = asked(outcome, challenge);
    assert_eq!(problem(&sign_in).aws_code(), Some(code));
    sign_in
}

/// Why the last answer was not accepted.
fn problem(sign_in: &SignIn) -> &Problem {
    sign_in.question().unwrap().problem.as_ref().unwrap()
}

/// Where the code went that is asked for.
fn sent_to(sign_in: &SignIn) -> String {
    let delivery = sign_in.question().unwrap().delivery.as_ref();
    delivery.unwrap().to_string()
}
