//! Programs to start from: how an SDK gets this profile's credentials by itself.
//!
//! The texts are templates under `assets/snippets`. A line `{{#name}}` begins a part that is there
//! only where the name holds for the profile, `{{/name}}` ends it; a line with `{{login_key}}` is
//! repeated for each entry of the logins map. Deliberately absent: secrets and tokens. The programs
//! read them from the environment.

use std::fmt;
use std::str::FromStr;

use super::ids::IdError;
use super::partition::{Partition, developer_login_key};
use super::profile::{Exchange, Profile, SignInMethod};

#[cfg(test)]
mod tests;

/// For which SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// AWS SDK for JavaScript v3, on Node.js.
    JavaScript,
    /// boto3.
    Python,
    /// AWS SDK for Swift.
    Swift,
    /// AWS SDK for Kotlin.
    Kotlin,
    /// AWS SDK for .NET, with Amazon's Cognito authentication library.
    DotNet,
    /// AWS SDK for Rust.
    Rust,
}

impl Language {
    /// Every language, in the order shown.
    pub const ALL: [Self; 6] = [
        Self::JavaScript,
        Self::Python,
        Self::Swift,
        Self::Kotlin,
        Self::DotNet,
        Self::Rust,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::JavaScript => "javascript",
            Self::Python => "python",
            Self::Swift => "swift",
            Self::Kotlin => "kotlin",
            Self::DotNet => "dotnet",
            Self::Rust => "rust",
        }
    }

    /// The name in a menu.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::JavaScript => "JavaScript (SDK v3)",
            Self::Python => "Python (boto3)",
            Self::Swift => "Swift",
            Self::Kotlin => "Kotlin",
            Self::DotNet => ".NET (C#)",
            Self::Rust => "Rust",
        }
    }

    const fn template(self) -> &'static str {
        match self {
            Self::JavaScript => include_str!("../../assets/snippets/javascript.mjs"),
            Self::Python => include_str!("../../assets/snippets/python.py"),
            Self::Swift => include_str!("../../assets/snippets/swift.swift"),
            Self::Kotlin => include_str!("../../assets/snippets/kotlin.kt"),
            Self::DotNet => include_str!("../../assets/snippets/dotnet.cs"),
            Self::Rust => include_str!("../../assets/snippets/rust.rs"),
        }
    }

    /// What stands for the value of an environment variable.
    fn variable(self, name: &str) -> String {
        match self {
            Self::JavaScript => format!("process.env.{name}"),
            Self::Python => format!("os.environ[\"{name}\"]"),
            Self::Kotlin => format!("System.getenv(\"{name}\")"),
            Self::DotNet => format!("Environment.GetEnvironmentVariable(\"{name}\")!"),
            Self::Swift => format!("environment[\"{name}\"]!"),
            Self::Rust => format!("env::var(\"{name}\")?"),
        }
    }

    /// A text as it stands between double quotes: an ARN may hold any visible character.
    fn quoted(self, text: &str) -> String {
        let text = text.replace('\\', r"\\").replace('"', "\\\"");
        match self {
            Self::Kotlin => text.replace('$', r"\$"),
            _ => text,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Language {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let mut all = Self::ALL.into_iter();
        all.find(|language| language.name() == text).ok_or_else(|| {
            IdError::new("The language is one of: javascript, python, swift, kotlin, dotnet, rust")
        })
    }
}

/// The program, with the profile's IDs in it.
#[must_use]
pub fn snippet(language: Language, profile: &Profile) -> String {
    let (parts, places) = (parts(profile), places(language, profile));
    let logins = logins(language, profile);
    let mut out = String::new();
    let mut open = Vec::new();
    for line in language.template().lines() {
        let mark = line.trim();
        if let Some(name) = mark.strip_prefix("{{#") {
            open.push(parts.contains(&name.trim_end_matches("}}")));
        } else if mark.starts_with("{{/") {
            open.pop();
        } else if !open.contains(&false) {
            for line in entries(line, &logins) {
                out.push_str(fill(&line, &places).trim_end());
                out.push('\n');
            }
        }
    }
    out
}

/// The line once, or for each entry of the logins map.
fn entries(line: &str, logins: &[(String, String)]) -> Vec<String> {
    if !line.contains("{{login_key}}") {
        return vec![line.to_owned()];
    }
    let entry = |(key, token): &(String, String)| {
        let places = [("login_key", key.clone()), ("login_token", token.clone())];
        fill(line, &places)
    };
    logins.iter().map(entry).collect()
}

fn fill(line: &str, places: &[(&str, String)]) -> String {
    places.iter().fold(line.to_owned(), |line, (name, value)| {
        line.replace(&format!("{{{{{name}}}}}"), value)
    })
}

/// The names that hold.
fn parts(profile: &Profile) -> Vec<&'static str> {
    let method = profile.sign_in;
    let is_custom = matches!(method, SignInMethod::Custom | SignInMethod::CustomSrp);
    // Of managed login and of a custom flow no program to start from can know the steps.
    let brings_token = method == SignInMethod::Browser || is_custom;
    let signs_in = method.uses_user_pool() && !brings_token;
    let has_token = has_pool_token(profile);
    let is_developer = method == SignInMethod::Developer;
    let has_logins = has_token || is_developer || !profile.logins.is_empty();
    let is_basic = matches!(profile.exchange, Exchange::Basic(_));
    let names_role = !is_basic && profile.exchange.role().is_some();
    let needs_calls = is_basic || is_developer || names_role;
    let names = [
        ("password", signs_in),
        ("no_password", !signs_in),
        ("srp", signs_in && method != SignInMethod::Password),
        ("user_password", method == SignInMethod::Password),
        ("own_token", brings_token),
        ("browser", method == SignInMethod::Browser),
        ("custom", is_custom),
        ("client_secret", signs_in && profile.has_client_secret()),
        ("no_client_secret", !profile.has_client_secret()),
        ("logins", has_logins),
        ("guest", !has_logins),
        ("developer", is_developer),
        ("variables", signs_in || has_logins),
        ("identity", !is_developer),
        ("enhanced", !is_basic),
        ("basic", is_basic),
        ("role", names_role),
        // What a resolver of Swift and .NET can do, and what only the calls can.
        ("resolver", !needs_calls),
        ("calls", needs_calls),
        ("environment", !environment(profile).is_empty()),
    ];
    let hold = names.into_iter().filter(|(_, holds)| *holds);
    hold.map(|(name, _)| name).collect()
}

fn has_pool_token(profile: &Profile) -> bool {
    profile.sign_in.uses_user_pool() && profile.user_pool.is_some()
}

/// What the places are filled with.
fn places(language: Language, profile: &Profile) -> Vec<(&'static str, String)> {
    let region = profile.region();
    let pool = profile.user_pool.as_ref();
    let role = profile
        .exchange
        .role()
        .map(|role| language.quoted(role.as_str()));
    let session_name = match &profile.exchange {
        Exchange::Basic(basic) => language.quoted(basic.session_name()),
        Exchange::Enhanced { .. } => String::new(),
    };
    vec![
        ("profile", profile.name.to_string()),
        ("region", region.to_string()),
        ("partition", Partition::of(&region).id().to_owned()),
        (
            "user_pool_region",
            pool.map_or_else(String::new, |pool| pool.user_pool_id.region().to_string()),
        ),
        (
            "user_pool_id",
            pool.map_or_else(String::new, |pool| pool.user_pool_id.to_string()),
        ),
        (
            "client_id",
            pool.map_or_else(String::new, |pool| pool.client_id.to_string()),
        ),
        ("identity_pool_id", profile.identity_pool_id.to_string()),
        ("role_arn", role.unwrap_or_default()),
        ("session_name", session_name),
        ("environment", environment(profile)),
    ]
}

/// Entries of the logins map: key, and the token as the program has it.
fn logins(language: Language, profile: &Profile) -> Vec<(String, String)> {
    let mut logins = Vec::new();
    if let Some(pool) = profile
        .user_pool
        .as_ref()
        .filter(|_| has_pool_token(profile))
    {
        let token = match language {
            Language::Python | Language::Rust => "id_token",
            _ => "idToken",
        };
        logins.push((pool.user_pool_id.provider_name(), token.to_owned()));
    }
    if profile.sign_in == SignInMethod::Developer {
        let key = developer_login_key(&profile.region()).to_owned();
        logins.push((key, language.variable("COGNITO_TOKEN")));
    }
    for login in &profile.logins {
        let key = language.quoted(login.provider.as_str());
        let name = variable_name(login.provider.label());
        logins.push((key, language.variable(&name)));
    }
    logins
}

/// `GOOGLE_TOKEN`, `LOGIN_WITH_AMAZON_TOKEN`, `LOGIN_ACME_EXAMPLE_TOKEN`.
fn variable_name(label: &str) -> String {
    let letters = label.chars().map(|letter| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' => letter.to_ascii_uppercase(),
        _ => '_',
    });
    let name: String = letters.collect();
    let first = if name.starts_with(|c: char| c.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    format!("{first}{name}_TOKEN")
}

/// What the SDKs read where the profile does not ask AWS's usual hosts.
fn environment(profile: &Profile) -> String {
    let endpoints = &profile.endpoints;
    let mut variables = Vec::new();
    if let Some(url) = &endpoints.url {
        variables.push(format!("AWS_ENDPOINT_URL={url}"));
    }
    if endpoints.fips {
        variables.push("AWS_USE_FIPS_ENDPOINT=true".to_owned());
    }
    if endpoints.dual_stack {
        variables.push("AWS_USE_DUALSTACK_ENDPOINT=true".to_owned());
    }
    variables.join(" ")
}
