//! Whose limits are the strongest where, against limits computed one by one.

use dipole_portal::analysis::curve::{Curve, Stretch};
use dipole_portal::analysis::lead::{Lead, leads};
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::{ExperimentId, Registry};
use dipole_portal::page::leads::sentence;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, Dof};
use dipole_portal::{Choice, Flavor};

/// Masses between the leaders, and about their ends: ends are known to the distance of the masses of a curve.
const NEAR_AN_END: f64 = 1.04;

fn of(flavor: Flavor, settings: &Settings) -> (Vec<Lead>, String) {
    let registry = Registry::built_in().expect("sound tables");
    let curves = Curve::of_all(&registry, flavor, settings, Confidence::PAPER).expect("curves");
    let lines: Vec<_> = curves.iter().collect();
    (leads(&lines), sentence(&registry, &lines))
}

/// The strongest limit at a mass, by asking everybody.
fn strongest(flavor: Flavor, mass_mev: f64) -> Option<ExperimentId> {
    let registry = Registry::built_in().expect("sound tables");
    let limits = registry.specs().filter_map(|spec| {
        let analysis = Analysis::new(spec, &Settings::default()).expect("sound tables");
        analysis.check_flavor(flavor).ok()?;
        let limit = analysis
            .limit_per_gev(flavor, mass_mev, Confidence::PAPER)
            .expect("a fit");
        Some((spec.id(), limit.value().filter(|limit| *limit < 1e-3)?))
    });
    limits
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(id, _)| id)
}

#[test]
fn the_strongest_of_all_is_among_those_that_lead() {
    for flavor in Flavor::ALL {
        let (leads, _) = of(*flavor, &Settings::default());
        assert!(leads.windows(2).all(|pair| pair[0].to_mev == pair[1].from_mev));
        for step in 0..40_u32 {
            let mass_mev = 0.0107 * 1e4_f64.powf(f64::from(step) / 40.0);
            let is_near = |end: f64| (mass_mev / end).max(end / mass_mev) < NEAR_AN_END;
            if leads.iter().any(|lead| is_near(lead.to_mev)) {
                continue;
            }
            let lead = leads
                .iter()
                .find(|lead| mass_mev < lead.to_mev)
                .expect("the whole plane");
            match strongest(*flavor, mass_mev) {
                Some(id) => assert!(
                    lead.experiments.contains(&id),
                    "{} at {mass_mev} MeV: {id}, but {lead:?}",
                    flavor.name()
                ),
                None => assert!(lead.experiments.is_empty(), "{lead:?}"),
            }
        }
    }
}

/// Two degrees of freedom bring the limits of argon, CsI and xenon together for nu_mu, and xenon ends at 16 MeV.
#[test]
fn whoever_is_said_to_lead_in_a_range_has_a_limit_in_nearly_all_of_it() {
    let registry = Registry::built_in().expect("sound tables");
    let confidence = Confidence {
        dof: Dof::Two,
        ..Confidence::PAPER
    };
    for flavor in Flavor::ALL {
        let curves = Curve::of_all(&registry, *flavor, &Settings::default(), confidence).expect("curves");
        let lines: Vec<_> = curves.iter().collect();
        for lead in leads(&lines) {
            for id in &lead.experiments {
                let curve = curves.iter().find(|curve| curve.request.experiment == *id);
                let curve = curve.expect("those that lead have curves");
                let within = |mass_mev: f64| (lead.from_mev..=lead.to_mev).contains(&mass_mev);
                let there: Vec<_> = curve.points.iter().filter(|point| within(point.mass_mev)).collect();
                let with = there.iter().filter(|point| point.stretch() == Stretch::Limit).count();
                assert!(with as f64 > 0.85 * there.len() as f64, "{id} of {lead:?}");
            }
        }
    }
}

/// What the inputs of 2025 and 2026 change about the paper: solar neutrinos on electrons below about 0.45 MeV, 20 to 100 times stronger than Dresden-II.
#[test]
fn electrons_of_the_sun_lead_at_low_masses_and_the_conclusion_follows_the_quenching() {
    let (leads, text) = of(Flavor::Electron, &Settings::default());
    let [electrons, reactors, ..] = leads.as_slice() else {
        panic!("{leads:?}")
    };
    assert!((0.38..0.47).contains(&electrons.to_mev), "{electrons:?}");
    assert_eq!(reactors.experiments[0], ExperimentId::DRESDEN_II);
    assert!((6.0..7.5).contains(&reactors.to_mev), "{reactors:?}");
    assert!(
        text.contains("Dresden-II (fef) or CONUS+ (digitised) up to 6"),
        "{text}"
    );
    let mut settings = Settings::default();
    settings.detector.quenching = Quenching::Lindhard;
    let (_, text) = of(Flavor::Electron, &settings);
    assert!(
        !text.contains("Dresden-II") && text.contains("CONUS+ (digitised) up to 6"),
        "{text}"
    );
    let (_, text) = of(
        Flavor::Tau,
        &Settings {
            nuclei_only: true,
            ..Settings::default()
        },
    );
    assert!(!text.contains("electrons"), "{text}");
}

/// Between its points a curve is a straight line in logarithms: everywhere near the limit itself, also at the steps that lines of the Sun make.
#[test]
fn curves_follow_the_limits_between_their_masses() {
    let registry = Registry::built_in().expect("sound tables");
    let curves = Curve::of_all(&registry, Flavor::Electron, &Settings::default(), Confidence::PAPER).expect("curves");
    for curve in &curves {
        let spec = registry.get(curve.request.experiment).expect("its experiment");
        let analysis = Analysis::new(spec, &Settings::default()).expect("sound tables");
        let limit = |mass_mev: f64| {
            analysis
                .limit_per_gev(Flavor::Electron, mass_mev, Confidence::PAPER)
                .expect("a fit")
                .value()
        };
        // What is narrower than 3 % in the mass is not halved: there a limit may leave the plane, or an edge of a line may be.
        let wide = curve
            .points
            .windows(2)
            .filter(|pair| pair[1].mass_mev > 1.031 * pair[0].mass_mev);
        for pair in wide {
            let ends =
                [&pair[0], &pair[1]].map(|point| point.limit_per_gev.as_ref().ok().and_then(|limit| limit.value()));
            let middle_mev = (pair[0].mass_mev * pair[1].mass_mev).sqrt();
            let ([Some(before), Some(after)], Some(there)) = (ends, limit(middle_mev)) else {
                continue;
            };
            // On its way out of the plane a limit is steeper than any line.
            if there > 1e-5 {
                continue;
            }
            let ratio = (before * after).sqrt() / there;
            assert!(
                (0.9..1.1).contains(&ratio),
                "{} at {middle_mev} MeV: {ratio}",
                spec.name()
            );
        }
    }
}
