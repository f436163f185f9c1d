//! Words of the read-out.

use crate::chart::{Panel, Reading, scientific};

/// Why there is a number but no picture of it.
#[must_use]
pub fn cannot_draw(why: &str) -> String {
    format!("This chart cannot be drawn here ({why}). Reloading the page may help; its numbers go on.")
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
