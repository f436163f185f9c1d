//! Symbols with a subscript: the flavour of a neutrino, Bohr's magneton. In texts they are two letters, νe and μB; charts set the second lower.

/// Size of a subscript, in that of its text.
pub const SUBSCRIPT_EM: f64 = 0.75;
/// How much lower a subscript stands, in em of its text.
pub const DROP_EM: f64 = 0.2;

/// Pieces of a text, each with whether it is a subscript.
#[must_use]
pub fn pieces(text: &str) -> Vec<(String, bool)> {
    let mut pieces = vec![(String::new(), false)];
    let mut before = ' ';
    for sign in text.chars() {
        let lower = match before {
            // The second is the bar of an antineutrino.
            'ν' | '\u{304}' => matches!(sign, 'e' | 'μ' | 'τ'),
            'μ' => sign == 'B',
            _ => false,
        };
        if let Some((piece, is_lower)) = pieces.last_mut() {
            if *is_lower == lower {
                piece.push(sign);
            } else {
                pieces.push((sign.to_string(), lower));
            }
        }
        before = sign;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn letters_below_the_line() {
        for (text, expected) in [
            ("", &[("", false)] as &[_]),
            ("recoil energy  [keV]", &[("recoil energy  [keV]", false)]),
            ("dipole of νe", &[("dipole of ν", false), ("e", true)]),
            ("d  [μB]", &[("d  [μ", false), ("B", true), ("]", false)]),
            (
                "ν\u{304}μ and ντ",
                &[("ν\u{304}", false), ("μ", true), (" and ν", false), ("τ", true)],
            ),
            ("μ = 1, ν → N", &[("μ = 1, ν → N", false)]),
        ] {
            let found = pieces(text);
            let found: Vec<_> = found
                .iter()
                .map(|(piece, is_lower)| (piece.as_str(), *is_lower))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
