//! Drawings to read.

use std::fmt::Write;

/// The drawing's units to a CSS pixel.
const UNITS_PER_PX: f64 = 8.0;

/// A text in a drawing: what it says, where it is anchored and how large it is, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) size: f64,
}

/// The attributes of an element as written.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn pixels(element: &str, name: &str) -> f64 {
    let value = attribute(element, name).and_then(|value| value.parse::<f64>().ok());
    value.expect("the attribute is a number") / UNITS_PER_PX
}

/// Every text of a drawing.
pub(crate) fn texts(svg: &str) -> Vec<Text> {
    svg.split("<text").skip(1).map(text).collect()
}

fn text(element: &str) -> Text {
    let (tag, rest) = element.split_once('>').expect("a tag ends");
    let said = rest.split_once("</text>").map_or("", |(said, _)| said);
    // A subscript as TeX has it; the space behind it has no width.
    let mut parts = said.split("<tspan ");
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (tag, said) = part.split_once('>').expect("a tag ends");
        plain.push_str(if tag.contains("font-size") { "_" } else { "" });
        plain.push_str(&said.replace("</tspan>", "").replace('\u{200b}', ""));
    }
    Text {
        text: plain.trim().to_owned(),
        x: pixels(tag, "x"),
        y: pixels(tag, "y"),
        size: pixels(tag, "font-size"),
    }
}

/// A drawing as a list that a person can compare: one line a kind of stroke, with places in whole CSS pixels; strokes of one kind that
/// follow each other (dashes, ticks) share a line.
pub(crate) fn summary(svg: &str) -> String {
    let mut summary = String::new();
    let mut last = String::new();
    for element in svg.split('<').skip(1) {
        let Some((kind, places)) = described(element) else {
            continue;
        };
        if kind == last {
            let _ = write!(summary, " | {places}");
        } else {
            let _ = write!(summary, "\n{kind}: {places}");
            last = kind;
        }
    }
    summary.trim_start().to_owned()
}

/// Kind and looks of an element, and where it is.
fn described(element: &str) -> Option<(String, String)> {
    let value = |name| attribute(element, name).unwrap_or("");
    let px = |value: &str| match value.parse::<f64>() {
        Ok(number) => (number / UNITS_PER_PX).round().to_string(),
        Err(_) => value.to_owned(),
    };
    let name = element.split([' ', '>', '\n']).next().unwrap_or("");
    let looks = |names: &[&str]| -> String {
        let all: Vec<&str> = names
            .iter()
            .map(|name| attribute(element, name).unwrap_or(""))
            .collect();
        format!("{name} {}", all.join(" "))
    };
    match name {
        "polyline" | "polygon" => {
            let pairs = value("points").split([' ', ',']).filter(|part| !part.is_empty());
            let places: Vec<String> = pairs.map(px).collect();
            let places: Vec<String> = places.chunks(2).map(|pair| pair.join(",")).collect();
            Some((looks(&["stroke", "stroke-width", "fill", "opacity"]), places.join(" ")))
        }
        "rect" => {
            let places = ["x", "y", "width", "height"].map(|name| px(value(name)));
            Some((looks(&["fill", "opacity"]), places.join(" ")))
        }
        "circle" => {
            let places = ["cx", "cy", "r"].map(|name| px(value(name)));
            Some((looks(&["fill", "opacity"]), places.join(" ")))
        }
        "line" => {
            let places = ["x1", "y1", "x2", "y2"].map(|name| px(value(name)));
            Some((looks(&["stroke", "stroke-width", "opacity"]), places.join(" ")))
        }
        "text" => {
            let text = text(&element["text".len()..]);
            let turn = if value("transform").is_empty() { "" } else { " turned" };
            let kind = format!("text {} {} {}{turn}", value("fill"), text.size, value("text-anchor"));
            Some((kind, format!("{} {} '{}'", text.x.round(), text.y.round(), text.text)))
        }
        _ => None,
    }
}
