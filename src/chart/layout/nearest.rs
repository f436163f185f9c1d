//! The line under a pointer.

use super::Placed;
use crate::chart::{Layer, Mark, Panel};

/// The place of a line that is nearest to a pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestLine {
    /// Name of its layer.
    pub name: String,
    /// Abscissa of the place.
    pub x: f64,
    /// Ordinate of the place.
    pub y: f64,
}

/// The named line that is nearest to a pixel, if one is within `reach_px`. What lies on top wins where two are as near.
#[must_use]
pub fn nearest_line(panel: &Panel, frame: &Placed, pixel: (f64, f64), reach_px: f64) -> Option<NearestLine> {
    let named = panel.layers.iter().filter(|layer| !layer.name.is_empty());
    let found = named.filter_map(|layer| {
        let (distance_px, place) = nearest_place(layer, panel, frame, pixel)?;
        (distance_px <= reach_px).then_some((distance_px, layer, place))
    });
    let (_, layer, place) = found.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (x, y) = frame.fraction(place.0, place.1);
    Some(NearestLine {
        name: layer.name.clone(),
        x: panel.x.value(x),
        y: panel.y.value(y),
    })
}

/// Distance and place, in pixels, of what of a layer's line is nearest to a pixel.
fn nearest_place(layer: &Layer, panel: &Panel, frame: &Placed, pixel: (f64, f64)) -> Option<(f64, (f64, f64))> {
    let (Mark::Curve { x, y } | Mark::Region { x, y }) = &layer.mark else {
        return None;
    };
    let place = |(x, y): (&f64, &f64)| frame.pixel(panel.x.fraction(*x), panel.y.fraction(*y));
    let points: Vec<(f64, f64)> = x.iter().zip(y).map(place).collect();
    let is_closed = matches!(layer.mark, Mark::Region { .. });
    let closing = points.last().zip(points.first()).filter(|_| is_closed);
    let segments = points.windows(2).map(|pair| (pair[0], pair[1]));
    segments
        .chain(closing.map(|(last, first)| (*last, *first)))
        .map(|(from, to)| nearest_on_segment(from, to, pixel))
        .filter(|(_, (x, y))| frame.contains(*x, *y))
        .min_by(|a, b| a.0.total_cmp(&b.0))
}

fn nearest_on_segment(from: (f64, f64), to: (f64, f64), (x, y): (f64, f64)) -> (f64, (f64, f64)) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 {
        (((x - from.0) * dx + (y - from.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let place = (from.0 + share * dx, from.1 + share * dy);
    ((place.0 - x).hypot(place.1 - y), place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Axis, Role};

    fn panel() -> Panel {
        let line = |name: &str, x: &[f64], y: &[f64]| {
            let (x, y) = (x.into(), y.into());
            Layer::new(name, Role::First, Mark::Curve { x, y })
        };
        Panel {
            title: String::new(),
            x: Axis::linear("", 0.0, 10.0),
            y: Axis::linear("", 0.0, 10.0),
            share: 1.0,
            layers: vec![
                line("level", &[0.0, 10.0], &[5.0, 5.0]),
                line("steep", &[2.0, 2.0], &[0.0, 10.0]),
                line("beyond", &[0.0, 10.0], &[10.2, 10.2]),
            ],
            legend: None,
            legend_names: true,
            x_name: (String::new(), String::new()),
            y_unit: String::new(),
        }
    }

    const FRAME: Placed = Placed {
        left: 0.0,
        top: 0.0,
        right: 100.0,
        bottom: 100.0,
        x_labels: true,
    };

    #[test]
    fn it_is_found_between_its_points_and_not_beyond_reach() {
        let found = |pixel| nearest_line(&panel(), &FRAME, pixel, 12.0);
        let level = found((70.0, 44.0)).expect("a line six pixels away");
        assert_eq!(level.name, "level");
        assert!((level.x - 7.0).abs() < 1e-12 && (level.y - 5.0).abs() < 1e-12);
        assert_eq!(found((24.0, 20.0)).map(|line| line.name), Some("steep".to_owned()));
        assert_eq!(found((70.0, 20.0)), None);
        // What is outside of the frame is not under a pointer.
        assert_eq!(found((70.0, 1.0)), None);
    }
}
