//! Runs of an experiment that are compared one by one.

use crate::Error;
use crate::data::Reader;

/// Runs of a detector that data are of, where other analyses of them are known; they are named over all tables.
pub(super) fn observed_in(reader: &mut Reader) -> Result<Vec<String>, Error> {
    if !crate::WORKSHOP || !reader.has("observed-in") {
        return Ok(Vec::new());
    }
    Ok(reader.text("observed-in")?.split(' ').map(str::to_owned).collect())
}

/// Names of the runs, and what each has of the exposure, relative to the others. One run alone has all of it and needs no row for that.
pub(super) fn read(reader: &mut Reader) -> Result<(Vec<String>, Vec<f64>), Error> {
    let names: Vec<String> = reader.text("runs")?.split(' ').map(str::to_owned).collect();
    let is_repeated = |(place, name): (usize, &String)| name.is_empty() || names[..place].contains(name);
    if names.iter().enumerate().any(is_repeated) {
        return Err(reader.wrong("runs", say!("names with a space between, each once")));
    }
    if names.len() == 1 && !reader.has("run-exposures") {
        return Ok((names, vec![1.0]));
    }
    let exposures = reader.list("run-exposures", names.len())?;
    if exposures.iter().sum::<f64>() <= 0.0 {
        return Err(reader.wrong("run-exposures", word!("above zero")));
    }
    Ok((names, exposures))
}
