pub mod problem;
pub mod secret;
pub use problem::{AwsSaid, Problem, ProblemKind};
pub use secret::Secret;
