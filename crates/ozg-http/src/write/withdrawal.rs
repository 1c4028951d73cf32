//! `POST /v1/batches/{position}/withdrawal`: all entries of a batch that still stand are withdrawn, as one batch.

use super::{Told, Write, answer};
use crate::app::Door;
use crate::auth;
use crate::parameters::{Given, flag};
use crate::problem::{Problem, ProblemKind};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::Response;
use ozg_core::event::{Body as Said, Draft, EventType, Form, Where};
use ozg_core::mistake::{Bilingual, Code, Fault};
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::remarked::Remarked;
use ozg_core::state::{Batch, State as Known};
use ozg_core::words::{Position, Remark, Text};

/// What a withdrawal is asked for.
#[derive(Debug, Default)]
pub(crate) struct Withdrawal {
    reason: Option<Text>,
    dry_run: bool,
}

/// The parameters of a withdrawal.
pub(crate) static WITHDRAWAL: [Parameter<Withdrawal>; 2] = [
    Parameter::<Withdrawal>::new(
        ("reason", "why"),
        Takes::Text("wrong sheet"),
        |withdrawal, text| put(&mut withdrawal.reason, Text::read(text).map(Some)),
        |_| None,
    ),
    Parameter::<Withdrawal>::new(
        ("dry_run", "check everything, record nothing"),
        Takes::Flag,
        |withdrawal, text| put(&mut withdrawal.dry_run, flag(text)),
        |_| None,
    ),
];

/// Withdraws what stands of a batch.
pub(crate) async fn withdraw(
    State(door): State<Door>,
    Path(position): Path<String>,
    given: Given,
    request: Request,
) -> Result<Response<Body>, Problem> {
    let office = auth::office(&door, request.headers())?;
    let Withdrawal { reason, dry_run } = given.read(Withdrawal::default(), &WITHDRAWAL)?;
    let reason = reason.ok_or_else(no_reason)?;
    let state = door.state();
    let batch = state.entry_named(&position).and_then(|position| state.batch_of(position));
    let batch = batch.ok_or_else(|| unknown(&position, state.head()))?;
    let drafts = drafts(&state, &batch, &reason);
    if drafts.is_empty() {
        return Err(nothing(&batch));
    }
    let stands = |position: Position| {
        is_statement(&state, position) && state.fate(position).is_some_and(|fate| fate.stands)
    };
    let before = (!batch.positions().any(stands)).then(|| already(&batch));
    let remarks = before.into_iter().chain(corrected(&state, &batch));
    let remarks: Vec<Remarked> = remarks.collect();
    let write = Write::of_drafts(office, dry_run);
    let receipt = write.record(&door, drafts, None, state.head()).await?;
    let told = Told { edition: None, readings: &remarks, beside: &[] };
    Ok(answer(&receipt, &told, false, ""))
}

/// Makes a withdrawal of each entry of a batch, but not of entries that were corrected and not of withdrawals. The withdrawal
/// of an entry that was withdrawn before is no news.
fn drafts(state: &Known, batch: &Batch, reason: &Text) -> Vec<Draft> {
    let is_meant = |position: &Position| {
        is_statement(state, *position)
            && state.fate(*position).is_some_and(|fate| fate.stands || fate.withdrawn_by.is_some())
    };
    let ids = batch.positions().filter(is_meant).filter_map(|position| state.id_at(position));
    ids.map(|id| Draft {
        at: Where { line: 0, form: Form::None },
        id: None,
        body: Said::EntryWithdrawn(id),
        source: None,
        note: None,
        reason: Some(reason.clone()),
        replaces: None,
    })
    .collect()
}

/// Tells whether an entry says something itself; a withdrawal does not, and is final.
fn is_statement(state: &Known, position: Position) -> bool {
    state.type_at(position).is_some_and(|event_type| event_type != EventType::EntryWithdrawn)
}

/// Names what was corrected since; a correction stays.
fn corrected(state: &Known, batch: &Batch) -> Vec<Remarked> {
    let by = |position: Position| {
        let fate = state.fate(position)?;
        fate.replaced_by.filter(|_| !fate.stands).map(|by| (position, by))
    };
    let remark = |(position, by): (Position, Position)| {
        let message = Bilingual::new(
            format!("Der Eintrag #{position} wurde seitdem durch #{by} berichtigt; #{by} bleibt stehen"),
            format!("The entry #{position} has since been corrected by #{by}; #{by} still stands"),
        );
        Remarked::on_line(0, Remark::LeftOut, Some(&format!("#{position}"))).saying(message)
    };
    batch.positions().filter_map(by).map(remark).collect()
}

/// Says that all of it was withdrawn before.
fn already(batch: &Batch) -> Remarked {
    let (first, last) = (batch.first, batch.last);
    let message = Bilingual::new(
        format!(
            "Von den Einträgen #{first} bis #{last} steht keiner mehr; zurückgezogen wurden sie schon früher"
        ),
        format!("Of the entries #{first} to #{last} none stands any more; they were withdrawn before"),
    );
    Remarked::on_line(0, Remark::LeftOut, None).saying(message)
}

fn no_reason() -> Problem {
    let fault = Fault::say(
        Code::MissingField,
        "Ein Zurückziehen braucht einen Grund: reason=…",
        "A withdrawal needs a reason: reason=…",
    );
    Problem::parameter("reason", None, fault)
}

fn unknown(position: &str, head: Position) -> Problem {
    Problem::say(
        ProblemKind::UnknownThing,
        format!("Einen Stapel mit dem Eintrag „{position}“ gibt es nicht; das Protokoll endet bei {head}"),
        format!("There is no batch with the entry \"{position}\"; the log ends at {head}"),
    )
}

fn nothing(batch: &Batch) -> Problem {
    let (first, last) = (batch.first, batch.last);
    Problem::say(
        ProblemKind::Conflict,
        format!(
            "Die Einträge #{first} bis #{last} sind berichtigt oder ziehen selbst zurück; keiner kann zurückgezogen werden"
        ),
        format!("The entries #{first} to #{last} are corrected or withdraw others; none can be withdrawn"),
    )
}
