//! Everything that an experiment's numbers rest on, for whoever wants to check it.

use super::{Detector, Experiment, Input};
use crate::{Error, data};

/// Keys of inputs that name a table of `data/`.
fn names_a_table(key: &str) -> bool {
    key == "data" || key.ends_with("-table")
}

impl Experiment {
    /// The inputs of the experiment's table, those that are the choice of this page left out; where one
    /// names another table, with what that table's header says; then the tables that are shared with
    /// other experiments, and what is built in.
    ///
    /// # Errors
    /// [`Error::Table`] if a table that it rests on is missing or malformed.
    pub fn assumptions(&self) -> Result<Vec<Input>, Error> {
        let mut rows = Vec::new();
        for input in self
            .inputs()
            .rows()
            .iter()
            .filter(|input| !input.source.is_empty() && !input.link.is_empty())
        {
            let mut input = input.clone();
            if names_a_table(&input.key) {
                input = of_table(&input.value, &input.label)?;
            }
            rows.push(input);
        }
        for (name, label) in self.shared_tables()? {
            rows.push(of_table(name, label)?);
        }
        rows.extend(built_in());
        Ok(rows)
    }

    /// Tables behind source and target.
    fn shared_tables(&self) -> Result<Vec<(&'static str, &'static str)>, Error> {
        let mut tables = match self.inputs().text("source")? {
            "reactor" => vec![("reactor_spectra", "Antineutrino spectra per fission")],
            "sun" => vec![
                ("solar_8b_spectrum", "8B spectrum"),
                ("solar_8b_oscillation", "Flavours on arrival"),
            ],
            _ => Vec::new(),
        };
        tables.push(("nuclides", "Nuclides: masses, abundances, radii"));
        if self.detector() != Detector::Efficiency {
            tables.push(("electron_shells", "Electron shells"));
        }
        Ok(tables)
    }
}

/// A table as an input: its title, and its status where it is not simply published.
fn of_table(name: &str, label: &str) -> Result<Input, Error> {
    let table = data::table(name)?;
    let text = |key: &str| table.get(key).unwrap_or_default().to_owned();
    let status = table
        .get("status")
        .map(|status| format!(" [{status}]"))
        .unwrap_or_default();
    Ok(Input {
        key: name.to_owned(),
        value: text("title"),
        unit: String::new(),
        label: label.to_owned(),
        source: format!("{}{status}", text("source")),
        link: text("link"),
    })
}

/// What is the same for all experiments and stands in the code.
fn built_in() -> [Input; 3] {
    let input = |key: &str, label: &str, value: &str, source: &str, link: &str| Input {
        key: key.to_owned(),
        value: value.to_owned(),
        unit: String::new(),
        label: label.to_owned(),
        source: source.to_owned(),
        link: link.to_owned(),
    };
    let paper = "https://arxiv.org/abs/2406.07477";
    [
        input(
            "form-factor",
            "Nuclear form factor",
            "Helm, s = 0.9 fm, apart for protons and neutrons",
            "Helm, Phys. Rev. 104, 1466 (1956)",
            "https://doi.org/10.1103/PhysRev.104.1466",
        ),
        input(
            "weak-couplings",
            "Weak couplings",
            "g_p = 0.0401 (e), 0.0318 (mu), 0.0275 (tau); g_n = -0.5094; sin2 theta_W = 0.23863",
            "paper, eq. 4 and 6",
            paper,
        ),
        input(
            "dipole",
            "Dipole cross section",
            "eq. 7 and 9 with the sign inside the bracket corrected",
            "paper; erratum by a trace calculation",
            paper,
        ),
    ]
}
