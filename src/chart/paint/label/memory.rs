//! Where names were.

use super::outline::Outline;
use super::place::Side;
use crate::chart::{Axis, Mark, Panel, Placed};
use crate::small_map::SmallMap;
use std::sync::Arc;

/// Places of the names of a chart from one drawing to the next. Its owner keeps it while a drag lasts and lets it [forget](Self::forget)
/// afterwards, when names may look for better places; it forgets by itself when a frame changes.
#[derive(Clone, Debug, Default)]
pub struct LabelMemory {
    panels: SmallMap<usize, PanelMemory>,
}

#[derive(Clone, Debug)]
struct PanelMemory {
    frame: Placed,
    /// By name of the layer: pixel of its line beside which the name stands, and the side.
    places: SmallMap<String, Anchored>,
    /// By index of the layer: lines that need not be followed again.
    lines: Vec<Known>,
}

/// A pixel of a line, and a side of it.
type Anchored = ((f64, f64), Side);

/// The outline of a mark on given axes.
#[derive(Clone, Debug)]
struct Known {
    mark: Mark,
    axes: (Axis, Axis),
    line: Arc<Outline>,
}

impl LabelMemory {
    /// Forgets all places: with the next drawing every name looks for the best one.
    pub fn forget(&mut self) {
        self.panels.values_mut().for_each(|panel| panel.places.clear());
    }

    /// Starts anew for a panel whose frame is not the one that is remembered.
    pub(super) fn follow(&mut self, panel: usize, frame: &Placed) {
        if self.panels.get(&panel).is_none_or(|known| known.frame != *frame) {
            let empty = PanelMemory {
                frame: *frame,
                places: SmallMap::default(),
                lines: Vec::new(),
            };
            self.panels.insert(panel, empty);
        }
    }

    /// Where a name was.
    pub(super) fn kept(&self, panel: usize, name: &str) -> Option<Anchored> {
        self.panels.get(&panel)?.places.get(name).copied()
    }

    /// Remembers where a name is.
    pub(super) fn keep(&mut self, panel: usize, name: &str, place: Anchored) {
        if let Some(panel) = self.panels.get_mut(&panel) {
            match panel.places.get_mut(name) {
                Some(known) => *known = place,
                None => panel.places.insert(name.to_owned(), place),
            }
        }
    }

    /// The lines of a panel's layers; those that are as they were are not followed again.
    pub(super) fn outlines(&mut self, index: usize, panel: &Panel, frame: &Placed) -> Vec<Arc<Outline>> {
        let before = self
            .panels
            .get_mut(&index)
            .map(|known| std::mem::take(&mut known.lines))
            .unwrap_or_default();
        let lines: Vec<Known> = panel
            .layers
            .iter()
            .enumerate()
            .map(|(index, layer)| {
                let same =
                    |known: &&Known| known.mark == layer.mark && (&known.axes.0, &known.axes.1) == (&panel.x, &panel.y);
                before.get(index).filter(same).cloned().unwrap_or_else(|| Known {
                    mark: layer.mark.clone(),
                    axes: (panel.x.clone(), panel.y.clone()),
                    line: Arc::new(Outline::new(layer, panel, frame)),
                })
            })
            .collect();
        let outlines = lines.iter().map(|known| Arc::clone(&known.line)).collect();
        if let Some(known) = self.panels.get_mut(&index) {
            known.lines = lines;
        }
        outlines
    }
}
