//! Writes an event as its fields, in the order of the table. Reading them back gives the same event.

use super::body::{
    Amount, Assessment, ClaimScope, Dissolution, Draft, Event, Listing, Maturity, Milestone, Objection,
    Register, Replaces, ReuseReport,
};
use super::raw::{Form, Raw, Where};
use super::types::{Body, EventType};
use crate::words::{Figure, PartialDate, Source, Text};

type Fields = Vec<(&'static str, Raw)>;

impl Event {
    /// Lists the fields of the event as they are written in JSON, without `type`.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = body(&self.body);
        put(&mut fields, "reason", self.reason.as_ref());
        put(&mut fields, "replaces", self.replaces.as_ref());
        if let Some(source) = &self.source {
            fields.push(("source", source_object(source)));
        }
        put(&mut fields, "note", self.note.as_ref());
        fields.push(("id", Raw::text(self.id)));
        fields
    }

    /// Returns its type.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        self.body.event_type()
    }

    /// Returns the event as a draft with its own id, as a dump holds it.
    #[must_use]
    pub fn into_draft(self) -> Draft {
        Draft {
            at: Where { line: 0, form: Form::None },
            id: Some(self.id),
            body: self.body,
            source: self.source,
            note: self.note,
            reason: self.reason,
            replaces: self.replaces.map(Replaces::Entry),
        }
    }
}

impl Draft {
    /// Returns the draft as the event of a log; nothing where it has no id of its own or replaces "standing", which only
    /// the ledger can resolve.
    #[must_use]
    pub fn into_event(self) -> Option<Event> {
        let replaces = match self.replaces {
            None => None,
            Some(Replaces::Entry(id)) => Some(id),
            Some(Replaces::Standing) => return None,
        };
        let Draft { id, body, source, note, reason, .. } = self;
        Some(Event { id: id?, body, source, note, reason, replaces })
    }
}

fn put(fields: &mut Fields, name: &'static str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        fields.push((name, Raw::text(value)));
    }
}

fn number(fields: &mut Fields, name: &'static str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        let text = value.to_string();
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
        fields.push((name, if is_number { Raw::Number(text) } else { Raw::Text(text) }));
    }
}

fn list(fields: &mut Fields, name: &'static str, values: impl Iterator<Item = impl std::fmt::Display>) {
    let items: Vec<Raw> = values.map(Raw::text).collect();
    if !items.is_empty() {
        fields.push((name, Raw::List(items)));
    }
}

fn source_object(source: &Source) -> Raw {
    let mut object = vec![("name".to_owned(), Raw::text(&source.name))];
    if let Some(url) = &source.url {
        object.push(("url".to_owned(), Raw::text(url)));
    }
    if let Some(published) = &source.published {
        object.push(("published".to_owned(), Raw::text(published)));
    }
    Raw::Object(object)
}

fn milestone(fields: &mut Fields, milestone: &Milestone) {
    put(fields, "service", Some(&milestone.service));
    put(fields, "place", Some(&milestone.place));
    put(fields, "stage", Some(&milestone.stage));
}

fn maturity(fields: &mut Fields, maturity: &Maturity) {
    put(fields, "service", Some(&maturity.service));
    put(fields, "place", Some(&maturity.place));
    put(fields, "level", Some(maturity.level));
    put(fields, "on", Some(maturity.on));
}

fn scope(fields: &mut Fields, scope: &ClaimScope) {
    put(fields, "measure", Some(&scope.measure));
    put(fields, "place", Some(&scope.place));
    put(fields, "topic", scope.topic);
    put(fields, "service", scope.service.as_ref());
    put(fields, "stage", scope.stage);
    put(fields, "level", scope.level);
    put(fields, "unit", scope.unit);
    put(fields, "scope", scope.scope.as_ref());
}

fn amount(fields: &mut Fields, amount: Amount, of: Option<Figure>) {
    match amount {
        Amount::Value(figure) => number(fields, "value", Some(figure)),
        Amount::Percent(figure) => number(fields, "percent", Some(figure)),
    }
    number(fields, "of", of);
}

fn reuse_report(fields: &mut Fields, report: &ReuseReport) {
    put(fields, "service", Some(&report.service));
    put(fields, "place", Some(&report.place));
    number(fields, "live", report.live);
    number(fields, "rolling_out", report.rolling_out);
    number(fields, "of", report.of);
    put(fields, "on", Some(report.on));
}

fn body(body: &Body) -> Fields {
    let mut out = Fields::new();
    let fields = &mut out;
    match body {
        Body::MilestoneReached(about, on)
        | Body::MilestoneEnded(about, on)
        | Body::MilestoneObserved(about, on) => {
            milestone(fields, about);
            put(fields, "on", Some(on));
        }
        Body::MaturityAssessed(assessed) => maturity(fields, assessed),
        Body::ReuseReported(report) => reuse_report(fields, report),
        Body::FigureReported(claim) => {
            scope(fields, &claim.scope);
            amount(fields, claim.amount, claim.of);
            put(fields, "on", Some(claim.on));
            put(fields, "since", claim.since);
        }
        Body::MilestonePlanned(plan) => {
            milestone(fields, &plan.milestone);
            put(fields, "on", plan.on);
            put(fields, "due", Some(plan.due));
        }
        Body::TargetSet(target) => {
            scope(fields, &target.scope);
            amount(fields, target.amount, target.of);
            put(fields, "on", target.on);
            put(fields, "due", Some(target.due));
        }
        Body::AssessmentMade(made) => assessment(fields, made),
        Body::ServiceListed(service, listed, on) => {
            put(fields, "service", Some(service));
            listing(fields, listed);
            put(fields, "on", on.as_ref());
        }
        Body::ServiceDelisted(service, on) => {
            put(fields, "service", Some(service));
            put(fields, "on", Some(on));
        }
        Body::AuthorityListed(authority, registration, on) => {
            put(fields, "authority", Some(authority));
            put(fields, "name", Some(&registration.name));
            put(fields, "kind", Some(authority.kind()));
            put(fields, "area", Some(authority.area()));
            registered(fields, (registration.ars.as_ref(), registration.population), *on);
        }
        Body::AuthorityChanged(authority, change, on) => {
            put(fields, "authority", Some(authority));
            put(fields, "name", change.name.as_ref());
            registered(fields, (change.ars.as_ref(), change.population), Some(*on));
        }
        Body::AuthorityDissolved(dissolved) => dissolution(fields, dissolved),
        Body::EntryWithdrawn(entry) => put(fields, "entry", Some(entry)),
        Body::ObjectionMade(made) => objection(fields, made),
        Body::RegionDefined(region, defined, on) => {
            put(fields, "region", Some(region));
            put(fields, "name", Some(&defined.name));
            list(fields, "members", defined.members.iter());
            put(fields, "on", on.as_ref());
        }
        Body::ListDefined(name, defined, on) => {
            put(fields, "list", Some(name));
            put(fields, "name", Some(&defined.name));
            list(fields, "services", defined.services.iter());
            put(fields, "on", on.as_ref());
        }
        Body::RegisterDeclared(declared, complete, on) => register(fields, *declared, *complete, *on),
    }
    out
}

fn assessment(fields: &mut Fields, assessment: &Assessment) {
    put(fields, "subject", Some(&assessment.subject));
    put(fields, "status", Some(assessment.status));
    put(fields, "implementation", assessment.implementation);
    if assessment.urgent {
        fields.push(("urgent", Raw::Flag(true)));
    }
    put(fields, "on", Some(assessment.on));
    let outlook: Vec<Raw> = assessment
        .outlook
        .iter()
        .map(|outlook| {
            let mut object = vec![
                ("year".to_owned(), Raw::Number(outlook.year.to_string())),
                ("status".to_owned(), Raw::text(outlook.status)),
            ];
            if let Some(implementation) = outlook.implementation {
                object.push(("implementation".to_owned(), Raw::text(implementation)));
            }
            Raw::Object(object)
        })
        .collect();
    if !outlook.is_empty() {
        fields.push(("outlook", Raw::List(outlook)));
    }
}

fn listing(fields: &mut Fields, listing: &Listing) {
    put(fields, "name", Some(&listing.name));
    list(fields, "topics", listing.topics.iter());
    list(fields, "parents", listing.parents.iter());
    list(fields, "executed_by", listing.executed_by.iter());
    put(fields, "lead", listing.lead);
}

fn registered(fields: &mut Fields, (ars, population): (Option<&Text>, Option<u32>), on: Option<PartialDate>) {
    put(fields, "ars", ars);
    number(fields, "population", population);
    put(fields, "on", on);
}

fn register(fields: &mut Fields, register: Register, complete: bool, on: Option<PartialDate>) {
    match register {
        Register::Catalogue(unit) => put(fields, "unit", Some(unit)),
        Register::Authorities(kind, area) => {
            put(fields, "kind", Some(kind));
            put(fields, "area", Some(area));
        }
    }
    fields.push(("complete", Raw::Flag(complete)));
    put(fields, "on", on);
}

fn objection(fields: &mut Fields, objection: &Objection) {
    put(fields, "entry", Some(objection.entry));
    put(fields, "on", objection.on);
    put(fields, "says", Some(&objection.says));
}

fn dissolution(fields: &mut Fields, dissolution: &Dissolution) {
    put(fields, "authority", Some(&dissolution.authority));
    list(fields, "successors", dissolution.successors.iter());
    if dissolution.inherits {
        fields.push(("inherits", Raw::Flag(true)));
    }
    put(fields, "on", Some(dissolution.on));
}
