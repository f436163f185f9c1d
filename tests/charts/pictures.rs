//! Pictures of every view in every theme and at the widths of a phone, a tablet and a desk. A change of a picture is a change for the
//! visitor: look at the drawings (they are written to the test's folder in `target`), then accept with `INSTA_UPDATE=always`.

use crate::fixtures::{counting_chart, exclusion_chart, flux_bound_chart, ionisation_chart, recoil_chart};
use crate::svg::summary;
use dipole_portal::Choice;
use dipole_portal::chart::{Chart, Theme, ThemeName, to_svg};
use std::path::Path;

/// Widths and heights, in CSS pixels.
const SIZES_PX: [(u32, u32); 3] = [(390, 420), (768, 440), (1440, 560)];

fn compare(view: &str, chart: &Chart) {
    for theme in ThemeName::ALL {
        for (width, height) in SIZES_PX {
            let svg = to_svg(chart, &Theme::new(*theme), width, height).expect("a buffer can be drawn on");
            let name = format!("{view}-{theme}-{width}");
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
            std::fs::create_dir_all(&folder).expect("the folder can be made");
            std::fs::write(folder.join(format!("{name}.svg")), &svg).expect("the drawing can be written");
            insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
                insta::assert_snapshot!(name, summary(&svg));
            });
        }
    }
}

#[test]
fn recoil() {
    compare("recoil", &recoil_chart(true));
}

#[test]
fn ionisation() {
    compare("ionisation", &ionisation_chart(true));
}

#[test]
fn counting() {
    compare("counting", &counting_chart(true));
}

#[test]
fn flux_bound() {
    compare("flux-bound", &flux_bound_chart(2.0, true));
}

#[test]
fn exclusion() {
    compare("exclusion", &exclusion_chart());
}
