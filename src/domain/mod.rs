//! Pure values and rules: identifiers, profiles, sessions, the sign-in state machine, problems.
//!
//! Only the standard library, time and secret types are used here. Deliberately absent: input and
//! output, the clock, JSON, and every AWS or toolkit type.

pub mod activity;
pub mod amount;
pub mod arrangement;
pub mod aws_profile_name;
pub mod check;
pub mod clock_error;
pub mod credential_form;
pub mod discovery;
pub mod endpoints;
pub mod exports;
pub mod flow;
pub mod freshness;
pub mod ids;
pub mod managed_login;
pub mod offered;
pub mod partition;
mod plain;
pub mod problem;
pub mod profile;
pub mod proxy;
pub mod refresh_margin;
pub mod refusal;
pub mod scope;
pub mod secret;
pub mod session;
pub mod settings;
pub mod share;
pub mod sign_in;
pub mod snippet;
pub mod store_choice;
pub mod surroundings;
pub mod theme;
pub mod token;
pub mod tray;
pub mod window_place;

pub use activity::{CallOutcome, CallRecord};
pub use amount::Amount;
pub use arrangement::{Arrangement, ListOrder, Spot, arranged};
pub use aws_profile_name::{AwsProfileName, DefaultProfile};
pub use check::{Check, CheckId, Outcome};
pub use clock_error::{clock_direction, clock_error};
pub use credential_form::CredentialForm;
pub use endpoints::Endpoints;
pub use exports::{AwsHomeId, ExportTarget, Exports, Place};
pub use flow::{FlowStep, StepState};
pub use freshness::{Backoff, ClockWatch, Farewell, Standing};
pub use ids::{
    ClientId, EndpointUrl, IdError, IdentityId, IdentityPoolId, LoginProvider, ProfileName, Region,
    RoleArn, RoleSessionName, UserPoolId,
};
pub use managed_login::{CallbackUrl, LoginDomain, ManagedLogin};
pub use offered::{Offer, Offered, WithoutIdentityPool, free_name, name_of, settled};
pub use partition::Partition;
pub use plain::capital;
pub use problem::{AwsSaid, Mend, Problem, ProblemKind};
pub use profile::{
    AwsProfileIdentity, BasicFlow, DeveloperSource, DurationSeconds, Exchange, ExchangeParts,
    Fault, OidcClient, PoolClient, Profile, ProfileField, ProviderLogin, SignInMethod, TokenSource,
};
pub use proxy::ProxyAddress;
pub use refresh_margin::RefreshMargin;
pub use scope::Scope;
pub use secret::{SHORTEST_PASSPHRASE, Secret};
pub use session::{
    AwsCredentials, Caller, Claims, KeptLogin, KeptSignIn, Lifetime, RoleChoice, Session,
    SignOutScope, Tokens,
};
pub use settings::{FileSetting, Setting, SettingChange, Settings};
pub use share::{Shared, is_same, shareable};
pub use store_choice::StoreChoice;
pub use surroundings::{Override, Surroundings};
pub use theme::Theme;
pub use token::{Claim, ClaimValue, SeenToken, TokenReading};
pub use tray::{Press, TrayMenu, TrayRow};
pub use window_place::WindowPlace;
