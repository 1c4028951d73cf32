//! The invented world: services with topics, parents and executing kinds, and authorities over the 16 Länder in sizes as
//! unequal as the real ones.

use super::random::Random;
use ozg_core::event::{Body, Listing, Register, Registration};
use ozg_core::words::{
    Area, AuthorityId, AuthorityKind, KindSet, Place, ServiceId, Slug, Text, Topic, TopicSet, Unit,
};

/// Services of each unit and authorities in a world of full size.
const OZG_SERVICES: usize = 575;
const LEIKA_SERVICES: usize = 2_000;
const DIENST_SERVICES: usize = 60;

use AuthorityKind as K;

/// Number of authorities of each kind, and whether they are spread over the Länder like Gemeinden or like Kreise.
const AUTHORITIES: [(AuthorityKind, usize, Spread); 11] = [
    (K::Gemeinde, 5_900, Spread::Gemeinden),
    (K::Kreis, 400, Spread::Kreise),
    (K::Auslaenderbehoerde, 540, Spread::Kreise),
    (K::Bauaufsicht, 850, Spread::Kreise),
    (K::Meldebehoerde, 1_700, Spread::Gemeinden),
    (K::Fahrerlaubnisbehoerde, 420, Spread::Kreise),
    (K::Jugendamt, 560, Spread::Kreise),
    (K::Sozialamt, 410, Spread::Kreise),
    (K::Standesamt, 700, Spread::Gemeinden),
    (K::Land, 16, Spread::One),
    (K::Bund, 4, Spread::Bund),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spread {
    Gemeinden,
    Kreise,
    One,
    Bund,
}

/// Gemeinden and Kreise of the Länder, in the order of every list of areas.
const GEMEINDEN: [usize; 16] =
    [1_101, 2_056, 1, 413, 2, 1, 421, 725, 941, 396, 2_300, 52, 418, 218, 1_104, 605];
const KREISE: [usize; 16] = [44, 96, 1, 18, 2, 1, 26, 8, 45, 53, 36, 6, 13, 14, 15, 22];

/// A service and where it can be in use.
pub(super) struct Service {
    pub(super) id: ServiceId,
    pub(super) name: Text,
    topics: TopicSet,
    parents: Vec<ServiceId>,
    executed_by: KindSet,
    lead: Option<Area>,
    /// The authorities that may take it up: `first` and how many.
    pub(super) takers: (usize, usize),
}

/// An authority.
pub(super) struct Authority {
    pub(super) place: Place,
    pub(super) name: Text,
    population: Option<u32>,
}

/// Services and authorities, in the order in which they are listed.
pub(super) struct World {
    pub(super) services: Vec<Service>,
    pub(super) authorities: Vec<Authority>,
}

impl World {
    /// Makes a world; `parts` of 1,000 of a full one.
    pub(super) fn new(random: &mut Random, parts: usize) -> World {
        let scaled = |count: usize| (count * parts / 1_000).max(1);
        let mut world = World { services: Vec::new(), authorities: Vec::new() };
        let mut groups = Vec::new();
        for (kind, count, spread) in AUTHORITIES {
            let first = world.authorities.len();
            world.found(random, kind, scaled(count), spread);
            groups.push((kind, (first, world.authorities.len() - first)));
        }
        let ozg = scaled(OZG_SERVICES);
        let leika = scaled(LEIKA_SERVICES);
        for number in 0..ozg {
            let id = ServiceId::Ozg(10_000 + narrow(number));
            world.list(random, id, &[], &groups);
        }
        for number in 0..leika {
            let key = 99_000_000_000_000
                + 1_001_000_000 * (number as u64 / 40 + 1)
                + 1_000 * (number as u64 % 40 + 1);
            let parents = [random.index(ozg), random.index(ozg)];
            let count = if random.chance(150) { 2 } else { 1 };
            world.list(random, ServiceId::Leika(key), &parents[..count], &groups);
        }
        for number in 0..scaled(DIENST_SERVICES) {
            let Ok(slug) = Slug::read(&format!("dienst-{:03}", number + 1)) else { continue };
            let parents: Vec<usize> = (0..=random.index(4)).map(|_| ozg + random.index(leika)).collect();
            world.list(random, ServiceId::Dienst(slug), &parents, &groups);
        }
        world
    }

    /// Lists the first statements: the catalogue, the registry, and that both are complete.
    pub(super) fn listings(&self) -> impl Iterator<Item = Body> + '_ {
        let services = self.services.iter().map(|service| {
            let listing = Listing {
                name: service.name.clone(),
                topics: service.topics,
                parents: service.parents.clone(),
                executed_by: service.executed_by,
                lead: service.lead,
            };
            Body::ServiceListed(service.id.clone(), listing, None)
        });
        let authorities = self.authorities.iter().filter_map(|authority| {
            let registration =
                Registration { name: authority.name.clone(), ars: None, population: authority.population };
            Some(Body::AuthorityListed(authority.place.authority()?.clone(), registration, None))
        });
        // Whatever is invented is listed: the catalogue of each unit and the register of each kind are complete.
        let registers = AUTHORITIES.iter().map(|(kind, ..)| Register::Authorities(*kind, Area::DE));
        let declared = Unit::all().map(Register::Catalogue).chain(registers);
        services
            .chain(authorities)
            .chain(declared.map(|register| Body::RegisterDeclared(register, true, None)))
    }

    fn list(
        &mut self,
        random: &mut Random,
        id: ServiceId,
        parents: &[usize],
        groups: &[(AuthorityKind, (usize, usize))],
    ) {
        let mut topics: TopicSet =
            parents.iter().flat_map(|parent| self.services[*parent].topics.iter()).collect();
        if topics.is_empty() {
            topics.insert(Topic::from_index(random.index(Topic::COUNT)).unwrap_or(Topic::None));
        }
        let (kind, takers) = groups[random.skewed(groups.len())];
        let executed_by = if kind == K::Bund { KindSet::default() } else { KindSet::from_iter([kind]) };
        let verb = random.pick(&["Antrag", "Anzeige", "Auskunft", "Bescheinigung", "Erlaubnis", "Anmeldung"]);
        let object =
            random.pick(&["Gewerbe", "Wohnung", "Fahrzeug", "Verein", "Bauvorhaben", "Förderung", "Urkunde"]);
        let parents: std::collections::BTreeSet<ServiceId> =
            parents.iter().map(|parent| self.services[*parent].id.clone()).collect();
        let lead = Area::from_index(1 + random.index(Area::COUNT - 1)).filter(|_| random.chance(600));
        self.services.push(Service {
            name: text(&format!("{object}: {verb} {}", self.services.len() + 1)),
            id,
            topics,
            parents: parents.into_iter().collect(),
            executed_by,
            lead,
            takers,
        });
    }

    fn found(&mut self, random: &mut Random, kind: AuthorityKind, count: usize, spread: Spread) {
        let weights: [usize; 16] = match spread {
            Spread::Gemeinden => GEMEINDEN,
            Spread::Kreise => KREISE,
            Spread::One => [1; 16],
            Spread::Bund => {
                let ids = (0..count).filter_map(|n| AuthorityId::read(&format!("bund:amt-{}", n + 1)).ok());
                for id in ids {
                    let name = text(&format!("Bundesamt {}", id.key()));
                    self.authorities.push(Authority { place: Place::Authority(id), name, population: None });
                }
                return;
            }
        };
        let all: usize = weights.iter().sum();
        for (land, weight) in Area::laender().zip(weights) {
            for number in 0..(count * weight).div_ceil(all) {
                let key = match spread {
                    Spread::Gemeinden => format!("{:03}{:03}", number / 40 + 1, number % 40 + 1),
                    Spread::Kreise => format!("{:03}", number + 1),
                    Spread::One | Spread::Bund => String::new(),
                };
                let Ok(id) = AuthorityId::read(&format!("{}:{}{key}", kind.scheme(), land.official_key()))
                else {
                    continue;
                };
                let name = text(&format!("{} {}", kind.name().de, town(random)));
                let population = if spread == Spread::Gemeinden || kind == K::Kreis {
                    Some(200 + 100 * narrow(random.skewed(8_000)))
                } else {
                    None
                };
                self.authorities.push(Authority { place: Place::Authority(id), name, population });
            }
        }
    }
}

fn town(random: &mut Random) -> String {
    let first = random.pick(&[
        "Alt", "Neu", "Ober", "Unter", "Groß", "Klein", "Hohen", "Nieder", "Lang", "Schön", "Breiten",
        "Stein", "Wald", "Mittel", "Oster", "Wester",
    ]);
    let middle = random.pick(&[
        "acker", "birken", "buchen", "eichen", "falken", "hirsch", "königs", "linden", "mühl", "roden",
        "see", "tannen", "weiden", "wolfs", "ziegel", "salz", "kirch", "brunn",
    ]);
    let last = random.pick(&[
        "au", "bach", "berg", "burg", "dorf", "feld", "furt", "hausen", "heim", "hofen", "kirchen", "stadt",
        "tal", "walde",
    ]);
    format!("{first}{middle}{last}")
}

/// Makes a text that is known to be one.
pub(super) fn text(words: &str) -> Text {
    Text::read(words).unwrap_or_else(|_| Text::read("-").expect("a dash is a text"))
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
