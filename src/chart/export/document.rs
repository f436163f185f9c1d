//! A chart as a drawing that stands for itself: its title above, below it what belongs to it.

use super::svg::{to_svg, with_subscripts};
use crate::chart::layout::text::{LINE_EM, width_em};
use crate::chart::theme::Color;
use crate::chart::{Chart, Theme};

/// What stands around a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Above it.
    pub title: String,
    /// Below it, a paragraph each: settings, sources.
    pub foot: Vec<String>,
    /// Where the foot leads: an address; may be empty.
    pub link: String,
}

/// Free space at the sides of the texts, in em.
const MARGIN_EM: f64 = 0.8;
/// Size of the foot's type, in that of the labels.
const FOOT_EM: f64 = 0.85;

/// A chart of `width` times `height` CSS pixels as an SVG document with its caption, which adds to the height; `None` if it could not be
/// drawn.
#[must_use]
pub fn to_captioned_svg(
    chart: &Chart,
    theme: &Theme,
    caption: &Caption,
    (width, height): (u32, u32),
) -> Option<String> {
    let drawing = to_svg(chart, theme, width, height)?;
    let drawing = drawing.get(drawing.find("<svg")?..)?;
    let (size_px, foot_px) = (theme.font_px, FOOT_EM * theme.font_px);
    let margin_px = MARGIN_EM * size_px;
    let head_px = 2.0 * size_px;
    let lines = wrapped(&caption.foot, (f64::from(width) - 2.0 * margin_px) / foot_px);
    let line_px = LINE_EM * foot_px;
    let total_px = (head_px + f64::from(height) + margin_px + line_px * lines.len() as f64).ceil();
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{total_px}\" viewBox=\"0 0 {width} {total_px}\" \
         font-family=\"system-ui, sans-serif\">\n<title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        escaped(&caption.title),
        escaped(&chart.description),
        hex(theme.paper)
    );
    text.push_str(&line(
        &caption.title,
        (margin_px, 1.4 * size_px),
        1.1 * size_px,
        theme.ink,
    ));
    // A drawing within the drawing has its own units and its own place.
    text.push_str(&drawing.replacen("<svg", &format!("<svg y=\"{head_px:.1}\""), 1));
    text.push('\n');
    if !caption.link.is_empty() {
        text.push_str(&format!("<a href=\"{}\">\n", escaped(&caption.link)));
    }
    for (number, said) in (1_u32..).zip(&lines) {
        let y = head_px + f64::from(height) + line_px * f64::from(number);
        text.push_str(&line(said, (margin_px, y), foot_px, theme.faint));
    }
    if !caption.link.is_empty() {
        text.push_str("</a>\n");
    }
    text.push_str("</svg>\n");
    Some(text)
}

fn line(said: &str, (x, y): (f64, f64), size_px: f64, color: Color) -> String {
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size_px:.1}\" fill=\"{}\">{}</text>\n",
        hex(color),
        with_subscripts(&escaped(said))
    )
}

/// Paragraphs as lines of at most `width` em; a word that is wider, an address for instance, is broken.
#[must_use]
pub fn wrapped(paragraphs: &[String], width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let mut line = String::new();
        for word in paragraph.split_whitespace().flat_map(|word| pieces(word, width)) {
            if !line.is_empty() && width_em(&line) + width_em(&word) + width_em(" ") > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// A word in pieces of at most `width` em.
fn pieces(word: &str, width: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for sign in word.chars() {
        if let Some(piece) = pieces.last_mut() {
            piece.push(sign);
            if width_em(piece) > width {
                piece.pop();
                pieces.push(sign.to_string());
            }
        }
    }
    pieces
}

/// A text between tags or in an attribute; signs that XML does not know at all are left out.
fn escaped(text: &str) -> String {
    let mut written = String::new();
    for sign in text.chars().filter(|sign| !sign.is_control()) {
        match sign {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            _ => written.push(sign),
        }
    }
    written
}

fn hex((red, green, blue): Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ThemeName;
    use crate::chart::exclusion::{ExclusionView, exclusion};

    const SIZE_PX: (u32, u32) = (640, 400);

    fn document(caption: &Caption) -> String {
        let chart = exclusion(&ExclusionView::empty("dipole of νe", (0.01, 100.0), (1e-12, 1e-3)));
        to_captioned_svg(&chart, &Theme::new(ThemeName::Light), caption, SIZE_PX).expect("a drawing")
    }

    /// Every tag that opens closes, in order; what is said is no markup.
    fn check_well_formed(svg: &str) {
        let mut open = Vec::new();
        for part in svg.split('<').skip(1) {
            let (tag, _) = part.split_once('>').expect("a tag ends");
            let name = tag.split([' ', '\n']).next().unwrap_or_default();
            if let Some(name) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name.to_owned()));
            } else if !tag.ends_with('/') {
                open.push(name.to_owned());
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn a_drawing_has_title_settings_and_link_and_what_they_say_is_no_markup() {
        let svg = document(&Caption {
            title: "Limits <b> & more".to_owned(),
            foot: vec!["m = 1 MeV".to_owned(), "Dipole Portal".to_owned()],
            link: "https://host/?a=\"b\"#v=1&mass=2".to_owned(),
        });
        check_well_formed(&svg);
        for said in [
            ">Limits &lt;b&gt; &amp; more</text>",
            ">m = 1 MeV</text>",
            "<a href=\"https://host/?a=&quot;b&quot;#v=1&amp;mass=2\">",
            "10⁻⁷",
        ] {
            assert!(svg.contains(said), "no {said}");
        }
        assert_eq!(svg.matches("<svg").count(), 2);
        check_well_formed(&document(&Caption::default()));
    }

    #[test]
    fn a_long_foot_is_wrapped_and_makes_the_drawing_higher() {
        let height = |svg: &str| -> f64 {
            let (_, rest) = svg.split_once("height=\"").expect("a height");
            rest.split_once('"')
                .and_then(|(height, _)| height.parse().ok())
                .expect("a number")
        };
        let with = |words: usize| {
            document(&Caption {
                foot: vec!["setting ".repeat(words)],
                ..Caption::default()
            })
        };
        let (short, long) = (with(3), with(60));
        assert!(height(&short) > 400.0 && height(&long) > height(&short) + 30.0);
        for line in wrapped(&["setting ".repeat(60)], 40.0) {
            assert!(width_em(&line) <= 40.0, "{line}");
        }
    }
}
