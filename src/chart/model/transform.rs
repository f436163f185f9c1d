//! The same chart with another vertical axis.

use super::{Chart, Corner, Layer, Mark, Panel, Values};
use crate::chart::scale::{Axis, Scale, decade_above};

/// Decades that a logarithmic axis shows of a panel that is drawn evenly otherwise.
const DECADES: i32 = 4;

/// Share of the largest expectation below which a measured value says nothing about a ratio.
const SMALL: f64 = 0.02;

/// Beyond every axis, and still a number.
const FAR: f64 = 1e9;

impl Mark {
    /// Ordinates of what has one for each abscissa or bin.
    fn ordinates(&self) -> Option<&Values> {
        match self {
            Self::Curve { y, .. } | Self::Steps { y, .. } | Self::Points { y, .. } => Some(y),
            _ => None,
        }
    }

    /// The largest of its ordinates; zero for what has none.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.ordinates()
            .map_or(0.0, |values| values.iter().copied().fold(0.0, f64::max))
    }

    /// The same with its ordinates divided by others; `None` for what has other ordinates or none. Measured values that are held
    /// against less than `least` are left out.
    fn over(&self, divisor: &Values, least: f64) -> Option<Self> {
        // Nothing over nothing is the same; what is infinite is far above every axis.
        let one = |(value, by): (&f64, &f64)| {
            if value == by {
                1.0
            } else {
                (value / by).clamp(-FAR, FAR)
            }
        };
        let ratio = |values: &Values| -> Values { values.iter().zip(divisor).map(one).collect() };
        let y = self.ordinates().filter(|y| y.len() == divisor.len())?;
        Some(match self {
            Self::Steps { edges, .. } => Self::Steps {
                edges: edges.clone(),
                y: ratio(y),
            },
            Self::Points { x, error, .. } => {
                let kept = |values: &Values| -> Values {
                    let of = values.iter().zip(divisor).filter(|(_, by)| **by > least);
                    of.map(|(value, _)| *value).collect()
                };
                let by = kept(divisor);
                let over = |values: &Values| -> Values {
                    kept(values).iter().zip(&by).map(|(value, by)| value / by).collect()
                };
                Self::Points {
                    x: kept(x),
                    y: over(y),
                    error: over(error),
                }
            }
            Self::Curve { x, .. } => Self::Curve {
                x: x.clone(),
                y: ratio(y),
            },
            _ => return None,
        })
    }
}

impl Panel {
    fn largest(&self) -> f64 {
        self.layers.iter().map(|layer| layer.mark.largest()).fold(0.0, f64::max)
    }

    /// The same with its values spread in another way.
    fn scaled(&mut self, scale: Scale) {
        let is_other = self.y.scale != scale && self.y.scale != Scale::Lanes;
        let largest = self.largest();
        if !is_other || largest <= 0.0 {
            return;
        }
        let (low, high) = match scale {
            Scale::Logarithmic => {
                let high = decade_above(largest);
                (high * 10_f64.powi(-DECADES), high)
            }
            _ => (0.0, 1.1 * largest),
        };
        // What falls steeply leaves room where it is small.
        if scale == Scale::Linear {
            self.legend = self.legend.map(|_| Corner::TopRight);
        }
        self.y = Axis {
            scale,
            low,
            high,
            ..self.y.clone()
        };
    }

    /// The same with everything divided by the layer of a name, where it has one.
    fn over(&mut self, name: &str, label: &str, unit: &str) {
        let reference = self.layers.iter().find(|layer| layer.name == name);
        let Some(divisor) = reference.and_then(|layer| layer.mark.ordinates()).cloned() else {
            return;
        };
        let largest = divisor.iter().copied().fold(0.0, f64::max);
        let ratios = self.layers.iter().filter_map(|layer| {
            Some(Layer {
                mark: layer.mark.over(&divisor, SMALL * largest)?,
                ..layer.clone()
            })
        });
        self.layers = ratios.collect();
        // Points scatter: the lines say what is to be seen.
        let lines = self
            .layers
            .iter()
            .filter(|layer| !matches!(layer.mark, Mark::Points { .. }));
        let values = lines
            .filter_map(|layer| layer.mark.ordinates())
            .flat_map(|y| y.iter().copied());
        let finite = values.filter(|value| value.is_finite() && *value > 0.0);
        let (least, most) = finite.fold((1.0_f64, 1.0_f64), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        // What is far away is seen by its order of magnitude.
        let (least, most) = (least.max(1e-4), most.min(1e6));
        self.y = if most / least > 12.0 {
            // A decade above the lines is the legend's.
            self.legend = self.legend.map(|_| Corner::TopRight);
            let below = 10_f64.powf(least.log10().floor());
            Axis::logarithmic(label, below, 10.0 * decade_above(most))
        } else {
            // With room for the legend.
            let span = (most - least).max(0.2);
            Axis::linear(label, (least - 0.2 * span).max(0.0), most + 0.6 * span)
        };
        self.y_unit = unit.to_owned();
    }
}

impl Chart {
    /// The same with the values of every panel spread in another way.
    #[must_use]
    pub fn scaled(mut self, scale: Scale) -> Self {
        self.panels.iter_mut().for_each(|panel| panel.scaled(scale));
        self
    }

    /// The same with the vertical axis of the first panel held at a range; one that has no place on it changes nothing.
    #[must_use]
    pub fn held(mut self, (low, high): (f64, f64)) -> Self {
        if let Some(panel) = self.panels.first_mut()
            && (panel.y.scale != Scale::Logarithmic || low > 0.0)
        {
            (panel.y.low, panel.y.high) = (low, high);
        }
        self
    }

    /// The same with everything divided by the layer of a name, in every panel that has it: in units of that layer.
    #[must_use]
    pub fn over(mut self, name: &str, label: &str, unit: &str) -> Self {
        self.panels.iter_mut().for_each(|panel| panel.over(name, label, unit));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Arrangement, Role};

    fn chart() -> Chart {
        let curve = |y: &[f64]| Mark::Curve {
            x: [1.0, 2.0, 3.0].as_slice().into(),
            y: y.into(),
        };
        Chart {
            description: String::new(),
            arrangement: Arrangement::Rows,
            panels: vec![Panel {
                title: String::new(),
                x: Axis::linear("", 1.0, 3.0),
                y: Axis::logarithmic("", 1.0, 100.0),
                share: 1.0,
                layers: vec![
                    Layer::new("a", Role::Total, curve(&[2.0, 30.0, 8.0])),
                    Layer::new("b", Role::Pinned, curve(&[2.0, 15.0, 4.0])),
                ],
                legend: None,
                legend_names: true,
                x_name: (String::new(), String::new()),
                y_unit: "/keV".to_owned(),
            }],
        }
    }

    #[test]
    fn a_ratio_is_one_where_it_is_the_same() {
        let panel = &chart().over("b", "ratio", "b").panels[0];
        let values: Vec<&[f64]> = panel
            .layers
            .iter()
            .filter_map(|layer| layer.mark.ordinates().map(|y| &y[..]))
            .collect();
        assert_eq!(values, [&[1.0, 2.0, 2.0], &[1.0, 1.0, 1.0]]);
        assert_eq!((panel.y.scale, panel.y.low, panel.y.high), (Scale::Linear, 0.8, 2.6));
        assert_eq!(chart().over("c", "ratio", "c"), chart(), "nothing to compare with");
    }

    #[test]
    fn an_even_axis_begins_at_zero_and_holds_everything() {
        let panel = &chart().scaled(Scale::Linear).panels[0];
        assert_eq!((panel.y.scale, panel.y.low), (Scale::Linear, 0.0));
        assert!(panel.y.high >= 30.0);
        assert_eq!(chart().scaled(Scale::Logarithmic), chart());
    }

    #[test]
    fn what_is_held_stays() {
        let panel = &chart().held((0.5, 7.0)).panels[0];
        assert_eq!((panel.y.low, panel.y.high), (0.5, 7.0));
        assert_eq!(
            chart().held((0.0, 7.0)),
            chart(),
            "zero has no place on a logarithmic axis"
        );
    }
}
