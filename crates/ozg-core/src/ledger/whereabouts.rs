//! Milestones at authorities: each must exist on its day and be of a kind that executes the service then (rule 10). Both are
//! judged after the whole batch, so that its own catalogue and registry count, corrections and withdrawals among them.

use super::MISTAKES_MAX;
use super::check::Trial;
use crate::event::{Body, Draft, EventType, Matter, Milestone};
use crate::mistake::{Code, Fault, Mistake};
use crate::state::{AuthorityNo, Thing};
use crate::words::{AuthorityId, AuthorityKind, Day, Position, ServiceId};
use std::borrow::Cow;

impl Trial<'_> {
    /// Refuses milestones of the batch at authorities that do not exist then, or do not execute the service. What holds can
    /// always end.
    pub(super) fn check_whereabouts(&mut self, drafts: &[Option<Cow<'_, Draft>>]) {
        if self.request().was_accepted {
            return;
        }
        let entries = self.head.up_to(Position::LAST).zip(self.draft_of.iter().copied());
        let standing = entries.filter(|(entry, _)| self.state.stands(*entry));
        let faults = standing.filter_map(|(_, index)| {
            let draft = drafts.get(index)?.as_deref()?;
            let (authority, fault) = self.wrong_place(draft)?;
            let authority = authority.to_string();
            Some((index, Mistake::at(&draft.at.field("place"), "place", Some(&authority), fault)))
        });
        let faults: Vec<(usize, Mistake)> = faults.take(MISTAKES_MAX).collect();
        self.mistakes.extend(faults);
    }

    /// Finds what is wrong with the authority at which a statement lets a milestone hold, or plans it.
    fn wrong_place<'d>(&self, draft: &'d Draft) -> Option<(&'d AuthorityId, Fault)> {
        let (about, day) = self.begins(&draft.body)?;
        let authority = about.place.authority()?;
        let place = Thing::Authority(self.state.authorities.number(authority)?);
        let service = Thing::Service(self.state.services.number(&about.service)?);
        if self.spoilt.has(place) || self.spoilt.has(service) {
            return None;
        }
        let fault =
            self.not_there(authority, day).or_else(|| self.not_executing(&about.service, authority, day));
        Some((authority, fault?))
    }

    /// Returns the milestone that a statement lets hold or plans, and its day.
    fn begins<'d>(&self, body: &'d Body) -> Option<(&'d Milestone, Day)> {
        match body.matter() {
            Matter::Milestone(about) if body.event_type() != EventType::MilestoneEnded => {
                Some((about, body.on()?.counts_from(self.recorded)))
            }
            Matter::Plan(plan) => Some((&plan.milestone, plan.due.last())),
            Matter::Milestone(_)
            | Matter::Maturity(_)
            | Matter::Report(_)
            | Matter::Figure(_)
            | Matter::Target(_)
            | Matter::Assessment(_)
            | Matter::Service(..)
            | Matter::Authority(..)
            | Matter::Region(..)
            | Matter::List(..)
            | Matter::Register(_)
            | Matter::Objection(_)
            | Matter::Entry => None,
        }
    }

    /// Makes the fault of an authority that does not exist on a day. It names who took over, or whom it took over from.
    fn not_there(&self, authority: &AuthorityId, day: Day) -> Option<Fault> {
        let now = self.state.now();
        let number = self.state.authorities.number(authority)?;
        let registered = now.registered(number);
        if registered.on(day) {
            return None;
        }
        let ended =
            registered.iter().filter(|(from, exists)| *from <= day && !*exists).map(|(from, _)| *from).last();
        let founded = registered.iter().find(|(from, exists)| *from > day && *exists).map(|(from, _)| *from);
        let kin = if ended.is_some() { now.succession(number) } else { now.precession(number) };
        let kin = now.ids_of(&kin);
        let named: Vec<String> = kin.iter().map(|one| now.named(one, day)).collect();
        let (named, name) = (named.join(", "), now.named(authority, day));
        let fault = match (ended, founded) {
            (Some(ended), _) => gone(&name, ended, &named),
            (None, Some(founded)) => not_yet(&name, founded, &named),
            (None, None) => return None,
        };
        // A hint is whom to name, where there is only one and it exists then.
        match kin.as_slice() {
            [only] if self.exists(only, day) => Some(fault.hint(only.to_string())),
            _ => Some(fault),
        }
    }

    /// Returns the only authority that may be meant by one that is not registered: that of the same place which executes the
    /// service of the statement.
    pub(super) fn only_sister(&self, draft: &Draft, authority: &AuthorityId) -> Option<AuthorityId> {
        let now = self.state.now();
        let (about, day) = self.begins(&draft.body)?;
        let kinds = now.executing(self.state.services.number(&about.service)?, day);
        let sisters = now.sisters_of(authority, kinds, |sister| self.exists(sister, day));
        Some(sisters).filter(|sisters| sisters.len() == 1)?.pop()
    }

    fn exists(&self, authority: &AuthorityId, day: Day) -> bool {
        let number: Option<AuthorityNo> = self.state.authorities.number(authority);
        number.is_some_and(|number| self.state.now().registered(number).on(day))
    }

    /// Makes the fault of an authority of a kind that does not execute the service on a day; the hint names its sister of the
    /// right kind.
    fn not_executing(&self, service: &ServiceId, authority: &AuthorityId, day: Day) -> Option<Fault> {
        let now = self.state.now();
        let kinds = now.executing(self.state.services.number(service)?, day);
        if kinds.is_empty() || kinds.contains(authority.kind()) {
            return None;
        }
        let mut sisters = now.sisters_of(authority, kinds, |sister| self.exists(sister, day));
        sisters.sort();
        sisters.dedup();
        let named: Vec<String> = sisters.iter().map(|sister| now.named(sister, day)).collect();
        let fault = foreign(&service.to_string(), &kinds.iter().collect::<Vec<_>>(), authority);
        Some(match (named.as_slice(), sisters.as_slice()) {
            ([name], [sister]) => fault
                .more(&format!(". Gemeint ist vielleicht {name}"), &format!(". Perhaps {name} is meant"))
                .hint(sister.to_string()),
            ([], _) | (_, []) => fault,
            (several, _) => {
                let several = several.join(", ");
                fault.more(
                    &format!(". Gemeint ist vielleicht eine von {several}"),
                    &format!(". Perhaps one of {several} is meant"),
                )
            }
        })
    }
}

fn gone(name: &str, ended: Day, successors: &str) -> Fault {
    let (de, en) = match successors {
        "" => (String::new(), String::new()),
        named => (format!(". Nachfolger: {named}"), format!(". Successors: {named}")),
    };
    Fault::say(
        Code::UnknownPlace,
        format!("{name} besteht seit dem {ended} nicht mehr{de}"),
        format!("{name} no longer exists since {ended}{en}"),
    )
}

fn not_yet(name: &str, founded: Day, predecessors: &str) -> Fault {
    let (de, en) = match predecessors {
        "" => (String::new(), String::new()),
        named => (format!(". Vorgänger: {named}"), format!(". Predecessors: {named}")),
    };
    Fault::say(
        Code::UnknownPlace,
        format!("{name} besteht erst seit dem {founded}{de}"),
        format!("{name} exists only since {founded}{en}"),
    )
}

fn foreign(service: &str, kinds: &[AuthorityKind], authority: &AuthorityId) -> Fault {
    let list =
        |name: fn(&AuthorityKind) -> &'static str| kinds.iter().map(name).collect::<Vec<_>>().join(", ");
    let kind = authority.kind();
    Fault::say(
        Code::KindDoesNotExecute,
        format!(
            "{service} wird von diesen Behörden ausgeführt: {}. {authority} ist von der Art {}",
            list(|kind| kind.name().de),
            kind.name().de
        ),
        format!(
            "{service} is executed by authorities of these kinds: {}. {authority} is of the kind {}",
            list(|kind| kind.id()),
            kind.id()
        ),
    )
}
