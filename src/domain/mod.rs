//! Pure values and rules: identifiers, profiles, sessions, the sign-in state machine, problems.
//!
//! Only the standard library, time and secret types are used here. Deliberately absent: input and
//! output, the clock, JSON, and every AWS or toolkit type.

pub mod aws_profile_name;
pub mod clock_error;
pub mod exports;
pub mod flow;
pub mod ids;
pub mod managed_login;
mod plain;
pub mod problem;
pub mod profile;
pub mod scope;
pub mod secret;
pub mod session;
pub mod sign_in;

pub use aws_profile_name::{AwsProfileName, DefaultProfile};
pub use clock_error::{clock_direction, clock_error};
pub use exports::{ExportTarget, Exports, Place};
pub use flow::{FlowStep, StepState};
pub use ids::{
    ClientId, EndpointUrl, IdError, IdentityId, IdentityPoolId, ProfileName, Region, UserPoolId,
};
pub use managed_login::{CallbackUrl, LoginDomain, ManagedLogin};
pub use problem::{AwsSaid, Problem, ProblemKind};
pub use profile::{Profile, SignInMethod};
pub use scope::Scope;
pub use secret::Secret;
pub use session::{
    AwsCredentials, Caller, Claims, KeptSignIn, Lifetime, Session, SignOutScope, Tokens,
};
