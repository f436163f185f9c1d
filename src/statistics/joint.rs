//! Several likelihoods as one.

use super::likelihood::check_nuisances;
use super::{Background, Counts, Likelihood, Parameter, Profile, Projection, Term};
use crate::{Error, ErrorKind};
use std::ops::Range;
use std::sync::Arc;

/// Rounds over all shared factors before giving up.
const ROUNDS: usize = 200;
/// Steps of the search in one factor before giving up.
const STEPS: usize = 100;
/// Gain in chi-square below which a step is the last.
const PRECISION: f64 = 1e-10;
/// By how much a shared factor may grow in a step that nothing holds.
const LARGEST_GROWTH: f64 = 4.0;
/// Factor that it grows from where it is zero.
const LEAST_FACTOR: f64 = 1e-9;
/// Sum of squared pulls above which another minimum is looked for.
const STRAINED: f64 = 9.0;

/// A normalisation that several members share: SM and dipole of each are multiplied by `1 + eta`.
#[derive(Clone, Debug)]
pub struct Shared {
    /// Its shift eta, with a prior: see [`Parameter::shift`].
    pub parameter: Parameter,
    /// Places of the members that it multiplies.
    pub members: Vec<usize>,
}

/// A member with its place in the lists of all.
#[derive(Clone, Debug)]
struct Member {
    likelihood: Arc<dyn Likelihood>,
    bins: Range<usize>,
    /// Place of its templates, which may be longer than its bins.
    template: Range<usize>,
    nuisances: Range<usize>,
}

/// The sum of several chi-squares at one strength, with normalisations that they share.
///
/// Bins, and the members' nuisances, follow one another in the order of the members; the shared shifts come before all
/// other nuisances. The member's own normalisation should then leave out what is shared.
#[derive(Clone, Debug)]
pub struct Joint {
    members: Vec<Member>,
    shared: Vec<Shared>,
    parameters: Vec<Parameter>,
    observed: Vec<f64>,
}

impl Joint {
    /// Joins members; `shared` may be empty. The members' parameters get their place in front (`0.signal`) where there
    /// is more than one member.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] without members, for a shared normalisation of a member that there is not, and for one
    /// without a prior of positive width.
    pub fn new(likelihoods: Vec<Arc<dyn Likelihood>>, shared: Vec<Shared>) -> Result<Self, Error> {
        if likelihoods.is_empty() {
            return Err(Error::input("joint", "no likelihood", "at least one"));
        }
        let mut parameters = Vec::new();
        for Shared { parameter, members } in &shared {
            if let Some(wrong) = members.iter().find(|member| **member >= likelihoods.len()) {
                return Err(Error::input(
                    "shared",
                    wrong,
                    format!("members 0 to {}", likelihoods.len() - 1),
                ));
            }
            if parameter
                .prior
                .is_none_or(|prior| !(prior.width > 0.0 && prior.width.is_finite()))
            {
                return Err(Error::input("shared", &parameter.name, "a prior of positive width"));
            }
            parameters.push(parameter.clone());
        }
        let several = likelihoods.len() > 1;
        let mut observed = Vec::new();
        let mut template = 0;
        let mut members = Vec::new();
        for (index, likelihood) in likelihoods.into_iter().enumerate() {
            let (bin, nuisance) = (observed.len(), parameters.len());
            observed.extend_from_slice(likelihood.observed());
            parameters.extend(likelihood.parameters().iter().cloned().map(|mut parameter| {
                if several {
                    parameter.name = format!("{index}.{}", parameter.name);
                }
                parameter
            }));
            let end = template + likelihood.template();
            members.push(Member {
                likelihood,
                bins: bin..observed.len(),
                template: template..end,
                nuisances: nuisance..parameters.len(),
            });
            template = end;
        }
        Ok(Self {
            members,
            shared,
            parameters,
            observed,
        })
    }

    /// The shared normalisations, in the order of their parameters.
    #[must_use]
    pub fn shared(&self) -> &[Shared] {
        &self.shared
    }

    fn check_counts(&self, counts: Counts) -> Result<(), Error> {
        let (bins, template) = (self.observed.len(), self.template());
        let got = [counts.observed.len(), counts.sm.len(), counts.dipole.len()];
        if got == [bins, template, template] {
            return Ok(());
        }
        let [observed, sm, dipole] = got;
        let allowed = format!("{bins}, {template} and {template} numbers");
        Err(Error::input(
            "counts",
            format!("{observed}, {sm} and {dipole}"),
            allowed,
        ))
    }

    fn check(&self, counts: Counts, nuisances: &[f64]) -> Result<(), Error> {
        self.check_counts(counts)?;
        check_nuisances(nuisances, self.parameters.len())
    }

    /// Product of the shared factors of a member, without the one at place `but`.
    fn factor(&self, index: usize, nuisances: &[f64], but: Option<usize>) -> f64 {
        let theirs = self.shared.iter().enumerate().zip(nuisances);
        theirs
            .filter(|((place, shared), _)| Some(*place) != but && shared.members.contains(&index))
            .map(|(_, eta)| (1.0 + eta).max(0.0))
            .product()
    }

    /// A member's part of the counts, with the shared factors.
    fn counts<'a>(&self, index: usize, counts: Counts<'a>, nuisances: &[f64]) -> Counts<'a> {
        let Member { bins, template, .. } = &self.members[index];
        Counts {
            observed: &counts.observed[bins.clone()],
            sm: &counts.sm[template.clone()],
            dipole: &counts.dipole[template.clone()],
            factor: counts.factor * self.factor(index, nuisances, None),
        }
    }

    /// Sum over the members at the shared shifts in `nuisances`, each minimised over its own.
    fn members_profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        let mut sum = Profile {
            chi2: 0.0,
            slope: 0.0,
            factor_slope: 0.0,
        };
        for (index, member) in self.members.iter().enumerate() {
            let theirs = self.counts(index, counts, nuisances);
            let own = &mut nuisances[member.nuisances.clone()];
            let profile = member.likelihood.profile(theirs, strength, own)?;
            sum.chi2 += profile.chi2;
            sum.slope += profile.slope;
            sum.factor_slope += profile.factor_slope * self.factor(index, nuisances, None);
        }
        for (shared, eta) in self.shared.iter().zip(&*nuisances) {
            sum.chi2 += shared.parameter.pull(*eta).map_or(0.0, |pull| pull * pull);
        }
        Ok(sum)
    }

    /// Derivative of chi-square, minimised over the members' own nuisances, in one shared shift.
    fn slope(&self, place: usize, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<f64, Error> {
        let prior = self.shared[place].parameter.prior;
        let mut slope = prior.map_or(0.0, |prior| 2.0 * prior.pull(nuisances[place]) / prior.width);
        for (index, member) in self.members.iter().enumerate() {
            if !self.shared[place].members.contains(&index) {
                continue;
            }
            let theirs = self.counts(index, counts, nuisances);
            let others = counts.factor * self.factor(index, nuisances, Some(place));
            let own = &mut nuisances[member.nuisances.clone()];
            slope += others * member.likelihood.profile(theirs, strength, own)?.factor_slope;
        }
        Ok(slope)
    }

    /// Minimises over one shared shift by the root of the slope: secant steps in the Illinois modification (Dowell &
    /// Jarratt, BIT 11, 168 (1971)), the first with the curvature of the prior. Returns what it may have gained.
    fn minimise(&self, place: usize, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<f64, Error> {
        let lowest = self.shared[place].parameter.range.0.max(-1.0);
        let width = self.shared[place].parameter.prior.map_or(1.0, |prior| prior.width);
        let (mut low, mut high) = (None::<(f64, f64)>, None::<(f64, f64)>);
        let mut last_above = None;
        let (mut gain, mut reach) = (0.0, width);
        for _ in 0..STEPS {
            let here = nuisances[place];
            let slope = self.slope(place, counts, strength, nuisances)?;
            if slope == 0.0 || (here <= lowest && slope > 0.0) {
                return Ok(gain);
            }
            let above = slope > 0.0;
            let stale = if last_above == Some(above) { 0.5 } else { 1.0 };
            if above {
                high = Some((here, slope));
                low = low.map(|(eta, value)| (eta, stale * value));
            } else {
                low = Some((here, slope));
                high = high.map(|(eta, value)| (eta, stale * value));
            }
            last_above = Some(above);
            let next = match (low, high) {
                (Some(low), Some(high)) => (low.0 * high.1 - high.0 * low.1) / (high.1 - low.1),
                _ => {
                    reach *= 2.0;
                    let step = (0.5 * slope * width * width).clamp(-reach, reach);
                    // A factor that is nearly zero grows by factors, so that no minimum is stepped over.
                    (here - step)
                        .min(LARGEST_GROWTH * (1.0 + here).max(LEAST_FACTOR) - 1.0)
                        .max(lowest)
                }
            };
            // A bracket that rounding has closed leaves nowhere to go.
            if next == here || next.is_nan() {
                return Ok(gain);
            }
            let promised = 0.5 * (slope * (next - here)).abs();
            gain += promised;
            nuisances[place] = next;
            if promised < PRECISION {
                return Ok(gain);
            }
        }
        Err(self.no_convergence(STEPS))
    }

    /// One shared shift after the other until none gains. Chi-square falls with every step and has a prior on each shift,
    /// so that the rounds end (Tseng, J. Optim. Theory Appl. 109, 475 (2001)); with one shift, or where no two
    /// multiply the same member, after the first round.
    fn descend(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        for round in 0..=ROUNDS {
            let mut gain = 0.0;
            for place in 0..self.shared.len() {
                gain += self.minimise(place, counts, strength, nuisances)?;
            }
            if self.shared.len() < 2 || gain < 10.0 * PRECISION {
                break;
            }
            if round == ROUNDS {
                return Err(self.no_convergence(ROUNDS));
            }
        }
        self.members_profile(counts, strength, nuisances)
    }

    fn no_convergence(&self, iterations: usize) -> Error {
        ErrorKind::Convergence {
            fit: word!("shared normalisations").into(),
            iterations,
        }
        .into()
    }
}

impl Likelihood for Joint {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn observed(&self) -> &[f64] {
        &self.observed
    }

    fn errors(&self) -> Vec<f64> {
        self.members
            .iter()
            .flat_map(|member| member.likelihood.errors())
            .collect()
    }

    fn check_observed(&self, observed: &[f64]) -> Result<(), Error> {
        super::likelihood::check_bins(observed, self.observed.len(), f64::MIN)?;
        let mut members = self.members.iter();
        members.try_for_each(|member| member.likelihood.check_observed(&observed[member.bins.clone()]))
    }

    fn start(&self, counts: Counts) -> Result<Vec<f64>, Error> {
        self.check_counts(counts)?;
        let mut start: Vec<f64> = self.shared.iter().map(|shared| shared.parameter.start).collect();
        for index in 0..self.members.len() {
            let theirs = self.counts(index, counts, &start[..self.shared.len()]);
            start.extend(self.members[index].likelihood.start(theirs)?);
        }
        Ok(start)
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        self.check_counts(counts).ok()?;
        let scales = (0..self.members.len()).filter_map(|index| {
            let theirs = self.counts(index, counts, &[]);
            self.members[index].likelihood.strength_scale(theirs)
        });
        let information: f64 = scales.map(|scale| scale.recip().powi(2)).sum();
        (information > 0.0).then(|| information.sqrt().recip())
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        self.check(counts, nuisances)?;
        for (shared, eta) in self.shared.iter().zip(&mut *nuisances) {
            *eta = eta.max(shared.parameter.range.0.max(-1.0));
        }
        let found = self.descend(counts, strength, nuisances);
        let pulls = self.parameters.iter().zip(&*nuisances);
        let strain: f64 = pulls
            .filter_map(|(parameter, value)| parameter.pull(*value))
            .map(|pull| pull * pull)
            .sum();
        if found.is_ok() && strain < STRAINED {
            return found;
        }
        // A signal far too large can be taken back by what the members share or by what each has of its own: two minima, with a ridge between them.
        let mut other = self.start(counts)?;
        // What is left of the signal is then about as large as the errors.
        let left = self
            .strength_scale(counts)
            .map_or(1.0, |scale| scale / strength.max(scale));
        for (shared, eta) in self.shared.iter().zip(&mut other) {
            *eta = (left - 1.0).max(shared.parameter.range.0);
        }
        match (found, self.descend(counts, strength, &mut other)) {
            (Ok(found), Ok(beyond)) if found.chi2 <= beyond.chi2 => Ok(found),
            (Ok(found), Err(_)) => Ok(found),
            (Err(error), Err(_)) => Err(error),
            (_, Ok(beyond)) => {
                nuisances.copy_from_slice(&other);
                Ok(beyond)
            }
        }
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        if self.check(counts, nuisances).is_err() {
            return f64::NAN;
        }
        let members = self.members.iter().enumerate().map(|(index, member)| {
            let theirs = self.counts(index, counts, nuisances);
            member
                .likelihood
                .chi2(theirs, strength, &nuisances[member.nuisances.clone()])
        });
        let pulls = self.shared.iter().zip(nuisances);
        members.sum::<f64>()
            + pulls
                .filter_map(|(shared, eta)| shared.parameter.pull(*eta))
                .map(|pull| pull * pull)
                .sum::<f64>()
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        if self.check(counts, nuisances).is_err() {
            return Vec::new();
        }
        let members = self.members.iter().enumerate();
        members
            .flat_map(|(index, member)| {
                let theirs = self.counts(index, counts, nuisances);
                let own = &nuisances[member.nuisances.clone()];
                member.likelihood.terms(theirs, strength, own)
            })
            .collect()
    }

    /// The backgrounds of every member, zero in the bins of the others.
    fn backgrounds(&self, nuisances: &[f64]) -> Vec<Background> {
        if nuisances.len() != self.parameters.len() {
            return Vec::new();
        }
        let placed = self.members.iter().flat_map(|member| {
            let own = member.likelihood.backgrounds(&nuisances[member.nuisances.clone()]);
            own.into_iter().map(|background| {
                let mut counts = vec![0.0; self.observed.len()];
                counts[member.bins.clone()].copy_from_slice(&background.counts);
                Background {
                    name: background.name,
                    counts,
                }
            })
        });
        placed.collect()
    }

    /// Of each member, with the same factors.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        let fits = projection.fitted.len() == self.parameters.len()
            && projection.before.len() == self.observed.len()
            && projection.sm.len() == self.template();
        let mut changed = self.clone();
        for member in changed.members.iter_mut().filter(|_| fits) {
            member.likelihood = member.likelihood.projected(&Projection {
                fitted: &projection.fitted[member.nuisances.clone()],
                before: &projection.before[member.bins.clone()],
                sm: &projection.sm[member.template.clone()],
                ..*projection
            });
            changed.observed[member.bins.clone()].copy_from_slice(member.likelihood.observed());
        }
        Arc::new(changed)
    }

    fn template(&self) -> usize {
        self.members.last().map_or(0, |member| member.template.end)
    }

    fn counts_of(&self, template: &[f64]) -> f64 {
        let theirs = self.members.iter();
        let theirs = theirs.filter_map(|member| Some((member, template.get(member.template.clone())?)));
        theirs.map(|(member, own)| member.likelihood.counts_of(own)).sum()
    }

    fn signal_of(&self, template: &[f64], nuisances: &[f64]) -> Vec<f64> {
        if nuisances.len() != self.parameters.len() || template.len() != self.template() {
            return vec![f64::NAN; self.observed.len()];
        }
        let signal = self.members.iter().enumerate().flat_map(|(index, member)| {
            let shared = self.factor(index, nuisances, None);
            let own = &nuisances[member.nuisances.clone()];
            let own = member.likelihood.signal_of(&template[member.template.clone()], own);
            own.into_iter().map(move |count| shared * count)
        });
        signal.collect()
    }

    /// Without what shapes do: see [`Likelihood::signal_of`].
    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        if nuisances.len() != self.parameters.len() {
            return vec![f64::NAN; self.observed.len()];
        }
        let factors = self.members.iter().enumerate().flat_map(|(index, member)| {
            let shared = self.factor(index, nuisances, None);
            let own = member.likelihood.signal_factors(&nuisances[member.nuisances.clone()]);
            own.into_iter().map(move |factor| shared * factor)
        });
        factors.collect()
    }
}
