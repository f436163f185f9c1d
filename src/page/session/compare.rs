//! What the session shows of the pins.

use super::Session;
use crate::analysis::verdict::PointResult;
use crate::page::pins::{MOST_PINS, Pin, Pinned};
use crate::page::spectrum::PinnedLine;
use crate::page::view::{PinRow, PinsPane};
use crate::page::words;
use std::rc::Rc;

impl Session {
    /// Every pin with what it is called.
    pub(in crate::page) fn named_pins(&self, limits: bool) -> Vec<(String, &Pinned)> {
        let of = (&self.parameters, self.store.registry());
        let pins = self.board.pinned().iter().enumerate();
        let name = |(index, pinned): (usize, _)| {
            let pinned: &Pinned = pinned;
            (words::pin_name(of, index + 1, &pinned.pin, &self.state, limits), pinned)
        };
        pins.map(name).collect()
    }

    /// The spectra of the pins of the chosen experiment.
    pub(super) fn pinned_lines(&self) -> Vec<PinnedLine> {
        let pins = self.named_pins(false).into_iter();
        let pins = pins.filter(|(_, pinned)| pinned.pin.experiment == self.state.experiment);
        pins.filter_map(|(name, pinned)| Some((name, Rc::clone(&pinned.known.as_ref().ok()?.spectrum))))
            .collect()
    }

    pub(super) fn pins_pane(&self) -> PinsPane {
        let (of, unit) = ((&self.parameters, self.store.registry()), self.state.coupling_unit);
        let mut first_per_gev = None;
        let rows = self
            .named_pins(false)
            .into_iter()
            .map(|(label, Pinned { pin, known, .. })| {
                let result = known.as_ref().map(|known| &known.result);
                let own = result.ok().and_then(PointResult::lowest_excluded_per_gev);
                let first = *first_per_gev.get_or_insert(own);
                let mut cells = vec![words::about_pin(of, pin, unit)];
                cells.extend(words::pin_cells(result, first, unit));
                PinRow {
                    label,
                    name: pin.name.clone(),
                    cells,
                }
            });
        let rows: Vec<PinRow> = rows.collect();
        let here = Pin::of(&self.state);
        let is_pinned = self.state.pins.iter().any(|pin| pin.is_same(&here));
        let has_room = self.state.pins.len() < MOST_PINS;
        let button = match (is_pinned, has_room) {
            (true, _) => words::pinned(),
            (false, true) => words::pin(),
            (false, false) => words::no_room(),
        };
        PinsPane {
            button: button.to_owned(),
            possible: has_room && !is_pinned,
            head: words::pins_head(),
            rows,
        }
    }
}
