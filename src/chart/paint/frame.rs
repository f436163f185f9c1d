//! A panel's frame: sides, ticks on all of them, labels.

use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use super::surface::Surface;
use crate::chart::layout::text::width_em;
use crate::chart::{Panel, Placed, Scale, Theme, Ticks, layout};

use plotters::style::text_anchor::{HPos, VPos};

/// Draws the frame with ticks inwards on all four sides, as journals do.
pub(super) fn draw<DB: Surface>(pen: &Pen<DB>, panel: &Panel, frame: &Placed, theme: &Theme) -> PenResult<DB> {
    let em = theme.font_px;
    let hair = 0.55 * theme.line_px;
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
    let sides: Vec<_> = corners.map(|(x, y)| frame.pixel(x, y)).into();
    pen.line(&sides, theme.ink, hair)?;

    let x_ticks = panel.x.ticks(((frame.right - frame.left) / (4.6 * em)) as usize);
    let y_ticks = panel.y.ticks(((frame.bottom - frame.top) / (2.6 * em)) as usize);
    let (long, short) = (0.5 * em, 0.27 * em);
    let lengths = |ticks: &Ticks| -> Vec<(f64, f64)> {
        let major = ticks.major.iter().map(|(value, _)| (*value, long));
        major.chain(ticks.minor.iter().map(|value| (*value, short))).collect()
    };
    for (value, length) in lengths(&x_ticks) {
        let (x, _) = frame.pixel(panel.x.fraction(value), 0.0);
        pen.line(&[(x, frame.bottom), (x, frame.bottom - length)], theme.ink, hair)?;
        // Lanes have text below the upper side.
        if panel.y.scale != Scale::Lanes {
            pen.line(&[(x, frame.top), (x, frame.top + length)], theme.ink, hair)?;
        }
    }
    for (value, length) in lengths(&y_ticks) {
        let (_, y) = frame.pixel(0.0, panel.y.fraction(value));
        pen.line(&[(frame.left, y), (frame.left + length, y)], theme.ink, hair)?;
        pen.line(&[(frame.right, y), (frame.right - length, y)], theme.ink, hair)?;
    }
    labels(pen, panel, frame, theme, &x_ticks, &y_ticks)
}

fn labels<DB: Surface>(
    pen: &Pen<DB>,
    panel: &Panel,
    frame: &Placed,
    theme: &Theme,
    x_ticks: &Ticks,
    y_ticks: &Ticks,
) -> PenResult<DB> {
    let em = theme.font_px;
    let looks = |horizontal, vertical, turn| Type {
        size_px: em,
        color: theme.ink,
        anchor: Anchor(horizontal, vertical),
        turn,
    };
    if frame.x_labels {
        for (value, label) in &x_ticks.major {
            let (x, _) = frame.pixel(panel.x.fraction(*value), 0.0);
            pen.text(
                label,
                (x, frame.bottom + 0.45 * em),
                looks(HPos::Center, VPos::Top, Turn::Level),
            )?;
        }
        let middle = 0.5 * (frame.left + frame.right);
        let below = frame.bottom + 1.95 * em;
        pen.text(
            fitting(&panel.x.label, (frame.right - frame.left) / em + 2.0),
            (middle, below),
            looks(HPos::Center, VPos::Top, Turn::Level),
        )?;
    }
    for (value, label) in &y_ticks.major {
        let (_, y) = frame.pixel(0.0, panel.y.fraction(*value));
        pen.text(
            label,
            (frame.left - 0.4 * em, y),
            looks(HPos::Right, VPos::Center, Turn::Level),
        )?;
    }
    let middle = 0.5 * (frame.top + frame.bottom);
    let beside = frame.left - layout::left_margin(panel, em) + 0.9 * em;
    pen.text(
        fitting(&panel.y.label, (frame.bottom - frame.top) / em),
        (beside, middle),
        looks(HPos::Center, VPos::Center, Turn::Upwards),
    )
}

/// The title of an axis as far as it has room along the frame, of a length in em: of a density by what it is one, of another quantity without its unit,
/// or none where it would run into the title of the next panel or out of the chart. (Read-out and table of values have both.)
fn fitting(label: &str, length_em: f64) -> &str {
    let short = label.find('/').map(|by| &label[by..]);
    let short = short.unwrap_or_else(|| label.split('[').next().unwrap_or(label).trim_end());
    let mut titles = [label, short].into_iter();
    titles
        .find(|title| width_em(title) < length_em + 1.5)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn a_title_that_has_no_room_goes_without_its_unit_or_by_it_alone() {
        assert_eq!(fitting("counts / (10 eV day)", 30.0), "counts / (10 eV day)");
        assert_eq!(fitting("counts / (10 eV day)", 8.0), "/ (10 eV day)");
        assert_eq!(fitting("coupling d  [GeV⁻¹]", 8.0), "coupling d");
        assert_eq!(fitting("excess", 3.0), "excess");
        assert_eq!(fitting("excess", 1.0), "");
    }
}
