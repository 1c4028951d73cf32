//! Questions to the log: those of its pages and streams, and those of its feed.

use crate::app::Site;
use crate::limits::{PAGE_ENTRIES_DEFAULT, PAGE_ENTRIES_MAX};
use crate::parameters::{LANGUAGES, read_area, read_language, whole};
use crate::problem::Problem;
use ozg_core::event::EventType;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::query::{Parameter, Takes, put, query_string, write_parameters};
use ozg_core::series::SeriesError;
use ozg_core::words::{Language, Position, ServiceId, Slug};
use ozg_tracker::Filter;

/// Which entries of the log are wanted, and how they are shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct LogQuestion {
    /// Only entries after this position.
    pub(crate) after: Position,
    /// Most entries of the answer.
    pub(crate) limit: Option<usize>,
    pub(crate) filter: Filter,
    /// The language of the titles of a feed.
    pub(crate) language: Language,
    /// The archived page of a feed, from 1.
    pub(crate) page: Option<u32>,
}

/// The parameters of the log.
pub(crate) static LOG: [Parameter<LogQuestion>; 6] = [AFTER, LIMIT, SERVICE, AREA, TYPE, OFFICE];

/// The parameters of its feed.
pub(crate) static FEED: [Parameter<LogQuestion>; 6] = [SERVICE, AREA, TYPE, OFFICE, LANGUAGE, PAGE];

impl LogQuestion {
    /// Returns how many entries a page has.
    pub(crate) fn page_entries(&self) -> usize {
        self.limit.unwrap_or(PAGE_ENTRIES_DEFAULT)
    }

    /// Writes the parameters of the page that begins after a position.
    pub(crate) fn page_after(&self, after: Position) -> String {
        query_string(&write_parameters(&LogQuestion { after, ..self.clone() }, &LOG))
    }

    /// Writes the parameters of a page of the feed, or of the feed where none is given.
    pub(crate) fn feed_page(&self, page: Option<u32>) -> String {
        query_string(&write_parameters(&LogQuestion { page, ..self.clone() }, &FEED))
    }
}

const AFTER: Parameter<LogQuestion> = Parameter::new(
    ("after", "only entries after this position"),
    Takes::Whole(0, u32::MAX),
    |question, text| put(&mut question.after, whole(text, 0, u32::MAX).map(Position::new)),
    |question| Some(question.after.to_string()),
);

const LIMIT: Parameter<LogQuestion> = Parameter::new(
    ("limit", "most entries of the answer"),
    Takes::Whole(1, PAGE_ENTRIES_MAX),
    |question, text| {
        put(&mut question.limit, whole(text, 1, PAGE_ENTRIES_MAX).map(|limit| Some(limit as usize)))
    },
    |question| question.limit.map(|limit| limit.to_string()),
);

const SERVICE: Parameter<LogQuestion> = Parameter::new(
    ("service", "only entries about this service"),
    Takes::Service,
    |question, text| put(&mut question.filter.service, ServiceId::read(text).map(Some)),
    |question| question.filter.service.as_ref().map(ToString::to_string),
);

const AREA: Parameter<LogQuestion> = Parameter::new(
    ("area", "only entries about this area or region and authorities in it"),
    Takes::AreaOrRegion,
    |question, text| put(&mut question.filter.area, read_area(text).map(Some)),
    |question| question.filter.area.as_ref().map(ToString::to_string),
);

const TYPE: Parameter<LogQuestion> = Parameter::new(
    ("type", "only entries of this type"),
    Takes::Word(|| EventType::all().map(|event_type| event_type.id().to_owned()).collect()),
    |question, text| put(&mut question.filter.event_type, EventType::read(text).map(Some)),
    |question| question.filter.event_type.map(|event_type| event_type.id().to_owned()),
);

const OFFICE: Parameter<LogQuestion> = Parameter::new(
    ("office", "only entries of this office"),
    Takes::Slug(None),
    |question, text| put(&mut question.filter.office, office(text).map(Some)),
    |question| question.filter.office.clone(),
);

const LANGUAGE: Parameter<LogQuestion> = Parameter::new(
    ("lang", "the language of titles"),
    LANGUAGES,
    |question, text| put(&mut question.language, read_language(text)),
    |question| Some(question.language.tag().to_owned()),
);

const PAGE: Parameter<LogQuestion> = Parameter::new(
    ("page", "an archived page, counted from the first entries"),
    Takes::Whole(1, u32::MAX),
    |question, text| put(&mut question.page, whole(text, 1, u32::MAX).map(Some)),
    |question| question.page.map(|page| page.to_string()),
);

/// Reads the id of an office.
pub(crate) fn office(text: &str) -> Result<String, Fault> {
    let slug = Slug::read(text).map_err(|fault| Fault { code: Code::BadText, ..fault })?;
    Ok(slug.as_str().to_owned())
}

/// Checks that there is what a filter names: its region, its service, entries of its office.
pub(crate) fn check(filter: &Filter, site: &Site) -> Result<(), Problem> {
    let state = site.state();
    let now = state.now();
    filter.area.iter().try_for_each(|area| now.check_region(area))?;
    let service = filter.service.as_ref().and_then(|service| {
        Some(Mistake::at(
            &Origin::default(),
            "service",
            Some(&service.to_string()),
            now.unknown_service(service)?,
        ))
    });
    let mistakes: Vec<Mistake> = service.into_iter().chain(unknown_office(filter, site)).collect();
    if mistakes.is_empty() { Ok(()) } else { Err(Problem::parameters(mistakes)) }
}

/// Names an office that has neither an entry nor a token. A hint names only offices with entries, whose ids everybody reads.
pub(crate) fn unknown_office(filter: &Filter, site: &Site) -> Option<Mistake> {
    let office = filter.office.as_ref()?;
    let fault = site.state().now().unknown_office(office)?;
    let registered = site.tracker.offices().list().unwrap_or_default();
    let is_registered = registered.iter().any(|row| row.id == *office);
    (!is_registered).then(|| Mistake::at(&Origin::default(), "office", Some(office), fault))
}

/// Checks that a position lies within the log, so that nobody waits for what has another number.
pub(crate) fn check_after(after: Position, site: &Site) -> Result<(), Problem> {
    let head = site.state().head();
    if after <= head { Ok(()) } else { Err(SeriesError::BeyondHead { asked: after, head }.into()) }
}
