//! Where the window was, so that it comes back there.
//!
//! Deliberately absent: the file it is kept in (see `adapters::window_place`).

/// Size and place of the window, in points of the desktop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WindowPlace {
    /// Width and height of what is in the window, when it is not maximized.
    pub size: (f32, f32),
    /// Left and top of its frame; none where the desktop tells no place (Wayland).
    pub at: Option<(f32, f32)>,
    /// It fills the screen.
    pub maximized: bool,
}

/// The usual size.
pub const USUAL: (f32, f32) = (1180.0, 760.0);
/// The window is never smaller.
pub const LEAST: (f32, f32) = (760.0, 520.0);
/// No screen is larger.
const MOST: f32 = 16_384.0;

impl Default for WindowPlace {
    fn default() -> Self {
        Self {
            size: USUAL,
            at: None,
            maximized: false,
        }
    }
}

impl WindowPlace {
    /// The same with a size that a window can have, and without a place that is none.
    #[must_use]
    pub fn checked(self) -> Self {
        let (width, height) = self.size;
        let is_good = |(x, y): (f32, f32)| x.is_finite() && y.is_finite();
        Self {
            size: if is_good(self.size) {
                (width.clamp(LEAST.0, MOST), height.clamp(LEAST.1, MOST))
            } else {
                USUAL
            },
            at: self.at.filter(|at| is_good(*at)),
            ..self
        }
    }

    /// True when enough of the window's top lies on one of the monitors to take hold of it. Each
    /// monitor is left, top, width, height.
    #[must_use]
    pub fn is_on(&self, monitors: &[(f32, f32, f32, f32)]) -> bool {
        /// So much of the title has to be seen.
        const GRIP: f32 = 80.0;
        let Some((x, y)) = self.at else { return true };
        monitors.iter().any(|(left, top, width, height)| {
            let seen = (x + self.size.0).min(left + width) - x.max(*left);
            seen >= GRIP && y >= top - GRIP / 2.0 && y <= top + height - GRIP
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: (f32, f32, f32, f32) = (0.0, 0.0, 1920.0, 1080.0);

    fn at(x: f32, y: f32) -> WindowPlace {
        WindowPlace {
            at: Some((x, y)),
            ..WindowPlace::default()
        }
    }

    #[test]
    fn a_place_outside_all_monitors_is_none() {
        assert!(at(100.0, 100.0).is_on(&[SCREEN]));
        assert!(at(-1000.0, 20.0).is_on(&[SCREEN]), "its right end is seen");
        assert!(!at(-1150.0, 20.0).is_on(&[SCREEN]));
        assert!(!at(2000.0, 100.0).is_on(&[SCREEN]));
        assert!(!at(100.0, 1050.0).is_on(&[SCREEN]));
        let second = (1920.0, 0.0, 1280.0, 1024.0);
        assert!(at(2000.0, 100.0).is_on(&[SCREEN, second]));
        assert!(!at(100.0, 100.0).is_on(&[]));
        assert!(WindowPlace::default().is_on(&[]), "the desktop places it");
    }

    #[test]
    fn no_size_is_too_small_or_none() {
        let of = |size| {
            let place = WindowPlace {
                size,
                ..at(f32::NAN, 0.0)
            };
            place.checked()
        };
        assert_eq!(of((10.0, 9e9)).size, (760.0, 16_384.0));
        assert_eq!(of((f32::NAN, 700.0)).size, USUAL);
        assert_eq!(of((900.0, 600.0)).size, (900.0, 600.0));
        assert_eq!(of(USUAL).at, None);
    }
}
