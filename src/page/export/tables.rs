//! The tables of what is shown.

use super::{Cell, Grid, Subject};
use crate::Error;
use crate::analysis::verdict::point_results;
use crate::chart::exclusion::Piece;
use crate::chart::{Amount, Panel};
use crate::page::session::Session;

/// The paper that all this follows.
const PAPER: (&str, &str) = (
    "Li, Li & Xia, Neutrino magnetic dipole portal with low energy neutrino nucleus scattering data",
    "https://arxiv.org/abs/2406.07477",
);

fn grid<const N: usize>(name: &str, columns: [&str; N], rows: Vec<Vec<Cell>>) -> Grid {
    Grid {
        name: name.to_owned(),
        columns: columns.map(str::to_owned).into(),
        rows,
    }
}

impl Session {
    /// The paper, every input of the chosen experiment, and every published curve that is shown; each once.
    pub(super) fn sources(&mut self) -> Result<Vec<(String, String)>, Error> {
        let (experiment, settings) = (self.state().experiment, self.state().settings);
        let analysis = self.store().analysis(experiment, settings)?;
        let inputs = analysis.experiment().assumptions()?;
        let inputs = inputs.into_iter().map(|input| (input.source, input.link));
        let shown = self.shown_literature();
        let curves = shown
            .into_iter()
            .map(|curve| (curve.source.clone(), curve.link.clone()));
        let mut sources = vec![(PAPER.0.to_owned(), PAPER.1.to_owned())];
        for source in inputs.chain(curves) {
            if !source.0.is_empty() && !sources.contains(&source) {
                sources.push(source);
            }
        }
        Ok(sources)
    }

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
        let analysis = self.store().analysis(state.experiment, state.settings)?;
        let (flavor, mass_mev) = (state.benchmark.flavor, state.benchmark.mass_mev);
        let (dipole, strength) = (analysis.dipole(flavor, mass_mev), state.benchmark.strength());
        let Some((fit, likelihood)) = analysis.fit(&dipole, strength)?.zip(analysis.statistic().likelihood()) else {
            return Ok(grids);
        };
        let bins = analysis.bins(&dipole, strength, &fit).into_iter().enumerate();
        let bins = bins.map(|(index, bin)| [index as f64, bin.observed, bin.error, bin.expected, bin.chi2]);
        grids.push(grid(
            "bins of the fit",
            ["bin", "observed", "error", "expected", "chi2"],
            bins.map(|row| row.map(Cell::from).into()).collect(),
        ));
        let nuisances = likelihood.parameters().iter().zip(&fit.nuisances);
        let nuisances = nuisances.map(|(parameter, value)| {
            let name = Cell::from(parameter.label.as_str());
            vec![name, Cell::from(*value), Cell::from(parameter.pull(*value))]
        });
        grids.push(grid(
            "nuisance parameters of the fit",
            ["name", "value", "pull"],
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
            curve.pieces.iter().for_each(|line| piece("limit", line));
            curve.ceilings.iter().for_each(|line| piece("upper end", line));
        }
        for line in &plane.exclusion.published {
            add(&line.name, "published", &line.masses_mev, &line.couplings_per_gev);
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
        let results = point_results(self.store(), state.benchmark, state.settings, state.confidence).results;
        let rows = results.into_iter().map(|result| {
            let excluded = result.excluded.map(|excluded| f64::from(u8::from(excluded)));
            let numbers = [
                result.delta_chi2,
                result.confidence,
                excluded,
                result.limit.and_then(|limit| limit.value()),
                result.ceiling_per_gev,
                result.coupling_over_limit,
                Some(result.dipole_counts),
                Some(result.sm_counts),
                Some(result.lowest_energy_mev),
            ];
            let name = [Cell::from(result.name.as_str())];
            name.into_iter().chain(numbers.map(Cell::from)).collect()
        });
        vec![grid(
            "experiments",
            [
                "experiment",
                "delta chi2",
                "confidence",
                "excluded",
                "limit [GeV^-1]",
                "upper end [GeV^-1]",
                "coupling over limit",
                "dipole events",
                "SM events",
                "lowest E_nu [MeV]",
            ],
            rows.collect(),
        )]
    }
}

/// All values of a panel.
fn panel_grid(panel: &Panel) -> Grid {
    let table = panel.table(usize::MAX);
    let (name, unit) = &panel.x_name;
    let mut columns = vec![format!("{name} [{unit}]")];
    columns.extend(
        table
            .columns
            .iter()
            .map(|column| format!("{column} [{}]", panel.y_unit)),
    );
    let cell = |amount: &Option<Amount>| match amount {
        Some(Amount::Number { value, .. }) => Cell::from(*value),
        Some(Amount::Word(word)) => Cell::from(word.as_str()),
        None => Cell::Empty,
    };
    let rows = table.rows.iter().map(|(x, values)| {
        let first = [Cell::from(*x)];
        first.into_iter().chain(values.iter().map(cell)).collect()
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
