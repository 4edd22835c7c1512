//! What may be typed about handing credentials to a command, to the console, to a program's source.

use std::ffi::OsString;

use clap::Args;

use crate::domain::Region;

/// What to run, and with what.
#[derive(Debug, Args)]
pub struct Exec {
    /// Which profile
    pub profile: String,
    /// Region of the command; else the identity pool's
    #[arg(long, value_name = "R")]
    pub region: Option<Region>,
    /// The command and its arguments, after --
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
}

/// Which page, and where to.
#[derive(Debug, Args)]
pub struct Console {
    /// Which profile
    pub profile: String,
    /// Print the link instead of opening it: whoever has it is signed in
    #[arg(long)]
    pub print: bool,
    /// The console's page to open
    #[arg(long, value_name = "URL")]
    pub destination: Option<String>,
}
