//! Counts in bins of recoil energy: what they have to do whatever the experiment is.

use super::{analysis, id, read, sample, strength, with};
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::DetectorSpec;

fn edited(text: &str, changes: &[(&str, &str)]) -> Analysis {
    let spec = read(text).expect("a sound text");
    let mut settings = Settings::default();
    for (key, value) in changes {
        settings.edits.set(spec.id(), key, Some(value));
    }
    Analysis::new(&spec, &settings).expect("sound values")
}

/// The collaboration's numbers (arXiv:2405.05554), and what this model makes of them.
#[test]
fn relics_has_the_numbers_of_its_source() {
    let analysis = analysis(&sample("relics"));
    let spec = analysis.experiment().spec();
    assert_eq!(spec.id(), id("relics"));
    let likelihood = analysis.statistic().likelihood().expect("counts");
    assert_eq!(likelihood.background(&[0.0, 0.0]), [1687.8]);
    let edges = &analysis.prediction().binning().energy.edges;
    assert_eq!(edges.len(), 2);
    assert!(
        (edges[0] - 0.63).abs() < 1e-12 && (edges[1] - 1.36).abs() < 1e-12,
        "{edges:?}"
    );
    // 3 GW at 25 m with 5.64 antineutrinos per fission of 205 MeV.
    let flux = spec.source().flux_per_cm2_s().expect("a flux");
    assert!((flux / 6.563e12 - 1.0).abs() < 2e-3, "{flux:e}");
    // The status says this number; 4639.7 need the fluctuations of the detector.
    let events = analysis.standard_model().total();
    assert!((events - 3533.4).abs() < 0.5, "{events}");
    assert!(analysis.is_expected());
    assert_eq!(likelihood.observed(), [1687.8 + events]);
    assert!(analysis.sm_fit().expect("counts").chi2.abs() < 1e-9);
}

/// Of the definition in its physics note: 160.3 events per kg in 119 d.
#[test]
fn conus_plus_expects_what_its_spectrum_does() {
    let events = analysis(&sample("conus-plus-x10")).standard_model().total();
    let per_kg = events / (2.83 * 1155.0) * 119.0;
    assert!((per_kg / 160.3 - 1.0).abs() < 2e-3, "{per_kg}");
}

#[test]
fn an_efficiency_that_is_a_step_is_a_threshold() {
    let constant = sample("reactor-counting");
    let table = |step: f64| {
        let rows = format!("### step\nrecoil,efficiency\n{step},0.9\n");
        let text = with(
            &constant,
            "efficiency,0.9,",
            "efficiency-table,step\nefficiency-column,efficiency,",
        );
        format!("{text}{rows}")
    };
    for step in [0.2, 0.4, 0.55, 1.0] {
        let threshold = analysis(&with(&constant, "recoil-low,0.2,", &format!("recoil-low,{step},")));
        let by_table = analysis(&table(step));
        for (a, b) in threshold
            .standard_model()
            .sum()
            .iter()
            .zip(by_table.standard_model().sum())
        {
            assert!((a - b).abs() <= 1e-9 * b.max(1.0), "{step} keV: {a} {b}");
        }
        let ratio = strength(&threshold, 1.0) / strength(&by_table, 1.0);
        assert!((ratio - 1.0).abs() < 1e-6, "{step} keV: {ratio}");
    }
}

#[test]
fn bins_add_up_to_one() {
    let text = sample("reactor-counting");
    let total = |number: &str| {
        let text = with(&text, "bins-number,10,", &format!("bins-number,{number},"));
        analysis(&text).standard_model().total()
    };
    let one = total("1");
    for number in ["2", "10", "100"] {
        assert!(
            (total(number) / one - 1.0).abs() < 1e-4,
            "{number}: {} {one}",
            total(number)
        );
    }
    // Without rows for bins there is one, of all recoils that count.
    let without: String = text
        .lines()
        .filter(|line| !line.starts_with("bins-"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!((analysis(&without).standard_model().total() / one - 1.0).abs() < 1e-9);
}

/// Without background, SM included, the limit on a number of events is a number: d^2 goes with one over the exposure.
#[test]
fn without_background_the_limit_goes_with_the_exposure() {
    let nothing = [
        ("background-counts", "0"),
        ("signal-uncertainty", "1e-4"),
        ("proton-coupling-e", "1e-9"),
        ("neutron-coupling", "-1e-9"),
    ];
    let text = sample("reactor-counting");
    let at = |mass: &str, days: &str| {
        let changes = [&nothing[..], &[("target-mass", mass), ("exposure", days)]].concat();
        strength(&edited(&text, &changes), 1.0)
    };
    let once = at("1", "365.25");
    for (mass, days) in [("10", "365.25"), ("1", "3652.5")] {
        let ratio = at(mass, days) / once;
        assert!((ratio - 0.1).abs() < 1e-4, "{ratio}");
    }
}

/// With it, and nothing uncertain, four times the exposure halves the limit, and the background grows along.
#[test]
fn with_background_the_limit_goes_with_its_root() {
    let text = sample("reactor-counting");
    let sure = [
        ("signal-uncertainty", "1e-4"),
        ("background-uncertainty", "1e-5"),
        ("background-counts", "1e5"),
    ];
    let at = |days: &str| edited(&text, &[&sure[..], &[("exposure", days)]].concat());
    let (short, long) = (at("365.25"), at("1461"));
    let background = |analysis: &Analysis| -> f64 {
        let likelihood = analysis.statistic().likelihood().expect("counts");
        likelihood.background(&[0.0, 0.0]).iter().sum()
    };
    assert!((background(&long) / background(&short) - 4.0).abs() < 1e-9);
    let ratio = strength(&long, 1.0) / strength(&short, 1.0);
    assert!((ratio - 0.5).abs() < 5e-3, "{ratio}");
}

/// A table with data is compared with them, until an edit makes another experiment of it.
#[test]
fn counts_that_were_observed_are_compared() {
    let text = sample("sun-efficiency");
    let measured = analysis(&text);
    assert!(!measured.is_expected());
    let observed = |analysis: &Analysis| analysis.statistic().likelihood().expect("counts").observed().to_vec();
    assert_eq!(observed(&measured), [4.0, 3.0, 1.0]);
    let longer = edited(&text, &[("target-exposure", "10")]);
    assert!(longer.is_expected());
    let background: f64 = longer
        .statistic()
        .likelihood()
        .expect("counts")
        .background(&[0.0, 0.0])
        .iter()
        .sum();
    assert!((background - 55.0).abs() < 1e-9, "{background}");
    let blind = with(
        &text,
        "recoil_low,recoil_high,observed,background",
        "recoil_low,recoil_high,seen,background",
    );
    let blind = analysis(&blind);
    assert!(blind.is_expected());
    assert!(strength(&blind, 1.0) > 0.0);
}

#[test]
fn electrons_count_where_they_are_said_to() {
    let text = sample("reactor-counting");
    let off = analysis(&text);
    let on = edited(&text, &[("electron-recoils", "on")]);
    assert_eq!(off.standard_model().electron.iter().sum::<f64>(), 0.0);
    assert_eq!(on.standard_model().nucleus, off.standard_model().nucleus);
    assert!(on.standard_model().electron.iter().sum::<f64>() > 0.0);
    assert!(strength(&on, 0.1) < strength(&off, 0.1));
}

#[test]
fn changed_in_steps_is_changed_at_once() {
    let text = sample("reactor-counting");
    let spec = read(&text).expect("a sound text");
    let settings = |changes: &[(&str, &str)]| {
        let mut settings = Settings::default();
        for (key, value) in changes {
            settings.edits.set(spec.id(), key, Some(value));
        }
        settings
    };
    let mut walked = Analysis::new(&spec, &Settings::default()).expect("a sound experiment");
    for changes in [
        &[("exposure", "1000")][..],
        &[("efficiency", "0.5"), ("distance", "20")],
        &[("background-counts", "10"), ("electron-recoils", "on")],
        &[("distance", "20")],
    ] {
        walked.set(&settings(changes)).expect("sound values");
        let fresh = Analysis::new(&spec, &settings(changes)).expect("sound values");
        assert_eq!(walked.standard_model(), fresh.standard_model());
        assert_eq!(walked.sm_fit(), fresh.sm_fit());
        assert_eq!(strength(&walked, 2.0), strength(&fresh, 2.0));
    }
    assert!(matches!(
        spec.detector(),
        DetectorSpec::Efficiency { bins: Some(_), .. }
    ));
}
