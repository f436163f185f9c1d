//! Bad input: one line that says what was got and what is allowed, exit status 2, and no panic.

use crate::program::refusal;

const CROSS_SECTION: &str = "cross-section --process dipole-nucleus --target Ge74 --flavor e --energy 4 --recoil 0.3";

/// Each line with what its error has to mention.
fn assert_refused(cases: &[(&str, &[&str])]) {
    for (line, mentions) in cases {
        let error = refusal(&line.split_whitespace().collect::<Vec<_>>());
        for mention in *mentions {
            assert!(error.contains(mention), "{line}: {error}");
        }
    }
}

#[test]
fn command_lines_that_do_not_parse() {
    assert_refused(&[
        ("", &["command", "cross-section, spectrum, events, limit"]),
        ("spectra", &["'spectra'", "cross-section, spectrum"]),
        ("--experiment xenon1t", &["'--experiment'"]),
        ("spectrum", &["--experiment"]),
        ("limit --experiment xenon1t", &["--mass"]),
        ("events --experiment", &["experiment", "nothing", "dresden-ii"]),
        ("events --experiment xenon1t --mass", &["mass", "nothing"]),
        ("events --experiment xenon1t --mass --flux 2", &["mass", "nothing"]),
        ("events --experiment xenon1t --masses 1", &["'--masses'", "--mass,"]),
        ("events --experiment xenon1t 3", &["'3'", "--mass,"]),
        ("events --experiment xenon1t -m 3", &["'-m'"]),
        ("events --experiment xenon1t --experiment xenon1t", &["--experiment"]),
        ("events --experiment xenon1t --printed-sign=1", &["--printed-sign"]),
    ]);
}

#[test]
fn names_that_there_are_not() {
    assert_refused(&[
        ("events --experiment xenon", &["'xenon'", "xenon1t, pandax-4t"]),
        ("events --experiment xenon1t --flavor x", &["'x'", "e, mu, tau"]),
        (
            "events --experiment dresden-ii --quenching ybee",
            &["'ybee'", "fef, ybe, lindhard"],
        ),
        ("limit --experiment xenon1t --mass 1 --dof 3", &["'3'", "1, 2"]),
        ("cross-section --process nc", &["'nc'", "cevns, electron"]),
        (
            "cross-section --process cevns --target Ge75 --flavor e --energy 4 --recoil 0.3",
            &["'Ge75'", "Ge74"],
        ),
    ]);
}

/// The source has no such neutrinos: an empty spectrum would look like a result.
#[test]
fn flavors_that_the_source_does_not_have() {
    for command in ["spectrum", "events", "limit --mass 1"] {
        for (experiment, flavor, known) in [("dresden-ii", "mu", "e"), ("coherent-csi", "tau", "e, mu")] {
            let line = format!("{command} --experiment {experiment} --flavor {flavor}");
            assert_refused(&[(&line, &[experiment, &format!("allowed: {known}")])]);
        }
    }
}

#[test]
fn numbers_that_are_none_or_out_of_range() {
    let values = ["NaN", "inf", "-inf", "-1", "1e9", "abc", "1e", "0x1", "1,5"];
    for value in values {
        for option in ["mass", "coupling", "flux", "lindhard-k"] {
            let line = format!("events --experiment dresden-ii --{option} {value}");
            assert_refused(&[(&line, &[option, "got", "allowed"])]);
        }
        let line = format!("limit --experiment dresden-ii --mass 1 --cl {value}");
        assert_refused(&[(&line, &["cl", "got", "allowed"])]);
    }
    assert_refused(&[
        ("events --experiment dresden-ii --flux 0", &["flux"]),
        ("limit --experiment dresden-ii --mass 1 --cl 90", &["cl", "90"]),
        ("limit --experiment dresden-ii --mass 1 --cl 1", &["cl"]),
        ("events --experiment dresden-ii --mass=-1", &["mass", "-1"]),
    ]);
}

#[test]
fn lists_and_ranges_that_are_none() {
    let wrong = [
        "1,,2",
        "1,2,",
        ",1",
        ",",
        "1;2",
        "1,NaN",
        "inf,1",
        "1,-2",
        "-1,2",
        "0.1:50:0",
        "0.1:50:1",
        "0.1:50:-3",
        "0.1:50:2.5",
        "0.1:50:1e3",
        "0.1:50:99999999999999999999",
        "0.1:50:1000000",
        "50:0.1:5",
        "5:5:5",
        "0:50:5",
        "-1:50:5",
        "NaN:50:5",
        "0.1:inf:5",
        "1e-320:1e308:5",
        "0.1:50",
        "0.1:50:5:5",
        "::",
        "0.1:50:5,60",
    ];
    for list in wrong {
        let limit = format!("limit --experiment dresden-ii --mass {list}");
        assert_refused(&[(&limit, &["mass", "got", "allowed"])]);
        let spectrum = format!("spectrum --experiment dresden-ii --recoil {list}");
        assert_refused(&[(&spectrum, &["recoil", "got", "allowed"])]);
    }
    for recoil in ["0", "0,1", "1e300"] {
        assert_refused(&[(
            &format!("spectrum --experiment dresden-ii --recoil {recoil}"),
            &["recoil"],
        )]);
    }
}

#[test]
fn cross_sections_of_what_does_not_scatter() {
    let with = |options: &str| format!("{CROSS_SECTION} {options}");
    assert_refused(&[
        (&with(""), &["mass", "dipole-nucleus"]),
        (&with("--mass 1"), &["coupling", "dipole-nucleus"]),
        (&with("--coupling 1e-7"), &["mass"]),
        (
            "cross-section --process electron --target Ge74 --flavor e --energy 4 --recoil 0.3",
            &["'Ge74'", "electron"],
        ),
        (
            "cross-section --process cevns --target Ge --flavor e --energy 4 --recoil 0.3",
            &["'Ge'", "nuclide"],
        ),
        (
            "cross-section --process cevns --target electron --flavor e --energy 4 --recoil 0.3",
            &["'electron'", "nuclide"],
        ),
        (
            "cross-section --process cevns --target Ge74 --flavor e --energy 0 --recoil 0.3",
            &["energy"],
        ),
        (
            "cross-section --process cevns --target Ge74 --flavor e --energy -4 --recoil 0.3",
            &["energy", "-4"],
        ),
        (
            "cross-section --process cevns --target Ge74 --flavor e --energy 4 --recoil 0",
            &["recoil"],
        ),
        (
            "cross-section --process cevns --target Ge74 --energy 4 --recoil 0.3",
            &["--flavor"],
        ),
    ]);
}

/// One line stays one line, whatever an argument brings along.
#[test]
fn arguments_that_no_one_types() {
    for value in ["", " ", "a\nb", "\u{1b}[31m", "--", "-", "ν", "1\r\n2"] {
        for option in ["--experiment", "--flavor", "--mass", "--quenching"] {
            refusal(&["events", "--experiment", "dresden-ii", option, value]);
            refusal(&["limit", option, value]);
        }
        refusal(&[value]);
        refusal(&["events", value, "--experiment", "dresden-ii"]);
    }
}
