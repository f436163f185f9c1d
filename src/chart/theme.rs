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
            faint: (110, 116, 128),
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
        let dark = self.name == ThemeName::Dark;
        match role {
            Role::StandardModel | Role::Data | Role::Accent => self.ink,
            Role::Background | Role::Published | Role::Projection => self.faint,
            Role::Astrophysics => {
                if dark {
                    (205, 165, 95)
                } else {
                    (140, 95, 20)
                }
            }
            Role::Cosmology => {
                if dark {
                    (170, 150, 225)
                } else {
                    (105, 80, 165)
                }
            }
            Role::Total | Role::First => {
                if dark {
                    (86, 180, 233)
                } else {
                    (0, 114, 178)
                }
            }
            Role::Second => {
                if dark {
                    (46, 196, 150)
                } else {
                    (0, 158, 115)
                }
            }
            Role::Third | Role::Bound => {
                if dark {
                    (224, 150, 190)
                } else {
                    (170, 80, 140)
                }
            }
            Role::Dipole | Role::Fourth => {
                if dark {
                    (245, 130, 60)
                } else {
                    (213, 94, 0)
                }
            }
            Role::Fifth => {
                if dark {
                    (240, 200, 80)
                } else {
                    (190, 130, 0)
                }
            }
        }
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
