//! A query: one question to the series, read from parameters, and its canonical address.

mod check;
mod columns;
mod parameter;
mod read;
mod table;
mod write;

pub use columns::COLUMNS;
pub use parameter::{Parameter, Scope, Takes, exclusive, put, read_parameters, repeated, write_parameters};
pub(crate) use read::default_areas;
pub use read::{LIST_MAX, POINTS_MAX, RULES, read_as_of, read_data_state, read_position, read_word};
pub use table::PARAMETERS;
pub use write::{escape, escape_part, query_string};

use crate::measure::{Dimension, Measure};
use crate::mistake::Fault;
use crate::words::{
    Basis, ClaimKind, Day, Language, Level, PartialDate, Place, Position, ServiceId, Slug, Stage, Topic, Unit,
};

/// One question; what is `None` follows from the defaults in docs/api.md.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The measure.
    pub measure: Measure,
    /// The dimensions that are spread out into a line each.
    pub by: Vec<Dimension>,
    /// The areas or authorities asked for.
    pub areas: Option<Vec<Place>>,
    /// The topics asked for; an inner `None` is `all`.
    pub topics: Option<Vec<Option<Topic>>>,
    /// The services asked for.
    pub services: Option<Vec<ServiceId>>,
    /// Only services on this list, on the days on which they are on it.
    pub list: Option<Slug>,
    /// The day whose authorities stand for those of every day.
    pub territory: Option<Day>,
    /// The stages asked for.
    pub stages: Option<Vec<Stage>>,
    /// The levels asked for.
    pub levels: Option<Vec<Level>>,
    /// The units asked for; an inner `None` is what is counted in no unit.
    pub units: Option<Vec<Option<Unit>>>,
    /// What the values rest on.
    pub bases: Vec<Basis>,
    /// Stocks or periods; all rows but those of claims are stocks.
    pub kinds: Vec<ClaimKind>,
    /// Step width.
    pub every: Every,
    /// First day; none means the first value.
    pub from: Option<Day>,
    /// Last day; none means today, or the viewpoint's day where it is pinned.
    pub to: Option<Day>,
    /// One day instead of `from`, `to`, `every`.
    pub on: Option<Day>,
    /// Only the last so many points.
    pub last: Option<u32>,
    /// The data state.
    pub viewpoint: Viewpoint,
    /// Which of the values known for a point are shown: the last, the first, all, or all of revised points only.
    pub vintages: Option<Vintages>,
    /// Only values that differ from those known at this data state.
    pub updated_after: Option<Viewpoint>,
    /// Only claims published by this day.
    pub published_until: Option<Day>,
    /// The edition of the rules by which it was asked; `None` means the newest.
    pub rules: Option<u32>,
    /// Long or wide.
    pub shape: Shape,
    /// What a wide table shows.
    pub show: Show,
    /// The columns of the long form, as their places in [`COLUMNS`]; none means all.
    pub columns: Option<Vec<usize>>,
    /// Language of names and headings; none means ids.
    pub language: Option<Language>,
    /// The colours of a chart.
    pub theme: Theme,
    /// Width of a chart in pixels; none means that of the format.
    pub width: Option<u32>,
    /// The first days of the dates that it was asked with, by parameter: a date that begins after today is refused.
    pub begins: Vec<(&'static str, Day)>,
}

impl Query {
    /// Makes the query of all defaults.
    #[must_use]
    pub fn new(measure: Measure) -> Query {
        Query {
            measure,
            by: vec![Dimension::Area],
            areas: None,
            topics: None,
            services: None,
            list: None,
            territory: None,
            stages: None,
            levels: None,
            units: None,
            bases: vec![Basis::Counted, Basis::Reported],
            kinds: measure.default_kinds(),
            every: Every::Month,
            from: None,
            to: None,
            on: None,
            last: None,
            viewpoint: Viewpoint::Head,
            vintages: None,
            updated_after: None,
            published_until: None,
            rules: None,
            shape: Shape::Long,
            show: Show::Value,
            columns: None,
            language: None,
            theme: Theme::Light,
            width: None,
            begins: Vec::new(),
        }
    }

    /// Tells whether lines of a basis may have days in the future: targets and planned milestones do.
    #[must_use]
    pub fn reaches_out(&self, basis: Basis) -> bool {
        basis == Basis::Target || self.measure == Measure::MilestonesPlanned
    }

    /// Reads a date that means its last day, and notes its first: `2025` is 2025-12-31, noted as 2025-01-01.
    pub(crate) fn read_last(&mut self, parameter: &'static str, text: &str) -> Result<Day, Fault> {
        let date = PartialDate::read(text)?;
        self.begins.push((parameter, date.first()));
        Ok(date.last())
    }
}

/// Step width of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Every {
    /// Each day.
    Day,
    /// Each Sunday, the end of an ISO week.
    Week,
    /// The last day of each month.
    #[default]
    Month,
    /// The last day of each quarter.
    Quarter,
    /// The last day of each year.
    Year,
    /// Each day on which something changed or was stated.
    Change,
}

impl Every {
    /// Lists all step widths.
    pub fn all() -> impl Iterator<Item = Every> + Clone {
        [Every::Day, Every::Week, Every::Month, Every::Quarter, Every::Year, Every::Change].into_iter()
    }

    /// Returns the word of the parameter.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Every::Day => "day",
            Every::Week => "week",
            Every::Month => "month",
            Every::Quarter => "quarter",
            Every::Year => "year",
            Every::Change => "change",
        }
    }
}

/// Up to where the log is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Viewpoint {
    /// Everything known.
    #[default]
    Head,
    /// The last batch that ends at or before this position.
    Position(Position),
    /// The end of this day in Berlin.
    Day(Day),
    /// This instant, inclusive, in milliseconds since 1970 UTC.
    Instant(i64),
}

/// Which of the values that were ever known for a point an answer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vintages {
    /// The one that is known at the data state.
    Latest,
    /// The one that was known first.
    First,
    /// All.
    All,
    /// All, of the points whose value was revised.
    Changed,
}

impl Vintages {
    /// Lists all.
    pub fn all() -> impl ExactSizeIterator<Item = Vintages> + Clone {
        [Vintages::Latest, Vintages::First, Vintages::All, Vintages::Changed].into_iter()
    }

    /// Returns the word of the parameter.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Vintages::Latest => "latest",
            Vintages::First => "first",
            Vintages::All => "all",
            Vintages::Changed => "changed",
        }
    }
}

/// Form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// A row a value.
    #[default]
    Long,
    /// A column a line.
    Wide,
}

impl Shape {
    /// Lists both.
    pub fn all() -> impl Iterator<Item = Shape> + Clone {
        [Shape::Long, Shape::Wide].into_iter()
    }

    /// Returns the word of the parameter.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Shape::Long => "long",
            Shape::Wide => "wide",
        }
    }
}

/// What a wide table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// The values.
    #[default]
    Value,
    /// The shares.
    Share,
    /// The changes since the point before.
    Change,
}

impl Show {
    /// Lists all.
    pub fn all() -> impl Iterator<Item = Show> + Clone {
        [Show::Value, Show::Share, Show::Change].into_iter()
    }

    /// Returns the word of the parameter.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Show::Value => "value",
            Show::Share => "share",
            Show::Change => "change",
        }
    }
}

/// The colours of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on a dark ground.
    Dark,
}

impl Theme {
    /// Lists both.
    pub fn all() -> impl Iterator<Item = Theme> + Clone {
        [Theme::Light, Theme::Dark].into_iter()
    }

    /// Returns the word of the parameter.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}
