//! Every state comes back from its address, and any text is an address.

use crate::parameters;
use dipole_portal::analysis::{Benchmark, Edits, Fluxes, Settings, Weights};
use dipole_portal::experiment::{DetectorSettings, ExperimentId};
use dipole_portal::page::extra::Extra;
use dipole_portal::page::parameters::{KEYS, NumberKey, Parameters, shortest};
use dipole_portal::page::pins::{Pin, named};
use dipole_portal::page::plane_frame::PlaneFrame;
use dipole_portal::page::state::{DecayLines, State, ThemeChoice, VerticalAxis, View};
use dipole_portal::page::words;
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::source::{ReactorModel, SourceKind};
use dipole_portal::physics::units::CouplingUnit;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof};
use dipole_portal::{Choice, Flavor};
use proptest::prelude::*;
use proptest::sample::select;

/// Any value that the page offers, ends, their neighbours and short numbers among them.
fn number(key: NumberKey) -> impl Strategy<Value = f64> {
    let (low, high) = key.row().offered;
    prop_oneof![
        4 => (0.0..=1.0).prop_map(move |part: f64| (low * (high / low).powf(part)).clamp(low, high)),
        2 => (0.0..=1.0).prop_map(move |part: f64| key.row().by_hand(low + part * (high - low)).clamp(low, high)),
        1 => select(vec![low, high, low.next_up(), high.next_down()]),
        1 => Just(key.row().default.unwrap_or(0.157)),
    ]
}

fn member<C: Choice + std::fmt::Debug>() -> impl Strategy<Value = C> {
    select(C::ALL)
}

prop_compose! {
    /// Changed inputs, with values as the page writes them.
    fn edits()(
        changes in prop::collection::vec((select(vec!["exposure", "noise", "fano", "m-shell-prior"]), 1_u32..1000), 0..3),
    ) -> Edits {
        let mut edits = Edits::default();
        for (key, value) in changes {
            let value = match key {
                "m-shell-prior" => "off".to_owned(),
                "fano" => shortest((f64::from(value) - 0.5) / 1e3),
                _ => shortest(f64::from(value) + 0.25),
            };
            edits.set(ExperimentId::DRESDEN_II, key, Some(&value));
        }
        edits
    }
}

prop_compose! {
    fn weights()(given in any::<bool>(), ratios in (1_u32..100, 0_u32..100, 0_u32..100)) -> Weights {
        let (e, mu, tau) = ratios;
        let ratios = [e, mu, tau].map(|ratio| f64::from(ratio) / 8.0);
        if given { Weights::new(ratios).expect("weights") } else { Weights::default() }
    }
}

prop_compose! {
    fn settings()(
        quenching in member::<Quenching>(),
        lindhard_k in prop::option::of(number(NumberKey::LindhardK)),
        reactor in number(NumberKey::Flux),
        sns in number(NumberKey::Flux),
        sun in number(NumberKey::Flux),
        model in member::<ReactorModel>(),
        (printed, nuclei_only) in any::<(bool, bool)>(),
        edits in edits(),
        weights in weights(),
    ) -> Settings {
        Settings {
            detector: DetectorSettings { quenching, lindhard_k },
            fluxes: Fluxes::default()
                .with(SourceKind::Reactor, reactor)
                .with(SourceKind::Sns, sns)
                .with(SourceKind::Sun, sun)
                .with_reactor_model(model),
            sign: if printed { Sign::Printed } else { Sign::Correct },
            nuclei_only,
            edits,
            weights,
            expected: false,
        }
    }
}

prop_compose! {
    fn plane()(
        masses_mev in (number(NumberKey::PlaneMassFrom), number(NumberKey::PlaneMassTo)),
        couplings_per_gev in (number(NumberKey::PlaneFrom), number(NumberKey::PlaneTo)),
    ) -> PlaneFrame {
        PlaneFrame { masses_mev, couplings_per_gev }
    }
}

prop_compose! {
    fn pin()(
        experiment in select(ExperimentId::PAPER.to_vec()),
        flavor in member::<Flavor>(),
        mass_mev in number(NumberKey::Mass),
        coupling_per_gev in number(NumberKey::Coupling),
        settings in settings(),
        (level, dof) in (number(NumberKey::Level), member::<Dof>()),
        name in "\\PC{0,12}",
    ) -> Pin {
        Pin {
            name: named(&name),
            experiment,
            benchmark: Benchmark { flavor, mass_mev, coupling_per_gev },
            settings,
            confidence: Confidence { level: ConfidenceLevel::new(level).expect("a level"), dof, ..Confidence::PAPER },
        }
    }
}

prop_compose! {
    fn state()(
        experiment in select(ExperimentId::PAPER.to_vec()),
        flavor in member::<Flavor>(),
        mass_mev in number(NumberKey::Mass),
        coupling_per_gev in number(NumberKey::Coupling),
        coupling_unit in member::<CouplingUnit>(),
        settings in settings(),
        (view, parts) in (member::<View>(), any::<bool>()),
        (level, dof) in (number(NumberKey::Level), member::<Dof>()),
        toggled in prop::collection::btree_set(select(vec!["xenon1t", "dresden-ii", "lsnd", "bbn", "sn1987a"]), 0..4),
        theme in member::<ThemeChoice>(),
        combined in prop::collection::btree_set(select(ExperimentId::PAPER.to_vec()), 0..4),
        plane in plane(),
        pins in prop::collection::vec(pin(), 0..3),
        (axis, ratio, expected, decay_lines) in (member::<VerticalAxis>(), any::<bool>(), any::<bool>(), member::<DecayLines>()),
        held in prop::option::of((-1e3..1e3, 1e-3..1e5_f64)),
    ) -> State {
        State {
            experiment,
            benchmark: Benchmark { flavor, mass_mev, coupling_per_gev },
            coupling_unit,
            settings,
            view,
            parts,
            confidence: Confidence { level: ConfidenceLevel::new(level).expect("a level"), dof, ..Confidence::PAPER },
            extra: Extra::default(),
            combined: combined.into_iter().collect(),
            toggled: toggled.into_iter().collect(),
            theme,
            plane,
            axis,
            ratio,
            expected,
            decay_lines,
            held: held.map(|(low, span)| (low, low + span)),
            pins: pins.into_iter().fold(Vec::new(), |mut kept: Vec<Pin>, pin| {
                if !kept.iter().any(|known| known.is_same(&pin)) {
                    kept.push(pin);
                }
                kept
            }),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_state_comes_back_from_its_address(state in state()) {
        thread_local!(static PARAMETERS: Parameters = parameters());
        PARAMETERS.with(|parameters| {
            let address = parameters.print(&state);
            let (back, problems) = parameters.parse(&address);
            prop_assert!(problems.is_empty(), "{} {:?}", address, problems);
            prop_assert_eq!(&back, &state, "{}", address);
            prop_assert_eq!(parameters.print(&back), address);
            Ok(())
        })?;
    }
}

/// Pieces that addresses are made of, and that readers of addresses stumble over.
const PIECES: [&str; 48] = [
    ":",
    ";",
    "~",
    "name",
    "=",
    "&",
    "#",
    "%",
    "%5E",
    "%ff",
    "%e2%88%92",
    "%00",
    ",",
    ".",
    "-",
    "−",
    "+",
    "^",
    "**",
    "(",
    "{",
    ")",
    " ",
    "10",
    "1e999",
    "e",
    "e-7",
    "9999999999999999999",
    "0",
    "1",
    "NaN",
    "inf",
    "×",
    "10⁻",
    "⁷",
    "⁻",
    "GeV^-1",
    "MeV",
    "mu_B",
    "μ",
    "<b>",
    "\u{0}",
    "\u{202e}",
    "🦀",
    "é",
    "xenon1t",
    "dresden-ii",
    "lindhard",
];

/// Values that mean something to one key or another, so that what follows them matters.
const STARTS: [&str; 8] = ["", "", "2", "0.3", "1e-8", "data", "mu", "0,7"];

/// A sequence of numbers that looks random (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

#[test]
fn any_text_is_an_address() {
    let parameters = parameters();
    let mut numbers = Numbers(7);
    let mut changed = 0;
    for _ in 0..100_000 {
        let mut address = String::new();
        for _ in 0..numbers.below(12) {
            if numbers.below(2) == 0 {
                address.push('&');
                address.push_str(KEYS[numbers.below(KEYS.len())]);
                address.push('=');
                address.push_str(STARTS[numbers.below(STARTS.len())]);
            } else {
                address.push_str(PIECES[numbers.below(PIECES.len())]);
            }
        }
        let (state, problems) = parameters.parse(&address);
        for key in NumberKey::ALL {
            let (low, high) = key.row().offered;
            let value = parameters.number(&state, key.name()).expect("a number");
            assert!((low..=high).contains(&value), "{address:?}: {key} = {value}");
        }
        assert!(words::problems(&problems).len() <= 6, "{address:?}");
        let (back, none) = parameters.parse(&parameters.print(&state));
        assert!(none.is_empty(), "{address:?}: {none:?}");
        assert_eq!(back, state, "{address:?}");
        changed += usize::from(state != State::default());
    }
    // The pieces do make addresses that mean something.
    assert!(changed > 10_000, "{changed}");
}

#[test]
fn any_text_can_be_typed() {
    let parameters = parameters();
    let mut numbers = Numbers(11);
    let mut accepted = 0;
    for _ in 0..100_000 {
        let mut text = STARTS[numbers.below(STARTS.len())].to_owned();
        for _ in 0..numbers.below(5) {
            text.push_str(PIECES[numbers.below(PIECES.len())]);
        }
        let key = NumberKey::ALL[numbers.below(NumberKey::ALL.len())];
        let mut state = State {
            coupling_unit: CouplingUnit::ALL[numbers.below(3)],
            ..State::default()
        };
        let before = state.clone();
        let mut shown = parameters.type_text(&mut state, key.name(), &text);
        assert_eq!(shown.text, text);
        assert!(shown.problem.is_none() || state == before, "{text:?}");
        accepted += usize::from(shown.problem.is_none());
        shown.leave(&parameters, &state, key.name());
        // What a box shows can be typed again, and then shows the same.
        let again = parameters.type_text(&mut state, key.name(), &shown.text.clone());
        assert_eq!((&again.problem, &again.note), (&None, &None), "{text:?}: {shown:?}");
        assert_eq!(parameters.box_text(&state, key.name()), shown.text);
    }
    assert!(accepted > 5_000, "{accepted}");
}
