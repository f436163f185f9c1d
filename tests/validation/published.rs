//! Ours against what is published, like with like; the numbers here are those of the sources, not of the program.

use dipole_portal::analysis::validation::{Comparison, comparisons, table};

/// Start of the quantity, published value, its band, and our definition's value with its last digit.
type Row = (&'static str, f64, (f64, f64), (f64, f64));

/// Sources: Coloma et al. 2022 (the one-sided limit as the PDG lists it), arXiv:2205.09484, PRL 129, 081801, arXiv:2406.07477, the XENONnT data releases, CONUS+ as
/// quoted in recasts, the data release of COHERENT's argon, the PDG, LZ as quoted in recasts.
const ROWS: [Row; 26] = [
    ("mu_nu_e, m -> 0, 90 % one-sided", 2.8, (1.86, 2.8), (1.90, 0.01)),
    ("mu_nu_e, m -> 0, 90 % two-sided", 3.2, (2.13, 3.2), (2.27, 0.01)),
    ("mu_nu_e, m -> 0, 90 % two-sided", 2.13, (2.13, 3.2), (2.27, 0.01)),
    ("mu_nu_mu, m -> 0, 90 % two-sided", 18.0, (15.3, 20.7), (16.4, 0.1)),
    ("COHERENT CsI: CEvNS events", 306.0, (286.0, 326.0), (309.0, 1.0)),
    ("XENON1T (tau), m -> 0", 3.0, (2.0, 4.5), (4.0, 0.1)),
    ("8B recoils on xenon", 335.6, (328.9, 342.3), (339.7, 0.1)),
    (
        "CONUS+ run 1: significance of the SM signal, sqrt",
        3.7,
        (3.2, 4.2),
        (3.72, 0.01),
    ),
    (
        "CONUS+ run 1: expected CEvNS, all flux from fission",
        126.0,
        (105.0, 147.0),
        (160.3, 0.1),
    ),
    (
        "CONUS+ run 1: significance of the SM signal, flux with capture on 238U (kopeikin",
        3.7,
        (3.2, 4.2),
        (3.70, 0.01),
    ),
    (
        "CONUS+ run 1: expected CEvNS, flux with capture on 238U (kopeikin",
        126.0,
        (105.0, 147.0),
        (134.9, 0.1),
    ),
    (
        "CONUS+ run 1: significance of the SM signal, flux with capture on 238U (estienne",
        3.7,
        (3.2, 4.2),
        (3.68, 0.01),
    ),
    (
        "CONUS+ run 1: expected CEvNS, flux with capture on 238U (estienne",
        126.0,
        (105.0, 147.0),
        (141.9, 0.1),
    ),
    ("CONUS+ run 1: observed excess", 144.0, (105.0, 183.0), (125.3, 0.1)),
    (
        "COHERENT argon, analysis A: expected CEvNS",
        128.0,
        (111.0, 145.0),
        (120.0, 0.1),
    ),
    (
        "COHERENT argon, analysis A: CEvNS events, normalisation",
        159.0,
        (116.0, 202.0),
        (142.0, 1.0),
    ),
    ("COHERENT argon, analysis A: significance", 3.9, (3.4, 4.4), (3.6, 0.1)),
    ("XENONnT S2-only, run SR0", 20.57, (20.36, 20.78), (20.52, 0.01)),
    ("XENONnT S2-only, run SR1", 29.44, (29.14, 29.74), (29.43, 0.01)),
    ("XENONnT S2-only, run SR2", 32.31, (31.98, 32.64), (32.54, 0.01)),
    (
        "XENONnT S2-only: limit on a WIMP of 6 GeV, 90 % (delta chi2 = 2.71), velocities as in wimprates",
        2.979,
        (2.949, 3.009),
        (2.956, 0.001),
    ),
    (
        "XENONnT S2-only: limit on a WIMP of 6 GeV, 90 % (delta chi2 = 2.71), velocities normalised",
        2.979,
        (2.949, 3.009),
        (2.867, 0.001),
    ),
    (
        "mu_nu, all flavours alike, m -> 0, 90 % two-sided (delta chi2 = 2.71), XENONnT",
        6.4,
        (5.12, 7.68),
        (7.6, 0.1),
    ),
    (
        "mu_nu, all flavours alike, m -> 0, 90 % two-sided (delta chi2 = 2.71), LZ",
        13.6,
        (10.88, 16.32),
        (14.0, 0.1),
    ),
    (
        "mu_nu, all flavours alike, m -> 0, 90 % two-sided (delta chi2 = 2.71), LZ",
        11.0,
        (8.8, 13.2),
        (14.0, 0.1),
    ),
    ("solar neutrinos on electrons", 77.0, (75.4, 78.6), (77.6, 0.1)),
];

/// What is known to lie outside: no other row may.
const OUTSIDE: [&str; 3] = [
    "CONUS+ run 1: expected CEvNS, all flux from fission",
    "XENONnT S2-only: limit on a WIMP of 6 GeV, 90 % (delta chi2 = 2.71), velocities normalised",
    "mu_nu, all flavours alike, m -> 0, 90 % two-sided (delta chi2 = 2.71), LZ",
];

fn row<'a>(rows: &'a [Comparison], quantity: &str, published: f64) -> &'a Comparison {
    rows.iter()
        .find(|row| row.quantity.starts_with(quantity) && row.published == published)
        .expect("a row for every published value")
}

#[test]
fn ours_lie_within_the_bands_of_what_is_published() {
    let rows = comparisons().expect("sound tables");
    assert_eq!(rows.len(), ROWS.len());
    for (quantity, published, (low, high), (expected, digit)) in ROWS {
        let row = row(&rows, quantity, published);
        let ours = row.ours;
        let is_within = (low..=high).contains(&ours);
        assert_eq!(row.agrees(), is_within, "{row:?}");
        // That a value is outside is said with a reason, and of no other.
        assert_eq!(row.outside.is_none(), is_within, "{quantity}: {ours}, {low} to {high}");
        assert!(
            is_within || OUTSIDE.contains(&quantity),
            "{quantity}: {ours} not in {low} to {high}"
        );
        assert!(
            (ours - expected).abs() <= digit,
            "{quantity}: {ours}, the definition gives {expected}"
        );
    }
}

/// A value that leaves its band is said to do so.
#[test]
fn what_leaves_its_band_does_not_agree() {
    let rows = comparisons().expect("sound tables");
    for row in rows {
        for ours in [0.9 * row.band.0, 1.1 * row.band.1, f64::NAN] {
            let moved = Comparison { ours, ..row.clone() };
            assert!(!moved.agrees(), "{moved:?}");
        }
    }
}

/// A one-sided limit stands beside a one-sided one: where two rows are about the same moment, the step of chi-square is
/// named in both and ours differ.
#[test]
fn like_is_compared_with_like() {
    let rows = comparisons().expect("sound tables");
    let (one, two) = (row(&rows, ROWS[0].0, 2.8), row(&rows, ROWS[1].0, 3.2));
    assert!(one.quantity.contains("1.64") && two.quantity.contains("2.71"));
    // The ratio of the two steps, for a parabola in d^2 around a best fit at zero (1.64/2.71)^(1/4) = 0.88.
    let ratio = one.ours / two.ours;
    assert!((0.8..0.95).contains(&ratio), "{ratio}");
}

/// What was not read again is never a citation without that mark, neither in the table nor in the documentation.
#[test]
fn values_from_memory_are_marked() {
    let rows = comparisons().expect("sound tables");
    let table = table().expect("sound tables");
    let page = include_str!("../../docs/validation.md");
    for row in rows {
        let line = |text: &str| {
            text.lines()
                .filter(|line| line.contains(row.quantity) && line.contains(row.source))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        for text in [table.as_str(), page] {
            let lines = line(text);
            assert_eq!(lines.len(), 1, "{} from {}", row.quantity, row.source);
            assert_eq!(lines[0].contains("not re-read"), !row.read_in_source, "{}", lines[0]);
        }
    }
}
