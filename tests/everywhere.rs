//! The same numbers natively and in a browser (`tests/wasm.rs` compares with the same file), and however many workers compute them.

#[path = "common/everywhere.rs"]
mod everywhere;

use dipole_portal::Flavor;
use dipole_portal::analysis::curve::CurveRequest;
use dipole_portal::analysis::jobs::{Answer, Job, JobStore, curve_jobs, map_jobs};
use dipole_portal::analysis::precise::Precise;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::Confidence;
use dipole_portal::work::Job as _;
use std::collections::BTreeSet;
use std::sync::{Mutex, mpsc};
use std::{env, fs, thread};

/// What was computed on one machine is what another computes, but for the last digits of its logarithms and exponentials.
const NATIVE: f64 = 1e-12;

/// `DIPOLE_PORTAL_WRITE=1 cargo test --test everywhere` writes the file anew, after a change that is meant to change numbers.
#[test]
fn native_numbers_are_those_of_the_file() {
    if env::var_os("DIPOLE_PORTAL_WRITE").is_some() {
        let numbers = everywhere::numbers();
        let lines: String = numbers
            .iter()
            .map(|(name, value)| format!("{name}\t{value:e}\n"))
            .collect();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/everywhere.tsv");
        return fs::write(file, lines).expect("a file of the project");
    }
    let differing = everywhere::differing(NATIVE);
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    let names: BTreeSet<_> = everywhere::NATIVE
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    assert!(names.len() > 1000, "{} numbers", names.len());
    assert_eq!(names.len(), everywhere::NATIVE.lines().count(), "a name stands twice");
}

/// A curve for each flavour and the first columns of the map, by so many workers, each with a store of its own, in the order in which they finish.
fn computed_by(workers: usize, analysis: &Analysis) -> Vec<u64> {
    let flavor = Flavor::Muon;
    let mut jobs = curve_jobs(analysis, Confidence::PAPER);
    jobs.extend(map_jobs(analysis, flavor, Confidence::PAPER).into_iter().take(4));
    let count = jobs.len();
    let (waiting, (sender, answers)) = (Mutex::new(jobs), mpsc::channel::<(Job, Answer)>());
    let mut precise = Precise::default();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (waiting, sender) = (&waiting, sender.clone());
            scope.spawn(move || {
                let mut store = JobStore::default();
                loop {
                    let job = waiting.lock().expect("nobody panics").pop();
                    let Some(job) = job else { break };
                    let answer = job.run(&mut store, &mut || {}).expect("the fits converge");
                    sender.send((job, answer)).expect("somebody listens");
                }
            });
        }
        for (job, answer) in answers.iter().take(count) {
            precise.accept(&job, answer);
        }
    });
    let mut bits = Vec::new();
    for flavor in analysis.distinct_flavors() {
        let curve = precise
            .curve(&CurveRequest::of(analysis, flavor, Confidence::PAPER))
            .expect("complete");
        for point in &curve.points {
            let limit = point.limit_per_gev.clone().expect("converges").value();
            bits.extend(
                [
                    point.mass_mev,
                    limit.unwrap_or(-1.0),
                    point.ceiling_per_gev.unwrap_or(-1.0),
                ]
                .map(f64::to_bits),
            );
        }
    }
    let map = precise
        .map(&CurveRequest::of(analysis, flavor, Confidence::PAPER))
        .expect("begun");
    bits.extend(map.iter().map(|value| value.to_bits()));
    bits
}

#[test]
fn results_do_not_depend_on_the_number_of_workers() {
    let analysis = Analysis::built_in(ExperimentId::COHERENT_CSI, &Settings::default()).expect("sound tables");
    let one = computed_by(1, &analysis);
    assert!(one.len() > 1000, "{} numbers", one.len());
    for workers in [2, 4] {
        assert!(computed_by(workers, &analysis) == one, "{workers} workers");
    }
}
