//! What text needs of room.

/// Height of a line of text, in em.
pub(in crate::chart) const LINE_EM: f64 = 1.15;

/// Width of a text, in em, by the mean widths of capitals and of other characters in common faces without serifs: enough to lay text out
/// where it cannot be measured.
pub(in crate::chart) fn width_em(text: &str) -> f64 {
    let width = |character: char| {
        if character.is_uppercase() || character.is_ascii_digit() {
            0.66
        } else {
            0.55
        }
    };
    text.chars().map(width).sum()
}
