//! The key of a new authenticator app as text for a terminal: a QR code, and the letters to type.
//!
//! Deliberately absent: the window's picture of it, and codes (see `crypto::totp`).

use qrcode::{Color, QrCode};
use zeroize::Zeroizing;

use crate::domain::Secret;
use crate::domain::sign_in::otpauth_address;

/// Light modules around a code, as its standard wants them.
const QUIET: usize = 4;

/// Black on white, whatever the terminal's own colors are.
const INK: &str = "\x1b[38;5;16;48;5;231m";
const PLAIN: &str = "\x1b[0m";

/// The picture, and the key under it in groups of four. Without colors the picture is right on a
/// dark terminal, and the other way round on a light one, which most apps read as well.
#[must_use]
pub fn render(key: &Secret, issuer: &str, account: &str, colors: bool) -> Zeroizing<String> {
    let address = otpauth_address(key, issuer, account);
    let mut text = Zeroizing::new(String::with_capacity(16 * 1024));
    // An address that is too long for a picture still leaves the key.
    if let Ok(code) = QrCode::new(address.expose().as_bytes()) {
        draw(&mut text, &code, colors);
        text.push('\n');
    }
    text.push_str("Key: ");
    for (place, letter) in key.expose().chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}

/// Two modules above each other are one character.
fn draw(text: &mut String, code: &QrCode, colors: bool) {
    let width = code.width();
    let modules = code.to_colors();
    let side = width + 2 * QUIET;
    let is_dark = |row: usize, column: usize| {
        let inside = |place: usize| place.checked_sub(QUIET).filter(|place| *place < width);
        match (inside(row), inside(column)) {
            (Some(row), Some(column)) => modules.get(row * width + column) == Some(&Color::Dark),
            _ => false,
        }
    };
    for row in (0..side).step_by(2) {
        if colors {
            text.push_str(INK);
        }
        for column in 0..side {
            let (above, below) = (is_dark(row, column), is_dark(row + 1, column));
            // With colors the dark modules are painted, without them the light ones.
            text.push(match (above == colors, below == colors) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        text.push_str(if colors { PLAIN } else { "" });
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(colors: bool) -> Zeroizing<String> {
        let key = Secret::new("JBSWY3DPEHPK3PXP".to_owned());
        render(&key, "Amazon Cognito", "ana@acme", colors)
    }

    #[test]
    fn the_picture_has_a_quiet_edge_and_one_width() {
        let text = rendered(false);
        let rows: Vec<&str> = text.lines().take_while(|row| !row.is_empty()).collect();
        let width = rows[0].chars().count();
        assert!(rows.iter().all(|row| row.chars().count() == width));
        assert_eq!(rows.len(), width.div_ceil(2));
        for row in [rows[0], rows[1]] {
            assert!(row.chars().all(|letter| letter == '█'), "{row}");
        }
        assert!(text.ends_with("Key: JBSW Y3DP EHPK 3PXP"), "{}", *text);
    }

    #[test]
    fn colors_turn_the_picture_over() {
        let (plain, colored) = (rendered(false), rendered(true));
        let turned = |letter| match letter {
            '█' => ' ',
            ' ' => '█',
            '▀' => '▄',
            '▄' => '▀',
            other => other,
        };
        let picture = |text: &str| -> Vec<String> {
            let rows = text.lines().take_while(|row| !row.is_empty());
            rows.map(|row| row.replace(INK, "").replace(PLAIN, ""))
                .collect()
        };
        let again: Vec<String> = picture(&colored)
            .iter()
            .map(|row| row.chars().map(turned).collect())
            .collect();
        assert_eq!(again, picture(&plain));
    }
}
