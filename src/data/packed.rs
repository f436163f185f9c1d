//! Tables as the program carries them.

/// A table as it is in the program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Packed {
    /// As in its file.
    Plain(&'static str),
    /// Header and names of the columns as in the file, then a line for each column: `order decimals integer integer ...`. The
    /// numbers of the column, in units of the last of its decimals, are what these integers become when each is
    /// added to the sum of those before it, `order` times. Made by the build script, and exact.
    Differences(&'static str),
}

impl Packed {
    /// The table as text that says the same as its file; the numbers may be written in another way. `None` if it is
    /// malformed.
    pub(super) fn text(self) -> Option<String> {
        match self {
            Self::Plain(text) => Some(text.to_owned()),
            Self::Differences(text) => unpacked(text),
        }
    }
}

fn unpacked(packed: &str) -> Option<String> {
    let mut text = String::with_capacity(2 * packed.len());
    let mut lines = packed.lines();
    for line in lines.by_ref() {
        text.push_str(line);
        text.push('\n');
        if !line.starts_with('#') {
            break;
        }
    }
    let columns: Vec<Column> = lines.map(Column::read).collect::<Option<_>>()?;
    for row in 0..columns.first()?.integers.len() {
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(&column.integers.get(row)?.to_string());
            text.push_str(&column.ending);
        }
        text.push('\n');
    }
    Some(text)
}

struct Column {
    integers: Vec<i64>,
    /// What makes numbers of the integers: `e-4`.
    ending: String,
}

impl Column {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let order: usize = words.next()?.parse().ok()?;
        let decimals: u32 = words.next()?.parse().ok()?;
        let mut integers: Vec<i64> = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
        for _ in 0..order {
            let mut sum = 0_i64;
            for integer in &mut integers {
                sum = sum.checked_add(*integer)?;
                *integer = sum;
            }
        }
        Some(Self {
            integers,
            ending: format!("e-{decimals}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_sums_are_the_numbers() {
        let table = Packed::Differences("# title: t\na,b\n2 1 10 -5 1 1\n0 0 1 2 3 4");
        assert_eq!(
            table.text().expect("a sound table"),
            "# title: t\na,b\n10e-1,1e-0\n15e-1,2e-0\n21e-1,3e-0\n28e-1,4e-0\n"
        );
    }

    #[test]
    fn what_is_malformed_is_no_table() {
        for wrong in [
            "",
            "a\n0 x 1",
            "a\n0 1 1.5",
            "a,b\n0 0 1 2\n0 0 1",
            "a\n1 0 9223372036854775807 1",
        ] {
            assert_eq!(Packed::Differences(wrong).text(), None, "{wrong}");
        }
    }
}
