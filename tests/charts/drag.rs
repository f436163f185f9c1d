//! What moves and what stays while the visitor drags the point.

use crate::fixtures::{exclusion_chart, plane};
use crate::svg::{Text, texts};
use dipole_portal::chart::exclusion::{ExclusionView, exclusion};
use dipole_portal::chart::{
    Chart, LabelMemory, Layout, Resolution, Theme, ThemeName, render_moving, render_still, to_svg,
};
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use std::collections::BTreeMap;

const SIZE_PX: (u32, u32) = (768, 440);
const UNITS_PER_PX: u32 = 8;
const RESOLUTION: Resolution = Resolution {
    units_per_px: UNITS_PER_PX as f64,
    units_per_dot: 1,
    text_scale: 1.24,
};
const FRAMES: usize = 120;
/// A name that moves farther than this from one frame to the next is lost from sight.
const JUMP_PX: f64 = 30.0;

/// Jumps of all names in a whole drag: the point goes right over some of them, and they have to give way.
const MOST_JUMPS: usize = 3;

/// What a drag draws in each of its frames: the point goes across the plane, and the curves follow a slider a little.
fn frame(index: usize) -> ExclusionView {
    let time = index as f64 / FRAMES as f64;
    let mass_mev = 10_f64.powf(-1.8 + 4.2 * time);
    let coupling_per_gev = 10_f64.powf(-9.0 + 4.5 * time - 1.2 * (9.0 * time).sin());
    plane(0.25 * (7.0 * time).sin(), (mass_mev, coupling_per_gev))
}

/// The part of a chart that moves, drawn alone.
fn moving(chart: &Chart, memory: &mut LabelMemory) -> (String, Layout) {
    let mut text = String::new();
    let size = (SIZE_PX.0 * UNITS_PER_PX, SIZE_PX.1 * UNITS_PER_PX);
    let layout = {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        let theme = Theme::new(ThemeName::Light);
        let layout = render_moving(chart, &theme, &area, RESOLUTION, memory).expect("a buffer");
        area.present().expect("a buffer");
        layout
    };
    (text, layout)
}

/// The part of a chart that stays, drawn alone.
fn still(chart: &Chart) -> String {
    let mut text = String::new();
    let size = (SIZE_PX.0 * UNITS_PER_PX, SIZE_PX.1 * UNITS_PER_PX);
    {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        render_still(chart, &Theme::new(ThemeName::Light), &area, RESOLUTION).expect("a buffer");
        area.present().expect("a buffer");
    }
    text
}

/// The names in every frame of a drag.
fn drag(forgetful: bool) -> Vec<Vec<Text>> {
    let mut memory = LabelMemory::default();
    let frames = (0..FRAMES).map(|index| {
        if forgetful {
            memory.forget();
        }
        texts(&moving(&exclusion(&frame(index)), &mut memory).0)
    });
    frames.collect()
}

/// How often a name is more than [`JUMP_PX`] from where it was last seen.
fn jumps(frames: &[Vec<Text>]) -> usize {
    let mut seen = BTreeMap::<&str, (f64, f64)>::new();
    let mut jumps = 0;
    for text in frames.iter().flatten() {
        let before = seen.insert(&text.text, (text.x, text.y));
        jumps += usize::from(before.is_some_and(|(x, y)| (text.x - x).hypot(text.y - y) > JUMP_PX));
    }
    jumps
}

#[test]
fn names_keep_their_places_in_a_drag() {
    let (kept, anew) = (jumps(&drag(false)), jumps(&drag(true)));
    println!("{kept} jumps with a memory, {anew} without");
    assert!(kept <= MOST_JUMPS, "{kept} jumps");
    // Were it not so, the drag would not show what the memory is good for.
    assert!(anew > 20, "{anew} jumps without a memory");
}

#[test]
fn computed_curves_are_named_in_every_frame() {
    for (index, texts) in drag(false).iter().enumerate() {
        for name in ["Dresden-II", "COHERENT", "XENON1T", "PandaX-4T: everything excluded"] {
            assert!(texts.iter().any(|text| text.text == name), "no {name} in frame {index}");
        }
    }
}

#[test]
fn no_name_covers_the_point_or_another_name() {
    /// Half the mean width of a character and half the height of a text, in em: less than what they take at most.
    const HALF_EM: (f64, f64) = (0.25, 0.4);
    let mut memory = LabelMemory::default();
    for index in 0..FRAMES {
        let view = frame(index);
        let chart = exclusion(&view);
        let (svg, layout) = moving(&chart, &mut memory);
        let (panel, (mass, coupling)) = (&chart.panels[0], view.point.expect("there is a point"));
        let (x, y) = layout.frames[0].pixel(panel.x.fraction(mass), panel.y.fraction(coupling));
        let names = texts(&svg);
        // plotters writes nominal sizes.
        let half = |text: &Text| {
            let em = text.size / RESOLUTION.text_scale;
            (HALF_EM.0 * em * text.text.chars().count() as f64, HALF_EM.1 * em)
        };
        for (place, text) in names.iter().enumerate() {
            let (width, height) = half(text);
            let clear = (text.x - x).abs() > width + 5.0 || (text.y - y).abs() > height + 5.0;
            assert!(clear, "'{}' covers the point in frame {index}", text.text);
            for other in &names[..place] {
                let (other_width, other_height) = half(other);
                let apart =
                    (text.x - other.x).abs() > width + other_width || (text.y - other.y).abs() > height + other_height;
                assert!(apart, "'{}' covers '{}' in frame {index}", text.text, other.text);
            }
        }
    }
}

#[test]
fn a_name_may_move_when_the_drag_is_over() {
    let mut memory = LabelMemory::default();
    for index in 0..FRAMES {
        moving(&exclusion(&frame(index)), &mut memory);
    }
    let last = exclusion(&frame(FRAMES - 1));
    memory.forget();
    let (settled, _) = moving(&last, &mut memory);
    let (fresh, _) = moving(&last, &mut LabelMemory::default());
    assert_eq!(settled, fresh);
}

#[test]
fn what_stays_is_drawn_once_for_a_whole_drag() {
    let first = exclusion(&frame(0));
    let picture = still(&first);
    for name in ["mass of N  [MeV]", "coupling d  [GeV⁻¹]"] {
        assert!(picture.contains(name), "no '{name}' in the part that stays");
    }
    for index in 1..FRAMES {
        let chart = exclusion(&frame(index));
        assert!(first.has_same_still_part(&chart));
        if index % 20 == 0 {
            assert_eq!(still(&chart), picture, "frame {index}");
        }
    }
}

#[test]
fn the_part_that_stays_is_not_that_of_another_plane() {
    let (first, mut other) = (frame(0), frame(0));
    other.published.pop();
    assert!(!exclusion(&first).has_same_still_part(&exclusion(&other)));
    let other = ExclusionView {
        coupling_per_gev: (1e-11, 1e-3),
        ..frame(0)
    };
    assert!(!exclusion(&first).has_same_still_part(&exclusion(&other)));
}

#[test]
fn a_document_is_both_parts_one_upon_the_other() {
    let chart = exclusion_chart();
    let whole = to_svg(&chart, &Theme::new(ThemeName::Light), SIZE_PX.0, SIZE_PX.1).expect("a buffer");
    let body = |svg: &str| {
        let (_, body) = svg.split_once('>').expect("a tag ends");
        body.trim().trim_end_matches("</svg>").trim().to_owned()
    };
    let (below, above) = (
        body(&still(&chart)),
        body(&moving(&chart, &mut LabelMemory::default()).0),
    );
    assert_eq!(body(&whole), format!("{below}\n{above}"));
}

#[test]
fn published_points_are_shared_and_not_copied() {
    let view = frame(0);
    let chart = exclusion(&view);
    let shared = view.published.iter().all(|line| {
        chart.panels[0].layers.iter().any(|layer| match &layer.mark {
            dipole_portal::chart::Mark::Curve { x, .. } | dipole_portal::chart::Mark::Region { x, .. } => {
                std::ptr::eq(x.as_ptr(), line.masses_mev.as_ptr())
            }
            _ => false,
        })
    });
    assert!(shared);
}
