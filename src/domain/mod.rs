pub mod aws_profile_name;
pub mod problem;
pub mod secret;
pub use aws_profile_name::{AwsProfileName, DefaultProfile};
pub use problem::{AwsSaid, Problem, ProblemKind};
pub use secret::Secret;
