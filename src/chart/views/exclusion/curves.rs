//! Curves of the plane.

use crate::chart::{Dash, Layer, Mark, Role, Values};

/// A stretch of a curve without gaps.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Piece {
    /// Rising masses, in MeV.
    pub masses_mev: Values,
    /// Couplings, in GeV^-1.
    pub couplings_per_gev: Values,
}

impl Piece {
    /// The piece through points: masses in MeV and couplings in GeV^-1.
    #[must_use]
    pub fn through(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let (masses_mev, couplings_per_gev): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        Self {
            masses_mev: masses_mev.into(),
            couplings_per_gev: couplings_per_gev.into(),
        }
    }

    /// The pieces of a curve that is given at each mass, with `None` where it has a gap.
    #[must_use]
    pub fn between_gaps(masses_mev: &[f64], couplings_per_gev: &[Option<f64>]) -> Vec<Self> {
        let points: Vec<(f64, Option<f64>)> = masses_mev
            .iter()
            .copied()
            .zip(couplings_per_gev.iter().copied())
            .collect();
        points
            .split(|(_, coupling)| coupling.is_none())
            .filter(|piece| !piece.is_empty())
            .map(|piece| Self {
                masses_mev: piece.iter().map(|(mass, _)| *mass).collect(),
                couplings_per_gev: piece.iter().filter_map(|(_, coupling)| *coupling).collect(),
            })
            .collect()
    }
}

/// A limit curve that is computed here.
#[derive(Clone, Debug, PartialEq)]
pub struct ComputedCurve {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub role: Role,
    /// How its line is drawn.
    pub dash: Dash,
    /// The limits: pieces that may begin and end anywhere.
    pub pieces: Vec<Piece>,
    /// First and last mass, in MeV, of the ranges in which every coupling is excluded since the SM alone is: drawn along the lower edge.
    pub everything_excluded_mev: Vec<(f64, f64)>,
    /// Upper end of what is excluded, where it has one: N that decays in the detector is no bare recoil.
    pub ceilings: Vec<Piece>,
    /// Corners of what is excluded.
    pub regions: Vec<Piece>,
    /// Whether it is the one that the visitor looks at: it is shaded more.
    pub chosen: bool,
    /// Whether it is kept to compare with: a thin line that shades nothing.
    pub pinned: bool,
}

impl Piece {
    /// What of it lies up to a mass, in MeV, and what from there on; they meet in one of its points.
    #[must_use]
    pub fn cut_at(&self, mass_mev: f64) -> (Self, Self) {
        let points = || {
            self.masses_mev
                .iter()
                .copied()
                .zip(self.couplings_per_gev.iter().copied())
        };
        let end = points().filter(|(mass, _)| *mass < mass_mev).count();
        let second = Self::through(points().skip(end));
        let first = if end > 0 { end + 1 } else { 0 };
        (Self::through(points().take(first)), second)
    }
}

/// A curve that is computed elsewhere. Prepared once, its points are not copied for a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedLine {
    /// Its name.
    pub name: String,
    /// Whether it encloses what is excluded.
    pub closed: bool,
    /// Whose result it is: [`Role::Published`] or one of its kin, or [`Role::Projection`].
    pub role: Role,
    /// Corners of what it excludes.
    pub regions: Vec<Piece>,
    /// Masses, in MeV.
    pub masses_mev: Values,
    /// Couplings, in GeV^-1.
    pub couplings_per_gev: Values,
}

/// A place of note: the coupling that data prefer, a point that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceOfNote {
    /// Its name.
    pub name: String,
    /// Its colour: that of the experiment's curve.
    pub role: Role,
    /// Mass, in MeV.
    pub mass_mev: f64,
    /// Coupling, in GeV^-1.
    pub coupling_per_gev: f64,
}

impl PlaceOfNote {
    pub(super) fn layer(&self) -> Layer {
        let mark = Mark::Cross {
            x: self.mass_mev,
            y: self.coupling_per_gev,
        };
        Layer::new(self.name.clone(), self.role, mark).labelled()
    }
}

impl Piece {
    /// The inside of the line through its points.
    fn shade(&self, role: Role) -> Layer {
        let (x, y) = (self.masses_mev.clone(), self.couplings_per_gev.clone());
        Layer::new("", role, Mark::Shade { x, y })
    }
}

impl PublishedLine {
    pub(super) fn shades(&self) -> impl Iterator<Item = Layer> {
        self.regions.iter().map(|region| region.shade(self.role).thin().still())
    }

    pub(super) fn layer(&self) -> Layer {
        let (x, y) = (self.masses_mev.clone(), self.couplings_per_gev.clone());
        let mark = if self.closed {
            Mark::Region { x, y }
        } else {
            Mark::Curve { x, y }
        };
        let dash = if self.role == Role::Projection {
            Dash::Dashed
        } else {
            Dash::Solid
        };
        Layer::new(self.name.clone(), self.role, mark)
            .dashed(dash)
            .labelled()
            .still()
    }
}

impl ComputedCurve {
    pub(super) fn shades(&self) -> impl Iterator<Item = Layer> {
        let shade = |region: &Piece| region.shade(self.role);
        let chosen = self.chosen;
        self.regions.iter().map(move |region| {
            let shade = shade(region);
            if chosen { shade } else { shade.thin() }
        })
    }

    /// Ceilings at the bottom, then limits, then what lies along the lower edge above `floors` others. The longest piece carries the name,
    /// that of the ceilings if asked for.
    pub(super) fn layers(&self, floors: usize, names_ceilings: bool) -> Vec<Layer> {
        let curve = |name: &str, piece: &Piece| {
            let (x, y) = (piece.masses_mev.clone(), piece.couplings_per_gev.clone());
            Layer::new(name, self.role, Mark::Curve { x, y })
        };
        let ceiling = format!("{}, {}", self.name, ceiling());
        let thin = |piece| curve(&ceiling, piece).dashed(Dash::Dashed).thin();
        let ceilings = self.ceilings.iter().map(thin);
        let mut layers = if names_ceilings {
            label_longest(ceilings, None)
        } else {
            ceilings.collect()
        };
        let limits = self.pieces.iter().map(|piece| {
            let limit = curve(&self.name, piece).dashed(self.dash);
            if self.pinned { limit.thin() } else { limit }
        });
        layers.extend(label_longest(limits, None));
        let floors = self.everything_excluded_mev.iter().map(|(first, last)| {
            let mark = Mark::Floor {
                x: [*first, *last].as_slice().into(),
                word: everything().to_owned(),
                lane: floors,
            };
            Layer::new(self.name.clone(), self.role, mark).dashed(Dash::Dashed)
        });
        layers.extend(label_longest(floors, Some(everything())));
        layers
    }
}

/// What is read where every coupling is excluded.
fn everything() -> &'static str {
    say!("everything excluded")
}
/// What the upper end of an excluded region is called.
fn ceiling() -> &'static str {
    say!("upper end")
}

/// The layers with their name on the longest, and a remark if there is one.
fn label_longest(layers: impl Iterator<Item = Layer>, remark: Option<&str>) -> Vec<Layer> {
    let length = |layer: &Layer| match &layer.mark {
        Mark::Curve { x, .. } | Mark::Floor { x, .. } => {
            let ends = x.first().zip(x.last());
            ends.map_or(0.0, |(first, last)| (last / first).ln())
        }
        _ => 0.0,
    };
    let mut layers: Vec<Layer> = layers.collect();
    if let Some(layer) = layers.iter_mut().max_by(|a, b| length(a).total_cmp(&length(b))) {
        let name = &layer.name;
        layer.label = Some(remark.map_or_else(|| name.clone(), |remark| format!("{name}: {remark}")));
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_cut_at_its_gaps() {
        let masses = [1.0, 2.0, 3.0, 4.0, 5.0];
        let pieces = Piece::between_gaps(&masses, &[None, Some(1e-7), Some(2e-7), None, Some(3e-7)]);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].masses_mev[..], [2.0, 3.0]);
        assert_eq!(pieces[0].couplings_per_gev[..], [1e-7, 2e-7]);
        assert_eq!(pieces[1].masses_mev[..], [5.0]);
        assert!(Piece::between_gaps(&masses, &[None; 5]).is_empty());
    }

    #[test]
    fn only_the_longest_piece_carries_the_name() {
        let piece = |first: f64, last: f64| Piece {
            masses_mev: [first, last].as_slice().into(),
            couplings_per_gev: [1e-7, 1e-7].as_slice().into(),
        };
        let curve = ComputedCurve {
            name: "A".to_owned(),
            role: Role::First,
            dash: Dash::Solid,
            pieces: vec![piece(1.0, 2.0), piece(3.0, 30.0), piece(40.0, 50.0)],
            everything_excluded_mev: vec![(30.0, 40.0)],
            ceilings: Vec::new(),
            regions: Vec::new(),
            chosen: false,
            pinned: false,
        };
        let labels: Vec<_> = curve.layers(0, true).into_iter().map(|layer| layer.label).collect();
        let written = |text: &str| Some(text.to_owned());
        assert_eq!(labels, [None, written("A"), None, written("A: everything excluded")]);
    }
}
