//! Every mistake at once: where some statements cannot be read, the others are checked all the same, so that nobody mends
//! a file line by line. What an edition says beyond what stands is found here, too.

use super::naming::{Named, Naming};
use super::{denied, missing};
use ozg_core::asof::{Held, KeptNames};
use ozg_core::edition::{Difference, Taking};
use ozg_core::event::{Draft, EventId};
use ozg_core::ledger::{MISTAKES_MAX, Request};
use ozg_core::mistake::{Class, Code, Mistake};
use ozg_core::remarked::Remarked;
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{Position, Text};
use ozg_formats::input::{self, Asked, EVENTS_MAX, REMARKS_MAX, Reading, Refused};

/// The content of a body.
pub(crate) struct Whole {
    /// The statements to record.
    pub(crate) drafts: Vec<Draft>,
    /// The differences between an edition and the state; none for other inputs.
    pub(crate) difference: Option<Difference>,
    /// What was read otherwise than it is written.
    pub(crate) remarks: Vec<Remarked>,
    /// What stays in the Kreis of a place at which everything ends.
    pub(crate) beside: Vec<Held>,
    /// The head at which the statements were checked, or the edition was compared.
    pub(crate) head: Position,
}

/// How a body is to be read.
pub(crate) struct Reader<'a> {
    /// What the office says about it. The day is also that of an edition that does not name its day itself.
    pub(crate) asked: Asked<'a>,
    /// Why entries that are missing in a downloaded sheet are withdrawn.
    pub(crate) withdraw_missing: Option<&'a Text>,
    /// Whether an edition may end or begin more things than is credible.
    pub(crate) accept_jump: bool,
    /// The names of what there is.
    pub(crate) names: &'a KeptNames,
}

/// Reads a body into drafts.
///
/// # Errors
/// Every mistake: of the statements that cannot be read, and of the others when checked against the state; and the remarks on
/// what was read all the same.
pub(crate) fn read(
    body: &[u8],
    reader: &Reader<'_>,
    state: &State,
    request: &Request<'_>,
) -> Result<Whole, Refused> {
    let Reader { asked, accept_jump, withdraw_missing, names } = *reader;
    let (head, today) = (state.head(), berlin_day(request.now_ms));
    let mut naming = Naming::default();
    let read = input::read_asked(body, &asked, EVENTS_MAX, &mut |event| naming.take(event));
    let may_describe = naming.may_describe;
    let Named { mut drafts, mistakes: unnamed, mut remarks } = naming.finish(state, names, today);
    let mut mistakes = match read {
        Ok(Reading { edition: None, remarks: more, denied, downloaded }) if unnamed.is_empty() => {
            remarks.extend(more);
            remarks.extend(denied::remarks(denied, state, names, request));
            match missing::take(downloaded.as_ref(), withdraw_missing, (state, request), &mut drafts) {
                Ok(more) => remarks.extend(more),
                Err(mistakes) => return Err(Refused { mistakes, remarks }),
            }
            let beside = state.now().held_beside(&drafts, today);
            return Ok(Whole { drafts, difference: None, remarks, beside, head });
        }
        Ok(Reading { edition: None, remarks: more, .. }) => {
            remarks.extend(more);
            unnamed
        }
        Ok(Reading { edition: Some(edition), remarks: more, .. }) => {
            remarks.extend(more);
            let file = *blake3::hash(body).as_bytes();
            let taking = Taking { office: request.office, today, on: asked.day, accept_jump, file };
            let mut difference = match edition.against(state, &taking) {
                Ok(difference) => difference,
                Err(mistakes) => return Err(Refused { mistakes, remarks }),
            };
            let drafts = std::mem::take(&mut difference.drafts);
            return Ok(Whole { drafts, difference: Some(difference), remarks, beside: Vec::new(), head });
        }
        Err(Refused { mut mistakes, remarks: more }) => {
            remarks.extend(more);
            mistakes.extend(unnamed.into_iter().filter(|mistake| is_certain(mistake, may_describe)));
            mistakes
        }
    };
    if mistakes.iter().all(|mistake| mistake.code.class() != Class::Unreadable) {
        let mut number = 0;
        let mut ids = || {
            number += 1;
            EventId::from_u128(number)
        };
        let more = state.accept(&drafts, request, &mut ids).err().unwrap_or_default();
        mistakes.extend(more.into_iter().filter(|mistake| is_certain(mistake, may_describe)));
        mistakes.sort_by(|one, other| place(one).cmp(&place(other)));
        mistakes.truncate(MISTAKES_MAX);
    }
    remarks.extend(of_entries(&drafts));
    Err(Refused { mistakes, remarks })
}

/// Lists the remarks that follow from statements alone, whatever stands (rule 6c): those that a refusal shows.
pub(super) fn of_entries(drafts: &[Draft]) -> Vec<Remarked> {
    let of_draft = |draft: &Draft| {
        let (origin, remarks) = (draft.at.field(""), draft.remarks());
        remarks.into_iter().map(move |remark| Remarked::at(&origin, remark, None)).collect::<Vec<_>>()
    };
    drafts.iter().flat_map(of_draft).take(REMARKS_MAX).collect()
}

/// Returns where a mistake stands in the order of the input: by sheet and line.
fn place(mistake: &Mistake) -> (Option<&str>, u32) {
    (mistake.origin.sheet.as_deref(), mistake.origin.line)
}

/// Tells whether a mistake would also be one if the unreadable statements had been read.
fn is_certain(mistake: &Mistake, may_describe: bool) -> bool {
    match mistake.code {
        Code::UnknownEntry | Code::NotReached | Code::StandingUnclear => false,
        Code::UnknownService | Code::UnknownPlace => !may_describe,
        _ => true,
    }
}
