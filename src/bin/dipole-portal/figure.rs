//! `dipole-portal figure`: the paper's figures, and that of today's experiments, as SVG.

use crate::failure::Failure;
use clap::Args;
use dipole_portal::Error;
use dipole_portal::chart::{Theme, ThemeName, to_svg};
use dipole_portal::page::figures::{figure_1, figure_2, figure_3};
use dipole_portal::page::words;
use std::path::PathBuf;

/// Width and height of the drawing, in CSS pixels: three panels one below the other.
const SIZE_PX: (u32, u32) = (640, 1350);

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    /// Which figure: the paper's 1 (spectra) or 2 (limits), or 3 (limits of every experiment there is)
    figure: String,
    /// File to write
    #[arg(long, value_name = "FILE.svg")]
    output: PathBuf,
}

/// Draws the figure into the file.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let chart = match options.figure.as_str() {
        "1" => figure_1()?,
        "2" => figure_2()?,
        "3" => figure_3()?,
        other => return Err(Error::input("figure", format!("'{other}'"), "1, 2, 3").into()),
    };
    let svg = to_svg(&chart, &Theme::new(ThemeName::Light), SIZE_PX.0, SIZE_PX.1)
        .ok_or_else(|| Failure::Usage("the figure could not be drawn".to_owned()))?;
    let svg = svg.replacen('>', &format!("><desc>{}</desc>", words::program()), 1);
    let unwritable = |error| Failure::File(options.output.display().to_string(), error);
    std::fs::write(&options.output, svg).map_err(unwritable)
}
