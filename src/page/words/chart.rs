//! Words of the read-out.

use crate::chart::{Panel, Reading, scientific};

/// Where a chart should be that the browser does not let the page draw.
#[must_use]
pub fn not_drawn() -> &'static str {
    say!(
        "This chart cannot be drawn: the browser gives the page nothing to draw it on. Its numbers go on; reloading the page may help."
    )
}

/// The values at an abscissa, one a line.
#[must_use]
pub fn reading(panel: &Panel, reading: &Reading) -> String {
    let (name, unit) = &panel.x_name;
    let mut text = format!("{name} = {} {unit}", scientific(reading.x, 4));
    for row in &reading.rows {
        text.push_str(&format!("\n{}: {}", row.name, row.amount.text(4, &panel.y_unit)));
    }
    text
}
