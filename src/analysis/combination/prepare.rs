//! From experiments to their combination: what may be combined, and what is shared.

use super::Combination;
use crate::analysis::{Analysis, Fit, Settings, Shares};
use crate::choice::Choice;
use crate::experiment::ExperimentSpec;
use crate::physics::source::SourceKind;
use crate::statistics::{Counts, FluxBound, Joint, Likelihood, Parameter, Shared, Statistic};
use crate::{Error, ErrorKind};
use std::sync::Arc;

/// Name of what is combined, in errors about it.
const QUANTITY: &str = word!("combine");

/// The combination of experiments in the order of their names; `known` are analyses of the same ones at other settings, or none.
pub(super) fn combination(
    specs: &[Arc<ExperimentSpec>],
    settings: &Settings,
    shares: &Shares,
    known: Vec<Analysis>,
) -> Result<Combination, Error> {
    check_names(specs)?;
    let edited = specs.iter().map(|spec| settings.edits.applied(spec));
    let edited: Vec<ExperimentSpec> = edited.collect::<Result<_, _>>()?;
    let own = edited.iter().map(signal_uncertainty).collect::<Result<Vec<_>, _>>()?;
    let (shared, besides) = shared(&edited, &own, shares)?;
    let mut known = known.into_iter();
    let mut members = Vec::new();
    for (spec, own) in specs.iter().zip(besides) {
        let theirs = of_member(settings, spec, own);
        members.push(match known.next() {
            Some(mut analysis) => analysis.set(&theirs).map(|()| analysis)?,
            None => Analysis::new(spec, &theirs)?,
        });
    }
    check_data(&members)?;
    let sm_sum: Vec<f64> = members
        .iter()
        .flat_map(|member| member.sm_beside_background().iter().copied())
        .collect();
    let joint = Joint::new(members.iter().filter_map(likelihood).collect(), shared)?;
    Ok(Combination {
        sm_fit: sm_fit(&joint, &members, &sm_sum)?,
        settings: settings.clone(),
        shares: shares.clone(),
        best_fits: Arc::default(),
        members,
        joint,
        sm_sum,
    })
}

/// Each experiment once, and at least one.
fn check_names(specs: &[Arc<ExperimentSpec>]) -> Result<(), Error> {
    if specs.is_empty() {
        return Err(Error::input(
            QUANTITY,
            word!("nothing"),
            word!("at least one experiment"),
        ));
    }
    match specs.windows(2).find(|pair| pair[0].id() == pair[1].id()) {
        Some(pair) => Err(Error::input(
            QUANTITY,
            say!("{} twice", pair[0].name()),
            word!("each experiment once"),
        )),
        None => Ok(()),
    }
}

/// Two analyses of one set of data, or of one run, are no two measurements. Expectations are: of two experiments that are alike.
fn check_data(members: &[Analysis]) -> Result<(), Error> {
    let data = |member: &Analysis| member.table().inputs().text("data").ok().map(str::to_owned);
    for (place, one) in members.iter().enumerate() {
        for other in members[..place].iter().filter(|_| data(one).is_some()) {
            let observes = |run| one.table().observed_in().contains(run);
            let is_same = data(one) == data(other) || other.table().observed_in().iter().any(observes);
            if is_same && !one.is_expected() && !other.is_expected() {
                let got = say!("{} and {}", other.experiment().name(), one.experiment().name());
                return Err(Error::input(QUANTITY, got, word!("experiments that share no data")));
            }
        }
    }
    Ok(())
}

/// How well an experiment knows its signal; an error for one that has no chi-square.
fn signal_uncertainty(spec: &ExperimentSpec) -> Result<f64, Error> {
    let none = || {
        ErrorKind::Unavailable {
            experiment: spec.name().to_owned(),
            wanted: say!("a combination").to_owned(),
            there_is: say!("a published bound for {}", FluxBound::CONFIDENCE.to_string()),
        }
        .into()
    };
    spec.statistic().signal_uncertainty().ok_or_else(none)
}

/// The shared shifts, and what each member knows of its own signal besides; `None` where that is what its table says.
type Sharing = (Vec<Shared>, Vec<Option<f64>>);

fn shared(specs: &[ExperimentSpec], own: &[f64], shares: &Shares) -> Result<Sharing, Error> {
    let mut shifts = Vec::new();
    let mut besides = vec![None; specs.len()];
    for source in SourceKind::ALL {
        // Who takes the flux as known shares no doubt about it.
        let at_source = |place: &usize| specs[*place].source().kind() == *source && own[*place] > 0.0;
        let members: Vec<usize> = (0..specs.len()).filter(at_source).collect();
        let theirs: Vec<f64> = members.iter().map(|place| own[*place]).collect();
        let Some(width) = shares.width(*source, &theirs) else {
            continue;
        };
        for place in &members {
            let remains = shares.own_besides(own[*place], width);
            let too_small = || better_known(&specs[*place], own[*place], width);
            besides[*place] = Some(remains.ok_or_else(too_small)?);
        }
        shifts.push(Shared {
            parameter: Parameter::shift(&format!("{source}-flux"), label(*source), width),
            members,
        });
    }
    Ok((shifts, besides))
}

fn label(source: SourceKind) -> &'static str {
    match source {
        SourceKind::Reactor => word!("flux of the reactors"),
        SourceKind::Sns => word!("flux of the SNS"),
        SourceKind::Sun => word!("flux of the Sun"),
    }
}

/// An experiment cannot know its signal better than the flux that makes it.
fn better_known(spec: &ExperimentSpec, own: f64, shared: f64) -> Error {
    let percent = |share: f64| format!("{} %", (1e4 * share).round() / 1e2);
    let got = say!("{} with a signal uncertainty of {}", spec.name(), percent(own));
    let allowed = say!("at least the {} that experiments at its source share", percent(shared));
    Error::input(QUANTITY, got, allowed)
}

/// The settings of a member: with what it knows of its own signal, where that is not what its table says.
fn of_member(settings: &Settings, spec: &ExperimentSpec, own: Option<f64>) -> Settings {
    let mut theirs = settings.clone();
    if let Some(own) = own {
        let value = format!("{own:e}");
        theirs
            .edits
            .set(spec.id(), spec.statistic().signal_uncertainty_key(), Some(&value));
    }
    theirs
}

fn likelihood(member: &Analysis) -> Option<Arc<dyn Likelihood>> {
    match member.statistic() {
        Statistic::ChiSquare(likelihood) => Some(Arc::clone(likelihood)),
        Statistic::FluxBound(_) => None,
    }
}

/// The fit without dipole: where nothing is shared, what the members have.
fn sm_fit(joint: &Joint, members: &[Analysis], sm_sum: &[f64]) -> Result<Fit, Error> {
    let fits = || members.iter().filter_map(Analysis::sm_fit);
    let shifts = joint.shared().iter().map(|shared| shared.parameter.start);
    let mut nuisances: Vec<f64> = shifts.collect();
    nuisances.extend(fits().flat_map(|fit| fit.nuisances.iter().copied()));
    let chi2 = if joint.shared().is_empty() {
        fits().map(|fit| fit.chi2).sum()
    } else {
        let none = vec![0.0; sm_sum.len()];
        let counts = Counts::new(joint.observed(), sm_sum, &none);
        joint.profile(counts, 0.0, &mut nuisances)?.chi2
    };
    Ok(Fit { chi2, nuisances })
}
