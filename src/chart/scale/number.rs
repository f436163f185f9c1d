//! Numbers as people write them.

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// `10⁻³`; the plain digits for 1 and 10.
#[must_use]
pub fn power_of_ten(exponent: i32) -> String {
    match exponent {
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        _ => format!("10{}", superscript(exponent)),
    }
}

/// A number as an exponent: `⁻³`.
#[must_use]
pub fn superscript(number: i32) -> String {
    let sign = if number < 0 { "⁻" } else { "" };
    let digits = number.unsigned_abs().to_string();
    let raised = digits.bytes().map(|digit| SUPERSCRIPTS[usize::from(digit - b'0')]);
    std::iter::once(sign.to_owned())
        .chain(raised.map(String::from))
        .collect()
}

/// `value` with `digits` significant digits: `0.0123`, `45.6`, `1.23 × 10⁻⁷`.
#[must_use]
pub fn scientific(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { "–".to_owned() };
    }
    // Through the formatter, so that 9.996 at three digits is 10.0 and not 9.100.
    let text = format!("{value:.*e}", digits.saturating_sub(1));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-3..5).contains(&exponent) {
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        minus(&format!("{value:.decimals$}"))
    } else {
        format!("{} × 10{}", minus(mantissa), superscript(exponent))
    }
}

/// `value` with a fixed number of decimals and a real minus sign.
#[must_use]
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    // Zero has no sign, also where a small number rounds to it.
    let is_zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    minus(if is_zero { text.trim_start_matches('-') } else { &text })
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// The power of ten above a positive value, with a fifth of it for room: axes that move in whole decades do not tremble.
#[must_use]
pub fn decade_above(value: f64) -> f64 {
    10_f64.powf((1.2 * value).log10().ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers() {
        assert_eq!(power_of_ten(-12), "10⁻¹²");
        assert_eq!(power_of_ten(0), "1");
        assert_eq!(power_of_ten(3), "10³");
    }

    #[test]
    fn significant_digits() {
        assert_eq!(scientific(9.996, 3), "10.0");
        assert_eq!(scientific(1.234e-7, 3), "1.23 × 10⁻⁷");
        assert_eq!(scientific(-0.0123, 2), "−0.012");
        assert_eq!(scientific(0.0, 3), "0");
        assert_eq!(scientific(f64::NAN, 3), "–");
        assert_eq!(decimal(-0.001, 2), "0.00");
        assert_eq!(decimal(-0.01, 2), "−0.01");
    }
}
