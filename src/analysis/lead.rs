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

/// Share of a range (in logarithms of the mass) over which a rival has a limit: one that ends in the middle of a range does not lead up to its end.
const PRESENT_SHARE: f64 = 0.9;

/// The same whoever leads there: its ends are one number to who reads them.
const UNSEEN_RATIO: f64 = 1.02;

/// A range of masses, and whose limits are the strongest there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lead {
    /// Those that come within [`RIVAL_RATIO`] of the strongest over more than half of the range (in logarithms of the mass) and have a limit in
    /// nearly all of it, the nearest first; none where no curve has a limit.
    pub experiments: Vec<ExperimentId>,
    /// Where it begins, in MeV.
    #[serde(rename = "from_MeV")]
    pub from_mev: f64,
    /// Where it ends, in MeV.
    #[serde(rename = "to_MeV")]
    pub to_mev: f64,
    /// From where on, in MeV, the strongest limit lies above the coupling at which most N decay inside the detector, so that nothing is excluded by it;
    /// `None` where it does not.
    #[serde(rename = "decays_from_MeV")]
    pub decays_from_mev: Option<f64>,
}

/// Who leads where, from the least mass of the curves to the largest; neighbouring ranges with the same leaders are one, and a brief one belongs to that
/// before it. An experiment whose bound the SM alone violates at every mass says nothing of N, and leads nowhere.
///
/// Between their points curves are straight in logarithms, and the lead changes where two of them cross, or where one ends.
#[must_use]
pub fn leads(curves: &[&Curve]) -> Vec<Lead> {
    let is_violated = |point: &CurvePoint| point.stretch() == Stretch::EverythingExcluded;
    let curves = curves.iter().copied();
    let curves: Vec<&Curve> = curves.filter(|curve| !curve.points.iter().all(is_violated)).collect();
    let field = Field::new(&curves);
    let ranges = field.joined();
    let lead = |range: &Range| Lead {
        experiments: field
            .leaders(range)
            .into_iter()
            .map(|curve| curves[curve].request.experiment)
            .collect(),
        from_mev: range.from_mev,
        to_mev: range.to_mev,
        decays_from_mev: range
            .strongest
            .and_then(|curve| decays_from_mev(curves[curve]))
            .filter(|from_mev| *from_mev < range.to_mev)
            .map(|from_mev| from_mev.max(range.from_mev)),
    };
    ranges.iter().map(lead).collect()
}

/// Curves on the masses of all of them.
struct Field {
    masses_mev: Vec<f64>,
    /// For each curve the logarithm of its limit at each mass; `None` where there is none.
    heights: Vec<Vec<Option<f64>>>,
}

/// A range of masses.
struct Range {
    /// The place among the curves of the strongest one at its end.
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

    /// Ranges without those that are none of their own.
    fn joined(&self) -> Vec<Range> {
        let mut joined: Vec<Range> = Vec::new();
        for range in self.ranges() {
            let goes_on = |before: &&mut Range| {
                let (known, leaders) = (self.leaders(before), self.leaders(&range));
                let is_same = known.len() == leaders.len() && leaders.iter().all(|curve| known.contains(curve));
                let is_within = |ratio: f64| range.to_mev < ratio * range.from_mev;
                let has_led = range.strongest.is_some_and(|first| known.contains(&first));
                let is_unseen = is_within(UNSEEN_RATIO) && range.strongest.is_some() && !known.is_empty();
                is_same || is_within(BRIEF_RATIO) && has_led || is_unseen
            };
            match joined.last_mut().filter(goes_on) {
                Some(before) => {
                    before.strongest = range.strongest;
                    before.to_mev = range.to_mev;
                    before.places.end = range.places.end;
                }
                None => joined.push(range),
            }
        }
        joined
    }

    /// Ranges with one strongest curve each.
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

    /// The curves that lead in a range, as their places, the nearest to the strongest first.
    fn leaders(&self, range: &Range) -> Vec<usize> {
        let places = || {
            range.places.clone().filter_map(|place| {
                let least = self.heights[self.strongest(place)?][place]?;
                Some((place, least, self.width(place)))
            })
        };
        let whole: f64 = places().map(|(.., width)| width).sum();
        // Distance from the strongest where there is a limit, and over which part of the range it is small.
        let of = |curve: usize| {
            let there = places().filter_map(|(place, least, width)| Some((self.heights[curve][place]? - least, width)));
            there.fold((0.0, 0.0, 0.0), |(sum, all, near), (distance, width)| {
                let is_near = distance <= RIVAL_RATIO.ln();
                (
                    sum + width * distance,
                    all + width,
                    near + if is_near { width } else { 0.0 },
                )
            })
        };
        let curves = (0..self.heights.len()).map(|curve| (curve, of(curve)));
        let mut leaders: Vec<(usize, f64)> = curves
            .filter(|(_, (_, all, near))| *all > PRESENT_SHARE * whole && 2.0 * near > whole)
            .map(|(curve, (sum, all, _))| (curve, sum / all))
            .collect();
        leaders.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        let leaders: Vec<usize> = leaders.into_iter().map(|(curve, _)| curve).collect();
        // Where many take turns none may be near over half of it.
        if leaders.is_empty() {
            range.strongest.into_iter().collect()
        } else {
            leaders
        }
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

/// The mass from which on, to its end, a curve lies above its ceiling.
fn decays_from_mev(curve: &Curve) -> Option<f64> {
    let above = |point: &CurvePoint| Some((point.mass_mev, point.height()? - point.ceiling_per_gev?.ln()));
    let points: Vec<(f64, f64)> = curve.points.iter().filter_map(above).collect();
    let below = points.iter().rposition(|(_, above)| *above < 0.0);
    let (to_mev, high) = *points.get(below.map_or(0, |below| below + 1))?;
    Some(below.map_or(to_mev, |below| {
        let (from_mev, low) = points[below];
        from_mev * (to_mev / from_mev).powf(low / (low - high))
    }))
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
        let all = [0.1, 4.0, 4.01, 10.0].map(|mass_mev| (mass_mev, Limit::EverythingExcluded));
        let part = [&all[..2], &[(4.01, Limit::At(1e-6)), (10.0, Limit::At(1e-6))]].concat();
        let both = leads(&[&one, &curve(SUN, &part)]);
        assert_eq!(
            both.iter().map(|lead| lead.experiments[0]).collect::<Vec<_>>(),
            [SUN, REACTOR]
        );
        assert!((4.0..=4.01).contains(&both[0].to_mev), "{both:?}");
        // At every mass it is the SM that is excluded.
        assert_eq!(leaders(&leads(&[&one, &curve(SUN, &all)])), [(vec![REACTOR], 10.0)]);
    }

    #[test]
    fn who_is_near_for_a_short_part_of_a_joined_range_does_not_lead_there() {
        // The first two take turns; the third is near while the first leads, which is a tenth of the range.
        let at = |low: f64, high: f64| [(1.0, low), (1.1, low), (1.1 + 1e-6, high), (1.5, high)];
        let limits = |low, high| at(low, high).map(|(mass_mev, limit)| (mass_mev, Limit::At(limit)));
        let first = curve(REACTOR, &limits(1.0e-7, 1.1e-7));
        let second = curve(SUN, &limits(1.1e-7, 1.0e-7));
        let third = curve(ExperimentId::COHERENT_CSI, &limits(1.2e-7, 9e-7));
        assert_eq!(leaders(&leads(&[&first, &second, &third])), [(vec![SUN, REACTOR], 1.5)]);
    }

    #[test]
    fn a_lead_says_from_where_on_most_n_decay_inside() {
        let mut falling = curve(REACTOR, &[(1.0, Limit::At(1e-7)), (100.0, Limit::At(1e-7))]);
        let steady = curve(SUN, &[(1.0, Limit::At(1e-6)), (100.0, Limit::At(1e-6))]);
        assert_eq!(leads(&[&falling, &steady])[0].decays_from_mev, None);
        // From ten times above the limit to ten times below it.
        for (point, ceiling_per_gev) in falling.points.iter_mut().zip([1e-6, 1e-8]) {
            point.ceiling_per_gev = Some(ceiling_per_gev);
        }
        let from_mev = leads(&[&falling, &steady])[0].decays_from_mev.expect("it ends there");
        assert!((from_mev / 10.0 - 1.0).abs() < 1e-12, "{from_mev}");
    }
}
