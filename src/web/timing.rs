//! What a redraw costs, in anyone's developer tools.

use super::dom::{Result, window};
use web_sys::Performance;

/// Redraws after which old measures are thrown away.
const KEPT: u32 = 500;

/// Leaves `performance.measure` entries named `redraw`, and `compute` and `draw` inside it.
pub(super) struct Stopwatch {
    performance: Performance,
    redraws: u32,
    started_ms: f64,
}

impl Stopwatch {
    pub(super) fn new() -> Result<Self> {
        let performance = window()?.performance().ok_or("there is no performance clock")?;
        Ok(Self {
            performance,
            redraws: 0,
            started_ms: 0.0,
        })
    }

    /// Milliseconds on the page's clock.
    pub(super) fn now(&self) -> f64 {
        self.performance.now()
    }

    /// Marks the start of a redraw.
    pub(super) fn start(&mut self) -> Result<()> {
        self.redraws += 1;
        if self.redraws.is_multiple_of(KEPT) {
            self.performance.clear_measures();
        }
        self.performance.mark("redraw-start")?;
        self.started_ms = self.now();
        Ok(())
    }

    /// Milliseconds since the redraw began.
    pub(super) fn elapsed_ms(&self) -> f64 {
        self.now() - self.started_ms
    }

    /// Marks the end of the computation and the start of drawing.
    pub(super) fn computed(&self) -> Result<()> {
        self.performance.mark("computed")?;
        Ok(())
    }

    /// Marks the end and leaves the measures.
    pub(super) fn drawn(&self) -> Result<()> {
        let measure = |name, from, to| self.performance.measure_with_start_mark_and_end_mark(name, from, to);
        self.performance.mark("drawn")?;
        measure("compute", "redraw-start", "computed")?;
        measure("draw", "computed", "drawn")?;
        measure("redraw", "redraw-start", "drawn")?;
        self.performance.clear_marks();
        Ok(())
    }
}
