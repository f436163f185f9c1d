//! Charts as documents.

mod svg;

pub use svg::to_svg;
