//! Numbers as text.

use lexical_parse_float::FromLexical;

/// Reads a number, rounded once; `None` for anything else, what is not finite included. (`str::parse` gives the same, with
/// tables of 10 kB that the page would have to carry.)
pub(crate) fn parse(text: &str) -> Option<f64> {
    f64::from_lexical(text.as_bytes())
        .ok()
        .filter(|value| value.is_finite())
}

/// Whether two texts are the same number, or the same words.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    match (parse(one), parse(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// A number to ten significant digits as the shortest text, without what rounding leaves behind them: `0.07632` for 0.9 times 0.0848.
pub(crate) fn text(value: f64) -> String {
    shortest(parse(&format!("{value:.9e}")).unwrap_or(value))
}

/// The fewest digits that read back as the same number, with an exponent where that is shorter.
#[must_use]
pub fn shortest(value: f64) -> String {
    let (plain, scientific) = (value.to_string(), format!("{value:e}"));
    if scientific.len() < plain.len() {
        scientific
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_standard_library_reads() {
        let hard = "9007199254740993 1e23 8.5e-322 2.2250738585072011e-308 1.7976931348623158e308 \
                    123456789012345678901234567890e-25 0.1 -0 +3 1. .5 1E-7 6.02214076e+23 4.9406564584124654e-324 1e-400 \
                    2.4703282292062327208e-324 0.500000000000000166533453693773481063544750213623046875";
        for text in hard.split_whitespace() {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn every_number_comes_back_from_its_text() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..100_000 {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let value = f64::from_bits(bits);
            if value.is_finite() {
                assert_eq!(parse(&format!("{value:e}")), Some(value));
                let short = format!("{value:.3e}");
                assert_eq!(parse(&short), short.parse().ok(), "{short}");
            }
        }
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in [
            "", " 1", "1 ", "1e", "e5", "-", "nan", "inf", "infinity", "1e400", "1,5", "0x10", "1_000", "1e5.0",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for (one, other, same) in [
            ("0.5", " 5e-1 ", true),
            ("0.5", "0.50001", false),
            ("on", "on ", true),
            ("on", "off", false),
            ("0", "-0", true),
            ("1", "one", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one}, {other}");
        }
    }

    #[test]
    fn text_has_no_noise() {
        for (value, expected) in [
            (0.9 * 0.0848, "0.07632"),
            (1.1 * 3.198e23, "3.5178e23"),
            (-0.998 * 0.5094, "-0.5083812"),
            (0.0, "0"),
            (50.0, "50"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(text(value), expected);
        }
    }
}
