//! The whole page without a browser: what a visitor does, and what he then sees.

use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use dipole_portal::page::action::{Action, WorkOrder};
use dipole_portal::page::session::Session;
use dipole_portal::page::view::PageView;
use dipole_portal::work::Job as _;

/// A session at an address, with everything computed.
fn settled(address: &str) -> Session {
    let mut session = Session::built_in(address).expect("sound tables");
    settle(&mut session);
    session
}

/// Ticks until nothing is left to do, on a clock that stands still.
fn settle(session: &mut Session) {
    while session.tick(&mut || 0.0) {}
}

fn choose(key: &str, option: &str) -> Action {
    Action::Choose {
        key: key.to_owned(),
        option: option.to_owned(),
    }
}

fn typed(key: &str, text: &str) -> Action {
    Action::Type {
        key: key.to_owned(),
        text: text.to_owned(),
    }
}

/// Every text of the page.
fn texts(view: &PageView) -> Vec<String> {
    let mut texts = view.problems.clone();
    for number in &view.controls.numbers {
        texts.extend([number.spoken.clone(), number.hint.clone()]);
        texts.extend(number.problem.clone());
    }
    let spectrum = &view.spectrum.content;
    texts.push(spectrum.caption.clone());
    texts.extend(spectrum.facts.iter().map(|fact| fact.text.clone()));
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
    texts.push(view.work.content.status.clone());
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
    ];
    regions.into_iter().flatten().collect()
}

fn assert_sound(session: &Session, after: &str) {
    let view = session.view();
    assert_eq!(region_problems(&view), Vec::<&String>::new(), "{after}");
    for text in texts(&view) {
        for wrong in ["NaN", " inf", "None)", "Some("] {
            // A word that a visitor typed may stand in quotes.
            assert!(!text.contains(wrong) || text.contains('\''), "{after}: '{text}'");
        }
    }
    for number in &view.controls.numbers {
        assert!(number.position.is_finite(), "{after}: slider of {}", number.key);
    }
    let address = session.address();
    let again = Session::built_in(&address).expect("sound tables");
    assert_eq!(again.state(), session.state(), "{after}: {address}");
    assert_eq!(again.address(), address, "{after}");
}

/// A small generator of random numbers (xorshift64*, Vigna, ACM TOMS 42, 30 (2016)): the same actions at every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.roll() >> 33) as usize % count
    }

    fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn one_of<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

const NUMBERS: [&str; 5] = ["mass", "coupling", "lindhard-k", "flux", "cl"];
const CHOICES: [(&str, &[&str]); 9] = [
    (
        "experiment",
        &["dresden-ii", "coherent-csi", "xenon1t", "pandax-4t", "ship"],
    ),
    ("flavor", &["e", "mu", "tau", "x"]),
    ("coupling-unit", &["GeV^-1", "MeV^-1", "mu_B"]),
    ("quenching", &["fef", "ybe", "lindhard"]),
    ("view", &["recoil", "data"]),
    ("dof", &["1", "2"]),
    ("theme", &["auto", "light", "dark", "projector"]),
    ("printed-sign", &["0", "1"]),
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
const ADDRESSES: [&str; 6] = [
    "",
    "experiment=coherent-csi&flavor=mu&mass=20&coupling=3e-7&view=data",
    "mass=heavy&flux=NaN&colour=red&%E0%A4%A",
    "experiment=xenon1t&flavor=tau&cl=0.901&dof=2",
    "flux-sun=5&flux-reactor=0.1&quenching=lindhard&lindhard-k=0.05",
    "curves=bbn,xenon1t,<img src=x onerror=alert(1)>",
];

/// Something that a visitor may do.
fn random_action(dice: &mut Dice) -> Action {
    match dice.below(20) {
        0..=6 => Action::Slide {
            key: dice.one_of(&NUMBERS).to_owned(),
            position: 30.0 * dice.share() - 15.0,
        },
        7..=9 => {
            let key = dice.one_of(&NUMBERS);
            typed(key, dice.one_of(&TYPED))
        }
        10 => Action::Leave {
            key: dice.one_of(&NUMBERS).to_owned(),
        },
        11 => Action::Step {
            key: dice.one_of(&NUMBERS).to_owned(),
            steps: (dice.below(41) as f64) - 20.0,
        },
        12..=15 => {
            let (key, options) = CHOICES[dice.below(CHOICES.len())];
            choose(key, dice.one_of(options))
        }
        16 => Action::MovePoint {
            mass_mev: 10_f64.powf(6.0 * dice.share() - 3.0),
            coupling_per_gev: 10_f64.powf(14.0 * dice.share() - 15.0),
        },
        17 => Action::ToggleCurve {
            name: dice
                .one_of(&["bbn", "xenon1t", "coherent-csi", "ship_e", "nobody"])
                .to_owned(),
        },
        18 => Action::Address {
            text: dice.one_of(&ADDRESSES).to_owned(),
        },
        _ if dice.below(2) == 0 => Action::Compute,
        _ => Action::Cancel,
    }
}

/// 100,000 actions with a look at the page after every fiftieth: no error, no number that is none, and a state that comes back
/// from its address.
#[test]
fn a_monkey_finds_nothing() {
    const ACTIONS: usize = 100_000;
    const LOOK: usize = 50;
    let mut dice = Dice(20_261_125);
    let mut session = Session::built_in("").expect("sound tables");
    for count in 1..=ACTIONS {
        let action = random_action(&mut dice);
        let done = format!("action {count}, {action:?}");
        session.apply(action);
        if count % LOOK == 0 {
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

#[test]
fn the_first_page_says_what_the_core_says() {
    let view = settled("").view();
    assert!(view.settled);
    let facts = &view.spectrum.content.facts;
    let text = |key: &str| facts.iter().find(|fact| fact.key == key).map(|fact| fact.text.as_str());
    // Of the independent computation, tests/data/reference.json.
    assert!(
        text("totals.dipole_nucleus").is_some_and(|text| text.starts_with("79.6")),
        "{facts:?}"
    );
    assert!(
        text("chi2_sm").is_some_and(|text| text.starts_with("103.8")),
        "{facts:?}"
    );
    assert!(
        view.verdict
            .content
            .sentence
            .starts_with("Excluded at 90 % by Dresden-II")
    );
    assert_eq!(view.plane.content.exclusion.computed.len(), 4);
}

/// mu, 1 MeV, d = 1e-12, half the flux: the data of COHERENT prefer some signal. That is no exclusion.
#[test]
fn below_a_best_fit_is_disfavoured_from_below_and_not_excluded() {
    let view = settled("experiment=coherent-csi&flavor=mu&coupling=1e-12&flux=0.5").view();
    let verdict = &view.verdict.content;
    assert!(
        verdict.sentence.starts_with("None of the experiments here excludes"),
        "{}",
        verdict.sentence
    );
    assert!(
        verdict
            .sentence
            .contains("disfavoured from below at 90 % by COHERENT CsI"),
        "{}",
        verdict.sentence
    );
    assert!(verdict.rows.iter().all(|row| !row.excludes));
    // And the best fit stands on the plane, above the point.
    let best = &view.plane.content.exclusion.best_fits;
    assert_eq!(best.len(), 1, "{best:?}");
    assert!((5e-7..2e-6).contains(&best[0].coupling_per_gev), "{best:?}");
    // With the nominal flux nothing is preferred by so much.
    assert!(
        settled("experiment=coherent-csi&flavor=mu&coupling=1e-12")
            .view()
            .plane
            .content
            .exclusion
            .best_fits
            .is_empty()
    );
}

/// A flux belongs to one source: that of the chosen experiment moves its own curve and no other's.
#[test]
fn a_flux_belongs_to_one_source() {
    let limits = |address: &str| {
        let view = settled(address).view();
        let curves = view.plane.content.exclusion.computed.iter();
        curves
            .map(|curve| {
                (
                    curve.name.clone(),
                    curve.pieces.first().map(|piece| piece.couplings_per_gev[0]),
                )
            })
            .collect::<Vec<_>>()
    };
    let (before, after) = (limits(""), limits("flux=2"));
    assert_ne!(before[0], after[0], "Dresden-II");
    assert_eq!(before[1..], after[1..]);
    assert_eq!(limits("flux-reactor=2"), after);
    assert_eq!(limits("experiment=coherent-csi&flux-reactor=2"), after);
}

/// At twice the flux of 8B neutrinos the SM alone is above the bound of PandaX-4T: said so, and drawn along the lower edge.
#[test]
fn what_the_sm_alone_violates_is_said_so() {
    let view = settled("experiment=pandax-4t&flavor=tau&flux=2&coupling=1e-12").view();
    let sentence = &view.verdict.content.sentence;
    assert!(
        sentence.contains("for PandaX-4T everything is excluded: the SM alone is above the bound"),
        "{sentence}"
    );
    assert!(!sentence.starts_with("Excluded"), "{sentence}");
    let curves = &view.plane.content.exclusion.computed;
    let pandax = curves.iter().find(|curve| curve.name == "PandaX-4T").expect("a curve");
    assert_eq!(pandax.everything_excluded_mev, [(0.01, 100.0)]);
    assert!(pandax.pieces.is_empty());
}

/// 90.1 %: the bounds of the xenon experiments say nothing. The list keeps them and says why; the verdict does not count them.
#[test]
fn a_level_without_a_result_says_so() {
    let view = settled("cl=0.901&flavor=tau").view();
    let sentence = &view.verdict.content.sentence;
    assert!(
        sentence.starts_with("No experiment here has a result for this flavour at 90.1 %"),
        "{sentence}"
    );
    let curves = &view.plane.content.curves;
    for name in ["xenon1t", "pandax-4t"] {
        let entry = curves.iter().find(|entry| entry.name == name).expect("an entry");
        assert!(
            entry.problem.as_ref().is_some_and(|problem| problem.contains("90.1 %")),
            "{entry:?}"
        );
    }
    assert_eq!(view.plane.problem, None);
}

#[test]
fn a_wrong_text_stays_in_its_box_until_it_is_left() {
    let mut session = settled("coupling-unit=mu_B");
    session.apply(typed("coupling", "strong"));
    let number = |session: &Session| {
        let numbers = session.controls().numbers;
        numbers
            .into_iter()
            .find(|number| number.key == "coupling")
            .expect("a control")
    };
    let wrong = number(&session);
    assert!(wrong.wrong && wrong.text == "strong");
    // Bounds stand in the unit of the box: 1e-3 GeV^-1 are 3.375e-6 mu_B.
    let problem = wrong.problem.expect("a complaint");
    assert!(
        problem.contains("'strong'") && problem.contains("3.375e-6") && problem.contains("μ_B"),
        "{problem}"
    );
    session.apply(Action::Leave {
        key: "coupling".to_owned(),
    });
    let left = number(&session);
    assert_eq!(
        (left.wrong, left.problem, left.text.as_str()),
        (false, None, "3.375e-10")
    );
}

#[test]
fn a_value_out_of_range_goes_to_the_nearest_and_says_so() {
    let mut session = settled("");
    session.apply(typed("mass", "1e300"));
    assert_eq!(session.state().benchmark.mass_mev, 100.0);
    let numbers = session.controls().numbers;
    let mass = numbers.iter().find(|number| number.key == "mass").expect("a control");
    assert!(
        !mass.wrong
            && mass
                .problem
                .as_ref()
                .is_some_and(|note| note.contains("100 MeV is taken")),
        "{mass:?}"
    );
    let view = settled("mass=1e300").view();
    assert!(
        view.problems.iter().any(|problem| problem.contains("100 MeV is taken")),
        "{:?}",
        view.problems
    );
}

/// The address may change while the page is open: what is wrong with the new one is said also where it changes the state.
#[test]
fn what_is_wrong_with_a_new_address_is_said() {
    let mut session = settled("mass=3");
    for (address, said) in [
        ("mass=-1", "mass: -1 is too small"),
        ("mass=heavy", "mass: got 'heavy'"),
        ("mass=5&colour=red", "parameter: got 'colour'"),
    ] {
        session.apply(Action::Address {
            text: address.to_owned(),
        });
        settle(&mut session);
        let problems = session.view().problems;
        assert!(
            problems.len() == 1 && problems[0].starts_with(said),
            "{address}: {problems:?}"
        );
    }
}

#[test]
fn garbage_in_the_address_is_a_handful_of_complaints_gone_when_corrected() {
    let garbage: Vec<String> = (0..25_000)
        .map(|index| format!("key{index}={}", "x".repeat(100)))
        .collect();
    let mut session = settled(&format!("{}&mass=heavy", garbage.join("&")));
    let problems = session.view().problems;
    assert!(
        problems.len() <= 6 && problems.iter().all(|problem| problem.len() < 400),
        "{problems:?}"
    );
    assert!(
        problems.iter().any(|problem| problem.contains("more problems")),
        "{problems:?}"
    );
    assert!(
        problems.iter().any(|problem| problem.starts_with("mass: got 'heavy'")),
        "{problems:?}"
    );
    session.apply(typed("mass", "2"));
    assert_eq!(session.view().problems, Vec::<String>::new());
}

/// "Compute precisely" without a browser: the jobs are run here as a worker runs them.
#[test]
fn precise_curves_are_said_to_be_drawn_only_for_what_is_chosen() {
    let mut session = settled("experiment=xenon1t&flavor=tau");
    let jobs = match session.apply(Action::Compute).work {
        Some(WorkOrder::Start(jobs)) => jobs,
        other => panic!("no jobs: {other:?}"),
    };
    let mut store = dipole_portal::analysis::jobs::JobStore::default();
    let mut pool = dipole_portal::work::Pool::new(1, "test");
    let generation = pool.submit(jobs.clone(), dipole_portal::work::Priority::Background, 0.0);
    for job in jobs {
        let answer = job.run(&mut store, &mut || {}).expect("the fits converge");
        let event = dipole_portal::work::Event::Answered {
            generation,
            job,
            answer,
        };
        session.apply(Action::Work(Box::new(event), None));
    }
    assert!(session.view().work.content.progress.is_some());
    let finished = dipole_portal::work::Event::Finished { generation };
    session.apply(Action::Work(Box::new(finished), None));
    settle(&mut session);
    let status = |session: &Session| session.view().work.content.status;
    assert_eq!(status(&session), "curves on 200 masses are drawn");
    let precise = session.view().plane.content.exclusion.computed[0].pieces[0]
        .masses_mev
        .len();
    assert!(precise > 150, "{precise} masses");
    // Another flux asks for other curves; the old ones are not said to be drawn.
    session.apply(typed("flux", "1.1"));
    settle(&mut session);
    assert_eq!(status(&session), "");
    session.apply(typed("flux", "1"));
    settle(&mut session);
    assert_eq!(status(&session), "curves on 200 masses are drawn");
}

/// What goes wrong in one part of the page stays there: an experiment whose table is broken says so in its own places.
#[test]
fn a_broken_experiment_leaves_the_others_alone() {
    let mut registry = Registry::built_in().expect("sound tables");
    let text = include_str!("../data/experiments/xenon1t.csv").replace("xenon_efficiency_xenon1t", "no_such_table");
    let table = dipole_portal::data::table::Table::parse("experiments/broken", &text).expect("a sound header");
    let id = ExperimentId::new("broken").expect("a name");
    registry
        .add(ExperimentSpec::new(id, &table).expect("rows"))
        .expect("a new name");
    let mut session = Session::new(registry, "flavor=tau");
    settle(&mut session);
    let view = session.view();
    assert_eq!(view.spectrum.problem, None);
    let broken = view
        .plane
        .content
        .curves
        .iter()
        .find(|entry| entry.name == "broken")
        .expect("an entry");
    assert!(
        broken
            .problem
            .as_ref()
            .is_some_and(|problem| problem.contains("no_such_table")),
        "{broken:?}"
    );
    assert_eq!(view.plane.content.exclusion.computed.len(), 2, "the other two go on");
    assert!(view.verdict.content.rows.len() >= 2, "{:?}", view.verdict);
    session.apply(choose("experiment", "broken"));
    settle(&mut session);
    let view = session.view();
    assert!(
        view.spectrum
            .problem
            .as_ref()
            .is_some_and(|problem| problem.contains("no_such_table"))
    );
    assert_eq!(view.plane.content.exclusion.computed.len(), 2);
}

#[test]
fn the_coupling_is_shown_in_the_unit_chosen() {
    let view = settled("coupling-unit=mu_B").view();
    assert_eq!(view.plane.content.exclusion.unit.symbol, "μ_B");
    let cells = &view.verdict.content.rows[0].cells;
    assert!(cells.iter().any(|cell| cell.ends_with("μ_B")), "{cells:?}");
}

/// The page as a text: what stands where. Charts have snapshots of their own.
fn written(view: &PageView) -> String {
    let mut lines = vec![format!("# {}", view.spectrum.content.caption)];
    for number in &view.controls.numbers {
        let state = match (number.shown, number.enabled) {
            (false, _) => " (hidden)",
            (true, false) => " (off)",
            (true, true) => "",
        };
        lines.push(format!(
            "{} = {} | {} | {}{state}",
            number.key, number.text, number.spoken, number.hint
        ));
    }
    for choice in &view.controls.choices {
        let missing: Vec<_> = choice
            .options
            .iter()
            .filter(|option| option.unavailable.is_some())
            .collect();
        let missing: Vec<_> = missing.iter().map(|option| option.name.as_str()).collect();
        let shown = if choice.shown { "" } else { " (hidden)" };
        lines.push(format!(
            "{} = {} | without: {}{shown}",
            choice.key,
            choice.chosen,
            missing.join(",")
        ));
    }
    let spectrum = &view.spectrum.content;
    lines.extend(
        spectrum
            .facts
            .iter()
            .map(|fact| format!("{}: {}", fact.label, fact.text)),
    );
    lines.extend(
        spectrum
            .nuisances
            .iter()
            .map(|row| format!("{}: {} ({})", row.label, row.text, row.pull)),
    );
    lines.extend(spectrum.message.clone());
    lines.extend(spectrum.notes.clone());
    let verdict = &view.verdict.content;
    lines.push(verdict.sentence.clone());
    lines.extend(verdict.warnings.clone());
    lines.push(verdict.head.join(" | "));
    lines.extend(
        verdict
            .rows
            .iter()
            .map(|row| format!("{} | {}", row.name, row.cells.join(" | "))),
    );
    let curves = view.plane.content.curves.iter();
    lines.extend(curves.map(|entry| format!("[{}] {}", if entry.visible { "x" } else { " " }, entry.label)));
    lines.join("\n")
}

/// What the whole page says in some states, to be read by people: `cargo insta review` shows what has changed.
#[test]
fn what_the_page_says_is_known() {
    for (name, address) in [
        ("start", ""),
        (
            "coherent_disfavoured_from_below",
            "experiment=coherent-csi&flavor=mu&coupling=1e-12&flux=0.5&view=data",
        ),
        ("coherent_misfit", "experiment=coherent-csi&flavor=mu&flux=5"),
        (
            "pandax_everything_excluded",
            "experiment=pandax-4t&flavor=tau&flux=2&coupling=1e-12",
        ),
        (
            "two_degrees_of_freedom",
            "quenching=lindhard&dof=2&cl=0.95&coupling-unit=mu_B",
        ),
        ("no_flux", "flavor=tau&view=data"),
    ] {
        insta::assert_snapshot!(name, written(&settled(address).view()));
    }
}
