//! The names of areas and topics, as metrics to join with.

use super::history::LabelledLine;
use ozg_core::words::{Area, Day, ServiceId, Slug, Text, Topic};

/// Returns the names of areas, which hold from a day on.
pub(crate) fn areas(from: Day) -> Vec<LabelledLine> {
    let pair = |area: Area| (area.id(), area.name().de);
    Area::all().map(|area| named("area", pair(area), from)).collect()
}

/// Returns the names of regions, which hold from a day on.
pub(crate) fn regions(named_regions: &[(Slug, Text)], from: Day) -> Vec<LabelledLine> {
    let line =
        |(region, name): &(Slug, Text)| named("area", (&format!("region:{region}"), name.as_str()), from);
    named_regions.iter().map(line).collect()
}

/// Returns the names of topics, which hold from a day on.
pub(crate) fn topics(from: Day) -> Vec<LabelledLine> {
    let all = std::iter::once(("all", "alle Themenfelder"));
    let names = all.chain(Topic::all().map(|topic| (topic.id(), topic.name().de)));
    names.map(|pair| named("topic", pair, from)).collect()
}

/// Returns the names of services, which hold from a day on.
pub(crate) fn services(named_services: &[(ServiceId, String)], from: Day) -> Vec<LabelledLine> {
    let line = |(service, name): &(ServiceId, String)| named("service", (&service.to_string(), name), from);
    named_services.iter().map(line).collect()
}

fn named(label: &'static str, (id, name): (&str, &str), from: Day) -> LabelledLine {
    LabelledLine {
        labels: vec![(label, id.to_owned()), ("name", name.to_owned())],
        changes: vec![(from, Some(1.0))],
    }
}
