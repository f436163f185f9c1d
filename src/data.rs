//! The tables of `data/`, built into the program.

use crate::{Error, table::Table};

/// Lists tables of `data/` by their path without the ending.
macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../data/", $name, ".csv")))),+]
    };
}

/// Name and text of every table.
pub const TABLES: &[(&str, &str)] = embedded![
    "coherent_csi",
    "dresden_ii",
    "electron_shells",
    "experiments/coherent-csi",
    "experiments/dresden-ii",
    "experiments/pandax-4t",
    "experiments/xenon1t",
    "germanium_quenching",
    "nuclides",
    "reactor_spectra",
    "sns_timing",
    "solar_8b_oscillation",
    "solar_8b_spectrum",
    "solar_8b_spectrum_winter",
    "xenon_efficiency_pandax4t_2022",
    "xenon_efficiency_pandax4t_2024",
    "xenon_efficiency_xenon1t",
    "xenon_efficiency_xenonnt_2024",
];

/// The table of this name.
///
/// # Errors
/// [`Error::Table`] if there is none or if it is malformed.
pub fn table(name: &str) -> Result<Table, Error> {
    TABLES
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| Error::table(name, "there is no such table"))
        .and_then(|(name, text)| Table::parse(name, text))
}
