//! `POST /v1/events`: bytes become a batch, the batch is recorded whole or not at all, and a receipt says what became of
//! each statement (rules 22, 23, 25).

mod denied;
mod missing;
mod naming;
mod receipt;
pub(crate) mod upload;
mod whole;
mod wishes;
mod withdrawal;

pub(crate) use wishes::PARAMETERS;
pub(crate) use withdrawal::{WITHDRAWAL, withdraw};

use crate::app::Door;
use crate::auth;
use crate::limits::COMPARISONS_MAX;
use crate::mappings;
use crate::parameters::Given;
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use ozg_core::edition::SaidWith;
use ozg_core::event::Draft;
use ozg_core::ledger;
use ozg_core::remarked::Remarked;
use ozg_core::words::Position;
use ozg_formats::input::{Asked, Mapping, Refused};
use ozg_tracker::{Office, Order, Receipt, RecordError};
use receipt::{Told, answer};
use std::sync::Arc;
use whole::{Reader, Whole};
use wishes::Wishes;

/// Records a batch.
pub(crate) async fn record(
    State(door): State<Door>,
    given: Given,
    request: Request,
) -> Result<Response<Body>, Problem> {
    let office = auth::office(&door, request.headers())?;
    let wishes = given.read(Wishes::default(), &PARAMETERS)?.with_headers(request.headers())?;
    let body = upload::read(request, door.is_local).await?;
    let mapping = match (&wishes.mapping, &wishes.mapping_name) {
        (Some(text), _) => Some(mappings::read(text)?),
        (None, Some(name)) => Some(mappings::kept(&door, &office.id, name).await?),
        (None, None) => None,
    };
    let write = Arc::new(Write { office, wishes, body, mapping });
    for _ in 0..COMPARISONS_MAX {
        let Whole { drafts, difference, remarks, beside, head } = write.read(&door).await?;
        let is_single = drafts.len() == 1;
        let edition = difference.as_ref().and_then(|difference| difference.said_with.clone());
        let of_entries = whole::of_entries(&drafts);
        let receipt = match write.record(&door, drafts, edition, head).await {
            // The differences between the edition and the log have to be found again.
            Err(RecordError::HeadMoved { .. }) if difference.is_some() && !write.minds_head() => continue,
            Err(RecordError::Mistakes(mistakes)) => {
                let difference = difference.iter().flat_map(|difference| &difference.remarks);
                let remarks: Vec<Remarked> =
                    remarks.iter().chain(difference).chain(&of_entries).cloned().collect();
                return Err(receipt::refused(Problem::batch(mistakes), &remarks));
            }
            receipt => receipt?,
        };
        tracing::info!(
            head = %receipt.head,
            recorded = receipt.recorded,
            unchanged = receipt.unchanged,
            dry_run = receipt.dry_run,
            "recorded"
        );
        let told = Told { edition: difference.as_ref(), readings: &remarks, beside: &beside };
        return Ok(answer(&receipt, &told, is_single, door.config.prefix()));
    }
    Err(Problem::outrun(COMPARISONS_MAX))
}

/// A request to record something.
struct Write {
    office: Office,
    wishes: Wishes,
    body: Vec<u8>,
    mapping: Option<Mapping>,
}

impl Write {
    /// Makes a request to record statements that no body holds.
    fn of_drafts(office: Office, dry_run: bool) -> Write {
        let wishes = Wishes { dry_run, ..Wishes::default() };
        Write { office, wishes, body: Vec::new(), mapping: None }
    }

    /// Tells whether the office itself sent `If-Match`.
    fn minds_head(&self) -> bool {
        self.wishes.expected_head.is_some()
    }

    /// Reads the body, and compares an edition with the present state.
    async fn read(self: &Arc<Write>, door: &Door) -> Result<Whole, Problem> {
        let turn = door.turn().await?;
        let (write, site, state, now_ms) = (Arc::clone(self), door.share(), door.state(), door.now_ms());
        let whole = blocking(move || {
            let Write { office: Office { id, rights, .. }, wishes, body, mapping } = &*write;
            let (rights, on_conflict, was_accepted) = (rights.clone(), wishes.on_conflict, false);
            let request = ledger::Request { office: id, rights, now_ms, on_conflict, was_accepted };
            let Wishes { kind, on, accept_jump, .. } = *wishes;
            let (content_type, sheet) = (wishes.content_type.as_deref(), wishes.sheet.as_deref());
            let asked = Asked { kind, content_type, sheet, day: on, mapping: mapping.as_ref() };
            let withdraw_missing = wishes.withdraw_missing.as_ref();
            let reader = Reader { asked, accept_jump, withdraw_missing, names: &site.names };
            let whole = whole::read(body, &reader, &state, &request);
            drop(turn);
            whole
        });
        whole
            .await?
            .map_err(|Refused { mistakes, remarks }| receipt::refused(Problem::batch(mistakes), &remarks))
    }

    /// Records the statements. The differences of an edition were found at a head, and are recorded only if the log still
    /// ends there.
    async fn record(
        &self,
        door: &Door,
        drafts: Vec<Draft>,
        edition: Option<SaidWith>,
        head: Position,
    ) -> Result<Receipt, RecordError> {
        let Wishes { dry_run, on_conflict, expected_head, .. } = self.wishes;
        let is_edition = edition.is_some();
        if let Some(expected) = expected_head.filter(|expected| is_edition && *expected != head) {
            return Err(RecordError::HeadMoved { expected, head });
        }
        if is_edition && drafts.is_empty() {
            let outcomes = Vec::new();
            return Ok(Receipt { head, recorded: 0, unchanged: 0, skipped: 0, dry_run, outcomes });
        }
        let (office, proof) = (self.office.id.clone(), self.office.proof);
        let expected_head = if is_edition { Some(head) } else { expected_head };
        // A log of generated entries is marked for ever; entries that people add to it get the same mark.
        let simulated = door.state().is_simulated();
        let order = Order { office, proof, drafts, dry_run, on_conflict, expected_head, simulated, edition };
        door.tracker.record(order).await
    }
}
