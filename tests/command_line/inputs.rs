//! Inputs, what each of them does to a limit, and decay lengths.

use crate::common::{number, numbers};
use crate::program::{answer, answer_with_messages, refusal};
use serde_json::{Value, json};

fn rows(answer: &Value, list: &str) -> Vec<Value> {
    answer[list].as_array().expect("a list of rows").clone()
}

fn row(answer: &Value, list: &str, key: &str) -> Value {
    let found = rows(answer, list).into_iter().find(|row| row["key"] == key);
    found.expect(key)
}

#[test]
fn inputs_say_what_they_are_and_how_they_can_be_changed() {
    let answer = answer("inputs --experiment dresden-ii --set exposure=1000");
    let exposure = row(&answer, "inputs", "exposure");
    assert_eq!(exposure["value"], "1000");
    assert_eq!(exposure["table_value"], "96.4");
    assert_eq!(exposure["unit"], "d");
    assert_eq!(
        exposure["source"], "Colaresi et al. 2022",
        "where the table's value is from"
    );
    assert_eq!(
        exposure["change"],
        json!({
            "factor": 1000.0, "changes_the_data": true, "variation": {"share": 0.1},
            "one_standard_deviation": false, "varied": ["900", "1100"],
        })
    );
    let fano = row(&answer, "inputs", "fano");
    assert!(fano.get("table_value").is_none());
    assert_eq!(fano["change"]["between"], json!([0.0, 1.0]));
    let prior = row(&answer, "inputs", "m-shell-prior");
    assert_eq!(prior["change"]["options"], json!(["on", "off"]));
    assert_eq!(prior["change"]["variation"], "others");
    assert_eq!(prior["change"]["varied"], json!(["off"]));
    assert!(row(&answer, "inputs", "spectra-table")["change"].is_null());
    let ratio = &row(&answer, "inputs", "m-shell-ratio")["change"];
    assert_eq!(ratio["variation"], json!({"amount": 0.03}));
    assert_eq!(ratio["one_standard_deviation"], true);
    assert_eq!(
        row(&answer, "inputs", "ionisation-threshold")["change"]["variation"],
        json!({"to": "50"})
    );
    refusal(&["inputs", "--experiment", "dresden-ii", "--set", "order=1"]);
}

#[test]
fn sensitivity_is_what_two_limits_say() {
    let limit = |options: &str| {
        let answer = answer(&format!("limit --experiment dresden-ii --mass 1 {options}"));
        numbers(&answer["coupling_per_GeV"])[0]
    };
    let answer = answer("sensitivity --experiment dresden-ii --mass 1");
    assert_eq!(number(&answer["limit_per_GeV"]), limit(""));
    let flux = row(&answer, "rows", "flux");
    assert_eq!(flux["expected"], false);
    let change = &flux["changes"][1];
    assert_eq!(change["value"], "5.28e13");
    let after = limit("--set flux=5.28e13");
    assert_eq!(number(&change["limit_per_GeV"]), after);
    assert!((number(&change["relative_change"]) - (after / limit("") - 1.0)).abs() < 1e-12);
    let atoms = row(&answer, "rows", "atoms");
    assert_eq!(atoms["expected"], true);
    assert_eq!(number(&atoms["limit_per_GeV"]), limit("--expected"));
    assert_eq!(
        rows(&answer, "rows")[0]["key"],
        "quenching",
        "what matters most comes first"
    );
}

#[test]
fn without_a_limit_it_is_said_why() {
    let (answer, messages) = answer_with_messages("sensitivity --experiment dresden-ii --mass 30");
    assert!(answer["limit_per_GeV"].is_null() && rows(&answer, "rows").is_empty());
    assert!(messages.contains("no sensitivity"), "{messages}");
    let (answer, _) = answer_with_messages("sensitivity --experiment xenon1t --mass 1");
    let change = &row(&answer, "rows", "target-exposure")["changes"][0];
    assert!(change["limit_per_GeV"].is_null() && change["relative_change"].is_null());
    assert!(change["why"].as_str().expect("a reason").contains("published bound"));
    let refused = refusal(&[
        "sensitivity",
        "--experiment",
        "dresden-ii",
        "--flavor",
        "mu",
        "--mass",
        "1",
    ]);
    assert!(refused.contains("allowed: e"), "{refused}");
}

#[test]
fn decay_lengths_and_couplings_are_inverse() {
    let couplings = answer("decay-length --experiment coherent-csi --flavor mu --mass 1:40:5 --length 20");
    let coupling = numbers(&couplings["coupling_per_GeV"]);
    assert_eq!(coupling.len(), 5);
    let line = format!(
        "decay-length --experiment coherent-csi --flavor mu --mass 1 --coupling {}",
        coupling[0]
    );
    let lengths = answer(&line);
    assert!((numbers(&lengths["length_m"])[0] / 20.0 - 1.0).abs() < 1e-9);
    let majorana = answer(&format!("{line} --majorana"));
    assert!((numbers(&majorana["length_m"])[0] / 10.0 - 1.0).abs() < 1e-9);
    let (beyond, messages) = answer_with_messages("decay-length --experiment dresden-ii --mass 1,20 --length 1");
    assert!(
        beyond["coupling_per_GeV"][1].is_null() && messages.contains("20.0"),
        "{messages}"
    );
    for wrong in [
        "decay-length --experiment dresden-ii --mass 1",
        "decay-length --experiment dresden-ii --mass 1 --length 1 --coupling 1e-7",
        "decay-length --experiment dresden-ii --mass 1 --length 0",
        "decay-length --experiment dresden-ii --flavor mu --mass 1 --length 1",
    ] {
        refusal(&wrong.split(' ').collect::<Vec<_>>());
    }
}
