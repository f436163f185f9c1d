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

/// If the lowest half MeV decides, as for a massless N, d is lower: the curve is 7 % above that at 1.5 MeV, 34 % at
/// 2 MeV (by an independent quadrature 7.1 % and 34.0 %), and the same at zero mass.
#[test]
fn the_band_of_texono_is_wide_at_the_end() {
    let texono = texono().expect("sound tables");
    let band = texono.band.expect("a band");
    // Between points that are 3 % apart in mass the interpolation costs 0.5 % of d at 2 MeV.
    for (mass_mev, above, tolerance) in [(0.01, 0.0, 1e-4), (1.5, 0.071, 0.001), (2.0, 0.340, 0.01)] {
        let ratio = at(&texono.points, mass_mev) / at(&band, mass_mev);
        assert!((ratio - 1.0 - above).abs() < tolerance, "{ratio} at {mass_mev} MeV");
    }
    let status = texono.status.expect("a status");
    assert!(status.contains("7 % at 1.5 MeV and 34 % at 2 MeV"), "{status}");
}
