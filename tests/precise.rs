//! What the workers compute, against what the page draws from it.

use dipole_portal::Flavor;
use dipole_portal::analysis::Settings;
use dipole_portal::analysis::curve::CurveRequest;
use dipole_portal::analysis::grid::map_couplings_per_gev;
use dipole_portal::analysis::jobs::{Answer, Job, JobStore, Piece};
use dipole_portal::chart::contour;
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::Confidence;
use dipole_portal::work::Job as _;

#[test]
fn contours_of_the_map_are_the_curves() {
    const MASSES: usize = 5;
    let piece = Piece {
        request: CurveRequest {
            own: None,
            experiment: ExperimentId::COHERENT_CSI,
            members: Vec::new(),
            flavor: Flavor::Muon,
            settings: Settings::default(),
            confidence: Confidence::PAPER,
        },
        first: 100,
        count: MASSES,
    };
    let mut store = JobStore::default();
    let mut signs = 0;
    let mut run = |job: Job| job.run(&mut store, &mut || signs += 1).expect("the fits converge");
    let Answer::DeltaChi2(map) = run(Job::Map(piece.clone())) else {
        panic!("a map is a map")
    };
    let Answer::Limits(curve) = run(Job::Curve(piece)) else {
        panic!("a curve is a curve")
    };
    // The curve goes on to the first mass of the next piece.
    assert_eq!(signs, 2 * MASSES + 1, "a sign of life with each mass");
    let columns: Vec<f64> = (0..MASSES).map(|index| index as f64).collect();
    let rows: Vec<f64> = map_couplings_per_gev().iter().map(|coupling| coupling.ln()).collect();
    let smooth: Vec<f64> = map.iter().map(|delta| (delta + 1.0).ln()).collect();
    let lines = contour(&columns, &rows, &smooth, (Confidence::PAPER.delta_chi2() + 1.0).ln());
    let mut compared = 0;
    for (column, coupling) in lines.into_iter().flatten().filter(|(column, _)| column.fract() == 0.0) {
        let limit = curve[column as usize].limit_per_gev.clone().expect("the fit converges");
        let expected = limit.value().expect("COHERENT has a limit here");
        // Half a row of the map is 5 %; linear interpolation between rows is better than 1 %.
        let ratio = coupling.exp() / expected;
        assert!((ratio - 1.0).abs() < 1e-2, "{} for {expected}", coupling.exp());
        compared += 1;
    }
    assert!(compared >= MASSES);
}
