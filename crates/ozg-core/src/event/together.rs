//! Checks fields against each other: some exclude others, some need others, some dates must precede others.

use super::fields::Field;
use super::raw::RawEvent;
use super::types::EventType;
use super::value::{Value, Values};
use crate::measure::Dimension;
use crate::mistake::{Code, Fault, Mistake};
use crate::words::AuthorityId;

impl RawEvent {
    /// Checks the fields of one statement against each other.
    pub(super) fn check_together(&self, event_type: EventType, values: &Values, mistakes: &mut Vec<Mistake>) {
        let has = |name: &str| values.contains_key(name);
        let mut say = |field: &str, code: Code, de: String, en: String| {
            mistakes.push(Mistake::at(&self.at.field(field), field, None, Fault::say(code, de, en)));
        };
        if (has("source_url") || has("published")) && !has("source") {
            say(
                "source",
                Code::MissingField,
                "Zu Quelle_URL und veröffentlicht fehlt der Name der Quelle".into(),
                "source_url and published need the name of the source".into(),
            );
        }
        if matches!(event_type, EventType::FigureReported | EventType::TargetSet) {
            if has("value") == has("percent") {
                say(
                    "value",
                    Code::FieldsExclude,
                    "Genau eines von „Wert“ (value) und „Prozent“ (percent) angeben".into(),
                    "Give exactly one of \"value\" and \"percent\"".into(),
                );
            }
            check_scope(values, &mut say);
        }
        if event_type == EventType::ReuseReported && !(has("live") || has("rolling_out") || has("of")) {
            say(
                "live",
                Code::MissingField,
                "Mindestens eines von „im_Einsatz“ (live), „im_Rollout“ (rolling_out) und „von“ (of) angeben"
                    .into(),
                "Give at least one of \"live\", \"rolling_out\" and \"of\"".into(),
            );
        }
        if event_type == EventType::AuthorityChanged && !(has("name") || has("ars") || has("population")) {
            say(
                "name",
                Code::MissingField,
                "Mindestens eines von „Name“ (name), „ARS“ (ars) und „Einwohner“ (population) angeben".into(),
                "Give at least one of \"name\", \"ars\" and \"population\"".into(),
            );
        }
        if event_type == EventType::RegisterDeclared {
            check_register(values, &mut say);
        }
        if let Some(Value::Authority(authority)) = values.get("authority") {
            check_authority(authority, values, &mut say);
        }
        check_order(values, &mut say);
        check_amounts(values, &mut say);
    }
}

/// Returns what a field is called in German.
fn heading(name: &str) -> &str {
    Field::named(name).map_or(name, |field| field.heading.de)
}

type Say<'a> = dyn FnMut(&str, Code, String, String) + 'a;

/// Checks that a claim or target names only dimensions that its measure has, and a scope where one is needed.
fn check_scope(values: &Values, say: &mut Say<'_>) {
    let Some(Value::Measure(measure)) = values.get("measure") else { return };
    for dimension in
        [Dimension::Topic, Dimension::Service, Dimension::Stage, Dimension::Level, Dimension::Unit]
    {
        let name = dimension.id();
        if values.contains_key(name) && !measure.has(dimension) {
            say(
                name,
                Code::DimensionNotHere,
                format!("Die Kennzahl {} hat kein Feld „{}“ ({name})", measure.in_german(), heading(name)),
                format!("The measure {measure} has no field \"{name}\""),
            );
        }
    }
    for (needed, says) in measure.row().needs.iter().filter(|(field, _)| !values.contains_key(*field)) {
        say(
            needed,
            Code::MissingField,
            format!(
                "Zur Kennzahl {} gehört „{}“ ({needed}): {}",
                measure.in_german(),
                heading(needed),
                says.de
            ),
            format!("The measure {measure} needs the field \"{needed}\": {}", says.en),
        );
    }
    if let (Some(Value::Service(service)), Some(Value::Unit(unit))) =
        (values.get("service"), values.get("unit"))
        && service.unit() != *unit
    {
        say(
            "unit",
            Code::FieldsExclude,
            format!("{service} zählt zu „{}“, nicht zu „{}“", service.unit().name().de, unit.name().de),
            format!("The unit of {service} is {}, not {unit}", service.unit()),
        );
    }
}

/// Checks that a declaration is about one catalogue or the register of one kind.
fn check_register(values: &Values, say: &mut Say<'_>) {
    let (of_unit, of_kind) = (values.contains_key("unit"), values.contains_key("kind"));
    if of_unit == of_kind {
        say(
            "kind",
            Code::FieldsExclude,
            "Genau eines von „Zähleinheit“ (unit, eines Katalogs) und „Behördenart“ (kind, eines Registers) angeben".into(),
            "Give exactly one of \"unit\" (a catalogue) and \"kind\" (the register of a kind of authority)"
                .into(),
        );
    } else if of_unit && values.contains_key("area") {
        say(
            "area",
            Code::FieldsExclude,
            "Ein Katalog gilt in ganz Deutschland; „Land“ (area) weglassen".into(),
            "A catalogue holds in all of Germany; leave \"area\" out".into(),
        );
    }
}

fn check_authority(authority: &AuthorityId, values: &Values, say: &mut Say<'_>) {
    if let Some(Value::AuthorityKind(kind)) = values.get("kind")
        && *kind != authority.kind()
    {
        let own = authority.kind();
        say(
            "kind",
            Code::FieldsExclude,
            format!("{authority} ist der Kennung nach „{}“, nicht „{}“", own.name().de, kind.name().de),
            format!("{authority} is {own} by its id, not {kind}"),
        );
    }
    if let Some(Value::Area(area)) = values.get("area")
        && *area != authority.area()
    {
        let own = authority.area();
        say(
            "area",
            Code::FieldsExclude,
            format!("{authority} liegt dem Schlüssel nach in {own}, nicht in {area}"),
            format!("{authority} lies in {own} by its key, not in {area}"),
        );
    }
    if let Some(Value::Authorities(successors)) = values.get("successors")
        && successors.contains(authority)
    {
        say(
            "successors",
            Code::FieldsExclude,
            format!("{authority} kann nicht ihr eigener Nachfolger sein"),
            format!("{authority} cannot be its own successor"),
        );
    }
}

fn check_order(values: &Values, say: &mut Say<'_>) {
    if let (Some(Value::Date(since)), Some(Value::Date(on))) = (values.get("since"), values.get("on"))
        && since.first() > on.last()
    {
        say(
            "since",
            Code::EndBeforeStart,
            format!("„seit“ ({since}) liegt nach „Datum“ ({on})"),
            format!("\"since\" ({since}) lies after \"on\" ({on})"),
        );
    }
    if let (Some(Value::Date(on)), Some(Value::Date(due))) = (values.get("on"), values.get("due"))
        && due.last() < on.first()
    {
        say(
            "due",
            Code::EndBeforeStart,
            format!("„fällig“ ({due}) liegt vor „Datum“ ({on})"),
            format!("\"due\" ({due}) lies before \"on\" ({on})"),
        );
    }
}

fn check_amounts(values: &Values, say: &mut Say<'_>) {
    let is_flow = values.contains_key("since");
    for name in ["value", "percent", "live", "rolling_out", "of"] {
        if let Some(Value::Figure(figure)) = values.get(name)
            && figure.number.is_negative()
            && !(is_flow && name == "value")
        {
            say(
                name,
                Code::NumberOutOfRange,
                format!(
                    "„{}“ ist negativ; das geht nur bei einer Veränderung mit „seit“ (since)",
                    heading(name)
                ),
                format!("\"{name}\" is negative; only a change with \"since\" can be negative"),
            );
        }
    }
    if let Some(Value::Figure(percent)) = values.get("percent")
        && percent.number > 100_000.into()
    {
        say(
            "percent",
            Code::NumberOutOfRange,
            "Mehr als 100000 Prozent sind nicht glaubhaft".into(),
            "More than 100000 percent are not credible".into(),
        );
    }
}
