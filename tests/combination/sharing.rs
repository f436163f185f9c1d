//! What the sources of experiments share.

use super::{COHERENT, DRESDEN, PAIR, chi2, close, combined, copy, expected, limit, spec, with};
use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Combination, Settings, SharedWidth, Shares, Subject};
use dipole_portal::data::{Inputs, table};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::physics::source::SourceKind;
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::Counts;

/// Chi-square at one strength and one shift of the flux: members at changed counts, and the prior of the shift. Nothing here knows of joint likelihoods.
fn at_shift(members: &[Analysis], flavor: Flavor, mass: f64, strength: f64, eta: f64, width: f64) -> f64 {
    let sum: f64 = members
        .iter()
        .map(|member| {
            let scaled = |counts: Vec<f64>| -> Vec<f64> { counts.iter().map(|count| (1.0 + eta) * count).collect() };
            let (sm, dipole) = (
                scaled(member.standard_model().sum()),
                scaled(member.dipole(flavor, mass).sum()),
            );
            let likelihood = member.statistic().likelihood().expect("there are data");
            let counts = Counts::new(likelihood.observed(), &sm, &dipole);
            let mut nuisances = likelihood.start(counts).expect("a start");
            likelihood
                .profile(counts, strength, &mut nuisances)
                .expect("converges")
                .chi2
        })
        .sum();
    sum + (eta / width).powi(2)
}

/// Lowest of a scan, narrowed three times.
fn scanned(function: impl Fn(f64) -> f64) -> f64 {
    let (mut centre, mut half) = (0.0, 0.6);
    let mut lowest = f64::INFINITY;
    for _ in 0..4 {
        let mut best = centre;
        for step in -40..=40 {
            let here = centre + half * f64::from(step) / 40.0;
            let value = function(here);
            if value < lowest {
                (lowest, best) = (value, here);
            }
        }
        (centre, half) = (best, half / 20.0);
    }
    lowest
}

/// COHERENT and a detector of half its mass, whose neutrinos are the same: a scan over the shift of their flux finds the same chi-square.
#[test]
fn the_shared_flux_of_the_sns_is_what_a_scan_finds() {
    let specs = [
        spec(COHERENT),
        copy(COHERENT, "coherent-half", &[("target-mass", "7.3")]),
    ];
    let both = with(&specs, &expected(), &Shares::built_in().expect("a sound table"));
    let shift = both.likelihood().parameters().first().expect("a shift");
    assert_eq!(
        (shift.name.as_str(), shift.prior.map(|prior| prior.width)),
        ("sns-flux", Some(0.1))
    );
    // 0.12 for all that COHERENT knows of its signal, 0.10 of it the flux.
    let own = (0.12_f64 * 0.12 - 0.1 * 0.1).sqrt();
    let members = specs.map(|spec| {
        let mut settings = expected();
        settings
            .edits
            .set(spec.id(), "signal-uncertainty", Some(&own.to_string()));
        Analysis::new(&spec, &settings).expect("sound tables")
    });
    for (flavor, mass) in [(Flavor::Muon, 1.0), (Flavor::Muon, 30.0), (Flavor::Electron, 5.0)] {
        let at = coupling_squared_per_mev2(limit(&both, flavor, mass));
        for strength in [0.0, 0.3 * at, at, 10.0 * at] {
            let got = chi2(&both, flavor, mass, strength);
            let scan = scanned(|eta| at_shift(&members, flavor, mass, strength, eta, 0.1));
            assert!((got - scan).abs() < 1e-4, "{flavor} {mass} {strength:e}: {got} {scan}");
        }
    }
}

/// What is common does not average out: the limit is between that of independent copies and that of one.
#[test]
fn what_is_shared_does_not_average_out() {
    for (id, flavor, width) in [(COHERENT, Flavor::Muon, 0.1), (DRESDEN, Flavor::Electron, 0.02)] {
        let specs = [spec(id), copy(id, "copy", &[])];
        let shared = with(&specs, &expected(), &Shares::built_in().expect("a sound table"));
        let apart = with(&specs, &expected(), &Shares::none());
        let once = Analysis::built_in(id, &expected()).expect("sound tables");
        let prior = shared.likelihood().parameters()[0].prior.expect("a prior");
        assert_eq!(prior.width, width, "{id}");
        for mass in [0.1, 5.0] {
            let [apart, shared, once] =
                [&apart as &dyn Subject, &shared, &once].map(|subject| limit(subject, flavor, mass));
            assert!(
                apart < shared && shared < once,
                "{id} {mass}: {apart:e} {shared:e} {once:e}"
            );
        }
    }
}

/// Reactors share the smaller of their uncertainties; what remains of it is too small to matter.
#[test]
fn reactors_share_what_the_better_known_has() {
    let specs = [
        spec(DRESDEN),
        copy(DRESDEN, "other", &[("signal-uncertainty", "0.169")]),
    ];
    let built_in = Shares::built_in().expect("a sound table");
    let both = with(&specs, &expected(), &built_in);
    let nearly = built_in.with(SourceKind::Reactor, SharedWidth::Known(0.0199));
    let nearly = with(&specs, &expected(), &nearly);
    let prior = both.likelihood().parameters()[0].prior.expect("a prior");
    assert_eq!(prior.width, 0.02);
    for mass in [0.1, 3.0] {
        let [got, close_to] = [&both, &nearly].map(|subject| limit(subject, Flavor::Electron, mass));
        assert!(close(got, close_to, 1e-4), "{mass}: {got:e} {close_to:e}");
    }
}

/// One member at a source has nobody to share with: its own uncertainty stays as its table has it.
#[test]
fn one_at_a_source_shares_nothing() {
    let names = |combination: &Combination| -> Vec<String> {
        let parameters = combination.likelihood().parameters().iter();
        parameters.map(|parameter| parameter.name.clone()).collect()
    };
    let pair = combined(&PAIR, &Settings::default());
    assert!(
        names(&pair)
            .iter()
            .all(|name| name.starts_with("0.") || name.starts_with("1."))
    );
    assert!(
        pair.likelihood().parameters().iter().any(|parameter| {
            parameter.name == "0.signal" && parameter.prior.is_some_and(|prior| prior.width == 0.12)
        })
    );
}

/// Every number of the table of what is shared counts, and none is missing.
#[test]
fn the_table_of_shared_fluxes_is_read() {
    let shares = Shares::built_in().expect("a sound table");
    assert_eq!(shares.width(SourceKind::Sns, &[0.12, 0.13]), Some(0.1));
    assert_eq!(shares.width(SourceKind::Sun, &[0.1, 0.1]), Some(0.0381));
    assert_eq!(shares.width(SourceKind::Reactor, &[0.169, 0.02]), Some(0.02));
    for source in [SourceKind::Sns, SourceKind::Sun, SourceKind::Reactor] {
        assert_eq!(shares.width(source, &[0.12]), None);
        assert_eq!(Shares::none().width(source, &[0.12, 0.12]), None);
    }
    let own = shares.own_besides(0.12, 0.1).expect("larger");
    assert!((own - 0.066_332_495_8).abs() < 1e-9, "{own}");
    assert_eq!(shares.own_besides(0.09, 0.1), None);
    let least = Inputs::new(&table("shared_fluxes").expect("a table")).expect("rows");
    assert_eq!(shares.own_besides(0.1, 0.1), least.number("own-uncertainty-least").ok());
}

/// Beyond what normalisations can take back nothing changes any more: chi-square goes on smoothly to where it ends, and does not jump to another minimum.
#[test]
fn a_signal_far_too_large_is_taken_back_by_what_is_shared() {
    let lar = ExperimentId::new("coherent-lar").expect("a name");
    let conus = ExperimentId::new("conus-plus").expect("a name");
    for (members, flavor, mass_mev) in [
        ([ExperimentId::COHERENT_CSI, lar], Flavor::Muon, 20.0),
        ([conus, ExperimentId::DRESDEN_II], Flavor::Electron, 1.0),
    ] {
        let whole = combined(&members, &Settings::default());
        let strengths = (0..24).map(|step| coupling_squared_per_mev2(1e-6 * 10.0_f64.powf(f64::from(step) / 8.0)));
        let all: Vec<f64> = strengths
            .map(|strength| chi2(&whole, flavor, mass_mev, strength))
            .collect();
        assert!(all.is_sorted(), "{all:?}");
        let (before, last) = (all[12], all[23]);
        assert!(last / before < 1.05, "{all:?}");
    }
}

/// The first science run of XENONnT is in both: they are no two measurements. Expectations are.
#[test]
fn experiments_with_a_common_run_are_never_added() {
    let members = ["xenonnt-er", "xenonnt-s2"].map(|name| spec(ExperimentId::new(name).expect("a name")));
    let shares = Shares::built_in().expect("a sound table");
    let error = Combination::with_shares(&members, &Settings::default(), &shares).expect_err("one run twice");
    assert!(error.to_string().contains("share no data"), "{error}");
    assert!(Combination::with_shares(&members, &expected(), &shares).is_ok());
}
