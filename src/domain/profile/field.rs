//! The fields of a profile that a problem can be mended in.
//!
//! Deliberately absent: every other field, and how a field is called where it is typed.

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileField {
    /// Who vouches, and how somebody signs in.
    SignIn,
    /// The user pool's ID, and with it the region.
    UserPool,
    /// The app client's ID.
    Client,
    /// The app client's secret.
    ClientSecret,
    /// Managed login: domain, provider, scopes, addresses.
    ManagedLogin,
    /// Other providers: names, tokens, clients.
    Providers,
    /// A developer's backend.
    Developer,
    /// The identity pool's ID, and with it the region.
    IdentityPool,
    /// Enhanced or basic.
    Flow,
    /// The role that is asked for.
    Role,
    /// How long the basic flow's credentials last.
    Duration,
    /// What narrows the role.
    Policy,
}
