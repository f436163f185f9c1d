mod polygons;
mod reading;
mod sides;
mod texono;

use super::*;

/// The curve of a name, from all that there are.
fn curve(name: &str) -> PublishedCurve {
    Literature::new().curve(name).expect("a known curve").clone()
}
