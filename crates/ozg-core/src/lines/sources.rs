//! The sources of an answer: who published the figures that it shows, without computing its rows.

use super::points::Point;
use super::{Claims, Line, Planned, matching_targets};
use crate::words::{Basis, looked_up};
use std::collections::BTreeMap;

impl Planned {
    /// Lists the names of the sources of the claims and targets that the lines show, each once, by name.
    pub(crate) fn sources(&self, claims: &Claims) -> Vec<String> {
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        let mut note = |name: &str| {
            let name = name.trim();
            if !name.is_empty() {
                found.entry(looked_up(name)).or_insert_with(|| name.to_owned());
            }
        };
        for line in &self.lines {
            let points = self.points.of(&self.header.query, line.basis);
            match line.basis {
                Basis::Reported => of_claims(line, points, claims).for_each(&mut note),
                Basis::Target => self.of_targets(line, points).for_each(|name| note(&name)),
                Basis::Counted | Basis::Summed => {}
            }
        }
        found.into_values().collect()
    }

    /// Lists them like [`Planned::sources`], of the claims at the data state of the answer.
    pub(crate) fn sources_now(&self) -> Vec<String> {
        self.sources(&Claims::gather(self.state.as_of(self.header.position), &self.header.query))
    }

    fn of_targets<'a>(&'a self, line: &'a Line, points: &'a [Point]) -> impl Iterator<Item = String> + 'a {
        let targets = matching_targets(&self.state, self.header.measure, &line.about);
        let known = targets.flat_map(|(_, targets)| targets).filter(|known| known.at(self.header.position));
        let shown = known.filter(|known| {
            let due = known.what.said.due.last();
            points.iter().any(|point| (point.from..=point.day).contains(&due))
        });
        shown.map(|known| match known.what.source.as_deref() {
            Some(source) => source.name.to_string(),
            None => self.state.office_of(known.entry).unwrap_or_default().to_owned(),
        })
    }
}

/// Lists the sources of the claims of a line that hold at any point.
fn of_claims<'a>(line: &Line, points: &'a [Point], claims: &'a Claims) -> impl Iterator<Item = &'a str> {
    let tracks = claims.tracks(&line.about).into_iter().flatten();
    tracks.flat_map(move |((_, is_flow), shown)| {
        let is_seen = move |index: &usize| {
            let day = shown[*index].day;
            let next = shown[*index..].iter().map(|other| other.day).find(|other| *other > day);
            let point = points.get(points.partition_point(|point| point.day < day));
            point.is_some_and(|point| {
                if *is_flow { point.from <= day } else { next.is_none_or(|next| point.day < next) }
            })
        };
        (0..shown.len()).filter(is_seen).map(|index| shown[index].source())
    })
}
