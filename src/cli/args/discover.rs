//! What may be typed about profiles in an AWS account.

use clap::Args;

use crate::domain::{EndpointUrl, ProfileName, Region};

/// Where to look, and what to do with what is found.
#[derive(Debug, Args)]
pub struct ProfileDiscover {
    /// One of your own AWS profiles; the calls are signed with it
    #[arg(long, value_name = "NAME", required_unless_present = "policy")]
    pub aws_profile: Option<String>,
    /// Where to look, several times for several; else the AWS profile's region
    #[arg(long = "region", value_name = "REGION")]
    pub regions: Vec<Region>,
    /// One address for all services instead of AWS
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<EndpointUrl>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// Add these of the profiles that are found
    #[arg(long, value_name = "PROFILE", num_args = 1.., conflicts_with = "add_all")]
    pub add: Vec<ProfileName>,
    /// Add all that are found
    #[arg(long)]
    pub add_all: bool,
    /// Only print an IAM policy that allows the calls
    #[arg(long, conflicts_with_all = ["add", "add_all", "json"])]
    pub policy: bool,
}
