//! What stays live beside a place that goes offline: an authority is rarely alone in its Kreis.

use super::AsOf;
use crate::event::{Body, Draft};
use crate::state::{AuthorityNo, Slot};
use crate::words::{AuthorityId, Day, Place, ServiceId, Stage, Text};
use std::collections::{BTreeMap, BTreeSet};

/// How many digits of a key name the Kreis.
const KREIS_DIGITS: usize = 5;

/// Services with stages.
type Pairs<'d> = BTreeSet<(&'d ServiceId, Stage)>;

/// A stage that a service holds at an authority.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The authority.
    pub authority: AuthorityId,
    /// Its name.
    pub name: Option<Text>,
    /// The service.
    pub service: ServiceId,
    /// The stage.
    pub stage: Stage,
}

impl AsOf<'_> {
    /// Lists what stays at sister authorities in the Kreis of a place at which the statements end everything that holds there.
    #[must_use]
    pub fn held_beside(self, drafts: &[Draft], today: Day) -> Vec<Held> {
        let mut ended: BTreeMap<&AuthorityId, (Day, Pairs<'_>)> = BTreeMap::new();
        for draft in drafts {
            let Body::MilestoneEnded(about, on) = &draft.body else { continue };
            let Place::Authority(authority) = &about.place else { continue };
            let of_place = ended.entry(authority).or_insert_with(|| (on.counts_from(today), BTreeSet::new()));
            of_place.1.insert((&about.service, about.stage));
        }
        let mut beside = BTreeSet::new();
        for (authority, (day, of_place)) in &ended {
            let is_all =
                self.held_at(authority, *day).all(|held| of_place.contains(&(&held.service, held.stage)));
            let kreis = authority.key().get(..KREIS_DIGITS).filter(|_| is_all);
            let sisters = self.state.authorities.iter().map(|(other, _)| other).filter(|other| {
                kreis.is_some() && other.key().get(..KREIS_DIGITS) == kreis && !ended.contains_key(*other)
            });
            beside.extend(sisters.flat_map(|sister| self.held_at(sister, *day)));
        }
        beside.into_iter().collect()
    }

    /// Lists what holds at an authority on a day, while it exists.
    fn held_at<'s>(&'s self, authority: &'s AuthorityId, day: Day) -> impl Iterator<Item = Held> + use<'s> {
        let number: Option<AuthorityNo> = self.state.authorities.number(authority);
        let services = number.and_then(|number| Some((number, self.state.authorities.value(number)?)));
        let pairs = services
            .into_iter()
            .flat_map(|(number, history)| history.services.iter().map(move |service| (number, *service)));
        pairs.flat_map(move |(number, service)| {
            let stages = self.pair(service, authority.area(), Slot::of_authority(number)).on(day);
            let id = self.state.services.key(service).cloned();
            let name = self.name_of(authority, day);
            stages
                .iter()
                .filter_map(move |stage| {
                    Some(Held {
                        authority: authority.clone(),
                        name: name.clone(),
                        service: id.clone()?,
                        stage,
                    })
                })
                .collect::<Vec<_>>()
        })
    }
}
