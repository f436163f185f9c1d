//! The plane of mass and coupling: limit curves computed here, and beside them those of others.

mod live;
mod view;

pub use live::{Curve, CurveRequest, LIVE_MASSES, LiveCurves, masses_mev};
pub use view::{Entry, curve_role, entries, foreign_curve, is_shown, view};
