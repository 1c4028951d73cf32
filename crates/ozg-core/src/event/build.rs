//! Builds a statement from the values of its fields.

use super::body::{
    Amount, Assessment, Claim, ClaimScope, Dissolution, Listing, Maturity, Milestone, Objection, Plan,
    Region, Register, Registration, RegistrationChange, ReuseReport, ServiceList, Target,
};
use super::types::{Body, EventType};
use super::value::{Value, Values, take};
use crate::measure::Dimension;
use crate::words::{Area, ServiceId, Stage};

/// Builds a statement from its values. It returns none only if a required value is missing, which is checked before.
pub(super) fn body(event_type: EventType, mut values: Values) -> Option<Body> {
    let v = &mut values;
    Some(match event_type {
        EventType::MilestoneReached => Body::MilestoneReached(milestone(v)?, take!(v, "on", Date)?),
        EventType::MilestoneEnded => Body::MilestoneEnded(milestone(v)?, take!(v, "on", Date)?),
        EventType::MaturityAssessed => Body::MaturityAssessed(Maturity {
            service: take!(v, "service", Service)?,
            place: take!(v, "place", Place)?,
            level: take!(v, "level", Level)?,
            on: take!(v, "on", Date)?,
        }),
        EventType::ReuseReported => Body::ReuseReported(reuse_report(v)?),
        EventType::FigureReported => Body::FigureReported(Claim {
            scope: scope(v)?,
            amount: amount(v)?,
            of: take!(v, "of", Figure),
            on: take!(v, "on", Date)?,
            since: take!(v, "since", Date),
        }),
        EventType::MilestonePlanned => Body::MilestonePlanned(Plan {
            milestone: milestone(v)?,
            due: take!(v, "due", Date)?,
            on: take!(v, "on", Date),
        }),
        EventType::TargetSet => Body::TargetSet(Target {
            scope: scope(v)?,
            amount: amount(v)?,
            of: take!(v, "of", Figure),
            due: take!(v, "due", Date)?,
            on: take!(v, "on", Date),
        }),
        EventType::AssessmentMade => Body::AssessmentMade(assessment(v)?),
        EventType::ServiceListed => {
            Body::ServiceListed(take!(v, "service", Service)?, listing(v)?, take!(v, "on", Date))
        }
        EventType::ServiceDelisted => {
            Body::ServiceDelisted(take!(v, "service", Service)?, take!(v, "on", Date)?)
        }
        EventType::AuthorityListed => {
            let authority = take!(v, "authority", Authority)?;
            Body::AuthorityListed(authority, registration(v)?, take!(v, "on", Date))
        }
        EventType::AuthorityChanged => {
            let authority = take!(v, "authority", Authority)?;
            Body::AuthorityChanged(authority, registration_change(v), take!(v, "on", Date)?)
        }
        EventType::AuthorityDissolved => Body::AuthorityDissolved(dissolution(v)?),
        EventType::EntryWithdrawn => Body::EntryWithdrawn(take!(v, "entry", Entry)?),
        EventType::MilestoneObserved => Body::MilestoneObserved(milestone(v)?, take!(v, "on", Date)?),
        EventType::RegionDefined => {
            let members = sorted(take!(v, "members", Members));
            let region = Region { name: take!(v, "name", Text)?, members };
            Body::RegionDefined(take!(v, "region", Slug)?, region, take!(v, "on", Date))
        }
        EventType::ListDefined => {
            let services = sorted(take!(v, "services", Services));
            let list = ServiceList { name: take!(v, "name", Text)?, services };
            Body::ListDefined(take!(v, "list", Slug)?, list, take!(v, "on", Date))
        }
        EventType::ObjectionMade => Body::ObjectionMade(Objection {
            entry: take!(v, "entry", Entry)?,
            on: take!(v, "on", Date),
            says: take!(v, "says", Text)?,
        }),
        EventType::RegisterDeclared => {
            let complete = take!(v, "complete", Flag).unwrap_or(true);
            Body::RegisterDeclared(register(v)?, complete, take!(v, "on", Date))
        }
    })
}

fn registration(v: &mut Values) -> Option<Registration> {
    Some(Registration {
        name: take!(v, "name", Text)?,
        ars: take!(v, "ars", Text),
        population: take!(v, "population", Count),
    })
}

fn registration_change(v: &mut Values) -> RegistrationChange {
    RegistrationChange {
        name: take!(v, "name", Text),
        ars: take!(v, "ars", Text),
        population: take!(v, "population", Count),
    }
}

fn milestone(v: &mut Values) -> Option<Milestone> {
    Some(Milestone {
        service: take!(v, "service", Service)?,
        place: take!(v, "place", Place)?,
        stage: take!(v, "stage", Stage)?,
    })
}

/// Builds a scope. Its unit is the given one, else that of its service, else that of claims about the measure.
fn scope(v: &mut Values) -> Option<ClaimScope> {
    let measure = take!(v, "measure", Measure)?;
    let service = take!(v, "service", Service);
    let named = take!(v, "unit", Unit).or_else(|| service.as_ref().map(ServiceId::unit));
    let unit = named.or(measure.row().default_unit);
    Some(ClaimScope {
        measure,
        place: take!(v, "place", Place)?,
        topic: take!(v, "topic", Topic),
        service,
        stage: take!(v, "stage", Stage).or_else(|| measure.has(Dimension::Stage).then_some(Stage::Live)),
        level: take!(v, "level", Level),
        unit: if measure.has(Dimension::Unit) { unit } else { None },
        scope: take!(v, "scope", Text),
    })
}

fn amount(v: &mut Values) -> Option<Amount> {
    let value = take!(v, "value", Figure).map(Amount::Value);
    value.or_else(|| take!(v, "percent", Figure).map(Amount::Percent))
}

fn sorted<T: Ord>(items: Option<Vec<T>>) -> Vec<T> {
    let mut items = items.unwrap_or_default();
    items.sort();
    items.dedup();
    items
}

fn listing(v: &mut Values) -> Option<Listing> {
    let parents = sorted(take!(v, "parents", Services));
    Some(Listing {
        name: take!(v, "name", Text)?,
        topics: take!(v, "topics", Topics).unwrap_or_default(),
        parents,
        executed_by: take!(v, "executed_by", AuthorityKinds).unwrap_or_default(),
        lead: take!(v, "lead", Area),
    })
}

fn register(v: &mut Values) -> Option<Register> {
    let area = take!(v, "area", Area).unwrap_or(Area::DE);
    match take!(v, "unit", Unit) {
        Some(unit) => Some(Register::Catalogue(unit)),
        None => Some(Register::Authorities(take!(v, "kind", AuthorityKind)?, area)),
    }
}

fn reuse_report(v: &mut Values) -> Option<ReuseReport> {
    Some(ReuseReport {
        service: take!(v, "service", Service)?,
        place: take!(v, "place", Place)?,
        live: take!(v, "live", Figure),
        rolling_out: take!(v, "rolling_out", Figure),
        of: take!(v, "of", Figure),
        on: take!(v, "on", Date)?,
    })
}

fn assessment(v: &mut Values) -> Option<Assessment> {
    Some(Assessment {
        subject: take!(v, "subject", Subject)?,
        status: take!(v, "status", Status)?,
        implementation: take!(v, "implementation", Implementation),
        urgent: take!(v, "urgent", Flag).unwrap_or(false),
        on: take!(v, "on", Date)?,
        outlook: take!(v, "outlook", Outlook).unwrap_or_default(),
    })
}

fn dissolution(v: &mut Values) -> Option<Dissolution> {
    Some(Dissolution {
        authority: take!(v, "authority", Authority)?,
        successors: take!(v, "successors", Authorities).unwrap_or_default(),
        inherits: take!(v, "inherits", Flag).unwrap_or(false),
        on: take!(v, "on", Date)?,
    })
}
