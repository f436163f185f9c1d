//! Every table of `data/` is in the program, says where it is from, and is listed in `data/README.md`.

use dipole_portal::analysis::literature::Literature;
use dipole_portal::data::references::references;
use dipole_portal::data::table::{REQUIRED_KEYS, Table};
use dipole_portal::data::{TABLES, table};
use dipole_portal::experiment::{Experiment, ExperimentId, Inputs, Registry};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Keys that a header may have beside the required ones.
const OTHER_KEYS: [&str; 11] = [
    "status",
    "workshop",
    "reserve",
    "label",
    "flavor",
    "confidence-level",
    "family",
    "kind",
    "excluded",
    "frame",
    "alternative-to",
];
/// How a status may begin: the page repeats those of surrogates.
const STATUSES: [&str; 7] = [
    "surrogate: ",
    "digitised: ",
    "rebuilt ",
    "recast: ",
    "our assumptions: ",
    "second-hand: ",
    "computed: ",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Names of all tables below a folder, as paths without the ending.
fn on_disk(folder: &Path, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a readable entry").path();
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name in UTF-8");
        if path.is_dir() {
            names.extend(on_disk(&path, &format!("{prefix}{stem}/")));
        } else if path.extension().is_some_and(|ending| ending == "csv") {
            names.insert(format!("{prefix}{stem}"));
        }
    }
    names
}

fn all() -> impl Iterator<Item = Table> {
    TABLES.iter().map(|(name, _)| table(name).expect("a sound table"))
}

/// A file that is not built in is a number that nobody uses; one that is listed twice hides another.
#[test]
fn the_program_has_exactly_the_tables_on_disk() {
    let built_in: BTreeSet<String> = TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(built_in.len(), TABLES.len(), "a table is listed twice");
    assert_eq!(built_in, on_disk(&folder(), ""));
}

/// What the program computes with is what stands in the files, to the last bit.
#[test]
fn the_program_reads_the_numbers_of_the_files() {
    for (name, text) in TABLES {
        let (got, file) = (
            table(name).expect("a sound table"),
            Table::parse(name, text).expect("a sound file"),
        );
        let names = text.lines().find(|line| !line.starts_with('#')).expect("column names");
        for column in names.split(',') {
            let of = |table: &Table| table.rows([column]).expect("a known column");
            let (got, file) = (of(&got), of(&file));
            assert_eq!(got.len(), file.len(), "{name}");
            for ([got], [file]) in got.iter().zip(&file) {
                let bits = |cell: &str| cell.parse::<f64>().map(f64::to_bits).ok();
                assert!(
                    got == file || bits(got).is_some() && bits(got) == bits(file),
                    "{name}: {got} for {file}"
                );
            }
        }
    }
}

#[test]
fn every_table_is_in_the_readme() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("a readable file");
    for table in all() {
        let entry = format!("[`{0}`]({0}.csv)", table.name());
        let line = readme.lines().find(|line| line.contains(&entry));
        let line = line.unwrap_or_else(|| panic!("{} is not in data/README.md", table.name()));
        for key in ["title", "link"] {
            let value = table.get(key).expect("a required key");
            assert!(
                line.contains(value),
                "data/README.md has another {key} for {}",
                table.name()
            );
        }
    }
}

/// A row of the readme without a table would promise numbers that are not there.
#[test]
fn the_readme_lists_no_other_tables() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("a readable file");
    let listed: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| [`")?.split_once("`]("))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(listed.len(), TABLES.len());
    for name in listed {
        assert!(folder().join(format!("{name}.csv")).is_file(), "there is no {name}");
    }
}

/// Flavour, level, kind and excluded side stand in the readme as the tables have them.
#[test]
fn the_readme_describes_the_published_limits() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("a readable file");
    for table in all().filter(|table| table.name().starts_with("limits/")) {
        let value = |key: &str| table.get(key).expect("a key of every limit").to_owned();
        let cells = ["flavor", "confidence-level", "family", "kind", "excluded"].map(value);
        let row = format!("| {} |", cells.join(" | "));
        let line = readme
            .lines()
            .find(|line| line.starts_with(&format!("| [`{}`]", table.name())))
            .unwrap_or_default();
        assert!(line.contains(&row), "{}: no '{row}' in '{line}'", table.name());
    }
}

#[test]
fn headers_have_the_keys_they_need_and_no_others() {
    for (name, text) in TABLES {
        let mut seen = BTreeSet::new();
        for line in text.lines().take_while(|line| line.starts_with('#')) {
            let (key, value) = line
                .trim_start_matches("# ")
                .split_once(": ")
                .expect("a key and a value");
            assert!(seen.insert(key), "{name}: '{key}' stands twice");
            assert!(
                REQUIRED_KEYS.contains(&key) || OTHER_KEYS.contains(&key),
                "{name}: unknown key '{key}'"
            );
            assert!(
                !value.trim().is_empty() && value == value.trim(),
                "{name}: '{key}' is '{value}'"
            );
        }
        assert!(
            REQUIRED_KEYS.iter().all(|key| seen.contains(key)),
            "{name} has {seen:?}"
        );
    }
}

/// Terms under which a table may be passed on, as `data/README.md` explains them.
const LICENCES: [&str; 3] = [
    "figures of fact, from the cited source",
    "MIT OR Apache-2.0, with figures of fact from the cited source",
    "MIT OR Apache-2.0, with figures of fact from the sources of the rows",
];

#[test]
fn every_table_has_a_licence_that_is_explained() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("a file");
    for licence in LICENCES {
        assert!(readme.contains(&format!("| `{licence}` |")), "{licence}");
        assert!(all().any(|table| table.get("licence") == Some(licence)), "{licence}");
    }
    for (name, text) in TABLES {
        // The program may carry a table without what is only for readers: the file is what is passed on.
        let licence = Table::parse(name, text)
            .expect("a sound file")
            .get("licence")
            .map(str::to_owned);
        assert!(
            LICENCES.contains(&licence.as_deref().unwrap_or_default()),
            "{name}: {licence:?}"
        );
        let rows_have_sources = Table::parse(name, text).is_ok_and(|table| {
            table
                .get("units")
                .is_some_and(|units| units.contains("source -; link -"))
        });
        let is_of_rows = licence.is_some_and(|licence| licence.ends_with("sources of the rows"));
        assert!(!is_of_rows || rows_have_sources, "{name} has no sources of rows");
    }
}

/// The page does not carry tables in reserve: no experiment there may need one.
#[test]
fn no_experiment_names_a_table_in_reserve() {
    let reserve: Vec<_> = all().filter(|table| table.get("reserve").is_some()).collect();
    assert!(!reserve.is_empty());
    let registry = Registry::built_in().expect("sound tables");
    for spec in registry.specs() {
        for row in spec.inputs().rows() {
            assert!(
                reserve.iter().all(|table| table.name() != row.value),
                "{}: {} is {}",
                spec.name(),
                row.key,
                row.value
            );
        }
    }
}

#[test]
fn links_are_addresses() {
    for table in all() {
        let link = table.get("link").expect("a required key");
        assert!(is_address(link), "{}: '{link}'", table.name());
    }
    for id in Registry::built_in().expect("sound tables").ids() {
        for input in Experiment::built_in(id).expect("sound tables").inputs().rows() {
            assert!(input.link.is_empty() || is_address(&input.link), "{id}: {input:?}");
        }
    }
}

fn is_address(link: &str) -> bool {
    link.starts_with("https://") && !link.contains(char::is_whitespace)
}

/// arXiv numbers and the address that is said to lead there belong together.
#[test]
fn links_to_arxiv_repeat_a_number_of_the_source() {
    for table in all().filter(|table| table.name().starts_with("limits/")) {
        let link = table.get("link").expect("a required key");
        let number = link.strip_prefix("https://arxiv.org/abs/").expect("an arXiv address");
        let source = table.get("source").expect("a required key");
        assert!(
            source.contains(number),
            "{}: {number} is not in '{source}'",
            table.name()
        );
    }
}

/// Whatever a table or an input names with a number or an address can be cited: a paper that is in use has its reference.
#[test]
fn everything_that_is_named_has_its_reference() {
    let references = references().expect("a sound table");
    let known = |text: &str| references.iter().any(|reference| reference.is_named_in(text));
    for table in all().filter(|table| table.name() != "references") {
        let value = |key: &str| table.get(key).expect("a required key");
        assert!(known(value("link")), "{}: {}", table.name(), value("link"));
        // A source may name several: each number at arXiv, each volume and page.
        for part in value("source").split([';', ',', '(', ')', ' ']) {
            let Some(number) = part.strip_prefix("arXiv:") else {
                continue;
            };
            assert!(known(number), "{}: {number}", table.name());
        }
        for part in value("source").split("PR").skip(1).map(|part| format!("PR{part}")) {
            let is_page = ["PRL ", "PRD ", "PRC "].iter().any(|name| part.starts_with(name));
            assert!(!is_page || known(&part), "{}: {part}", table.name());
        }
        for input in Inputs::new(&table).iter().flat_map(|inputs| inputs.rows()) {
            assert!(
                input.link.is_empty() || known(&input.link),
                "{}: {}",
                table.name(),
                input.link
            );
        }
    }
}

/// A reference that nothing names, or that has no name, would be a fact without a use; a key that stands twice breaks BibTeX.
#[test]
fn every_reference_is_named_somewhere_and_has_one_key() {
    let references = references().expect("a sound table");
    let texts: Vec<String> = TABLES
        .iter()
        .filter(|(name, _)| *name != "references")
        .map(|(_, text)| (*text).to_owned())
        .collect();
    let mut keys = BTreeSet::new();
    for reference in &references {
        assert!(keys.insert(&reference.key), "{} stands twice", reference.key);
        assert!(
            texts.iter().any(|text| reference.is_named_in(text)),
            "nothing names {}",
            reference.key
        );
        assert!(!reference.authors.is_empty() || !reference.collaboration.is_empty() || !reference.title.is_empty());
    }
    assert_eq!(keys.len(), references.len());
}

#[test]
fn units_name_every_column_of_every_row() {
    for (name, text) in TABLES {
        let rows = text.split("\n### ").next().expect("the table itself");
        let mut body = rows.lines().skip_while(|line| line.starts_with('#'));
        let columns: Vec<&str> = body.next().expect("column names").split(',').collect();
        let units = table(name)
            .expect("a sound table")
            .get("units")
            .expect("a required key")
            .to_owned();
        let named: Vec<&str> = units
            .split(';')
            .filter_map(|unit| unit.trim().split(' ').next())
            .collect();
        assert_eq!(named, columns, "{name}");
        // Only tables of text quote, and so may have commas inside a cell.
        for row in body.filter(|row| !row.contains('"')) {
            assert_eq!(row.split(',').count(), columns.len(), "{name}: {row}");
        }
    }
}

#[test]
fn a_status_says_what_kind_it_is() {
    for table in all() {
        let Some(status) = table.get("status") else { continue };
        assert!(
            STATUSES.iter().any(|kind| status.starts_with(kind)),
            "{}: '{status}'",
            table.name()
        );
    }
}

/// What an experiment is made from can be looked up: tables exist, every value has a label and a source.
#[test]
fn experiments_name_their_sources() {
    for id in Registry::built_in().expect("sound tables").ids() {
        let inputs = Inputs::new(&table(&format!("experiments/{id}")).expect("a sound table")).expect("sound rows");
        for input in inputs.rows() {
            assert!(!input.label.is_empty() && !input.value.is_empty(), "{id}: {input:?}");
            if input.key == "data" || input.key.ends_with("-table") {
                assert!(table(&input.value).is_ok(), "{id}: {input:?}");
            }
        }
    }
}

/// Surrogate efficiencies must not pass for published ones.
#[test]
fn surrogates_are_confessed() {
    for id in [ExperimentId::XENON1T, ExperimentId::PANDAX_4T] {
        let notes = Experiment::built_in(id)
            .map(|experiment| experiment.notes().to_vec())
            .expect("sound tables");
        assert!(notes.iter().any(|note| note.contains("surrogate")), "{id}: {notes:?}");
    }
}

/// Limits that are published as one number, and in which convention: d is the transition moment, 1 mu_B = 296.3 GeV^-1.
#[test]
fn published_numbers_are_those_of_the_tables() {
    const BOHR_MAGNETON_PER_GEV: f64 = 296.3;
    let literature = Literature::new();
    let expected = [
        // Magill et al. have L = d Nbar sigma nu F: half of our d.
        ("lep", 2.0 * 2.47e-4, 1e-9),
        // hep-ex/0102026: 3.9e-7 mu_B, read from a figure.
        ("donut", 3.9e-7 * BOHR_MAGNETON_PER_GEV, 0.005),
        // arXiv:0911.1597: 2.2e-10 mu_B.
        ("texono", 2.2e-10 * BOHR_MAGNETON_PER_GEV, 1e-3),
    ];
    for (name, per_gev, tolerance) in expected {
        let first = literature.curve(name).expect("a known curve").points[0].coupling_per_gev;
        assert!(
            (first / per_gev - 1.0).abs() < tolerance,
            "{name}: {first:e} for {per_gev:e}"
        );
    }
}

/// The title of the alternative supernova bound says by which factors it differs: 2.3 above and 3.3 below.
#[test]
fn supernova_bounds_differ_by_their_normalisation() {
    let literature = Literature::new();
    let ends = |name: &str| {
        let points = &literature.curve(name).expect("a known curve").points;
        let couplings = || points.iter().map(|point| point.coupling_per_gev);
        (
            couplings().next().expect("a point"),
            couplings().next_back().expect("a point"),
        )
    };
    let (upper, lower) = ends("sn1987a");
    let (other_upper, other_lower) = ends("sn1987a_schwetz");
    assert!((other_upper / upper - 2.3).abs() < 0.1, "{}", other_upper / upper);
    assert!((other_lower / lower - 3.3).abs() < 0.1, "{}", other_lower / lower);
}

/// A wrong unit of the masses would be orders of magnitude off: beams and stars make N up to their energy.
#[test]
fn published_curves_end_where_their_sources_have_no_more_energy() {
    let literature = Literature::new();
    for (name, lowest_mev, highest_mev) in [
        // Decay of a muon at rest, and of a pion in flight.
        ("lsnd", 53.0, 106.0),
        ("lsnd_magill", 53.0, 106.0),
        // Solar 8B neutrinos end at 16 MeV, of hep at 18.8 MeV.
        ("solar_decay", 15.0, 18.8),
        ("xenon1t_recoil_brdar", 10.0, 16.0),
        // Cores of supernovae have tens of MeV, with a tail.
        ("sn1987a", 200.0, 400.0),
        ("sn1987a_schwetz", 200.0, 400.0),
        // Plasmons in the cores of red giants.
        ("stellar_cooling", 0.1, 0.3),
    ] {
        let (_, high_mev) = literature.curve(name).expect("a known curve").mass_range_mev();
        assert!((lowest_mev..highest_mev).contains(&high_mev), "{name}: {high_mev} MeV");
    }
}
