//! Which part of a list a request asks for: the day, the areas and others that narrow it, and the data state.

use super::changes::Change;
use crate::app::Site;
use crate::log;
use crate::naming;
use crate::parameters::{Given, LANGUAGES, read_area, read_language};
use crate::problem::Problem;
use ozg_core::asof::Sought;
use ozg_core::measure::Measure;
use ozg_core::query::{
    Parameter, Takes, Viewpoint, put, query_string, read_as_of, read_position, write_parameters,
};
use ozg_core::time::berlin_day;
use ozg_core::words::{
    AuthorityKind, Basis, Day, Language, PartialDate, Place, Position, Stage, Topic, Unit,
};
use ozg_tracker::Filter;

/// What of a list is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    /// The day; none where none is given.
    day: Option<Day>,
    /// A Land, DE, or a region.
    pub(super) area: Option<Place>,
    pub(super) topic: Option<Topic>,
    pub(super) unit: Option<Unit>,
    pub(super) kind: Option<AuthorityKind>,
    pub(super) search: Option<Sought>,
    pub(super) viewpoint: Viewpoint,
    /// The data state that the viewpoint means.
    pub(super) position: Position,
    /// Which entries.
    pub(super) filter: Filter,
    /// The first and the last instant of recording.
    pub(super) recorded: (Option<Viewpoint>, Option<Viewpoint>),
    /// Only entries before this position.
    pub(super) before: Option<Position>,
    pub(super) limit: Option<usize>,
    pub(super) language: Option<Language>,
    pub(super) stage: Option<Stage>,
    /// Only what is due by this day.
    pub(super) until: Option<Day>,
    pub(super) measure: Option<Measure>,
    pub(super) basis: Option<Basis>,
    /// Only what is at least so many days old.
    pub(super) min_age: Option<u32>,
    pub(super) is_newest_first: bool,
    pub(super) change: Option<Change>,
}

impl Selection {
    /// Reads what is asked for; a list that is pinned is by itself about the day of its data state, as with series.
    pub(super) fn read(
        parameters: &[Parameter<Selection>],
        given: &Given,
        site: &Site,
    ) -> Result<Selection, Problem> {
        let selection = naming::read(site, given, Selection::default(), parameters)?;
        if let Some(unknown) = log::unknown_office(&selection.filter, site) {
            return Err(Problem::parameters(vec![unknown]));
        }
        let state = site.state();
        let data = state.data_state(selection.viewpoint)?;
        let areas = selection.area.iter().chain(&selection.filter.area);
        areas.into_iter().try_for_each(|area| state.as_of(data.position).check_region(area))?;
        let day = data.batch.as_ref().filter(|_| data.pinned).map(|batch| berlin_day(batch.recorded_at_ms));
        let day = selection.day.unwrap_or_else(|| day.unwrap_or(Day::LAST).min(site.today()));
        Ok(Selection { day: Some(day), position: data.position, ..selection })
    }

    /// Makes the selection of everything, on a day and as of a position.
    pub(super) fn everything(day: Day, position: Position) -> Selection {
        let viewpoint = Viewpoint::Position(position);
        Selection { day: Some(day), viewpoint, position, ..Selection::default() }
    }

    /// Returns the day that it is about.
    pub(super) fn on(&self) -> Day {
        self.day.unwrap_or(Day::LAST)
    }

    /// Tells whether something with these names or keys is sought.
    pub(super) fn seeks(&self, texts: &[&str]) -> bool {
        self.search.as_ref().is_none_or(|sought| sought.is_in(texts))
    }

    /// Writes the parameters that give the same rows for ever: those of the question, with `position`.
    pub(super) fn pinned(&self, parameters: &[Parameter<Selection>]) -> String {
        let pinned = Selection { viewpoint: Viewpoint::Position(self.position), ..self.clone() };
        query_string(&write_parameters(&pinned, parameters))
    }

    /// Writes the parameters of the page that ends before a position.
    pub(super) fn page_before(&self, before: Position, parameters: &[Parameter<Selection>]) -> String {
        Selection { before: Some(before), ..self.clone() }.pinned(parameters)
    }
}

pub(super) const ON: Parameter<Selection> = Parameter::new(
    ("on", "the day; today where it is not given"),
    Takes::Date,
    |selection, text| put(&mut selection.day, PartialDate::read(text).map(|date| Some(date.last()))),
    |selection| selection.day.map(|day| day.to_string()),
);

pub(super) const AREA: Parameter<Selection> = Parameter::new(
    ("area", "only authorities of this Land or region; DE for those of the Bund"),
    Takes::AreaOrRegion,
    |selection, text| put(&mut selection.area, read_area(text).map(Some)),
    |selection| selection.area.as_ref().map(ToString::to_string),
);

pub(super) const KIND: Parameter<Selection> = Parameter::new(
    ("kind", "only authorities of this kind"),
    Takes::Word(|| AuthorityKind::all().map(|kind| kind.id().to_owned()).collect()),
    |selection, text| put(&mut selection.kind, AuthorityKind::read(text).map(Some)),
    |selection| selection.kind.map(|kind| kind.id().to_owned()),
);

pub(super) const TOPIC: Parameter<Selection> = Parameter::new(
    ("topic", "only services of this topic"),
    Takes::Word(|| Topic::all().map(|topic| topic.id().to_owned()).collect()),
    |selection, text| put(&mut selection.topic, Topic::read(text).map(Some)),
    |selection| selection.topic.map(|topic| topic.id().to_owned()),
);

pub(super) const UNIT: Parameter<Selection> = Parameter::new(
    ("unit", "only services of this unit"),
    Takes::Word(|| Unit::all().map(|unit| unit.id().to_owned()).collect()),
    |selection, text| put(&mut selection.unit, Unit::read(text).map(Some)),
    |selection| selection.unit.map(|unit| unit.id().to_owned()),
);

pub(super) const SEARCH: Parameter<Selection> = Parameter::new(
    (
        "search",
        "only what is called so: beginnings of words in any order, with umlauts or `ue`, a typing mistake included",
    ),
    Takes::Text("potsdam"),
    |selection, text| put(&mut selection.search, Ok(Some(Sought::read(text)))),
    |selection| selection.search.as_ref().map(|sought| sought.text().to_owned()),
);

pub(super) const POSITION: Parameter<Selection> = Parameter::new(
    ("position", "data state: the last batch that ends at or before this position"),
    Takes::Whole(0, u32::MAX),
    |selection, text| put(&mut selection.viewpoint, read_position(text).map(Viewpoint::Position)),
    |selection| selection.viewpoint.as_position(),
);

pub(super) const AS_OF: Parameter<Selection> = Parameter::new(
    ("as_of", "data state: the end of a day in Berlin, or an instant (RFC 3339)"),
    Takes::Moment,
    |selection, text| put(&mut selection.viewpoint, read_as_of(text)),
    |selection| selection.viewpoint.as_moment(),
);

pub(super) const LANGUAGE: Parameter<Selection> = Parameter::new(
    ("lang", "de or en: words and headings in that language; without it ids"),
    LANGUAGES,
    |selection, text| put(&mut selection.language, read_language(text).map(Some)),
    |selection| selection.language.map(|language| language.tag().to_owned()),
);
