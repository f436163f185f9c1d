//! Small made-up numbers for every view: shaped like the real ones, and independent of them.

use dipole_portal::chart::exclusion::{ComputedCurve, ExclusionView, Piece, PlaceOfNote, PublishedLine, exclusion};
use dipole_portal::chart::spectrum::{
    BoundedCounts, CountingView, FluxBoundView, IonisationView, Projection, RecoilCurve, RecoilView, counting,
    flux_bound, ionisation, recoil,
};
use dipole_portal::chart::{Chart, Dash, DisplayUnit, Role};

/// `count` values from `first` to `last` at equal ratios.
pub(crate) fn logarithmic(first: f64, last: f64, count: usize) -> Vec<f64> {
    let step = (last / first).ln() / (count - 1) as f64;
    (0..count).map(|index| first * (step * index as f64).exp()).collect()
}

fn times(factor: f64, values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| factor * value).collect()
}

pub(crate) fn recoil_chart(parts: bool) -> Chart {
    let recoil_kev = logarithmic(0.05, 6.0, 24);
    let sm_per_kev: Vec<f64> = recoil_kev.iter().map(|t| 400.0 * (-t / 0.7).exp()).collect();
    recoil(&RecoilView {
        title: "Experiment, dipole of νe".to_owned(),
        recoil_kev: &recoil_kev,
        sm_per_kev: &sm_per_kev,
        curves: vec![RecoilCurve {
            name: "SM + dipole".to_owned(),
            dipole_per_kev: recoil_kev.iter().map(|t| 30.0 / t * (-t / 1.2).exp()).collect(),
            role: Role::Total,
            dash: Dash::Solid,
        }],
        electrons: false,
        parts,
    })
}

pub(crate) fn ionisation_chart(parts: bool) -> Chart {
    let edges_kev: Vec<f64> = (0..=16).map(|index| 0.2 + 0.08 * f64::from(index)).collect();
    let energy_kev: Vec<f64> = edges_kev.windows(2).map(|edge| 0.5 * (edge[0] + edge[1])).collect();
    let background: Vec<f64> = energy_kev
        .iter()
        .map(|e| 12.0 + 60.0 * (-(e - 0.2) / 0.12).exp() + 25.0 * (-((e - 1.3) / 0.06).powi(2)).exp())
        .collect();
    let sm: Vec<f64> = energy_kev.iter().map(|e| 14.0 * (-(e - 0.2) / 0.05).exp()).collect();
    let signal: Vec<f64> = sm.iter().zip(&energy_kev).map(|(sm, e)| sm + 2.4 / e).collect();
    let observed: Vec<f64> = background
        .iter()
        .zip(&signal)
        .enumerate()
        .map(|(bin, (b, s))| b + s + 3.0 * (7.0 * bin as f64).sin())
        .collect();
    ionisation(&IonisationView {
        title: "Germanium".to_owned(),
        energy_kev: &energy_kev,
        observed: &observed,
        errors: &observed.iter().map(|count| 0.5 * count.sqrt()).collect::<Vec<_>>(),
        edges_kev: &edges_kev,
        sm_background: times(1.02, &background),
        sm_signal: sm.clone(),
        background,
        sm_part: sm,
        signal,
        name: "SM + dipole".to_owned(),
        parts,
    })
}

fn projection(quantity: &'static str, unit: &'static str, edges: &[f64], square_root: bool) -> Projection {
    let middles = edges
        .windows(2)
        .map(|edge| (0.5 * (edge[0] + edge[1]), edge[1] - edge[0]));
    let last = edges[edges.len() - 1];
    let falling = |height: f64, share: f64| -> Vec<f64> {
        middles
            .clone()
            .map(|(x, width)| height * width * (-x / (share * last)).exp())
            .collect()
    };
    let stack = vec![
        (
            "steady-state background",
            Role::Background,
            Dash::Solid,
            falling(9.0, 0.9),
        ),
        ("beam neutrons", Role::Third, Dash::Solid, falling(1.5, 0.3)),
        ("SM, prompt", Role::First, Dash::Solid, falling(10.0, 0.2)),
        ("SM, delayed", Role::Second, Dash::Solid, falling(12.0, 0.5)),
        ("dipole, prompt", Role::Fourth, Dash::Dashed, falling(3.0, 0.15)),
        ("dipole, delayed", Role::Fifth, Dash::Dotted, falling(2.0, 0.4)),
    ];
    let all = |parts: &[usize]| -> Vec<f64> {
        let bins = 0..edges.len() - 1;
        bins.map(|bin| parts.iter().map(|part| stack[*part].3[bin]).sum())
            .collect()
    };
    Projection {
        quantity,
        unit,
        edges: edges.to_vec(),
        square_root,
        observed: all(&[0, 1, 2, 3, 4]).iter().map(|count| count.round()).collect(),
        dipole: all(&[4, 5]),
        sm_total: times(1.04, &all(&[0, 1, 2, 3])),
        stack,
    }
}

pub(crate) fn counting_chart(parts: bool) -> Chart {
    counting(&CountingView {
        title: "Caesium iodide".to_owned(),
        projections: vec![
            projection(
                "photoelectrons",
                "PE",
                &[0.0, 8.0, 12.0, 16.0, 20.0, 24.0, 32.0, 40.0, 50.0, 60.0],
                false,
            ),
            projection(
                "arrival time",
                "µs",
                &[0.0, 0.125, 0.25, 0.375, 0.5, 0.75, 1.0, 2.0, 4.0, 6.0],
                true,
            ),
        ],
        parts,
    })
}

/// The bars of `dipole` events held against a bound of 6.1.
pub(crate) fn flux_bound_chart(dipole: f64, parts: bool) -> Chart {
    let recoil_kev = logarithmic(0.05, 6.0, 24);
    let sm_per_kev: Vec<f64> = recoil_kev.iter().map(|t| 180.0 * (-t / 0.45).exp()).collect();
    let dipole_per_kev: Vec<f64> = recoil_kev
        .iter()
        .map(|t| 14.0 * dipole / t * (-t / 1.2).exp())
        .collect();
    flux_bound(&FluxBoundView {
        title: "Xenon, dipole of ντ".to_owned(),
        efficiency: recoil_kev
            .iter()
            .map(|t| {
                if *t < 0.5 {
                    0.0
                } else {
                    0.8 / (1.0 + (-(t - 1.2) / 0.25).exp())
                }
            })
            .collect(),
        recoil_kev: &recoil_kev,
        sm_per_kev,
        dipole_per_kev,
        name: "SM + dipole".to_owned(),
        counts: BoundedCounts {
            sm: 2.25,
            dipole,
            largest: 6.1,
            confidence_level: 0.9,
        },
        parts,
    })
}

/// A limit that rises to the end of its reach, `shift` decades higher.
fn limit(name: &str, role: Role, (level, reach_mev): (f64, f64), shift: f64) -> ComputedCurve {
    let masses = logarithmic(0.01, reach_mev, 40);
    let height = |mass: &f64| level * 10_f64.powf(shift) / (1.0 - (mass / (1.02 * reach_mev)).powi(2)).powi(2);
    ComputedCurve {
        name: name.to_owned(),
        role,
        dash: Dash::Solid,
        pieces: vec![Piece {
            couplings_per_gev: masses.iter().map(height).collect(),
            masses_mev: masses.clone().into(),
        }],
        everything_excluded_mev: Vec::new(),
        ceilings: Vec::new(),
        regions: vec![Piece::through(
            masses
                .iter()
                .map(|mass| (*mass, height(mass)))
                .chain([(reach_mev, 1e-3), (0.01, 1e-3)]),
        )],
        chosen: name.starts_with("Dresden"),
        pinned: false,
    }
}

fn line(name: &str, masses_mev: &[f64], couplings_per_gev: &[f64]) -> PublishedLine {
    PublishedLine {
        name: name.to_owned(),
        closed: masses_mev.first() == masses_mev.last(),
        role: if name.starts_with("Future") {
            Role::Projection
        } else {
            Role::Published
        },
        regions: Vec::new(),
        masses_mev: masses_mev.into(),
        couplings_per_gev: couplings_per_gev.into(),
    }
}

/// A plane with everything that it can show; computed curves are `shift` decades higher.
pub(crate) fn plane(shift: f64, point: (f64, f64)) -> ExclusionView {
    let mut middle = limit("COHERENT", Role::Second, (5e-7, 48.0), shift);
    let ceiling = logarithmic(20.0, 48.0, 12);
    middle.ceilings = vec![Piece {
        couplings_per_gev: ceiling.iter().map(|mass| 3e-5 * (20.0 / mass).powi(2)).collect(),
        masses_mev: ceiling.into(),
    }];
    let mut broken = limit("XENON1T", Role::Third, (8e-7, 15.0), shift);
    let whole = broken.pieces.remove(0);
    broken.pieces = [4..22, 26..40]
        .map(|range| Piece {
            masses_mev: whole.masses_mev[range.clone()].into(),
            couplings_per_gev: whole.couplings_per_gev[range].into(),
        })
        .to_vec();
    let mut everything = limit("PandaX-4T", Role::Fourth, (1e-6, 10.0), shift);
    everything.pieces.clear();
    everything.everything_excluded_mev = vec![(0.01, 12.0)];
    let published = vec![
        line(
            "Supernova",
            &[0.01, 0.1, 1.0, 30.0, 120.0, 60.0, 1.0, 0.1, 0.01, 0.01],
            &[4e-9, 4e-9, 3e-9, 2e-9, 8e-9, 3e-7, 1e-6, 2e-6, 2e-6, 4e-9],
        ),
        line(
            "Borexino",
            &[0.01, 0.1, 1.0, 3.0, 6.0, 10.0],
            &[3e-8, 3e-8, 5e-8, 2e-7, 1e-6, 1e-4],
        ),
        line(
            "CHARM-II",
            &[0.1, 1.0, 10.0, 100.0, 400.0],
            &[3e-6, 3e-6, 3e-6, 6e-6, 1e-4],
        ),
        line("LEP", &[0.01, 1.0, 100.0, 1000.0], &[2e-5, 2e-5, 2e-5, 2e-5]),
        line(
            "MiniBooNE",
            &[20.0, 60.0, 200.0, 500.0, 200.0, 60.0, 20.0],
            &[3e-6, 1e-6, 5e-7, 2e-6, 1e-5, 3e-5, 3e-6],
        ),
        line(
            "Future forward",
            &[0.1, 1.0, 10.0, 100.0, 1000.0],
            &[4e-8, 4e-8, 5e-8, 2e-7, 5e-6],
        ),
        line(
            "BBN",
            &[0.01, 0.3, 3.0, 20.0, 60.0],
            &[1e-10, 1e-10, 3e-11, 6e-12, 2e-12],
        ),
    ];
    ExclusionView {
        computed: vec![
            limit("Dresden-II", Role::First, (6e-8, 9.0), shift),
            middle,
            broken,
            everything,
        ],
        published,
        best_fits: vec![PlaceOfNote {
            name: "best fit of COHERENT".to_owned(),
            role: Role::Second,
            mass_mev: 25.0,
            coupling_per_gev: 2e-7,
        }],
        point: Some(point),
        ..ExclusionView::empty("dipole of νμ", (0.01, 1e3), (1e-12, 1e-3))
    }
}

pub(crate) fn exclusion_chart() -> Chart {
    exclusion(&plane(0.0, (0.5, 3e-9)))
}

/// The same plane in Bohr magnetons.
pub(crate) fn magneton_chart() -> Chart {
    exclusion(&ExclusionView {
        unit: DisplayUnit {
            symbol: "μB".to_owned(),
            size: 296.3,
        },
        ..plane(0.0, (0.5, 3e-9))
    })
}
