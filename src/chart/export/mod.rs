//! Charts as documents.

mod document;
mod svg;

pub use document::{Caption, to_captioned_svg, wrapped};
pub use svg::to_svg;
