//! The same with everything that there is to do: changed inputs, added and own experiments, combinations, weights, workers that fail, files.
//! What is asked here may have no answer; then there is a sentence for it.

use super::{NAMES, has_numbers, random_action, region_problems, texts};
use crate::dice::Dice;
use crate::{Worker, choose, settle, typed};
use dipole_portal::analysis::jobs::{Job, JobStore};
use dipole_portal::chart::exclusion::exclusion;
use dipole_portal::data;
use dipole_portal::experiment::Registry;
use dipole_portal::page::action::{Action, WorkOrder};
use dipole_portal::page::export::{Document, Format, Subject};
use dipole_portal::page::inputs::InputControl;
use dipole_portal::page::pins::PinAction;
use dipole_portal::page::session::Session;
use dipole_portal::page::view::PageView;
use dipole_portal::work::{Event, Generation, Job as _, JobFailure, Unavailable};

/// Experiments that an address or a button brings, beside those of the paper.
const SAMPLES: [&str; 14] = [
    "conus-plus",
    "xenonnt-s2",
    "coherent-lar",
    "xenonnt-er",
    "lz-er",
    "relics",
    "nucleus-cawo4",
    "xenon-200ty",
    "conus-plus-x10",
    "reactor-counting",
    "sns-photoelectrons",
    "sun-efficiency",
    "nobody",
    "",
];
const WEIGHTS: [&str; 9] = [
    "",
    "1:1:1",
    "1:0:0",
    "0:1:1",
    "0.3:0,7:2",
    "0:0:0",
    "1:2",
    "a:b:c",
    "1e-9:1:1e9",
];
const VALUES: [&str; 16] = [
    "0", "1", "0.5", "1e-12", "1e12", "-1", "", "abc", "NaN", "100 %", "3 kg", "1e300", "off", "2", "0.05", "1e-300",
];
/// Values with which a cell of a table is broken, or not.
const CELLS: [&str; 16] = [
    "0",
    "-1",
    "1e9",
    "1e-9",
    "",
    "NaN",
    "inf",
    "off",
    "on",
    "sun",
    "Xe",
    "0.5",
    "\"",
    "<b>",
    "=1+1",
    "\u{202e}x",
];
const OWN_NAMES: [&str; 5] = ["Mine", "Another <i>one</i>", "=cmd", "\u{202e}reversed", "Mine"];

/// What can be changed about every experiment: names of inputs with their options, if they have any.
fn inputs() -> Vec<(String, Vec<String>)> {
    let mut inputs = Vec::new();
    let known = ["dresden-ii", "coherent-csi", "xenon1t", "pandax-4t"];
    for experiment in known
        .into_iter()
        .chain(SAMPLES.into_iter().filter(|name| !name.is_empty()))
    {
        let session = Session::built_in(&format!("experiment={experiment}&add={experiment}")).expect("sound tables");
        for row in session.view().inputs.rows {
            let options = match row.control {
                InputControl::Options(options) => options.into_iter().map(|(name, _)| name).collect(),
                InputControl::Slider { .. } => Vec::new(),
            };
            if !inputs.iter().any(|(name, _)| *name == row.name) {
                inputs.push((row.name, options));
            }
        }
    }
    inputs
}

/// A text of an experiment of one's own: a shipped one with another name, and perhaps with something wrong in it.
fn own_text(dice: &mut Dice) -> String {
    let names: Vec<_> = data::templates().into_iter().chain(data::projections()).collect();
    let text = data::text(names[dice.below(names.len())])
        .expect("a shipped table")
        .into_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..dice.below(3) {
        let at = dice.below(lines.len());
        let mut cells: Vec<&str> = lines[at].split(',').collect();
        let cell = dice.below(2).min(cells.len() - 1);
        cells[cell] = dice.of(&CELLS);
        lines[at] = cells.join(",");
    }
    // A name is repeated as it is: none that looks like a number that is none.
    for line in &mut lines {
        if line.starts_with("name,") {
            *line = format!("name,{},,Experiment,,", dice.of(&OWN_NAMES));
        }
    }
    lines.join("\n")
}

/// Something that a visitor may do, the workshop and its workers included.
fn whole_action(dice: &mut Dice, inputs: &[(String, Vec<String>)]) -> Action {
    match dice.below(100) {
        0..=13 => {
            let (name, options) = &inputs[dice.below(inputs.len())];
            let key = name.clone();
            match dice.below(4) {
                _ if !options.is_empty() => choose(name, &options[dice.below(options.len())]),
                0 => Action::Slide {
                    key,
                    position: 30.0 * dice.share() - 15.0,
                },
                1 => Action::Step {
                    key,
                    steps: (dice.below(41) as f64) - 20.0,
                },
                _ => typed(name, dice.of(&VALUES)),
            }
        }
        14 => Action::ResetInput {
            name: inputs[dice.below(inputs.len())].0.clone(),
        },
        15 => Action::ResetInput {
            name: dice.of(&["dresden-ii", "coherent-csi", "relics", "nobody"]).to_owned(),
        },
        16 | 17 => choose("experiment", dice.of(&SAMPLES)),
        18 => Action::AddSample {
            name: dice.of(&SAMPLES).to_owned(),
        },
        19 => Action::AddText { text: own_text(dice) },
        20 => {
            let name = dice.of(&[
                "mine",
                "another-i-one-i",
                "cmd",
                "reversed",
                "relics",
                "lz-er",
                "dresden-ii",
            ]);
            Action::RemoveExperiment { name: name.to_owned() }
        }
        21 => Action::CopyExperiment,
        22..=24 => {
            let name = dice.of(&[
                "dresden-ii",
                "coherent-csi",
                "xenon1t",
                "pandax-4t",
                "coherent-lar",
                "mine",
                "x",
            ]);
            Action::Combine {
                experiment: name.to_owned(),
            }
        }
        25 | 26 => typed("weights", dice.of(&WEIGHTS)),
        27 => choose("expected", dice.of(&["0", "1"])),
        28 => choose("decay-lines", dice.of(&["none", "dirac", "majorana"])),
        29 => choose("sides", dice.of(&["one", "two"])),
        30 => Action::LookAtSensitivity(dice.below(2) == 0),
        31 => Action::ShowBestFit,
        32 => Action::Tables(dice.below(2).eq(&0).then(|| "### limits/x\nrubbish".to_owned())),
        33 => Action::Work(
            Box::new(Event::Unavailable {
                reason: Unavailable::Refused,
            }),
            None,
        ),
        34 => Action::Address { text: address(dice) },
        35 => Action::Pins(PinAction::Name(dice.below(3), dice.of(&NAMES).to_owned())),
        36 => Action::Reset,
        37..=41 => Action::Undo,
        42..=44 => Action::Redo,
        _ => random_action(dice),
    }
}

/// An address with something that only the workshop can do.
fn address(dice: &mut Dice) -> String {
    let name = dice.of(&SAMPLES);
    match dice.below(6) {
        0 => format!("experiment={name}&view=data&sides=one"),
        1 => format!("combine=dresden-ii,{name}&expected=1"),
        2 => format!("{name}.exposure=10&experiment={name}&decay-lines=dirac"),
        3 => format!("pins=experiment:{name},mass:3;weights:1~c1~c1,flavor:mu&ratio=1&view=data"),
        4 => format!("own=key,value%0aname,{name}&weights=1:1:0"),
        _ => format!("add={name},relics,relics&curves={name}&held=-1e300,1e300"),
    }
}

/// Workers that may also have no answer.
#[derive(Default)]
struct Unreliable {
    worker: Worker,
    store: JobStore,
    failed: usize,
}

impl Unreliable {
    fn take(&mut self, order: WorkOrder) {
        self.worker.take(order);
    }

    /// Does one job, and tells what came of it.
    fn work(&mut self, session: &mut Session) {
        let Some(generation) = self.worker.generation else {
            return;
        };
        let Some(job) = self.worker.jobs.pop() else {
            self.worker.generation = None;
            session.apply(Action::Work(Box::new(Event::Finished { generation }), None));
            return;
        };
        let event = self.answer(generation, job);
        session.apply(Action::Work(Box::new(event), None));
    }

    fn answer(&mut self, generation: Generation, job: Job) -> Event<Job> {
        match job.run(&mut self.store, &mut || {}) {
            Ok(answer) => Event::Answered {
                generation,
                job,
                answer,
            },
            Err(error) => {
                assert!(!error.to_string().is_empty());
                self.failed += 1;
                Event::Failed {
                    generation,
                    job,
                    failure: JobFailure::Own(error),
                }
            }
        }
    }
}

/// What is said to be wrong, and where.
fn problems(view: &PageView) -> Vec<&String> {
    let numbers = view
        .controls
        .numbers
        .iter()
        .filter_map(|number| number.problem.as_ref());
    let boxes = view.controls.texts.iter().filter_map(|text| text.problem.as_ref());
    let curves = view
        .plane
        .content
        .curves
        .iter()
        .filter_map(|entry| entry.problem.as_ref());
    let inputs = view.inputs.rows.iter().filter_map(|row| row.problem.as_ref());
    region_problems(view)
        .into_iter()
        .chain(numbers)
        .chain(boxes)
        .chain(curves)
        .chain(inputs)
        .chain(&view.problems)
        .collect()
}

/// Numbers are numbers, and what is wrong is said in words.
fn assert_sound(view: &PageView, after: &str) {
    for problem in problems(view) {
        assert!(
            problem.trim().len() > 3 && !problem.contains("Some("),
            "{after}: '{problem}'"
        );
    }
    let inputs = view.inputs.rows.iter();
    let marks = inputs.filter_map(|row| row.table.clone());
    for text in texts(view).into_iter().chain(marks) {
        for wrong in ["NaN", " inf", "-inf", "None)", "Some("] {
            assert!(!text.contains(wrong), "{after}: '{text}'");
        }
    }
    for number in &view.controls.numbers {
        assert!(number.position.is_finite(), "{after}: slider of {}", number.key);
    }
    for row in &view.inputs.rows {
        if let InputControl::Slider {
            track: (low, high, step),
            position,
        } = row.control
        {
            let numbers = [low, high, step, position];
            assert!(
                numbers.iter().all(|number| number.is_finite()) && low < high,
                "{after}: {row:?}"
            );
        }
    }
    let charts = [
        view.spectrum.content.chart.as_deref().cloned(),
        Some(exclusion(&view.plane.content.exclusion)),
    ];
    for chart in charts.into_iter().flatten() {
        assert!(has_numbers(&chart), "{after}: {chart:?}");
        let axes = chart
            .panels
            .iter()
            .flat_map(|panel| [panel.x.low, panel.x.high, panel.y.low, panel.y.high]);
        assert!(axes.into_iter().all(f64::is_finite), "{after}");
    }
}

/// The state comes back from its address. An experiment of one's own that is too long for it does not; then nothing is asked.
fn assert_restorable(registry: &Registry, session: &Session, after: &str) -> bool {
    if !session.state().extra.fits() {
        return false;
    }
    let address = session.address();
    assert!(address.len() < 40_000, "{after}: {} bytes", address.len());
    let again = Session::new(registry.clone(), &address);
    assert_eq!(again.state(), session.state(), "{after}: {address}");
    assert_eq!(again.view().problems, Vec::<String>::new(), "{after}: {address}");
    assert_eq!(again.address(), address, "{after}");
    true
}

/// A file without a number that is none, and of bounded size.
fn assert_numbers(file: &Document, format: Format, what: &str) {
    assert!(file.text.len() < 4_000_000, "{what}: {} bytes", file.text.len());
    match format {
        Format::Csv => {
            let lines = file.text.lines().filter(|line| !line.starts_with('#'));
            let mut cells = lines.flat_map(|line| line.split(','));
            let wrong = cells.find(|cell| matches!(*cell, "NaN" | "inf" | "-inf"));
            assert_eq!(wrong, None, "{what}");
        }
        Format::Json => {
            let read: Result<serde_json::Value, _> = serde_json::from_str(&file.text);
            assert!(read.is_ok(), "{what}: {read:?}");
        }
        Format::Svg => {
            let wrong = ["\"NaN", "\"inf", "\"-inf", ",NaN", " NaN", ",inf"];
            let wrong = wrong.into_iter().find(|wrong| file.text.contains(wrong));
            assert_eq!(wrong, None, "{what}");
        }
        Format::Bibtex | Format::Text => {}
    }
}

/// Every file, without a number that is none.
fn assert_files(session: &mut Session, after: &str) {
    settle(session);
    for subject in [Subject::Spectrum, Subject::Plane, Subject::Verdict] {
        for format in [Format::Csv, Format::Json, Format::Svg, Format::Bibtex, Format::Text] {
            match session.export(subject, format) {
                Ok(file) => assert_numbers(&file, format, &format!("{after}: {subject:?} {format:?}")),
                Err(error) => assert!(error.to_string().len() > 3, "{after}"),
            }
        }
    }
}

/// How much came of it.
#[derive(Debug, Default)]
struct Tally {
    restored: usize,
    looked: usize,
    files: usize,
    failed: usize,
    problems: usize,
}

fn run(seed: u64, actions: usize, (restore, look, files): (usize, usize, usize)) -> Tally {
    let registry = Registry::built_in().expect("sound tables");
    let inputs = inputs();
    let mut dice = Dice(seed);
    let mut session = Session::new(registry.clone(), "");
    let mut worker = Unreliable::default();
    let mut tally = Tally::default();
    for count in 1..=actions {
        let action = whole_action(&mut dice, &inputs);
        let done = format!("seed {seed}, action {count}, {action:?}");
        let effect = session.apply(action);
        if let Some(order) = effect.work {
            worker.take(order);
        }
        if count % restore == 0 {
            tally.restored += usize::from(assert_restorable(&registry, &session, &done));
        }
        if count % look == 0 {
            worker.work(&mut session);
            let mut now_ms = 0.0;
            session.tick(&mut || {
                now_ms += 1.0;
                now_ms
            });
            let view = session.view();
            tally.looked += 1;
            tally.problems += problems(&view).len();
            assert_sound(&view, &format!("{done}: {}", session.address()));
        }
        if count % files == 0 {
            tally.files += 1;
            assert_files(&mut session, &done);
            assert_sound(&session.view(), &done);
        }
    }
    tally.failed = worker.failed;
    settle(&mut session);
    assert_sound(&session.view(), "at the end");
    tally
}

#[test]
fn a_monkey_in_the_workshop_finds_nothing() {
    let tally = run(20_261_128, 20_000, (20, 50, 5_000));
    assert!(tally.restored > 200 && tally.problems > 100, "{tally:?}");
}

/// A million actions, of ten seeds: `cargo xtask fuzz`.
#[test]
#[ignore = "takes a while: cargo xtask fuzz"]
fn a_monkey_with_a_million_actions_finds_nothing() {
    for seed in 1..=10 {
        let tally = run(seed, 100_000, (20, 50, 10_000));
        println!("seed {seed}: 100000 actions, {tally:?}");
    }
}
