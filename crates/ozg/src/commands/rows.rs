//! Reads a series back from the JSON answer that every client gets; tables and charts are made from it.

use crate::answer;
use crate::failure::Failure;
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::series::{Header, KnownAt, Observed, Proof, Row, Status, Vintage};
use ozg_core::time::read_rfc3339;
use ozg_core::words::{
    Basis, Day, Level, Number, PartialDate, Place, Position, Qualifier, Remark, ServiceId, Stage, Topic,
    Unit, looked_up,
};
use ozg_formats::series::{Publication, Related};
use serde_json::Value;
use std::collections::BTreeMap;

/// A series as it was answered.
pub(crate) struct Answer {
    pub(crate) header: Header,
    pub(crate) publication: Publication,
    pub(crate) rows: Vec<Row>,
}

impl Answer {
    /// Reads the JSON form, which has all columns; `columns` are those that are to be shown, none for all.
    pub(crate) fn read(json: &Value, columns: Option<&str>) -> Result<Answer, Failure> {
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let strange = |_| Failure::said("the answer is no series");
        let measure = Measure::read(&text("measure")).map_err(strange)?;
        let parameters: Vec<(String, String)> = json["query"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect();
        let chosen = columns.map(|columns| ("columns".to_owned(), columns.to_owned()));
        let parameters: Vec<(String, String)> = parameters.into_iter().chain(chosen).collect();
        let query = Query::read(measure, &parameters).map_err(|mistakes| answer::mistaken(&mistakes))?;
        let rows: Option<Vec<Row>> = json["rows"].as_array().into_iter().flatten().map(row).collect();
        let rows = rows.ok_or_else(|| Failure::said("the answer has a row that cannot be read"))?;
        let simulated = rows.iter().any(|row| row.status.simulated);
        let position = serde_json::from_value::<Position>(json["position"].clone()).unwrap_or_default();
        let recorded_at_ms = read_rfc3339(&text("recorded_at"));
        let sources = rows.iter().flat_map(|row| row.source.split("; ")).filter(|name| !name.is_empty());
        let sources: BTreeMap<String, &str> = sources.map(|name| (looked_up(name), name)).collect();
        let publication = Publication {
            sources: sources.into_values().map(str::to_owned).collect(),
            permalink: text("permalink"),
            citation: text("citation"),
            licence: text("licence"),
            operator: text("operator"),
            names: BTreeMap::new(),
            also: json["also"].as_array().map(|also| also.iter().filter_map(Related::read).collect()),
        };
        let header = Header { measure, query, position, recorded_at_ms, simulated };
        let mut answer = Answer { header, publication, rows };
        if columns.is_some() {
            answer.cite_columns();
        }
        Ok(answer)
    }

    /// Puts the columns that are shown into the permalink.
    fn cite_columns(&mut self) {
        let Answer { header, publication, .. } = self;
        let address = publication.permalink.split('?').next().unwrap_or_default();
        publication.permalink = format!("{address}?{}", header.query.query_string());
        publication.citation = publication.citation_in(header, header.query.language.unwrap_or_default());
    }
}

fn row(json: &Value) -> Option<Row> {
    let text = |name: &str| json[name].as_str();
    let number = |name: &str| match &json[name] {
        Value::Number(number) => Number::written(&number.to_string()).map(Some),
        _ => Some(None),
    };
    let word = |name: &str| text(name).unwrap_or_default().to_owned();
    let has = |status: &str| word("status").split(' ').any(|part| part == status);
    Some(Row {
        date: Day::read(text("date")?).ok()?,
        area: Place::read(text("area")?).ok()?,
        topic: text("topic").and_then(|topic| Topic::read(topic).ok()),
        service: text("service").map(ServiceId::read).transpose().ok()?,
        stage: text("stage").map(Stage::read).transpose().ok()?,
        level: text("level").map(Level::read).transpose().ok()?,
        unit: text("unit").map(Unit::read).transpose().ok()?,
        scope: text("scope").map(str::to_owned),
        basis: Basis::all().find(|basis| Some(basis.id()) == text("basis"))?,
        value: number("value")?,
        qualifier: text("qualifier").and_then(qualifier),
        upper: number("upper")?,
        denominator: number("denominator")?,
        denominator_qualifier: text("denominator_qualifier").and_then(qualifier),
        denominator_upper: number("denominator_upper")?,
        share: number("share")?,
        share_qualifier: text("share_qualifier").and_then(qualifier),
        share_upper: number("share_upper")?,
        observed: text("observed").map(observed).transpose().ok()?,
        status: Status {
            conflict: has("conflict"),
            disputed: has("disputed"),
            simulated: has("simulated"),
            running: has("running"),
            first_edition: has("first_edition"),
            withdrawn: has("withdrawn"),
            carried: has("carried"),
            partial: has("partial"),
            published_assumed: has("published_assumed"),
        },
        source: word("source"),
        source_url: word("source_url"),
        published: text("published").map(PartialDate::read).transpose().ok()?,
        remarks: word("remark").split(' ').filter_map(remark).collect(),
        proof: Proof {
            entries: json["entry"].as_u64().map(Position::of_count).into_iter().collect(),
            note: word("note"),
        },
        vintage: text("known_from").and_then(known_at).map(|from| {
            let until = text("known_until").and_then(known_at);
            Vintage { from, until }
        }),
    })
}

fn observed(text: &str) -> Result<Observed, ozg_core::mistake::Fault> {
    match text.split_once('/') {
        Some((since, on)) => Ok(Observed::Between(PartialDate::read(since)?, PartialDate::read(on)?)),
        None => PartialDate::read(text).map(Observed::On),
    }
}

/// Reads a data state as it stands beside a value: an instant and a position.
fn known_at(text: &str) -> Option<KnownAt> {
    let (instant, position) = text.split_once(" p")?;
    Some(KnownAt { position: position.parse().ok()?, recorded_at_ms: read_rfc3339(instant)? })
}

/// Reads the id of a qualifier.
fn qualifier(id: &str) -> Option<Qualifier> {
    Qualifier::all().find(|qualifier| qualifier.id() == id)
}

/// Reads the id of a remark.
fn remark(id: &str) -> Option<Remark> {
    Remark::all().find(|remark| remark.id() == id)
}
