//! Numbers with their names, as CSV and as JSON.

use crate::page::parameters::{rounded, shortest};

/// Significant digits of a number: more than the core is good for, and few enough that every computer writes the same.
const DIGITS: usize = 6;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Nothing: there is no value.
    Empty,
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        if value.is_finite() {
            Self::Number(value)
        } else {
            Self::Empty
        }
    }
}

impl From<Option<f64>> for Cell {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::from)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// What it is.
    pub name: String,
    /// Names of the columns, with the unit in brackets.
    pub columns: Vec<String>,
    /// Rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// What a file holds: what it is about, and its tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Names and values of what belongs to all of it: title, version, settings.
    pub head: Vec<(String, String)>,
    /// Where its numbers are from, with an address or none.
    pub sources: Vec<(String, String)>,
    /// The tables.
    pub grids: Vec<Grid>,
}

/// As text with commas: the head in lines that begin with `#`, an empty line before each table.
pub(super) fn csv(sheet: &Sheet) -> String {
    let mut text = String::new();
    let mut line = |words: &[&str]| {
        text.extend(words.iter().copied());
        text.push('\n');
    };
    for (name, value) in &sheet.head {
        line(&["# ", name, ": ", &in_line(value)]);
    }
    for (source, link) in &sheet.sources {
        line(&["# source: ", &in_line(source), " ", &in_line(link)]);
    }
    for grid in &sheet.grids {
        line(&[]);
        line(&["# ", &in_line(&grid.name)]);
        let head: Vec<String> = grid.columns.iter().map(|column| quoted(column)).collect();
        line(&[&head.join(",")]);
        for row in &grid.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Number(value) => shortest(rounded(*value, DIGITS)),
                Cell::Text(text) => quoted(text),
                Cell::Empty => String::new(),
            });
            line(&[&cells.collect::<Vec<_>>().join(",")]);
        }
    }
    text
}

/// A text that stays in its line, whatever a table of one's own has in its cells.
pub(super) fn in_line(text: &str) -> String {
    let signs = text.chars();
    signs.map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// A text as a field of CSV (RFC 4180). What a spreadsheet would compute (`=`, `+`, `-` or `@` comes first) has an apostrophe before it, which makes it a text there, too:
/// names of experiments and pins come from addresses of others.
fn quoted(text: &str) -> String {
    let text = &if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// As one JSON object.
pub(super) fn json(sheet: &Sheet) -> String {
    let mut text = String::from("{");
    for (name, value) in &sheet.head {
        text.push_str(&format!("{}:{},", string(name), string(value)));
    }
    let sources = sheet.sources.iter();
    let sources = sources.map(|(source, link)| format!("{{\"source\":{},\"link\":{}}}", string(source), string(link)));
    text.push_str(&format!("\"sources\":[{}],\"tables\":[", joined(sources)));
    text.push_str(&joined(sheet.grids.iter().map(grid_json)));
    text.push_str("]}\n");
    text
}

fn grid_json(grid: &Grid) -> String {
    let rows = grid.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| match cell {
            Cell::Number(value) => shortest(rounded(*value, DIGITS)),
            Cell::Text(text) => string(text),
            Cell::Empty => "null".to_owned(),
        });
        format!("[{}]", joined(cells))
    });
    let columns = joined(grid.columns.iter().map(|column| string(column)));
    let name = string(&grid.name);
    format!(
        "{{\"name\":{name},\"columns\":[{columns}],\"rows\":[{}]}}",
        joined(rows)
    )
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

/// A text as JSON (RFC 8259).
fn string(text: &str) -> String {
    let mut written = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => written.extend(['\\', sign]),
            ..='\u{1f}' => written.push_str(&format!("\\u{:04x}", u32::from(sign))),
            _ => written.push(sign),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            head: vec![("title".to_owned(), "a \"quoted\"\nline \\ tab\t".to_owned())],
            sources: vec![("S, T".to_owned(), String::new())],
            grids: vec![Grid {
                name: "g".to_owned(),
                columns: vec!["x [MeV]".to_owned(), "a, b".to_owned()],
                rows: vec![
                    vec![Cell::from(1.5e-9), Cell::from("say \"x\"")],
                    vec![Cell::from(f64::NAN), Cell::from(None)],
                ],
            }],
        }
    }

    #[test]
    fn json_is_json() {
        let value: serde_json::Value = serde_json::from_str(&json(&sheet())).expect("JSON");
        assert_eq!(value["title"], "a \"quoted\"\nline \\ tab\t");
        assert_eq!(value["tables"][0]["rows"][0][0], 1.5e-9);
        assert_eq!(value["tables"][0]["rows"][0][1], "say \"x\"");
        assert!(value["tables"][0]["rows"][1][0].is_null());
    }

    #[test]
    fn no_text_is_a_formula_and_none_begins_a_line_of_its_own() {
        let names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=a,\"b\"\n=c"];
        let sheet = Sheet {
            head: vec![("title".to_owned(), "a\n=b".to_owned())],
            sources: vec![("s\n=t\r=u".to_owned(), "l\n=m".to_owned())],
            grids: vec![Grid {
                name: "g\n=h".to_owned(),
                columns: vec!["=c".to_owned()],
                rows: names.map(|name| vec![Cell::from(name)]).to_vec(),
            }],
        };
        let text = csv(&sheet);
        let fields: Vec<&str> = text.split('\n').filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            fields,
            [
                "",
                "'=c",
                "'=1+1",
                "'+1",
                "'-1",
                "'@SUM(A1)",
                "'\t=1",
                "\"'=a,\"\"b\"\"",
                "=c\"",
                ""
            ]
        );
        // A number that is negative stays one.
        let numbers = Grid {
            name: String::new(),
            columns: Vec::new(),
            rows: vec![vec![Cell::from(-1.5)]],
        };
        let sheet = Sheet {
            grids: vec![numbers],
            ..Sheet::default()
        };
        assert!(csv(&sheet).ends_with("\n-1.5\n"));
    }

    #[test]
    fn fields_with_commas_and_quotes_are_quoted() {
        let text = csv(&sheet());
        assert!(
            text.ends_with("\n# g\nx [MeV],\"a, b\"\n1.5e-9,\"say \"\"x\"\"\"\n,\n"),
            "{text}"
        );
    }
}
