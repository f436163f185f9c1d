//! Which of several limit curves is the strongest where.

use super::curve::{Curve, CurvePoint, Stretch};
use super::grid::PLANE_COUPLING_PER_GEV;
use crate::experiment::ExperimentId;
use crate::numerics::order::sort_numbers;
use serde::Serialize;

/// Largest ratio of a limit to the strongest one at which both are said to lead, where it holds over most of a range.
pub const RIVAL_RATIO: f64 = 1.5;

/// Ratio of the ends of a range below which it is none of its own, where its strongest limit is one of those that lead before it.
const BRIEF_RATIO: f64 = 1.6;

/// A range of masses, and whose limits are the strongest there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lead {
    /// The strongest first, then those that come within [`RIVAL_RATIO`] of it over more than half of the range (in logarithms of the mass), the nearest
    /// first; none where no curve has a limit.
    pub experiments: Vec<ExperimentId>,
    /// Where it begins, in MeV.
    #[serde(rename = "from_MeV")]
    pub from_mev: f64,
    /// Where it ends, in MeV.
    #[serde(rename = "to_MeV")]
    pub to_mev: f64,
}

/// Who leads where, from the least mass of the curves to the largest; neighbouring ranges with the same leaders are one, and a brief one belongs to that
/// before it.
///
/// Between their points curves are straight in logarithms, and the lead changes where two of them cross, or where one ends.
#[must_use]
pub fn leads(curves: &[&Curve]) -> Vec<Lead> {
    let field = Field::new(curves);
    let mut leads: Vec<Lead> = Vec::new();
    for range in field.ranges() {
        let leaders = field.leaders(&range).map(|curve| curves[curve].request.experiment);
        let experiments: Vec<_> = leaders.collect();
        let is_brief = range.to_mev < BRIEF_RATIO * range.from_mev;
        let goes_on = |lead: &&mut Lead| {
            let known = &lead.experiments;
            let is_same = known.len() == experiments.len() && experiments.iter().all(|id| known.contains(id));
            is_same || is_brief && experiments.first().is_some_and(|first| known.contains(first))
        };
        match leads.last_mut().filter(goes_on) {
            Some(lead) => lead.to_mev = range.to_mev,
            None => leads.push(Lead {
                experiments,
                from_mev: range.from_mev,
                to_mev: range.to_mev,
            }),
        }
    }
    leads
}

/// Curves on the masses of all of them.
struct Field {
    masses_mev: Vec<f64>,
    /// For each curve the logarithm of its limit at each mass; `None` where there is none.
    heights: Vec<Vec<Option<f64>>>,
}

/// A range of masses with one strongest curve.
struct Range {
    /// Its place among the curves.
    strongest: Option<usize>,
    from_mev: f64,
    to_mev: f64,
    /// The masses within.
    places: std::ops::Range<usize>,
}

impl Field {
    fn new(curves: &[&Curve]) -> Self {
        let points = curves.iter().flat_map(|curve| &curve.points);
        let mut masses_mev: Vec<f64> = points.map(|point| point.mass_mev).collect();
        sort_numbers(&mut masses_mev);
        masses_mev.dedup();
        Self {
            heights: curves.iter().map(|curve| heights(curve, &masses_mev)).collect(),
            masses_mev,
        }
    }

    fn strongest(&self, place: usize) -> Option<usize> {
        let there = self.heights.iter().enumerate();
        let there = there.filter_map(|(curve, heights)| Some((curve, heights[place]?)));
        let strongest = there.min_by(|(_, one), (_, other)| one.total_cmp(other));
        strongest.map(|(curve, _)| curve)
    }

    fn ranges(&self) -> Vec<Range> {
        let mut ranges: Vec<Range> = Vec::new();
        for (place, mass_mev) in self.masses_mev.iter().enumerate() {
            let strongest = self.strongest(place);
            let from_mev = match ranges.last_mut() {
                Some(range) if range.strongest == strongest => {
                    range.to_mev = *mass_mev;
                    range.places.end = place + 1;
                    continue;
                }
                Some(before) => {
                    before.to_mev = self.boundary_mev(place, before.strongest, strongest);
                    before.to_mev
                }
                None => *mass_mev,
            };
            ranges.push(Range {
                strongest,
                from_mev,
                to_mev: *mass_mev,
                places: place..place + 1,
            });
        }
        ranges
    }

    /// The mass, between the one before `place` and the one at it, where another curve becomes the strongest.
    fn boundary_mev(&self, place: usize, old: Option<usize>, new: Option<usize>) -> f64 {
        let (before_mev, at_mev) = (self.masses_mev[place - 1], self.masses_mev[place]);
        let above = |place: usize| Some(self.heights[old?][place]? - self.heights[new?][place]?);
        match (above(place - 1), above(place)) {
            // They cross.
            (Some(before), Some(at)) if at > before => {
                let share = (before / (before - at)).clamp(0.0, 1.0);
                before_mev * (at_mev / before_mev).powf(share)
            }
            // The old one ends.
            (Some(_), None) | (None, None) if old.is_some() => before_mev,
            // The new one begins.
            _ => at_mev,
        }
    }

    /// The strongest of a range and its rivals, as places of curves.
    fn leaders<'a>(&'a self, range: &'a Range) -> impl Iterator<Item = usize> + 'a {
        let is_near = |curve: usize, strongest: usize, place: usize| {
            let ratio = self.heights[curve][place].zip(self.heights[strongest][place]);
            ratio.is_some_and(|(height, least)| height - least <= RIVAL_RATIO.ln())
        };
        let is_rival = move |curve: &usize| {
            let Some(strongest) = range.strongest.filter(|strongest| strongest != curve) else {
                return false;
            };
            let near = range.places.clone().filter(|place| is_near(*curve, strongest, *place));
            2.0 * near.map(|place| self.width(place)).sum::<f64>()
                > range.places.clone().map(|place| self.width(place)).sum()
        };
        // The nearest first.
        let distance = |curve: usize| -> f64 {
            let near = range
                .places
                .clone()
                .filter_map(|place| Some((self.heights[curve][place]?, self.width(place))));
            let (sum, width) = near.fold((0.0, 0.0), |(sum, all), (height, width)| {
                (sum + width * height, all + width)
            });
            sum / width
        };
        let mut rivals: Vec<usize> = (0..self.heights.len()).filter(is_rival).collect();
        rivals.sort_by(|one, other| distance(*one).total_cmp(&distance(*other)));
        range.strongest.into_iter().chain(rivals)
    }

    /// The share of the axis, in logarithms, that a mass stands for.
    fn width(&self, place: usize) -> f64 {
        let last = self.masses_mev.len() - 1;
        let (before, after) = (place.saturating_sub(1), (place + 1).min(last));
        (self.masses_mev[after] / self.masses_mev[before]).ln()
    }
}

/// Logarithm of a curve's limit at each mass.
fn heights(curve: &Curve, masses_mev: &[f64]) -> Vec<Option<f64>> {
    let points: Vec<_> = curve
        .points
        .iter()
        .map(|point| (point.mass_mev, height(point)))
        .collect();
    let mut next = 0;
    let at = |mass_mev: &f64| {
        while next < points.len() && points[next].0 < *mass_mev {
            next += 1;
        }
        let (high_mev, after) = *points.get(next)?;
        if high_mev == *mass_mev {
            return after;
        }
        let (low_mev, before) = *points.get(next.checked_sub(1)?)?;
        let share = (mass_mev / low_mev).ln() / (high_mev / low_mev).ln();
        Some(before? + share * (after? - before?))
    };
    masses_mev.iter().map(at).collect()
}

/// Where no coupling is allowed the limit is below the plane.
fn height(point: &CurvePoint) -> Option<f64> {
    let is_below = point.stretch() == Stretch::EverythingExcluded;
    point.height().or(is_below.then(|| PLANE_COUPLING_PER_GEV.0.ln()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Flavor;
    use crate::analysis::curve::CurveRequest;
    use crate::analysis::{Analysis, Settings};
    use crate::statistics::{Confidence, Limit};

    /// A curve of an experiment with limits of its own.
    fn curve(id: ExperimentId, limits: &[(f64, Limit)]) -> Curve {
        let analysis = Analysis::built_in(id, &Settings::default()).expect("sound tables");
        let point = |(mass_mev, limit): &(f64, Limit)| CurvePoint {
            mass_mev: *mass_mev,
            limit_per_gev: Ok(*limit),
            ceiling_per_gev: None,
        };
        Curve {
            request: CurveRequest::of(&analysis, Flavor::Electron, Confidence::PAPER),
            points: limits.iter().map(point).collect(),
        }
    }

    fn leaders(leads: &[Lead]) -> Vec<(Vec<ExperimentId>, f64)> {
        leads
            .iter()
            .map(|lead| (lead.experiments.clone(), lead.to_mev))
            .collect()
    }

    const REACTOR: ExperimentId = ExperimentId::DRESDEN_II;
    const SUN: ExperimentId = ExperimentId::XENON1T;

    #[test]
    fn the_lead_changes_where_power_laws_cross() {
        // 1e-8 m^2 and 1e-6 / m^2 are equal at the square root of ten.
        let rising = curve(REACTOR, &[(0.1, Limit::At(1e-10)), (10.0, Limit::At(1e-6))]);
        let falling = curve(SUN, &[(0.1, Limit::At(1e-4)), (10.0, Limit::At(1e-8))]);
        let leads = leads(&[&rising, &falling]);
        assert_eq!(leads.len(), 2, "{leads:?}");
        assert!((leads[0].to_mev / 10_f64.sqrt() - 1.0).abs() < 1e-12, "{leads:?}");
        assert_eq!((leads[0].experiments[0], leads[1].experiments[0]), (REACTOR, SUN));
    }

    #[test]
    fn it_ends_with_its_curve_and_nothing_leads_behind_all() {
        let short = [
            (0.1, Limit::At(1e-8)),
            (1.0, Limit::At(1e-8)),
            (1.002, Limit::NoSensitivity),
            (10.0, Limit::NoSensitivity),
        ];
        let long = [
            (0.1, Limit::At(1e-6)),
            (5.0, Limit::At(1e-6)),
            (5.01, Limit::NoSensitivity),
            (10.0, Limit::NoSensitivity),
        ];
        let leads = leads(&[&curve(SUN, &long), &curve(REACTOR, &short)]);
        assert_eq!(
            leaders(&leads),
            [(vec![REACTOR], 1.0), (vec![SUN], 5.0), (vec![], 10.0)]
        );
    }

    #[test]
    fn rivals_are_near_over_most_of_a_range_and_everything_excluded_is_below_all() {
        let one = curve(REACTOR, &[(0.1, Limit::At(1e-8)), (10.0, Limit::At(1e-8))]);
        let near = curve(SUN, &[(0.1, Limit::At(1.4e-8)), (10.0, Limit::At(1.4e-8))]);
        assert_eq!(leaders(&leads(&[&one, &near])), [(vec![REACTOR, SUN], 10.0)]);
        let far = curve(SUN, &[(0.1, Limit::At(1.6e-8)), (10.0, Limit::At(1.6e-8))]);
        assert_eq!(leaders(&leads(&[&one, &far])), [(vec![REACTOR], 10.0)]);
        let all = curve(
            SUN,
            &[(0.1, Limit::EverythingExcluded), (10.0, Limit::EverythingExcluded)],
        );
        assert_eq!(leaders(&leads(&[&one, &all])), [(vec![SUN], 10.0)]);
    }
}
