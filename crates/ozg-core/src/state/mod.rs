//! The state: everything that is derived from the log, as one value that readers share and only the writer replaces.
//!
//! A clone takes microseconds and never changes: a reader computes a whole answer from one clone while the writer goes
//! on, and the writer tries a batch on a clone before it is durable.

mod body;
mod cube;
mod dated;
mod editions;
mod history;
mod ids;
mod ingest;
mod keyed;
mod known;
mod levels;
mod memo;
mod numbers;
mod shared;
mod thing;

pub(crate) use cube::{CellId, Count, Cube, Gathered};
pub(crate) use dated::{Dated, Flavor, Goal, Question, Registered, Statement, by_day, in_force, steps};
pub(crate) use editions::EditionMark;
pub(crate) use history::{AreaStatements, AuthorityHistory, Said, ServiceHistory, Slot, What};
pub(crate) use ids::Ids;
pub(crate) use ingest::Touched;
pub(crate) use keyed::Keyed;
pub(crate) use known::Known;
pub(crate) use levels::{ActiveKey, Judgement, Levels};
pub(crate) use numbers::{
    AssessmentNo, AuthorityNo, FigureNo, ListNo, Number, ObjectionNo, PlanNo, RegionNo, RegisterNo, ReportNo,
    SaidNo, ServiceNo, TargetNo,
};
pub(crate) use shared::{Column, Shared, with_room};
pub(crate) use thing::Thing;

use crate::event::{
    Assessment, Claim, ClaimScope, EventId, EventType, Milestone, Objection, Region, Register, ReuseReport,
    ServiceList,
};
use crate::measure::Measure;
use crate::steps::Steps;
use crate::words::{
    Area, AuthorityId, AuthorityKind, Day, PartialDate, Place, Position, ServiceId, Slug, Subject, Unit,
};
use indexmap::IndexSet;
use levels::LevelsClaim;
pub(crate) use memo::Memo;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Everything that is derived from the log up to its head.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    pub(crate) simulated: bool,
    pub(crate) offices: Arc<IndexSet<String, foldhash::fast::FixedState>>,
    pub(crate) batches: Column<BatchMark>,
    /// The batches that were said with an edition, by ascending number.
    pub(crate) editions: Arc<Vec<EditionMark>>,
    pub(crate) entries: Column<EntryMark>,
    pub(crate) ids: Ids,
    pub(crate) services: Keyed<ServiceId, ServiceNo, ServiceHistory>,
    pub(crate) authorities: Keyed<AuthorityId, AuthorityNo, AuthorityHistory>,
    /// Milestones and maturities by service and area: index `service * 17 + area`.
    pub(crate) said: Shared<AreaStatements>,
    pub(crate) reuse_reports: Keyed<(ServiceId, Place), ReportNo, Vec<Known<Dated<ReuseReport>>>>,
    pub(crate) figures: Keyed<ClaimScope, FigureNo, Vec<Known<Dated<Claim>>>>,
    pub(crate) plans: Keyed<Milestone, PlanNo, Vec<Known<Dated<PartialDate>>>>,
    pub(crate) targets: Keyed<ClaimScope, TargetNo, Vec<Known<Dated<Goal>>>>,
    pub(crate) assessments: Keyed<Subject, AssessmentNo, Vec<Known<Dated<Assessment>>>>,
    pub(crate) regions: Keyed<Slug, RegionNo, Vec<Known<Dated<Arc<Region>>>>>,
    pub(crate) lists: Keyed<Slug, ListNo, Vec<Known<Dated<Arc<ServiceList>>>>>,
    /// Whether catalogues and registers are complete.
    pub(crate) registers: Keyed<Register, RegisterNo, Vec<Known<Dated<bool>>>>,
    /// Objections by the entry that they are about.
    pub(crate) objections: Keyed<EventId, ObjectionNo, Vec<Known<Dated<Objection>>>>,
    pub(crate) cube: Cube,
    /// Whether any authority was ever said to inherit from another.
    pub(crate) inheriting: bool,
    #[serde(skip)]
    pub(crate) levels: LevelsClaim,
    #[serde(skip)]
    pub(crate) asked: Asked,
}

/// What many lines ask, each computed once for as long as the state is shared.
#[derive(Debug, Default, Clone)]
pub(crate) struct Asked {
    /// First days that are folded on demand.
    pub(crate) starts: Memo<StartOf, Option<Day>>,
    /// How many authorities of a kind exist in an area.
    pub(crate) authorities: Memo<RegisterOf, Arc<Steps<i64>>>,
    /// When the registers of a kind in an area are complete.
    pub(crate) complete: Memo<RegisterOf, Arc<Completeness>>,
}

/// What a first day is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StartOf {
    pub(crate) measure: Measure,
    pub(crate) place: Place,
    pub(crate) service: Option<ServiceId>,
    pub(crate) unit: Unit,
    pub(crate) position: Position,
}

/// The registers of a kind in an area, as of a position.
pub(crate) type RegisterOf = (AuthorityKind, Area, Position);

/// When the registers that a line rests on are complete.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Completeness {
    /// When all of these registers are complete.
    pub(crate) holds: Steps<bool>,
    /// When one of these registers is read from its first edition, since the day lies before that edition.
    pub(crate) early: Steps<bool>,
}

/// A batch, as the state remembers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BatchMark {
    pub(crate) last: Position,
    pub(crate) office: u32,
    pub(crate) recorded_at_ms: i64,
}

/// An entry, as the state remembers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EntryMark {
    /// Hash of what it says, without its id and what it replaces.
    pub(crate) fingerprint: u64,
    /// The index of the thing that it is about among those of its kind; [`EntryMark::thing`] reads it.
    thing: u32,
    /// The position of the entry that it replaces or withdraws; [`Position::START`] for none.
    pub(crate) acts_on: Position,
    /// The position of the entry that last replaced or withdrew it; [`Position::START`] for none.
    pub(crate) acted_by: Position,
    pub(crate) event_type: EventType,
    /// Whether it has a note, which only the log keeps.
    noted: bool,
}

// A log of millions of entries keeps one of these for each.
const _: () = assert!(size_of::<EntryMark>() == 24);

/// A batch of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Position of its first entry.
    pub first: Position,
    /// Position of its last entry.
    pub last: Position,
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
}

impl Batch {
    /// Lists the positions of its entries.
    pub fn positions(&self) -> impl DoubleEndedIterator<Item = Position> + Clone + use<> {
        self.first.previous().unwrap_or_default().up_to(self.last)
    }

    /// Counts its entries.
    #[must_use]
    pub fn size(&self) -> usize {
        self.first.previous().map_or(0, |before| self.last.since(before) as usize)
    }
}

/// The present status of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// Whether it stands.
    pub stands: bool,
    /// The entry that replaced it, if one did last.
    pub replaced_by: Option<Position>,
    /// The entry that withdrew it.
    pub withdrawn_by: Option<Position>,
    /// The entry that it replaces or withdraws.
    pub acts_on: Option<Position>,
}

impl State {
    /// Returns the position of the last entry, [`Position::START`] for an empty log.
    #[must_use]
    pub fn head(&self) -> Position {
        self.batches
            .len()
            .checked_sub(1)
            .and_then(|last| self.batches.get(last))
            .map_or(Position::START, |batch| batch.last)
    }

    /// Returns the position of the last entry taken in: beyond the head while a batch is being tried.
    pub(crate) fn latest(&self) -> Position {
        Position::of_count(self.entries.len())
    }

    /// Tells whether the log holds generated entries.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.simulated
    }

    /// Returns the batch with a number, counted from 0.
    #[must_use]
    pub fn batch(&self, number: usize) -> Option<Batch> {
        let mark = self.batches.get(number)?;
        let before = number.checked_sub(1).and_then(|before| self.batches.get(before));
        let first = before.map_or(Position::START, |before| before.last).next();
        let office = self.office_named(mark).to_owned();
        Some(Batch { first, last: mark.last, recorded_at_ms: mark.recorded_at_ms, office })
    }

    /// Returns how many batches there are.
    #[must_use]
    pub fn batch_count(&self) -> usize {
        self.batches.len()
    }

    /// Returns the batch that an entry belongs to.
    #[must_use]
    pub fn batch_of(&self, position: Position) -> Option<Batch> {
        position.entry()?;
        self.batch(self.batches.partition_point(|batch| batch.last < position))
    }

    /// Returns the last batch that ends at or before a position.
    #[must_use]
    pub fn batch_until(&self, position: Position) -> Option<Batch> {
        self.batch(self.batches.partition_point(|batch| batch.last <= position).checked_sub(1)?)
    }

    /// Returns the last batch that was recorded at or before an instant, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn batch_by(&self, instant_ms: i64) -> Option<Batch> {
        self.batch(self.batches.partition_point(|batch| batch.recorded_at_ms <= instant_ms).checked_sub(1)?)
    }

    /// Returns the position of the entry with an id.
    #[must_use]
    pub fn position_of(&self, id: EventId) -> Option<Position> {
        self.ids.position(id)
    }

    /// Returns the id of the entry at a position.
    #[must_use]
    pub fn id_at(&self, position: Position) -> Option<EventId> {
        self.ids.id(position)
    }

    /// Returns the type of the entry at a position.
    #[must_use]
    pub fn type_at(&self, position: Position) -> Option<EventType> {
        self.entry(position).map(|mark| mark.event_type)
    }

    /// Returns the entry that the one at a position replaces or withdraws.
    pub(crate) fn acts_on(&self, position: Position) -> Option<Position> {
        self.entry(position)?.acts_on.entry()
    }

    /// Tells whether the entry at a position has a note, which only the log keeps.
    #[must_use]
    pub fn is_noted(&self, position: Position) -> bool {
        self.entry(position).is_some_and(|mark| mark.noted)
    }

    /// Counts the entries of each type, in the order of the table of types.
    #[must_use]
    pub fn entries_by_type(&self) -> Vec<(EventType, u64)> {
        let mut counts = vec![0u64; EventType::all().len()];
        self.entries.iter().for_each(|mark| counts[mark.event_type as usize] += 1);
        EventType::all().zip(counts).collect()
    }

    /// Returns the present status of the entry at a position.
    #[must_use]
    pub fn fate(&self, position: Position) -> Option<Fate> {
        let mark = self.entry(position)?;
        let actor = self.entry(mark.acted_by);
        let withdrawn = actor.is_some_and(|actor| actor.event_type == EventType::EntryWithdrawn);
        Some(Fate {
            stands: self.stands(position),
            withdrawn_by: mark.acted_by.entry().filter(|_| withdrawn),
            replaced_by: mark.acted_by.entry().filter(|_| !withdrawn),
            acts_on: mark.acts_on.entry(),
        })
    }

    /// Tells whether an entry stands: nothing has replaced or withdrawn it, or its replacement was itself withdrawn.
    pub(crate) fn stands(&self, position: Position) -> bool {
        let Some(mark) = self.entry(position) else { return false };
        match self.entry(mark.acted_by) {
            None => true,
            Some(actor) if actor.event_type == EventType::EntryWithdrawn => false,
            Some(actor) => self
                .entry(actor.acted_by)
                .is_some_and(|second| second.event_type == EventType::EntryWithdrawn),
        }
    }

    pub(crate) fn entry(&self, position: Position) -> Option<&EntryMark> {
        self.entries.get(position.index()?)
    }

    /// Lists what was ever said of a service at the places of an area, by place.
    pub(crate) fn said_in(&self, service: ServiceNo, area: Area) -> &[Known<Said>] {
        self.said.get(SaidNo::of(service, area).index()).map_or(&[], AreaStatements::all)
    }

    /// Lists what was ever said of a service at one place of an area.
    pub(crate) fn said_at(&self, service: ServiceNo, area: Area, slot: Slot) -> &[Known<Said>] {
        self.said.get(SaidNo::of(service, area).index()).map_or(&[], |said| said.of_slot(slot))
    }

    /// Returns how many differences the cube holds.
    #[must_use]
    pub fn differences(&self) -> usize {
        self.cube.differences()
    }

    /// Ends a batch: from here on its last position is an end that answers can be asked for.
    pub(crate) fn close_batch(&mut self, office: &str, recorded_at_ms: i64, last: Position) {
        let number = match self.offices.get_index_of(office) {
            Some(number) => number,
            None => Arc::make_mut(&mut self.offices).insert_full(office.to_owned()).0,
        };
        let office = u32::try_from(number).expect("offices are no more than batches");
        self.batches.push(BatchMark { last, office, recorded_at_ms });
    }

    /// Returns the office of the entry at a position.
    #[must_use]
    pub fn office_of(&self, position: Position) -> Option<&str> {
        let mark = self.batches.get(self.batches.partition_point(|batch| batch.last < position))?;
        Some(self.office_named(mark))
    }

    fn office_named(&self, mark: &BatchMark) -> &str {
        let office = self.offices.get_index(mark.office as usize);
        office.expect("each office of a batch is among the offices")
    }
}
