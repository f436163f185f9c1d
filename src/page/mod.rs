//! The page without a browser: its state, and what it shows for it.

pub mod figures;
pub mod plane;
pub mod state;
pub mod workbench;
