//! Reported values: claims are looked up, not summed. Of all that stand for a scope, those with the latest effective day
//! hold; where they differ each has its row, marked as a conflict (rules 6, 7).

use super::Line;
use super::points::{OnPoints, Point};
use super::row::{Header, Observed, Proof, Row, Status};
use crate::asof::AsOf;
use crate::count::About;
use crate::event::remarks::{of_claim, of_report};
use crate::event::{Amount, ClaimScope};
use crate::measure::Reports;
use crate::query::Query;
use crate::state::{Dated, Known};
use crate::words::{
    Basis, ClaimKind, Day, Figure, PartialDate, Place, Position, Remark, ServiceId, Source, Stage, Text,
    looked_up, same_text,
};
use std::collections::{BTreeMap, BTreeSet};

/// One claim, as a series shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) day: Day,
    pub(crate) amount: Amount,
    pub(crate) of: Option<Figure>,
    on: PartialDate,
    since: Option<PartialDate>,
    /// The words that narrow it, as they are written.
    scope: Option<String>,
    source: String,
    url: String,
    published: Option<PartialDate>,
    entry: Position,
    disputed: bool,
    /// Those that follow from the claim alone.
    remarks: Vec<Remark>,
}

impl Shown {
    /// Returns the position of its entry.
    pub(crate) fn entry(&self) -> Position {
        self.entry
    }

    /// Returns the name of its source.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// Returns the first and the last day of its period; of a stock the day twice.
    fn period(&self) -> (Day, Day) {
        (self.since.unwrap_or(self.on).first(), self.on.last())
    }

    /// Returns its period; none of a stock.
    pub(crate) fn of_period(&self) -> Option<(Day, Day)> {
        self.since.map(|_| self.period())
    }

    /// Tells whether it says the same of the same period.
    pub(crate) fn says_same(&self, other: &Shown) -> bool {
        (self.amount, self.of) == (other.amount, other.of)
    }
}

/// Leaves out figures that their source has revised: the same office published a later figure about the same, from a source of
/// the same name (rule 7a).
fn leave_out_revised(at: AsOf<'_>, shown: &mut Vec<Shown>) {
    let mut dated: BTreeMap<(bool, Day, Day), Vec<usize>> = BTreeMap::new();
    for (index, said) in shown.iter().enumerate().filter(|(_, said)| said.published.is_some()) {
        let (since, until) = said.period();
        let key = (said.since.is_some(), if said.since.is_some() { since } else { until }, until);
        dated.entry(key).or_default().push(index);
    }
    let published = |said: &Shown| said.published.map(PartialDate::last);
    let revises = |one: &Shown, other: &Shown| {
        published(one) > published(other)
            && !one.says_same(other)
            && same_text(&one.source, &other.source)
            && at.state.office_of(one.entry) == at.state.office_of(other.entry)
    };
    let of_one = dated.into_values().filter(|of_one| of_one.len() > 1);
    let revised = of_one.flat_map(|of_one| {
        let is_revised = |index: &usize| of_one.iter().any(|other| revises(&shown[*other], &shown[*index]));
        of_one.iter().copied().filter(is_revised).collect::<Vec<_>>()
    });
    let revised: BTreeSet<Position> = revised.map(|index| shown[index].entry).collect();
    shown.retain(|said| !revised.contains(&said.entry));
}

/// The key by which claims of a line compete for the same row: the words that narrow them, as they are looked up (rule 6d), and
/// whether they are changes.
type Track = (Option<String>, bool);

/// The claims that stand for a measure, by what they are about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    by_about: BTreeMap<About, BTreeMap<Track, Vec<Shown>>>,
}

impl Claims {
    /// Gathers the claims that stand for the measure of a query, as of a position and published by the day that the
    /// query names.
    pub(crate) fn gather(at: AsOf<'_>, query: &Query) -> Claims {
        Claims::gather_of(at, query, None)
    }

    /// Leaves those of the kinds that a query asks for, none where it does not ask for claims.
    pub(crate) fn narrow(&mut self, query: &Query) {
        let asks = |basis: &Basis| matches!(basis, Basis::Reported | Basis::Summed);
        if !query.bases.iter().any(asks) {
            self.by_about.clear();
        }
        let kind = |is_flow: bool| if is_flow { ClaimKind::Period } else { ClaimKind::Stock };
        for tracks in self.by_about.values_mut() {
            tracks.retain(|(_, is_flow), _| query.kinds.contains(&kind(*is_flow)));
        }
        self.by_about.retain(|_, tracks| !tracks.is_empty());
    }

    /// Gathers like [`Claims::gather`], but only for one line if it is given.
    pub(crate) fn gather_of(at: AsOf<'_>, query: &Query, only: Option<&About>) -> Claims {
        let mut claims = Claims::default();
        if !query.bases.iter().any(|basis| matches!(basis, Basis::Reported | Basis::Summed)) {
            return claims;
        }
        let of_line = |scope: &ClaimScope| only.is_none_or(|about| is_about(scope, about));
        let wanted = |scope: &ClaimScope| scope.measure == query.measure && of_line(scope);
        for (scope, history) in at.state.figures.iter().filter(|(scope, _)| wanted(scope)) {
            for known in history.iter().filter(|known| known.at(at.position) && is_published(query, known)) {
                let claim = &known.what.said;
                let since = claim.since;
                let kind = if since.is_some() { ClaimKind::Period } else { ClaimKind::Stock };
                if !query.kinds.contains(&kind) {
                    continue;
                }
                claims.put(
                    about_of(scope),
                    claim.scope.scope.as_ref(),
                    show(at, known, (claim.amount, claim.of), (claim.on, since), |source| {
                        of_claim(claim, source)
                    }),
                );
            }
        }
        if query.measure.row().reports != Reports::None && query.kinds.contains(&ClaimKind::Stock) {
            claims.gather_reports(at, query, only);
        }
        for tracks in claims.by_about.values_mut() {
            for shown in tracks.values_mut() {
                leave_out_revised(at, shown);
                shown.sort_by_key(|shown| (shown.day, shown.entry));
            }
        }
        claims
    }

    /// "Reused by N authorities" speaks of several measures (rule 8).
    fn gather_reports(&mut self, at: AsOf<'_>, query: &Query, only: Option<&About>) {
        let of_line = |service: &ServiceId, place: &Place| {
            only.is_none_or(|about| about.service.as_ref() == Some(service) && about.place == *place)
        };
        let all = at.state.reuse_reports.iter().filter(|((service, place), _)| of_line(service, place));
        for ((service, place), history) in all {
            for known in history.iter().filter(|known| known.at(at.position) && is_published(query, known)) {
                let report = &known.what.said;
                let live = (Some(Stage::Live), report.live, report.of);
                let rolling_out = (Some(Stage::RollingOut), report.rolling_out, report.of);
                let figures: &[(Option<Stage>, Option<Figure>, Option<Figure>)] =
                    match query.measure.row().reports {
                        Reports::Live => &[live],
                        Reports::ByStage => &[live, rolling_out],
                        Reports::Possible => &[(None, report.of, None)],
                        Reports::None => &[],
                    };
                for (stage, figure, of) in figures {
                    let Some(figure) = figure else { continue };
                    let about = About {
                        place: place.clone(),
                        topic: None,
                        service: Some(service.clone()),
                        stage: *stage,
                        level: None,
                        unit: Some(service.unit()),
                    };
                    self.put(
                        about,
                        None,
                        show(at, known, (Amount::Value(*figure), *of), (report.on, None), |source| {
                            let mut remarks = of_report(report, source);
                            // What is above `of` is `live` alone.
                            remarks.retain(|remark| {
                                *remark != Remark::LiveAboveOf || *stage == Some(Stage::Live)
                            });
                            remarks
                        }),
                    );
                }
            }
        }
    }

    fn put(&mut self, about: About, scope: Option<&Text>, shown: Shown) {
        let track = (scope.map(|words| looked_up(words.as_str())), shown.since.is_some());
        let shown = Shown { scope: scope.map(ToString::to_string), ..shown };
        self.by_about.entry(about).or_default().entry(track).or_default().push(shown);
    }

    /// Lists the days that claims are about, with the places.
    pub(crate) fn days(&self) -> impl Iterator<Item = (Place, Day)> {
        let all = self
            .by_about
            .iter()
            .flat_map(|(about, tracks)| tracks.values().flatten().map(move |shown| (about, shown)));
        all.map(|(about, shown)| (about.place.clone(), shown.day))
    }

    /// Lists the services that any claim is about.
    pub(crate) fn services(&self) -> impl Iterator<Item = &ServiceId> {
        self.by_about.keys().filter_map(|about| about.service.as_ref())
    }

    /// Lists the subjects of claims, each with its claims by track.
    pub(crate) fn abouts(&self) -> impl Iterator<Item = (&About, &BTreeMap<Track, Vec<Shown>>)> {
        self.by_about.iter()
    }

    /// Lists the lines that any claim is about.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let line = |about: &About| {
            let start = self.start(about)?;
            Some(Line { about: about.clone(), basis: Basis::Reported, start })
        };
        self.by_about.keys().filter_map(line).collect()
    }

    /// Returns the tracks of a line.
    pub(crate) fn tracks(&self, about: &About) -> Option<&BTreeMap<Track, Vec<Shown>>> {
        self.by_about.get(about)
    }

    /// Returns the first day of any claim of a line.
    pub(crate) fn start(&self, about: &About) -> Option<Day> {
        self.tracks(about)?.values().filter_map(|shown| shown.first()).map(|shown| shown.day).min()
    }
}

/// Tells whether claims of a scope are about what a line is about.
pub(crate) fn is_about(scope: &ClaimScope, about: &About) -> bool {
    (&scope.place, scope.topic, &scope.service) == (&about.place, about.topic, &about.service)
        && (scope.stage, scope.level, scope.unit) == (about.stage, about.level, about.unit)
}

fn about_of(scope: &ClaimScope) -> About {
    About {
        place: scope.place.clone(),
        topic: scope.topic,
        service: scope.service.clone(),
        stage: scope.stage,
        level: scope.level,
        unit: scope.unit,
    }
}

/// A claim without a date of publication counts as published when it was observed (rule 21).
pub(crate) fn is_published<T>(query: &Query, known: &Known<Dated<T>>) -> bool {
    let Some(until) = query.published_until else { return true };
    let published = known.what.source.as_deref().and_then(|source| source.published);
    published.map_or(known.what.day, PartialDate::last) <= until
}

fn show<T>(
    at: AsOf<'_>,
    known: &Known<Dated<T>>,
    (amount, of): (Amount, Option<Figure>),
    (on, since): (PartialDate, Option<PartialDate>),
    remarks: impl Fn(Option<&Source>) -> Vec<Remark>,
) -> Shown {
    let source: Option<&Source> = known.what.source.as_deref();
    Shown {
        day: known.what.day,
        amount,
        of,
        on,
        since,
        scope: None,
        source: source.map_or_else(
            || at.state.office_of(known.entry).unwrap_or_default().to_owned(),
            |source| source.name.to_string(),
        ),
        url: source.and_then(|source| source.url.as_ref()).map(ToString::to_string).unwrap_or_default(),
        published: source.and_then(|source| source.published),
        entry: known.entry,
        disputed: at.disputed_from(known.entry, known.what.day).is_some(),
        remarks: remarks(source),
    }
}

/// Returns the claims that hold on a day, which are all with the latest day up to it. The claims must be sorted by day.
pub(crate) fn holding(shown: &[Shown], day: Day) -> Vec<&Shown> {
    let known = &shown[..shown.partition_point(|shown| shown.day <= day)];
    let Some(latest) = known.last().map(|shown| shown.day) else { return Vec::new() };
    known[known.partition_point(|shown| shown.day < latest)..].iter().collect()
}

/// Computes the rows of a reported line.
pub(crate) fn rows(
    at: AsOf<'_>,
    header: &Header,
    line: &Line,
    points: &[Point],
    claims: &Claims,
) -> Vec<Row> {
    let Some(tracks) = claims.tracks(&line.about) else { return Vec::new() };
    assert!(at.position <= at.state.head(), "a line is computed as of a position that exists");
    let on_points = OnPoints::new(header, points);
    let mut rows = Vec::new();
    for ((_, is_flow), shown) in tracks {
        let days = || Some(shown.iter().map(|shown| shown.day).collect());
        let look = |point: &Point| {
            // Changes and flows are shown in the period that contains them, and never carried forward.
            let held: Vec<&Shown> = if *is_flow {
                shown.iter().filter(|shown| (point.from..=point.day).contains(&shown.day)).collect()
            } else {
                holding(shown, point.day)
            };
            let day = held.last().map(|shown| shown.day)?;
            Some(((day, is_flow.then_some(point.day)), held))
        };
        on_points.put(Day::EVER, days, look, |point, held| {
            rows.extend(rows_of_point(header, line, point, &held));
        });
    }
    rows.sort_by_cached_key(|row| (row.date, row.scope_looked_up()));
    on_points.newest(rows)
}

/// Joins claims that say the same. Claims that differ for the same period are a conflict; the lowest comes first.
fn rows_of_point(header: &Header, line: &Line, point: &Point, held: &[&Shown]) -> Vec<Row> {
    // Different periods are no conflict.
    let period = Shown::of_period;
    let mut groups: Vec<Vec<&Shown>> = Vec::new();
    for shown in held {
        let same = |group: &&mut Vec<&Shown>| group[0].says_same(shown) && period(group[0]) == period(shown);
        match groups.iter_mut().find(same) {
            Some(group) => group.push(shown),
            None => groups.push(vec![shown]),
        }
    }
    let mut rows: Vec<Row> = groups
        .iter()
        .map(|group| {
            let first = group[0];
            let rivals = groups.iter().filter(|other| period(other[0]) == period(first)).count();
            row(header, line, point, group, rivals > 1)
        })
        .collect();
    rows.sort_by_key(|row| (row.period(), row.value, row.share, row.upper, row.share_upper));
    rows
}

/// Makes the row of claims that say the same.
pub(crate) fn row(header: &Header, line: &Line, point: &Point, group: &[&Shown], conflict: bool) -> Row {
    let first = group[0];
    let remarks: BTreeSet<Remark> = group.iter().flat_map(|shown| shown.remarks.iter().copied()).collect();
    Row {
        scope: first.scope.clone(),
        observed: Some(match first.since {
            Some(since) => Observed::Between(since, first.on),
            None => Observed::On(first.on),
        }),
        status: Status {
            conflict,
            disputed: group.iter().any(|shown| shown.disputed),
            simulated: header.simulated,
            running: point.running,
            published_assumed: header.query.published_until.is_some()
                && group.iter().any(|shown| shown.published.is_none()),
            carried: first.since.is_none() && point.carries(first.day),
            ..Status::default()
        },
        source: distinct(group.iter().map(|shown| shown.source.as_str()), "; "),
        source_url: distinct(group.iter().map(|shown| shown.url.as_str()), " "),
        published: group.iter().filter_map(|shown| shown.published).min_by_key(|on| on.last()),
        remarks: remarks.into_iter().collect(),
        proof: Proof::of(group.iter().map(|shown| shown.entry)),
        ..Row::empty(line, point.day).with_amount(first.amount, first.of)
    }
}

fn distinct<'a>(texts: impl Iterator<Item = &'a str>, separator: &str) -> String {
    let mut found: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !found.iter().any(|known| same_text(known, text)) {
            found.push(text);
        }
    }
    found.join(separator)
}
