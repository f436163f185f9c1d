//! The worker's side: takes tasks, answers with arrays that are handed over and not copied.

use super::dom::Result;
use crate::analysis::jobs::Task;
use crate::page::workbench::Workbench;
use js_sys::{Array, Float64Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What the page says to a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Assignment {
    /// Number of the task.
    pub(super) number: usize,
    /// The task.
    pub(super) task: Task,
}

/// What a worker says to the page; the values of an answer travel beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Report {
    /// The module is loaded; `build` is the query of the worker's own address.
    Ready {
        /// Build of the script that started the worker.
        build: String,
    },
    /// The task of this number is done.
    Answer {
        /// Number of the task.
        number: usize,
    },
    /// The task of this number cannot be done.
    Failed {
        /// Number of the task.
        number: usize,
        /// Why.
        error: String,
    },
}

/// Says that the worker is ready and answers tasks from then on.
pub(super) fn start(scope: DedicatedWorkerGlobalScope) -> Result<()> {
    let mut workbench = Workbench::default();
    let answering = scope.clone();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        super::dom::report(answer(&answering, &mut workbench, event.data()));
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    handler.forget();
    let build = scope.location().search();
    post(&scope, &Report::Ready { build }, &[])
}

fn answer(scope: &DedicatedWorkerGlobalScope, workbench: &mut Workbench, data: JsValue) -> Result<()> {
    let Assignment { number, task } = serde_wasm_bindgen::from_value(data)?;
    match task.run(workbench) {
        Ok(values) => post(scope, &Report::Answer { number }, &values),
        Err(error) => {
            let error = error.to_string();
            post(scope, &Report::Failed { number, error }, &[])
        }
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, report: &Report, values: &[f64]) -> Result<()> {
    let values = Float64Array::from(values);
    let message = Array::of2(&serde_wasm_bindgen::to_value(report)?, &values);
    scope.post_message_with_transfer(&message, &Array::of1(&values.buffer()))
}
