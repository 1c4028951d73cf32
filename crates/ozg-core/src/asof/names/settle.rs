//! Statements with names: each name becomes the key that it means, before the statement is read, and each position of an
//! entry its id. A remark names the key (`Landkreis Barnim` was read as `ags:12060000`). A name that means nothing, or several
//! things, is a mistake of its field.

use super::entries;
use super::look_up::{Lookup, Meant};
use crate::event::{Draft, EventType, Field, Kind, Raw, RawEvent};
use crate::mistake::{Code, Fault, Mistake, put_in_place};
use crate::words::{Area, AuthorityId, Day, KindSet, PartialDate, Place, ServiceId, Slug, unmarked};

/// A name that was read as a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadAs {
    /// What was written.
    pub written: String,
    /// The key that it means.
    pub key: String,
    /// The name of the thing with the key.
    pub name: String,
}

impl RawEvent {
    /// Tells whether a field for a key holds anything else: a name, or digits without their scheme.
    #[must_use]
    pub fn has_names(&self) -> bool {
        self.fields.iter().any(|(name, raw)| {
            let kind = Field::named(name).map(|field| field.kind);
            kind.is_some_and(|kind| parts(kind, raw).iter().any(|part| !is_key(kind, part)))
        })
    }

    /// Tells whether the type of the statement may describe a thing that other statements name; true without a readable type.
    #[must_use]
    pub fn may_describe(&self) -> bool {
        self.said_type().is_none_or(EventType::describes)
    }

    fn said_type(&self) -> Option<EventType> {
        self.text_of("type").and_then(|text| EventType::read(text).ok())
    }

    fn text_of(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).and_then(|(_, raw)| text_of(raw))
    }
}

/// Tells whether a text is a key, in whatever spelling. The name of a city that is a Land may mean the city.
fn is_key(kind: Kind, text: &str) -> bool {
    if entries::is_position(kind, text) {
        return false;
    }
    if matches!(kind, Kind::Service | Kind::Services) {
        return ServiceId::read(text).is_ok();
    }
    if matches!(kind, Kind::Authority | Kind::Authorities) {
        return AuthorityId::is_spelled(text);
    }
    match Place::find(text) {
        _ if !matches!(kind, Kind::Place | Kind::Members) => true,
        Some(Place::Area(Area::BE | Area::HB | Area::HH)) => text.trim().len() <= 2,
        found => found.is_some(),
    }
}

fn text_of(raw: &Raw) -> Option<&str> {
    match raw {
        Raw::Text(text) | Raw::Number(text) => Some(text),
        Raw::Null | Raw::Flag(_) | Raw::List(_) | Raw::Object(_) => None,
    }
}

/// Lists what a field holds: one text, or those of a list.
fn parts(kind: Kind, raw: &Raw) -> Vec<&str> {
    match (kind, raw) {
        (
            Kind::Service | Kind::Authority | Kind::Place | Kind::Entry | Kind::EntryOrStanding,
            Raw::Text(text) | Raw::Number(text),
        ) => vec![text],
        (Kind::Services | Kind::Authorities | Kind::Members, Raw::Text(text)) => {
            text.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).collect()
        }
        (Kind::Services | Kind::Authorities | Kind::Members, Raw::List(items)) => {
            items.iter().filter_map(text_of).collect()
        }
        _ => Vec::new(),
    }
}

impl Lookup<'_> {
    /// Reads a statement, each name of it as the key that it means.
    ///
    /// # Errors
    /// Those of [`RawEvent::read`], and what names mean nothing or several things.
    pub fn read(&mut self, mut event: RawEvent, remarks: &mut Vec<ReadAs>) -> Result<Draft, Vec<Mistake>> {
        let day = self.day_of(&event);
        let mut faults: Vec<(usize, Fault)> = Vec::new();
        let service =
            self.settle(&mut event, &[Kind::Service], (day, KindSet::default()), &mut faults, remarks);
        let kinds = service.map_or_else(KindSet::default, |service| self.kinds_for(&event, &service, day));
        let others = [Kind::Services, Kind::Place, Kind::Authority, Kind::Authorities, Kind::Members];
        let entries = [Kind::Entry, Kind::EntryOrStanding];
        self.settle(&mut event, &entries, (day, KindSet::default()), &mut faults, remarks);
        self.settle(&mut event, &others, (day, kinds), &mut faults, remarks);
        match event.read(None) {
            Ok(draft) if faults.is_empty() => {
                self.own.add(&draft.body, self.today);
                Ok(draft)
            }
            Ok(_) => Err(faults.into_iter().map(|(index, fault)| at(&event, index, fault)).collect()),
            Err(mut mistakes) => {
                for (index, fault) in faults {
                    put_in_place(&mut mistakes, at(&event, index, fault));
                }
                Err(mistakes)
            }
        }
    }

    /// Tells whether a text is a key or several, separated by commas, as an address has them.
    #[must_use]
    pub fn is_keys(kind: Kind, text: &str) -> bool {
        kind == Kind::Slug && Slug::read(text).is_ok()
            || kind != Kind::Slug && text.split(',').all(|part| is_key(kind, part))
    }

    /// Writes the keys that an address names, separated by commas; a name may have commas itself.
    ///
    /// # Errors
    /// What names mean nothing or several things.
    pub fn keys(&self, kind: Kind, text: &str) -> Result<String, Fault> {
        let text = unmarked(text);
        let text = text.as_ref();
        if Lookup::is_keys(kind, text) {
            return Ok(text.to_owned());
        }
        if kind == Kind::Slug {
            return self.list(text, self.today).map(|meant| meant.what.to_string());
        }
        let mut one = |text: &str| self.key_of(kind, text, self.today, KindSet::default(), &mut Vec::new());
        let keys = whole_or_parts(text, &mut one)?;
        Ok(keys.iter().filter_map(text_of).collect::<Vec<_>>().join(","))
    }

    /// Takes the names that a statement of the same batch gives.
    pub fn take(&mut self, draft: &Draft) {
        self.own.add(&draft.body, self.today);
    }

    /// Returns the day that a statement is about: that of a plan is the day on which it is due.
    fn day_of(&self, event: &RawEvent) -> Day {
        let date = |field: &str| PartialDate::read(event.text_of(field)?).ok();
        date("due").or_else(|| date("on")).map_or(self.today, |date| date.counts_from(self.today))
    }

    /// Returns the kinds of authorities among which a place is sought. An end may be about any kind that ever executed the
    /// service, since a milestone there can still end. Empty means any kind, as for a published figure.
    fn kinds_for(&self, event: &RawEvent, service: &ServiceId, day: Day) -> KindSet {
        match event.said_type() {
            Some(EventType::MilestoneEnded) => self.kinds_ever(service),
            Some(EventType::MilestoneReached | EventType::MilestoneObserved) => self.kinds_on(service, day),
            Some(EventType::MilestonePlanned | EventType::MaturityAssessed) => self.kinds_on(service, day),
            _ => KindSet::default(),
        }
    }

    /// Writes keys in the place of names in the fields of some kinds; returns the last service among them.
    fn settle(
        &self,
        event: &mut RawEvent,
        of_kinds: &[Kind],
        (day, kinds): (Day, KindSet),
        faults: &mut Vec<(usize, Fault)>,
        remarks: &mut Vec<ReadAs>,
    ) -> Option<ServiceId> {
        let mut service = None;
        for (index, (name, raw)) in event.fields.iter_mut().enumerate() {
            let Some(kind) =
                Field::named(name).map(|field| field.kind).filter(|kind| of_kinds.contains(kind))
            else {
                continue;
            };
            let is_list = matches!(kind, Kind::Services | Kind::Authorities | Kind::Members);
            let mut one = |text: &str| self.key_of(kind, text, day, kinds, remarks);
            let settled = match raw {
                Raw::Text(text) | Raw::Number(text) if !is_list => one(text).map(Raw::Text),
                Raw::Text(text) | Raw::Number(text) => whole_or_parts(text, &mut one).map(Raw::List),
                Raw::List(items) => {
                    let item = |item: &Raw| match text_of(item) {
                        Some(text) => one(text).map(Raw::Text),
                        None => Ok(item.clone()),
                    };
                    items.iter().map(item).collect::<Result<_, _>>().map(Raw::List)
                }
                Raw::Null | Raw::Flag(_) | Raw::Object(_) => continue,
            };
            match settled {
                Ok(settled) => *raw = settled,
                Err(fault) => faults.push((index, fault)),
            }
            if let (Kind::Service, Raw::Text(key)) = (kind, &*raw) {
                service = ServiceId::read(key).ok();
            }
        }
        service
    }

    fn key_of(
        &self,
        kind: Kind,
        text: &str,
        day: Day,
        kinds: KindSet,
        remarks: &mut Vec<ReadAs>,
    ) -> Result<String, Fault> {
        if text.trim().is_empty() || is_key(kind, text) {
            return Ok(text.to_owned());
        }
        if matches!(kind, Kind::Entry | Kind::EntryOrStanding) {
            return self.at.state.id_named(text);
        }
        let meant = if matches!(kind, Kind::Service | Kind::Services) {
            shown(self.service(text, day)?)
        } else if matches!(kind, Kind::Authority | Kind::Authorities) {
            shown(self.authority(text, day)?)
        } else if kind == Kind::Members {
            shown(self.member(text, day)?)
        } else {
            shown(self.place(text, day, kinds)?)
        };
        if let Some(name) = meant.name {
            remarks.push(ReadAs { written: text.trim().to_owned(), key: meant.what.clone(), name });
        }
        Ok(meant.what)
    }
}

fn shown<T: std::fmt::Display>(meant: Meant<T>) -> Meant<String> {
    Meant { what: meant.what.to_string(), name: meant.name }
}

/// Reads a text of several names: each part between semicolons and bars. A comma may be part of a name; it separates names
/// only where no name has it.
fn whole_or_parts(text: &str, one: &mut dyn FnMut(&str) -> Result<String, Fault>) -> Result<Vec<Raw>, Fault> {
    let mut all = Vec::new();
    for part in text.split([';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        match one(part) {
            Ok(key) => all.push(Raw::Text(key)),
            Err(fault) if fault.code == Code::AmbiguousName || !part.contains(',') => return Err(fault),
            Err(_) => {
                for word in part.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                    all.push(Raw::Text(one(word)?));
                }
            }
        }
    }
    Ok(all)
}

fn at(event: &RawEvent, index: usize, fault: Fault) -> Mistake {
    let (name, raw) = &event.fields[index];
    Mistake::at(&event.at.field(name), name, text_of(raw), fault)
}
