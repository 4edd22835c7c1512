//! What identity pools refuse.

use super::{Known, NOT_AUTHORIZED, known};

pub(super) const KNOWN: &[Known] = &[
    known(
        "ResourceNotFoundException",
        "IdentityPool '",
        "There is no such identity pool",
        &["Check the identity pool ID and its region in the profile's configuration."],
    ),
    known(
        NOT_AUTHORIZED,
        "Token is not from a supported provider",
        "The identity pool does not accept tokens from this user pool",
        &[
            "In the Cognito console open the identity pool.",
            "User access → Add identity provider → Amazon Cognito user pool.",
            "Choose this profile's user pool and app client.",
        ],
    ),
    known(
        NOT_AUTHORIZED,
        "Unauthenticated access is not supported",
        "The identity pool did not accept the sign-in",
        &["Check that the identity pool has this user pool as a provider."],
    ),
    known(
        NOT_AUTHORIZED,
        "Token expired",
        "The ID token is too old for the identity pool",
        &["Try again. If it happens every time, check this machine's clock."],
    ),
    known(
        "InvalidIdentityPoolConfigurationException",
        "",
        "The identity pool has no usable role",
        &[
            "In the identity pool, assign a role to authenticated users, and check its trust policy.",
        ],
    ),
];
