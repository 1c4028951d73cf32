//! The names of what an answer names by key.

use super::Series;
use crate::words::{Day, Place, ServiceId};
use std::collections::{BTreeMap, BTreeSet};

impl Series {
    /// Returns the names of the services, authorities, regions and the list that the question or a line names, by their keys, as they
    /// were called on its last day. Where two are called the same, their keys stand behind: `Aufenthalt (ozg:10255)`.
    #[must_use]
    pub fn names(&self) -> BTreeMap<String, String> {
        let (header, at) = (self.header(), self.planned.state.as_of(self.header().position));
        let day = header.query.on.or(header.query.to).unwrap_or(Day::LAST);
        let abouts = || self.planned.lines.iter().map(|line| &line.about);
        let services: BTreeSet<&ServiceId> = header
            .query
            .services
            .iter()
            .flatten()
            .chain(abouts().filter_map(|it| it.service.as_ref()))
            .collect();
        let places: BTreeSet<&Place> =
            header.query.areas.iter().flatten().chain(abouts().map(|about| &about.place)).collect();
        let services =
            services.into_iter().map(|service| (service.to_string(), at.service_called(service, day)));
        let places = places.into_iter().map(|place| (place.to_string(), at.place_called(place, day)));
        let list = header.query.list.as_ref().map(|list| (list.to_string(), at.list_called(list, day)));
        let named = services.chain(places).chain(list);
        told_apart(named.filter_map(|(key, name)| Some((key, name?.to_string()))).collect())
    }
}

fn told_apart(mut names: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut called: BTreeMap<String, usize> = BTreeMap::new();
    names.values().for_each(|name| *called.entry(name.clone()).or_default() += 1);
    for (key, name) in &mut names {
        if called.get(name).is_some_and(|count| *count > 1) {
            *name = format!("{name} ({key})");
        }
    }
    names
}
