//! The core in the browser, run by wasm-bindgen-test in Chromium: there it must give the numbers that it gives natively, and its
//! charts must come out on a canvas. `cargo xtask test wasm` runs it; natively there is nothing here.
#![cfg(target_arch = "wasm32")]

#[path = "common/everywhere.rs"]
mod everywhere;

use dipole_portal::analysis::{Analysis, Fluxes, Settings};
use dipole_portal::chart::{Chart, Theme, ThemeName, render};
use dipole_portal::experiment::{DetectorSettings, Experiment, ExperimentId, IdealSpectrum};
use dipole_portal::page::session::Session;
use dipole_portal::page::state::View;
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::source::SourceKind;
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::Confidence;
use dipole_portal::web::FineCanvas;
use dipole_portal::{Choice, Flavor};
use plotters::prelude::IntoDrawingArea;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlCanvasElement;

wasm_bindgen_test_configure!(run_in_browser);

/// Tolerances of the reference, relative: those of the native tests.
const IDEAL_SPECTRA: f64 = 1e-5;
const LIMITS: f64 = 2e-3;
/// That of numbers which were computed natively, relative.
const NATIVE: f64 = 1e-9;

/// Part of `reference.json`; the names are its own.
#[derive(Deserialize)]
#[allow(non_snake_case, reason = "the names of the file")]
struct SpectrumCase {
    experiment: ExperimentId,
    flavor: Flavor,
    mass_MeV: f64,
    coupling_per_GeV: f64,
    recoil_keV: Vec<f64>,
    sm_per_keV: Vec<f64>,
    dipole_per_keV: Vec<f64>,
}

/// Part of `reference.json`; the names are its own.
#[derive(Deserialize)]
#[allow(non_snake_case, reason = "the names of the file")]
struct LimitCase {
    experiment: ExperimentId,
    quenching: Option<Quenching>,
    flavor: Flavor,
    mass_MeV: Vec<f64>,
    limit90_per_GeV: Vec<f64>,
}

/// The cases of one part of the file, read by the browser: there is no `serde_json` here.
fn reference<Case: DeserializeOwned>(part: &str) -> Vec<Case> {
    let all = js_sys::JSON::parse(include_str!("data/reference.json")).expect("the file is JSON");
    let part = js_sys::Reflect::get(&all, &part.into()).expect("the file is an object");
    let cases: Vec<Case> = serde_wasm_bindgen::from_value(part).expect("the part is a list of such cases");
    assert!(!cases.is_empty(), "nothing to compare with");
    cases
}

fn assert_close(what: &str, got: f64, expected: f64, tolerance: f64) {
    assert!(
        (got - expected).abs() <= tolerance * expected.abs(),
        "{what}: got {got:e}, reference {expected:e}, ratio - 1 = {:e}",
        got / expected - 1.0
    );
}

#[wasm_bindgen_test]
fn ideal_spectra_agree_in_the_browser() {
    for case in reference::<SpectrumCase>("ideal_spectra") {
        let experiment = Experiment::built_in(case.experiment).expect("sound tables");
        let spectrum = IdealSpectrum::new(&experiment, case.recoil_keV.clone()).expect("positive energies");
        let mut dipole = vec![0.0; case.recoil_keV.len()];
        spectrum.dipole_per_kev(case.flavor, case.mass_MeV, Sign::Correct, &mut dipole);
        let strength = coupling_squared_per_mev2(case.coupling_per_GeV);
        for (index, recoil_kev) in case.recoil_keV.iter().enumerate() {
            let what = format!("{} at {recoil_kev} keV", case.experiment);
            let (sm, np) = (spectrum.sm_per_kev()[index], strength * dipole[index]);
            assert_close(&format!("SM, {what}"), sm, case.sm_per_keV[index], IDEAL_SPECTRA);
            assert_close(
                &format!("dipole, {what}"),
                np,
                case.dipole_per_keV[index],
                IDEAL_SPECTRA,
            );
        }
    }
}

#[wasm_bindgen_test]
fn limits_agree_in_the_browser() {
    for case in reference::<LimitCase>("limits") {
        let mut settings = Settings::default();
        settings.detector.quenching = case.quenching.unwrap_or(settings.detector.quenching);
        let analysis = Analysis::built_in(case.experiment, &settings).expect("sound tables");
        for (mass_mev, expected) in case.mass_MeV.iter().zip(&case.limit90_per_GeV) {
            let got = analysis
                .limit_per_gev(case.flavor, *mass_mev, Confidence::PAPER)
                .expect("the search converges")
                .value()
                .expect("there is sensitivity");
            let what = format!("{} {} at {mass_mev} MeV", case.experiment, case.flavor);
            assert_close(&what, got, *expected, LIMITS);
        }
    }
}

/// Spectra, events, chi-squares, limits and upper ends of every experiment, beside those that were computed natively.
#[wasm_bindgen_test]
fn numbers_are_those_of_the_native_program() {
    let differing = everywhere::differing(NATIVE);
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// A canvas of the test page, not shown.
fn canvas(width: u32, height: u32) -> HtmlCanvasElement {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a document");
    let canvas: HtmlCanvasElement = document
        .create_element("canvas")
        .expect("canvas is an element")
        .dyn_into()
        .expect("and has a class of its own");
    canvas.set_width(width);
    canvas.set_height(height);
    canvas
}

/// What the page draws on.
fn surface(canvas: &HtmlCanvasElement) -> FineCanvas {
    let context = canvas.get_context("2d").expect("a kind of context").expect("a context");
    FineCanvas::new(canvas, context.dyn_into().expect("of this kind")).expect("a canvas to draw on")
}

/// The chart as a picture, after drawing it on a canvas.
fn picture(chart: &Chart, theme: ThemeName) -> String {
    let canvas = canvas(900, 600);
    let area = surface(&canvas).into_drawing_area();
    let layout = render(chart, &Theme::new(theme), &area, FineCanvas::resolution(2.0)).expect("the chart can be drawn");
    assert_eq!(layout.frames.len(), chart.panels.len());
    canvas.to_data_url().expect("nothing foreign is on the canvas")
}

/// The chart of spectra of a page at an address.
fn spectra(address: &str) -> Chart {
    let mut session = Session::built_in(address).expect("sound tables");
    session.tick(&mut || 0.0);
    let shown = session.view().spectrum.content;
    Chart::clone(shown.chart.as_deref().expect("there is a chart"))
}

#[wasm_bindgen_test]
fn charts_of_every_experiment_come_out_on_a_canvas() {
    let mut pictures = BTreeSet::new();
    for experiment in &ExperimentId::PAPER {
        for view in [View::Recoil, View::Data] {
            let chart = spectra(&format!("experiment={experiment}&view={view}"));
            for theme in ThemeName::ALL {
                pictures.insert(picture(&chart, *theme));
            }
            // Without its panels a chart is a sheet of paper: what is drawn on it must show.
            let empty = Chart {
                panels: Vec::new(),
                ..chart
            };
            assert!(
                !pictures.contains(&picture(&empty, ThemeName::Light)),
                "{experiment} {view} is blank"
            );
        }
    }
    assert_eq!(pictures.len(), ExperimentId::PAPER.len() * 2 * ThemeName::ALL.len());
}

#[wasm_bindgen_test]
fn a_chart_too_small_for_its_margins_is_no_error() {
    let chart = spectra("");
    for (width, height) in [(1, 1), (40, 600), (900, 20)] {
        let area = surface(&canvas(width, height)).into_drawing_area();
        let resolution = FineCanvas::resolution(1.0);
        render(&chart, &Theme::new(ThemeName::Light), &area, resolution).expect("the chart can be left out");
    }
}

#[wasm_bindgen_test]
fn settings_survive_the_way_to_a_worker_and_back() {
    let settings = Settings {
        detector: DetectorSettings {
            quenching: Quenching::Lindhard,
            lindhard_k: Some(0.2),
        },
        fluxes: Fluxes::default().with(SourceKind::Reactor, 0.77),
        sign: Sign::Printed,
        weights: "0.5:2:0".parse().expect("sound weights"),
        nuclei_only: true,
        ..Settings::default()
    };
    let message = serde_wasm_bindgen::to_value(&settings).expect("settings are data");
    let back: Settings = serde_wasm_bindgen::from_value(message).expect("and come back");
    assert_eq!(back, settings);
}
