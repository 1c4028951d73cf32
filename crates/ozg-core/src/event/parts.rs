//! The parts of which statements consist: each is read from the fields of a statement and written as them. The table of
//! types says which parts a statement has.

use super::body::{
    Amount, Assessment, Claim, ClaimScope, Dissolution, EventId, Listing, Maturity, Milestone, Objection,
    Outlook, Plan, Region, Register, Registration, RegistrationChange, ReuseReport, ServiceList, Target,
};
use super::raw::Raw;
use super::value::{Value, Values, take};
use crate::measure::Dimension;
use crate::words::{Area, AuthorityId, Figure, PartialDate, ServiceId, Slug, Stage};

/// The fields of a statement as they are written.
pub(super) type Fields = Vec<(&'static str, Raw)>;

/// A part of a statement. Reading what was written gives the same part.
pub(super) trait Part: Sized {
    /// Reads it from the values; none only if a required value is missing, which is checked before. The name is that of its
    /// field, if it has only one.
    fn read(values: &mut Values, name: &'static str) -> Option<Self>;

    /// Writes it as fields.
    fn write(&self, name: &'static str, fields: &mut Fields);
}

/// Makes parts of words that are one field each.
macro_rules! one_field {
    ($($part:ty: $kind:ident),+) => {
        $(impl Part for $part {
            fn read(values: &mut Values, name: &'static str) -> Option<Self> {
                take!(values, name, $kind)
            }

            fn write(&self, name: &'static str, fields: &mut Fields) {
                put(fields, name, Some(self));
            }
        })+
    };
}

one_field! { ServiceId: Service, AuthorityId: Authority, Slug: Slug, EventId: Entry, PartialDate: Date }

impl Part for Option<PartialDate> {
    fn read(values: &mut Values, name: &'static str) -> Option<Self> {
        Some(take!(values, name, Date))
    }

    fn write(&self, name: &'static str, fields: &mut Fields) {
        put(fields, name, *self);
    }
}

/// A flag that is not given is true.
impl Part for bool {
    fn read(values: &mut Values, name: &'static str) -> Option<Self> {
        Some(take!(values, name, Flag).unwrap_or(true))
    }

    fn write(&self, name: &'static str, fields: &mut Fields) {
        fields.push((name, Raw::Flag(*self)));
    }
}

/// Makes parts that have several fields: how each is read, and how it is written.
macro_rules! several_fields {
    ($($part:ty: |$values:ident| $read:expr, |$this:ident, $fields:ident| $write:block)+) => {
        $(impl Part for $part {
            fn read($values: &mut Values, _: &'static str) -> Option<Self> {
                Some($read)
            }

            fn write(&self, _: &'static str, $fields: &mut Fields) {
                let $this = self;
                $write
            }
        })+
    };
}

several_fields! {
    Milestone: |v| Milestone {
        service: take!(v, "service", Service)?,
        place: take!(v, "place", Place)?,
        stage: take!(v, "stage", Stage)?,
    }, |this, fields| {
        put(fields, "service", Some(&this.service));
        put(fields, "place", Some(&this.place));
        put(fields, "stage", Some(&this.stage));
    }
    Maturity: |v| Maturity {
        service: take!(v, "service", Service)?,
        place: take!(v, "place", Place)?,
        level: take!(v, "level", Level)?,
        on: take!(v, "on", Date)?,
    }, |this, fields| {
        put(fields, "service", Some(&this.service));
        put(fields, "place", Some(&this.place));
        put(fields, "level", Some(this.level));
        put(fields, "on", Some(this.on));
    }
    ReuseReport: |v| ReuseReport {
        service: take!(v, "service", Service)?,
        place: take!(v, "place", Place)?,
        live: take!(v, "live", Figure),
        rolling_out: take!(v, "rolling_out", Figure),
        of: take!(v, "of", Figure),
        on: take!(v, "on", Date)?,
    }, |this, fields| {
        put(fields, "service", Some(&this.service));
        put(fields, "place", Some(&this.place));
        number(fields, "live", this.live);
        number(fields, "rolling_out", this.rolling_out);
        number(fields, "of", this.of);
        put(fields, "on", Some(this.on));
    }
    Claim: |v| Claim {
        scope: scope(v)?,
        amount: amount(v)?,
        of: take!(v, "of", Figure),
        on: take!(v, "on", Date)?,
        since: take!(v, "since", Date),
    }, |this, fields| {
        put_scope(fields, &this.scope);
        put_amount(fields, this.amount, this.of);
        put(fields, "on", Some(this.on));
        put(fields, "since", this.since);
    }
    Plan: |v| Plan {
        milestone: Milestone::read(v, "")?,
        due: take!(v, "due", Date)?,
        on: take!(v, "on", Date),
    }, |this, fields| {
        this.milestone.write("", fields);
        put(fields, "on", this.on);
        put(fields, "due", Some(this.due));
    }
    Target: |v| Target {
        scope: scope(v)?,
        amount: amount(v)?,
        of: take!(v, "of", Figure),
        due: take!(v, "due", Date)?,
        on: take!(v, "on", Date),
    }, |this, fields| {
        put_scope(fields, &this.scope);
        put_amount(fields, this.amount, this.of);
        put(fields, "on", this.on);
        put(fields, "due", Some(this.due));
    }
    Assessment: |v| Assessment {
        subject: take!(v, "subject", Subject)?,
        status: take!(v, "status", Status)?,
        implementation: take!(v, "implementation", Implementation),
        urgent: take!(v, "urgent", Flag).unwrap_or(false),
        on: take!(v, "on", Date)?,
        outlook: take!(v, "outlook", Outlook).unwrap_or_default(),
    }, |this, fields| {
        put(fields, "subject", Some(&this.subject));
        put(fields, "status", Some(this.status));
        put(fields, "implementation", this.implementation);
        if this.urgent {
            fields.push(("urgent", Raw::Flag(true)));
        }
        put(fields, "on", Some(this.on));
        let outlook: Vec<Raw> = this.outlook.iter().map(one_outlook).collect();
        if !outlook.is_empty() {
            fields.push(("outlook", Raw::List(outlook)));
        }
    }
    Listing: |v| Listing {
        name: take!(v, "name", Text)?,
        topics: take!(v, "topics", Topics).unwrap_or_default(),
        parents: sorted(take!(v, "parents", Services)),
        executed_by: take!(v, "executed_by", AuthorityKinds).unwrap_or_default(),
        lead: take!(v, "lead", Area),
    }, |this, fields| {
        put(fields, "name", Some(&this.name));
        list(fields, "topics", this.topics.iter());
        list(fields, "parents", this.parents.iter());
        list(fields, "executed_by", this.executed_by.iter());
        put(fields, "lead", this.lead);
    }
    Registration: |v| Registration {
        name: take!(v, "name", Text)?,
        ars: take!(v, "ars", Text),
        population: take!(v, "population", Count),
    }, |this, fields| {
        put(fields, "name", Some(&this.name));
        put(fields, "ars", this.ars.as_ref());
        number(fields, "population", this.population);
    }
    RegistrationChange: |v| RegistrationChange {
        name: take!(v, "name", Text),
        ars: take!(v, "ars", Text),
        population: take!(v, "population", Count),
    }, |this, fields| {
        put(fields, "name", this.name.as_ref());
        put(fields, "ars", this.ars.as_ref());
        number(fields, "population", this.population);
    }
    Dissolution: |v| Dissolution {
        authority: take!(v, "authority", Authority)?,
        successors: take!(v, "successors", Authorities).unwrap_or_default(),
        inherits: take!(v, "inherits", Flag).unwrap_or(false),
        on: take!(v, "on", Date)?,
    }, |this, fields| {
        put(fields, "authority", Some(&this.authority));
        list(fields, "successors", this.successors.iter());
        if this.inherits {
            fields.push(("inherits", Raw::Flag(true)));
        }
        put(fields, "on", Some(this.on));
    }
    Region: |v| Region {
        name: take!(v, "name", Text)?,
        members: sorted(take!(v, "members", Members)),
    }, |this, fields| {
        put(fields, "name", Some(&this.name));
        list(fields, "members", this.members.iter());
    }
    ServiceList: |v| ServiceList {
        name: take!(v, "name", Text)?,
        services: sorted(take!(v, "services", Services)),
    }, |this, fields| {
        put(fields, "name", Some(&this.name));
        list(fields, "services", this.services.iter());
    }
    Register: |v| match take!(v, "unit", Unit) {
        Some(unit) => Register::Catalogue(unit),
        None => Register::Authorities(
            take!(v, "kind", AuthorityKind)?,
            take!(v, "area", Area).unwrap_or(Area::DE),
        ),
    }, |this, fields| {
        match this {
            Register::Catalogue(unit) => put(fields, "unit", Some(unit)),
            Register::Authorities(kind, area) => {
                put(fields, "kind", Some(kind));
                put(fields, "area", Some(area));
            }
        }
    }
    Objection: |v| Objection {
        entry: take!(v, "entry", Entry)?,
        on: take!(v, "on", Date),
        says: take!(v, "says", Text)?,
    }, |this, fields| {
        put(fields, "entry", Some(this.entry));
        put(fields, "on", this.on);
        put(fields, "says", Some(&this.says));
    }
}

/// Reads a scope. Its unit is the given one, else that of its service, else that of claims about the measure.
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

fn put_scope(fields: &mut Fields, scope: &ClaimScope) {
    put(fields, "measure", Some(&scope.measure));
    put(fields, "place", Some(&scope.place));
    put(fields, "topic", scope.topic);
    put(fields, "service", scope.service.as_ref());
    put(fields, "stage", scope.stage);
    put(fields, "level", scope.level);
    put(fields, "unit", scope.unit);
    put(fields, "scope", scope.scope.as_ref());
}

fn amount(v: &mut Values) -> Option<Amount> {
    let value = take!(v, "value", Figure).map(Amount::Value);
    value.or_else(|| take!(v, "percent", Figure).map(Amount::Percent))
}

fn put_amount(fields: &mut Fields, amount: Amount, of: Option<Figure>) {
    match amount {
        Amount::Value(figure) => number(fields, "value", Some(figure)),
        Amount::Percent(figure) => number(fields, "percent", Some(figure)),
    }
    number(fields, "of", of);
}

fn one_outlook(outlook: &Outlook) -> Raw {
    let mut object = vec![
        ("year".to_owned(), Raw::Number(outlook.year.to_string())),
        ("status".to_owned(), Raw::text(outlook.status)),
    ];
    if let Some(implementation) = outlook.implementation {
        object.push(("implementation".to_owned(), Raw::text(implementation)));
    }
    Raw::Object(object)
}

fn sorted<T: Ord>(items: Option<Vec<T>>) -> Vec<T> {
    let mut items = items.unwrap_or_default();
    items.sort();
    items.dedup();
    items
}

/// Writes a field as text, if it has a value.
pub(super) fn put(fields: &mut Fields, name: &'static str, value: Option<impl std::fmt::Display>) {
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
