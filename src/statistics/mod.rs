//! Chi-square of each experiment, or of several, profiled over its nuisance parameters; limits.

mod band;
mod confidence;
mod counting;
mod descent;
mod excess;
mod flux_bound;
mod goodness;
mod ionisation;
mod joint;
mod likelihood;
mod limit;
mod parameter;
mod run_counts;
mod runs;
mod shaped;
mod statistic;
mod term;

pub use band::{BAND, fluctuation, strength_at};
pub use confidence::{Confidence, ConfidenceLevel, Dof, Sides};
pub use counting::Counting;
pub use excess::Excess;
pub use flux_bound::FluxBound;
pub use goodness::Goodness;
pub use ionisation::Ionisation;
pub use joint::{Joint, Shared};
pub use likelihood::{Background, Counts, Likelihood, Profile, Projection};
pub use limit::{Limit, Minimum, UpperLimit, limit, limit_above, minimum};
pub use parameter::{Parameter, Prior};
pub use run_counts::RunCounts;
pub use runs::Runs;
pub use shaped::Shaped;
pub use statistic::Statistic;
pub use term::{Moments, Term};
