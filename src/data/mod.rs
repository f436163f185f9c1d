//! The tables of `data/`, built into the program.

pub mod table;

use self::table::Table;
use crate::Error;

/// Lists tables of `data/` by their path without the ending.
macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/", $name, ".csv")))),+]
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
    "limits/bbn",
    "limits/borexino",
    "limits/charm_ii",
    "limits/cmb_neff",
    "limits/darwin",
    "limits/donut",
    "limits/dune_fd_tau",
    "limits/dune_nd_e",
    "limits/icecube_mu",
    "limits/icecube_tau",
    "limits/lep",
    "limits/lsnd",
    "limits/lsnd_magill",
    "limits/miniboone",
    "limits/nomad",
    "limits/ship_e",
    "limits/ship_mu",
    "limits/ship_tau",
    "limits/sn1987a",
    "limits/sn1987a_schwetz",
    "limits/solar_decay",
    "limits/stellar_cooling",
    "limits/supercdms_e",
    "limits/supercdms_mu",
    "limits/supercdms_tau",
    "limits/superk_atmospheric_e",
    "limits/superk_atmospheric_mu",
    "limits/superk_atmospheric_tau",
    "limits/xenon1t_electron_brdar",
    "limits/xenon1t_recoil_brdar",
    "nuclides",
    "reactor_spectra",
    "recast/texono",
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
