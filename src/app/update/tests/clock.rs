//! This machine's clock beside the service's.

use super::*;

#[test]
fn an_offset_is_told_above_thirty_seconds_in_both_directions() {
    for (seconds, is_told) in [
        (0, false),
        (30, false),
        (-30, false),
        (31, true),
        (-31, true),
        (180, true),
    ] {
        let offset = SignedDuration::from_secs(seconds);
        let mut model = ready(&["dev"]);
        assert!(model.hear(Event::ClockOffset(offset)).is_empty());
        assert_eq!(model.clock_offset, offset);
        assert_eq!(model.clock_error(), is_told.then_some(offset), "{seconds}");
        let _effects = model.hear(Event::ClockOffset(SignedDuration::ZERO));
        assert_eq!(model.clock_error(), None, "the clock was set right");
    }
}
