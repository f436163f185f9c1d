//! What is read, what is written back, and what belongs to whom.

use super::{analysis, built_in, id, read, sample, samples, strength, with};
use dipole_portal::analysis::{Analysis, Settings, Store};
use dipole_portal::experiment::{ExperimentSpec, Inputs, Registry};
use std::sync::Arc;

#[test]
fn every_sample_gives_events_and_a_limit_and_says_that_it_is_assumed() {
    assert_eq!(samples().len(), 7);
    for (name, text) in samples() {
        let analysis = analysis(&text);
        let events = analysis.standard_model().total();
        assert!(events > 1.0, "{name}: {events}");
        assert!(strength(&analysis, 1.0) > 0.0, "{name}");
        let notes = analysis.experiment().notes();
        assert!(
            notes.iter().any(|note| note.contains("our assumptions: ")),
            "{name}: {notes:?}"
        );
        let assumptions = analysis.experiment().assumptions().expect("sound tables");
        assert!(
            assumptions
                .iter()
                .all(|row| !row.value.is_empty() && !row.label.is_empty())
        );
        let in_order = Registry::sample(name.split_once('/').expect("a folder").1);
        assert!(in_order.expect("its name").is_ok(), "{name}");
    }
    assert!(Registry::sample("nowhere").is_none());
}

#[test]
fn what_is_written_is_what_was_read() {
    for (name, text) in samples() {
        let spec = read(&text).expect("a sound text");
        let written = spec.to_text();
        let again = ExperimentSpec::from_text(Some(spec.id()), &written).expect("what was written");
        assert_eq!(again, spec, "{name}");
        assert_eq!(again.to_text(), written, "{name}");
    }
    for spec in built_in() {
        let again = ExperimentSpec::from_text(Some(spec.id()), &spec.to_text()).expect("what was written");
        assert_eq!(again, spec);
        let limit = |spec: &ExperimentSpec| {
            let analysis = Analysis::new(spec, &Settings::default()).expect("a sound experiment");
            strength(&analysis, 1.0)
        };
        assert_eq!(limit(&again), limit(&spec), "{}", spec.id());
    }
}

#[test]
fn changes_are_written_too_those_of_what_all_share_as_well() {
    for spec in built_in() {
        let changed = spec.edited(&[("sin2-weak-angle", "0.231"), ("detector-size", "0.7")]);
        let changed = changed.expect("sound values");
        let text = changed.to_text();
        assert!(text.contains("\nsin2-weak-angle,0.231,"), "{text}");
        assert!(!text.contains("\nneutron-coupling,"), "{text}");
        let again = ExperimentSpec::from_text(Some(spec.id()), &text).expect("what was written");
        assert_eq!(again, changed);
    }
}

#[test]
fn a_copy_needs_a_name_of_its_own_and_then_stands_beside_the_others() {
    let [dresden, ..] = &built_in()[..] else {
        panic!("experiments");
    };
    let text = dresden.to_text();
    let error = read(&text).expect_err("the name is taken").to_string();
    assert!(error.contains("line") && error.contains("'dresden-ii'"), "{error}");
    let copy = read(&with(&text, "name,Dresden-II,", "name,Dresden-II twice,")).expect("a free name");
    assert_eq!(copy.id(), id("dresden-ii-twice"));
    let mut registry = Registry::built_in().expect("sound tables");
    registry.add(copy.clone()).expect("a new name");
    assert!(registry.add(copy).is_err(), "each name once");
    let mut store = Store::new(registry);
    let mut limit = |name| {
        let analysis = store.analysis(id(name), &Settings::default());
        strength(analysis.expect("a sound experiment"), 1.0)
    };
    assert_eq!(limit("dresden-ii"), limit("dresden-ii-twice"));
}

/// Columns that are for people may be missing, and so may the header, and cells at the end of a row.
#[test]
fn label_source_and_link_may_be_missing() {
    let spec = read(&sample("relics")).expect("a sound text");
    let shared = dipole_portal::data::table("standard_model").and_then(|table| Inputs::new(&table));
    let shared = shared.expect("a sound table");
    let own = spec.inputs().rows().iter().filter(|row| !shared.rows().contains(row));
    let rows: String = own.map(|row| format!("{},{}\r\n", row.key, row.value)).collect();
    for text in [
        format!("key,value\r\n{rows}"),
        format!("\u{feff}\nkey,value,unit,label,source,link\r\n{rows}\r\n"),
    ] {
        let bare = Analysis::new(&read(&text).expect("a sound text"), &Settings::default());
        let bare = bare.expect("a sound experiment");
        assert_eq!(strength(&bare, 1.0), strength(&analysis(&sample("relics")), 1.0));
    }
}

/// An enclosed table belongs to its text: one of the same name in `data/` stays what it is, and so does that of another text.
#[test]
fn enclosed_tables_do_not_mix() {
    let text = sample("sun-efficiency");
    let shadowing = text
        .replace("### efficiency\n", "### xenon_efficiency_xenon1t\n")
        .replace(
            "efficiency-table,efficiency,",
            "efficiency-table,xenon_efficiency_xenon1t,",
        );
    let other = with(&text, "\n2,0.12\n", "\n2,0.15\n").replace("Sun and efficiency,", "Another Sun,");
    let before = dipole_portal::data::table("xenon_efficiency_xenon1t").expect("a sound table");
    let specs = [&text, &other].map(|text| Arc::new(read(text).expect("a sound text")));
    let [first, second] = specs.each_ref().map(|spec| {
        let analysis = Analysis::new(spec, &Settings::default()).expect("a sound experiment");
        analysis.standard_model().total()
    });
    assert!(second > 1.001 * first, "{first} {second}");
    assert_ne!(specs[0].detector(), specs[1].detector());
    assert_eq!(analysis(&shadowing).standard_model().total(), first);
    let after = dipole_portal::data::table("xenon_efficiency_xenon1t").expect("a sound table");
    let rows = |table: &dipole_portal::data::table::Table| table.columns(["recoil", "efficiency"]).expect("numbers");
    assert_eq!(rows(&before), rows(&after));
    // One becomes the other: what is prepared of the one does not stay.
    let mut analysis = Analysis::new(&specs[0], &Settings::default()).expect("a sound experiment");
    analysis.respecify(&specs[1]).expect("a sound experiment");
    assert_eq!(analysis.standard_model().total(), second);
}

#[test]
fn errors_say_where_what_and_what_is_allowed() {
    let reactor = sample("reactor-counting");
    let sun = sample("sun-efficiency");
    let sns = sample("sns-photoelectrons");
    for (text, mentions) in [
        (
            with(&reactor, "target-mass,1,", "target-mass,-1,"),
            &["line 25, target-mass", "'-1'", "above zero"][..],
        ),
        (
            with(&reactor, "target-mass,1,", "target-mass,1 kg,"),
            &["line 25, target-mass", "'1 kg'", "a finite number"],
        ),
        (
            with(&reactor, "exposure,365.25,", "exposure,1e300,"),
            &["line 26, exposure", "'1e300'", "from 1e-40 to 1e40"],
        ),
        (
            with(&reactor, "source,reactor,", "source,moon,"),
            &["line 15, source", "'moon'", "reactor, sns, sun"],
        ),
        (
            with(&reactor, "bins-number,10,", "bins-number,2.5,"),
            &["bins-number", "'2.5'", "a whole number"],
        ),
        (
            with(&reactor, "bins-high,2.2,", "bins-high,0.1,"),
            &["bins-high", "'0.1'", "above 'bins-low'"],
        ),
        (
            with(&reactor, "elements,Ge,", "nuclides-table,nuclides_argon\nelements,Ar,"),
            &["line 25, elements", "'Ar'", "electron shells"],
        ),
        (
            with(&reactor, "elements,Ge,", "elements,Xx,"),
            &["line 24, elements", "'Xx'", "Ge"],
        ),
        (
            with(&reactor, "statistic,binned-counts,", "statistic,counting,"),
            &["line", "do not go together"],
        ),
        (
            with(&reactor, "key,value,", "key;value,"),
            &["line 8", "'key;value,", "'value'"],
        ),
        (format!("{reactor}colour,red\n"), &["line 39", "nothing reads 'colour'"]),
        (
            format!("{reactor}exposure,1\n"),
            &["line 39", "'exposure' stands twice"],
        ),
        (
            format!("{reactor}a,b,c,d,e,f,g\n"),
            &["line 39", "more than 6", "quotes"],
        ),
        (format!("{reactor}\"a,b\n"), &["line 39", "a quote without an end"]),
        (format!("{reactor}# title: late\n"), &["line 39", "# title", "header"]),
        (
            format!("{reactor}### idle\na,b\n1,2\n"),
            &["line 39", "nothing reads 'idle'"],
        ),
        (format!("{reactor}###\n"), &["line 39", "### name"]),
        (format!("{sun}### counts\n"), &["### counts", "each name once"]),
        (
            with(&sun, "\n2,0.12\n", "\n2,1.2\n"),
            &["efficiency", "line", "'1.2'", "within 0 and 1"],
        ),
        (
            with(&reactor, "bins-high,2.2,", "bins-high,1e6,"),
            &["bins-high", "'1e6'", "at most 100000"],
        ),
        (
            with(&sun, "\n3,6,1,0.8", "\n3,1e308,1,0.8"),
            &["recoil_high", "'1e308'", "at most 100000"],
        ),
        (
            with(&sns, "\n50,60,0,6,", "\n50,1e308,0,6,"),
            &["pe_high", "'1e308'", "at most 2000"],
        ),
        (
            with(&sun, "\n2,0.12\n", "\n1,0.12\n"),
            &["recoil", "line", "'1'", "rise"],
        ),
        (
            with(&sun, "\n1.5,3,3,1.5\n", "\n1.6,3,3,1.5\n"),
            &["recoil_low", "'1.6'", "1.5, where the bin before ends"],
        ),
        (
            with(&sun, "\n1.5,3,3,1.5\n", "\n1.5,3,-3,1.5\n"),
            &["observed", "'-3'", "from 0 to 1e12"],
        ),
        (
            with(&sun, "\n1.5,3,3,1.5\n", "\n1.5,3,3,many\n"),
            &["background", "'many'", "a finite number"],
        ),
        (
            with(&sun, "data,counts,", "data,count,"),
            &["data", "'count'", "efficiency, counts"],
        ),
        (
            with(&sun, "efficiency-column,efficiency,", "efficiency-column,sr0,"),
            &["line", "'recoil,efficiency'", "'sr0'"],
        ),
    ] {
        let error = read(&text).expect_err(mentions[0]).to_string();
        for mention in mentions {
            assert!(error.contains(mention), "{mention}: {error}");
        }
    }
    for text in [
        "",
        "\n",
        "<html><body>Please log in</body></html>",
        "key,value\n",
        "key,value\nname,探测器\n",
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(error.contains("table own"), "{error}");
    }
}
