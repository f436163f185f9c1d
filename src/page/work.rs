//! "Compute precisely": what the page says about it.

use crate::Error;
use crate::chart::decimal;
use crate::work::{JobFailure, Progress, Unavailable};

/// Where the precise computation is.
#[derive(Clone, Debug, PartialEq)]
pub enum PreciseWork {
    /// None is going on.
    Rest,
    /// It is going on; `None` before the first look.
    Running(Option<Progress>),
    /// The visitor has ended it.
    Cancelled,
    /// It is over, and some of it could not be computed: the first reason.
    Failed(JobFailure<Error>),
    /// There are no workers.
    Unavailable(Unavailable),
}

impl PreciseWork {
    /// Whether it is going on.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }

    /// Share of the work that is done, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        match self {
            Self::Running(Some(progress)) => progress.done as f64 / progress.all.max(1) as f64,
            _ => 0.0,
        }
    }

    /// What to say about it; `is_drawn` tells whether the plane shows precise curves at the present settings.
    #[must_use]
    pub fn status(&self, is_drawn: bool) -> String {
        match self {
            Self::Rest if is_drawn => "curves on 200 masses are drawn".to_owned(),
            Self::Rest => String::new(),
            Self::Running(Some(Progress { done, all, left_ms })) if *done > 0 => {
                let left = left_ms.map_or(String::new(), |left| format!(", {} s left", decimal(left / 1e3, 1)));
                format!("{done} of {all}{left}")
            }
            Self::Running(_) => "starting".to_owned(),
            Self::Cancelled => "cancelled".to_owned(),
            Self::Failed(JobFailure::Own(error)) => error.to_string(),
            Self::Failed(JobFailure::Lost { .. }) => {
                "the workers keep dying: this browser may be short of memory".to_owned()
            }
            Self::Unavailable(reason) => unavailable(reason),
        }
    }
}

fn unavailable(reason: &Unavailable) -> String {
    match reason {
        Unavailable::Refused => {
            "this browser does not let the page start workers: only the live curves can be computed".to_owned()
        }
        Unavailable::NotLoaded => {
            "the workers could not be loaded: without a connection only the live curves can be computed".to_owned()
        }
        Unavailable::Silent => "the workers do not start: only the live curves can be computed".to_owned(),
        Unavailable::OtherBuild { build } => format!("a worker is of another build ({build}): reload the page"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_said_to_be_drawn_only_when_they_are() {
        assert_eq!(PreciseWork::Rest.status(true), "curves on 200 masses are drawn");
        assert_eq!(PreciseWork::Rest.status(false), "");
        assert!(!PreciseWork::Cancelled.status(true).contains("drawn"));
    }

    #[test]
    fn no_reason_for_the_lack_of_workers_reads_as_if_they_were_starting() {
        let build = "?old.js".to_owned();
        for reason in [
            Unavailable::Refused,
            Unavailable::NotLoaded,
            Unavailable::Silent,
            Unavailable::OtherBuild { build },
        ] {
            let work = PreciseWork::Unavailable(reason);
            assert!(!work.is_running());
            assert!(!work.status(false).is_empty() && !work.status(false).contains("starting"));
        }
    }
}
