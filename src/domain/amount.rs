//! Settings that are whole numbers, with their bounds and what is offered of them.

use std::ops::RangeInclusive;

use super::ids::IdError;
use super::refresh_margin::RefreshMargin;

/// One whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// [`super::Settings::text_size_percent`].
    TextSize,
    /// [`super::Settings::refresh_margin_minutes`].
    RefreshMargin,
    /// [`super::Settings::lock_after_minutes`].
    LockAfter,
}

impl Amount {
    /// In the order shown.
    pub const ALL: [Self; 3] = [Self::TextSize, Self::RefreshMargin, Self::LockAfter];

    /// The key in the configuration file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TextSize => "text_size_percent",
            Self::RefreshMargin => "refresh_margin_minutes",
            Self::LockAfter => "lock_after_minutes",
        }
    }

    /// Where nobody said otherwise.
    #[must_use]
    pub const fn default(self) -> u16 {
        match self {
            Self::TextSize => 100,
            Self::RefreshMargin => RefreshMargin::LEAST_MINUTES,
            Self::LockAfter => 0,
        }
    }

    /// What is taken. Below its least margin an SDK would ask anew at every request; more than half
    /// of the hour that most credentials live would renew without end.
    #[must_use]
    pub const fn range(self) -> RangeInclusive<u16> {
        match self {
            Self::TextSize => 80..=200,
            Self::RefreshMargin => RefreshMargin::LEAST_MINUTES..=RefreshMargin::MOST_MINUTES,
            Self::LockAfter => 0..=480,
        }
    }

    /// What the window offers.
    #[must_use]
    pub const fn offered(self) -> &'static [u16] {
        match self {
            Self::TextSize => &[80, 90, 100, 110, 125, 150, 175, 200],
            Self::RefreshMargin => &[16, 20, 25, 30],
            Self::LockAfter => &[0, 1, 5, 10, 15, 30, 60],
        }
    }

    /// The next that is offered, larger or smaller.
    #[must_use]
    pub fn step(self, from: u16, up: bool) -> Option<u16> {
        let mut offered = self.offered().iter().copied();
        if up {
            offered.find(|next| *next > from)
        } else {
            offered.rfind(|next| *next < from)
        }
    }

    /// The number, where it is in [`Self::range`].
    ///
    /// # Errors
    /// One sentence with the range.
    pub fn check(self, number: u32) -> Result<u16, IdError> {
        let (range, name) = (self.range(), self.name());
        let fits = u16::try_from(number)
            .ok()
            .filter(|number| range.contains(number));
        fits.ok_or_else(|| {
            let (least, most) = (range.start(), range.end());
            IdError::new(format!("{name} is a whole number from {least} to {most}"))
        })
    }
}
