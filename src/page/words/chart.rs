//! Words of the read-out.

use crate::chart::{Panel, Reading, Row, scientific};

/// Where a chart should be that the browser does not let the page draw.
#[must_use]
pub fn not_drawn() -> &'static str {
    say!(
        "This chart cannot be drawn: the browser gives the page nothing to draw it on. Its numbers go on; reloading the page may help."
    )
}

/// The abscissa at which values are read.
#[must_use]
pub fn abscissa(panel: &Panel, reading: &Reading) -> String {
    let (name, unit) = &panel.x_name;
    format!("{name} = {} {unit}", scientific(reading.x, 4))
}

/// A value that is read.
#[must_use]
pub fn ordinate(panel: &Panel, row: &Row) -> String {
    format!("{}: {}", row.name, row.amount.text(4, &panel.y_unit))
}
