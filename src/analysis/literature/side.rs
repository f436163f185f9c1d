//! Which side of a curve is excluded, as its table says it.

use super::{CurveKind, CurvePoint};
use crate::Error;
use crate::numerics::decimal;

/// Ends of an open contour are on the border of its frame if their logarithms agree to this.
const ON_BORDER: f64 = 1e-9;

/// A rectangle of the plane: masses in MeV and couplings in GeV^-1, both from low to high and positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Lowest and highest mass, in MeV.
    pub mass_mev: (f64, f64),
    /// Lowest and highest coupling, in GeV^-1.
    pub coupling_per_gev: (f64, f64),
}

impl Frame {
    /// A rectangle with area in the plane of the logarithms; `None` for any other numbers.
    #[must_use]
    pub fn new(mass_mev: (f64, f64), coupling_per_gev: (f64, f64)) -> Option<Self> {
        let is_range = |(low, high): (f64, f64)| low > 0.0 && low < high && high.is_finite();
        (is_range(mass_mev) && is_range(coupling_per_gev)).then_some(Self {
            mass_mev,
            coupling_per_gev,
        })
    }

    /// Reads `0.01 to 100 MeV, 1e-10 to 1e-5 GeV^-1`.
    fn parse(text: &str) -> Option<Self> {
        let (masses, couplings) = text.split_once(',')?;
        let range = |text: &str, unit: &str| {
            let mut words = text.split_ascii_whitespace();
            let (low, to, high, in_unit) = (words.next()?, words.next()?, words.next()?, words.next()?);
            let is_whole = to == "to" && in_unit == unit && words.next().is_none();
            is_whole.then_some((decimal::parse(low)?, decimal::parse(high)?))
        };
        Self::new(range(masses, "MeV")?, range(couplings, "GeV^-1")?)
    }

    /// Whether a point is inside the frame or on its border.
    #[must_use]
    pub fn contains(&self, point: CurvePoint) -> bool {
        let within = |(low, high): (f64, f64), value: f64| low <= value && value <= high;
        within(self.mass_mev, point.mass_mev) && within(self.coupling_per_gev, point.coupling_per_gev)
    }

    /// How far along the border a point of it is, counter-clockwise from the corner of lowest mass and coupling and
    /// in sides: 1 at the next corner, up to 4. `None` for a point that is not on the border.
    pub(super) fn along_border(&self, point: CurvePoint) -> Option<f64> {
        let share = |(low, high): (f64, f64), value: f64| (value / low).ln() / (high / low).ln();
        let x = share(self.mass_mev, point.mass_mev);
        let y = share(self.coupling_per_gev, point.coupling_per_gev);
        let is = |value: f64, border: f64| (value - border).abs() < ON_BORDER;
        if !self.contains(point) {
            None
        } else if is(y, 0.0) {
            Some(x)
        } else if is(x, 1.0) {
            Some(1.0 + y)
        } else if is(y, 1.0) {
            Some(3.0 - x)
        } else if is(x, 0.0) {
            Some(4.0 - y)
        } else {
            None
        }
    }

    /// Corner of a number from 0 to 3, in the order of [`Frame::along_border`].
    pub(super) fn corner(&self, number: usize) -> CurvePoint {
        let (low, high) = self.coupling_per_gev;
        let (left, right) = self.mass_mev;
        let (mass_mev, coupling_per_gev) = match number % 4 {
            0 => (left, low),
            1 => (right, low),
            2 => (right, high),
            _ => (left, high),
        };
        CurvePoint {
            mass_mev,
            coupling_per_gev,
        }
    }
}

/// What a curve excludes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExcludedSide {
    /// Couplings above it and, where it turns back, below its upper branch.
    Above,
    /// The inside of a contour that is closed, or closed by the border of its figure.
    Inside,
    /// The side of an open contour on which a point is, within the frame that the curve cuts in two.
    SideOf {
        /// A point that is excluded.
        point: CurvePoint,
        /// Where the curve tells the two sides apart: outside nothing is known.
        frame: Frame,
    },
    /// Nothing: it is a projection.
    Nothing,
}

impl ExcludedSide {
    /// Reads the header keys `excluded` and, for an open contour, `frame`.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for any other text, and if there is a frame where none belongs or none where one does.
    pub fn parse(excluded: &str, frame: Option<&str>) -> Result<Self, Error> {
        let wrong = || {
            let allowed = "above, inside, nothing, or side of M MeV, D GeV^-1 with a frame around that point";
            let frame = frame
                .map(|frame| format!(" with the frame '{frame}'"))
                .unwrap_or_default();
            Error::input("excluded", format!("'{excluded}'{frame}"), allowed)
        };
        let side = match (excluded, frame) {
            ("above", None) => Some(Self::Above),
            ("inside", None) => Some(Self::Inside),
            ("nothing", None) => Some(Self::Nothing),
            (text, Some(frame)) => side_of(text, frame),
            _ => None,
        };
        side.ok_or_else(wrong)
    }

    /// Says what does not fit together: the kind of a curve, its excluded side and its points.
    ///
    /// # Errors
    /// The problem in words.
    pub(super) fn check(&self, kind: CurveKind, points: &[CurvePoint]) -> Result<(), String> {
        match (self, kind) {
            (Self::Above, CurveKind::UpperLimit) => check_limit(points),
            (Self::SideOf { frame, .. }, CurveKind::OpenContour) => check_open(frame, points),
            (Self::Inside, CurveKind::Contour) | (Self::Nothing, CurveKind::Projection) => Ok(()),
            _ => Err(format!("a curve of the kind '{kind}' does not exclude this side")),
        }
    }
}

/// Reads `side of 1 MeV, 1e-10 GeV^-1`.
fn side_of(text: &str, frame: &str) -> Option<ExcludedSide> {
    let (mass, coupling) = text.strip_prefix("side of ")?.split_once(',')?;
    let point = CurvePoint {
        mass_mev: decimal::parse(mass.strip_suffix(" MeV")?)?,
        coupling_per_gev: decimal::parse(coupling.trim_start().strip_suffix(" GeV^-1")?)?,
    };
    let frame = Frame::parse(frame)?;
    frame.contains(point).then_some(ExcludedSide::SideOf { point, frame })
}

/// A limit that turned back beyond its first mass, or that ended below its own branches, would be read on the wrong side.
fn check_limit(points: &[CurvePoint]) -> Result<(), String> {
    let [first, .., last] = points else {
        return Err("a limit needs two points".to_owned());
    };
    if points.iter().any(|point| point.mass_mev < first.mass_mev) {
        return Err("an upper limit begins at its lowest mass".to_owned());
    }
    let ends_highest = points
        .iter()
        .all(|point| point.coupling_per_gev <= last.coupling_per_gev);
    if super::region::turns_back(points) && !ends_highest {
        return Err("an upper limit that turns back ends at its highest coupling".to_owned());
    }
    Ok(())
}

/// A curve that ended within its frame would not tell two sides apart.
fn check_open(frame: &Frame, points: &[CurvePoint]) -> Result<(), String> {
    let on_border = |point: Option<&CurvePoint>| point.and_then(|point| frame.along_border(*point)).is_some();
    if !points.iter().all(|point| frame.contains(*point)) {
        return Err("an open contour lies within its frame".to_owned());
    }
    if on_border(points.first()) && on_border(points.last()) {
        Ok(())
    } else {
        Err("an open contour ends on the border of its frame".to_owned())
    }
}
