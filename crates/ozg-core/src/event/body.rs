//! What the statements carry (docs/api.md, "Types of events").

use super::raw::Where;
use super::types::Body;
use crate::measure::Measure;
use crate::words::tagged::tagged;
use crate::words::{
    Area, AssessmentStatus, AuthorityId, AuthorityKind, Day, Figure, Implementation, KindSet, Level,
    PartialDate, Place, ServiceId, Source, Stage, Subject, Text, Topic, TopicSet, Unit, looked_up, same_text,
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// The id of an event, given by its author or by the tracker.
pub type EventId = uuid::Uuid;

/// One statement as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What it says.
    pub body: Body,
    /// Where it comes from.
    pub source: Option<Source>,
    /// A remark for people.
    pub note: Option<Text>,
    /// The reason: for ends, withdrawals and corrections.
    pub reason: Option<Text>,
    /// The entry that it corrects.
    pub replaces: Option<EventId>,
}

/// A statement that the tracker has not checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where in the input it stood.
    pub at: Where,
    /// Its id, if one was given.
    pub id: Option<EventId>,
    /// What it says.
    pub body: Body,
    /// Where it comes from.
    pub source: Option<Source>,
    /// A remark for people.
    pub note: Option<Text>,
    /// Why it is said.
    pub reason: Option<Text>,
    /// What it corrects.
    pub replaces: Option<Replaces>,
}

/// What a correction corrects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces {
    /// The entry with this id.
    Entry(EventId),
    /// The one standing statement about the same thing.
    Standing,
}

/// A milestone: a service, a place and a stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Milestone {
    /// Which service.
    pub service: ServiceId,
    /// Where.
    pub place: Place,
    /// How far.
    pub stage: Stage,
}

/// An assessment of maturity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maturity {
    /// Which service.
    pub service: ServiceId,
    /// Where.
    pub place: Place,
    /// Its level.
    pub level: Level,
    /// Since when.
    pub on: PartialDate,
}

/// "Reused by N authorities"; one of the three figures is given at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReuseReport {
    /// Which service.
    pub service: ServiceId,
    /// The place to which the authorities belong.
    pub place: Place,
    /// At how many authorities it is in use.
    pub live: Option<Figure>,
    /// At how many more it is being rolled out.
    pub rolling_out: Option<Figure>,
    /// How many there are.
    pub of: Option<Figure>,
    /// The day that it is about.
    pub on: PartialDate,
}

/// The exact scope of a claim or a target. Two scopes are equal whose words are the same text (rule 6d).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClaimScope {
    /// Which measure.
    pub measure: Measure,
    /// Which place.
    pub place: Place,
    /// Which topic; none for all.
    pub topic: Option<Topic>,
    /// Which service; none for all.
    pub service: Option<ServiceId>,
    /// Which stage, for measures that have it.
    pub stage: Option<Stage>,
    /// Which level, for measures that have it.
    pub level: Option<Level>,
    /// Which unit, for measures that have it.
    pub unit: Option<Unit>,
    /// Words that narrow it.
    pub scope: Option<Text>,
}

impl ClaimScope {
    /// Returns everything that tells scopes apart.
    fn key(&self) -> impl Ord + Hash {
        let words = self.scope.as_ref().map(|words| looked_up(words.as_str()));
        let about = (self.measure, self.place.clone(), self.topic, self.service.clone());
        (about, (self.stage, self.level, self.unit), words)
    }
}

impl PartialEq for ClaimScope {
    fn eq(&self, other: &ClaimScope) -> bool {
        (self.measure, self.topic, self.stage, self.level, self.unit)
            == (other.measure, other.topic, other.stage, other.level, other.unit)
            && (&self.place, &self.service) == (&other.place, &other.service)
            && match (&self.scope, &other.scope) {
                (Some(one), Some(other)) => same_text(one.as_str(), other.as_str()),
                (one, other) => one.is_none() && other.is_none(),
            }
    }
}

impl Eq for ClaimScope {}

impl PartialOrd for ClaimScope {
    fn partial_cmp(&self, other: &ClaimScope) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ClaimScope {
    fn cmp(&self, other: &ClaimScope) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for ClaimScope {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

tagged! {
    /// A value or a percentage.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    Amount;
    /// A number.
    0 Value(figure: Figure);
    /// A percentage.
    1 Percent(figure: Figure);
}

/// A published figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about.
    pub scope: ClaimScope,
    /// What it says.
    pub amount: Amount,
    /// Of how many.
    pub of: Option<Figure>,
    /// The day that it is about.
    pub on: PartialDate,
    /// The beginning of the span, for a change or a flow.
    pub since: Option<PartialDate>,
}

impl Claim {
    /// Returns the first day of the span, for a change or a flow, and the day that it is about; both in all spellings of
    /// their dates.
    pub(crate) fn period(&self) -> (Option<Day>, Day) {
        (self.since.map(PartialDate::first), self.on.last())
    }
}

/// A plan for a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Which milestone.
    pub milestone: Milestone,
    /// When it is due.
    pub due: PartialDate,
    /// The day on which the plan was made; none means the day recorded.
    pub on: Option<PartialDate>,
}

/// A target for a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What it is about.
    pub scope: ClaimScope,
    /// What is to be reached.
    pub amount: Amount,
    /// Of how many.
    pub of: Option<Figure>,
    /// When.
    pub due: PartialDate,
    /// The day on which the target was set; none means the day recorded.
    pub on: Option<PartialDate>,
}

/// The result of a peer review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What it is about.
    pub subject: Subject,
    /// Traffic light.
    pub status: AssessmentStatus,
    /// Harvey ball.
    pub implementation: Option<Implementation>,
    /// Whether it is urgent.
    pub urgent: bool,
    /// The day that it is about.
    pub on: PartialDate,
    /// What is expected of later years.
    pub outlook: Vec<Outlook>,
}

/// What is expected of a later year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// The year.
    pub year: u16,
    /// Traffic light.
    pub status: AssessmentStatus,
    /// Harvey ball.
    pub implementation: Option<Implementation>,
}

/// How the catalogue describes a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its name.
    pub name: Text,
    /// Its topics; none means `ohne_themenfeld`.
    pub topics: TopicSet,
    /// The services that it belongs to, sorted.
    pub parents: Vec<ServiceId>,
    /// The kinds of authorities that execute it; none means that any may, and that there is no denominator.
    pub executed_by: KindSet,
    /// The Land that builds it under EfA.
    pub lead: Option<Area>,
}

/// How the registry describes an authority; its kind and Land follow from its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Its name.
    pub name: Text,
    /// Its Amtlicher Regionalschlüssel, 12 digits.
    pub ars: Option<Text>,
    /// Inhabitants.
    pub population: Option<u32>,
}

/// The changed fields of an authority; a field that is none stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationChange {
    /// Its new name.
    pub name: Option<Text>,
    /// Its new Amtlicher Regionalschlüssel.
    pub ars: Option<Text>,
    /// Its new number of inhabitants.
    pub population: Option<u32>,
}

/// The end of an authority; its successors hold nothing by themselves unless they inherit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dissolution {
    /// Which authority.
    pub authority: AuthorityId,
    /// Who takes over.
    pub successors: Vec<AuthorityId>,
    /// Whether a successor holds each stage that all its predecessors held.
    pub inherits: bool,
    /// The first day on which it no longer exists.
    pub on: PartialDate,
}

/// A region that may cross Länder, as it is from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Its name.
    pub name: Text,
    /// The Länder and Kreise that it consists of, sorted.
    pub members: Vec<Place>,
}

impl Region {
    /// Tells whether a place lies in it: a Land that is a member, an authority in such a Land or, by its key, in a Kreis that
    /// is one.
    #[must_use]
    pub fn has(&self, place: &Place) -> bool {
        let Some(authority) = place.authority() else { return self.members.contains(place) };
        self.members.iter().any(|member| match member {
            Place::Area(area) => authority.area() == *area,
            Place::Authority(kreis) => authority.key().get(..5) == Some(kreis.key()),
            Place::Region(_) => false,
        })
    }

    /// Tells whether it touches a Land: the Land or a Kreis of it is a member.
    #[must_use]
    pub fn touches(&self, land: Area) -> bool {
        self.members.iter().any(|member| member.area() == land)
    }
}

/// A named list of services, as it is from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceList {
    /// Its name.
    pub name: Text,
    /// The services on it, sorted.
    pub services: Vec<ServiceId>,
}

tagged! {
    /// What can be declared complete.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    Register;
    /// The catalogue of the services of a unit.
    0 Catalogue(unit: Unit);
    /// The register of the authorities of a kind in a Land; `DE` means all 16 and those without a Land.
    1 Authorities(kind: AuthorityKind, area: Area);
}

/// An objection to what another office said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The entry that the office objects to.
    pub entry: EventId,
    /// The day that it holds to be right.
    pub on: Option<PartialDate>,
    /// Why it objects.
    pub says: Text,
}
