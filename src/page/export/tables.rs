//! The tables of what is shown.

use super::{Cell, Grid, Subject};
use crate::Error;
use crate::analysis::verdict::{PointResult, point_results, published_results};
use crate::analysis::{Analysis, Fit};
use crate::chart::exclusion::Piece;
use crate::chart::{Amount, Panel};
use crate::experiment::{Axis, Template};
use crate::page::session::Session;

/// `1` or `0`.
fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

fn grid<const N: usize>(name: &str, columns: [&str; N], rows: Vec<Vec<Cell>>) -> Grid {
    Grid {
        name: name.to_owned(),
        columns: columns.map(str::to_owned).into(),
        rows,
    }
}

impl Session {
    pub(super) fn grids(&mut self, subject: Subject) -> Result<Vec<Grid>, Error> {
        match subject {
            Subject::Spectrum => self.spectrum_grids(),
            Subject::Plane => Ok(self.plane_grids()),
            Subject::Verdict => Ok(self.verdict_grids()),
        }
    }

    /// Every panel as it is drawn, the facts, the bins of the fit and its nuisances.
    fn spectrum_grids(&mut self) -> Result<Vec<Grid>, Error> {
        let spectrum = self.view().spectrum.content;
        let mut grids: Vec<Grid> = spectrum
            .chart
            .iter()
            .flat_map(|chart| chart.panels.iter().map(panel_grid))
            .collect();
        let facts = spectrum.facts.iter();
        let facts = facts.map(|fact| vec![Cell::from(fact.key), Cell::from(fact.text.as_str())]);
        grids.push(grid("facts", ["key", "value"], facts.collect()));
        let state = self.state().clone();
        let analysis = self.store().analysis(state.experiment, &state.settings)?;
        let (flavor, mass_mev) = (state.benchmark.flavor, state.benchmark.mass_mev);
        let (dipole, strength) = (analysis.dipole(flavor, mass_mev), state.benchmark.strength());
        let Some((fit, likelihood)) = analysis.fit(&dipole, strength)?.zip(analysis.statistic().likelihood()) else {
            return Ok(grids);
        };
        grids.push(bin_grid(analysis, &dipole, strength, &fit));
        let nuisances = likelihood.parameters().iter().zip(&fit.nuisances);
        let nuisances = nuisances.map(|(parameter, value)| {
            let texts = [&parameter.name, &parameter.label, &parameter.unit].map(|text| Cell::from(text.as_str()));
            let (centre, width) = parameter.prior.map(|prior| (prior.centre, prior.width)).unzip();
            let numbers = [Some(*value), centre, width, parameter.pull(*value)];
            texts.into_iter().chain(numbers.map(Cell::from)).collect()
        });
        grids.push(grid(
            "nuisance parameters of the fit",
            [
                "key",
                "name",
                "unit",
                "value",
                "prior centre",
                "prior width",
                "pull [prior width]",
            ],
            nuisances.collect(),
        ));
        Ok(grids)
    }

    /// Every curve that is drawn, point by point, in MeV and GeV^-1.
    fn plane_grids(&self) -> Vec<Grid> {
        let plane = self.view().plane.content;
        let mut rows = Vec::new();
        let mut add = |name: &str, kind: &str, masses_mev: &[f64], couplings_per_gev: &[f64]| {
            rows.extend(masses_mev.iter().zip(couplings_per_gev).map(|(mass, coupling)| {
                let cells = [Cell::from(name), Cell::from(kind)];
                cells.into_iter().chain([*mass, *coupling].map(Cell::from)).collect()
            }));
        };
        for curve in &plane.exclusion.computed {
            let mut piece =
                |kind: &str, piece: &Piece| add(&curve.name, kind, &piece.masses_mev, &piece.couplings_per_gev);
            let kind = if curve.pinned { "limit of a pin" } else { "limit" };
            curve.pieces.iter().for_each(|line| piece(kind, line));
            curve.ceilings.iter().for_each(|line| piece("upper end", line));
        }
        for curve in &plane.exclusion.computed {
            // No coupling of these masses is allowed: there is no number for it.
            for (first, last) in &curve.everything_excluded_mev {
                add(&curve.name, "everything excluded", &[*first, *last], &[f64::NAN; 2]);
            }
        }
        for line in &plane.exclusion.published {
            add(&line.name, "published", &line.masses_mev, &line.couplings_per_gev);
        }
        for best in &plane.exclusion.best_fits {
            add(&best.name, "best fit", &[best.mass_mev], &[best.coupling_per_gev]);
        }
        for pin in &plane.exclusion.pins {
            add(
                &format!("pin {}", pin.name),
                "pin",
                &[pin.mass_mev],
                &[pin.coupling_per_gev],
            );
        }
        if let Some((mass_mev, coupling_per_gev)) = plane.exclusion.point {
            add("point", "point", &[mass_mev], &[coupling_per_gev]);
        }
        vec![grid(
            "curves",
            ["curve", "kind", "mass [MeV]", "coupling [GeV^-1]"],
            rows,
        )]
    }

    /// What every experiment says about the point, in numbers.
    fn verdict_grids(&mut self) -> Vec<Grid> {
        let state = self.state().clone();
        let results = point_results(self.store(), state.benchmark, &state.settings, state.confidence).results;
        let rows = results.into_iter().map(|result| {
            let excluded = result.excluded.map(flag);
            let numbers = [
                result.best_fit_per_gev,
                result.delta_chi2,
                result.sm_delta_chi2,
                result.confidence,
                excluded,
                result.limit.and_then(|limit| limit.value()),
                result.nuclei_only_limit.and_then(|limit| limit.value()),
                result.expected_limit.and_then(|limit| limit.value()),
                result.ceiling_per_gev,
                result.coupling_over_limit,
                Some(result.dipole_counts),
                Some(result.sm_counts),
                Some(result.lowest_energy_mev),
                Some(flag(result.below_best_fit)),
                Some(flag(result.disfavoured_from_below)),
                Some(flag(result.above_ceiling)),
            ];
            let (name, unit) = ([Cell::from(result.name.as_str())], [Cell::from(result.unit)]);
            name.into_iter().chain(numbers.map(Cell::from)).chain(unit).collect()
        });
        let experiments = grid(
            "experiments",
            [
                "experiment",
                "best fit [GeV^-1]",
                "delta chi2",
                "delta chi2 of the SM",
                "confidence",
                "excluded",
                "limit [GeV^-1]",
                "limit of nuclei alone where electrons make it optimistic [GeV^-1]",
                "expected limit where the data may be lucky [GeV^-1]",
                "upper end [GeV^-1]",
                "coupling over limit",
                "dipole events",
                "SM events",
                "lowest E_nu [MeV]",
                "below best fit",
                "disfavoured from below",
                "above upper end",
                "unit of events",
            ],
            rows.collect(),
        );
        vec![experiments, self.published_grid(), self.pins_grid()]
    }

    /// Every pin with its settings as an address, and what it says at its own point.
    fn pins_grid(&self) -> Grid {
        let rows = self.named_pins(false).into_iter().map(|(name, pinned)| {
            let result = pinned.known.as_ref().ok().map(|known| &known.result);
            let excluded = |result: &PointResult| result.excluded.map(flag);
            let numbers = [
                result.and_then(|result| result.limit?.value()),
                result.and_then(|result| result.coupling_over_limit),
                result.and_then(|result| result.delta_chi2),
                result.and_then(excluded),
                result.and_then(|result| result.ceiling_per_gev),
                result.map(|result| flag(result.below_best_fit)),
                result.map(|result| flag(result.above_ceiling)),
                result.map(|result| result.dipole_counts),
            ];
            let unit = result.map_or("", |result| result.unit);
            let texts = [name, self.parameters().print(&pinned.pin.state())].map(|text| Cell::from(text.as_str()));
            let texts = texts.into_iter();
            texts.chain(numbers.map(Cell::from)).chain([Cell::from(unit)]).collect()
        });
        grid(
            "pins",
            [
                "pin",
                "address",
                "limit [GeV^-1]",
                "coupling over limit",
                "delta chi2",
                "excluded",
                "upper end [GeV^-1]",
                "below best fit",
                "above upper end",
                "dipole events",
                "unit of events",
            ],
            rows.collect(),
        )
    }

    /// What every published limit that the plane shows says about the point, at its own level.
    fn published_grid(&self) -> Grid {
        let results = published_results(self.shown_literature(), self.state().benchmark);
        let rows = results.into_iter().map(|result| {
            let excluded = result.excludes.map(flag);
            let numbers = [result.confidence_level, excluded].map(Cell::from);
            let name = [Cell::from(result.label.as_str())];
            name.into_iter().chain(numbers).collect()
        });
        grid(
            "published limits",
            ["limit", "confidence level", "excluded"],
            rows.collect(),
        )
    }
}

/// Every bin of the data with its edges, what is observed and expected there, and what it adds to the chi-square.
fn bin_grid(analysis: &Analysis, dipole: &Template, strength: f64, fit: &Fit) -> Grid {
    let binning = analysis.prediction().binning();
    let edges = |axis: &Axis, bin: usize| [bin, bin + 1].map(|edge| Cell::from(axis.edges.get(edge).copied()));
    let unit = analysis.prediction().unit();
    let mut columns: Vec<String> = binning.runs.first().map(|_| "run".to_owned()).into_iter().collect();
    for axis in std::iter::once(&binning.energy)
        .chain(&binning.pulse)
        .chain(&binning.time)
    {
        let unit = if axis.unit.is_empty() { "1" } else { axis.unit };
        columns.extend(["from", "to"].map(|end| format!("{} {end} [{unit}]", axis.name)));
    }
    columns.extend(["observed", "error", "expected"].map(|name| format!("{name} [{unit}]")));
    columns.push("chi2".to_owned());
    let rows = analysis.bins(dipole, strength, fit).into_iter().enumerate();
    let rows = rows.map(|(index, bin)| {
        let run = binning.run(index).map(Cell::from).into_iter();
        let energy = edges(&binning.energy, binning.energy_of(index));
        let pulse = binning
            .pulse
            .iter()
            .flat_map(|pulse| edges(pulse, binning.pulse_of(index)));
        let time = binning
            .time
            .iter()
            .flat_map(|time| edges(time, index % binning.time_bins()));
        let numbers = [bin.observed, bin.error, bin.expected, bin.chi2].map(Cell::from);
        run.chain(energy).chain(pulse).chain(time).chain(numbers).collect()
    });
    Grid {
        name: "bins of the fit".to_owned(),
        columns,
        rows: rows.collect(),
    }
}

/// All values of a panel.
fn panel_grid(panel: &Panel) -> Grid {
    let table = panel.table(usize::MAX);
    let (name, unit) = &panel.x_name;
    let error = |amount: &Option<Amount>| match amount {
        Some(Amount::Number { error, .. }) => *error,
        _ => None,
    };
    // What is measured has a second column, for its error.
    let has_error = |place: usize| {
        let mut cells = table.rows.iter().filter_map(|(_, values)| values.get(place));
        cells.any(|amount| error(amount).is_some())
    };
    let have_errors: Vec<bool> = (0..table.columns.len()).map(has_error).collect();
    let mut columns = vec![format!("{name} [{unit}]")];
    for (column, has_error) in table.columns.iter().zip(&have_errors) {
        columns.push(format!("{column} [{}]", panel.y_unit));
        if *has_error {
            columns.push(format!("error of {column} [{}]", panel.y_unit));
        }
    }
    let cell = |amount: &Option<Amount>| match amount {
        Some(Amount::Number { value, .. }) => Cell::from(*value),
        Some(Amount::Word(word)) => Cell::from(word.as_str()),
        None => Cell::Empty,
    };
    let rows = table.rows.iter().map(|(x, values)| {
        let mut cells = vec![Cell::from(*x)];
        for (amount, has_error) in values.iter().zip(&have_errors) {
            cells.push(cell(amount));
            if *has_error {
                cells.push(Cell::from(error(amount)));
            }
        }
        cells
    });
    Grid {
        name: if panel.title.is_empty() {
            name.clone()
        } else {
            panel.title.clone()
        },
        columns,
        rows: rows.collect(),
    }
}
