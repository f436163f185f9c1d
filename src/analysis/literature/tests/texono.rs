use super::*;

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

/// Limit on d at a mass in MeV, straight in the logarithms.
fn at(points: &[CurvePoint], mass_mev: f64) -> f64 {
    region::crossings(points.iter(), mass_mev)
        .next()
        .expect("a mass within reach")
}

/// If the lowest half MeV decides, as for a massless N, d is 7 % lower at 1.5 MeV and 34 % at 2 MeV, and the same at
/// zero mass.
#[test]
fn the_band_of_texono_is_wide_at_the_end() {
    let texono = texono().expect("sound tables");
    let band = texono.band.expect("a band");
    for (mass_mev, lower, tolerance) in [(0.01, 0.0, 1e-4), (1.5, 0.07, 0.005), (2.0, 0.34, 0.005)] {
        let share = 1.0 - at(&band, mass_mev) / at(&texono.points, mass_mev);
        assert!((share - lower).abs() < tolerance, "{share} at {mass_mev} MeV");
    }
    let status = texono.status.expect("a status");
    assert!(
        status.contains("7 % lower at 1.5 MeV and 34 % lower at 2 MeV"),
        "{status}"
    );
}
