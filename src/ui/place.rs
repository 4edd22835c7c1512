//! Notices where the window is, and says when that is worth keeping: a while after it stopped
//! moving, and when it closes.
//!
//! Deliberately absent: the file, and a place on a desktop that tells none.

use eframe::egui::{Context, Rect, ViewportInfo};
use jiff::{SignedDuration, Timestamp};

use crate::domain::WindowPlace;

/// So long it has to stay before it is kept.
pub const RESTS_FOR: SignedDuration = SignedDuration::from_secs(2);

/// What is known of the window's place.
#[derive(Debug, Default)]
pub struct PlaceWatch {
    kept: Option<WindowPlace>,
    seen: Option<WindowPlace>,
    since: Timestamp,
}

impl PlaceWatch {
    /// Looks at the window; a place that is to be kept now. `closing`: without waiting.
    pub fn follow(&mut self, ctx: &Context, now: Timestamp, closing: bool) -> Option<WindowPlace> {
        let zoom = ctx.zoom_factor();
        let place = ctx.input(|input| place_of(input.viewport(), zoom, self.seen))?;
        self.saw(place, now, closing)
    }

    fn saw(&mut self, place: WindowPlace, now: Timestamp, closing: bool) -> Option<WindowPlace> {
        if self.seen != Some(place) {
            self.seen = Some(place);
            self.since = now;
        }
        // Where it opened is known already.
        self.kept = self.kept.or(Some(place));
        let rests = self.since.duration_until(now) >= RESTS_FOR;
        if self.kept == Some(place) || !(rests || closing) {
            return None;
        }
        self.kept = Some(place);
        Some(place)
    }

    /// True while a change waits to be kept: the window has to look again.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.seen.is_some() && self.kept != self.seen
    }
}

/// In points of the desktop; none while the window is minimized. A maximized window keeps the size
/// and place that it had before.
fn place_of(info: &ViewportInfo, zoom: f32, before: Option<WindowPlace>) -> Option<WindowPlace> {
    if info.minimized == Some(true) || info.fullscreen == Some(true) {
        return None;
    }
    let inner = info.inner_rect?;
    let now = WindowPlace {
        size: (
            (inner.width() * zoom).round(),
            (inner.height() * zoom).round(),
        ),
        at: info.outer_rect.map(|outer: Rect| {
            let at = outer.min * zoom;
            (at.x.round(), at.y.round())
        }),
        maximized: false,
    };
    if info.maximized == Some(true) {
        let normal = before.unwrap_or_default();
        return Some(WindowPlace {
            maximized: true,
            ..normal
        });
    }
    Some(now)
}

#[cfg(test)]
mod tests {
    use eframe::egui::{pos2, vec2};

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn place(x: f32) -> WindowPlace {
        WindowPlace {
            at: Some((x, 40.0)),
            ..WindowPlace::default()
        }
    }

    #[test]
    fn a_place_is_kept_when_the_window_rests_and_when_it_closes() {
        let mut watch = PlaceWatch::default();
        assert_eq!(watch.saw(place(1.0), at(0), false), None);
        assert!(!watch.is_waiting(), "where it opened is known");
        for second in 1..9 {
            #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
            let moving = place(second as f32 + 1.0);
            assert_eq!(watch.saw(moving, at(second), false), None);
            assert!(watch.is_waiting());
        }
        assert_eq!(watch.saw(place(9.0), at(10), false), Some(place(9.0)));
        assert_eq!(watch.saw(place(9.0), at(20), true), None, "kept already");
        assert_eq!(watch.saw(place(3.0), at(20), true), Some(place(3.0)));
    }

    #[test]
    fn a_maximized_window_keeps_its_size_and_text_size_does_not_count() {
        let mut info = ViewportInfo {
            inner_rect: Some(Rect::from_min_size(pos2(5.0, 20.0), vec2(590.0, 380.0))),
            outer_rect: Some(Rect::from_min_size(pos2(5.0, 10.0), vec2(590.0, 390.0))),
            ..ViewportInfo::default()
        };
        let normal = place_of(&info, 2.0, None).unwrap();
        assert_eq!(
            (normal.size, normal.at),
            ((1180.0, 760.0), Some((10.0, 20.0)))
        );
        info.maximized = Some(true);
        info.inner_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1920.0, 1080.0)));
        let maximized = place_of(&info, 2.0, Some(normal)).unwrap();
        assert!(maximized.maximized);
        assert_eq!((maximized.size, maximized.at), (normal.size, normal.at));
        info.minimized = Some(true);
        assert_eq!(place_of(&info, 2.0, Some(normal)), None);
    }
}
