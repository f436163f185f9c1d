//! The page without a browser.
//!
//! [`Session`](session::Session) takes [`Action`](action::Action)s, computes in ticks and says in a [`PageView`](view::PageView) what is to be seen.
//! The [`State`](state::State) is what a visitor has chosen, and also the address ([`parameters`]); everything shown is derived from it. All
//! text for people stands in [`words`].

pub mod action;
mod controls;
mod decay_lines;
mod expectations;
pub mod export;
pub mod extra;
pub mod figures;
mod history;
pub mod inputs;
pub mod leads;
mod matching;
pub mod parameters;
pub mod pins;
pub mod plane;
pub mod plane_frame;
pub mod pointer;
pub mod problems;
pub mod sensitivity;
pub mod session;
pub mod spectrum;
pub mod state;
mod verdict;
pub mod view;
pub mod words;
mod work;
