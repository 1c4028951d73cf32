//! Claims: which hold, and what they sum to.

use super::{About, World, counts};
use ozg_core::event::{Amount, Body, Claim, ClaimScope};
use ozg_core::measure::Measure;
use ozg_core::words::{
    Area, ClaimKind, Day, Figure, Number, PartialDate, Place, Qualifier, ServiceId, Stage,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// A claim as a line shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shown {
    pub(crate) value: Option<Number>,
    pub(crate) percent: Option<Number>,
    pub(crate) qualifier: Option<Qualifier>,
    pub(crate) upper: Option<Number>,
    pub(crate) of: Option<Number>,
    pub(crate) of_qualifier: Option<Qualifier>,
    /// First and last day of its period.
    pub(crate) period: Option<(Day, Day)>,
    pub(crate) published: Option<Day>,
    pub(crate) conflict: bool,
    pub(crate) carried: bool,
    pub(crate) sources: String,
}

/// A claim with what it is about.
struct Said {
    about: About,
    scope: Option<String>,
    on: PartialDate,
    since: Option<PartialDate>,
    day: Day,
    amount: Amount,
    of: Option<Figure>,
    source: String,
    published: Option<Day>,
    office: String,
}

impl Said {
    fn period(&self) -> Option<(Day, Day)> {
        Some((self.since?.first(), self.on.last()))
    }

    /// Rule 7a: of the same thing and the same day or period, by one office from a source of one name, another figure that was
    /// published later.
    fn revises(&self, other: &Said) -> bool {
        let about = |said: &Said| (said.about.clone(), said.scope.clone(), said.period(), said.on.last());
        let by = |said: &Said| (said.office.clone(), said.source.clone());
        let is_later = self.published.zip(other.published).is_some_and(|(one, other)| one > other);
        is_later
            && about(self) == about(other)
            && by(self) == by(other)
            && (self.amount, self.of) != (other.amount, other.of)
    }
}

/// Which claims are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) kinds: Vec<ClaimKind>,
    pub(crate) published_until: Option<Day>,
}

impl World {
    /// Lists the claims of which could be read by a day what their source has not revised by then.
    fn claims(&self, measure: Measure, asked: &Asked) -> Vec<Said> {
        let mut said = self.all_claims(measure);
        said.retain(|said| {
            asked.published_until.is_none_or(|until| said.published.unwrap_or(said.day) <= until)
        });
        let is_revised = |one: &Said| said.iter().any(|other| other.revises(one));
        let revised: Vec<bool> = said.iter().map(is_revised).collect();
        let is_asked = |said: &Said| {
            asked.kinds.contains(&if said.since.is_some() { ClaimKind::Period } else { ClaimKind::Stock })
        };
        said.into_iter()
            .zip(revised)
            .filter(|(_, revised)| !revised)
            .map(|(said, _)| said)
            .filter(is_asked)
            .collect()
    }

    /// Counts the claims that their source has revised.
    pub(crate) fn revised(&self, measure: Measure) -> usize {
        let said = self.all_claims(measure);
        said.iter().filter(|one| said.iter().any(|other| other.revises(one))).count()
    }

    fn all_claims(&self, measure: Measure) -> Vec<Said> {
        let mut said = Vec::new();
        for entry in &self.entries {
            let source =
                entry.event.source.as_ref().map_or(entry.office.clone(), |source| source.name.to_string());
            let published =
                entry.event.source.as_ref().and_then(|source| source.published).map(PartialDate::last);
            match &entry.event.body {
                Body::FigureReported(Claim { scope, amount, of, on, since }) if scope.measure == measure => {
                    let ClaimScope { place, topic, service, stage, level, unit, .. } = scope.clone();
                    said.push(Said {
                        about: About { place, topic, service, stage, level, unit },
                        scope: scope.scope.as_ref().map(ToString::to_string),
                        on: *on,
                        since: *since,
                        day: counts(*on, entry.recorded),
                        amount: *amount,
                        of: *of,
                        source,
                        published,
                        office: entry.office.clone(),
                    });
                }
                Body::ReuseReported(report) => {
                    let speaks: Vec<(Option<Stage>, Option<Figure>, Option<Figure>)> = match measure {
                        Measure::Reuses => vec![(Some(Stage::Live), report.live, report.of)],
                        Measure::ReusesCurrent => vec![
                            (Some(Stage::Live), report.live, report.of),
                            (Some(Stage::RollingOut), report.rolling_out, report.of),
                        ],
                        Measure::ReusesPossible => vec![(None, report.of, None)],
                        _ => Vec::new(),
                    };
                    for (stage, figure, of) in speaks {
                        let Some(figure) = figure else { continue };
                        let (place, service) = (report.place.clone(), Some(report.service.clone()));
                        let unit = Some(report.service.unit());
                        said.push(Said {
                            about: About { place, topic: None, service, stage, level: None, unit },
                            scope: None,
                            on: report.on,
                            since: None,
                            day: counts(report.on, entry.recorded),
                            amount: Amount::Value(figure),
                            of,
                            source: source.clone(),
                            published,
                            office: entry.office.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
        said
    }

    /// Rules 6 and 7: which claims a measure has at the end of a span of days, by what they are about.
    pub(crate) fn reported(
        &self,
        measure: Measure,
        asked: &Asked,
        span: RangeInclusive<Day>,
    ) -> BTreeMap<(About, Option<String>), Vec<Shown>> {
        Self::shown(&self.claims(measure, asked), &span)
    }

    fn shown(claims: &[Said], span: &RangeInclusive<Day>) -> BTreeMap<(About, Option<String>), Vec<Shown>> {
        let keys: BTreeSet<(About, Option<String>)> =
            claims.iter().map(|said| (said.about.clone(), said.scope.clone())).collect();
        let mut answer = BTreeMap::new();
        for key in keys {
            let of_key = |said: &&Said| (&said.about, &said.scope) == (&key.0, &key.1);
            let stocks: Vec<&Said> = claims
                .iter()
                .filter(of_key)
                .filter(|said| said.since.is_none() && said.day <= *span.end())
                .collect();
            let latest = stocks.iter().map(|said| said.day).max();
            let holding: Vec<&Said> = stocks.into_iter().filter(|said| Some(said.day) == latest).collect();
            let flows: Vec<&Said> = claims
                .iter()
                .filter(of_key)
                .filter(|said| said.since.is_some() && span.contains(&said.day))
                .collect();
            let mut rows = join(&holding, span);
            rows.extend(join(&flows, span));
            rows.sort();
            if !rows.is_empty() {
                answer.insert(key, rows);
            }
        }
        answer
    }

    /// Rule 15: the sum over services of the claims that hold about an area, and whether any of them is carried.
    pub(crate) fn summed(
        &self,
        measure: Measure,
        about: &About,
        span: &RangeInclusive<Day>,
    ) -> Option<(Figure, bool)> {
        let day = *span.end();
        let stocks = Asked { kinds: vec![ClaimKind::Stock], published_until: None };
        let stocks = self.claims(measure, &stocks);
        let held = Self::shown(&stocks, span);
        let Place::Area(area) = about.place else { return None };
        let of = |service: &ServiceId, area: Area| -> Vec<Shown> {
            let part = About {
                place: Place::Area(area),
                topic: None,
                service: Some(service.clone()),
                ..about.clone()
            };
            held.get(&(part, None)).cloned().unwrap_or_default()
        };
        let mut parts: Vec<Shown> = Vec::new();
        let mut missing = false;
        for service in &self.services {
            let listing = self.listing(service, day);
            let counts =
                listing.is_some_and(|l| about.topic.is_none_or(|topic| l.topics.or_none().contains(topic)));
            if !counts || about.unit.is_some_and(|unit| unit != service.unit()) {
                continue;
            }
            let mut found = of(service, area);
            let mut wanted = 1;
            if found.is_empty() && area == Area::DE {
                found = Area::laender().flat_map(|land| of(service, land)).collect();
                wanted = 16;
            }
            if found.iter().any(|shown| shown.conflict) {
                return None;
            }
            found.retain(|shown| shown.value.is_some());
            missing |= found.len() < wanted;
            parts.extend(found);
        }
        (!parts.is_empty()).then(|| (total(&parts, missing), parts.iter().any(|part| part.carried)))
    }
}

/// Where a part of a sum lies: not below the first, not above the second; whether either end is excluded.
struct Lies {
    low: Option<Number>,
    high: Option<Number>,
    strict: bool,
}

/// Rule 7c: adds up where the parts lie. Of what may be any number up to an end nothing is known where others may be any
/// number from an end on.
fn total(parts: &[Shown], missing: bool) -> Figure {
    let zero = Number::from(0);
    let is_loose =
        |shown: &Shown| matches!(shown.qualifier, None | Some(Qualifier::About | Qualifier::JustUnder));
    let all_loose = !missing && parts.iter().all(is_loose);
    let lies = |shown: &Shown| {
        let number = shown.value.unwrap();
        let (low, high, strict) = match shown.qualifier {
            Some(Qualifier::MoreThan) => (Some(number), None, true),
            Some(Qualifier::AtLeast) => (Some(number), None, false),
            Some(Qualifier::LessThan) => (None, Some(number), true),
            Some(Qualifier::AtMost) => (None, Some(number), false),
            Some(Qualifier::JustUnder) if !all_loose => (None, Some(number), true),
            Some(Qualifier::Between) => (Some(number), shown.upper, false),
            _ => (Some(number), Some(number), false),
        };
        Lies { low, high, strict }
    };
    let mut lie: Vec<Lies> = parts.iter().map(lies).collect();
    lie.extend(missing.then_some(Lies { low: Some(zero), high: None, strict: false }));
    let add = |ends: Vec<Number>| ends.into_iter().fold(zero, Number::plus);
    if lie.iter().any(|part| part.high.is_none()) {
        let strict = lie.iter().any(|part| part.strict && part.low.is_some());
        let number = add(lie.iter().map(|part| part.low.unwrap_or(zero)).collect());
        return Figure::new(number, if strict { Qualifier::MoreThan } else { Qualifier::AtLeast });
    }
    let high = add(lie.iter().filter_map(|part| part.high).collect());
    if lie.iter().any(|part| part.low.is_none()) {
        let strict = lie.iter().any(|part| part.strict);
        return Figure::new(high, if strict { Qualifier::LessThan } else { Qualifier::AtMost });
    }
    let low = add(lie.iter().filter_map(|part| part.low).collect());
    let inexact: Vec<Qualifier> = parts.iter().filter_map(|part| part.qualifier).collect();
    match inexact.as_slice() {
        _ if low != high => Figure::between(low, high).unwrap(),
        [] => Figure::exact(low),
        [Qualifier::JustUnder] => Figure::new(low, Qualifier::JustUnder),
        _ => Figure::new(low, Qualifier::About),
    }
}

/// Same value, qualifier and denominator: one row, sources joined. Otherwise a row each, all marked.
fn join(held: &[&Said], span: &RangeInclusive<Day>) -> Vec<Shown> {
    let mut groups: Vec<(&Said, Vec<String>, Option<Day>)> = Vec::new();
    for said in held {
        let same = |group: &&mut (&Said, Vec<String>, Option<Day>)| {
            (group.0.amount, group.0.of, group.0.period()) == (said.amount, said.of, said.period())
        };
        match groups.iter_mut().find(same) {
            Some(group) => {
                if !group.1.contains(&said.source) {
                    group.1.push(said.source.clone());
                }
                group.2 = [group.2, said.published].into_iter().flatten().min();
            }
            None => groups.push((said, vec![said.source.clone()], said.published)),
        }
    }
    let rivals =
        |said: &Said| groups.iter().filter(|(other, ..)| other.period() == said.period()).count() > 1;
    let inexact = |figure: Figure| Some(figure.qualifier).filter(|qualifier| *qualifier != Qualifier::Exact);
    let row = |(said, sources, published): &(&Said, Vec<String>, Option<Day>)| {
        let (value, percent, figure) = match said.amount {
            Amount::Value(figure) => (Some(figure.number), None, figure),
            Amount::Percent(figure) => (None, Some(figure.number), figure),
        };
        Shown {
            value,
            percent,
            qualifier: inexact(figure),
            upper: figure.upper,
            of: said.of.map(|of| of.number),
            of_qualifier: said.of.and_then(inexact),
            period: said.period(),
            published: *published,
            conflict: rivals(said),
            // Rule 7b: it was there before already.
            carried: said.since.is_none() && !span.contains(&said.day),
            sources: sources.join("; "),
        }
    };
    groups.iter().map(row).collect()
}
