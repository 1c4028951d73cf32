//! Exports of the federal dashboard (Dashboard Digitale Verwaltung): which LeiKa-Leistungen are available in an area
//! and how widely, on one day, without a history.

use super::columns::{TableRow, each_row};
use super::content::Content;
use super::layouts::{self, AVAILABILITY};
use super::sink::Sink;
use super::{keys, leika};
use ozg_core::edition::{Covers, Edition, EditionRow, Stated};
use ozg_core::event::Milestone;
use ozg_core::mistake::{Bilingual, Code, Fault};
use ozg_core::remarked::Remarked;
use ozg_core::words::{
    Area, AreaSet, AuthorityId, PartialDate, Place, Remark, ServiceId, Source, Stage, Text, plain,
};
use std::collections::BTreeSet;

const KEY: usize = 0;
const ONLINE: usize = 1;
const ACTIVE: usize = 2;
const REACH: usize = 3;
const ARS: usize = 4;
const ARS_LAND: usize = 5;
const LAND: usize = 6;
const DATA_STATE: usize = 7;
const EXPORTED: usize = 8;

const SOURCE_NAME: &str = "Dashboard Digitale Verwaltung";

/// How widely a service is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Germany,
    Land,
    Kreis,
    Somewhere,
    NotCounted,
}

const REACHES: [(&str, Reach); 5] = [
    ("bundesweit flächendeckend", Reach::Germany),
    ("landesweit flächendeckend", Reach::Land),
    ("kreisweit flächendeckend", Reach::Kreis),
    ("in mind. einer Kommune verfügbar", Reach::Somewhere),
    ("nicht in Auswertung berücksichtigt", Reach::NotCounted),
];

/// The rows read so far.
#[derive(Default)]
struct Export {
    rows: Vec<EditionRow>,
    milestones: BTreeSet<(ServiceId, Place, Stage)>,
    not_counted: BTreeSet<ServiceId>,
    areas: AreaSet,
    on: Option<PartialDate>,
}

/// Reads the export.
pub(crate) fn read(content: &mut Content<'_>, sink: &mut Sink<'_>) -> Option<Edition> {
    let mut export = Export::default();
    let is_read = each_row(content, layouts::AVAILABILITY, sink, &mut |row, sink| export.add(row, sink));
    // An export of one Land names only the nationwide services that this Land uses. Only an export of all Länder has all
    // nationwide services.
    if Area::laender().all(|land| export.areas.contains(land)) {
        export.areas.insert(Area::DE);
    }
    if export.areas.is_empty() {
        sink.states_nothing();
    }
    let source = Text::read(SOURCE_NAME).ok().map(|name| Source { name, url: None, published: None });
    is_read.then_some(Edition {
        input: "availability",
        covers: Covers::Availability(export.areas),
        on: export.on,
        source,
        rows: export.rows,
    })
}

impl Export {
    /// Adds a row. All its cells are checked; it counts if the service is online and active.
    fn add(&mut self, row: &TableRow<'_>, sink: &mut Sink<'_>) {
        if !leika::has_key(row.get(KEY)) {
            sink.remark_row(row, Remark::LeftOut, None, no_key());
            return;
        }
        let service = row.read(KEY, leika::key(row.get(KEY)), sink);
        let online = known(row, ONLINE, &[("ok", true), ("nicht ok", false)], sink);
        let active = known(row, ACTIVE, &[("ja", true), ("nein", false)], sink);
        let reach = known(row, REACH, &REACHES, sink);
        let area = area(row, sink);
        self.date(row, sink);
        let (Some(service), Some(online), Some(active), Some(reach), Some(area)) =
            (service, online, active, reach, area)
        else {
            // A row that does not count is one of its area all the same.
            if let Some(area) = area {
                self.areas.insert(area);
            }
            return;
        };
        self.areas.insert(area);
        match reach {
            Reach::NotCounted => self.not_counted(row, service),
            _ if !online || !active => {}
            Reach::Germany => self.holds(row, service, Area::DE.into(), Stage::RolledOut),
            Reach::Land => self.holds(row, service, area.into(), Stage::RolledOut),
            Reach::Somewhere => self.holds(row, service, area.into(), Stage::Launched),
            Reach::Kreis => {
                if let Some(kreis) = row.read(ARS, kreis(row.get(ARS)), sink) {
                    self.holds(row, service, Place::Authority(kreis), Stage::Live);
                }
            }
        }
    }

    fn holds(&mut self, row: &TableRow<'_>, service: ServiceId, place: Place, stage: Stage) {
        if self.milestones.insert((service.clone(), place.clone(), stage)) {
            let states = Stated::Holds(Milestone { service, place, stage });
            self.rows.push(EditionRow { at: row.at.clone(), states });
        }
    }

    fn not_counted(&mut self, row: &TableRow<'_>, service: ServiceId) {
        if self.not_counted.insert(service.clone()) {
            self.rows.push(EditionRow { at: row.at.clone(), states: Stated::NotCounted(service) });
        }
    }

    /// Reads the day of the export, or else the day of its data. All rows must have the same.
    fn date(&mut self, row: &TableRow<'_>, sink: &mut Sink<'_>) {
        let column = if row.get(EXPORTED).is_empty() { DATA_STATE } else { EXPORTED };
        if row.get(column).is_empty() {
            return;
        }
        let Some(day) = row.read(column, PartialDate::read(&row.date(column)), sink) else { return };
        match self.on {
            Some(on) if on != day => row.fault(column, other_day(on), sink),
            _ => self.on = Some(day),
        }
    }
}

/// Finds the area of a row; all columns that name it must agree.
fn area(row: &TableRow<'_>, sink: &mut Sink<'_>) -> Option<Area> {
    let mut found: Option<Area> = None;
    for column in [ARS, ARS_LAND, LAND] {
        let text = row.get(column);
        if text.is_empty() {
            continue;
        }
        let read = if column == LAND { land(text) } else { keys::area(text) };
        let area = row.read(column, read, sink)?;
        match found {
            Some(known) if known != area => {
                row.fault(column, other_area(known), sink);
                return None;
            }
            _ => found = Some(area),
        }
    }
    if found.is_none() {
        row.fault(ARS, no_area(), sink);
    }
    found
}

fn land(text: &str) -> Result<Area, Fault> {
    if text.eq_ignore_ascii_case("bund") { Ok(Area::DE) } else { Area::read(text) }
}

/// Reads the Kreis in which a key lies.
fn kreis(text: &str) -> Result<AuthorityId, Fault> {
    let kreis = text.get(..5).filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    kreis.map_or_else(|| Err(no_kreis(text)), |kreis| AuthorityId::read(&format!("kreis:{kreis}")))
}

/// Reads one of a few words. A row with another one does not count, and a remark says so.
fn known<T: Copy>(
    row: &TableRow<'_>,
    column: usize,
    allowed: &[(&str, T)],
    sink: &mut Sink<'_>,
) -> Option<T> {
    let text = row.get(column);
    let read = word(text, allowed);
    if read.is_none() {
        let (name, list) = (AVAILABILITY[column].name, words(allowed));
        let message = Bilingual::new(
            format!("„{text}“ in {name} ist nicht bekannt ({list}); die Zeile zählt nicht"),
            format!("\"{text}\" in {name} is not known ({list}); the row does not count"),
        );
        let remark = Remarked::at(&row.at.field(name), Remark::LeftOut, Some(text));
        sink.remark(remark.saying(message));
    }
    read
}

fn words<T>(allowed: &[(&str, T)]) -> String {
    allowed.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

fn word<T: Copy>(text: &str, allowed: &[(&str, T)]) -> Option<T> {
    let normal = |text: &str| plain(text).to_lowercase();
    let wanted = normal(text);
    allowed.iter().find(|(word, _)| normal(word) == wanted).map(|(_, value)| *value)
}

fn no_key() -> Bilingual {
    Bilingual::new(
        "Die Leistung hat keinen Schlüssel und wird ausgelassen",
        "The service has no key and is left out",
    )
}

fn no_area() -> Fault {
    Fault::say(
        Code::MissingField,
        "Die Zeile nennt kein Gebiet: eine der Spalten ars, ars_federal_state und bundesland ausfüllen",
        "The row names no area: fill in one of the columns ars, ars_federal_state and bundesland",
    )
}

fn other_area(known: Area) -> Fault {
    Fault::say(
        Code::Contradiction,
        format!("Eine andere Spalte dieser Zeile nennt {known}"),
        format!("Another column of this row says {known}"),
    )
}

fn other_day(known: PartialDate) -> Fault {
    Fault::say(
        Code::Contradiction,
        format!("Eine frühere Zeile nennt den {known}; ein Export gilt für genau einen Tag"),
        format!("An earlier row says {known}; an export is about exactly one day"),
    )
}

fn no_kreis(text: &str) -> Fault {
    Fault::say(
        Code::BadKey,
        format!("„{text}“ nennt keinen Kreis; „kreisweit“ braucht mindestens fünf Ziffern"),
        format!("\"{text}\" names no Kreis; \"kreisweit\" needs at least five digits"),
    )
}
