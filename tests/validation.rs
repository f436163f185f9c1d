//! The documentation says what the program computes.

#[test]
fn the_table_in_the_documentation_is_what_is_computed() {
    let table = dipole_portal::analysis::validation::table().expect("sound tables");
    let page = include_str!("../docs/validation.md");
    assert!(
        page.ends_with(&table),
        "docs/validation.md is out of date; it should end with\n{table}"
    );
}
