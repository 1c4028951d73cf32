//! The cube: for each cell the dated differences of its count, in the order of the log. A counted question is one sum:
//! value(cell, day, as of p) = Σ change over differences with `day ≤ day` and `position ≤ p` (ARCHITECTURE.md).

use super::shared::Shared;
use crate::steps::Net;
use crate::words::{Area, AuthorityKind, Day, Level, Position, Stage, Topic, TopicSet, Unit};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// What a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Count {
    /// Services listed; kept for DE only, since the catalogue is nationwide.
    Listed,
    Launched,
    RolledOut,
    CoveringAll,
    Compliant,
    /// By level.
    AtMaturity,
    /// By stage; DE holds only authorities without a Land.
    Reuses,
    /// By furthest stage; DE holds only authorities without a Land.
    ReusesCurrent,
    /// DE holds only authorities without a Land.
    AuthoritiesActive,
    /// Services by the kind of authority that executes them; kept for DE only.
    Executing,
    /// Authorities by kind, without topic and unit; DE holds only authorities without a Land.
    Registered,
    /// Places that hold any stage of a listed service, by unit, without topic; DE holds itself and authorities without a Land.
    Held,
    /// Reuses by authorities of a kind that does not execute the service, by stage: they have no denominator.
    ReusesOutside,
    /// The same by furthest stage.
    ReusesCurrentOutside,
    /// Services of which can be judged whether they cover an area: all, those with a responsible authority, those live at one.
    Judged,
}

const TOPICS: usize = Topic::COUNT + 1;
/// How many stages, levels or kinds of authorities a count may have.
const SUBS: usize = 16;
const _: () = assert!(Level::COUNT <= SUBS && Stage::COUNT <= SUBS && AuthorityKind::COUNT <= SUBS);

/// The address of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellId(u32);

impl CellId {
    /// Addresses a cell; no topic means all. `sub` is the stage, level or kind, where the count has one.
    pub(crate) fn new(count: Count, area: Area, topic: Option<Topic>, unit: Unit, sub: usize) -> CellId {
        let topic = topic.map_or(0, |topic| topic.index() + 1);
        let index = (((count as usize * Area::COUNT + area.index()) * TOPICS + topic) * Unit::COUNT
            + unit.index())
            * SUBS
            + sub;
        assert!(sub < SUBS, "{sub} is no stage, level or kind");
        CellId(
            u32::try_from(index).unwrap_or_else(|_| unreachable!("as many cells as combinations of words")),
        )
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// One difference: on a day, recorded at a position, so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Difference {
    position: Position,
    day: Day,
    change: i16,
}

/// Differences in a chunk that is full.
const CHUNK: usize = 4096;
/// Differences in a full block. A write to a cell copies less than two blocks.
const BLOCK: usize = 256;
/// Up to so many changes are added to a sum one by one; more are merged in one walk.
const FEW: usize = 8;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Chunk {
    /// The sum of all differences before the chunk.
    base: Arc<Net>,
    differences: Vec<Difference>,
}

/// A cell: full chunks with their sums, then full blocks without sums, then the block that is being filled.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cell {
    full: Vec<Arc<Chunk>>,
    /// The sum of all differences before the blocks.
    base: Arc<Net>,
    blocks: Vec<Arc<Vec<Difference>>>,
    tail: Vec<Difference>,
    /// The sum of all differences.
    head: Net,
    /// The first day of the sum, each with the position from which it is known.
    first: Vec<(Position, Option<Day>)>,
}

/// All cells.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Cube {
    cells: Shared<Option<Arc<Cell>>, 16>,
}

/// The differences of a batch, before they enter the cube.
#[derive(Debug, Default)]
pub(crate) struct Gathered(Vec<(CellId, Day, i32)>);

impl Gathered {
    /// Adds a difference.
    pub(crate) fn add(&mut self, cell: CellId, day: Day, change: i32) {
        self.0.push((cell, day, change));
    }

    /// Adds a difference in all topics together and in each of these, if there are any.
    pub(crate) fn put(
        &mut self,
        (count, area, unit, sub): (Count, Area, Unit, usize),
        topics: TopicSet,
        day: Day,
        change: i32,
    ) {
        if topics.is_empty() {
            return;
        }
        self.add(CellId::new(count, area, None, unit, sub), day, change);
        for topic in topics.iter() {
            self.add(CellId::new(count, area, Some(topic), unit, sub), day, change);
        }
    }

    /// Adds up the differences of the same cell and day.
    fn summed(mut self) -> Vec<(CellId, Day, i32)> {
        self.0.sort_unstable_by_key(|(cell, day, _)| (*cell, *day));
        self.0.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        self.0.retain(|(_, _, change)| *change != 0);
        self.0
    }
}

impl Cube {
    /// Appends the differences of a batch that ends at a position.
    pub(crate) fn append(&mut self, gathered: Gathered, position: Position) {
        let summed = gathered.summed();
        for group in summed.chunk_by(|left, right| left.0 == right.0) {
            let cell = self.cells.grow_mut(group[0].0.index()).get_or_insert_default();
            match Arc::get_mut(cell) {
                Some(own) => own.append(position, group),
                // Readers hold the cell, so it is copied, with enough room.
                None => *cell = Arc::new(cell.appended(position, group)),
            }
        }
    }

    /// Returns the dated changes of a cell as of a position.
    pub(crate) fn at(&self, cell: CellId, position: Position) -> Cow<'_, Net> {
        match self.cells.get(cell.index()) {
            Some(Some(cell)) => cell.at(position),
            _ => Cow::Owned(Net::default()),
        }
    }

    /// Returns the dated changes of a cell at the head.
    pub(crate) fn head(&self, cell: CellId) -> Option<&Net> {
        self.cells.get(cell.index())?.as_ref().map(|cell| &cell.head)
    }

    /// Returns the first day on which a cell counts anything as of a position.
    pub(crate) fn first(&self, cell: CellId, position: Position) -> Option<Day> {
        let first = &self.cells.get(cell.index())?.as_ref()?.first;
        first[..first.partition_point(|(from, _)| *from <= position)].last()?.1
    }

    /// Lists the positions at which the first day of a cell changed.
    pub(crate) fn first_changed(&self, cell: CellId) -> impl Iterator<Item = Position> + '_ {
        let cell = self.cells.get(cell.index()).and_then(Option::as_ref);
        cell.into_iter().flat_map(|cell| cell.first.iter().map(|(position, _)| *position))
    }

    /// Lists the positions at which a cell changed, ascending, each once.
    pub(crate) fn positions(&self, cell: CellId) -> Vec<Position> {
        let Some(Some(cell)) = self.cells.get(cell.index()) else { return Vec::new() };
        let full = cell.full.iter().flat_map(|chunk| &chunk.differences);
        let rest = cell.blocks.iter().flat_map(|block| block.iter()).chain(&cell.tail);
        let mut positions: Vec<Position> = full.chain(rest).map(|difference| difference.position).collect();
        positions.dedup();
        positions
    }

    /// Returns how many differences there are.
    pub(crate) fn differences(&self) -> usize {
        let cells = self.cells.iter().flatten();
        cells.map(|cell| cell.len()).sum()
    }
}

impl Cell {
    fn len(&self) -> usize {
        let of_chunks: usize = self.full.iter().map(|chunk| chunk.differences.len()).sum();
        of_chunks + self.blocks.len() * BLOCK + self.tail.len()
    }

    /// Returns a copy with more differences.
    fn appended(&self, position: Position, group: &[(CellId, Day, i32)]) -> Cell {
        let mut tail = Vec::with_capacity((self.tail.len() + group.len()).min(BLOCK));
        tail.extend_from_slice(&self.tail);
        let (full, base, blocks) = (self.full.clone(), Arc::clone(&self.base), self.blocks.clone());
        let mut cell = Cell { full, base, blocks, tail, head: Net::default(), first: self.first.clone() };
        cell.extend(position, group);
        cell.head = self.head.plus(group.iter().map(|(_, day, change)| (*day, *change)));
        cell.note_first(position);
        cell.settle();
        cell
    }

    fn append(&mut self, position: Position, group: &[(CellId, Day, i32)]) {
        self.extend(position, group);
        if group.len() < FEW {
            group.iter().for_each(|(_, day, change)| self.head.add(*day, *change));
        } else {
            self.head = self.head.plus(group.iter().map(|(_, day, change)| (*day, *change)));
        }
        self.note_first(position);
        self.settle();
    }

    fn note_first(&mut self, position: Position) {
        let first = self.head.span().map(|(first, _)| first);
        if self.first.last().and_then(|(_, known)| *known) != first {
            self.first.push((position, first));
        }
    }

    fn extend(&mut self, position: Position, group: &[(CellId, Day, i32)]) {
        for (_, day, change) in group {
            let mut rest = *change;
            while rest != 0 {
                let part = i16::try_from(rest.clamp(i32::from(i16::MIN), i32::from(i16::MAX)))
                    .expect("clamped to it");
                rest -= i32::from(part);
                self.tail.push(Difference { position, day: *day, change: part });
                if self.tail.len() == BLOCK {
                    self.blocks.push(Arc::new(std::mem::take(&mut self.tail)));
                }
            }
        }
    }

    /// Makes one chunk of the blocks once they fill it. The head must be the sum of all.
    fn settle(&mut self) {
        if self.blocks.len() * BLOCK < CHUNK {
            return;
        }
        let differences: Vec<Difference> =
            self.blocks.iter().flat_map(|block| block.iter().copied()).collect();
        let of_tail = self.tail.iter().map(|difference| (difference.day, -i32::from(difference.change)));
        let mut of_tail: Vec<(Day, i32)> = of_tail.collect();
        of_tail.sort_unstable();
        let next = Arc::new(self.head.plus(of_tail.into_iter()));
        let base = std::mem::replace(&mut self.base, next);
        self.blocks.clear();
        self.full.push(Arc::new(Chunk { base, differences }));
    }

    fn at(&self, position: Position) -> Cow<'_, Net> {
        let beyond =
            |differences: &[Difference]| differences.last().is_some_and(|last| last.position > position);
        let chunk = self.full.partition_point(|chunk| !beyond(&chunk.differences));
        if let Some(chunk) = self.full.get(chunk) {
            return Cow::Owned(sum(&chunk.base, &[&chunk.differences], position));
        }
        let last = self.tail.last().or_else(|| self.blocks.last().and_then(|block| block.last()));
        if last.is_none_or(|last| last.position <= position) {
            return Cow::Borrowed(&self.head);
        }
        let blocks = self.blocks.iter().map(|block| block.as_slice());
        let parts: Vec<&[Difference]> = blocks.chain([self.tail.as_slice()]).collect();
        Cow::Owned(sum(&self.base, &parts, position))
    }
}

/// Sums the differences up to a position onto a base, day by day in a dense array: days are few, differences many.
fn sum(base: &Net, parts: &[&[Difference]], position: Position) -> Net {
    let known = || {
        let until = |part: &&[Difference]| part.partition_point(|difference| difference.position <= position);
        parts.iter().flat_map(move |part| &part[..until(part)])
    };
    let (mut first, mut last) = base.span().unwrap_or((Day::LAST, Day::EVER));
    known().for_each(|difference| (first, last) = (first.min(difference.day), last.max(difference.day)));
    if first > last {
        return Net::default();
    }
    let mut dense = vec![0i32; usize::from(last.0 - first.0) + 1];
    let at = |day: Day| usize::from(day.0 - first.0);
    base.iter().for_each(|(day, change)| dense[at(*day)] += change);
    known().for_each(|difference| dense[at(difference.day)] += i32::from(difference.change));
    (first.0..=last.0).map(Day).zip(dense).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_gives_each_of_its_pasts() {
        let cell = CellId::new(Count::Reuses, Area::BB, None, Unit::Ozg, Stage::Live.index());
        let mut cube = Cube::default();
        let mut naive: Vec<(Position, Day, i32)> = Vec::new();
        for position in 1..12_000u32 {
            let day = Day(u16::try_from(40_000 + (position * 7_919) % 3_000).unwrap());
            let change = if position % 5 == 0 { -1 } else { 2 };
            let mut gathered = Gathered::default();
            gathered.add(cell, day, change);
            let position = Position::new(position);
            cube.append(gathered, position);
            naive.push((position, day, change));
        }
        for position in [0, 1, 4_000, 4_095, 4_096, 4_097, 8_191, 9_000, 11_999, 20_000].map(Position::new) {
            let steps = cube.at(cell, position).steps();
            for day in [Day(40_000), Day(41_234), Day(42_999), Day(50_000)] {
                let expected: i64 = naive
                    .iter()
                    .filter(|(known, from, _)| *known <= position && *from <= day)
                    .map(|(_, _, change)| i64::from(*change))
                    .sum();
                assert_eq!(steps.on(day), expected, "as of {position} on {day}");
            }
        }
    }

    #[test]
    fn a_large_change_is_split_and_stays_whole() {
        let cell = CellId::new(Count::Listed, Area::DE, None, Unit::Leika, 0);
        let mut cube = Cube::default();
        let mut gathered = Gathered::default();
        (0..100_000).for_each(|_| gathered.add(cell, Day(1), 1));
        cube.append(gathered, Position::new(100_000));
        assert_eq!(cube.at(cell, Position::new(100_000)).steps().on(Day(1)), 100_000);
    }
}
