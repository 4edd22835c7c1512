//! Partitions of AWS: which names end how, and what Cognito is called there.
//!
//! Sources: botocore's endpoint rules and the developer guide's page on each partition.
//! Deliberately absent: a list of regions. A region's name tells its partition.

use super::ids::Region;

/// A partition: a world of its own with accounts, names and consoles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partition {
    /// `aws`.
    Commercial,
    /// `aws-us-gov`.
    GovCloud,
    /// `aws-cn`: identity pools in cn-north-1, no user pools.
    China,
    /// `aws-eusc`.
    EuSovereign,
}

impl Partition {
    /// The partition of a region.
    #[must_use]
    pub fn of(region: &Region) -> Self {
        let name = region.as_str();
        if name.starts_with("us-gov-") {
            Self::GovCloud
        } else if name.starts_with("cn-") {
            Self::China
        } else if name.starts_with("eusc-") {
            Self::EuSovereign
        } else {
            Self::Commercial
        }
    }

    /// Whether a region lies in a partition without a way to the public network (`aws-iso` and its
    /// like: us-iso-east-1, us-isob-east-1, eu-isoe-west-1), of which nothing here is known.
    #[must_use]
    pub fn is_isolated(region: &Region) -> bool {
        let place = region.as_str().split('-').nth(1);
        place.is_some_and(|place| place.starts_with("iso"))
    }

    /// The second part of an ARN.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Commercial => "aws",
            Self::GovCloud => "aws-us-gov",
            Self::China => "aws-cn",
            Self::EuSovereign => "aws-eusc",
        }
    }

    /// How host names end.
    #[must_use]
    pub const fn dns_suffix(self) -> &'static str {
        match self {
            Self::Commercial | Self::GovCloud => "amazonaws.com",
            Self::China => "amazonaws.com.cn",
            Self::EuSovereign => "amazonaws.eu",
        }
    }

    /// Where temporary credentials sign in to the management console.
    #[must_use]
    pub fn console_sign_in(self, region: &Region) -> String {
        match self {
            Self::Commercial => "https://signin.aws.amazon.com".to_owned(),
            Self::GovCloud => "https://signin.amazonaws-us-gov.com".to_owned(),
            Self::China => "https://signin.amazonaws.cn".to_owned(),
            Self::EuSovereign => format!("https://{region}.signin.amazonaws-eusc.eu"),
        }
    }

    /// The management console.
    #[must_use]
    pub fn console(self, region: &Region) -> String {
        match self {
            Self::Commercial => format!("https://{region}.console.aws.amazon.com"),
            Self::GovCloud => "https://console.amazonaws-us-gov.com".to_owned(),
            Self::China => "https://console.amazonaws.cn".to_owned(),
            Self::EuSovereign => "https://console.amazonaws-eusc.eu".to_owned(),
        }
    }
}

/// The name of Cognito identity in a region: the logins key of developer-authenticated identities,
/// the principal in a role's trust policy and the prefix of its condition keys.
#[must_use]
pub fn identity_principal(region: &Region) -> &'static str {
    match (Partition::of(region), region.as_str()) {
        (Partition::GovCloud, "us-gov-east-1") => "cognito-identity.us-gov-east-1.amazonaws.com",
        (Partition::GovCloud, _) => "cognito-identity-us-gov.amazonaws.com",
        (Partition::China, _) => "cognito-identity.cn-north-1.amazonaws.com.cn",
        (Partition::Commercial | Partition::EuSovereign, _) => "cognito-identity.amazonaws.com",
    }
}

/// The logins key of a developer-authenticated identity.
#[must_use]
pub fn developer_login_key(region: &Region) -> &'static str {
    match Partition::of(region) {
        Partition::China => identity_principal(region),
        _ => "cognito-identity.amazonaws.com",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isolated_regions_are_told_apart() {
        for (region, expected) in [
            ("us-iso-east-1", true),
            ("us-isob-east-1", true),
            ("us-isof-south-1", true),
            ("eu-isoe-west-1", true),
            ("eu-west-1", false),
            ("us-gov-west-1", false),
            ("eusc-de-east-1", false),
        ] {
            let region: Region = region.parse().unwrap();
            assert_eq!(Partition::is_isolated(&region), expected, "{region}");
        }
    }

    #[test]
    fn regions_tell_their_partition() {
        for (region, id, suffix, principal, key) in [
            (
                "eu-west-1",
                "aws",
                "amazonaws.com",
                "cognito-identity.amazonaws.com",
                "cognito-identity.amazonaws.com",
            ),
            (
                "us-gov-west-1",
                "aws-us-gov",
                "amazonaws.com",
                "cognito-identity-us-gov.amazonaws.com",
                "cognito-identity.amazonaws.com",
            ),
            (
                "us-gov-east-1",
                "aws-us-gov",
                "amazonaws.com",
                "cognito-identity.us-gov-east-1.amazonaws.com",
                "cognito-identity.amazonaws.com",
            ),
            (
                "cn-north-1",
                "aws-cn",
                "amazonaws.com.cn",
                "cognito-identity.cn-north-1.amazonaws.com.cn",
                "cognito-identity.cn-north-1.amazonaws.com.cn",
            ),
            (
                "eusc-de-east-1",
                "aws-eusc",
                "amazonaws.eu",
                "cognito-identity.amazonaws.com",
                "cognito-identity.amazonaws.com",
            ),
        ] {
            let region: Region = region.parse().unwrap();
            let partition = Partition::of(&region);
            assert_eq!((partition.id(), partition.dns_suffix()), (id, suffix));
            assert_eq!(identity_principal(&region), principal);
            assert_eq!(developer_login_key(&region), key);
            assert!(partition.console(&region).starts_with("https://"));
            let sign_in = partition.console_sign_in(&region);
            assert!(sign_in.starts_with("https://") && sign_in.contains("signin."));
        }
    }
}
