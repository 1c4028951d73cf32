//! A catalogue of OZG-Leistungen: one row per service and Lage.

use super::columns::{TableRow, each_row};
use super::content::Content;
use super::layouts;
use super::sink::Sink;
use ozg_core::edition::{Covers, Edition, EditionRow, Stated};
use ozg_core::event::Listing;
use ozg_core::mistake::{Bilingual, Code, Fault};
use ozg_core::words::{KindSet, Remark, ServiceId, Text, Topic, TopicSet, Unit};
use std::collections::HashMap;

const ID: usize = 0;
const NAME: usize = 1;
const TOPIC: usize = 2;

/// Reads the catalogue.
pub(crate) fn read(content: &mut Content<'_>, sink: &mut Sink<'_>) -> Option<Edition> {
    let (mut rows, mut places) = (Vec::new(), HashMap::new());
    let is_read = each_row(content, layouts::OZG, sink, &mut |row, sink| {
        if let Some((id, listing)) = one(row, sink) {
            add(row, id, listing, &mut rows, &mut places, sink);
        }
    });
    if rows.is_empty() {
        sink.states_nothing();
    }
    let covers = Covers::Services(Unit::Ozg);
    is_read.then_some(Edition { input: "ozg-catalogue", covers, on: None, source: None, rows })
}

/// Adds a service; if an earlier row had it already, adds its further topics.
pub(crate) fn add(
    row: &TableRow<'_>,
    id: ServiceId,
    listing: Listing,
    rows: &mut Vec<EditionRow>,
    places: &mut HashMap<ServiceId, usize>,
    sink: &mut Sink<'_>,
) {
    let known = places.get(&id).and_then(|at| rows.get_mut(*at));
    let Some(EditionRow { states: Stated::Service(_, known), .. }) = known else {
        places.insert(id.clone(), rows.len());
        rows.push(EditionRow { at: row.at.clone(), states: Stated::Service(id, listing) });
        return;
    };
    listing.topics.iter().for_each(|topic| known.topics.insert(topic));
    known.parents.extend(listing.parents);
    known.parents.sort();
    known.parents.dedup();
    if known.name != listing.name {
        sink.remark_row(row, Remark::ReadAs, Some(listing.name.as_str()), other_name(&id, &known.name));
    }
}

fn one(row: &TableRow<'_>, sink: &mut Sink<'_>) -> Option<(ServiceId, Listing)> {
    let id = row.read(ID, key(row.get(ID)), sink);
    let name = row.read(NAME, Text::read(row.get(NAME)), sink);
    let topics = row.read(TOPIC, topics(row.get(TOPIC)), sink);
    let (id, name, topics) = (id?, name?, topics?);
    Some((id, Listing { name, topics, parents: Vec::new(), executed_by: KindSet::default(), lead: None }))
}

/// Reads the id of an OZG-Leistung, with or without its scheme.
pub(crate) fn key(text: &str) -> Result<ServiceId, Fault> {
    ServiceId::read(text).ok().filter(|id| id.unit() == Unit::Ozg).ok_or_else(|| {
        Fault::say(
            Code::BadKey,
            format!("„{text}“ ist keine OZG-Leistung; ihr Schlüssel hat fünf Ziffern (10255)"),
            format!("\"{text}\" is not an OZG-Leistung; its key has five digits (10255)"),
        )
    })
}

/// Reads the name of a Themenfeld, however it is spaced; an empty set for a service without one.
fn topics(text: &str) -> Result<TopicSet, Fault> {
    let name = text.replace("&amp;", "&").replace('&', " & ");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let topic = if name.is_empty() { return Ok(TopicSet::default()) } else { Topic::read(&name)? };
    Ok([topic].into_iter().filter(|topic| *topic != Topic::None).collect())
}

fn other_name(id: &ServiceId, kept: &Text) -> Bilingual {
    Bilingual::new(
        format!("{id} heißt in einer früheren Zeile „{}“; dieser Name bleibt", kept.as_str()),
        format!("{id} is called \"{}\" in an earlier line; that name is kept", kept.as_str()),
    )
}
