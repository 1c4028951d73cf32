//! A catalogue of LeiKa-Leistungen: one row per service and OZG-Leistung that it belongs to.

use super::columns::{TableRow, each_row};
use super::content::Content;
use super::layouts;
use super::ozg;
use super::sink::Sink;
use ozg_core::edition::{Covers, Edition};
use ozg_core::event::Listing;
use ozg_core::mistake::{Bilingual, Code, Fault};
use ozg_core::words::{KindSet, Remark, ServiceId, Text, TopicSet, Unit};
use std::collections::HashMap;

const KEY: usize = 0;
const NAME: usize = 1;
const TYPE: usize = 2;
const PARENT: usize = 3;

/// Reads the catalogue.
pub(crate) fn read(content: &mut Content<'_>, sink: &mut Sink<'_>) -> Option<Edition> {
    let (mut rows, mut places) = (Vec::new(), HashMap::new());
    let is_read = each_row(content, layouts::LEIKA, sink, &mut |row, sink| {
        if let Some((id, listing)) = one(row, sink) {
            ozg::add(row, id, listing, &mut rows, &mut places, sink);
        }
    });
    if rows.is_empty() {
        sink.states_nothing();
    }
    let covers = Covers::Services(Unit::Leika);
    is_read.then_some(Edition { input: "leika-catalogue", covers, on: None, source: None, rows })
}

fn one(row: &TableRow<'_>, sink: &mut Sink<'_>) -> Option<(ServiceId, Listing)> {
    if !has_key(row.get(KEY)) {
        sink.remark_row(row, Remark::LeftOut, Some(row.get(NAME)), no_key());
        return None;
    }
    let id = row.read(KEY, key(row.get(KEY)), sink);
    let name = row.read(NAME, Text::read(row.get(NAME)), sink);
    let parents = row.read(PARENT, parents(row.get(PARENT)), sink);
    let (id, name, parents) = (id?, name?, parents?);
    if parents.is_empty() {
        sink.remark_row(row, Remark::ReadAs, Some(row.get(KEY)), no_parent());
    }
    // The Typ does not say which authorities execute a service: it names neither Gemeinde nor Kreis.
    if !is_one_type(row.get(TYPE)) {
        sink.remark_row(row, Remark::ReadAs, Some(row.get(TYPE)), several_types());
    }
    let (topics, executed_by) = (TopicSet::default(), KindSet::default());
    Some((id, Listing { name, topics, parents, executed_by, lead: None }))
}

/// Tells whether a cell holds a key at all: words such as `nicht im LeiKa` mean that the service has none.
pub(crate) fn has_key(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Reads the key of a LeiKa-Leistung, with or without its scheme.
pub(crate) fn key(text: &str) -> Result<ServiceId, Fault> {
    ServiceId::read(text).ok().filter(|id| id.unit() == Unit::Leika).ok_or_else(|| {
        Fault::say(
            Code::BadKey,
            format!(
                "„{text}“ ist kein LeiKa-Schlüssel; er hat 14 Ziffern und beginnt mit 99 (99012001001000)"
            ),
            format!("\"{text}\" is not a LeiKa key; it has 14 digits and begins with 99 (99012001001000)"),
        )
    })
}

/// Reads the OZG-Leistungen that a cell names, separated by commas, semicolons or bars.
fn parents(text: &str) -> Result<Vec<ServiceId>, Fault> {
    let words = text.split([',', ';', '|']).map(str::trim).filter(|word| !word.is_empty());
    let mut parents: Vec<ServiceId> = words.map(ozg::key).collect::<Result<_, _>>()?;
    parents.sort();
    parents.dedup();
    Ok(parents)
}

fn is_one_type(text: &str) -> bool {
    matches!(text, "" | "1" | "2" | "3" | "4" | "5")
}

fn no_key() -> Bilingual {
    Bilingual::new(
        "Die Leistung hat keinen Schlüssel und wird ausgelassen",
        "The service has no key and is left out",
    )
}

fn no_parent() -> Bilingual {
    Bilingual::new("Die Leistung gehört zu keiner OZG-Leistung", "The service belongs to no OZG-Leistung")
}

fn several_types() -> Bilingual {
    Bilingual::new(
        "Dieser Typ ist nicht genau eine Zahl von 1 bis 5; welche Behörden die Leistung ausführen, bleibt offen",
        "This Typ is not exactly one number from 1 to 5; the authorities that execute the service stay open",
    )
}
