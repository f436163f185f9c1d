//! The command line, for scripts and for checking the page: one JSON object to standard output,
//! messages to standard error, exit status 2 for bad input.

// Tests in the browser build every binary of the package; there this one is empty.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

mod best_fit;
#[cfg(test)]
#[path = "../../../tests/common/command_lines.rs"]
mod command_lines;
mod cross_section;
mod decay_length;
mod events;
mod experiment;
mod export;
mod failure;
mod figure;
mod inputs;
mod lead;
mod level;
mod limit;
#[cfg(test)]
mod mutations;
mod numbers;
mod options;
mod output;
mod sensitivity;
mod spectrum;
mod subject;
mod usage;
mod verdict;

use clap::{CommandFactory, Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// Spectra, events and limits of the neutrino dipole portal.
///
/// Prints one JSON object. Bad input: one line on standard error, exit status 2.
#[derive(Parser)]
#[command(name = "dipole-portal", version = dipole_portal::VERSION)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Cross section at one neutrino energy and one recoil energy
    CrossSection(cross_section::Options),
    /// Ideal nuclear-recoil spectrum (fig. 1): counts per keV over the exposure, no detector
    Spectrum(spectrum::Options),
    /// Expected and observed counts in the bins of an experiment
    Events(events::Options),
    /// Upper limit on the coupling at each of a list of masses
    Limit(limit::Options),
    /// By how much the limit changes with each input of an experiment, varied one at a time
    Sensitivity(sensitivity::Options),
    /// Every input of an experiment: its value, where it is from, and how it can be changed with --set
    Inputs(inputs::Options),
    /// Coupling at which N flies a given length in the laboratory before it decays, or that length for a coupling
    DecayLength(decay_length::Options),
    /// Where the data of an experiment are fitted best, over all masses and couplings
    BestFit(best_fit::Options),
    /// What every experiment and every published curve says about one point
    Verdict(verdict::Options),
    /// Whose limits are the strongest at which masses, in ranges and in a sentence
    Lead(lead::Options),
    /// A figure as SVG: the paper's two, and the limits of every experiment there is
    Figure(figure::Options),
    /// What the page saves: its numbers (CSV, JSON), a drawing (SVG), or what to cite (bib, txt)
    Export(export::Options),
    /// Table of published against computed numbers (Markdown)
    Validate,
}

impl Command {
    fn run(self) -> Result<(), Failure> {
        match self {
            Self::CrossSection(options) => output::json(&cross_section::run(&options)?),
            Self::Spectrum(options) => output::json(&spectrum::run(&options)?),
            Self::Events(options) => output::json(&events::run(&options)?),
            Self::Limit(options) => output::json(&limit::run(&options)?),
            Self::Sensitivity(options) => output::json(&sensitivity::run(&options)?),
            Self::Inputs(options) => output::json(&inputs::run(&options)?),
            Self::DecayLength(options) => output::json(&decay_length::run(&options)?),
            Self::BestFit(options) => output::json(&best_fit::run(&options)?),
            Self::Verdict(options) => output::json(&verdict::run(&options)?),
            Self::Lead(options) => output::json(&lead::run(&options)?),
            Self::Figure(options) => figure::run(&options),
            Self::Export(options) => export::run(&options),
            Self::Validate => output::text(&dipole_portal::analysis::validation::table()?),
        }
    }
}

fn main() -> ExitCode {
    let result = match CommandLine::try_parse_from(usage::arguments()) {
        Ok(line) => line.command.run(),
        // Help and version are what was asked for, not errors.
        Err(request) if !request.use_stderr() => output::text(&request.to_string()),
        Err(error) => Err(usage::failure(&CommandLine::command(), &error)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::message("error", &failure.line());
            failure.exit_code()
        }
    }
}
