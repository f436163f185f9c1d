//! The page without a browser: its state, and what it shows for it.

pub mod parameters;
pub mod plane;
pub mod state;
pub mod words;
pub mod workbench;
