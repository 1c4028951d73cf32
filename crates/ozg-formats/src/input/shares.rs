//! Percentages below one: `0.5` without a sign is half of one per cent, and may have been meant as one half.

use ozg_core::event::{Form, Raw, RawEvent};
use ozg_core::mistake::Bilingual;
use ozg_core::remarked::Remarked;
use ozg_core::words::{Figure, Remark};

/// The field that holds a percentage.
const PERCENT: &str = "percent";

/// Remarks on a percentage in a sheet that lies between 0 and 1 and is written without a sign.
pub(crate) fn remark(event: &RawEvent) -> Option<Remarked> {
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
