//! What an AWS account has of Amazon Cognito, as far as one AWS profile may look, and the profiles
//! that can be made of it.
//!
//! | file | holds |
//! |---|---|
//! | `inventory` | what the account has, as it was read |
//! | `client` | how people sign in with an app client |
//! | `found`, `names` | the profiles, and what they are called |
//! | `offers` | which app client belongs to which identity pool |
//!
//! Deliberately absent: the calls themselves (see `ops::discover`), and anything that changes the
//! account.

mod client;
mod found;
mod inventory;
mod names;
mod offers;
#[cfg(test)]
mod tests;

pub use self::found::{Found, Incomplete, Offers};
pub use self::inventory::{
    AppClientFound, AwsSource, ClientSettings, IdentityPoolFound, Inventory, Missed, UserPoolFound,
    is_denied,
};
pub use self::offers::offers;

/// The calls that a discovery makes, by the names that IAM gives them.
pub const ACTIONS: [&str; 6] = [
    "cognito-idp:ListUserPools",
    "cognito-idp:DescribeUserPool",
    "cognito-idp:ListUserPoolClients",
    "cognito-idp:DescribeUserPoolClient",
    "cognito-identity:ListIdentityPools",
    "cognito-identity:DescribeIdentityPool",
];

/// An IAM policy that allows these calls and nothing else.
#[must_use]
pub fn policy() -> String {
    let actions = ACTIONS.map(|action| format!("        \"{action}\""));
    let actions = actions.join(",\n");
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Sid\": \
         \"PoolkeyDiscover\",\n      \"Effect\": \"Allow\",\n      \"Action\": [\n{actions}\n      \
         ],\n      \"Resource\": \"*\"\n    }}\n  ]\n}}"
    )
}

/// How far a discovery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// User pools that were looked into.
    pub user_pools: Counted,
    /// App clients that were read.
    pub clients: Counted,
    /// Identity pools that were read.
    pub identity_pools: Counted,
}

/// How many of how many that are known by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Done.
    pub done: usize,
    /// Known.
    pub of: usize,
}

impl Progress {
    /// `2 of 3 user pools, 12 of 40 app clients, 1 of 2 identity pools`; what is not known yet is
    /// left out.
    #[must_use]
    pub fn in_words(self) -> String {
        let parts = [
            (self.user_pools, "user pool"),
            (self.clients, "app client"),
            (self.identity_pools, "identity pool"),
        ];
        let known = parts.into_iter().filter(|(counted, _)| counted.of > 0);
        let words: Vec<String> = known
            .map(|(Counted { done, of }, what)| {
                let plural = if of == 1 { "" } else { "s" };
                format!("{done} of {of} {what}{plural}")
            })
            .collect();
        if words.is_empty() {
            return "Listing the pools".to_owned();
        }
        words.join(", ")
    }

    /// How much is done of what is known, 0 to 1.
    #[must_use]
    pub fn share(self) -> f32 {
        let all = [self.user_pools, self.clients, self.identity_pools];
        let sum = |of: fn(Counted) -> usize| {
            let sum: usize = all.into_iter().map(of).sum();
            f32::from(u16::try_from(sum).unwrap_or(u16::MAX))
        };
        let (done, of) = (sum(|counted| counted.done), sum(|counted| counted.of));
        if of > 0.0 { done / of } else { 0.0 }
    }
}
