//! Entries that stood when a sheet was downloaded, still stand, and are missing in it now: a remark names them, or they are
//! withdrawn, as asked.

use ozg_core::event::{Body, Draft, EventId, Form, Where};
use ozg_core::ledger::Request;
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::state::State;
use ozg_core::words::{Place, Position, Remark, ServiceId, Text};
use ozg_formats::sheets::Downloaded;
use std::collections::BTreeSet;

/// The most entries that a remark names.
const NAMED_MAX: usize = 20;

/// Withdraws what is missing, where a reason is given; else returns the remark on it.
///
/// # Errors
/// A reason, but a sheet that does not say what was downloaded.
pub(super) fn take(
    downloaded: Option<&Downloaded>,
    reason: Option<&Text>,
    (state, request): (&State, &Request<'_>),
    drafts: &mut Vec<Draft>,
) -> Result<Option<Remarked>, Vec<Mistake>> {
    let Some(downloaded) = downloaded else {
        return match reason {
            Some(_) => Err(vec![Mistake::at(&Origin::default(), "", None, not_downloaded())]),
            None => Ok(None),
        };
    };
    let missing = missing(downloaded, state, request, drafts);
    match reason {
        _ if missing.is_empty() => Ok(None),
        None => Ok(Some(remark(&missing))),
        Some(reason) => {
            let ids = missing.iter().filter_map(|position| state.id_at(*position));
            drafts.extend(ids.map(|id| withdrawal(id, reason)));
            Ok(None)
        }
    }
}

/// Lists the entries of what was downloaded that are not in the sheet: the office's own, and others where it coordinates
/// (rule 27).
fn missing(downloaded: &Downloaded, state: &State, request: &Request<'_>, drafts: &[Draft]) -> Vec<Position> {
    let here: BTreeSet<EventId> = drafts.iter().filter_map(|draft| draft.id).collect();
    let service = downloaded.service.as_deref().and_then(|text| ServiceId::read(text).ok());
    let area = downloaded.area.as_deref().and_then(|text| Place::read(text).ok());
    let types = downloaded.kind.types();
    let is_missing = |position: &Position| {
        state.type_at(*position).is_some_and(|found| types.contains(&found))
            && state.fate(*position).is_some_and(|fate| fate.stands)
            && service.as_ref().is_none_or(|service| state.about(*position).0 == Some(service))
            && area.as_ref().is_none_or(|area| state.now().is_about(*position, area))
            && state.id_at(*position).is_some_and(|id| !here.contains(&id))
            && may_withdraw(*position, state, request)
    };
    let until = Position::new(downloaded.position).min(state.head());
    Position::START.up_to(until).filter(is_missing).collect()
}

/// Tells whether an entry is the office's own, or one of another office that it may withdraw: the ledger is asked.
fn may_withdraw(position: Position, state: &State, request: &Request<'_>) -> bool {
    if state.office_of(position) == Some(request.office) {
        return true;
    }
    let Some(id) = state.id_at(position).filter(|_| request.rights.coordinates.is_some()) else {
        return false;
    };
    let Ok(reason) = Text::read("?") else { return false };
    let tried = state.accept(&[withdrawal(id, &reason)], request, &mut || EventId::from_u128(1));
    tried.err().is_none_or(|mistakes| mistakes.iter().all(|mistake| mistake.code != Code::ForeignEntry))
}

fn withdrawal(id: EventId, reason: &Text) -> Draft {
    Draft {
        at: Where { line: 0, form: Form::None },
        id: None,
        body: Body::EntryWithdrawn(id),
        source: None,
        note: None,
        reason: Some(reason.clone()),
        replaces: None,
    }
}

fn remark(missing: &[Position]) -> Remarked {
    let count = missing.len();
    let mut list: Vec<String> =
        missing.iter().take(NAMED_MAX).map(|position| format!("#{position}")).collect();
    if count > NAMED_MAX {
        list.push("…".to_owned());
    }
    let list = list.join(", ");
    let message = Bilingual::new(
        format!(
            "{count} Einträge, die beim Herunterladen standen, fehlen in der Tabelle und stehen weiter: {list}. Zurückziehen: --withdraw-missing --reason …"
        ),
        format!(
            "{count} entries that stood when the sheet was downloaded are missing in it and still stand: {list}. To withdraw them: --withdraw-missing --reason …"
        ),
    );
    Remarked::on_line(0, Remark::RowsMissing, Some(&count.to_string())).saying(message)
}

fn not_downloaded() -> Fault {
    Fault::say(
        Code::FieldsExclude,
        "Nur eine heruntergeladene Arbeitsmappe (filled=true) weiß, welche Zeilen fehlen; diese Datei ist keine",
        "Only a workbook that was downloaded (filled=true) knows which rows are missing; this file is none",
    )
}
