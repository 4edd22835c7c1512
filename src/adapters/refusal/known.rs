//! The refusals that are met most, each with a sentence and what to do.
//!
//! Sources: the API reference's error lists and messages that users have reported. Deliberately
//! absent: decisions; a message may change any day.

mod codes;
mod identity_pool;
mod user_pool;

use crate::domain::AwsSaid;

/// A refusal that is recognized by its code and a part of its message.
#[derive(Clone, Copy)]
pub(super) struct Known {
    code: &'static str,
    part: &'static str,
    sentence: &'static str,
    /// Only when this was asked for: elsewhere the code means something else.
    operation: Option<&'static str>,
    /// The sentence ends with what AWS said, because only that tells what is wrong.
    quotes: bool,
    pub hints: &'static [&'static str],
}

impl Known {
    pub fn fits(&self, said: &AwsSaid) -> bool {
        said.code == self.code
            && said.message.contains(self.part)
            && self.operation.is_none_or(|asked| asked == said.operation)
    }

    pub fn sentence(&self, said: &AwsSaid) -> String {
        let words = words(&said.message);
        if self.quotes && !words.is_empty() {
            return format!("{}: {words}", self.sentence);
        }
        self.sentence.to_owned()
    }
}

/// Without what the sentence says already, and without the full stop.
fn words(message: &str) -> &str {
    const SAID_ALREADY: [&str; 3] = [
        "Password did not conform with policy:",
        "Password does not conform to policy:",
        "Invalid attributes given,",
    ];
    let rest = SAID_ALREADY
        .iter()
        .find_map(|prefix| message.strip_prefix(prefix));
    rest.unwrap_or(message).trim().trim_end_matches('.')
}

const fn known(
    code: &'static str,
    part: &'static str,
    sentence: &'static str,
    hints: &'static [&'static str],
) -> Known {
    Known {
        code,
        part,
        sentence,
        operation: None,
        quotes: false,
        hints,
    }
}

/// The same, with AWS's own words at the end.
const fn quoting(
    code: &'static str,
    part: &'static str,
    sentence: &'static str,
    hints: &'static [&'static str],
) -> Known {
    Known {
        quotes: true,
        ..known(code, part, sentence, hints)
    }
}

/// The same, of one operation.
const fn of(operation: &'static str, known: Known) -> Known {
    Known {
        operation: Some(operation),
        ..known
    }
}

/// The first that fits; the more general ones come last.
pub(super) fn find(said: &AwsSaid) -> Option<&'static Known> {
    let all = [identity_pool::KNOWN, codes::KNOWN, user_pool::KNOWN];
    all.into_iter().flatten().find(|known| known.fits(said))
}

const NOT_AUTHORIZED: &str = "NotAuthorizedException";
const BAD_PARAMETER: &str = "InvalidParameterException";
