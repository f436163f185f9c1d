//! What a chart shows: panels of layers, each with a meaning and its values.

mod layer;
mod mark;
mod panel;
mod readout;
mod transform;
mod values;

pub use layer::{Dash, Layer, Role, Weight};
pub use mark::Mark;
pub use panel::{Arrangement, Chart, Corner, Panel};
pub use readout::{Amount, Reading, Row, ValueTable};
pub use values::Values;
