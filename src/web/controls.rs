//! Form controls: named after the keys of the state, and kept in step with it both ways.

use super::dom::{Result, find, find_all, from_core, set_text};
use crate::page::state::{KEYS, State};
use crate::physics::units::CouplingUnit;
use crate::{Choice, Error, Flavor};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// How a slider's position belongs to a value.
fn is_logarithmic(key: &str) -> bool {
    !matches!(key, "lindhard-k" | "cl")
}

/// The controls of the page.
pub(super) struct Controls {
    root: Element,
    sliders: Vec<(String, HtmlInputElement)>,
    inputs: Vec<HtmlInputElement>,
    selects: Vec<HtmlSelectElement>,
}

impl Controls {
    /// Finds the controls in the document.
    pub(super) fn new(root: Element) -> Result<Self> {
        let sliders: Vec<HtmlInputElement> = find_all(&root, "input[data-slider]")?;
        Ok(Self {
            sliders: sliders
                .into_iter()
                .filter_map(|slider| Some((slider.get_attribute("data-slider")?, slider)))
                .collect(),
            inputs: find_all(&root, "input[name]")?,
            selects: find_all(&root, "select[name]")?,
            root,
        })
    }

    /// Takes the value of the control that an event came from; `false` if it is none of the state's.
    pub(super) fn take(&self, target: Option<EventTarget>, state: &mut State) -> Result<bool> {
        let Some(target) = target else { return Ok(false) };
        if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
            return self.set(state, &select.name(), &select.value());
        }
        let Some(input) = target.dyn_ref::<HtmlInputElement>() else {
            return Ok(false);
        };
        if let Some(key) = input.get_attribute("data-slider") {
            let value = slider_value(&key, input.value_as_number());
            return self.set(state, &key, &value);
        }
        match input.type_().as_str() {
            "checkbox" => self.set(state, &input.name(), if input.checked() { "1" } else { "0" }),
            "text" => self.set(
                state,
                &input.name(),
                &to_state(&input.name(), &input.value(), state.coupling_unit),
            ),
            _ => self.set(state, &input.name(), &input.value()),
        }
    }

    /// Sets a key from somewhere else than its control, with the precision of a hand.
    pub(super) fn set_number(&self, state: &mut State, key: &str, value: f64) -> Result<bool> {
        self.set(state, key, &format!("{value:.2e}"))
    }

    /// Sets a key, or says beside the control why not.
    fn set(&self, state: &mut State, key: &str, value: &str) -> Result<bool> {
        if !KEYS.contains(&key) {
            return Ok(false);
        }
        let result = state.set(key, value);
        self.show_error(key, result.as_ref().err(), state.coupling_unit)?;
        Ok(result.is_ok())
    }

    fn show_error(&self, key: &str, error: Option<&Error>, unit: CouplingUnit) -> Result<()> {
        let Some(place) = self.root.query_selector(&format!("#{key}-error"))? else {
            // Choices cannot be wrong: they have no place for an error.
            return error.map_or(Ok(()), |error| Err(from_core(error.clone())));
        };
        let in_other_unit = key == "coupling" && unit != CouplingUnit::PerGev;
        let text = error.map_or_else(String::new, |error| {
            format!("{error}{}", if in_other_unit { " (in GeV⁻¹)" } else { "" })
        });
        set_text(&place, &text);
        let input: HtmlInputElement = find(&self.root, &format!("input[name='{key}']"))?;
        input.set_attribute("aria-invalid", if error.is_some() { "true" } else { "false" })
    }

    /// Shows a state in the controls, but for the one that is being typed in.
    pub(super) fn show(&self, state: &State, focus: Option<&Element>) -> Result<()> {
        for input in &self.inputs {
            let key = input.name();
            let Some(value) = state.get(&key) else { continue };
            match input.type_().as_str() {
                "radio" => input.set_checked(input.value() == value),
                "checkbox" => input.set_checked(value == "1"),
                _ if focus.is_some_and(|focus| focus.is_same_node(Some(input))) => {}
                _ => {
                    let text = from_state(&key, &value, state.coupling_unit);
                    if input.value() != text {
                        input.set_value(&text);
                        self.show_error(&key, None, state.coupling_unit)?;
                    }
                }
            }
        }
        for select in &self.selects {
            if let Some(value) = state.get(&select.name()) {
                select.set_value(&value);
            }
        }
        for (key, slider) in &self.sliders {
            let value: f64 = state.get(key).and_then(|value| value.parse().ok()).unwrap_or(f64::NAN);
            slider.set_value_as_number(if is_logarithmic(key) { value.log10() } else { value });
            slider.set_attribute(
                "aria-valuetext",
                &from_state(key, &value.to_string(), state.coupling_unit),
            )?;
        }
        Ok(())
    }

    /// Moves a slider by steps, for the arrow keys in its number box; returns whether there is one.
    pub(super) fn step(&self, key: &str, steps: f64, state: &mut State) -> Result<bool> {
        let Some((_, slider)) = self.sliders.iter().find(|(known, _)| known == key) else {
            return Ok(false);
        };
        let step: f64 = slider.step().parse().unwrap_or(0.0);
        slider.set_value_as_number(slider.value_as_number() + steps * step);
        self.set(state, key, &slider_value(key, slider.value_as_number()))
    }

    /// Shows what belongs to the experiment and marks flavours that its source does not have.
    pub(super) fn follow(&self, ionisation: bool, lindhard: bool, flavors: &[Flavor], flux: &str) -> Result<()> {
        for element in find_all::<HtmlElement>(&self.root, "[data-only='ionisation']")? {
            element.set_hidden(!ionisation);
        }
        for selector in ["input[name='lindhard-k']", "[data-slider='lindhard-k']"] {
            find::<HtmlInputElement>(&self.root, selector)?.set_disabled(!lindhard);
        }
        for flavor in Flavor::ALL {
            let label: Element = find(&self.root, &format!("input[name='flavor'][value='{flavor}'] + span"))?;
            label
                .class_list()
                .toggle_with_force("missing", !flavors.contains(flavor))?;
        }
        set_text(&find::<Element>(&self.root, "[data-flux]")?, flux);
        Ok(())
    }
}

/// Value at a slider's position, with three significant digits: enough for a hand, and readable.
fn slider_value(key: &str, position: f64) -> String {
    let value = if is_logarithmic(key) {
        10_f64.powf(position)
    } else {
        position
    };
    format!("{value:.2e}")
}

/// What is typed in a box as a value of the state: couplings are in the visitor's unit there.
fn to_state(key: &str, typed: &str, unit: CouplingUnit) -> String {
    match typed.trim().parse::<f64>() {
        Ok(value) if key == "coupling" && unit != CouplingUnit::PerGev => format!("{:e}", value * unit.per_gev()),
        _ => typed.to_owned(),
    }
}

/// A value of the state as it stands in a box.
fn from_state(key: &str, value: &str, unit: CouplingUnit) -> String {
    let Ok(number) = value.parse::<f64>() else {
        return value.to_owned();
    };
    let number = if key == "coupling" {
        number / unit.per_gev()
    } else {
        number
    };
    // Four digits, without the noise of the unit's conversion and without trailing zeros.
    let rounded: f64 = format!("{number:.3e}").parse().unwrap_or(number);
    if (1e-3..1e4).contains(&rounded) {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}
