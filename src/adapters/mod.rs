//! One outside thing per module; foreign types are converted at the edge.
//!
//! Deliberately absent: decisions. What to write and when is decided in `ops`.

pub mod aws_files;
