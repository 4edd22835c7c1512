//! Finds what a person means by a few letters of it.
//!
//! The letters must all be there in their order; the more of them stand together or begin words,
//! the better. Deliberately absent: mistyped letters.

/// One more letter right behind the last one.
const TOGETHER: i32 = 8;
/// A letter that begins a word.
const WORD: i32 = 7;
/// The first letter of all.
const FIRST: i32 = 4;
/// Letters were left out in between.
const GAP: i32 = -2;

/// How well, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The higher, the better.
    pub score: i32,
    /// Which characters of the text were meant, by their numbers.
    pub at: Vec<usize>,
}

/// Looks for `typed` in `text`, whatever the case; blanks in `typed` mean nothing.
#[must_use]
pub fn find(typed: &str, text: &str) -> Option<Found> {
    let wanted: Vec<char> = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let wanted: Vec<char> = wanted.into_iter().map(lower).collect();
    let there: Vec<char> = text.chars().map(lower).collect();
    if !is_within(&wanted, &there) {
        return None;
    }
    // `best[i][j]`: wanted letter `i` stands at `j`; the score so far, and where the one before is.
    let mut best: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(wanted.len());
    for (number, letter) in wanted.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|before| best.get(before));
        let row = places(*letter, &there, before);
        best.push(row);
    }
    let Some(last) = best.last() else {
        return Some(Found {
            score: 0,
            at: Vec::new(),
        });
    };
    let scores = last.iter().enumerate();
    let scores = scores.filter_map(|(at, place)| Some(((*place)?.0, at)));
    let (score, mut at) = scores.max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)))?;
    let mut path = vec![at];
    for row in best.iter().skip(1).rev() {
        at = row.get(at).copied().flatten()?.1;
        path.push(at);
    }
    path.reverse();
    Some(Found { score, at: path })
}

fn places(
    letter: char,
    there: &[char],
    before: Option<&Vec<Option<(i32, usize)>>>,
) -> Vec<Option<(i32, usize)>> {
    // The best end of what came before, with at least one letter left out behind it.
    let mut apart: Option<(i32, usize)> = None;
    let mut row = Vec::with_capacity(there.len());
    for (at, char) in there.iter().enumerate() {
        let ended = |back: usize| {
            let end = at.checked_sub(back)?;
            Some((before?.get(end).copied().flatten()?.0, end))
        };
        if let Some(end) = ended(2)
            && apart.is_none_or(|(score, _)| end.0 > score)
        {
            apart = Some(end);
        }
        let begins = at
            .checked_sub(1)
            .and_then(|left| there.get(left))
            .is_none_or(|left| !left.is_alphanumeric());
        let own = if at == 0 { FIRST } else { 0 } + if begins { WORD } else { 0 };
        let joined = ended(1).map(|(score, end)| (score + TOGETHER, end));
        let apart = apart.map(|(score, end)| (score + GAP, end));
        let led = match (before, joined.max(apart)) {
            (None, _) => Some((0, 0)),
            (Some(_), led) => led,
        };
        let place = led.map(|(score, end)| (score + own, end));
        row.push(place.filter(|_| *char == letter));
    }
    row
}

/// Cheap, and most of what is looked through ends here.
fn is_within(wanted: &[char], there: &[char]) -> bool {
    let mut rest = there.iter();
    wanted.iter().all(|letter| rest.any(|char| char == letter))
}

/// One letter stays one letter, so that numbers of characters stay what they are.
fn lower(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(typed: &str, text: &str) -> Vec<usize> {
        find(typed, text).unwrap().at
    }

    fn score(typed: &str, text: &str) -> i32 {
        find(typed, text).unwrap().score
    }

    #[test]
    fn letters_are_found_in_their_order_only() {
        assert_eq!(at("acp", "acme-prod"), [0, 1, 5]);
        assert_eq!(at("AP", "acme-prod"), [0, 5]);
        assert_eq!(at("sign acme", "Sign in to acme-prod").last(), Some(&14));
        assert_eq!(find("pa", "acmeprod"), None);
        assert_eq!(find("", "anything").unwrap().at, Vec::<usize>::new());
    }

    #[test]
    fn the_beginning_of_words_is_meant_rather_than_their_middle() {
        assert_eq!(at("o", "Sign in to open"), [11]);
        assert_eq!(at("co", "account copy"), [8, 9]);
        assert!(score("sign o", "Sign out") > score("sign o", "Sign in to acme-prod"));
        assert!(score("prod", "acme-prod") > score("prod", "a-p-r-o-d"));
    }

    #[test]
    fn letters_outside_the_alphabet_keep_their_places() {
        assert_eq!(at("ß", "groß-İx"), [3]);
        assert_eq!(at("x", "groß-İx"), [6]);
    }

    #[test]
    fn a_long_repeating_name_takes_no_longer() {
        let name = "a-".repeat(100);
        assert_eq!(find(&format!("{}b", "a".repeat(60)), &name), None);
        assert_eq!(at(&"a".repeat(60), &name).len(), 60);
    }
}
