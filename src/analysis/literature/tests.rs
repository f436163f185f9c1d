use super::*;

fn curve(name: &str) -> PublishedCurve {
    published()
        .expect("sound tables")
        .into_iter()
        .find(|curve| curve.name == name)
        .expect("a known curve")
}

#[test]
fn every_curve_is_readable() {
    let curves = published().expect("sound tables");
    assert_eq!(curves.len(), 30);
    let without_flavor = curves.iter().filter(|curve| curve.scope == Scope::Universal).count();
    assert_eq!(without_flavor, 9);
    for flavor in [Flavor::Electron, Flavor::Muon, Flavor::Tau] {
        assert!(
            for_flavor(flavor)
                .expect("sound tables")
                .iter()
                .all(|curve| curve.is_about(flavor))
        );
    }
}

#[test]
fn an_upper_limit_excludes_what_is_above() {
    let borexino = curve("borexino");
    assert_eq!(borexino.confidence_level, Some(0.9));
    // Between two rows at d = 2.062e-8 GeV^-1.
    assert_eq!(borexino.excludes(0.0105, 2.1e-8), Some(true));
    assert_eq!(borexino.excludes(0.0105, 2.0e-8), Some(false));
    assert_eq!(borexino.excludes(5.0, 1.0), None);
    assert_eq!(borexino.excludes(f64::NAN, 1.0), None);
    assert_eq!(borexino.excludes(0.0105, f64::NAN), None);
}

#[test]
fn between_points_a_limit_is_straight_in_the_logarithms() {
    let lep = curve("lep");
    assert_eq!(lep.excludes(3.0, 4.95e-4), Some(true));
    assert_eq!(lep.excludes(3.0, 4.93e-4), Some(false));
    let miniboone = curve("miniboone");
    let [first, second] = [miniboone.points[0], miniboone.points[1]];
    let middle = (first.mass_mev * second.mass_mev).sqrt();
    let limit = (first.coupling_per_gev * second.coupling_per_gev).sqrt();
    assert_eq!(miniboone.excludes(middle, limit * 1.000_001), Some(true));
    assert_eq!(miniboone.excludes(middle, limit * 0.999_999), Some(false));
}

/// Where N decays before it reaches the detector, a larger coupling is not excluded.
#[test]
fn an_upper_limit_that_turns_back_ends_at_its_upper_branch() {
    let superk = curve("superk_atmospheric_e");
    let (_, reach) = superk.mass_range_mev();
    let mass = 0.97 * reach;
    let edges: Vec<f64> = region::crossings(&superk.points, mass).collect();
    let [lower, upper] = edges[..] else {
        panic!("two branches, got {edges:?}")
    };
    assert_eq!(superk.excludes(mass, 0.99 * lower), Some(false));
    assert_eq!(superk.excludes(mass, (lower * upper).sqrt()), Some(true));
    assert_eq!(superk.excludes(mass, 1.01 * upper), Some(false));
    // The figure ends below 2e-5: what is above it is not known.
    assert_eq!(superk.excludes(10.0, 1.9e-5), Some(true));
    assert_eq!(superk.excludes(10.0, 1e-4), None);
}

#[test]
fn a_contour_excludes_its_inside() {
    for name in ["sn1987a", "sn1987a_schwetz"] {
        let supernova = curve(name);
        assert_eq!(supernova.excludes(10.0, 1e-8), Some(true), "{name}");
        assert_eq!(supernova.excludes(10.0, 1e-5), Some(false), "{name}");
        assert_eq!(supernova.excludes(10.0, 1e-11), Some(false), "{name}");
        assert_eq!(supernova.excludes(500.0, 1e-8), None, "{name}");
    }
}

#[test]
fn an_open_contour_says_only_what_is_below_it() {
    for name in ["bbn", "cmb_neff"] {
        let edge = curve(name);
        assert_eq!(edge.excludes(10.0, 1e-11), Some(false), "{name}");
        assert_eq!(edge.excludes(10.0, 1e-6), None, "{name}");
    }
}

#[test]
fn a_projection_excludes_nothing() {
    let ship = curve("ship_e");
    assert_eq!(ship.excludes(10.0, 1.0), Some(false));
}

/// The two normalisations of the supernova bound must never be counted as two observations.
#[test]
fn supernova_bounds_are_alternatives() {
    assert_eq!(curve("sn1987a_schwetz").alternative_to.as_deref(), Some("sn1987a"));
    assert_eq!(curve("sn1987a").alternative_to, None);
    for curve in published().expect("sound tables") {
        if let Some(other) = &curve.alternative_to {
            assert!(
                published()
                    .expect("sound tables")
                    .iter()
                    .any(|known| known.name == *other)
            );
        }
    }
}

#[test]
fn texono_is_the_published_limit_at_low_mass_and_ends_where_reactors_end() {
    let texono = texono().expect("sound tables");
    let first = texono.points[0];
    // 2.2e-10 mu_B in GeV^-1.
    assert!((first.coupling_per_gev / 6.5186e-8 - 1.0).abs() < 1e-4, "{first:?}");
    assert!(
        texono
            .points
            .windows(2)
            .all(|pair| pair[0].coupling_per_gev <= pair[1].coupling_per_gev)
    );
    // Recoils above 3 MeV from 8 MeV antineutrinos leave at most 2.12 MeV for the mass.
    let (_, reach) = texono.mass_range_mev();
    assert!((1.9..2.12).contains(&reach), "{reach}");
    assert!(texono.status.is_some_and(|status| status.starts_with("recast")));
}
