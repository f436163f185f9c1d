//! Form controls, named after the keys of the state: what they say becomes an action, what the page says they show.

use super::dom::{Result, around, document, element, fill, find, find_all, set_text};
use crate::page::action::Action;
use crate::page::pins::PinAction;
use crate::page::view::{ChoiceControl, Controls as Contents, NumberControl};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent};

/// A number's box with what belongs to it.
struct NumberPlace {
    text: HtmlInputElement,
    /// Where it has one.
    slider: Option<HtmlInputElement>,
    problem: Element,
    hint: Option<Element>,
    /// Everything of it, hidden where it has no effect.
    row: Option<HtmlElement>,
}

/// A group of options.
struct ChoicePlace {
    radios: Vec<(HtmlInputElement, Element)>,
    checkbox: Option<HtmlInputElement>,
    select: Option<HtmlSelectElement>,
    row: Option<HtmlElement>,
}

/// The controls of the page, looked up once.
pub(super) struct Controls {
    numbers: Vec<NumberPlace>,
    choices: Vec<ChoicePlace>,
    texts: Vec<(HtmlInputElement, Element)>,
    /// Names of the experiments that there are buttons for.
    experiments: Vec<String>,
    shown: Contents,
}

impl Controls {
    /// Makes the buttons of the experiments and finds every control.
    pub(super) fn new(root: &Element, contents: &Contents) -> Result<Self> {
        if let Some(experiments) = contents.choices.iter().find(|choice| choice.key == "experiment") {
            build_radios(&find(root, "[data-experiments]")?, experiments)?;
        }
        let numbers = contents.numbers.iter().map(|number| NumberPlace::new(root, number));
        let choices = contents.choices.iter().map(|choice| ChoicePlace::new(root, choice.key));
        let texts = contents.texts.iter().map(|text| {
            let input = find(root, &format!("input[name='{}']", text.key))?;
            Ok((input, find(root, &format!("#{}-error", text.key))?))
        });
        Ok(Self {
            numbers: numbers.collect::<Result<_>>()?,
            choices: choices.collect::<Result<_>>()?,
            texts: texts.collect::<Result<_>>()?,
            experiments: contents
                .choices
                .iter()
                .find(|choice| choice.key == "experiment")
                .map_or_else(Vec::new, names_of),
            shown: Contents::default(),
        })
    }

    /// Shows what differs from what is shown.
    pub(super) fn show(&mut self, contents: &Contents) -> Result<()> {
        if crate::WORKSHOP {
            self.renew_experiments(contents)?;
        }
        for (index, (place, number)) in self.numbers.iter().zip(&contents.numbers).enumerate() {
            if self.shown.numbers.get(index) != Some(number) {
                place.show(number)?;
            }
        }
        for (index, (place, choice)) in self.choices.iter().zip(&contents.choices).enumerate() {
            if self.shown.choices.get(index) != Some(choice) {
                place.show(choice)?;
            }
        }
        for ((input, problem), text) in self.texts.iter().zip(&contents.texts) {
            if input.value() != text.text {
                input.set_value(&text.text);
            }
            set_text(problem, text.problem.as_deref().unwrap_or_default());
            let invalid = if text.problem.is_some() { "true" } else { "false" };
            input.set_attribute("aria-invalid", invalid)?;
        }
        self.shown = contents.clone();
        Ok(())
    }

    /// Makes the buttons of the experiments anew where there are others.
    fn renew_experiments(&mut self, contents: &Contents) -> Result<()> {
        let place = contents.choices.iter().position(|choice| choice.key == "experiment");
        let Some((place, choice)) = place.and_then(|place| Some((place, contents.choices.get(place)?))) else {
            return Ok(());
        };
        let names = names_of(choice);
        if self.experiments != names {
            self.experiments = names;
            let root = super::dom::root()?;
            build_radios(&find(&root, "[data-experiments]")?, choice)?;
            self.choices[place] = ChoicePlace::new(&root, choice.key)?;
            self.shown = Contents::default();
        }
        Ok(())
    }

    /// What is shown may be out of step with the data: a box that a browser filled again, a wrong option.
    pub(super) fn forget(&mut self) {
        self.shown = Contents::default();
    }
}

impl NumberPlace {
    fn new(root: &Element, number: &NumberControl) -> Result<Self> {
        let key = number.key;
        let text: HtmlInputElement = find(root, &format!("input[name='{key}']"))?;
        let sliders: Vec<HtmlInputElement> = find_all(root, &format!("input[data-slider='{key}']"))?;
        let slider = sliders.into_iter().next();
        if let Some(slider) = &slider {
            let (low, high, step) = number.track;
            slider.set_min(&low.to_string());
            slider.set_max(&high.to_string());
            slider.set_step(&step.to_string());
        }
        let row = text.closest(".quantity")?.and_then(|row| row.dyn_into().ok());
        Ok(Self {
            problem: find(root, &format!("#{key}-error"))?,
            hint: root.query_selector(&format!("[data-hint='{key}']"))?,
            text,
            slider,
            row,
        })
    }

    fn show(&self, number: &NumberControl) -> Result<()> {
        if self.text.value() != number.text {
            self.text.set_value(&number.text);
        }
        if let Some(slider) = &self.slider {
            slider.set_value_as_number(number.position);
            slider.set_attribute("aria-valuetext", &number.spoken)?;
            slider.set_disabled(!number.enabled);
        }
        set_text(&self.problem, number.problem.as_deref().unwrap_or_default());
        let invalid = if number.wrong { "true" } else { "false" };
        self.text.set_attribute("aria-invalid", invalid)?;
        if let Some(hint) = &self.hint {
            set_text(hint, &number.hint);
        }
        self.text.set_disabled(!number.enabled);
        if let Some(row) = &self.row {
            row.set_hidden(!number.shown);
        }
        Ok(())
    }
}

impl ChoicePlace {
    fn new(root: &Element, key: &str) -> Result<Self> {
        let inputs: Vec<HtmlInputElement> = find_all(root, &format!("input[name='{key}']"))?;
        let (radios, boxes): (Vec<_>, Vec<_>) = inputs.into_iter().partition(|input| input.type_() == "radio");
        let labelled = |radio: HtmlInputElement| Some((radio.clone(), radio.next_element_sibling()?));
        let select: Option<HtmlSelectElement> = find_all(root, &format!("select[name='{key}']"))?.pop();
        let control = radios
            .first()
            .map(AsRef::<Element>::as_ref)
            .or(select.as_ref().map(AsRef::as_ref));
        let row = match control {
            Some(control) => control.closest(".quantity")?.and_then(|row| row.dyn_into().ok()),
            None => None,
        };
        Ok(Self {
            radios: radios.into_iter().filter_map(labelled).collect(),
            checkbox: boxes.into_iter().next(),
            select,
            row,
        })
    }

    fn show(&self, choice: &ChoiceControl) -> Result<()> {
        for (radio, label) in &self.radios {
            radio.set_checked(radio.value() == choice.chosen);
            let option = choice.options.iter().find(|option| option.name == radio.value());
            let unavailable = option.and_then(|option| option.unavailable.as_deref());
            label.class_list().toggle_with_force("missing", unavailable.is_some())?;
            match unavailable {
                Some(why) => label.set_attribute("title", why)?,
                None => label.remove_attribute("title")?,
            }
        }
        if let Some(checkbox) = &self.checkbox {
            checkbox.set_checked(choice.chosen == "1");
        }
        if let Some(select) = &self.select {
            select.set_value(&choice.chosen);
        }
        if let Some(row) = &self.row {
            row.set_hidden(!choice.shown);
        }
        Ok(())
    }
}

fn names_of(choice: &ChoiceControl) -> Vec<String> {
    choice.options.iter().map(|option| option.name.clone()).collect()
}

fn build_radios(place: &Element, choice: &ChoiceControl) -> Result<()> {
    let mut labels = Vec::new();
    for option in &choice.options {
        let radio = document()?.create_element("input")?;
        radio.set_attribute("type", "radio")?;
        radio.set_attribute("name", choice.key)?;
        radio.set_attribute("value", &option.name)?;
        labels.push(around("label", &[radio, element("span", &option.label)?])?);
    }
    fill(place, &labels)
}

/// What the control says that an `input` event came from.
pub(super) fn said(event: &Event) -> Option<Action> {
    let target = event.target()?;
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        return Some(Action::Choose {
            key: select.name(),
            option: select.value(),
        });
    }
    let input = target.dyn_ref::<HtmlInputElement>()?;
    if let Some(key) = input.get_attribute("data-slider") {
        let position = input.value_as_number();
        return Some(Action::Slide { key, position });
    }
    if let Some(name) = input.get_attribute("data-curve") {
        return Some(Action::ToggleCurve { name });
    }
    if let Some(experiment) = input.get_attribute("data-combine-with") {
        return Some(Action::Combine { experiment });
    }
    if let Some(index) = input.get_attribute("data-pin-name") {
        let name = input.value();
        return Some(Action::Pins(PinAction::Name(index.parse().ok()?, name)));
    }
    let key = input.name();
    match input.type_().as_str() {
        "checkbox" => Some(Action::Choose {
            key,
            option: if input.checked() { "1" } else { "0" }.to_owned(),
        }),
        "radio" => Some(Action::Choose {
            key,
            option: input.value(),
        }),
        _ if key.is_empty() => None,
        _ => Some(Action::Type {
            key,
            text: input.value(),
        }),
    }
}

/// A number box that is left, or whose Enter key is pressed; a slider that is let go.
pub(super) fn left(event: &Event) -> Option<Action> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let key = match input.get_attribute("data-slider") {
        Some(key) => key,
        None if input.type_() == "text" => input.name(),
        None => return None,
    };
    Some(Action::Leave { key })
}

/// The buttons that go back and forth, and those of the pins.
pub(super) fn pressed(event: &Event) -> Option<Action> {
    let target: Element = event.target()?.dyn_into().ok()?;
    if let Some(asked) = target.get_attribute("data-pin") {
        return pinned(&asked);
    }
    if let Some(asked) = target.get_attribute("data-own") {
        return own(&asked);
    }
    if let Some(name) = target.get_attribute("data-reset-input") {
        return Some(Action::ResetInput { name });
    }
    if target.has_attribute("data-best-fit") {
        return Some(Action::ShowBestFit);
    }
    match target.get_attribute("data-past")?.as_str() {
        "undo" => Some(Action::Undo),
        "redo" => Some(Action::Redo),
        "reset" => Some(Action::Reset),
        _ => None,
    }
}

/// What a button of experiments that are added asks for: `add`, `sample`, `copy`, `remove relics`.
fn own(asked: &str) -> Option<Action> {
    let root = super::dom::root().ok()?;
    let (what, name) = asked.split_once(' ').unwrap_or((asked, ""));
    Some(match what {
        "sample" => Action::AddSample {
            name: find::<HtmlSelectElement>(&root, "[data-own-offered]").ok()?.value(),
        },
        "add" => Action::AddText {
            text: find::<HtmlTextAreaElement>(&root, "[data-own-text]").ok()?.value(),
        },
        "copy" => Action::CopyExperiment,
        "remove" => Action::RemoveExperiment { name: name.to_owned() },
        _ => return None,
    })
}

/// What a button of the pins asks for: `add`, `show 0`.
fn pinned(asked: &str) -> Option<Action> {
    let (what, index) = asked.split_once(' ').unwrap_or((asked, "0"));
    let index = index.parse().ok()?;
    Some(Action::Pins(match what {
        "add" => PinAction::Keep,
        "show" => PinAction::Show(index),
        "first" => PinAction::First(index),
        "remove" => PinAction::Remove(index),
        _ => return None,
    }))
}

/// The keys that do so everywhere; in a text box they are the browser's.
fn shortcut(event: &KeyboardEvent) -> Option<Action> {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let is_text = input.is_some_and(|input| input.type_() == "text");
    if is_text || event.alt_key() {
        return None;
    }
    if !(event.ctrl_key() || event.meta_key()) {
        // In a list of options a letter looks for one, and what lies under a dialog waits.
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_busy = target.is_some_and(|target| target.closest("select, dialog").is_ok_and(|found| found.is_some()));
        return (!is_busy && event.key().eq_ignore_ascii_case("p")).then_some(Action::Pins(PinAction::Keep));
    }
    let action = match (event.key().as_str(), event.shift_key()) {
        ("z", false) => Action::Undo,
        // With caps lock on, shift makes a small letter.
        ("Z" | "z", true) | ("y", false) => Action::Redo,
        _ => return None,
    };
    event.prevent_default();
    Some(action)
}

/// What a key does that no canvas has asked for.
pub(super) fn keyed(event: &KeyboardEvent) -> Option<Action> {
    shortcut(event).or_else(|| stepped(event))
}

/// Arrow keys in a number box move it by steps of its slider: one, or ten with shift.
fn stepped(event: &KeyboardEvent) -> Option<Action> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let direction = match event.key().as_str() {
        "ArrowUp" => 1.0,
        "ArrowDown" => -1.0,
        _ => return None,
    };
    if input.type_() != "text" {
        return None;
    }
    event.prevent_default();
    Some(Action::Step {
        key: input.name(),
        steps: direction * if event.shift_key() { 10.0 } else { 1.0 },
    })
}
