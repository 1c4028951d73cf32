//! The records of the register of municipalities of the Federal Statistical Office (GV100AD). Their fields have fixed
//! widths, counted in characters and not in bytes.

use super::content::Content;
use super::register::{Record, RecordLevel, Register};
use super::sink::Sink;
use ozg_core::edition::Edition;
use ozg_core::event::{Form, Where};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::Day;

/// Length of a record, in characters.
const RECORD_CHARACTERS: usize = 220;
/// Longest line that may be a record, in bytes.
const LINE_BYTES_MAX: usize = 4_096;

/// The place of a field in a record: its first character, counted from 0, and its length.
type Span = (usize, usize);
const RECORD_TYPE: Span = (0, 2);
const DATE: Span = (2, 8);
const LAND: Span = (10, 2);
const KREIS: Span = (12, 3);
const GEMEINDE: Span = (15, 3);
const VERBAND: Span = (18, 4);
const NAME: Span = (22, 50);
const TEXT_MARK: Span = (122, 2);
const POPULATION: Span = (139, 11);

const RECORD_TYPES: [(&str, RecordLevel); 6] = [
    ("10", RecordLevel::Land),
    ("20", RecordLevel::Between),
    ("30", RecordLevel::Between),
    ("40", RecordLevel::Kreis),
    ("50", RecordLevel::Verband),
    ("60", RecordLevel::Gemeinde),
];

/// Number of lines at the beginning in which a record is searched.
const LINES_LOOKED_AT: usize = 5;

/// Tells whether a text begins with records, even with broken ones.
pub(crate) fn is_register(text: &str) -> bool {
    text.lines().take(LINES_LOOKED_AT).any(|line| {
        let is_long = line.chars().take(NAME.0 + 1).count() > NAME.0;
        is_long && level(line).is_ok() && date(line).is_ok() && digits(line, LAND).is_some()
    })
}

/// Reads the register.
pub(crate) fn read(content: &mut Content<'_>, sink: &mut Sink<'_>) -> Option<Edition> {
    let text = match content.text() {
        Ok(text) => text,
        Err(mistake) => {
            sink.mistake(*mistake);
            return None;
        }
    };
    let mut register = Register::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = super::sink::line_number(index + 1);
        let at = Where { line: number, form: Form::None };
        if sink.row(&at).is_break() {
            return None;
        }
        match day_and_record(number, line) {
            Ok((day, record)) => register.add(day, record, sink),
            Err((field, fault)) => sink.fault(&at, field, None, fault),
        }
    }
    let last = text.lines().next_back().unwrap_or_default();
    let breaks_off = !text.ends_with('\n') && last.chars().count() < RECORD_CHARACTERS;
    register.finish(breaks_off, sink)
}

/// Reads one line.
fn day_and_record(number: u32, line: &str) -> Result<(Day, Record), (&'static str, Fault)> {
    if line.len() > LINE_BYTES_MAX {
        return Err(("", too_long()));
    }
    let level = level(line).map_err(|fault| ("Satzart", fault))?;
    let day = date(line).map_err(|fault| ("Gebietsstand", fault))?;
    let wanted = |field: &'static str, span: Span| {
        digits(line, span).ok_or_else(|| (field, no_digits(span, cut(line, span))))
    };
    let is_key = |of: &[RecordLevel]| of.contains(&level);
    let part = |field: &'static str, span: Span, of: &[RecordLevel]| {
        if is_key(of) { wanted(field, span) } else { Ok(String::new()) }
    };
    let name = cut(line, NAME).trim();
    if name.is_empty() {
        return Err(("Bezeichnung", no_name()));
    }
    let record = Record {
        line: number,
        level,
        land: wanted("Land", LAND)?,
        kreis: part("Kreis", KREIS, &[RecordLevel::Kreis, RecordLevel::Verband, RecordLevel::Gemeinde])?,
        verband: part("Gemeindeverband", VERBAND, &[RecordLevel::Verband, RecordLevel::Gemeinde])?,
        gemeinde: part("Gemeinde", GEMEINDE, &[RecordLevel::Gemeinde])?,
        name: name.to_owned(),
        text_mark: part("Textkennzeichen", TEXT_MARK, &[RecordLevel::Gemeinde])?,
        population: match part("Bevölkerung", POPULATION, &[RecordLevel::Gemeinde])?.as_str() {
            "" => 0,
            population => population.parse().map_err(|_| ("Bevölkerung", too_many(population)))?,
        },
    };
    Ok((day, record))
}

/// Cuts characters out of a line; a short line gives fewer.
fn cut(line: &str, (start, count): Span) -> &str {
    let at = |index: usize| line.char_indices().nth(index).map_or(line.len(), |(at, _)| at);
    // Nearly all lines have no umlaut before the field, so bytes are characters.
    match line.get(start..start + count) {
        Some(part) if line.as_bytes()[..start + count].is_ascii() => part,
        _ => &line[at(start)..at(start + count)],
    }
}

fn digits(line: &str, span: Span) -> Option<String> {
    let part = cut(line, span);
    (part.len() == span.1 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.to_owned())
}

fn level(line: &str) -> Result<RecordLevel, Fault> {
    let found = cut(line, RECORD_TYPE);
    let known = RECORD_TYPES.iter().find(|(name, _)| *name == found).map(|(_, level)| *level);
    known.ok_or_else(|| {
        let allowed: Vec<&str> = RECORD_TYPES.iter().map(|(name, _)| *name).collect();
        let allowed = allowed.join(", ");
        Fault::say(
            Code::UnknownWord,
            format!("Die Satzart „{found}“ gibt es im GV100AD nicht. Erlaubt: {allowed}"),
            format!("There is no record type \"{found}\" in the GV100AD. Allowed: {allowed}"),
        )
    })
}

fn date(line: &str) -> Result<Day, Fault> {
    let text = cut(line, DATE);
    let day = digits(line, DATE).and_then(|text| {
        let number =
            |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
        let year = i32::try_from(number(0..4)?).ok()?;
        Day::from_ymd(year, number(4..6)?, number(6..8)?)
    });
    day.ok_or_else(|| {
        Fault::say(
            Code::BadDate,
            format!("„{text}“ ist kein Gebietsstand in der Form JJJJMMTT"),
            format!("\"{text}\" is not a date in the form YYYYMMDD"),
        )
    })
}

fn no_digits((start, count): Span, found: &str) -> Fault {
    let (first, last) = (start + 1, start + count);
    Fault::say(
        Code::BadKey,
        format!("An den Stellen {first} bis {last} stehen {count} Ziffern, hier „{found}“"),
        format!("The characters {first} to {last} are {count} digits, here \"{found}\""),
    )
}

fn too_many(found: &str) -> Fault {
    Fault::say(
        Code::NumberOutOfRange,
        format!("„{found}“ Einwohner kann eine Gemeinde nicht haben"),
        format!("A Gemeinde cannot have \"{found}\" inhabitants"),
    )
}

fn no_name() -> Fault {
    Fault::say(
        Code::BadText,
        "An den Stellen 23 bis 72 steht keine Bezeichnung",
        "The characters 23 to 72 hold no name",
    )
}

fn too_long() -> Fault {
    Fault::say(
        Code::TooMany,
        format!("Die Zeile ist kein Datensatz: ein Datensatz hat {RECORD_CHARACTERS} Zeichen"),
        format!("The line is not a record: a record has {RECORD_CHARACTERS} characters"),
    )
}
