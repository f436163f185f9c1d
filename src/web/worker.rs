//! The worker's side: takes jobs, answers with what they give.

use super::dom::Result;
use super::message;
use crate::work::{Assignment, Job, Report};
use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Milliseconds between signs of life during a job.
const ALIVE_MS: f64 = 500.0;

/// Says that the worker is ready and answers jobs from then on.
pub(super) fn start<J: Job>(scope: DedicatedWorkerGlobalScope) -> Result<()> {
    let mut store = J::Store::default();
    let answering = scope.clone();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Err(error) = answer::<J>(&answering, &mut store, event.data()) {
            // The page hears of it as an error event of this worker, and starts another.
            wasm_bindgen::throw_val(error);
        }
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // For the life of the worker.
    handler.forget();
    let build = scope.name();
    post::<J>(&scope, &Report::Ready { build })
}

fn answer<J: Job>(scope: &DedicatedWorkerGlobalScope, store: &mut J::Store, data: JsValue) -> Result<()> {
    let Assignment { id, job } = message::unpack::<Assignment<J>>(data)?;
    let mut spoken_ms = Date::now();
    let mut alive = || {
        let now_ms = Date::now();
        // Also after a step back of the clock.
        if (now_ms - spoken_ms).abs() >= ALIVE_MS {
            spoken_ms = now_ms;
            // Who cannot speak is late, and the page deals with that.
            let _ = post::<J>(scope, &Report::Alive);
        }
    };
    let result = job.run(store, &mut alive);
    post::<J>(scope, &Report::Done { id, result })
}

fn post<J: Job>(scope: &DedicatedWorkerGlobalScope, report: &Report<J::Answer, J::Failure>) -> Result<()> {
    scope.post_message(&message::pack(report)?)
}
