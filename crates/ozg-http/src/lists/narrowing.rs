//! Parameters that narrow several questions; each question says in its own words which of its rows they leave.

use super::selection::Selection;
use crate::log;
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::words::{Place, ServiceId, Topic};

/// Narrows to an office.
pub(super) const fn office(doc: &'static str) -> Parameter<Selection> {
    Parameter::new(
        ("office", doc),
        Takes::Slug(None),
        |selection, text| put(&mut selection.filter.office, log::office(text).map(Some)),
        |selection| selection.filter.office.clone(),
    )
}

/// Narrows to an area, an authority or a region.
pub(super) const fn place(doc: &'static str) -> Parameter<Selection> {
    Parameter::new(
        ("area", doc),
        Takes::Place,
        |selection, text| put(&mut selection.filter.area, Place::read(text).map(Some)),
        |selection| selection.filter.area.as_ref().map(ToString::to_string),
    )
}

/// Narrows to a topic.
pub(super) const fn topic(doc: &'static str) -> Parameter<Selection> {
    Parameter::new(
        ("topic", doc),
        Takes::Word(|| Topic::all().map(|topic| topic.id().to_owned()).collect()),
        |selection, text| put(&mut selection.filter.topic, Topic::read(text).map(Some)),
        |selection| selection.filter.topic.map(|topic| topic.id().to_owned()),
    )
}

/// Narrows to a service.
pub(super) const fn service(doc: &'static str) -> Parameter<Selection> {
    Parameter::new(
        ("service", doc),
        Takes::Service,
        |selection, text| put(&mut selection.filter.service, ServiceId::read(text).map(Some)),
        |selection| selection.filter.service.as_ref().map(ToString::to_string),
    )
}
