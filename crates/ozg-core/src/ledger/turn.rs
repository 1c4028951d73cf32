//! The order in which the drafts of a batch are tried, whatever the order of the input: first what the batch takes back or
//! corrects of the catalogue and the registry, then its descriptions, which other drafts may rest on; then the same of
//! statements; last what acts on other drafts of the batch (rules 1, 3).

use super::check::Trial;
use crate::event::{Body, Draft, EventId, Replaces, Says};
use crate::words::Day;
use std::collections::BTreeSet;

/// When a draft has its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// It withdraws a description that stands.
    WithdrawsDescription,
    /// It corrects a description that stands.
    CorrectsDescription,
    /// It describes from a day on, by place among the descriptions for one day: those in force decide what is news.
    Describes(Day, u8),
    /// It withdraws a statement that stands.
    WithdrawsStatement,
    /// It corrects a statement that stands.
    CorrectsStatement,
    /// It states something.
    States,
    /// It observed something, by day: what was reached or observed before makes it no news.
    Observes(Day),
    /// It objects to an entry.
    Objects,
    /// It corrects a draft of the batch.
    CorrectsDraft,
    /// It withdraws a draft of the batch.
    WithdrawsDraft,
    /// It declares that what the batch describes is complete: a long file that breaks off has not declared it.
    Declares,
}

impl Trial<'_> {
    /// Puts drafts in the order of their turns. Corrections that the batch withdraws again come before others of the same
    /// entry, since they make room for them.
    pub(super) fn put_in_order(&self, drafts: &mut [(usize, &Draft)]) {
        let withdrawals = drafts.iter().filter(|(_, draft)| is_withdrawal(draft));
        let withdrawn: BTreeSet<EventId> = withdrawals.filter_map(|(_, draft)| target_id(draft)).collect();
        let stays = |draft: &Draft| draft.id.is_none_or(|id| !withdrawn.contains(&id));
        drafts.sort_by_key(|(_, draft)| (self.turn(draft), draft.replaces.is_some() && stays(draft)));
    }

    fn turn(&self, draft: &Draft) -> Turn {
        let withdraws = is_withdrawal(draft);
        let target = target_id(draft).map(|id| self.state.position_of(id));
        let of_type = match (target, draft.replaces) {
            (Some(None), _) => return if withdraws { Turn::WithdrawsDraft } else { Turn::CorrectsDraft },
            (Some(Some(position)), _) => self.state.type_at(position),
            (None, Some(_)) => Some(draft.body.event_type()),
            (None, None) => return self.own_turn(draft),
        };
        let is_description =
            of_type.is_some_and(|event_type| matches!(event_type.says(), Says::Description { .. }));
        match (is_description, withdraws) {
            (true, true) => Turn::WithdrawsDescription,
            (true, false) => Turn::CorrectsDescription,
            (false, true) => Turn::WithdrawsStatement,
            (false, false) => Turn::CorrectsStatement,
        }
    }

    /// Returns the turn of a draft that acts on nothing.
    fn own_turn(&self, draft: &Draft) -> Turn {
        let day = || draft.body.on().map_or(Day::EVER, |on| on.counts_from(self.recorded));
        match (draft.body.event_type().says(), &draft.body) {
            (_, Body::RegisterDeclared(..)) => Turn::Declares,
            (Says::Objection, _) => Turn::Objects,
            (Says::Description { order }, _) => Turn::Describes(day(), order),
            (_, Body::MilestoneObserved(..)) => Turn::Observes(day()),
            (Says::Progress | Says::Claim | Says::Review | Says::Withdrawal, _) => Turn::States,
        }
    }
}

/// Tells whether a draft withdraws an entry.
pub(super) fn is_withdrawal(draft: &Draft) -> bool {
    matches!(draft.body, Body::EntryWithdrawn(_))
}

/// Returns the id that a draft corrects or withdraws by name.
pub(super) fn target_id(draft: &Draft) -> Option<EventId> {
    match (&draft.body, draft.replaces) {
        (Body::EntryWithdrawn(entry), _) => Some(*entry),
        (_, Some(Replaces::Entry(entry))) => Some(entry),
        _ => None,
    }
}
