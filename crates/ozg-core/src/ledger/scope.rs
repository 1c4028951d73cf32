//! The scope of an office: everything that a statement touches must lie in it (rule 26).

use super::Rights;
use super::check::Trial;
use crate::event::{Body, ClaimScope, Draft, Listing, Matter, Milestone, Register};
use crate::mistake::{Bilingual, Code, Fault};
use crate::state::ServiceNo;
use crate::steps::Steps;
use crate::words::{
    Area, AuthorityId, Day, Language, PartialDate, Place, ServiceId, Slug, Subject, Topic, TopicSet, Unit,
};
use std::collections::BTreeSet;

/// Something that a statement touches: the field that it stands in, and why it is touched.
pub(super) struct Touch {
    field: &'static str,
    what: Touched,
    why: Bilingual,
}

/// What lies outside the scope of an office: ids, where it has any, and the name for the message.
struct Outside {
    ids: Option<String>,
    name: Bilingual,
}

/// What a statement touches.
enum Touched {
    /// A place, with the region whose member it is where the statement describes a region.
    Place(Place, Option<Slug>),
    /// These topics, one of which is enough.
    OneOf(TopicSet),
    /// All these topics.
    AllOf(TopicSet),
    /// All of Germany.
    Everywhere,
    /// All topics.
    EveryTopic,
}

impl Trial<'_> {
    /// Refuses a draft that touches anything outside the scope of the office. The message names the scope and everything
    /// outside.
    pub(super) fn check_scope(&mut self, index: usize, draft: &Draft) {
        let request = self.request();
        if request.was_accepted || request.rights.are_unlimited() {
            return;
        }
        let (rights, touches) = (&request.rights, self.touches(&draft.body));
        let outside = touches.iter().filter_map(|touch| Some((touch, self.outside(rights, touch)?)));
        let outside: Vec<(&Touch, Outside)> = outside.collect();
        let Some((first, _)) = outside.first() else { return };
        let list = |of: fn(&Bilingual) -> &String| {
            let all = outside.iter().map(|(touch, what)| format!("{} ({})", of(&what.name), of(&touch.why)));
            all.collect::<Vec<_>>().join("; ")
        };
        let office = request.office;
        let fault = Fault::say(
            Code::OutOfScope,
            format!(
                "Die Stelle „{office}“ darf nur über {} schreiben. Außerhalb: {}",
                allowed(rights, Language::German),
                list(|text| &text.de)
            ),
            format!(
                "The office {office} may write about {} only. Outside: {}",
                allowed(rights, Language::English),
                list(|text| &text.en)
            ),
        );
        let mut ids: Vec<&str> = outside.iter().filter_map(|(_, what)| what.ids.as_deref()).collect();
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(*id));
        let ids = ids.join(", ");
        self.wrong(index, draft, first.field, Some(ids.as_str()).filter(|ids| !ids.is_empty()), fault);
    }

    /// Tells whether everything that a statement touches lies within some rights.
    pub(super) fn lies_within(&self, rights: &Rights, body: &Body) -> bool {
        self.touches(body).iter().all(|touch| self.outside(rights, touch).is_none())
    }

    /// Returns what of a touch lies outside some rights.
    fn outside(&self, rights: &Rights, touch: &Touch) -> Option<Outside> {
        let Rights { areas, topics, .. } = rights;
        let of_topics = |topics: &[Topic]| {
            let list = |of: fn(&Topic) -> &'static str| topics.iter().map(of).collect::<Vec<_>>().join(", ");
            let name = Bilingual::new(list(|topic| topic.name().de), list(|topic| topic.name().en));
            (!topics.is_empty()).then(|| Outside { ids: Some(list(|topic| topic.id())), name })
        };
        let all = |de, en| Outside { ids: None, name: Bilingual::new(de, en) };
        match &touch.what {
            Touched::Place(place, without) => {
                let lies_in = || self.state.now().lies_in(areas, place, self.recorded, without.as_ref());
                let is_outside = !areas.is_empty() && !lies_in();
                let name = || Bilingual::new(place.to_string(), place.to_string());
                is_outside.then(|| Outside { ids: Some(place.to_string()), name: name() })
            }
            Touched::OneOf(one) if topics.is_empty() || one.meets(*topics) => None,
            Touched::OneOf(one) => of_topics(&one.iter().collect::<Vec<_>>()),
            Touched::AllOf(_) if topics.is_empty() => None,
            Touched::AllOf(all) => {
                of_topics(&all.iter().filter(|topic| !topics.contains(*topic)).collect::<Vec<_>>())
            }
            Touched::Everywhere => (!areas.is_empty()).then(|| all("ganz Deutschland", "all of Germany")),
            Touched::EveryTopic => (!topics.is_empty()).then(|| all("alle Themenfelder", "all topics")),
        }
    }

    /// Lists what a statement touches. What stands in its own fields comes first.
    fn touches(&self, body: &Body) -> Vec<Touch> {
        let mut touches = Vec::new();
        let on = body.on();
        match body.matter() {
            Matter::Milestone(about) => self.touch_milestone(&mut touches, about, on),
            Matter::Plan(plan) => {
                touches.push(said_place(&plan.milestone.place));
                self.touch_service(&mut touches, &plan.milestone.service, Some(plan.due));
            }
            Matter::Maturity(maturity) => {
                touches.push(said_place(&maturity.place));
                self.touch_service(&mut touches, &maturity.service, on);
            }
            Matter::Report(report) => {
                touches.push(said_place(&report.place));
                self.touch_service(&mut touches, &report.service, on);
            }
            Matter::Figure(claim) => self.touch_claim(&mut touches, &claim.scope, on),
            Matter::Target(target) => self.touch_claim(&mut touches, &target.scope, Some(target.due)),
            Matter::Assessment(assessment) => {
                let why = || Bilingual::new("darüber urteilt die Bewertung", "the assessment is about it");
                let topics = match &assessment.subject {
                    Subject::Topic(topic) => Touched::AllOf(TopicSet::from_iter([*topic])),
                    Subject::Strategy(_) | Subject::Block(_) => Touched::EveryTopic,
                };
                touches.extend([topics, Touched::Everywhere].map(|what| Touch {
                    field: "subject",
                    what,
                    why: why(),
                }));
            }
            Matter::Service(service, listing) => self.touch_catalogue(&mut touches, service, listing, on),
            Matter::Authority(authority, _, successors) => {
                self.touch_registry(&mut touches, authority, successors);
            }
            Matter::Region(region, defined) => self.touch_region(&mut touches, region, &defined.members, on),
            Matter::List(list, defined) => self.touch_list(&mut touches, list, &defined.services, on),
            Matter::Register(register) => touch_register(&mut touches, register),
            // Any office may object; who coordinates the entry coordinates the objection.
            Matter::Objection(_) | Matter::Entry => {}
        }
        touches
    }

    /// A milestone touches its place, who inherits it there, and one topic of its service.
    fn touch_milestone(&self, touches: &mut Vec<Touch>, about: &Milestone, on: Option<PartialDate>) {
        touches.push(said_place(&about.place));
        if let Some(authority) = about.place.authority() {
            let number = self.state.authorities.number(authority);
            let heirs = number.map(|number| self.state.now().heirs(number)).unwrap_or_default();
            touches.extend(heirs.iter().filter_map(|heir| self.state.authorities.key(*heir)).map(|heir| {
                let why =
                    Bilingual::new(format!("erbt von {authority}"), format!("inherits from {authority}"));
                place("place", heir, why)
            }));
        }
        self.touch_service(touches, &about.service, on);
    }

    /// A statement about a service needs one of the topics of the service on the day. Where the service is not listed then,
    /// the topics of its next listing count, else those of its last. A service that was never listed is refused elsewhere.
    fn touch_service(&self, touches: &mut Vec<Touch>, service: &ServiceId, on: Option<PartialDate>) {
        let day = on.map_or(self.recorded, |on| on.counts_from(self.recorded));
        let Some(number) = self.state.services.number(service) else { return };
        let topics = self.state.now().topics(number);
        let of_day = topics.on(day);
        let next = || topics.iter().find(|(from, topics)| *from > day && !topics.is_empty());
        let last = || topics.iter().filter(|(_, topics)| !topics.is_empty()).last();
        let of_day =
            if of_day.is_empty() { next().or_else(last).map(|(_, topics)| *topics) } else { Some(of_day) };
        let why = Bilingual::new(
            format!("so gehört {service} am {day} zu Themenfeldern; eines im Bereich der Stelle genügt"),
            format!("the topics of {service} on {day}; one within the scope is enough"),
        );
        touches.extend(of_day.map(|topics| Touch { field: "service", what: Touched::OneOf(topics), why }));
    }

    /// A claim touches its place and topic, and one topic of its service; with neither topic nor service all topics.
    fn touch_claim(&self, touches: &mut Vec<Touch>, scope: &ClaimScope, on: Option<PartialDate>) {
        touches.push(said_place(&scope.place));
        if let Some(topic) = scope.topic {
            let why = Bilingual::new("darüber ist die Angabe", "the claim is about it");
            touches.push(Touch { field: "topic", what: Touched::AllOf(TopicSet::from_iter([topic])), why });
        }
        match &scope.service {
            Some(service) => self.touch_service(touches, service, on),
            None if scope.topic.is_none() => {
                let why = Bilingual::new("die Angabe nennt kein Themenfeld", "the claim names no topic");
                touches.push(Touch { field: "topic", what: Touched::EveryTopic, why });
            }
            None => {}
        }
    }

    /// Adds what a description of a service touches: the topics that it gives, the topics that the service has from that day
    /// on, one topic of each parent, and all of Germany. A Dienst with a lead touches the leading Land in the place of Germany.
    fn touch_catalogue(
        &self,
        touches: &mut Vec<Touch>,
        service: &ServiceId,
        said: Option<&Listing>,
        on: Option<PartialDate>,
    ) {
        let day = on.map_or(Day::EVER, |on| on.counts_from(self.recorded));
        let number = self.state.services.number(service);
        let standing = number.map(|number| self.listings_from(number, day)).unwrap_or_default();
        let as_said =
            |de: &str, en: &str| Bilingual::new(format!("{de}, wie gemeldet"), format!("{en} as said"));
        let as_it_stands = |from: Day, de: &str, en: &str| {
            let (de_from, en_from) = if from == Day::EVER {
                (String::new(), String::new())
            } else {
                (format!(" ab {from}"), format!(" from {from} on"))
            };
            Bilingual::new(format!("{de} von {service}{de_from}"), format!("{en} of {service}{en_from}"))
        };
        let why = |from: Option<Day>, de: &str, en: &str| match from {
            None => as_said(de, en),
            Some(from) => as_it_stands(from, de, en),
        };
        let said = said.map(|listing| (None, listing));
        for (from, listing) in
            said.into_iter().chain(standing.iter().map(|(from, listing)| (Some(*from), listing)))
        {
            let at = |field: &'static str| if from.is_none() { field } else { "service" };
            let (topics, why_topics) = (listing.topics.or_none(), why(from, "Themenfeld", "topic"));
            touches.push(Touch { field: at("topics"), what: Touched::AllOf(topics), why: why_topics });
            for parent in &listing.parents {
                let number = self.state.services.number(parent);
                let topics = number.and_then(|number| self.topics_next(number, day)).unwrap_or_default();
                let why = Bilingual::new(
                    format!(
                        "Themenfelder der übergeordneten Leistung {parent}; eines im Bereich der Stelle genügt"
                    ),
                    format!("the topics of the parent {parent}; one within the scope is enough"),
                );
                touches.push(Touch { field: at("parents"), what: Touched::OneOf(topics), why });
            }
            let leads = listing.lead.filter(|_| service.unit() == Unit::Dienst);
            touches.push(match leads {
                Some(land) => {
                    let what = Touched::Place(Place::Area(land), None);
                    Touch { field: at("lead"), what, why: why(from, "Federführung", "lead") }
                }
                None => Touch { field: "service", what: Touched::Everywhere, why: of_all_germany() },
            });
        }
        if touches.is_empty() {
            touches.push(Touch { field: "service", what: Touched::Everywhere, why: of_all_germany() });
        }
    }

    /// Lists how the catalogue describes a service on a day and later, each with the day from which it does.
    fn listings_from(&self, number: ServiceNo, day: Day) -> Vec<(Day, Listing)> {
        let listings = from_day(&self.state.now().listing(number), day);
        listings.into_iter().filter_map(|(from, listing)| Some((from, listing?.as_ref().clone()))).collect()
    }

    /// Returns the topics of a service on a day, else those that it has next.
    fn topics_next(&self, number: ServiceNo, day: Day) -> Option<TopicSet> {
        let topics = from_day(&self.state.now().topics(number), day);
        topics.into_iter().map(|(_, topics)| topics).find(|topics| !topics.is_empty())
    }

    /// What the registry says touches the authority, those that it follows and that follow it, and all topics.
    fn touch_registry(&self, touches: &mut Vec<Touch>, authority: &AuthorityId, successors: &[AuthorityId]) {
        let described = Bilingual::new("die Angabe beschreibt sie", "the statement describes it");
        touches.push(place("authority", authority, described));
        touches.extend(successors.iter().map(|successor| {
            let why = Bilingual::new("Nachfolgerin, wie gemeldet", "successor as said");
            place("successors", successor, why)
        }));
        if let Some(number) = self.state.authorities.number(authority) {
            let now = self.state.now();
            let named = |numbers: Vec<_>, de: &str, en: &str| {
                let ids = numbers.into_iter().filter_map(|number| self.state.authorities.key(number));
                let why = || Bilingual::new(format!("{de} von {authority}"), format!("{en} of {authority}"));
                ids.map(|id| place("authority", id, why())).collect::<Vec<_>>()
            };
            touches.extend(named(now.precession(number), "Vorgängerin", "predecessor"));
            touches.extend(named(now.succession(number), "Nachfolgerin", "successor"));
        }
        touches.push(Touch { field: "authority", what: Touched::EveryTopic, why: in_every_topic() });
    }

    /// A definition of a region touches its members, as they are said and as they stand from that day on.
    fn touch_region(&self, touches: &mut Vec<Touch>, region: &Slug, said: &[Place], on: Option<PartialDate>) {
        let day = on.map_or(Day::EVER, |on| on.counts_from(self.recorded));
        let member = |field: &'static str, member: &Place, why: Bilingual| Touch {
            field,
            what: Touched::Place(member.clone(), Some(region.clone())),
            why,
        };
        touches.extend(said.iter().map(|place| {
            member("members", place, Bilingual::new("Mitglied, wie gemeldet", "member as said"))
        }));
        for (_, standing) in from_day(&self.state.now().region(region), day) {
            touches.extend(standing.iter().flat_map(|region| &region.members).map(|place| {
                let why = Bilingual::new(
                    format!("Mitglied von region:{region}"),
                    format!("member of region:{region}"),
                );
                member("region", place, why)
            }));
        }
        touches.push(Touch { field: "region", what: Touched::EveryTopic, why: in_every_topic() });
    }

    /// A definition of a list touches all topics of its services, as they are said and as they stand from that day on.
    fn touch_list(&self, touches: &mut Vec<Touch>, list: &Slug, said: &[ServiceId], on: Option<PartialDate>) {
        let day = on.map_or(Day::EVER, |on| on.counts_from(self.recorded));
        let standing = from_day(&self.state.now().list(list), day);
        let standing: Vec<_> = standing.into_iter().filter_map(|(_, list)| list).collect();
        for service in said.iter().chain(standing.iter().flat_map(|list| &list.services)) {
            let Some(number) = self.state.services.number(service) else { continue };
            let topics = from_day(&self.state.now().topics(number), day);
            touches.extend(topics.into_iter().map(|(_, topics)| {
                let why = Bilingual::new(format!("Themenfeld von {service}"), format!("topic of {service}"));
                Touch { field: "services", what: Touched::AllOf(topics), why }
            }));
        }
        touches.push(Touch { field: "list", what: Touched::Everywhere, why: of_all_germany() });
    }
}

/// A declaration touches its Land and all topics; of a catalogue or of Germany all of Germany.
fn touch_register(touches: &mut Vec<Touch>, register: Register) {
    let (field, what) = match register {
        Register::Catalogue(_) => ("unit", Touched::Everywhere),
        Register::Authorities(_, Area::DE) => ("area", Touched::Everywhere),
        Register::Authorities(_, land) => ("area", Touched::Place(Place::Area(land), None)),
    };
    let why = || {
        Bilingual::new(
            "davon sagt die Angabe, ob es vollständig ist",
            "the statement says whether it is complete",
        )
    };
    touches.extend([what, Touched::EveryTopic].map(|what| Touch { field, what, why: why() }));
}

fn said_place(named: &Place) -> Touch {
    let why = Bilingual::new("der Ort der Angabe", "the place of the statement");
    Touch { field: "place", what: Touched::Place(named.clone(), None), why }
}

fn place(field: &'static str, authority: &AuthorityId, why: Bilingual) -> Touch {
    Touch { field, what: Touched::Place(Place::Authority(authority.clone()), None), why }
}

fn of_all_germany() -> Bilingual {
    Bilingual::new(
        "Katalog und Listen gelten überall; mit Gebieten darf eine Stelle nur einen dienst beschreiben, dessen Federführung darin liegt",
        "catalogue and lists hold everywhere; an office with areas may describe only a dienst whose lead lies in them",
    )
}

fn in_every_topic() -> Bilingual {
    Bilingual::new(
        "Behörden und Regionen zählen in jedem Themenfeld",
        "authorities and regions count in every topic",
    )
}

/// Lists what holds on a day and what holds later, each with the day from which it does.
fn from_day<T: Clone + PartialEq + Default>(steps: &Steps<T>, day: Day) -> Vec<(Day, T)> {
    let later = steps.iter().filter(|(from, _)| *from > day);
    steps.step_on(day).into_iter().chain(later).cloned().collect()
}

/// Says what an office may write about.
fn allowed(rights: &Rights, language: Language) -> String {
    let areas = rights.areas.iter().map(Place::to_string);
    let topics = rights.topics.iter().map(|topic| topic.name().in_language(language).to_owned());
    areas.chain(topics).collect::<Vec<String>>().join(", ")
}
