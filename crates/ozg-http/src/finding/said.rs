//! What titles say: figures, dates, what a value is about.

use crate::lists::shown::{name_of_service, place_name};
use ozg_core::asof::AsOf;
use ozg_core::series::{Change, Observed, Row};
use ozg_core::words::{Basis, Day, Figure, Label, Language, PartialDate, Qualifier, Unit};

/// Writes a figure as people of a language do: `>270`, `ca. 300`, `12,5`; `nearly 100` in English.
pub(super) fn figure(figure: Figure, language: Language) -> String {
    match (language, figure.qualifier) {
        (Language::German, _) => {
            figure.to_string().replace("ca.", "ca\u{0}").replace('.', ",").replace('\u{0}', ".")
        }
        (Language::English, Qualifier::JustUnder) => format!("nearly {}", figure.number),
        (Language::English, _) => figure.to_string(),
    }
}

/// Writes a date: whole days as `31.01.2025` in German, all else as it was written.
pub(super) fn date(date: PartialDate, language: Language) -> String {
    let written = date.in_language(Some(language));
    match (date, language, written.split('-').collect::<Vec<_>>().as_slice()) {
        (PartialDate::Day(_), Language::German, [year, month, day]) => format!("{day}.{month}.{year}"),
        _ => written,
    }
}

/// Says what a row is about: the place, then topic, service, stage, level, unit, scope and basis, without those that are empty
/// or the default.
pub(super) fn about(row: &Row, at: AsOf<'_>, language: Language) -> String {
    let day = row.date;
    let name = |label: Label| label.in_language(language).to_owned();
    let place = place_name(at, &row.area, day, Some(language)).unwrap_or_else(|| row.area.to_string());
    let service = row.service.as_ref().map(|service| {
        let called = name_of_service(at, service, day);
        called.as_str().map_or_else(|| service.to_string(), ToOwned::to_owned)
    });
    let parts = [
        Some(place),
        row.topic.map(|topic| name(topic.name())),
        service,
        row.stage.map(|stage| name(stage.name())),
        row.level.map(|level| level.to_string()),
        row.unit.filter(|unit| *unit != Unit::Ozg).map(|unit| name(unit.name())),
        row.scope.clone(),
        Some(row.basis).filter(|basis| *basis != Basis::Reported).map(|basis| name(basis.name())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Writes both sides of a change, `276 → 280`. The denominators are written only if the values are equal.
pub(super) fn change(change: &Change, language: Language) -> String {
    let (before, after) = (side(&change.before, false, language), side(&change.after, false, language));
    if before != after {
        return format!("{before} → {after}");
    }
    let side = |rows: &[Row]| side(rows, true, language);
    format!("{} → {}", side(&change.before), side(&change.after))
}

/// Writes what was known: each figure once, the lowest first; a dash where nothing was.
fn side(rows: &[Row], with_denominator: bool, language: Language) -> String {
    let said = |row: &Row| {
        let percent = |share: Figure| format!("{} %", figure(share.hundredfold(), language));
        let value = row.figure().map(|value| figure(value, language));
        let value = value.or_else(|| row.share_figure().map(percent))?;
        let below = row.denominator_figure().filter(|_| with_denominator);
        let of = Label { de: "von", en: "of" }.in_language(language);
        Some(below.map_or(value.clone(), |below| format!("{value} {of} {}", figure(below, language))))
    };
    let mut figures: Vec<String> = Vec::new();
    for text in rows.iter().filter_map(said) {
        if !figures.contains(&text) {
            figures.push(text);
        }
    }
    if figures.is_empty() { "–".to_owned() } else { figures.join(" / ") }
}

/// Says for which day or period a change is: as it was written where a figure was observed then, else the day.
pub(super) fn as_observed(change: &Change, language: Language) -> String {
    let rows = change.after.iter().chain(&change.before);
    let observed = rows.filter_map(|row| row.observed);
    let mut of_day = observed.filter(|observed| match observed {
        Observed::On(on) => ends_on(*on, change.day),
        Observed::Between(..) => true,
    });
    match of_day.next() {
        Some(Observed::On(on)) => date(on, language),
        Some(Observed::Between(since, on)) => format!("{}–{}", date(since, language), date(on, language)),
        None => date(PartialDate::Day(change.day), language),
    }
}

/// Tells whether a date counts from a day: from its last day, or, where that lay ahead, from an earlier one of it.
fn ends_on(date: PartialDate, day: Day) -> bool {
    (date.first()..=date.last()).contains(&day)
}
