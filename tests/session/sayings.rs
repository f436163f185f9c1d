//! What the page says: sentences, tables, and the whole of it as text.

use crate::{fact, settled};
use dipole_portal::page::view::PageView;

#[test]
fn the_first_page_says_what_the_core_says() {
    let view = settled("").view();
    assert!(view.settled);
    let facts = &view.spectrum.content.facts;
    let text = |key: &str| facts.iter().find(|fact| fact.key == key).map(|fact| fact.text.as_str());
    // Of the independent computation, tests/data/reference.json.
    assert!(
        text("totals.dipole_nucleus").is_some_and(|text| text.starts_with("79.6")),
        "{facts:?}"
    );
    assert!(
        text("chi2_sm").is_some_and(|text| text.starts_with("103.8")),
        "{facts:?}"
    );
    assert!(
        view.verdict
            .content
            .sentence
            .starts_with("Excluded at 90 % by Dresden-II")
    );
    assert_eq!(view.plane.content.exclusion.computed.len(), 4);
}

/// mu, 1 MeV, d = 1e-12, half the flux: the data of COHERENT prefer some signal. That is no exclusion.
#[test]
fn below_a_best_fit_is_disfavoured_from_below_and_not_excluded() {
    let view = settled("experiment=coherent-csi&flavor=mu&coupling=1e-12&flux=0.5").view();
    let verdict = &view.verdict.content;
    assert!(
        verdict.sentence.starts_with("None of the experiments here excludes"),
        "{}",
        verdict.sentence
    );
    assert!(
        verdict
            .sentence
            .contains("disfavoured from below at 90 % by COHERENT CsI"),
        "{}",
        verdict.sentence
    );
    assert!(verdict.rows.iter().all(|row| !row.excludes));
    // A limit from one side says nothing of too few.
    let one_sided = settled("experiment=coherent-csi&flavor=mu&coupling=1e-12&flux=0.5&sides=one").view();
    let sentence = &one_sided.verdict.content.sentence;
    assert!(!sentence.contains("from below"), "{sentence}");
    // And the best fit stands on the plane, above the point.
    let best = &view.plane.content.exclusion.best_fits;
    assert_eq!(best.len(), 1, "{best:?}");
    assert!((5e-7..2e-6).contains(&best[0].coupling_per_gev), "{best:?}");
    // With the nominal flux nothing is preferred by so much.
    assert!(
        settled("experiment=coherent-csi&flavor=mu&coupling=1e-12")
            .view()
            .plane
            .content
            .exclusion
            .best_fits
            .is_empty()
    );
}

/// A flux belongs to one source: that of the chosen experiment moves its own curve and no other's.
#[test]
fn a_flux_belongs_to_one_source() {
    let limits = |address: &str| {
        let view = settled(address).view();
        let curves = view.plane.content.exclusion.computed.iter();
        curves
            .map(|curve| {
                (
                    curve.name.clone(),
                    curve.pieces.first().map(|piece| piece.couplings_per_gev[0]),
                )
            })
            .collect::<Vec<_>>()
    };
    let (before, after) = (limits(""), limits("flux=2"));
    assert_ne!(before[0], after[0], "Dresden-II");
    assert_eq!(before[1..], after[1..]);
    assert_eq!(limits("flux-reactor=2"), after);
    assert_eq!(limits("experiment=coherent-csi&flux-reactor=2"), after);
}

/// At twice the flux of 8B neutrinos the SM alone is above the bound of PandaX-4T: said so, and drawn along the lower edge.
#[test]
fn what_the_sm_alone_violates_is_said_so() {
    let view = settled("experiment=pandax-4t&flavor=tau&flux=2&coupling=1e-12").view();
    let sentence = &view.verdict.content.sentence;
    assert!(
        sentence.contains("for PandaX-4T everything is excluded: the SM alone is above the bound"),
        "{sentence}"
    );
    assert!(!sentence.starts_with("Excluded"), "{sentence}");
    let curves = &view.plane.content.exclusion.computed;
    let pandax = curves.iter().find(|curve| curve.name == "PandaX-4T").expect("a curve");
    assert_eq!(pandax.everything_excluded_mev, [(0.01, 100.0)]);
    assert!(pandax.pieces.is_empty());
}

/// 90.1 %: the bounds of the xenon experiments say nothing. The list keeps them and says why; the verdict does not count them.
#[test]
fn a_level_without_a_result_says_so() {
    let view = settled("cl=0.901&flavor=tau").view();
    let sentence = &view.verdict.content.sentence;
    assert!(
        sentence.starts_with("No experiment here has a result for this flavour at 90.1 %"),
        "{sentence}"
    );
    let curves = &view.plane.content.curves;
    for name in ["xenon1t", "pandax-4t"] {
        let entry = curves.iter().find(|entry| entry.name == name).expect("an entry");
        assert!(
            entry.problem.as_ref().is_some_and(|problem| problem.contains("90.1 %")),
            "{entry:?}"
        );
    }
    assert_eq!(view.plane.problem, None);
}

#[test]
fn the_coupling_is_shown_in_the_unit_chosen() {
    let view = settled("coupling-unit=mu_B").view();
    assert_eq!(view.plane.content.exclusion.unit.symbol, "μB");
    let cells = &view.verdict.content.rows[0].cells;
    assert!(cells.iter().any(|cell| cell.ends_with("μB")), "{cells:?}");
}

/// The page as a text: what stands where. Charts have snapshots of their own.
fn written(view: &PageView) -> String {
    let mut lines = vec![format!("# {}", view.spectrum.content.caption)];
    for number in &view.controls.numbers {
        let state = match (number.shown, number.enabled) {
            (false, _) => " (hidden)",
            (true, false) => " (off)",
            (true, true) => "",
        };
        lines.push(format!(
            "{} = {} | {} | {}{state}",
            number.key, number.text, number.spoken, number.hint
        ));
    }
    for choice in &view.controls.choices {
        let missing: Vec<_> = choice
            .options
            .iter()
            .filter(|option| option.unavailable.is_some())
            .collect();
        let missing: Vec<_> = missing.iter().map(|option| option.name.as_str()).collect();
        let shown = if choice.shown { "" } else { " (hidden)" };
        lines.push(format!(
            "{} = {} | without: {}{shown}",
            choice.key,
            choice.chosen,
            missing.join(",")
        ));
    }
    let spectrum = &view.spectrum.content;
    lines.extend(
        spectrum
            .facts
            .iter()
            .map(|fact| format!("{}: {}", fact.label, fact.text)),
    );
    lines.extend(
        spectrum
            .nuisances
            .iter()
            .map(|row| format!("{}: {} ({})", row.label, row.text, row.pull)),
    );
    lines.extend(spectrum.message.clone());
    lines.extend(spectrum.notes.clone());
    let verdict = &view.verdict.content;
    lines.push(verdict.sentence.clone());
    lines.extend(verdict.warnings.clone());
    lines.push(verdict.head.join(" | "));
    lines.extend(
        verdict
            .rows
            .iter()
            .map(|row| format!("{} | {}", row.name, row.cells.join(" | "))),
    );
    let curves = view.plane.content.curves.iter();
    lines.extend(curves.map(|entry| format!("[{}] {}", if entry.visible { "x" } else { " " }, entry.label)));
    lines.join("\n")
}

/// What stands beside the spectrum of a bound is what the verdict says of it.
#[test]
fn facts_of_a_bound_do_not_contradict_the_verdict() {
    let said = |more: &str| fact(&format!("experiment=xenon1t&flavor=tau&{more}"), "excluded");
    assert_eq!(said("mass=1&coupling=1e-6").as_deref(), Some("excluded"));
    assert_eq!(said("mass=1&coupling=1e-8").as_deref(), Some("allowed"));
    assert_eq!(said("mass=9&coupling=1e-3").as_deref(), Some("not: N decays inside"));
    for nothing_published in ["sides=one", "dof=2", "cl=0.95"] {
        assert_eq!(said(&format!("mass=1&coupling=1e-6&{nothing_published}")), None);
    }
}

#[test]
fn what_the_page_says_is_known() {
    for (name, address) in [
        ("start", ""),
        (
            "coherent_disfavoured_from_below",
            "experiment=coherent-csi&flavor=mu&coupling=1e-12&flux=0.5&view=data",
        ),
        ("coherent_misfit", "experiment=coherent-csi&flavor=mu&flux=5"),
        (
            "pandax_everything_excluded",
            "experiment=pandax-4t&flavor=tau&flux=2&coupling=1e-12",
        ),
        (
            "two_degrees_of_freedom",
            "quenching=lindhard&dof=2&cl=0.95&coupling-unit=mu_B",
        ),
        ("no_flux", "flavor=tau&view=data"),
        (
            "everything_excluded_at_this_mass",
            "experiment=coherent-csi&flavor=mu&mass=1&flux=0.5&dof=2",
        ),
        (
            "above_the_upper_end",
            "experiment=coherent-csi&flavor=mu&mass=40&coupling=3e-5",
        ),
    ] {
        insta::assert_snapshot!(name, written(&settled(address).view()));
    }
}
