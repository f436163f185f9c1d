//! The page `validation.html` in each language, and `docs/validation.md`: prose by hand, tables by this. `cargo xtask validate` writes them.

use crate::deviations::{Deviation, deviations};
use dipole_portal::analysis::validation::{Comparison, comparisons, table};
use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// Asked for with this, the test writes what it would compare with.
const WRITE: &str = "DIPOLE_PORTAL_WRITE";

/// How what stands in plain letters is set, in the order in which it is looked for.
const SETTING: [(&str, &str); 20] = [
    ("&", "&amp;"),
    ("<", "&lt;"),
    ("mu_nu_e", "μ<sub>νe</sub>"),
    ("mu_nu_mu", "μ<sub>νμ</sub>"),
    ("mu_nu", "μ<sub>ν</sub>"),
    ("mu_B", "μ<sub>B</sub>"),
    ("delta chi2", "Δχ²"),
    ("chi2", "χ²"),
    ("->", "→"),
    ("+-", "±"),
    ("238U", "²³⁸U"),
    ("37Ar", "³⁷Ar"),
    ("8B", "⁸B"),
    ("5.25e6 /cm2/s", "5.25 × 10⁶ cm⁻² s⁻¹"),
    ("cm2", "cm²"),
    ("x 1e-10", "× 10⁻¹⁰"),
    ("x 1e-12", "× 10⁻¹²"),
    ("x 1e-45", "× 10⁻⁴⁵"),
    ("/t/yr", "t⁻¹ yr⁻¹"),
    (" %", "\u{a0}%"),
];

/// The texts of a language for those in English.
type Words = BTreeMap<String, String>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the project.
fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect(name)
}

fn typeset(text: &str) -> String {
    let set = |text: String, (plain, set): &(&str, &str)| text.replace(plain, set);
    SETTING.iter().fold(text.to_owned(), set)
}

/// Says texts in a language, and remembers what it was asked for.
struct Speaker {
    words: Option<Words>,
    asked: Vec<String>,
}

impl Speaker {
    fn say(&mut self, english: &str) -> String {
        self.asked.push(english.to_owned());
        let Some(words) = &self.words else {
            return typeset(english);
        };
        let said = words.get(english);
        assert!(said.is_some(), "no translation of \"{english}\"");
        typeset(said.map_or(english, String::as_str))
    }

    /// A cell with a remark below.
    fn cell(&mut self, text: &str, remark: &str) -> String {
        let remark = if remark.is_empty() {
            String::new()
        } else {
            format!("<br><small>{remark}</small>")
        };
        format!("<td>{text}{remark}</td>")
    }

    /// A value with its unit: the number is the same everywhere.
    fn value(&mut self, row: &Comparison, value: f64) -> String {
        let with_unit = row.text(value);
        let unit = with_unit.split_once(' ').map_or("", |(_, unit)| unit);
        if unit.is_empty() {
            return row.digits(value);
        }
        format!("{} {}", row.digits(value), self.say(unit))
    }

    fn published(&mut self, row: &Comparison) -> String {
        let remark = if row.remark.is_empty() {
            String::new()
        } else {
            self.say(row.remark)
        };
        let quantity = self.say(row.quantity);
        let mut html = self.cell(&quantity, &remark);
        let memory = if row.read_in_source {
            String::new()
        } else {
            format!("; {}", self.say("not re-read in the source"))
        };
        let published = self.value(row, row.published);
        html += &self.cell(&published, &format!("{}{memory}", typeset(row.source)));
        let ours = self.value(row, row.ours);
        html += &self.cell(&ours, &percent(row.deviation()));
        let (low, high, from) = (row.digits(row.band.0), row.digits(row.band.1), self.say(row.band_from));
        html += &self.cell(&format!("{low} – {high}"), &from);
        let (verdict, why) = match row.outside {
            Some(why) => ("outside", Some(why)),
            None => ("within", None),
        };
        let (verdict, why) = (self.say(verdict), why.map_or_else(String::new, |why| self.say(why)));
        html += &self.cell(&verdict, &why);
        format!("<tr>{html}</tr>\n")
    }

    fn reference(&mut self, row: &Deviation) -> String {
        let experiment = if row.experiment.is_empty() {
            self.say("those of the paper")
        } else {
            typeset(&row.experiment)
        };
        let quantity = self.say(row.quantity);
        format!(
            "<tr><td>{quantity}</td><td>{experiment}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            row.numbers,
            typeset(&power(row.largest)),
            power(row.allowed)
        )
    }
}

/// A deviation with its sign.
fn percent(deviation: f64) -> String {
    let sign = if deviation < 0.0 { '−' } else { '+' };
    format!("{sign}{:.1}\u{a0}%", 100.0 * deviation.abs())
}

/// Deviations below this are rounding, which is not the same on every machine.
const ROUNDING: f64 = 1e-8;

/// A deviation with one digit, rounded up: what it says is not more than what was found.
fn power(value: f64) -> String {
    if value < ROUNDING {
        return format!("< {}", power(ROUNDING));
    }
    let mut exponent = value.log10().floor() as i32;
    let mut digit = (value / 10_f64.powi(exponent) - 1e-9).ceil() as i32;
    if digit == 10 {
        (digit, exponent) = (1, exponent + 1);
    }
    let raised: String = exponent.to_string().chars().map(superscript).collect();
    let factor = if digit == 1 {
        String::new()
    } else {
        format!("{digit} × ")
    };
    format!("{factor}10{raised}")
}

fn superscript(sign: char) -> char {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    sign.to_digit(10).map_or('⁻', |digit| digits[digit as usize])
}

/// A document with other rows in the body of the table that has this attribute.
fn with_rows(document: &str, attribute: &str, rows: &str) -> String {
    let start = format!("<tbody {attribute}>");
    let (before, after) = document.split_once(&start).expect(attribute);
    let (_, after) = after.split_once("</tbody>").expect("the end of the table");
    format!("{before}{start}\n{rows}</tbody>{after}")
}

fn page(document: &str, speaker: &mut Speaker, published: &[Comparison], reference: &[Deviation]) -> String {
    let published: String = published.iter().map(|row| speaker.published(row)).collect();
    let reference: String = reference.iter().map(|row| speaker.reference(row)).collect();
    with_rows(
        &with_rows(document, "data-published", &published),
        "data-reference",
        &reference,
    )
}

/// Languages beside English: those that the page has words of.
fn languages() -> Vec<String> {
    let files = fs::read_dir(root().join("www")).expect("a folder").flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let mut languages: Vec<_> = names
        .filter_map(|name| Some(name.strip_prefix("words.")?.strip_suffix(".tsv")?.to_owned()))
        .collect();
    languages.sort();
    languages
}

fn words(language: &str) -> Words {
    let text = read(&format!("www/validation.{language}.tsv"));
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pairs = rows.map(|row| row.split_once('\t').expect(row));
    pairs
        .map(|(english, other)| (english.to_owned(), other.to_owned()))
        .collect()
}

/// Compares a file with what it must be, or writes it. Says what differs.
fn settle(name: &str, wanted: &str, differ: &mut String) {
    let path = root().join(name);
    if read(name) == wanted {
        return;
    }
    if env::var_os(WRITE).is_some() {
        fs::write(&path, wanted).expect(name);
        return;
    }
    let now = read(name);
    let mut lines = now.lines().zip(wanted.lines()).filter(|(now, wanted)| now != wanted);
    let _ = writeln!(differ, "{name}: {:?}", lines.next());
}

/// What the public pages say is what this program computes, to the last digit; `cargo xtask validate` writes them anew.
#[test]
fn the_pages_say_what_this_program_computes() {
    let (published, reference) = (comparisons().expect("sound tables"), deviations());
    for row in &reference {
        assert!(
            row.largest <= row.allowed,
            "{} of {}: {:e}",
            row.quantity,
            row.experiment,
            row.largest
        );
    }
    let mut differ = String::new();
    let mut english = Speaker {
        words: None,
        asked: Vec::new(),
    };
    let name = "www/validation.html";
    let wanted = page(&read(name), &mut english, &published, &reference);
    settle(name, &wanted, &mut differ);
    for language in languages() {
        let name = format!("www/validation.{language}.html");
        let mut speaker = Speaker {
            words: Some(words(&language)),
            asked: Vec::new(),
        };
        let wanted = page(&read(&name), &mut speaker, &published, &reference);
        settle(&name, &wanted, &mut differ);
        for english in words(&language).keys() {
            assert!(speaker.asked.contains(english), "nobody says \"{english}\"");
        }
    }
    let name = "docs/validation.md";
    let text = read(name);
    let (prose, _) = text.split_once("| quantity |").expect("a table");
    settle(name, &format!("{prose}{}", table().expect("sound tables")), &mut differ);
    assert!(differ.is_empty(), "`cargo xtask validate` writes these anew:\n{differ}");
}

#[test]
fn deviations_are_rounded_up() {
    for (value, text) in [
        (0.0, "< 10⁻⁸"),
        (1e-3, "10⁻³"),
        (2e-3, "2 × 10⁻³"),
        (2.1e-6, "3 × 10⁻⁶"),
        (9.5e-6, "10⁻⁵"),
        (1.2e-16, "< 10⁻⁸"),
        (1e-8, "10⁻⁸"),
    ] {
        assert_eq!(power(value), text);
    }
}
