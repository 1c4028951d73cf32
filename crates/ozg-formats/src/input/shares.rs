//! Numbers that may have been meant otherwise: `0.5` without a sign is half of one per cent, and may have been meant as one half;
//! `1,234` under German headings is one and a bit, and may have been meant as a thousand and more.

use ozg_core::event::{Form, Raw, RawEvent};
use ozg_core::mistake::Bilingual;
use ozg_core::remarked::Remarked;
use ozg_core::words::{Figure, Remark};

/// The field that holds a percentage.
const PERCENT: &str = "percent";

/// The fields that hold counts.
const COUNTS: [&str; 2] = ["value", "of"];

/// Lists the remarks on the numbers of a statement in a sheet.
pub(crate) fn remarks(event: &RawEvent) -> impl Iterator<Item = Remarked> {
    percentage(event).into_iter().chain(COUNTS.into_iter().filter_map(|field| count(event, field)))
}

/// Remarks on a count with three digits behind the point and up to three before it: a group of thousands looks so.
fn count(event: &RawEvent, field: &'static str) -> Option<Remarked> {
    let (_, raw) = event.fields.iter().find(|(name, _)| name == field)?;
    let (Raw::Text(text), Form::Sheet(_)) = (raw, &event.at.form) else { return None };
    let read = Figure::read(text).ok()?.number.to_string();
    let (whole, behind) = read.split_once('.')?;
    (behind.len() == 3 && whole.len() <= 3 && whole != "0").then(|| {
        let (read_de, meant) = (read.replace('.', ","), format!("{whole}{behind}"));
        let message = Bilingual::new(
            format!(
                "{read_de} wurde mit drei Nachkommastellen gelesen; ist {meant} gemeint, {meant} schreiben"
            ),
            format!("{read} was read with three digits behind the point; if {meant} is meant, write {meant}"),
        );
        Remarked::at(&event.at.field(field), Remark::ReadAs, None).saying(message)
    })
}

/// Remarks on a percentage in a sheet that lies between 0 and 1 and is written without a sign.
fn percentage(event: &RawEvent) -> Option<Remarked> {
    let in_sheet = matches!(event.at.form, Form::Sheet(_));
    let (_, raw) = event.fields.iter().find(|(name, _)| in_sheet && name == PERCENT)?;
    let Raw::Text(text) = raw else { return None };
    let number = Figure::read_percent(text).ok().filter(|_| !Figure::says_percent(text))?.number;
    let is_share = number > 0.into() && number < 1.into();
    is_share.then(|| {
        let (read, meant) = (number.to_string(), number.hundredfold().to_string());
        let [read_de, meant_de] = [&read, &meant].map(|number| number.replace('.', ","));
        let message = Bilingual::new(
            format!(
                "{read_de} wurde als {read_de} % gelesen; sind {meant_de} % gemeint, {meant_de} schreiben"
            ),
            format!("{read} was read as {read} %; if {meant} % is meant, write {meant}"),
        );
        let origin = event.at.field(PERCENT);
        Remarked::at(&origin, Remark::PercentBelowOne, None).saying(message)
    })
}
