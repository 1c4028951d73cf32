//! Sheets of dissolved authorities and their successors. Rows with the same predecessor and day are one event.

use super::columns::{TableRow, each_row};
use super::content::Content;
use super::keys;
use super::layouts;
use super::sink::Sink;
use ozg_core::event::{Columns, Form, Raw, RawEvent, Where};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::{AuthorityId, Label, PartialDate, folded};
use std::collections::HashMap;
use std::sync::Arc;

const PREDECESSOR: usize = 0;
const SUCCESSOR: usize = 1;
const ON: usize = 2;
const KIND: usize = 3;
const SOURCE: usize = 4;
const NOTE: usize = 5;

/// The ways in which an authority can end: their names, and whether the successor is the same body under another key.
const KINDS: [(Label, bool); 4] = [
    (Label { de: "eingemeindung", en: "incorporation" }, false),
    (Label { de: "zusammenschluss", en: "merger" }, false),
    (Label { de: "aufteilung", en: "split" }, false),
    (Label { de: "schluesselaenderung", en: "rekeying" }, true),
];

/// The rows of one predecessor and one day.
struct Dissolution {
    at: Where,
    predecessor: AuthorityId,
    on: PartialDate,
    kind: Label,
    inherits: bool,
    successors: Vec<AuthorityId>,
    source: String,
    note: String,
}

/// Reads the sheet.
pub(crate) fn read(content: &mut Content<'_>, sink: &mut Sink<'_>) {
    let mut dissolutions: Vec<Dissolution> = Vec::new();
    let mut places: HashMap<(AuthorityId, PartialDate), usize> = HashMap::new();
    each_row(content, layouts::SUCCESSORS, sink, &mut |row, sink| {
        let Some(next) = dissolution(row, sink) else { return };
        let key = (next.predecessor.clone(), next.on);
        match places.get(&key).and_then(|at| dissolutions.get_mut(*at)) {
            Some(known) if known.kind != next.kind => row.fault(KIND, other_kind(known), sink),
            Some(known) => {
                let news = next.successors.into_iter().filter(|new| !known.successors.contains(new));
                let news: Vec<AuthorityId> = news.collect();
                known.successors.extend(news);
            }
            None => {
                places.insert(key, dissolutions.len());
                dissolutions.push(next);
            }
        }
    });
    sink.start_events();
    for dissolution in dissolutions {
        if sink.event(event(dissolution)).is_break() {
            return;
        }
    }
}

/// Reads one row; all its mistakes go into the sink.
fn dissolution(row: &TableRow<'_>, sink: &mut Sink<'_>) -> Option<Dissolution> {
    let predecessor = row.read(PREDECESSOR, keys::authority(row.get(PREDECESSOR)), sink);
    let successor = row.read(SUCCESSOR, keys::authority(row.get(SUCCESSOR)), sink);
    let on = row.read(ON, PartialDate::read(&row.date(ON)), sink);
    let kind = row.read(KIND, kind(row.get(KIND)), sink);
    let (predecessor, successor, on, (kind, inherits)) = (predecessor?, successor?, on?, kind?);
    if predecessor == successor {
        row.fault(SUCCESSOR, itself(), sink);
        return None;
    }
    Some(Dissolution {
        at: row.at.clone(),
        predecessor,
        on,
        kind,
        inherits,
        successors: vec![successor],
        source: row.get(SOURCE).to_owned(),
        note: row.get(NOTE).to_owned(),
    })
}

fn event(dissolution: Dissolution) -> RawEvent {
    let mut fields = vec![
        ("type".to_owned(), Raw::text("authority-dissolved")),
        ("authority".to_owned(), Raw::text(&dissolution.predecessor)),
        ("successors".to_owned(), Raw::List(dissolution.successors.iter().map(Raw::text).collect())),
        ("on".to_owned(), Raw::text(dissolution.on)),
        ("reason".to_owned(), Raw::text(dissolution.kind.de)),
    ];
    if dissolution.inherits {
        fields.push(("inherits".to_owned(), Raw::Flag(true)));
    }
    for (name, text) in [("source", dissolution.source), ("note", dissolution.note)] {
        if !text.is_empty() {
            fields.push((name.to_owned(), Raw::Text(text)));
        }
    }
    RawEvent { at: Where { line: dissolution.at.line, form: as_fields(&dissolution.at.form) }, fields }
}

/// Names the columns like the fields of the event, so that the mistakes of fields find their cells.
fn as_fields(form: &Form) -> Form {
    let Form::Sheet(columns) = form else { return form.clone() };
    let field = |name: &String| match name.as_str() {
        "predecessor" => "authority".to_owned(),
        "successor" => "successors".to_owned(),
        "kind" => "inherits".to_owned(),
        _ => name.clone(),
    };
    let names = columns.names.iter().map(field).collect();
    Form::Sheet(Arc::new(Columns { names, sheet: columns.sheet.clone() }))
}

fn kind(text: &str) -> Result<(Label, bool), Fault> {
    let word = folded(text);
    let found = KINDS.iter().find(|(label, _)| [label.de, label.en].iter().any(|name| folded(name) == word));
    found.copied().ok_or_else(|| {
        let german: Vec<&str> = KINDS.iter().map(|(label, _)| label.de).collect();
        let english: Vec<&str> = KINDS.iter().map(|(label, _)| label.en).collect();
        let fault = Fault::say(
            Code::UnknownWord,
            format!("Die Art „{text}“ ist unbekannt. Erlaubt: {}", german.join(", ")),
            format!("The kind \"{text}\" is unknown. Allowed: {}", english.join(", ")),
        );
        fault.near(&word, german.into_iter().chain(english))
    })
}

fn other_kind(known: &Dissolution) -> Fault {
    Fault::say(
        Code::Contradiction,
        format!("Zeile {} sagt für dieselbe Behörde und denselben Tag „{}“", known.at.line, known.kind.de),
        format!("Line {} says \"{}\" for the same authority and day", known.at.line, known.kind.en),
    )
}

fn itself() -> Fault {
    Fault::say(
        Code::Contradiction,
        "Eine Behörde kann nicht ihre eigene Nachfolgerin sein",
        "An authority cannot succeed itself",
    )
}
