//! From values to places along an axis, and to text.

mod axis;
mod number;
mod ticks;
mod unit;

pub use axis::{Axis, Scale};
pub use number::{decade_above, decimal, power_of_ten, scientific, superscript};
pub use ticks::Ticks;
pub use unit::DisplayUnit;
