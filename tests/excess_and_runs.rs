//! Excesses and runs (CONUS+, XENONnT with ionisation alone) with everything that other experiments can do, too.

use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Combination, Settings, Shares, Subject};
use dipole_portal::data::table;
use dipole_portal::experiment::{ADJUSTABLE, ExperimentId, ExperimentSpec, Registry};
use dipole_portal::physics::recoil::RecoilSpectrum;
use dipole_portal::physics::source::{ReactorModel, SourceKind};
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::{Confidence, Counts, Likelihood, Runs, Sides};
use std::sync::Arc;

fn conus_plus() -> ExperimentId {
    ExperimentId::new("conus-plus").expect("a name")
}

fn xenonnt_s2() -> ExperimentId {
    ExperimentId::new("xenonnt-s2").expect("a name")
}

fn spec(id: ExperimentId) -> Arc<ExperimentSpec> {
    let registry = Registry::built_in().expect("sound tables");
    Arc::clone(registry.get(id).expect("a built-in experiment"))
}

/// The same under another name, with other values of some rows.
fn copy(id: ExperimentId, name: &str, changes: &[(&str, &str)]) -> Arc<ExperimentSpec> {
    let own = table(&format!("experiments/{id}")).expect("a sound table");
    let id = ExperimentId::new(name).expect("a name");
    let spec = ExperimentSpec::new(id, &own).expect("sound rows");
    Arc::new(spec.edited(changes).expect("sound changes"))
}

fn changed(id: ExperimentId, changes: &[(&str, &str)]) -> Analysis {
    let mut settings = Settings::default();
    for (key, value) in changes {
        settings.edits.set(id, key, Some(value));
    }
    Analysis::new(&spec(id), &settings).expect("sound values")
}

fn expected(id: ExperimentId) -> Analysis {
    let settings = Settings {
        expected: true,
        ..Settings::default()
    };
    Analysis::new(&spec(id), &settings).expect("sound values")
}

fn likelihood(analysis: &Analysis) -> &dyn Likelihood {
    analysis.statistic().likelihood().expect("data")
}

fn limit_at(subject: &dyn Subject, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> f64 {
    let limit = subject.limit_per_gev(flavor, mass_mev, confidence);
    limit.expect("converges").value().expect("a limit")
}

fn limit(subject: &dyn Subject, flavor: Flavor, mass_mev: f64) -> f64 {
    limit_at(subject, flavor, mass_mev, Confidence::PAPER)
}

fn close(got: f64, wanted: f64, tolerance: f64) {
    assert!((got / wanted - 1.0).abs() < tolerance, "{got} for {wanted}");
}

/// The SM in place of the excess, with the errors of the excess; those grow with the root of the exposure.
#[test]
fn an_excess_that_is_expected_is_that_of_the_standard_model() {
    let (measured, plain) = (changed(conus_plus(), &[]), expected(conus_plus()));
    assert!(!measured.is_expected() && plain.is_expected());
    assert_eq!(likelihood(&plain).observed(), plain.standard_model().sum());
    assert_eq!(likelihood(&plain).errors(), likelihood(&measured).errors());
    assert!(plain.sm_fit().expect("data").chi2 < 1e-20);
    let longer = changed(conus_plus(), &[("exposure", "476")]);
    assert!(longer.is_expected());
    let errors = likelihood(&longer).errors();
    for (after, before) in errors.iter().zip(likelihood(&measured).errors()) {
        close(*after, 2.0 * before, 1e-12);
    }
    let (four, one) = (longer.standard_model().total(), plain.standard_model().total());
    close(four, 4.0 * one, 1e-12);
    // More of it is better, but for what is known of the signal, which stays.
    let ratio = (limit(&longer, Flavor::Electron, 1.0) / limit(&plain, Flavor::Electron, 1.0)).powi(2);
    assert!((0.5..0.9).contains(&ratio), "{ratio}");
    let certain = |exposure: &str| {
        let changes = [("exposure", exposure), ("signal-uncertainty", "0.0169")];
        limit(&changed(conus_plus(), &changes), Flavor::Electron, 1.0).powi(2)
    };
    close(certain("476") / certain("119.0001"), 0.5, 0.05);
}

/// Expected limits of runs are those that stand beside the observed ones; ten times the exposure makes a stronger one.
#[test]
fn runs_that_are_expected_have_the_limit_that_stands_beside_that_of_the_data() {
    let (measured, plain) = (changed(xenonnt_s2(), &[]), expected(xenonnt_s2()));
    for mass_mev in [0.1, 5.0, 10.0] {
        let beside = measured.expected_limit_per_gev(Flavor::Tau, mass_mev, Confidence::PAPER);
        let beside = beside.expect("converges").and_then(|limit| limit.value());
        close(limit(&plain, Flavor::Tau, mass_mev), beside.expect("a limit"), 1e-4);
        let lucky = limit(&plain, Flavor::Tau, mass_mev) / limit(&measured, Flavor::Tau, mass_mev);
        assert!((1.6..1.85).contains(&lucky), "{lucky}");
    }
    let nothing = plain.expected_limit_per_gev(Flavor::Tau, 5.0, Confidence::PAPER);
    assert_eq!(nothing.expect("converges"), None, "it is one itself");
    let larger = changed(xenonnt_s2(), &[("target-exposure", "78.3")]);
    let total = |analysis: &Analysis| -> f64 { likelihood(analysis).observed().iter().sum() };
    close(total(&larger), 10.0 * total(&plain), 1e-9);
    assert!(larger.sm_fit().expect("data").chi2.abs() < 1e-9);
    let stronger = limit(&larger, Flavor::Tau, 5.0) / limit(&plain, Flavor::Tau, 5.0);
    assert!((0.5..0.95).contains(&stronger), "{stronger}");
    let cleaner = changed(xenonnt_s2(), &[("background-level", "0.1")]);
    assert!(limit(&cleaner, Flavor::Tau, 5.0) < limit(&plain, Flavor::Tau, 5.0));
}

/// Every row of these experiments that can be changed changes a limit when it is varied, and leaves the data where they belong to it.
#[test]
fn every_input_that_can_be_changed_counts() {
    for (id, flavor) in [(conus_plus(), Flavor::Electron), (xenonnt_s2(), Flavor::Tau)] {
        let (measured, plain) = (changed(id, &[]), expected(id));
        let rows = ADJUSTABLE
            .iter()
            .filter(|row| spec(id).check_adjustable(row.key).is_ok());
        let mut seen = 0;
        for row in rows {
            let value = spec(id).inputs().text(row.key).expect("a row").to_owned();
            for other in row.varied(row.variation, &value, &value) {
                let varied = changed(id, &[(row.key, &other)]);
                assert_eq!(varied.is_expected(), row.changes_the_data, "{id} {}", row.key);
                let before = if row.changes_the_data { &plain } else { &measured };
                let moved = limit(&varied, flavor, 0.3) / limit(before, flavor, 0.3) - 1.0;
                // Couplings of other flavours than the source has, the height that N may fly, and electrons where none are seen make no limit.
                let idle = ["detector-size", "sin2-weak-angle", "electron-binding"];
                let may_be_idle = idle.contains(&row.key) || row.key.starts_with("proton-coupling-");
                assert!(
                    (may_be_idle || moved != 0.0) && moved.abs() < 0.6,
                    "{id} {}={other}: {moved}",
                    row.key
                );
                seen += 1;
            }
        }
        assert!(seen > 20, "{id}: {seen}");
    }
}

#[test]
fn weights_and_sides_are_asked_as_elsewhere() {
    let settings = |weights: &str| Settings {
        weights: weights.parse().expect("sound weights"),
        ..Settings::default()
    };
    let with = |weights| Analysis::new(&spec(xenonnt_s2()), &settings(weights)).expect("sound tables");
    let (all, tau) = (with("1:1:1"), changed(xenonnt_s2(), &[]));
    assert!(limit(&all, Flavor::Tau, 5.0) < limit(&tau, Flavor::Tau, 5.0));
    close(
        limit(&with("0:0:2"), Flavor::Tau, 5.0),
        0.5 * limit(&tau, Flavor::Tau, 5.0),
        1e-6,
    );
    // A source without the flavour gives nothing, at every anchor.
    assert!(changed(conus_plus(), &[]).check_flavor(Flavor::Tau).is_err());
    let one_sided = Confidence {
        sides: Sides::One,
        ..Confidence::PAPER
    };
    for (id, flavor) in [(conus_plus(), Flavor::Electron), (xenonnt_s2(), Flavor::Tau)] {
        let analysis = changed(id, &[]);
        assert!(limit_at(&analysis, flavor, 1.0, one_sided) < limit(&analysis, flavor, 1.0));
        assert!(analysis.ceiling_per_gev(flavor, 5.0).is_some());
    }
}

fn joint(specs: &[Arc<ExperimentSpec>], settings: &Settings) -> Combination {
    Combination::with_shares(specs, settings, &Shares::built_in().expect("a sound table")).expect("can be combined")
}

/// Experiments at different sources share nothing: chi-square is the sum, also where one of them has templates that are longer than its bins.
#[test]
fn runs_are_combined_with_others() {
    let ids = [ExperimentId::DRESDEN_II, xenonnt_s2()];
    let apart = ids.map(|id| changed(id, &[]));
    let specs = ids.map(spec);
    let both = joint(&specs, &Settings::default());
    let chi2: f64 = apart.iter().map(|one| one.sm_fit().expect("data").chi2).sum();
    close(both.sm_fit().chi2, chi2, 1e-9);
    let strength = coupling_squared_per_mev2(2e-7);
    for mass_mev in [0.1, 3.0] {
        let delta = |subject: &dyn Subject| {
            let column = subject.column(Flavor::Electron, mass_mev, Confidence::PAPER.dof);
            let column = column.expect("converges").expect("data");
            column.fit(strength).expect("converges").chi2
        };
        let sum: f64 = apart.iter().map(|one| delta(one)).sum();
        close(delta(&both), sum, 1e-8);
        let alone = apart.iter().map(|one| limit(one, Flavor::Electron, mass_mev));
        let weakest = alone.fold(0.0, f64::max);
        assert!(limit(&both, Flavor::Electron, mass_mev) < weakest);
    }
    // What is expected of both, and a fit's bins, go the same way.
    let settings = Settings {
        expected: true,
        ..Settings::default()
    };
    assert!(joint(&specs, &settings).sm_fit().chi2.abs() < 1e-9);
    let signal = both
        .likelihood()
        .signal_of(both.standard_model(), &both.sm_fit().nuisances);
    assert_eq!(signal.len(), both.likelihood().observed().len());
    let dipole = both.dipole(Flavor::Electron, 3.0);
    let counts = Counts::new(both.likelihood().observed(), both.standard_model(), &dipole);
    let bins = both.likelihood().terms(counts, 0.0, &both.sm_fit().nuisances);
    assert_eq!(bins.len(), signal.len());
    let parts: f64 = apart
        .iter()
        .map(|one| likelihood(one).counts_of(&one.dipole(Flavor::Electron, 3.0).sum()))
        .sum();
    close(both.likelihood().counts_of(&dipole), parts, 1e-12);
}

/// The flux of reactors is shared by those beside one, by the better known, whatever its model; that of the Sun by those that see it.
#[test]
fn sources_are_shared() {
    let reactors = [spec(conus_plus()), spec(ExperimentId::DRESDEN_II)];
    let both = joint(&reactors, &Settings::default());
    let shared = both.likelihood().parameters().first().expect("a shift");
    assert_eq!(shared.prior.expect("a prior").width, 0.02);
    let own = likelihood(both.members()[0]).parameters()[0]
        .prior
        .expect("a prior")
        .width;
    close(own, (0.169_f64.powi(2) - 0.02_f64.powi(2)).sqrt(), 1e-9);
    let settings = Settings {
        fluxes: Settings::default()
            .fluxes
            .with_reactor_model(ReactorModel::KopeikinMueller),
        ..Settings::default()
    };
    let with_capture = joint(&reactors, &settings);
    assert_eq!(with_capture.relevant_settings(), settings);
    let mut moved = both.clone();
    moved.set(&settings).expect("sound settings");
    let limits = [&with_capture, &moved, &both].map(|one| limit(one, Flavor::Electron, 1.0));
    close(limits[0], limits[1], 1e-9);
    assert!(limits[0] > 1.1 * limits[2], "{limits:?}");
    // Two searches that see the Sun: the width of one, which is that of the flux, is shared as a whole.
    let shares = Shares::built_in().expect("a sound table");
    assert!(matches!(shares.width(SourceKind::Sun, &[0.0381; 2]), Some(width) if width == 0.0381));
    let twins = [
        copy(xenonnt_s2(), "one", &[]),
        copy(xenonnt_s2(), "other", &[("target-exposure", "3")]),
    ];
    let settings = Settings {
        expected: true,
        ..Settings::default()
    };
    let both = joint(&twins, &settings);
    let shared = both.likelihood().parameters().first().expect("a shift");
    assert_eq!(shared.prior.expect("a prior").width, 0.0381);
    assert!(both.sm_fit().chi2.abs() < 1e-9);
    let alone = Analysis::new(&twins[0], &settings).expect("sound tables");
    assert!(limit(&both, Flavor::Tau, 5.0) < limit(&alone, Flavor::Tau, 5.0));
}

/// Written, called otherwise and read again, each gives the same.
#[test]
fn copies_of_ones_own_give_the_same() {
    for (id, flavor) in [(conus_plus(), Flavor::Electron), (xenonnt_s2(), Flavor::Tau)] {
        let text = dipole_portal::page::extra::copy(&spec(id));
        let own = ExperimentSpec::from_text(None, &text).expect("what was written");
        assert_ne!(own.id(), id);
        let copied = Analysis::new(&own, &Settings::default()).expect("sound tables");
        assert_eq!(limit(&copied, flavor, 1.0), limit(&changed(id, &[]), flavor, 1.0));
    }
    // With tables of its own, too.
    let data = "### conus_plus\n# title: -\nlow,high,excess,error\n0.16,0.26,90,40\n0.26,0.36,20,30\n";
    let text = format!("{}{data}", dipole_portal::page::extra::copy(&spec(conus_plus())));
    let own = ExperimentSpec::from_text(None, &text).expect("a sound text");
    let own = Analysis::new(&own, &Settings::default()).expect("sound tables");
    assert_eq!(likelihood(&own).observed(), [90.0, 20.0]);
    for (broken, said) in [
        ("0.26,0.36,20,30", "line"),
        ("0.27,0.36,20,30", "next bin"),
        ("0.26,0.36,20,0", "above zero"),
        ("0.26,0.25,20,3", "next bin"),
    ] {
        let text = text.replace("0.26,0.36,20,30", broken);
        match ExperimentSpec::from_text(None, &text) {
            Ok(_) => assert_eq!(broken, "0.26,0.36,20,30"),
            Err(error) => assert!(error.to_string().contains(said), "{broken}: {error}"),
        }
    }
}

/// Where the signal is from elsewhere the flux multiplies the SM alone: a strength counts as much as one over the flux does where it multiplies both.
#[test]
fn a_signal_from_elsewhere_does_not_follow_the_flux() {
    let analysis = changed(xenonnt_s2(), &[]);
    let runs = Runs::new(analysis.experiment()).expect("sound tables");
    let elsewhere = runs.clone().of_elsewhere();
    let dipole = analysis.dipole(Flavor::Tau, 1.0).sum();
    let counts = Counts::new(runs.observed(), analysis.sm_beside_background(), &dipole);
    let flux = runs.parameters().iter().position(|parameter| parameter.name == "flux");
    let flux = flux.expect("a nuisance of the flux");
    let strength = coupling_squared_per_mev2(1e-6);
    for b in [0.5, 1.0, 1.3] {
        let mut nuisances = runs.start(counts).expect("starts");
        (nuisances[flux], nuisances[flux + 1]) = (b, 0.9);
        let same = runs.chi2(counts, strength / b, &nuisances);
        close(elsewhere.chi2(counts, strength, &nuisances), same, 1e-12);
    }
    // At the minimum the slope along the strength is what chi-square does, and no other nuisances fit better.
    let profile = |strength: f64| {
        let mut nuisances = elsewhere.start(counts).expect("starts");
        let profile = elsewhere.profile(counts, strength, &mut nuisances).expect("converges");
        (profile, nuisances)
    };
    let (found, nuisances) = profile(strength);
    let step = 1e-3 * strength;
    let rise = (profile(strength + step).0.chi2 - profile(strength - step).0.chi2) / (2.0 * step);
    close(found.slope, rise, 1e-5);
    for index in 0..nuisances.len() {
        for shift in [-1e-3, 1e-3] {
            let mut beside = nuisances.clone();
            beside[index] += shift;
            assert!(
                elsewhere.chi2(counts, strength, &beside) > found.chi2,
                "{}",
                elsewhere.parameters()[index].name
            );
        }
    }
}

/// The SM spectrum, given as any other, is reported as the SM is.
#[test]
fn a_given_spectrum_is_reported_as_one_of_neutrinos() {
    let analysis = changed(xenonnt_s2(), &[]);
    let experiment = analysis.experiment();
    let given = |recoil_mev: f64| {
        let spectrum = RecoilSpectrum::new(vec![recoil_mev], experiment.nuclei());
        let mut per_kev = [0.0];
        for component in experiment.components() {
            spectrum.add_standard_model(component, &mut per_kev);
        }
        1e3 * per_kev[0]
    };
    let template = analysis.prediction().nuclear_recoils(given, &[1.0]).sum();
    let sm = analysis.standard_model().sum();
    assert_eq!(template.len(), sm.len());
    for (given, sm) in template.iter().zip(sm) {
        assert!((given - sm).abs() <= 1e-12 * sm, "{given} {sm}");
    }
}
