//! A monkey at the page: whatever is done to it, it shows no error and no number that is none, and comes back from its address.

mod whole;

use crate::dice::Dice;
use crate::{Worker, choose, settle, typed};
use dipole_portal::analysis::literature::Literature;
use dipole_portal::chart::exclusion::{Piece, exclusion};
use dipole_portal::chart::{Chart, Mark, Values};
use dipole_portal::experiment::Registry;
use dipole_portal::page::action::Action;
use dipole_portal::page::parameters::Parameters;
use dipole_portal::page::pins::PinAction;
use dipole_portal::page::plane_frame::PlaneFrame;
use dipole_portal::page::pointer::Pointer;
use dipole_portal::page::session::Session;
use dipole_portal::page::view::{CurveEntry, PageView};

/// Every text of the page.
fn texts(view: &PageView) -> Vec<String> {
    // Complaints about boxes and address are left out: they repeat what was typed, whatever it was.
    let mut texts = Vec::new();
    for number in &view.controls.numbers {
        texts.extend([number.spoken.clone(), number.hint.clone()]);
    }
    let spectrum = &view.spectrum.content;
    texts.push(spectrum.caption.clone());
    texts.extend(
        spectrum
            .facts
            .iter()
            .flat_map(|fact| [fact.label.clone(), fact.text.clone()]),
    );
    texts.extend(
        spectrum
            .nuisances
            .iter()
            .flat_map(|row| [row.text.clone(), row.pull.clone()]),
    );
    texts.extend(spectrum.message.clone());
    let verdict = &view.verdict.content;
    texts.push(verdict.sentence.clone());
    texts.extend(verdict.warnings.iter().cloned());
    texts.extend(verdict.rows.iter().flat_map(|row| row.cells.clone()));
    let pins = view.pins.content.rows.iter();
    // A name is repeated as it was typed.
    texts.extend(pins.flat_map(|row| row.cells.clone()));
    texts.push(view.matched.content.text.clone());
    texts.push(view.work.content.status.clone());
    texts.extend(view.plane.content.readout.iter().map(|readout| readout.text.clone()));
    texts
}

/// What is wrong with any part of the page.
fn region_problems(view: &PageView) -> Vec<&String> {
    let regions = [
        &view.spectrum.problem,
        &view.plane.problem,
        &view.verdict.problem,
        &view.work.problem,
        &view.assumptions.problem,
        &view.pins.problem,
        &view.matched.problem,
        &view.own.problem,
    ];
    regions.into_iter().flatten().collect()
}

fn assert_sound(session: &Session, after: &str) {
    let view = session.view();
    assert_eq!(region_problems(&view), Vec::<&String>::new(), "{after}");
    for text in texts(&view) {
        for wrong in ["NaN", " inf", "None)", "Some("] {
            assert!(!text.contains(wrong), "{after}: '{text}'");
        }
    }
    for number in &view.controls.numbers {
        assert!(number.position.is_finite(), "{after}: slider of {}", number.key);
    }
    for entry in &view.plane.content.curves {
        assert!(is_explained(entry), "{after}: {entry:?}");
    }
    let plane = &view.plane.content.exclusion;
    let pieces = plane
        .computed
        .iter()
        .flat_map(|curve| curve.pieces.iter().chain(&curve.ceilings));
    for Piece {
        masses_mev,
        couplings_per_gev,
    } in pieces
    {
        assert!(
            are_positive(masses_mev) && are_positive(couplings_per_gev),
            "{after}: {plane:?}"
        );
    }
    let charts = [view.spectrum.content.chart.as_deref().cloned(), Some(exclusion(plane))];
    for chart in charts.into_iter().flatten() {
        assert!(has_numbers(&chart), "{after}: {chart:?}");
    }
}

/// A curve may have no result, but not a fault.
fn is_explained(entry: &CurveEntry) -> bool {
    entry
        .problem
        .as_ref()
        .is_none_or(|problem| problem.contains("gives no result"))
}

fn are_positive(values: &Values) -> bool {
    values.iter().all(|value| value.is_finite() && *value > 0.0)
}

/// Whether everything that is drawn is a number. (In the map a value may be missing: its column is still being computed.)
fn has_numbers(chart: &Chart) -> bool {
    let are_numbers = |values: &Values| values.iter().all(|value| value.is_finite());
    let layers = chart.panels.iter().flat_map(|panel| &panel.layers);
    layers.into_iter().all(|layer| match &layer.mark {
        Mark::Curve { x, y }
        | Mark::Contour { x, y }
        | Mark::Region { x, y }
        | Mark::Shade { x, y }
        | Mark::Heat { x, y, .. } => are_numbers(x) && are_numbers(y),
        Mark::Steps { edges, y } => are_numbers(edges) && are_numbers(y),
        Mark::Stack { edges, base, top } => are_numbers(edges) && are_numbers(base) && are_numbers(top),
        _ => true,
    })
}

const NUMBERS: [&str; 5] = ["mass", "coupling", "lindhard-k", "flux", "cl"];
const CHOICES: [(&str, &[&str]); 14] = [
    ("axis", &["usual", "linear", "logarithmic"]),
    ("held", &["0", "1"]),
    ("ratio", &["0", "1"]),
    (
        "experiment",
        &[
            "dresden-ii",
            "coherent-csi",
            "xenon1t",
            "pandax-4t",
            "conus-plus",
            "ship",
        ],
    ),
    ("flavor", &["e", "mu", "tau", "x"]),
    ("coupling-unit", &["GeV^-1", "MeV^-1", "mu_B"]),
    ("quenching", &["fef", "ybe", "lindhard"]),
    ("view", &["recoil", "data"]),
    ("dof", &["1", "2"]),
    ("theme", &["auto", "light", "dark", "projector"]),
    ("printed-sign", &["0", "1"]),
    ("nuclei-only", &["0", "1"]),
    (
        "reactor-flux",
        &["mueller-vogel", "kopeikin-mueller", "estienne-fallot", "none"],
    ),
    ("parts", &["0", "1"]),
];
const TYPED: [&str; 14] = [
    "1",
    "2,5",
    "1e-7",
    "1.5 × 10⁻⁷",
    "95 %",
    "90",
    "abc",
    "",
    "-1",
    "1e300",
    "NaN",
    "0.157",
    "3 MeV",
    "1e-10 mu_B",
];
const NAMES: [&str; 5] = [
    "",
    " a  b ",
    "<b>x</b>",
    "ä~;,:&=%+",
    "\u{7}\n😀 a name that is much longer than any name should be",
];
const ADDRESSES: [&str; 7] = [
    "pins=mass:5,quenching:ybe;mass:heavy,name:~;;flavor:tau&held=2,1&ratio=1",
    "",
    "experiment=coherent-csi&flavor=mu&mass=20&coupling=3e-7&view=data",
    "mass=heavy&flux=NaN&colour=red&%E0%A4%A",
    "experiment=xenon1t&flavor=tau&cl=0.901&dof=2",
    "flux-sun=5&flux-reactor=0.1&quenching=lindhard&lindhard-k=0.05",
    "curves=bbn,xenon1t,<img src=x onerror=alert(1)>",
];

/// Something that a visitor may do.
fn random_action(dice: &mut Dice) -> Action {
    match dice.below(30) {
        26 if dice.below(2) == 0 => Action::Pins(PinAction::Keep),
        26 => Action::Pins(PinAction::Remove(dice.below(13))),
        27 => match dice.below(3) {
            0 => Action::Pins(PinAction::Show(dice.below(13))),
            1 => Action::Pins(PinAction::First(dice.below(13))),
            _ => Action::Pins(PinAction::Name(dice.below(13), dice.of(&NAMES).to_owned())),
        },
        28 if dice.below(20) == 0 => Action::ShowBestFit,
        28 => Action::WalkAlongLimit(dice.below(2) == 0),
        0..=6 => Action::Slide {
            key: dice.of(&NUMBERS).to_owned(),
            position: 30.0 * dice.share() - 15.0,
        },
        7..=9 => {
            let key = dice.of(&NUMBERS);
            typed(key, dice.of(&TYPED))
        }
        10 => Action::Leave {
            key: dice.of(&NUMBERS).to_owned(),
        },
        11 => Action::Step {
            key: dice.of(&NUMBERS).to_owned(),
            steps: (dice.below(41) as f64) - 20.0,
        },
        12..=15 => {
            let (key, options) = CHOICES[dice.below(CHOICES.len())];
            choose(key, dice.of(options))
        }
        16 => Action::MovePoint {
            mass_mev: 10_f64.powf(6.0 * dice.share() - 3.0),
            coupling_per_gev: 10_f64.powf(14.0 * dice.share() - 15.0),
        },
        22 => Action::ShowPlane {
            frame: PlaneFrame {
                masses_mev: (10_f64.powf(dice.within(-9.0, 9.0)), 10_f64.powf(dice.within(-3.0, 3.0))),
                couplings_per_gev: (
                    10_f64.powf(dice.within(-14.0, 0.0)),
                    10_f64.powf(dice.within(-12.0, -3.0)),
                ),
            }
            .moved(
                (dice.within(-9.0, 9.0), 0.5),
                (0.5, dice.within(-9.0, 9.0)),
                dice.within(-1.0, 3.0),
            ),
            moving: dice.below(2) == 0,
        },
        23 => Action::Point(Some(Pointer::Place {
            mass_mev: 10_f64.powf(dice.within(-3.0, 3.0)),
            coupling_per_gev: 10_f64.powf(dice.within(-12.0, -3.0)),
            line: None,
        })),
        24 => Action::Point(Some(Pointer::Curve("sn1987a".to_owned()))),
        17 => Action::ToggleCurve {
            name: dice
                .of(&["bbn", "xenon1t", "coherent-csi", "ship_e", "nobody"])
                .to_owned(),
        },
        18 => Action::Address {
            text: dice.of(&ADDRESSES).to_owned(),
        },
        19 => Action::Undo,
        20 => Action::Redo,
        21 if dice.below(4) == 0 => Action::Reset,
        _ if dice.below(2) == 0 => Action::Compute,
        _ => Action::Cancel,
    }
}

/// 100,000 actions. After each the state comes back from its address; after every fiftieth the page is computed and looked at;
/// of the precise computations that are asked for, a worker does a piece of each.
#[test]
fn a_monkey_finds_nothing() {
    const ACTIONS: usize = 100_000;
    const LOOK: usize = 50;
    let registry = Registry::built_in().expect("sound tables");
    let names = Literature::new()
        .curves()
        .iter()
        .map(|curve| curve.name.clone())
        .collect::<Vec<_>>();
    let parameters = Parameters::new(&registry, names);
    let mut dice = Dice(20_261_125);
    let mut session = Session::built_in("").expect("sound tables");
    let mut worker = Worker::default();
    for count in 1..=ACTIONS {
        let action = random_action(&mut dice);
        let done = format!("action {count}, {action:?}");
        let effect = session.apply(action);
        let address = session.address();
        let (again, problems) = parameters.parse(&address);
        assert_eq!(&again, session.state(), "{done}: {address}");
        assert_eq!(problems, Default::default(), "{done}: {address}");
        if let Some(order) = effect.work {
            worker.take(order);
        }
        if count % LOOK == 0 {
            worker.work(&mut session, 1);
            let mut now_ms = 0.0;
            session.tick(&mut || {
                now_ms += 1.0;
                now_ms
            });
            assert_sound(&session, &done);
        }
    }
    settle(&mut session);
    assert_sound(&session, "at the end");
}
