//! Numbers as people type them: `1,5e-10`, `2 MeV`, `10^-1`, `95 %`, `1.5 × 10⁻⁷ GeV⁻¹`.
//!
//! A comma is a decimal sign, so there are no signs between thousands.

use crate::numerics::decimal;

/// A number as it was typed: `mantissa * 10^exponent`, and what stands behind it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed<'a> {
    /// Sign and digits with a decimal point, as [`decimal::parse`] reads them.
    mantissa: String,
    /// Power of ten; huge ones are cut, and overflow all the same.
    exponent: i64,
    /// What stands behind the number.
    pub(super) unit: &'a str,
}

/// Powers of ten beyond this are as good as it.
const HUGE: i64 = 100_000;

impl Typed<'_> {
    /// The number times `10^power`, rounded once; infinite if it is too large.
    pub(super) fn value(&self, power: i32) -> f64 {
        let text = format!("{}e{}", self.mantissa, self.exponent + i64::from(power));
        // What `read` lets through is a number, and one that is no float is too large.
        decimal::parse(&text).unwrap_or_else(|| f64::INFINITY.copysign(if text.starts_with('-') { -1.0 } else { 1.0 }))
    }
}

/// Reads a number; `None` if the text does not begin with one.
pub(super) fn read(text: &str) -> Option<Typed<'_>> {
    let mut rest = Rest(text.trim());
    let sign = if rest.sign()? { "-" } else { "" };
    rest.spaces();
    let digits = rest.decimal()?;
    let (digits, exponent) = match digits.as_str() {
        "10" => rest
            .power()
            .map_or((digits, None), |power| ("1".to_owned(), Some(power))),
        _ => (digits, None),
    };
    let exponent = exponent
        .or_else(|| rest.exponent())
        .or_else(|| rest.times_power())
        .unwrap_or(0);
    Some(Typed {
        mantissa: format!("{sign}{digits}"),
        exponent,
        unit: rest.0.trim(),
    })
}

/// What is still to be read. Every method takes what it reads off the front, or nothing.
#[derive(Clone, Copy)]
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn spaces(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Takes one of some signs.
    fn take(&mut self, signs: &[char]) -> bool {
        let shorter = self.0.strip_prefix(signs);
        self.0 = shorter.unwrap_or(self.0);
        shorter.is_some()
    }

    /// Takes a sign, and tells whether it is a minus.
    fn sign(&mut self) -> Option<bool> {
        let minus = self.take(&['-', '−', '–']);
        if !minus {
            self.take(&['+']);
        }
        Some(minus)
    }

    fn digits(&mut self) -> &'a str {
        let end = self.0.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at_checked(end).unwrap_or((self.0, ""));
        self.0 = rest;
        digits
    }

    /// Digits with at most one decimal sign, with a point for it.
    fn decimal(&mut self) -> Option<String> {
        let mut trial = *self;
        let whole = trial.digits();
        let fraction = if trial.take(&['.', ',']) { trial.digits() } else { "" };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        *self = trial;
        Some(if fraction.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{fraction}")
        })
    }

    /// A whole number with its sign.
    fn whole(&mut self) -> Option<i64> {
        let mut trial = *self;
        let minus = trial.sign()?;
        let digits = trial.digits();
        if digits.is_empty() {
            return None;
        }
        *self = trial;
        let size = digits.parse().unwrap_or(HUGE).min(HUGE);
        Some(if minus { -size } else { size })
    }

    /// `e-7`, `E+3`; an `e` without a number is the beginning of a unit.
    fn exponent(&mut self) -> Option<i64> {
        let mut trial = *self;
        trial.spaces();
        if !trial.take(&['e', 'E']) {
            return None;
        }
        let exponent = trial.whole()?;
        *self = trial;
        Some(exponent)
    }

    /// `^-7`, `**-7`, `^(-7)`, `^{-7}`, `⁻⁷`.
    fn power(&mut self) -> Option<i64> {
        let mut trial = *self;
        let power = match trial.raised() {
            Some(power) => power,
            None => {
                trial.spaces();
                trial.0 = trial.0.strip_prefix('^').or_else(|| trial.0.strip_prefix("**"))?;
                trial.spaces();
                let bracket = trial.take(&['(', '{']);
                let power = trial.whole()?;
                if bracket && !trial.take(&[')', '}']) {
                    return None;
                }
                power
            }
        };
        *self = trial;
        Some(power)
    }

    /// Raised digits.
    fn raised(&mut self) -> Option<i64> {
        const DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        let mut trial = *self;
        let minus = trial.take(&['⁻']);
        if !minus {
            trial.take(&['⁺']);
        }
        let mut power = None;
        while let Some(sign) = trial.0.chars().next() {
            let Some(digit) = DIGITS.chars().position(|raised| raised == sign) else {
                break;
            };
            power = Some((10 * power.unwrap_or(0) + digit as i64).min(HUGE));
            trial.take(&[sign]);
        }
        let power = power?;
        *self = trial;
        Some(if minus { -power } else { power })
    }

    /// `× 10^-7`, with any sign of multiplication.
    fn times_power(&mut self) -> Option<i64> {
        let mut trial = *self;
        trial.spaces();
        if !trial.take(&['×', '·', '⋅', '*', 'x', 'X']) {
            return None;
        }
        trial.spaces();
        trial.0 = trial.0.strip_prefix("10")?;
        let power = trial.power()?;
        *self = trial;
        Some(power)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(f64, &str)> {
        read(text).map(|typed| (typed.value(0), typed.unit))
    }

    #[test]
    fn what_people_type() {
        for (text, value, unit) in [
            ("1", 1.0, ""),
            ("1,5e-10", 1.5e-10, ""),
            (" 2 MeV", 2.0, "MeV"),
            ("2MeV", 2.0, "MeV"),
            ("2 eV", 2.0, "eV"),
            ("2eV", 2.0, "eV"),
            ("10^-1", 0.1, ""),
            ("10 ^ -1", 0.1, ""),
            ("10**-1", 0.1, ""),
            ("10^{-7}", 1e-7, ""),
            ("10⁻⁷", 1e-7, ""),
            ("10⁻⁷ GeV⁻¹", 1e-7, "GeV⁻¹"),
            ("10²", 100.0, ""),
            ("10", 10.0, ""),
            ("1.5×10^-7", 1.5e-7, ""),
            ("1.5 * 10^-7", 1.5e-7, ""),
            ("1,5 · 10⁻⁷ GeV^-1", 1.5e-7, "GeV^-1"),
            ("1.5x10^-7", 1.5e-7, ""),
            ("−1", -1.0, ""),
            ("1e−7", 1e-7, ""),
            ("1E+2", 100.0, ""),
            (".5", 0.5, ""),
            ("5.", 5.0, ""),
            ("95 %", 95.0, "%"),
            ("3e-7 GeV^-1", 3e-7, "GeV^-1"),
            ("3e-7/GeV", 3e-7, "/GeV"),
            ("2 x", 2.0, "x"),
            ("1 000", 1.0, "000"),
            ("1.2.3", 1.2, ".3"),
            ("2^3", 2.0, "^3"),
        ] {
            assert_eq!(number(text), Some((value, unit)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", " ", "abc", "-", ".", ",", "e5", "NaN", "inf", "--1", "×10^3"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn too_large_is_infinite_and_too_small_nothing() {
        let huge = "9".repeat(400);
        for text in ["1e999", "1e99999999999999999999999", "10^12345678901234567890", &huge] {
            assert_eq!(number(text), Some((f64::INFINITY, "")), "{text}");
        }
        assert_eq!(number("-1e999"), Some((f64::NEG_INFINITY, "")));
        assert_eq!(number("1e-999"), Some((0.0, "")));
    }

    #[test]
    fn a_unit_moves_the_point_without_rounding() {
        assert_eq!(read("68.27").map(|typed| typed.value(-2)), Some(0.6827));
        assert_eq!(read("3e-10").map(|typed| typed.value(3)), Some(3e-7));
    }
}
