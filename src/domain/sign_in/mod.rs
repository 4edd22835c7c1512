//! The sign-in state machine: what the user pool answered decides the next step.
//!
//! Pure: no network, no clock, no cryptography. [`SignIn`] takes a person's [`Move`] or what was
//! [`Heard`] from the user pool and says the next [`Step`]: make a [`Call`], ask a [`Question`], go
//! to the browser, or finish. `ops::sign_in` carries the steps out. Deliberately absent: a list of
//! expected orders; any challenge may follow any other, up to a cap between two questions.
#![doc = include_str!("states.md")]

mod answer;
mod call;
mod challenge;
mod choices;
mod device;
mod factor;
mod machine;
mod moves;
mod otpauth;
mod parameters;
mod preferred;
mod question;
mod refusals;
mod replies;
mod run;
mod state;
#[cfg(test)]
mod tests;
mod words;

pub use answer::{Answer, Move};
pub use call::{AuthFlow, Call, Initiate, Proof, Response};
pub use challenge::{Challenge, Delivery, Heard, NewDevice, Reply};
pub use device::{DeviceChange, KeptDevice};
pub use factor::Factor;
pub use machine::{Finished, SignIn, Step};
pub use otpauth::otpauth_address;
pub use question::{Choosing, CodeKind, Field, Input, Question, QuestionKind};
