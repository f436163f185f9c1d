//! What the parser of the command line gets, and what it complains about, in one line.

use crate::failure::Failure;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use dipole_portal::Error;
use dipole_portal::page::words::quoted;
use std::error::Error as _;
use std::ffi::{OsStr, OsString};

/// The arguments, values that begin with one hyphen tied to their option: `--mass -1` is a mass out of range, not an
/// unknown option `-1`, while `--mass --flux 2` still lacks a mass.
pub(crate) fn arguments() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = Vec::new();
    for argument in std::env::args_os() {
        let bytes = argument.as_encoded_bytes();
        let is_value = bytes.starts_with(b"-") && !bytes.starts_with(b"--") && !matches!(bytes, b"-" | b"-h" | b"-V");
        match arguments.last_mut() {
            Some(option) if is_value && is_open_option(option) => {
                option.push("=");
                option.push(argument);
            }
            _ => arguments.push(argument),
        }
    }
    arguments
}

/// Whether this is an option without its value (or a flag, which then is said to take none).
fn is_open_option(argument: &OsStr) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes.starts_with(b"--") && bytes.len() > 2 && !bytes.contains(&b'=')
}

/// The parser's error as one line that says what was got and what is allowed.
pub(crate) fn failure(program: &clap::Command, error: &clap::Error) -> Failure {
    match error.kind() {
        ErrorKind::ValueValidation => match error.source().and_then(|source| source.downcast_ref::<Error>()) {
            Some(error) => error.clone().into(),
            None => first_lines(error),
        },
        ErrorKind::InvalidValue => {
            let allowed = match text(error, ContextKind::ValidValue) {
                names if names.is_empty() => "a value".to_owned(),
                names => names,
            };
            let argument = text(error, ContextKind::InvalidArg);
            Error::input(
                option_name(&argument),
                quoted(&text(error, ContextKind::InvalidValue)),
                allowed,
            )
            .into()
        }
        ErrorKind::UnknownArgument => {
            let got = quoted(&text(error, ContextKind::InvalidArg));
            Error::input("option", got, options_of_the_command_asked_for(program)).into()
        }
        ErrorKind::InvalidSubcommand
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let got = quoted(&text(error, ContextKind::InvalidSubcommand));
            let names: Vec<_> = program.get_subcommands().map(clap::Command::get_name).collect();
            Error::input("command", got, names.join(", ")).into()
        }
        _ => first_lines(error),
    }
}

/// The error without the usage and the hints below it.
fn first_lines(error: &clap::Error) -> Failure {
    let text = error.to_string();
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    Failure::Usage(lines.join(" ").trim_start_matches("error: ").to_owned())
}

/// A piece of the error's context; empty if it has none of this kind.
fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

/// `mass` of `--mass <MEV>`.
fn option_name(argument: &str) -> &str {
    let name = argument.split(' ').next().unwrap_or_default();
    name.trim_start_matches('-')
}

/// The options of the command that the arguments name, or of the program.
fn options_of_the_command_asked_for(program: &clap::Command) -> String {
    let asked_for = std::env::args_os().nth(1).unwrap_or_default();
    let command = program.find_subcommand(asked_for).unwrap_or(program);
    let names: Vec<_> = command
        .get_arguments()
        .filter_map(clap::Arg::get_long)
        .chain(["help"])
        .map(|name| format!("--{name}"))
        .collect();
    names.join(", ")
}
