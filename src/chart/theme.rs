//! Colours and sizes. The qualitative colours are those of Okabe & Ito, which stay apart for the
//! common forms of colour blindness; curves also differ by dash and line width.

use super::model::Role;
use crate::choice::named_choice;

/// Red, green, blue.
pub type Color = (u8, u8, u8);

named_choice! {
    /// A set of colours and sizes.
    "theme": pub enum ThemeName {
        /// Dark ink on white.
        Light = "light",
        /// Light ink on near-black.
        Dark = "dark",
        /// Black on white, heavier lines and larger type: for a lecture hall.
        Projector = "projector",
    }
}

/// What the renderer needs to know about looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Which one this is.
    pub name: ThemeName,
    /// Behind everything.
    pub paper: Color,
    /// Axes, labels, the SM.
    pub ink: Color,
    /// Secondary text.
    pub faint: Color,
    /// Size of labels, in CSS pixels.
    pub font_px: f64,
    /// Opacity of filled histograms.
    pub fill_opacity: f64,
    /// Width of a normal curve, in CSS pixels.
    pub line_px: f64,
}

impl Theme {
    /// The theme of this name.
    #[must_use]
    pub fn new(name: ThemeName) -> Self {
        let light = Self {
            name,
            paper: (255, 255, 255),
            ink: (22, 24, 29),
            faint: (88, 94, 106),
            font_px: 13.0,
            fill_opacity: 0.38,
            line_px: 1.8,
        };
        match name {
            ThemeName::Light => light,
            ThemeName::Dark => Self {
                paper: (20, 22, 27),
                ink: (232, 234, 238),
                faint: (150, 156, 168),
                fill_opacity: 0.55,
                ..light
            },
            ThemeName::Projector => Self {
                ink: (0, 0, 0),
                faint: (70, 70, 70),
                font_px: 17.0,
                line_px: 3.0,
                ..light
            },
        }
    }

    /// Colour of a role.
    #[must_use]
    pub fn color(&self, role: Role) -> Color {
        // On dark paper, and on light.
        let (dark, light) = match role {
            Role::StandardModel | Role::Data | Role::Accent => return self.ink,
            Role::Background | Role::Published | Role::Projection => return self.faint,
            Role::Astrophysics => ((205, 165, 95), (140, 95, 20)),
            Role::Cosmology => ((170, 150, 225), (105, 80, 165)),
            // What the page is about has colours that are no experiment's.
            Role::Total => ((214, 104, 190), (150, 20, 75)),
            Role::Dipole => ((255, 190, 140), (214, 55, 45)),
            Role::Bound => ((160, 175, 225), (75, 90, 150)),
            Role::Pinned => ((120, 210, 210), (0, 120, 125)),
            Role::First => ((86, 180, 233), (0, 114, 178)),
            Role::Second => ((46, 196, 150), (0, 158, 115)),
            Role::Third => ((224, 150, 190), (170, 80, 140)),
            Role::Fourth => ((245, 130, 60), (213, 94, 0)),
            Role::Fifth => ((240, 200, 80), (190, 130, 0)),
            Role::Sixth => ((125, 60, 250), (145, 25, 250)),
            Role::Seventh => ((135, 95, 55), (80, 45, 5)),
            Role::Eighth => ((180, 255, 30), (45, 0, 135)),
            Role::Ninth => ((180, 105, 255), (150, 120, 255)),
            Role::Tenth => ((255, 225, 135), (45, 0, 60)),
        };
        if self.name == ThemeName::Dark { dark } else { light }
    }

    /// Colour of letters of a role: nearer to the ink, since letters are thin (4.5 : 1 against the paper).
    #[must_use]
    pub fn lettering(&self, role: Role) -> Color {
        let (color, ink) = (self.color(role), self.ink);
        let mixed = |color: u8, ink: u8| (0.62 * f64::from(color) + 0.38 * f64::from(ink)).round() as u8;
        (mixed(color.0, ink.0), mixed(color.1, ink.1), mixed(color.2, ink.2))
    }

    /// `color` over the paper with the given opacity, as an opaque colour.
    #[must_use]
    pub fn washed(&self, color: Color, opacity: f64) -> Color {
        let mix = |over: u8, under: u8| {
            (f64::from(over) * opacity + f64::from(under) * (1.0 - opacity))
                .round()
                .clamp(0.0, 255.0) as u8
        };
        (
            mix(color.0, self.paper.0),
            mix(color.1, self.paper.1),
            mix(color.2, self.paper.2),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Choice;

    const ROLES: [Role; 22] = [
        Role::StandardModel,
        Role::Total,
        Role::Dipole,
        Role::Data,
        Role::Background,
        Role::Bound,
        Role::Pinned,
        Role::Accent,
        Role::First,
        Role::Second,
        Role::Third,
        Role::Fourth,
        Role::Fifth,
        Role::Sixth,
        Role::Seventh,
        Role::Eighth,
        Role::Ninth,
        Role::Tenth,
        Role::Published,
        Role::Astrophysics,
        Role::Cosmology,
        Role::Projection,
    ];

    /// Relative luminance of sRGB (WCAG 2.2).
    fn luminance(color: Color) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.0) + 0.7152 * linear(color.1) + 0.0722 * linear(color.2)
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn letters_stand_out_from_the_paper() {
        for theme in ThemeName::ALL.iter().map(|name| Theme::new(*name)) {
            for role in ROLES {
                let found = contrast(theme.lettering(role), theme.paper);
                assert!(found >= 4.5, "{:?} {role:?}: {found:.2}", theme.name);
            }
            assert!(contrast(theme.faint, theme.paper) >= 4.5);
        }
    }

    /// Linear red, green and blue as seen without one kind of cones (Machado, Oliveira & Fernandes, IEEE TVCG 15, 1291 (2009),
    /// severity 1): protanopia, deuteranopia, tritanopia.
    const BLIND: [[[f64; 3]; 3]; 3] = [
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    /// CIE L*a*b* (D65) of a colour seen through a matrix.
    fn lab(color: Color, seen: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = |value: u8| (f64::from(value) / 255.0).powf(2.2);
        let rgb = [linear(color.0), linear(color.1), linear(color.2)];
        let times = |matrix: &[[f64; 3]; 3], v: [f64; 3]| {
            matrix.map(|row| row.iter().zip(v).map(|(m, v)| m * v).sum::<f64>().clamp(0.0, 1.0))
        };
        const XYZ: [[f64; 3]; 3] = [
            [0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505],
            [0.2126, 0.7152, 0.0722],
            [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089],
        ];
        let [x, y, z] = times(&XYZ, times(seen, rgb)).map(|value| {
            if value > 0.008_856 {
                value.cbrt()
            } else {
                7.787 * value + 16.0 / 116.0
            }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// Lines that meet in one chart stay apart for every kind of colour vision: by 10 units of L*a*b* at least (2 can just be seen side
    /// by side).
    #[test]
    fn lines_of_one_chart_stay_apart_without_one_kind_of_cones() {
        const SPECTRUM: [Role; 5] = [
            Role::StandardModel,
            Role::Total,
            Role::Dipole,
            Role::Bound,
            Role::Pinned,
        ];
        for theme in ThemeName::ALL.iter().map(|name| Theme::new(*name)) {
            for (chart, matrix) in [&Role::EXPERIMENTS[..], &SPECTRUM]
                .iter()
                .flat_map(|chart| BLIND.iter().map(move |m| (chart, m)))
            {
                for (index, role) in chart.iter().enumerate() {
                    for other in &chart[index + 1..] {
                        let (a, b) = (lab(theme.color(*role), matrix), lab(theme.color(*other), matrix));
                        let distance = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
                        assert!(distance >= 10.0, "{:?} {role:?} {other:?}: {distance:.1}", theme.name);
                    }
                }
            }
        }
    }

    /// Lines of experiments and of what the spectrum is about have colours of their own.
    #[test]
    fn one_colour_has_one_meaning() {
        const APART: [Role; 13] = [
            Role::StandardModel,
            Role::Total,
            Role::Dipole,
            Role::Bound,
            Role::Pinned,
            Role::First,
            Role::Second,
            Role::Third,
            Role::Fourth,
            Role::Fifth,
            Role::Sixth,
            Role::Seventh,
            Role::Background,
        ];
        for theme in ThemeName::ALL.iter().map(|name| Theme::new(*name)) {
            for (index, role) in APART.iter().enumerate() {
                for other in &APART[index + 1..] {
                    assert_ne!(theme.color(*role), theme.color(*other), "{role:?} {other:?}");
                }
            }
        }
    }
}
