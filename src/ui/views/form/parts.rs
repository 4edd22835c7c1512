//! The draft as its two main cards see it: fields that two closures change at once.

use super::FormDraft;
use super::developer::DeveloperDraft;
use super::exchange::ExchangeDraft;
use super::providers::ProviderDraft;
use crate::domain::{ProfileName, SignInMethod};
use crate::ui::draft::Hidden;

/// Both cards' fields.
pub struct Parts<'a> {
    /// How somebody signs in.
    pub sign_in: SignInPart<'a>,
    /// Where tokens are exchanged.
    pub identity_pool: IdentityPoolPart<'a>,
}

/// The fields of the sign-in card.
pub struct SignInPart<'a> {
    /// Sign-in method.
    pub method: &'a mut SignInMethod,
    /// User pool ID.
    pub user_pool_id: &'a mut String,
    /// App client ID.
    pub client_id: &'a mut String,
    /// A new client secret.
    pub client_secret: &'a mut Hidden,
    /// True when a stored one is to be used no more.
    pub without_secret: &'a mut bool,
    /// Whose sign-in is used.
    pub shares_sign_in: &'a mut Option<ProfileName>,
    /// Developer-authenticated identities.
    pub developer: &'a mut DeveloperDraft,
    /// Other providers, where they vouch alone.
    pub providers: Option<&'a mut Vec<ProviderDraft>>,
}

/// The fields of the identity pool's card.
pub struct IdentityPoolPart<'a> {
    /// Identity pool ID.
    pub id: &'a mut String,
    /// Flow and role.
    pub exchange: &'a mut ExchangeDraft,
    /// True where somebody signs in who may have been a guest before.
    pub can_carry_over: bool,
    /// Whether the guest's identity is carried over.
    pub carries_over_guest: &'a mut bool,
    /// Other providers' logins, where they go beside a user pool's.
    pub more_logins: Option<&'a mut Vec<ProviderDraft>>,
}

impl FormDraft {
    /// The fields of both cards.
    pub fn parts(&mut self) -> Parts<'_> {
        let method = self.sign_in;
        let (alone, beside) = match method {
            SignInMethod::Provider => (Some(&mut self.providers), None),
            _ if method.uses_user_pool() => (None, Some(&mut self.providers)),
            _ => (None, None),
        };
        Parts {
            sign_in: SignInPart {
                method: &mut self.sign_in,
                user_pool_id: &mut self.user_pool_id,
                client_id: &mut self.client_id,
                client_secret: &mut self.client_secret,
                without_secret: &mut self.without_secret,
                shares_sign_in: &mut self.shares_sign_in,
                developer: &mut self.developer,
                providers: alone,
            },
            identity_pool: IdentityPoolPart {
                id: &mut self.identity_pool_id,
                exchange: &mut self.exchange,
                can_carry_over: method.uses_user_pool() || method == SignInMethod::Provider,
                carries_over_guest: &mut self.carries_over_guest,
                more_logins: beside,
            },
        }
    }
}
