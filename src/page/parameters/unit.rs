//! Units in which people write a number.

use crate::physics::units::BOHR_MAGNETON_PER_GEV;

/// A unit of a parameter, against the unit in which its value is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Its name in the address and on the command line, empty for a pure number.
    pub name: &'static str,
    /// As it is written in text.
    pub symbol: &'static str,
    /// Other spellings, without spaces, hats, underscores and brackets.
    spellings: &'static [&'static str],
    /// One of this unit is `factor * 10^power` of the unit that is kept. The power is kept apart, because it moves the
    /// decimal point of what is typed without rounding.
    power: i32,
    factor: f64,
}

impl Unit {
    const fn decimal(name: &'static str, symbol: &'static str, spellings: &'static [&'static str], power: i32) -> Self {
        Self {
            name,
            symbol,
            spellings,
            power,
            factor: 1.0,
        }
    }

    /// Power of ten of the unit that is kept.
    pub(super) fn power(&self) -> i32 {
        self.power
    }

    /// What is left of the ratio to the unit that is kept.
    pub(super) fn factor(&self) -> f64 {
        self.factor
    }

    /// A value of the unit that is kept, in this unit.
    #[must_use]
    pub fn of(&self, value: f64) -> f64 {
        value / self.factor / 10_f64.powi(self.power)
    }

    /// Whether a text means this unit. Small letters throughout are taken too; `meV` is not `MeV`.
    pub(super) fn is_written(&self, text: &str) -> bool {
        let typed = plain(text);
        let same = |spelling: &str| typed == spelling || typed == spelling.to_ascii_lowercase();
        self.spellings.iter().any(|spelling| same(spelling))
    }
}

/// A unit without what is written in many ways: spaces, hats, raised digits, underscores, brackets, the Greek mu.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for sign in text.chars() {
        match sign {
            ' ' | '\u{a0}' | '\u{202f}' | '^' | '*' | '_' | '(' | ')' | '{' | '}' => {}
            'μ' | 'µ' => plain.push_str("mu"),
            '⁻' | '−' => plain.push('-'),
            '¹' => plain.push('1'),
            other => plain.push(other),
        }
    }
    plain
}

/// Units of a mass; kept in MeV.
pub(super) static MASS: [Unit; 4] = [
    Unit::decimal("MeV", "MeV", &["MeV", "MeV/c²"], 0),
    Unit::decimal("eV", "eV", &["eV"], -6),
    Unit::decimal("keV", "keV", &["keV"], -3),
    Unit::decimal("GeV", "GeV", &["GeV"], 3),
];

/// Units of a coupling; kept in GeV^-1.
pub(super) static COUPLING: [Unit; 3] = [
    Unit::decimal("GeV^-1", "GeV⁻¹", &["GeV-1", "1/GeV", "/GeV"], 0),
    Unit::decimal("MeV^-1", "MeV⁻¹", &["MeV-1", "1/MeV", "/MeV"], 3),
    Unit {
        name: "mu_B",
        symbol: "μB",
        spellings: &["muB", "Bohrmagneton", "Bohrmagnetons"],
        power: 0,
        factor: BOHR_MAGNETON_PER_GEV,
    },
];

/// Pure numbers, also in per cent.
pub(super) static NUMBER: [Unit; 2] = [
    Unit::decimal("", "", &["", "x", "×", "times"], 0),
    Unit::decimal("%", "%", &["%", "percent"], -2),
];
