//! The register of municipalities as a whole: sums over its records, and whether any are missing.

use super::sink::{Sink, unreadable};
use ozg_core::edition::{Covers, Edition, EditionRow, Stated};
use ozg_core::event::{Form, Registration, Where};
use ozg_core::mistake::{Bilingual, Code, Fault};
use ozg_core::remarked::Remarked;
use ozg_core::words::{Area, AuthorityId, AuthorityKind, Day, PartialDate, Remark, Source, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Textkennzeichen of areas outside any Gemeinde.
const WITHOUT_GEMEINDE: [&str; 2] = ["65", "66"];

/// The records read so far.
#[derive(Default)]
pub(crate) struct Register {
    day: Option<Day>,
    records: Vec<Record>,
    /// Number of the record of each key.
    keys: BTreeMap<String, u32>,
    /// Inhabitants by Land and by Kreis.
    population: BTreeMap<String, u64>,
    /// Verbände that have a Gemeinde.
    used: BTreeSet<String>,
    without_gemeinde: usize,
}

impl Register {
    /// Adds a record. It must have the day of the others, and a key of its own.
    pub(crate) fn add(&mut self, day: Day, record: Record, sink: &mut Sink<'_>) {
        let at = Where { line: record.line, form: Form::None };
        match self.day {
            Some(known) if known != day => sink.fault(&at, "Gebietsstand", None, other_day(known)),
            _ => self.day = Some(day),
        }
        if record.level == RecordLevel::Between {
            return;
        }
        let key = record.key();
        if let Some(line) = self.keys.insert(key.clone(), record.line) {
            sink.fault(&at, "", Some(&key), twice(line));
            return;
        }
        if record.level == RecordLevel::Gemeinde {
            self.count(&record);
        }
        let is_authority = record.level != RecordLevel::Verband
            && !(record.level == RecordLevel::Gemeinde
                && WITHOUT_GEMEINDE.contains(&record.text_mark.as_str()));
        self.without_gemeinde += usize::from(record.level == RecordLevel::Gemeinde && !is_authority);
        if is_authority {
            self.records.push(record);
        }
    }

    fn count(&mut self, record: &Record) {
        let population = u64::from(record.population);
        let kreis = format!("{}{}", record.land, record.kreis);
        self.used.insert(format!("{kreis} {}", record.verband));
        *self.population.entry(record.land.clone()).or_default() += population;
        *self.population.entry(kreis).or_default() += population;
    }

    /// Returns the edition, or adds the mistakes of missing records.
    pub(crate) fn finish(self, breaks_off: bool, sink: &mut Sink<'_>) -> Option<Edition> {
        let day = self.day?;
        if breaks_off {
            sink.mistake(unreadable(
                0,
                "Die letzte Zeile bricht ab: die Datei ist nicht vollständig",
                "The last line breaks off: the file is not complete",
            ));
        }
        // If some lines could not be read, missing records may be theirs.
        let gaps = if sink.has_mistakes() { Vec::new() } else { self.gaps() };
        for (line, what) in gaps {
            sink.mistake(unreadable(line, what.de, what.en));
        }
        let mut rows = Vec::with_capacity(self.records.len());
        for record in &self.records {
            let at = Where { line: record.line, form: Form::None };
            match record.states(&self.population) {
                Ok(states) => rows.push(EditionRow { at, states }),
                Err(fault) => sink.fault(&at, "", None, fault),
            }
        }
        let kinds = [AuthorityKind::Gemeinde, AuthorityKind::Kreis, AuthorityKind::Land];
        if self.without_gemeinde > 0 {
            let remark = Remarked::on_line(0, Remark::LeftOut, None);
            sink.remark(remark.saying(left_out(self.without_gemeinde)));
        }
        Some(Edition {
            input: "gv100ad",
            covers: Covers::Authorities(kinds.into_iter().collect()),
            on: Some(PartialDate::Day(day)),
            source: source(day),
            rows,
        })
    }

    /// Finds the records that a complete register has and this one lacks: 16 Länder, the Land and the Kreis of each key, a
    /// Gemeinde in each.
    fn gaps(&self) -> Vec<(u32, Bilingual)> {
        let mut gaps = Vec::new();
        let missing: Vec<&str> = Area::laender()
            .filter(|land| !self.keys.contains_key(land.official_key()))
            .map(Area::id)
            .collect();
        if !missing.is_empty() {
            gaps.push((0, lacks_laender(&missing.join(", "))));
        }
        for record in &self.records {
            let kreis = format!("{}{}", record.land, record.kreis);
            let is_orphan = !self.keys.contains_key(&record.land) || !self.keys.contains_key(&kreis);
            match record.level {
                RecordLevel::Gemeinde if is_orphan => gaps.push((record.line, without_parent())),
                RecordLevel::Land | RecordLevel::Kreis if !self.population.contains_key(&record.key()) => {
                    gaps.push((record.line, without_children(&record.name)));
                }
                _ => {}
            }
        }
        let unused = self.keys.iter().filter(|(key, _)| key.contains(' ') && !self.used.contains(*key));
        gaps.extend(unused.map(|(key, line)| (*line, without_children(key))));
        gaps
    }
}

/// The level of a record (Satzart).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordLevel {
    /// 10
    Land,
    /// 20, 30: Regierungsbezirk and Region, which are not authorities here.
    Between,
    /// 40
    Kreis,
    /// 50
    Verband,
    /// 60
    Gemeinde,
}

/// A record.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) line: u32,
    pub(crate) level: RecordLevel,
    /// Two digits.
    pub(crate) land: String,
    /// Regierungsbezirk and Kreis, three digits.
    pub(crate) kreis: String,
    /// Four digits.
    pub(crate) verband: String,
    /// Three digits.
    pub(crate) gemeinde: String,
    pub(crate) name: String,
    /// Textkennzeichen: the kind of Gemeinde.
    pub(crate) text_mark: String,
    pub(crate) population: u32,
}

impl Record {
    /// Returns the key of the record: `01` of a Land, `01001` of a Kreis, `01001 0000` of a Verband, `01001000` of a Gemeinde.
    fn key(&self) -> String {
        let (land, kreis) = (&self.land, &self.kreis);
        match self.level {
            RecordLevel::Verband => format!("{land}{kreis} {}", self.verband),
            RecordLevel::Gemeinde => format!("{land}{kreis}{}", self.gemeinde),
            RecordLevel::Land | RecordLevel::Between | RecordLevel::Kreis => format!("{land}{kreis}"),
        }
    }

    fn states(&self, population: &BTreeMap<String, u64>) -> Result<Stated, Fault> {
        let key = self.key();
        let scheme = match self.level {
            RecordLevel::Gemeinde => AuthorityKind::Gemeinde,
            RecordLevel::Kreis => AuthorityKind::Kreis,
            RecordLevel::Land | RecordLevel::Between | RecordLevel::Verband => AuthorityKind::Land,
        };
        let id = AuthorityId::read(&format!("{}:{key}", scheme.scheme()))?;
        let ars = match self.level {
            RecordLevel::Gemeinde => format!("{}{}{}{}", self.land, self.kreis, self.verband, self.gemeinde),
            _ => format!("{key:0<12}"),
        };
        let sum = population.get(&key).copied().unwrap_or_default();
        let inhabitants = match self.level {
            RecordLevel::Gemeinde => self.population,
            _ => u32::try_from(sum).unwrap_or(u32::MAX),
        };
        let (name, ars) = (Text::read(&self.name)?, Some(Text::read(&ars)?));
        Ok(Stated::Authority(id, Registration { name, ars, population: Some(inhabitants) }))
    }
}

fn source(day: Day) -> Option<Source> {
    let day = day.date().format("%d.%m.%Y");
    let name = format!("Statistisches Bundesamt (Destatis), Gemeindeverzeichnis GV100AD, Gebietsstand {day}");
    Text::read(&name).ok().map(|name| Source { name, url: None, published: None })
}

fn left_out(count: usize) -> Bilingual {
    Bilingual::new(
        format!(
            "{count} gemeindefreie Gebiete (Textkennzeichen 65, 66) sind keine Behörden und werden ausgelassen"
        ),
        format!(
            "{count} areas without a Gemeinde (Textkennzeichen 65, 66) are not authorities and are left out"
        ),
    )
}

fn lacks_laender(list: &str) -> Bilingual {
    Bilingual::new(
        format!("Es fehlen Länder: {list}. Ist die Datei abgeschnitten?"),
        format!("Länder are missing: {list}. Is the file cut off?"),
    )
}

fn without_parent() -> Bilingual {
    Bilingual::new(
        "Zu dieser Gemeinde fehlt der Satz ihres Landes (10) oder Kreises (40)",
        "The record of the Land (10) or Kreis (40) of this Gemeinde is missing",
    )
}

fn without_children(name: &str) -> Bilingual {
    Bilingual::new(
        format!("„{name}“ hat keine Gemeinde. Ist die Datei abgeschnitten?"),
        format!("\"{name}\" has no Gemeinde. Is the file cut off?"),
    )
}

fn other_day(known: Day) -> Fault {
    Fault::say(
        Code::Contradiction,
        format!("Die früheren Zeilen haben den Gebietsstand {known}; eine Datei gilt für genau einen Tag"),
        format!("The earlier lines are as of {known}; a file is about exactly one day"),
    )
}

fn twice(line: u32) -> Fault {
    Fault::say(
        Code::Contradiction,
        format!("Zeile {line} hat diesen Schlüssel schon"),
        format!("Line {line} already has this key"),
    )
}
