//! What a visitor sees of the charts: pictures of every view, and what happens to them in a drag.

mod drag;
mod fixtures;
mod marks;
mod pictures;
mod svg;
