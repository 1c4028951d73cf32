//! One row of a series, and the header that belongs to all of them (docs/semantics.md, "Series").

use super::Line;
use crate::event::Amount;
use crate::measure::Measure;
use crate::query::Query;
use crate::words::{
    Basis, Day, Figure, Language, Level, Number, PartialDate, Place, Position, Qualifier, Remark, ServiceId,
    Stage, Topic, Unit, looked_up,
};

/// When the value was observed: the claim's date as written, or the day of the last change of a counted value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// On a day or in a period.
    On(PartialDate),
    /// A change or flow from the first to the second.
    Between(PartialDate, PartialDate),
}

impl Observed {
    /// Returns it as it is written in a language, as in JSON without one.
    #[must_use]
    pub fn in_language(&self, language: Option<Language>) -> String {
        match self {
            Observed::On(date) => date.in_language(language),
            Observed::Between(since, on) => {
                format!("{}/{}", since.in_language(language), on.in_language(language))
            }
        }
    }
}

impl Observed {
    /// Returns the first and the last day of a period.
    #[must_use]
    pub fn period(self) -> Option<(Day, Day)> {
        match self {
            Observed::On(_) => None,
            Observed::Between(since, on) => Some((since.first(), on.last())),
        }
    }
}

impl std::fmt::Display for Observed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Observed::On(date) => date.fmt(f),
            Observed::Between(since, on) => write!(f, "{since}/{on}"),
        }
    }
}

/// What a reader must know about a row beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// Sources contradict each other; each has its row.
    pub conflict: bool,
    /// The log holds generated entries.
    pub simulated: bool,
    /// The period has not ended.
    pub running: bool,
    /// An office objects to an entry that the value rests on.
    pub disputed: bool,
    /// A catalogue or a register had no complete edition yet on the day; its first complete edition is read.
    pub first_edition: bool,
    /// The data state compared with had a value, and the present one has none.
    pub withdrawn: bool,
    /// A stock that was observed at the point before or earlier and holds on (rule 7b).
    pub carried: bool,
    /// A catalogue or a register that the value or its denominator needs is partial.
    pub partial: bool,
    /// The day of publication is not given; the day of observation stands in for it.
    pub published_assumed: bool,
}

impl std::fmt::Display for Status {
    /// Writes the words that apply, separated by blanks; nothing where none does.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = [
            (self.conflict, "conflict"),
            (self.simulated, "simulated"),
            (self.running, "running"),
            (self.first_edition, "first_edition"),
            (self.withdrawn, "withdrawn"),
            (self.carried, "carried"),
            (self.partial, "partial"),
            (self.published_assumed, "published_assumed"),
            (self.disputed, "disputed"),
        ];
        let words: Vec<&str> =
            words.into_iter().filter(|(applies, _)| *applies).map(|(_, word)| word).collect();
        f.write_str(&words.join(" "))
    }
}

/// The span of data states at which a row was known: at the first, and no longer at the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vintage {
    /// The batch from which it was known.
    pub from: KnownAt,
    /// The batch from which it no longer was; none where it still is.
    pub until: Option<KnownAt>,
}

/// A data state, as it stands beside a value: the end of a batch and when that was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownAt {
    /// Position of the last entry of the batch.
    pub position: Position,
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
}

impl std::fmt::Display for KnownAt {
    /// Writes the instant and the position, `2026-06-01T10:00:00.000Z p1042`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} p{}", crate::time::rfc3339(self.recorded_at_ms), self.position)
    }
}

/// Where the proof of a value lies. It is no part of what a row says: rows that differ in it alone are equal, so that no vintage
/// begins where the same is said again.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// The entries that the value comes from, the first of joined claims first; of counted values the last that moved them.
    pub entries: Vec<Position>,
    /// The notes of published figures and targets, joined by `; `. Only the log keeps notes: who reads it puts them here.
    pub note: String,
}

impl PartialEq for Proof {
    fn eq(&self, _: &Proof) -> bool {
        true
    }
}

impl Eq for Proof {}

/// One row: a value with everything that it must not be quoted without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The day that the value is for.
    pub date: Day,
    /// Germany, a Land, or an authority where one was asked for; none where the measure has no area.
    pub area: Place,
    /// The topic; none means all.
    pub topic: Option<Topic>,
    /// The service; none means all.
    pub service: Option<ServiceId>,
    /// The stage, for measures that have it.
    pub stage: Option<Stage>,
    /// The level, for measures that have it.
    pub level: Option<Level>,
    /// The unit, where the row has one.
    pub unit: Option<Unit>,
    /// Words that narrow a claim.
    pub scope: Option<String>,
    /// What the value rests on.
    pub basis: Basis,
    /// The value; none where only a percentage was published.
    pub value: Option<Number>,
    /// How exactly the value is meant; none for exact values.
    pub qualifier: Option<Qualifier>,
    /// The higher end of the value, where it is a range.
    pub upper: Option<Number>,
    /// What stands below the line.
    pub denominator: Option<Number>,
    /// How exactly that is meant.
    pub denominator_qualifier: Option<Qualifier>,
    /// The higher end of what stands below the line, where it is a range.
    pub denominator_upper: Option<Number>,
    /// Value by denominator, or the published percentage as a share of 1; six digits behind the point at most.
    pub share: Option<Number>,
    /// How exactly the share is meant.
    pub share_qualifier: Option<Qualifier>,
    /// The higher end of the share, where it is a range.
    pub share_upper: Option<Number>,
    /// When it was observed.
    pub observed: Option<Observed>,
    /// What else must be known.
    pub status: Status,
    /// Names of the sources, joined by `; `.
    pub source: String,
    /// Addresses of the sources, joined by a blank.
    pub source_url: String,
    /// When the value was published; of several sources by the first of them.
    pub published: Option<PartialDate>,
    /// Remarks that follow from the claim alone.
    pub remarks: Vec<Remark>,
    /// Where its proof lies.
    pub proof: Proof,
    /// When it was known, where the query asks for vintages.
    pub vintage: Option<Vintage>,
}

impl Proof {
    /// Names entries, without their notes.
    pub(crate) fn of(entries: impl IntoIterator<Item = Position>) -> Proof {
        Proof { entries: entries.into_iter().collect(), note: String::new() }
    }
}

impl Row {
    /// Makes a row of a line without any value yet.
    pub(crate) fn empty(line: &Line, date: Day) -> Row {
        let about = &line.about;
        Row {
            date,
            area: about.place.clone(),
            topic: about.topic,
            service: about.service.clone(),
            stage: about.stage,
            level: about.level,
            unit: about.unit,
            scope: None,
            basis: line.basis,
            value: None,
            qualifier: None,
            upper: None,
            denominator: None,
            denominator_qualifier: None,
            denominator_upper: None,
            share: None,
            share_qualifier: None,
            share_upper: None,
            observed: None,
            status: Status::default(),
            source: String::new(),
            source_url: String::new(),
            published: None,
            remarks: Vec::new(),
            proof: Proof::default(),
            vintage: None,
        }
    }

    /// Returns the words that narrow the claim, as they are looked up; they tell lines apart (rule 6d).
    #[must_use]
    pub fn scope_looked_up(&self) -> Option<String> {
        self.scope.as_deref().map(looked_up)
    }

    /// Returns the first and the last day of the period that the value is of; none for stocks (rule 6b).
    #[must_use]
    pub fn period(&self) -> Option<(Day, Day)> {
        self.observed.and_then(|observed| observed.period())
    }

    /// Returns the value with how exactly it is meant.
    #[must_use]
    pub fn figure(&self) -> Option<Figure> {
        figure(self.value, self.qualifier, self.upper)
    }

    /// Returns the share with how exactly it is meant.
    #[must_use]
    pub fn share_figure(&self) -> Option<Figure> {
        figure(self.share, self.share_qualifier, self.share_upper)
    }

    /// Returns what stands below the line with how exactly it is meant.
    #[must_use]
    pub fn denominator_figure(&self) -> Option<Figure> {
        figure(self.denominator, self.denominator_qualifier, self.denominator_upper)
    }

    /// Returns by how much the value is more than that of another row; none unless both were observed at their points
    /// (rules 7b, 7c), and none for periods.
    #[must_use]
    pub fn change_from(&self, before: &Row) -> Option<Figure> {
        let is_compared = |row: &Row| !row.status.carried && row.period().is_none();
        let (now, then) = (self.figure()?, before.figure()?);
        (is_compared(self) && is_compared(before)).then(|| now.less(then))?
    }

    /// Puts a published amount and what stands below it into the row, and the share of the two (rules 6, 7c).
    pub(crate) fn with_amount(self, amount: Amount, of: Option<Figure>) -> Row {
        let (value, share) = match amount {
            Amount::Value(value) => (Some(value), of.and_then(|of| value.share_of(of))),
            Amount::Percent(percent) => (None, Some(percent.hundredth())),
        };
        let number = |figure: Option<Figure>| figure.map(|figure| figure.number);
        let upper = |figure: Option<Figure>| figure.and_then(|figure| figure.upper);
        let qualifier = |figure: Option<Figure>| {
            figure.map(|figure| figure.qualifier).filter(|qualifier| *qualifier != Qualifier::Exact)
        };
        Row {
            value: number(value),
            qualifier: qualifier(value),
            upper: upper(value),
            denominator: number(of),
            denominator_qualifier: qualifier(of),
            denominator_upper: upper(of),
            share: number(share),
            share_qualifier: qualifier(share),
            share_upper: upper(share),
            ..self
        }
    }
}

fn figure(number: Option<Number>, qualifier: Option<Qualifier>, upper: Option<Number>) -> Option<Figure> {
    Some(Figure { upper, ..Figure::new(number?, qualifier.unwrap_or(Qualifier::Exact)) })
}

/// What belongs to all rows of an answer.
#[derive(Debug, Clone)]
pub struct Header {
    /// The measure.
    pub measure: Measure,
    /// The query with every parameter that has an effect spelt out.
    pub query: Query,
    /// Position up to which the log was read: the end of a batch, [`Position::START`] for an empty log.
    pub position: Position,
    /// When the batch that ends there was recorded, in milliseconds since 1970 UTC; none for an empty log.
    pub recorded_at_ms: Option<i64>,
    /// Whether the log holds generated entries.
    pub simulated: bool,
}
