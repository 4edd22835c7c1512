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

use poolkey::domain::sign_in::{Answer, Move, SignIn};
use poolkey::domain::{Problem, SignInMethod};
use poolkey::ops::sign_in::Outcome;

use crate::support::{Bench, bench, finished};

/// The two methods that begin with a password and do not ask for more by themselves.
const WITH_PASSWORD: [SignInMethod; 2] = [SignInMethod::Srp, SignInMethod::Password];

/// A bench for that user with that method.
async fn bench_by(username: &str, method: SignInMethod) -> Bench {
    let mut bench = bench(username).await;
    bench.profile.sign_in = method;
    bench
}

impl Bench {
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
