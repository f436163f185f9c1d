//! Inputs of a computation, one a row: what it reads, and what is shown to whoever asks where a number is from.

use super::named::{Enclosed, NamedTable};
use super::table::{MOST, NOT_NEGATIVE, NUMBER, Table, in_place};
use crate::choice::Choice;
use crate::error::quoted;
use crate::language::translated;
use crate::numerics::decimal;
use crate::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Size of the largest number that a row may have, and of the inverse of the smallest: far beyond any quantity here in its unit, and a product of several of them is still a
/// finite number.
const LARGEST: f64 = 1e40;

/// Most rows that an error names.
const MOST_NAMED: usize = 5;

/// One input, with its provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Name in the computation.
    pub key: String,
    /// Value in `unit`, or the name of a table or model.
    pub value: String,
    /// Unit, empty where there is none.
    pub unit: String,
    /// What it is, for people.
    pub label: String,
    /// Where it is from.
    pub source: String,
    /// Address of the source, may be empty.
    pub link: String,
}

impl Input {
    /// Whether its value is the name of a table.
    #[must_use]
    pub fn names_a_table(&self) -> bool {
        self.key == "data" || self.key.ends_with("-table")
    }
}

/// The rows of a table of inputs, and the tables that are enclosed with it.
#[derive(Clone, Debug)]
pub struct Inputs {
    table: String,
    rows: Vec<Input>,
    /// Where each row stands.
    lines: Vec<Line>,
    enclosed: Vec<Arc<Enclosed>>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Line {
    /// In the table, at the line of this number.
    At(u32),
    /// In the table of another text.
    Elsewhere,
    /// Nowhere: its value has been changed.
    Changed,
}

/// Where rows stand is no part of what they say.
impl PartialEq for Inputs {
    fn eq(&self, other: &Self) -> bool {
        (&self.table, &self.rows, &self.enclosed) == (&other.table, &other.rows, &other.enclosed)
    }
}

impl Inputs {
    /// Reads the rows of a table; those of its columns that are not there are empty, but for `key` and `value`.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for malformed rows or a key that stands twice.
    pub fn new(table: &Table) -> Result<Self, Error> {
        let column = |name| -> Result<Vec<String>, Error> {
            let cells = table.rows([name])?;
            Ok(cells.into_iter().map(|[cell]| cell).collect())
        };
        let optional = |name| if table.has(name) { column(name) } else { Ok(Vec::new()) };
        let mut inputs = Self {
            table: table.name().to_owned(),
            rows: Vec::new(),
            lines: Vec::new(),
            enclosed: Vec::new(),
        };
        let mut values = column("value")?.into_iter();
        let mut others = ["unit", "label", "source", "link"].map(|name| optional(name).map(Vec::into_iter));
        for (key, line) in column("key")?.into_iter().zip(table.lines()?) {
            let mut next = |place: usize| match &mut others[place] {
                Ok(cells) => Ok(cells.next().unwrap_or_default()),
                Err(error) => Err(error.clone()),
            };
            let row = Input {
                key,
                value: values.next().unwrap_or_default(),
                unit: next(0)?,
                label: next(1)?,
                source: next(2)?,
                link: next(3)?,
            };
            inputs.push(row, Line::At(line))?;
        }
        Ok(inputs)
    }

    fn push(&mut self, row: Input, line: Line) -> Result<(), Error> {
        if self.rows.iter().any(|earlier| earlier.key == row.key) {
            return Err(self.at(line, &say!("'{}' stands twice", row.key)));
        }
        self.rows.push(row);
        self.lines.push(line);
        Ok(())
    }

    /// These rows, but for those that `other` has, too, followed by those of `other`: each with what is said here, if it is. Errors go on naming the
    /// first table.
    #[must_use]
    pub fn over(mut self, other: Self) -> Self {
        for row in other.rows {
            match self.rows.iter().position(|own| own.key == row.key) {
                Some(place) => {
                    let (row, line) = (self.rows.remove(place), self.lines.remove(place));
                    self.rows.push(row);
                    self.lines.push(line);
                }
                None => {
                    self.rows.push(row);
                    self.lines.push(Line::Elsewhere);
                }
            }
        }
        self
    }

    /// The same as a table of another name.
    #[must_use]
    pub fn called(self, table: &str) -> Self {
        let table = table.to_owned();
        Self { table, ..self }
    }

    /// The same with tables that its rows may name.
    #[must_use]
    pub fn enclosing(self, enclosed: Vec<Arc<Enclosed>>) -> Self {
        Self { enclosed, ..self }
    }

    /// The tables that are enclosed with them.
    #[must_use]
    pub fn enclosed(&self) -> &[Arc<Enclosed>] {
        &self.enclosed
    }

    /// The table of a name that a row has.
    #[must_use]
    pub fn table(&self, name: &str) -> NamedTable {
        NamedTable::new(name, &self.enclosed)
    }

    /// Checks that there is every table that a row names.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) with the line of the row.
    pub fn check_tables(&self) -> Result<(), Error> {
        let mut rows = self.rows.iter().filter(|row| row.names_a_table());
        let Some(row) = rows.find(|row| !self.table(&row.value).is_there()) else {
            return Ok(());
        };
        let names: Vec<_> = self.enclosed.iter().map(|table| table.name()).collect();
        let allowed = if names.is_empty() {
            say!("a table of data/, or one that stands below '### name'").to_owned()
        } else {
            say!("a table of data/, or {}", names.join(", "))
        };
        Err(self.wrong(&row.key, &allowed))
    }

    /// The same with another value of one row, whose source then says what was changed.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if there is no such row.
    pub fn overridden(&self, key: &str, value: &str) -> Result<Self, Error> {
        let mut changed = self.clone();
        let mut rows = changed.rows.iter_mut().zip(&mut changed.lines);
        let Some((row, line)) = rows.find(|(row, _)| row.key == key) else {
            let keys: Vec<_> = self.rows.iter().map(|row| row.key.as_str()).collect();
            return Err(Error::input("input", quoted(key), keys.join(", ")));
        };
        if row.value != value {
            row.source = format!("changed by hand, {} in: {}", row.value, row.source);
            row.value = value.to_owned();
            *line = Line::Changed;
        }
        Ok(changed)
    }

    /// The same with other values of some rows, as [`Self::overridden`].
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if there is no such row.
    pub fn with(&self, changes: &[(&str, &str)]) -> Result<Self, Error> {
        changes
            .iter()
            .try_fold(self.clone(), |inputs, (key, value)| inputs.overridden(key, value))
    }

    /// Every input, in the order of the table.
    #[must_use]
    pub fn rows(&self) -> &[Input] {
        &self.rows
    }

    /// Value of an input as text.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such input.
    pub fn text(&self, key: &str) -> Result<&str, Error> {
        self.rows
            .iter()
            .find(|row| row.key == key)
            .map(|row| row.value.as_str())
            .ok_or_else(|| self.error(say!("there is no row '{}'", key)))
    }

    /// Value of an input as a finite number, zero or of a size from 1e-40 to 1e40.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such input or it is not such a number.
    pub fn number(&self, key: &str) -> Result<f64, Error> {
        let value = decimal::parse(self.text(key)?).ok_or_else(|| self.wrong(key, NUMBER))?;
        let size = value.abs();
        if crate::WORKSHOP && (size > LARGEST || size > 0.0 && size < 1.0 / LARGEST) {
            return Err(self.wrong(key, word!("zero, or from 1e-40 to 1e40 in size")));
        }
        Ok(value)
    }

    /// An error about this table, for what does not fit together.
    #[must_use]
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::table(&self.table, problem)
    }

    fn at(&self, line: Line, problem: &str) -> Error {
        match line {
            Line::At(line) if crate::WORKSHOP => self.error(say!("line {}: {}", line.to_string(), problem)),
            Line::At(_) | Line::Elsewhere | Line::Changed => self.error(problem),
        }
    }

    fn line(&self, key: &str) -> Line {
        let place = self.rows.iter().position(|row| row.key == key);
        let line = place.and_then(|place| self.lines.get(place));
        line.copied().unwrap_or(Line::Elsewhere)
    }

    /// An error about the value of a row: what is allowed.
    #[must_use]
    pub fn wrong(&self, key: &str, allowed: &str) -> Error {
        let allowed = translated(allowed);
        if !crate::WORKSHOP {
            return self.error(allowed);
        }
        let found = quoted(self.text(key).unwrap_or_default());
        match self.line(key) {
            Line::At(line) => self.error(in_place(line, key, &found, allowed)),
            Line::Elsewhere => self.error(say!("{}: found {}, allowed: {}", key, found, allowed)),
            // Whoever has changed it knows where, and to what.
            Line::Changed => self.error(allowed),
        }
    }
}

/// Reads inputs and keeps count of which: a row that nothing reads is an error, like one that is missing.
#[derive(Debug)]
pub struct Reader<'a> {
    inputs: &'a Inputs,
    read: Vec<bool>,
    /// Whether each of the enclosed tables has been named.
    named: Vec<bool>,
}

impl<'a> Reader<'a> {
    /// A reader of rows of which none has been read.
    #[must_use]
    pub fn new(inputs: &'a Inputs) -> Self {
        Self {
            inputs,
            read: vec![false; inputs.rows.len()],
            named: vec![false; inputs.enclosed.len()],
        }
    }

    /// Whether there is such a row; it does not count as read.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.inputs.rows.iter().any(|row| row.key == key)
    }

    /// Whether a row has this value; it does not count as read.
    #[must_use]
    pub fn says(&self, key: &str, value: &str) -> bool {
        self.inputs.rows.iter().any(|row| row.key == key && row.value == value)
    }

    /// Value of a row as text that is not empty.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is empty.
    pub fn text(&mut self, key: &str) -> Result<String, Error> {
        let text = self.inputs.text(key)?.to_owned();
        for (read, row) in self.read.iter_mut().zip(&self.inputs.rows) {
            *read |= row.key == key;
        }
        if text.is_empty() {
            return Err(self.inputs.wrong(key, word!("a value")));
        }
        Ok(text)
    }

    /// Value of a row as a table: one that is enclosed, else one of `data/`; whether there is one is for who reads it.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is empty.
    pub fn table(&mut self, key: &str) -> Result<NamedTable, Error> {
        let table = self.inputs.table(&self.text(key)?);
        for (named, enclosed) in self.named.iter_mut().zip(&self.inputs.enclosed) {
            *named |= enclosed.name() == table.name();
        }
        Ok(table)
    }

    /// Value of a row as a finite number.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not a number.
    pub fn number(&mut self, key: &str) -> Result<f64, Error> {
        self.text(key)?;
        self.inputs.number(key)
    }

    /// Value of a row as a finite number above zero.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not such a number.
    pub fn positive(&mut self, key: &str) -> Result<f64, Error> {
        self.checked(key, |value| value > 0.0, word!("above zero"))
    }

    /// Value of a row as a number, zero or above, and no more than can be meant.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not such a number.
    pub fn not_negative(&mut self, key: &str) -> Result<f64, Error> {
        self.checked(key, |value| (0.0..=MOST).contains(&value), NOT_NEGATIVE)
    }

    /// Value of a row as a number within a range, its ends included.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not such a number.
    pub fn within(&mut self, key: &str, (low, high): (f64, f64)) -> Result<f64, Error> {
        let rule = say!("within {} and {}", low.to_string(), high.to_string());
        self.checked(key, |value| (low..=high).contains(&value), &rule)
    }

    /// Value of a row as `count` numbers, none negative, with a space between.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or they are not such numbers.
    pub fn list(&mut self, key: &str, count: usize) -> Result<Vec<f64>, Error> {
        let text = self.text(key)?;
        let numbers: Option<Vec<f64>> = text.split(' ').map(decimal::parse).collect();
        let sound = numbers.filter(|numbers| numbers.len() == count && numbers.iter().all(|number| *number >= 0.0));
        let allowed = || say!("{} numbers, none negative, with a space between", count.to_string());
        sound.ok_or_else(|| self.inputs.wrong(key, &allowed()))
    }

    /// Value of a row as a whole number within a range, its ends included.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not such a number.
    pub fn whole(&mut self, key: &str, (low, high): (usize, usize)) -> Result<usize, Error> {
        let value = self.within(key, (low as f64, high as f64))?;
        if value.fract() == 0.0 {
            Ok(value as usize)
        } else {
            Err(self.inputs.wrong(key, word!("a whole number")))
        }
    }

    fn checked(&mut self, key: &str, fits: impl Fn(f64) -> bool, rule: &str) -> Result<f64, Error> {
        let value = self.number(key)?;
        if fits(value) {
            Ok(value)
        } else {
            Err(self.inputs.wrong(key, rule))
        }
    }

    /// Two numbers above zero, the second above the first.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if they are not.
    pub fn range(&mut self, low: &str, high: &str) -> Result<(f64, f64), Error> {
        let (from, to) = (self.positive(low)?, self.positive(high)?);
        if to > from {
            Ok((from, to))
        } else {
            let from = from.to_string();
            Err(self.inputs.wrong(high, &say!("above '{}', which is {}", low, from)))
        }
    }

    /// Value of a row as the name of a choice.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or no such name.
    pub fn choice<C: Choice>(&mut self, key: &str) -> Result<C, Error> {
        C::from_name(&self.text(key)?).map_err(|error| match error.kind() {
            ErrorKind::Input { allowed, .. } => self.inputs.wrong(key, allowed),
            _ => error,
        })
    }

    /// An error about the table that is read.
    #[must_use]
    pub fn error(&self, problem: impl Into<String>) -> Error {
        self.inputs.error(problem)
    }

    /// An error about the value of a row: what is allowed.
    #[must_use]
    pub fn wrong(&self, key: &str, allowed: &str) -> Error {
        self.inputs.wrong(key, allowed)
    }

    /// An error about the table that is read, for what does not fit together, at the line of one of its rows.
    #[must_use]
    pub fn error_at(&self, key: &str, problem: &str) -> Error {
        self.inputs.at(self.inputs.line(key), problem)
    }

    /// Checks that every row has been read.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) naming the rows that have not.
    pub fn finish(self) -> Result<(), Error> {
        let unread = self.read.iter().zip(&self.inputs.rows).filter(|(read, _)| !**read);
        let keys: Vec<_> = unread.map(|(_, row)| row.key.as_str()).collect();
        if let Some(first) = keys.first() {
            let some: Vec<_> = keys.iter().take(MOST_NAMED).map(|key| quoted(key)).collect();
            return Err(self.error_at(first, &say!("nothing reads {}", some.join(", "))));
        }
        let mut tables = self.named.iter().zip(&self.inputs.enclosed);
        match tables.find(|(named, _)| !**named) {
            Some((_, table)) => {
                let problem = say!("nothing reads {}", quoted(table.name()));
                Err(self.inputs.at(Line::At(table.line()), &problem))
            }
            None => Ok(()),
        }
    }
}
