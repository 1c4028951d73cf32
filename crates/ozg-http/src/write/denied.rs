//! Cells that say `nein`. They record nothing; if an entry says yes, a remark names the entry.

use ozg_core::asof::{KeptNames, Lookup};
use ozg_core::event::{EventId, Raw, RawEvent};
use ozg_core::ledger::{OutcomeKind, Request};
use ozg_core::mistake::Bilingual;
use ozg_core::remarked::Remarked;
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::Remark;

/// Makes a remark on each cell that says `nein` while an entry says yes.
pub(super) fn remarks(
    denied: Vec<RawEvent>,
    state: &State,
    names: &KeptNames,
    request: &Request<'_>,
) -> Vec<Remarked> {
    if denied.is_empty() {
        return Vec::new();
    }
    let (today, names) = (berlin_day(request.now_ms), names.of(state));
    let mut lookup = Lookup::new(state.now(), &names, today);
    let remark = |mut event: RawEvent| {
        if event.fields.iter().all(|(name, _)| name != "on") {
            event.fields.push(("on".to_owned(), Raw::text(today)));
        }
        // A cell that names no service or place that exists denies nothing.
        let at = event.at.clone();
        let draft = lookup.read(event, &mut Vec::new()).ok()?;
        let accepted = state.accept(&[draft], request, &mut || EventId::from_u128(1)).ok()?;
        let standing = accepted.outcomes.first().filter(|outcome| outcome.kind == OutcomeKind::Unchanged)?;
        let position = standing.position?;
        let message = Bilingual::new(
            format!(
                "Die Zelle sagt nein, aber nach Eintrag #{position} gilt es; gilt es nicht mehr, das Ende melden (Art „beendet“), war es ein Irrtum, den Eintrag zurückziehen"
            ),
            format!(
                "The cell says no, but it holds by entry #{position}; if it no longer does, record the end (type \"ended\"), if it was a mistake, withdraw the entry"
            ),
        );
        let remark = Remarked::at(&at.field("on"), Remark::StillStands, Some(&format!("#{position}")));
        Some(remark.saying(message))
    };
    denied.into_iter().filter_map(remark).collect()
}
