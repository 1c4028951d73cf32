//! Statements as they are read. Those with names in the place of keys come last: the batch itself may give a name that they use.

use ozg_core::asof::{KeptNames, Lookup, ReadAs};
use ozg_core::event::{Draft, RawEvent};
use ozg_core::mistake::{Bilingual, Mistake, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::state::State;
use ozg_core::words::{Day, Remark};
use std::collections::BTreeMap;

/// Most names for which a receipt says how they were read.
const READ_AS_MAX: usize = 1_000;

/// The statements read so far.
#[derive(Default)]
pub(super) struct Naming {
    /// In the order of the input; none for those that wait.
    drafts: Vec<Option<Draft>>,
    waiting: Vec<(usize, RawEvent)>,
    /// Whether a statement that could not be read may describe what others are about.
    pub(super) may_describe: bool,
}

/// Statements with keys, and how their names were read.
pub(super) struct Named {
    pub(super) drafts: Vec<Draft>,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) remarks: Vec<Remarked>,
}

impl Naming {
    /// Reads a statement, or lets it wait for the names.
    pub(super) fn take(&mut self, event: RawEvent) -> Result<(), Vec<Mistake>> {
        if event.has_names() {
            self.waiting.push((self.drafts.len(), event));
            self.drafts.push(None);
            return Ok(());
        }
        match event.read(None) {
            Ok(draft) => self.drafts.push(Some(draft)),
            Err(mistakes) => {
                self.may_describe |= event.may_describe();
                return Err(mistakes);
            }
        }
        Ok(())
    }

    /// Reads the statements that wait: those that give names themselves first.
    pub(super) fn finish(mut self, state: &State, names: &KeptNames, today: Day) -> Named {
        let (mut mistakes, mut readings) = (Vec::new(), Readings::default());
        if !self.waiting.is_empty() {
            let names = names.of(state);
            let mut lookup = Lookup::new(state.now(), &names, today);
            self.drafts.iter().flatten().for_each(|draft| lookup.take(draft));
            self.waiting.sort_by_key(|(index, event)| (!event.may_describe(), *index));
            for (index, event) in self.waiting {
                let (origin, mut read_as) = (event.at.field(""), Vec::new());
                match lookup.read(event, &mut read_as) {
                    Ok(draft) => self.drafts[index] = Some(draft),
                    Err(more) => mistakes.extend(more),
                }
                read_as.into_iter().for_each(|one| readings.add(&origin, one));
            }
        }
        Named { drafts: self.drafts.into_iter().flatten().collect(), mistakes, remarks: readings.remarks() }
    }
}

/// How names were read: each once, with the first place and the number of lines.
#[derive(Default)]
struct Readings(BTreeMap<ReadAs, (Origin, usize)>);

impl Readings {
    fn add(&mut self, at: &Origin, one: ReadAs) {
        let (first, count) = self.0.entry(one).or_insert_with(|| (at.clone(), 0));
        if (&at.sheet, at.line) < (&first.sheet, first.line) {
            *first = at.clone();
        }
        *count += 1;
    }

    fn remarks(self) -> Vec<Remarked> {
        let mut all: Vec<(ReadAs, (Origin, usize))> = self.0.into_iter().collect();
        all.sort_by(|(_, (one, _)), (_, (other, _))| (&one.sheet, one.line).cmp(&(&other.sheet, other.line)));
        let more = all.len().saturating_sub(READ_AS_MAX);
        all.truncate(READ_AS_MAX);
        let mut remarks: Vec<Remarked> =
            all.into_iter().map(|(one, (at, count))| remark(one, &at, count)).collect();
        if more > 0 {
            let message = Bilingual::new(
                format!("{more} weitere Namen gelesen; gezeigt werden nur die ersten {READ_AS_MAX}"),
                format!("{more} more names read; only the first {READ_AS_MAX} are shown"),
            );
            remarks.push(Remarked::on_line(0, Remark::MoreRemarks, None).saying(message));
        }
        remarks
    }
}

fn remark(ReadAs { written, key, name }: ReadAs, at: &Origin, count: usize) -> Remarked {
    let (de, en) = match count {
        1 => Default::default(),
        count => (format!(", in {count} Zeilen"), format!(", in {count} lines")),
    };
    let message = Bilingual::new(
        format!("„{written}“ gelesen als {key} ({name}){de}"),
        format!("\"{written}\" read as {key} ({name}){en}"),
    );
    let origin = Origin { line: at.line, sheet: at.sheet.clone(), ..Origin::default() };
    Remarked::at(&origin, Remark::ReadAs, Some(&written)).saying(message)
}
