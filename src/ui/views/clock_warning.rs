//! What is said when this computer's clock is wrong.

use eframe::egui::Ui;
use jiff::SignedDuration;

use crate::app::Model;
use crate::domain::clock_direction;
use crate::ui::theme::space;
use crate::ui::widgets::alert::warning_ui;

/// Draws the warning above the page, where there is something to warn of.
pub fn clock_warning_ui(ui: &mut Ui, model: &Model) {
    if let Some(behind) = model.clock_error() {
        warning_ui(ui, &sentence(behind));
        ui.add_space(space::XL);
    }
}

fn sentence(behind: SignedDuration) -> String {
    let direction = clock_direction(behind);
    format!(
        "This computer's clock is {} {direction} AWS. Poolkey corrects for it; other programs do \
         not",
        amount(behind.abs().as_secs())
    )
}

/// The largest unit that says enough: `45 s`, `3 min`, `2 h`, `4 days`.
fn amount(seconds: i64) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let rounded = |unit: i64| (seconds + unit / 2) / unit;
    if seconds < 2 * MINUTE {
        format!("{seconds} s")
    } else if seconds < 2 * HOUR {
        format!("{} min", rounded(MINUTE))
    } else if seconds < 2 * DAY {
        format!("{} h", rounded(HOUR))
    } else {
        format!("{} days", rounded(DAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_directions() {
        for (seconds, text) in [
            (31, "31 s behind"),
            (119, "119 s behind"),
            (180, "3 min behind"),
            (-200, "3 min ahead of"),
            (3 * 3600 + 100, "3 h behind"),
            (-86_400 * 4, "4 days ahead of"),
        ] {
            let said = sentence(SignedDuration::from_secs(seconds));
            assert!(said.contains(&format!("clock is {text} AWS.")), "{said}");
        }
    }
}
