//! The milestones that stand in the generated log, which limit what the next batch may say.

use super::campaign::{Campaign, earlier};
use super::pair::{Pair, date};
use super::random::Random;
use super::world::{World, text};
use ozg_core::event::{Body, Draft, EventId, Milestone, Replaces, Where};
use ozg_core::words::{Area, Day, PartialDate, Place, Source, Stage, Text};

/// Entries in a thousand that turn out wrong: two thirds are corrected, one third is withdrawn.
const DEBTS_IN_THOUSAND: u32 = 31;
/// Statements in a thousand with which such entries are mended, while there are any.
pub(super) const SETTLED_IN_THOUSAND: u32 = 60;
/// Statements in a thousand that end a milestone, and that begin one again.
const ENDS_IN_THOUSAND: u32 = 30;
const RELAUNCHES_IN_THOUSAND: u32 = 8;
/// Statements in a thousand that are about a Land or DE.
const AREAS_IN_THOUSAND: u32 = 60;
/// Statements in a thousand that begin at another authority, where there is one left.
const STARTS_IN_THOUSAND: u32 = 650;
/// Primes larger than any group of authorities: their multiples visit each member once.
const PRIMES: [usize; 5] = [15_485_863, 32_452_843, 49_979_687, 67_867_967, 86_028_121];

/// A statement that turned out wrong.
struct Debt {
    pair: Pair,
    /// The pair as it was before the statement.
    before: Pair,
    number: usize,
    on: PartialDate,
    id: EventId,
    batch: u32,
    source: Source,
    withdraws: bool,
}

/// The progress of a service.
#[derive(Clone, Default)]
struct Row {
    /// Pairs that can go on, by number.
    open: Vec<u32>,
    /// Number of authorities and areas that have begun.
    authorities: usize,
    areas: usize,
    start: usize,
    stride: usize,
}

/// What stands.
pub(super) struct Progress {
    pairs: Vec<Pair>,
    rows: Vec<Row>,
    /// Pairs at their last stage, and those where it has ended.
    done: Vec<u32>,
    gone: Vec<u32>,
    debts: Vec<Debt>,
    /// Pairs that this batch corrects or withdraws; it says nothing else of them.
    resting: Vec<u32>,
    authorities: usize,
}

impl Progress {
    pub(super) fn new(world: &World, random: &mut Random) -> Progress {
        let rows = world.services.iter().map(|service| {
            let count = service.takers.1.max(1);
            Row {
                start: random.index(count),
                stride: PRIMES[random.index(PRIMES.len())] % count,
                ..Row::default()
            }
        });
        Progress {
            pairs: Vec::new(),
            rows: rows.collect(),
            done: Vec::new(),
            gone: Vec::new(),
            debts: Vec::new(),
            resting: Vec::new(),
            authorities: world.authorities.len(),
        }
    }

    /// Begins a batch.
    pub(super) fn begin(&mut self) {
        std::mem::take(&mut self.resting).into_iter().for_each(|number| self.put_back(number));
    }

    /// Says the next thing of a campaign; nothing where its service has got everywhere.
    pub(super) fn advance(
        &mut self,
        campaign: &Campaign,
        world: &World,
        random: &mut Random,
        (recorded_at_ms, today): (i64, Day),
    ) -> Option<Draft> {
        let chosen = random.below(1_000);
        let number = if chosen < ENDS_IN_THOUSAND && !self.done.is_empty() {
            take_any(&mut self.done, random)
        } else if chosen < ENDS_IN_THOUSAND + RELAUNCHES_IN_THOUSAND && !self.gone.is_empty() {
            take_any(&mut self.gone, random)
        } else {
            self.of_campaign(campaign.service, world, random)?
        };
        let before = self.pairs[number as usize];
        let Some((on, counts_from)) = date(before, campaign.around, random, today) else {
            self.put_back(number);
            return None;
        };
        let pair = before.next(self.authorities, counts_from, random);
        self.pairs[number as usize] = pair;
        let ends = pair.ended;
        let is_wrong = random.chance(DEBTS_IN_THOUSAND);
        let id = is_wrong.then(|| new_id(recorded_at_ms, random));
        match id {
            Some(id) => self.debts.push(Debt {
                pair,
                before,
                number: number as usize,
                on,
                id,
                batch: campaign.batch(),
                source: campaign.source.clone(),
                withdraws: random.chance(333),
            }),
            None => self.put_back(number),
        }
        let reason = ends.then(|| {
            text(random.pick(&["Dienst abgeschaltet", "Vertrag gekündigt", "Wechsel des Anbieters"]))
        });
        Some(Draft {
            at: Where::default(),
            id,
            body: self.body(world, pair, on),
            source: Some(campaign.source.clone()),
            note: Some(note(campaign)),
            reason,
            replaces: None,
        })
    }

    /// Corrects or withdraws a statement of an earlier batch.
    pub(super) fn settle(
        &mut self,
        world: &World,
        random: &mut Random,
        batch: u32,
        today: Day,
    ) -> Option<Draft> {
        let index = random.index(self.debts.len());
        if self.debts.get(index).is_none_or(|debt| debt.batch >= batch) {
            return None;
        }
        let debt = self.debts.swap_remove(index);
        let id = debt.id;
        let reason = Some(text(
            random.pick(&["Datum aus dem Protokoll berichtigt", "Meldung beruhte auf einem Versehen"]),
        ));
        let empty = Draft {
            at: Where::default(),
            id: None,
            body: Body::EntryWithdrawn(id),
            source: None,
            note: None,
            reason,
            replaces: None,
        };
        if debt.withdraws {
            self.pairs[debt.number] = debt.before;
            self.resting.push(narrow(debt.number));
            return Some(empty);
        }
        let around = earlier(debt.pair.last, random.below(60));
        // A correction has to differ from the entry that it replaces, which may take some tries.
        let mut dates = (0..4).filter_map(|_| date(debt.before, around, random, today));
        let (on, last) = dates.find(|(on, _)| *on != debt.on)?;
        let pair = Pair { last, ..debt.pair };
        self.pairs[debt.number] = pair;
        self.resting.push(narrow(debt.number));
        let (body, source) = (self.body(world, pair, on), Some(debt.source));
        Some(Draft { body, source, replaces: Some(Replaces::Entry(id)), ..empty })
    }

    /// Finds a pair of a service that can go on, or begins one.
    fn of_campaign(&mut self, service: usize, world: &World, random: &mut Random) -> Option<u32> {
        let (first, count) = world.services[service].takers;
        let row = &mut self.rows[service];
        let begins = random.chance(STARTS_IN_THOUSAND);
        let place = if random.chance(AREAS_IN_THOUSAND) && row.areas < Area::COUNT {
            row.areas += 1;
            // Länder come first, DE comes last.
            self.authorities + row.areas % Area::COUNT
        } else if (begins || row.open.is_empty()) && row.authorities < count {
            row.authorities += 1;
            first + (row.start + row.authorities * row.stride) % count
        } else if row.open.is_empty() {
            return None;
        } else {
            return Some(take_any(&mut row.open, random));
        };
        let number = narrow(self.pairs.len());
        let pair = Pair {
            service: narrow(service),
            place: narrow(place),
            stage: None,
            ended: false,
            last: Day::EVER,
        };
        self.pairs.push(pair);
        Some(number)
    }

    fn put_back(&mut self, number: u32) {
        let pair = self.pairs[number as usize];
        let list = match pair.stage {
            Some(Stage::Live | Stage::RolledOut) if pair.ended => &mut self.gone,
            Some(Stage::Live | Stage::RolledOut) => &mut self.done,
            _ => &mut self.rows[pair.service as usize].open,
        };
        list.push(number);
    }

    fn body(&self, world: &World, pair: Pair, on: PartialDate) -> Body {
        let place = match world.authorities.get(pair.place as usize) {
            Some(authority) => authority.place.clone(),
            None => Place::Area(Area::from_index(pair.place as usize - self.authorities).unwrap_or(Area::DE)),
        };
        let service = world.services[pair.service as usize].id.clone();
        let milestone = Milestone { service, place, stage: pair.stage.unwrap_or(Stage::Live) };
        if pair.ended { Body::MilestoneEnded(milestone, on) } else { Body::MilestoneReached(milestone, on) }
    }
}

fn take_any(list: &mut Vec<u32>, random: &mut Random) -> u32 {
    let index = random.index(list.len());
    list.swap_remove(index)
}

fn note(campaign: &Campaign) -> Text {
    text(&format!("Zeile {} der Meldeliste {}", campaign.line, campaign.report))
}

fn new_id(recorded_at_ms: i64, random: &mut Random) -> EventId {
    let mut bytes = [0u8; 10];
    bytes[..8].copy_from_slice(&random.next().to_le_bytes());
    bytes[8..].copy_from_slice(&random.below(65_536).to_le_bytes()[..2]);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(recorded_at_ms).unwrap_or(0), &bytes).into_uuid()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
