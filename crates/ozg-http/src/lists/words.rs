//! The lists of areas, of topics, and of all words that input may have.

use super::list::{List, One, Rows};
use super::selection::Selection;
use ozg_core::event::{Spelling, VOCABULARIES};
use ozg_core::mistake::{Code, Fault};
use ozg_core::state::State;
use ozg_core::words::{Area, Label, Topic};
use serde_json::{Value, json};

pub(super) const AREAS: List = List {
    name: "areas",
    schema: "Areas",
    doc: "Germany and the Länder",
    columns: &["area", "official_key", "name_de", "name_en"],
    parameters: &[],
    rows: Rows::Things(|_, _| Area::all().map(area_row).collect()),
    one: Some(One { schema: "Area", doc: "an area", example: "BB", has_feed: false, read: one_area }),
};

pub(super) const TOPICS: List = List {
    name: "topics",
    schema: "Topics",
    doc: "the topics (Themenfelder)",
    columns: &["topic", "name_de", "name_en"],
    parameters: &[],
    rows: Rows::Things(topic_rows),
    one: Some(One { schema: "Topic", doc: "a topic", example: "bildung", has_feed: false, read: one_topic }),
};

pub(super) const WORDS: List = List {
    name: "words",
    schema: "Words",
    doc: "the words that input may have: stages, dates, qualifiers of figures and others, with what each means",
    columns: &["list", "written", "means", "is_read"],
    parameters: &[],
    rows: Rows::Things(|_, _| {
        let row = |list: &str, word: Spelling| {
            vec![list.into(), word.written.into(), word.means.into(), word.is_read.into()]
        };
        let lists = VOCABULARIES.iter();
        lists.flat_map(|list| (list.spellings)().into_iter().map(|word| row(list.list, word))).collect()
    }),
    one: Some(One {
        schema: "WordList",
        doc: "the words of a list",
        example: "stage",
        has_feed: false,
        read: one_list,
    }),
};

fn one_list(_: &State, id: &str) -> Result<Value, Fault> {
    let list = VOCABULARIES.iter().find(|list| list.list == id).ok_or_else(|| {
        let what = Label { de: "Die Wortliste", en: "The list of words" };
        Fault::unknown(Code::UnknownWord, what, id, VOCABULARIES.iter().map(|list| list.list))
    })?;
    let word =
        |word: Spelling| json!({ "written": word.written, "means": word.means, "is_read": word.is_read });
    let words: Vec<Value> = (list.spellings)().into_iter().map(word).collect();
    Ok(json!({ "list": list.list, "words": words, "links": { "all": "/v1/words.csv" } }))
}

fn area_row(area: Area) -> Vec<Value> {
    let name = area.name();
    vec![area.id().into(), area.official_key().into(), name.de.into(), name.en.into()]
}

fn one_area(_: &State, id: &str) -> Result<Value, Fault> {
    let area = Area::read(id)?;
    let name = area.name();
    Ok(json!({
        "area": area.id(),
        "official_key": area.official_key(),
        "name": { "de": name.de, "en": name.en },
        "links": links("area", area.id()),
    }))
}

fn topic_rows(_: &State, _: &Selection) -> Vec<Vec<Value>> {
    let row = |topic: Topic| vec![topic.id().into(), topic.name().de.into(), topic.name().en.into()];
    Topic::all().map(row).collect()
}

fn one_topic(_: &State, id: &str) -> Result<Value, Fault> {
    let topic = Topic::read(id)?;
    let name = topic.name();
    Ok(json!({
        "topic": topic.id(),
        "name": { "de": name.de, "en": name.en },
        "links": links("topic", topic.id()),
    }))
}

/// Returns the addresses of ready-made series about an area or a topic.
fn links(dimension: &str, id: &str) -> Value {
    let link = |measure: &str| Value::from(format!("/v1/series/{measure}.csv?{dimension}={id}"));
    json!({
        "services_launched": link("services_launched"),
        "services_rolled_out": link("services_rolled_out"),
        "reuses": link("reuses"),
    })
}
