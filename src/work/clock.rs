//! Time in which the page was awake.

/// Most that one look at the clock can add, in milliseconds: looks come twice a second while the page is awake.
const LONGEST_STEP_MS: f64 = 1_000.0;

/// Milliseconds in which somebody was there to listen.
///
/// While the page computes a long frame, sleeps in a hidden tab or lies in a closed laptop, what the workers say waits unheard: such
/// a pause is not their silence, and counts as one step at most.
#[derive(Clone, Debug, Default)]
pub(super) struct AwakeClock {
    last_ms: Option<f64>,
    awake_ms: f64,
}

impl AwakeClock {
    /// Takes the time of the outer clock.
    pub(super) fn advance(&mut self, now_ms: f64) {
        if now_ms.is_finite() {
            let last_ms = self.last_ms.replace(now_ms).unwrap_or(now_ms);
            self.awake_ms += (now_ms - last_ms).clamp(0.0, LONGEST_STEP_MS);
        }
    }

    /// Milliseconds awake so far.
    pub(super) fn awake_ms(&self) -> f64 {
        self.awake_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_pause_is_one_step_and_time_never_runs_back() {
        let mut clock = AwakeClock::default();
        for now_ms in [5_000.0, 5_500.0, 3_600_000.0, 3_599_000.0, f64::NAN, 3_599_250.0] {
            clock.advance(now_ms);
        }
        assert_eq!(clock.awake_ms(), 500.0 + LONGEST_STEP_MS + 250.0);
    }
}
