//! Reading the tables: what is missing or malformed is an error, of that curve alone.

use super::*;
use crate::Choice;
use crate::data::TABLES;

fn text(name: &str) -> &'static str {
    let path = format!("limits/{name}");
    let found = TABLES.iter().find(|(known, _)| *known == path);
    found.expect("a known table").1
}

/// Reads a table in which one line of the header has been replaced, or left out for an empty one.
fn read_with(name: &str, line: &str, replacement: &str) -> Result<PublishedCurve, Error> {
    let original = text(name);
    assert!(original.contains(&format!("{line}\n")), "{name} has no '{line}'");
    let replacement = if replacement.is_empty() {
        String::new()
    } else {
        format!("{replacement}\n")
    };
    let changed = original.replace(&format!("{line}\n"), &replacement);
    PublishedCurve::new(&Table::parse(&format!("limits/{name}"), &changed)?)
}

#[test]
fn every_curve_is_readable() {
    let literature = Literature::new();
    assert_eq!(literature.errors(), []);
    assert_eq!(literature.curves().len(), 31);
    let universal = literature
        .curves()
        .iter()
        .filter(|curve| curve.flavors == FlavorSet::UNIVERSAL)
        .map(|curve| curve.name.as_str());
    assert_eq!(
        universal.collect::<Vec<_>>(),
        [
            "bbn",
            "cmb_neff",
            "lep",
            "sn1987a",
            "sn1987a_schwetz",
            "solar_decay",
            "stellar_cooling"
        ]
    );
}

#[test]
fn families_are_where_the_observation_was_made() {
    let of = |family: Family| -> Vec<String> {
        let literature = Literature::new();
        let curves = literature.curves().iter().filter(|curve| curve.family == family);
        curves.map(|curve| curve.name.clone()).collect()
    };
    assert_eq!(of(Family::Cosmology), ["bbn", "cmb_neff"]);
    assert_eq!(
        of(Family::Astrophysics),
        ["sn1987a", "sn1987a_schwetz", "stellar_cooling"]
    );
    assert!(of(Family::Laboratory).contains(&"solar_decay".to_owned()));
}

/// Without any of these a curve could be counted on a side, for a flavour or in a colour that nobody has stated.
#[test]
fn what_a_header_does_not_say_is_an_error() {
    let open = "# excluded: side of 1 MeV, 1e-10 GeV^-1";
    let frame = "# frame: 0.009999 to 151.98 MeV, 5.9278e-11 to 5.9249e-05 GeV^-1";
    let wrong = [
        ("borexino", "# excluded: above", "", "excluded"),
        ("borexino", "# excluded: above", "# excluded: below", "excluded"),
        ("borexino", "# excluded: above", "# excluded: inside", "upper limit"),
        ("sn1987a", "# excluded: inside", "# excluded: above", "contour"),
        ("ship_e", "# excluded: nothing", "# excluded: above", "projection"),
        ("borexino", "# flavor: mu", "", "flavor"),
        ("borexino", "# flavor: mu", "# flavor: mu, mu", "flavor"),
        ("borexino", "# flavor: mu", "# flavor: mu, all", "flavor"),
        ("borexino", "# flavor: mu", "# flavor: -", "flavor"),
        ("borexino", "# family: laboratory", "", "family"),
        ("borexino", "# family: laboratory", "# family: garden", "family"),
        ("bbn", frame, "", "excluded"),
        ("bbn", open, "# excluded: side of 1 MeV", "excluded"),
        ("bbn", open, "# excluded: side of 1 keV, 1e-10 GeV^-1", "excluded"),
        // A point outside the frame cannot tell which part of it is excluded.
        ("bbn", open, "# excluded: side of 1 MeV, 1e-12 GeV^-1", "excluded"),
        // The curve would end within this frame, and leave its two sides joined.
        (
            "bbn",
            frame,
            "# frame: 0.009999 to 151.98 MeV, 1e-11 to 1e-4 GeV^-1",
            "border",
        ),
        (
            "bbn",
            frame,
            "# frame: 0.1 to 151.98 MeV, 5.9278e-11 to 5.9249e-05 GeV^-1",
            "within its frame",
        ),
        ("bbn", frame, "# frame: everywhere", "excluded"),
        ("charm_ii", "# confidence-level: 90 %", "", "confidence-level"),
        (
            "charm_ii",
            "# confidence-level: 90 %",
            "# confidence-level: 0.9",
            "confidence level",
        ),
        ("charm_ii", "0.010003,8.5313e-07", "0.010003,-8.5313e-07", "positive"),
        // Limits that turn back beyond their beginning would be read on the wrong side.
        ("charm_ii", "0.010003,8.5313e-07", "3.0,8.5313e-07", "lowest mass"),
        ("superk_atmospheric_e", "62.481,1.9424e-05", "62.481,2e-6", "highest"),
    ];
    for (name, line, replacement, part) in wrong {
        let error = read_with(name, line, replacement).expect_err(&format!("{name}: '{line}' as '{replacement}'"));
        let message = error.to_string();
        assert!(message.contains(name) && message.contains(part), "{message}");
    }
}

/// One table that cannot be read does not take the others away.
#[test]
fn an_error_is_that_of_one_curve() {
    let whole = ["bbn", "lsnd", "sn1987a"].map(|name| Table::parse(&format!("limits/{name}"), text(name)));
    let broken = text("borexino").replace("# excluded: above\n", "");
    let tables = whole
        .into_iter()
        .chain([Table::parse("limits/borexino", &broken), data::table("limits/nowhere")]);
    let literature = Literature::from_tables(tables);
    let names: Vec<_> = literature.curves().iter().map(|curve| curve.name.as_str()).collect();
    assert_eq!(names, ["bbn", "lsnd", "sn1987a"]);
    let messages: Vec<_> = literature.errors().iter().map(ToString::to_string).collect();
    assert_eq!(messages.len(), 2);
    assert!(
        messages[0].contains("borexino") && messages[1].contains("nowhere"),
        "{messages:?}"
    );
}

/// Two readings of one observation must never be counted as two: for the supernova, whatever the flavour, and for LSND
/// where both curves are about nu_e.
#[test]
fn alternatives_are_for_the_flavours_that_both_are_about() {
    let literature = Literature::new();
    let alternatives = |flavor: Flavor| -> Vec<&str> {
        let curves = literature
            .for_flavor(flavor)
            .filter(|curve| curve.is_alternative_for(flavor));
        curves.map(|curve| curve.name.as_str()).collect()
    };
    assert_eq!(alternatives(Flavor::Electron), ["lsnd_magill", "sn1987a_schwetz"]);
    assert_eq!(alternatives(Flavor::Muon), ["sn1987a_schwetz"]);
    assert_eq!(alternatives(Flavor::Tau), ["sn1987a_schwetz"]);
    for curve in literature.curves() {
        if let Some(alternative) = &curve.alternative_to {
            let first = literature.curve(&alternative.name).expect("a known curve");
            assert_eq!(first.alternative_to, None, "{}", curve.name);
        }
    }
}

/// An alternative to a curve that cannot be read takes its place.
#[test]
fn an_alternative_to_nothing_stands_alone() {
    let table = Table::parse("limits/lsnd_magill", text("lsnd_magill"));
    let literature = Literature::from_tables([table]);
    assert!(!literature.curves()[0].is_alternative_for(Flavor::Electron));
}

#[test]
fn a_flavour_gets_its_own_curves_and_those_for_all() {
    let literature = Literature::new();
    for &flavor in Flavor::ALL {
        let names: Vec<_> = literature.for_flavor(flavor).map(|curve| curve.name.as_str()).collect();
        assert_eq!(names.contains(&"lsnd"), flavor == Flavor::Electron);
        assert_eq!(names.contains(&"donut"), flavor == Flavor::Tau);
        assert_eq!(names.contains(&"borexino"), flavor == Flavor::Muon);
        assert!(names.contains(&"lep") && names.contains(&"sn1987a"));
    }
}

#[test]
fn flavours_are_written_as_they_are_read() {
    for text in ["e", "mu", "tau", "e, mu", "mu, tau", "universal"] {
        assert_eq!(FlavorSet::parse(text).expect("a list").to_string(), text);
    }
}

/// Each limit keeps its own level, and has none where the source states none.
#[test]
fn levels_are_those_of_the_sources() {
    for (name, level) in [
        ("borexino", Some(0.9)),
        ("lep", Some(0.95)),
        ("cmb_neff", None),
        ("stellar_cooling", None),
    ] {
        assert_eq!(curve(name).confidence_level, level, "{name}");
    }
}
