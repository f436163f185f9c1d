//! The paper's figures as files.

use crate::program::{refusal, run_with};
use std::fs;
use std::path::Path;

/// Draws a figure into the test's own folder and returns the document.
fn figure(number: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("figure-{number}.svg"));
    let path_text = path.to_str().expect("the folder's name is text");
    let run = run_with(&["figure", number, "--output", path_text]);
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (Some(0), "", "")
    );
    let svg = fs::read_to_string(path).expect("the file is there");
    assert!(svg.contains(&format!(
        "<desc>Dipole Portal Explorer {}</desc>",
        dipole_portal::VERSION
    )));
    svg
}

#[test]
fn figure_1_has_its_three_experiments_and_benchmarks() {
    let svg = figure("1");
    for text in [
        "Dresden-II",
        "COHERENT CsI",
        "XENON1T",
        "m = 5 MeV",
        "nuclear recoil energy",
    ] {
        assert!(svg.contains(text), "no '{text}' in the drawing");
    }
    // A title a panel, an SM and three benchmarks each.
    assert_eq!(svg.matches("GeV⁻¹").count(), 9);
}

#[test]
fn figure_2_names_its_seven_curves_and_those_of_others() {
    let svg = figure("2");
    for text in [
        "Dresden-II fef",
        "Dresden-II ybe",
        "Dresden-II lindhard",
        "PandaX-4T",
        "XENON1T",
        "SN1987A",
        "TEXONO",
    ] {
        assert!(svg.contains(text), "no '{text}' in the drawing");
    }
    assert_eq!(
        svg.matches("COHERENT CsI").count() - svg.matches("COHERENT CsI, upper end").count(),
        2,
        "one curve for e, one for mu"
    );
}

#[test]
fn figure_3_has_every_experiment_for_the_flavours_of_its_source_and_says_what_leads_where() {
    let svg = figure("3");
    let labels = |name: &str| svg.matches(&format!(">{name}<")).count();
    for (name, flavors) in [
        ("Dresden-II", 1),
        ("CONUS+ (digitised)", 1),
        ("COHERENT CsI", 2),
        ("COHERENT LAr", 2),
        ("XENON1T", 3),
        ("XENONnT S2-only", 3),
        ("LZ electrons (digitised)", 3),
    ] {
        assert_eq!(labels(name), flavors, "{name}");
    }
    for dipole in [
        "dipole of νe: XENONnT SR0 electrons",
        "dipole of νμ: ",
        "dipole of ντ: ",
    ] {
        assert!(svg.contains(dipole), "no '{dipole}' in the description");
    }
}

#[test]
fn there_are_three_figures_and_the_file_must_be_writable() {
    assert!(refusal(&["figure", "4", "--output", "x.svg"]).contains("'4', allowed: 1, 2, 3"));
    assert!(refusal(&["figure", "1"]).contains("--output"));
    assert!(refusal(&["figure", "1", "--output", "/no/such/folder/x.svg"]).contains("cannot be written"));
}
