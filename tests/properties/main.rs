//! Properties that hold for every input, tried with inputs that are meant to break them.

mod counts;
mod cross_sections;
mod detectors;
mod input;
mod moments;
mod quadrature;
mod setups;
