//! The words of each question: title, explanation, fields. One place, so that window and terminal
//! say the same.

use super::question::{Choosing, CodeKind, Field, Input, Question, QuestionKind};

pub(super) const fn title(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Credentials { .. } => "Sign in",
        QuestionKind::Password => "Your password",
        QuestionKind::Code(CodeKind::SoftwareToken) => "Code from your authenticator app",
        QuestionKind::Code(CodeKind::SmsMfa | CodeKind::SmsOtp) => "Code from the SMS",
        QuestionKind::Code(CodeKind::EmailOtp) => "Code from the e-mail",
        QuestionKind::NewPassword { .. } => "Choose a new password",
        QuestionKind::Choose { choosing, .. } => match choosing {
            Choosing::FirstFactor => "How do you want to sign in?",
            Choosing::SecondFactor => "How do you want to get the code?",
            Choosing::SetUp => "Which second factor do you want?",
        },
        QuestionKind::SetUpSoftwareToken { .. } => "Set up an authenticator app",
        QuestionKind::SetUpEmail => "Set up codes by e-mail",
        QuestionKind::Custom { .. } => "The user pool asks",
        QuestionKind::ConfirmAccount => "Confirm your account",
        QuestionKind::ResetPassword => "Reset your password",
        QuestionKind::RememberDevice => "Remember this device?",
    }
}

pub(super) fn explanation(question: &Question) -> String {
    let sent = question.delivery.as_ref().map_or_else(
        || "A code was sent to you.".to_owned(),
        |delivery| format!("A code was sent {delivery}."),
    );
    match &question.kind {
        QuestionKind::Credentials { password: true } => {
            "With the username and password of your user pool.".to_owned()
        }
        QuestionKind::Credentials { password: false } => {
            "With the username of your user pool. What comes next is the pool's choice.".to_owned()
        }
        QuestionKind::Password => "The password of your user pool account.".to_owned(),
        QuestionKind::Code(CodeKind::SoftwareToken) => {
            "The app shows a new code every 30 seconds.".to_owned()
        }
        QuestionKind::Code(_) => sent,
        QuestionKind::NewPassword { attributes } if attributes.is_empty() => {
            "The one you have is only for the first time.".to_owned()
        }
        QuestionKind::NewPassword { .. } => {
            "The one you have is only for the first time, and your account lacks something."
                .to_owned()
        }
        QuestionKind::Choose { choosing, .. } => match choosing {
            Choosing::FirstFactor => "Your user pool offers these.".to_owned(),
            Choosing::SecondFactor => "Your account has more than one second factor.".to_owned(),
            Choosing::SetUp => "Your user pool wants one from now on.".to_owned(),
        },
        QuestionKind::SetUpSoftwareToken { .. } => {
            "Scan the picture with the app, or type the key into it. Then enter the code it shows."
                .to_owned()
        }
        QuestionKind::SetUpEmail => "Codes will be sent to this address.".to_owned(),
        QuestionKind::Custom { .. } => "These are the pool's own words.".to_owned(),
        QuestionKind::ConfirmAccount => match &question.delivery {
            Some(_) => sent,
            None => "Enter the code that was sent when the account was made.".to_owned(),
        },
        QuestionKind::ResetPassword => match &question.delivery {
            Some(_) => sent,
            None => "Enter the code that was sent when the password was reset.".to_owned(),
        },
        QuestionKind::RememberDevice => {
            "The user pool may then skip the second factor on this machine.".to_owned()
        }
    }
}

pub(super) fn fields(kind: &QuestionKind) -> Vec<Field> {
    match kind {
        QuestionKind::Credentials { password } => {
            let mut fields = vec![field("username", "Username", Input::Text)];
            if *password {
                fields.push(field("password", "Password", Input::Password));
            }
            fields
        }
        QuestionKind::Password => vec![field("password", "Password", Input::Password)],
        QuestionKind::Code(code) => vec![code_field(*code)],
        QuestionKind::NewPassword { attributes } => {
            let mut fields = vec![new_password()];
            fields.extend(attributes.iter().map(|name| attribute(name)));
            fields
        }
        QuestionKind::Choose { factors, .. } => {
            let options = factors
                .iter()
                .map(|factor| (factor.name().to_owned(), factor.label().to_owned()));
            vec![field("answer", "Choice", Input::Choice(options.collect()))]
        }
        QuestionKind::SetUpSoftwareToken { .. } => vec![code("user_code", Some(6))],
        QuestionKind::SetUpEmail => vec![field("email", "E-mail address", Input::Text)],
        QuestionKind::Custom { .. } => vec![field("answer", "Answer", Input::Text)],
        QuestionKind::ConfirmAccount => vec![code("confirmation_code", None)],
        QuestionKind::ResetPassword => vec![code("confirmation_code", None), new_password()],
        QuestionKind::RememberDevice => {
            let options = [("yes", "Remember it"), ("no", "Not now")];
            let options = options.map(|(value, label)| (value.to_owned(), label.to_owned()));
            vec![field(
                "remember_device",
                "This device",
                Input::Choice(options.to_vec()),
            )]
        }
    }
}

fn field(name: &str, label: &str, input: Input) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        input,
    }
}

fn new_password() -> Field {
    field("new_password", "New password", Input::NewPassword)
}

fn code(name: &str, digits: Option<u8>) -> Field {
    field(name, "Code", Input::Code { digits })
}

fn code_field(kind: CodeKind) -> Field {
    // The service sends six digits as a second factor and eight as a first one.
    let digits = match kind {
        CodeKind::SoftwareToken | CodeKind::SmsMfa => Some(6),
        CodeKind::EmailOtp | CodeKind::SmsOtp => None,
    };
    code(&kind.response_key().to_lowercase(), digits)
}

/// `given_name` is `userattributes.given_name` on the command line and "Given name" in the window.
fn attribute(name: &str) -> Field {
    let words = name.trim_start_matches("custom:").replace(['_', '-'], " ");
    let mut letters = words.chars();
    let label: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    field(
        &format!("userattributes.{}", name.to_lowercase()),
        &label,
        Input::Text,
    )
}
