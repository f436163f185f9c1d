//! Several experiments as one, couplings to several flavours, and limits of one side.

use crate::program::{answer, answer_with_messages, refusal};
use serde_json::Value;

fn limits(line: &str) -> Vec<f64> {
    let answer = answer(&format!("limit --mass 0.1,1,5 {line}"));
    let limits = answer["coupling_per_GeV"].as_array().expect("a list").clone();
    limits.iter().map(|limit| limit.as_f64().expect("a limit")).collect()
}

fn refused(line: &str, parts: &[&str]) {
    let message = refusal(&line.split_whitespace().collect::<Vec<_>>());
    for part in parts {
        assert!(message.contains(part), "{line}: {message}");
    }
}

#[test]
fn experiments_as_one() {
    let both = limits("--combine dresden-ii,coherent-csi --flavor e");
    assert_eq!(both, limits("--combine coherent-csi,dresden-ii --flavor e"));
    assert_eq!(limits("--combine coherent-csi"), limits("--experiment coherent-csi"));
    let two = limits("--combine dresden-ii,coherent-csi --flavor e --dof 2 --expected");
    assert!(two.iter().zip(&both).all(|(two, one)| two != one));
    let best = answer("best-fit --combine dresden-ii,coherent-csi --flavor e");
    assert!(best["chi2"].is_number());
    let (answer, messages) = answer_with_messages("limit --combine dresden-ii,coherent-csi --flavor mu --mass 1");
    assert!(messages.contains("Dresden-II adds nothing"), "{messages}");
    assert!(answer["notes"].to_string().contains("adds nothing"));
    let messages = answer_with_messages("limit --combine dresden-ii,coherent-csi --flavor e --mass 1 --flux-sun 2").1;
    assert!(messages.contains("have another source"), "{messages}");
}

#[test]
fn what_cannot_be_combined() {
    let combine = |names: &str| format!("limit --mass 1 --flavor e --combine {names}");
    refused(
        &combine("coherent-csi,coherent-csi"),
        &["COHERENT CsI twice", "each experiment once"],
    );
    refused(&combine("coherent-csi,nothing"), &["'nothing'", "dresden-ii"]);
    refused(
        "limit --mass 1 --combine dresden-ii,coherent-csi",
        &["flavor", "e, mu, tau"],
    );
    refused(
        "limit --mass 1 --flavor tau --combine dresden-ii,coherent-csi",
        &["flavor", "allowed: e, mu"],
    );
    refused(
        "limit --mass 1 --combine dresden-ii --experiment dresden-ii",
        &["--experiment"],
    );
    refused(
        &combine("coherent-csi,xenon1t"),
        &["XENON1T: no result for a combination", "published bound"],
    );
}

#[test]
fn a_verdict_has_a_row_for_the_combination() {
    let verdict = |options: &str| {
        let line = format!("verdict --flavor e --mass 1 --coupling 1e-7 {options}");
        answer_with_messages(&line).0["experiments"]
            .as_array()
            .expect("rows")
            .clone()
    };
    let (plain, more) = (verdict(""), verdict("--combine dresden-ii,coherent-csi"));
    assert_eq!(plain[..], more[..plain.len()]);
    let row: &Value = more.last().expect("a row");
    assert_eq!(
        (more.len(), row["experiment"].as_str()),
        (plain.len() + 1, Some("combination"))
    );
    assert_eq!(
        row["limit_per_GeV"].as_f64(),
        Some(limits("--combine dresden-ii,coherent-csi --flavor e")[1])
    );
    assert!(row["sm_counts"].is_null() && row["confidence"].is_number() && row["sm_fit"].is_object());
}

#[test]
fn couplings_to_several_flavours() {
    let coherent = |options: &str| limits(&format!("--experiment coherent-csi {options}"));
    assert_eq!(coherent("--weights 1:0:0"), coherent("--flavor e"));
    assert_eq!(coherent("--weights universal"), coherent("--weights 1:1:1"));
    let events =
        |options: &str| answer(&format!("events --experiment coherent-csi --mass 1 {options}"))["totals"].clone();
    let dipole = |options: &str| events(options)["dipole_nucleus"].as_f64().expect("a number");
    let (e, mu, both) = (dipole("--flavor e"), dipole("--flavor mu"), dipole("--weights 2:1:0"));
    assert!((both / (4.0 * e + mu) - 1.0).abs() < 1e-12);
    let spectrum = |options: &str| {
        let line = format!("spectrum --experiment coherent-csi --mass 1 --recoil 5 {options}");
        answer(&line)["dipole_per_keV"][0].as_f64().expect("a number")
    };
    let (e, mu, both) = (
        spectrum("--flavor e"),
        spectrum("--flavor mu"),
        spectrum("--weights 2:1:0"),
    );
    assert!((both / (4.0 * e + mu) - 1.0).abs() < 1e-12);
    let messages = answer_with_messages("best-fit --experiment dresden-ii --weights 1:1:0 --flavor e").1;
    assert!(messages.contains("--flavor has no effect"), "{messages}");
    refused(
        "limit --experiment dresden-ii --mass 1 --weights 0:1:1",
        &["dresden-ii", "allowed: e"],
    );
    for weights in ["0:0:0", "1:1", "1:-1:1", "all"] {
        refused(
            &format!("events --experiment dresden-ii --weights {weights}"),
            &["weights"],
        );
    }
    let published = |options: &str| {
        let answer = answer_with_messages(&format!("verdict --mass 1 --coupling 1e-7 {options}")).0;
        answer["published"].as_array().expect("rows").len()
    };
    assert!(published("--flavor e") > published("--weights universal") && published("--weights universal") > 0);
    assert_eq!(published("--weights 1:1:0"), 0);
}

#[test]
fn limits_of_one_side() {
    let dresden = |options: &str| limits(&format!("--experiment dresden-ii {options}"));
    assert_eq!(dresden(""), dresden("--sides two"));
    let (one, two) = (dresden("--sides one --cl 0.95"), dresden("--sides two --cl 0.9"));
    assert!(one.iter().zip(&two).all(|(one, two)| (one / two - 1.0).abs() < 1e-9));
    let messages = answer_with_messages("limit --experiment dresden-ii --mass 1 --sides one --dof 2").1;
    assert!(messages.contains("--sides has no effect"), "{messages}");
    refused(
        "limit --experiment dresden-ii --mass 1 --sides one --cl 0.5",
        &["cl", "above 0.5"],
    );
    refused(
        "limit --experiment dresden-ii --mass 1 --sides both",
        &["'both'", "one, two"],
    );
    let (answer, messages) = answer_with_messages("limit --experiment xenon1t --mass 1 --sides one");
    assert!(
        answer["coupling_per_GeV"][0].is_null() && messages.contains("one-sided"),
        "{messages}"
    );
}
