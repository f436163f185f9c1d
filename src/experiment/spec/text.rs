//! An experiment as one text: the rows of its table, then the tables that it encloses.

use super::{ExperimentId, ExperimentSpec, Origin};
use crate::data::table::Table;
use crate::data::{self, Input, Inputs};
use crate::error::shortened;
use crate::experiment::{DetectorSettings, Experiment, Prediction, Registry};
use crate::physics::StandardModel;
use crate::physics::matter::nuclides;
use crate::{Error, ErrorKind};

/// What a table is called as long as it has no name.
const NAMELESS: &str = "own";

/// Most signs of a name: it stands in tables and beside curves.
const LONGEST_NAME: usize = 60;
/// Most counts that are expected of the Standard Model in all bins: fits converge with these, and with 1e25 they do not.
const MOST_COUNTS: f64 = 1e15;

/// Signs that turn the direction of writing (Unicode's embeddings, overrides and isolates). In a name, which stands within sentences, they would turn these, too.
fn is_turning(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Columns of the rows.
const COLUMNS: &str = "key,value,unit,label,source,link";

impl ExperimentSpec {
    /// Reads an experiment of one's own: rows as in `data/experiments/`, then any tables that these name, each below a line `### name`.
    /// Label, source and link may be missing. A row of what all experiments share takes its place. Without `id` the experiment is
    /// called after its row `name`, and not as a built-in one is.
    ///
    /// Everything that the text says is tried, so that what is wrong with it is said here.
    ///
    /// ```
    /// use dipole_portal::experiment::{ExperimentSpec, Registry};
    ///
    /// let shipped = Registry::sample("reactor-counting").expect("it is there")?;
    /// let mine = shipped.to_text().replace("name,Reactor counting", "name,My detector");
    /// assert_eq!(ExperimentSpec::from_text(None, &mine)?.name(), "My detector");
    /// let error = ExperimentSpec::from_text(None, "key,value\nname,Half an experiment\n").expect_err("it has no source");
    /// assert!(error.to_string().contains("source"), "{error}");
    /// # Ok::<(), dipole_portal::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Table`] with the line, what was found and what is allowed; [`ErrorKind::Input`] for a name that is taken.
    pub fn from_text(id: Option<ExperimentId>, text: &str) -> Result<Self, Error> {
        // Editors for tables put this mark before everything.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Lines end in one way only, and no carriage returns are left in cells.
        let text = &text.replace("\r\n", "\n").replace('\r', "\n");
        let is_own = id.is_none();
        let called = id.map_or_else(|| NAMELESS.to_owned(), table_of);
        let (rows, enclosed) = data::disclosed(&called, text)?;
        let table = Table::own(&called, rows, 1)?;
        let inputs = Inputs::new(&table)?;
        let id = match id {
            Some(id) => id,
            None => free_name(&inputs)?,
        };
        let inputs = inputs
            .called(&table_of(id))
            .over(Inputs::new(&data::table(StandardModel::TABLE)?)?)
            .enclosing(enclosed);
        inputs.check_tables()?;
        let spec = Self {
            origin: if is_own { Origin::Own } else { Origin::Shipped },
            ..Self::parse(id, table.header().to_vec(), inputs)?
        };
        check(&spec)?;
        Ok(spec)
    }

    /// The experiment as a text that [`Self::from_text`] reads: whole, with what has been changed.
    #[must_use]
    pub fn to_text(&self) -> String {
        let shared = data::table(StandardModel::TABLE).and_then(|table| Inputs::new(&table));
        let is_shared = |row: &Input| shared.as_ref().is_ok_and(|shared| shared.rows().contains(row));
        let mut text = String::new();
        for (key, value) in &self.header {
            text.push_str(&format!("# {key}: {value}\n"));
        }
        text.push_str(COLUMNS);
        text.push('\n');
        for row in self.inputs.rows().iter().filter(|row| !is_shared(row)) {
            let cells = [&row.key, &row.value, &row.unit, &row.label, &row.source, &row.link];
            text.push_str(&cells.map(|cell| quoted(cell)).join(","));
            text.push('\n');
        }
        for table in self.inputs.enclosed() {
            text.push_str(&table.to_text());
        }
        text
    }

    /// What its header says under a key.
    #[must_use]
    pub fn header(&self, key: &str) -> Option<&str> {
        let entry = self.header.iter().find(|(known, _)| known == key);
        entry.map(|(_, value)| value.as_str())
    }
}

/// Name of the table of an experiment.
fn table_of(id: ExperimentId) -> String {
    format!("experiments/{id}")
}

/// A cell, in quotes where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// The name that an experiment has by its row `name`.
fn free_name(inputs: &Inputs) -> Result<ExperimentId, Error> {
    let name = inputs.text("name")?;
    let id = slug(name).and_then(|slug| ExperimentId::new(&slug).ok());
    let id = id.ok_or_else(|| inputs.wrong("name", word!("a name with letters or digits of English")))?;
    if Registry::built_in()?.get(id).is_ok() {
        let taken = say!(
            "another name: '{}' is that of an experiment that is there",
            id.to_string()
        );
        return Err(inputs.wrong("name", &taken));
    }
    Ok(id)
}

/// Letters and digits of a name with hyphens for everything between; `None` if there are none.
fn slug(name: &str) -> Option<String> {
    let mut slug = String::new();
    for sign in name.chars() {
        if sign.is_ascii_alphanumeric() {
            slug.push(sign.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(ExperimentId::CAPACITY);
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// Tries what an experiment refers to: tables, matter, detector.
fn check(spec: &ExperimentSpec) -> Result<(), Error> {
    if spec.name.chars().count() > LONGEST_NAME {
        let allowed = say!("a name of at most {} signs", LONGEST_NAME.to_string());
        return Err(spec.inputs.wrong("name", &allowed));
    }
    if spec.name.contains(is_turning) {
        let allowed = word!("a name without signs that turn the direction of writing");
        return Err(spec.inputs.wrong("name", allowed));
    }
    check_elements(spec)?;
    let tried = Experiment::new(spec).and_then(|experiment| Prediction::new(&experiment, DetectorSettings::default()));
    let prediction = tried.map_err(|error| match error.kind() {
        // Nothing was set by hand: what is out of range stands in the text.
        ErrorKind::Input { quantity, got, allowed } => {
            spec.inputs
                .error(say!("{}: found {}, allowed: {}", quantity, got, allowed))
        }
        _ => error,
    })?;
    if prediction.standard_model().total() <= MOST_COUNTS {
        Ok(())
    } else {
        Err(spec
            .inputs
            .error(say!("the expected counts are not finite numbers, or more than 1e15")))
    }
}

/// What is no element of the tables of matter would else be an error about these, without a place.
fn check_elements(spec: &ExperimentSpec) -> Result<(), Error> {
    let known = nuclides(&spec.model.nuclides_table)?;
    let elements = &spec.target.elements;
    if let Some(element) = elements
        .iter()
        .find(|element| known.iter().all(|nuclide| nuclide.element != **element))
    {
        let mut names: Vec<_> = known.iter().map(|nuclide| nuclide.element.as_str()).collect();
        names.dedup();
        let element = shortened(element);
        let problem = say!("'{}' is none of {}, with a blank between", element, names.join(" "));
        return Err(spec.inputs.wrong("elements", &problem));
    }
    let shells = spec.model.shells_table.read()?;
    let listed = shells.rows(["element"])?;
    if let Some(element) = elements
        .iter()
        .find(|element| !listed.iter().any(|[name]| name == *element))
    {
        let (element, table) = (shortened(element), spec.model.shells_table.name());
        let problem = say!("'{}' needs its electron shells, which table {} has not", element, table);
        return Err(spec.inputs.wrong("elements", &problem));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_keys() {
        for (name, key) in [
            ("Dresden-II × 10", Some("dresden-ii-10")),
            ("  My (own) detector!  ", Some("my-own-detector")),
            ("Größe", Some("gr-e")),
            ("探测器", None),
            (
                "a name that is much longer than any key can ever be",
                Some("a-name-that-is-much-longer-than"),
            ),
        ] {
            assert_eq!(slug(name).as_deref(), key, "{name}");
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("ab c"), "ab c");
    }
}
