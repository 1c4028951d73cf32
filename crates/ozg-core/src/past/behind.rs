//! The entries behind a value: which statements a number rests on.

use crate::count::Whose;
use crate::lines::{self, Behind, Claims, Line, Planned, behind_counted};
use crate::query::Query;
use crate::words::{Basis, Day, Position};

impl Planned {
    /// Lists the entries that the values of all lines rest on, up to the last day, by position. Claims that were gathered
    /// already need not be gathered again.
    pub(crate) fn entries(&self, known: Option<&Claims>) -> Vec<Behind> {
        let last = self.points.last();
        let mut found = Vec::new();
        for line in self.lines.iter().filter(|line| line.basis != Basis::Target) {
            let said = match known {
                Some(claims) => self.behind_with(line, self.header.position, last, claims),
                None => self.behind_line(line, self.header.position, last),
            };
            found.extend(said.into_iter().map(|(behind, _)| behind));
        }
        found.sort_unstable();
        found.dedup_by_key(|behind| behind.position);
        found
    }

    /// Lists the entries that a line rests on as of a position, each with its day.
    pub(crate) fn behind_line(&self, line: &Line, position: Position, last: Day) -> Vec<(Behind, Day)> {
        let claims = super::vintages::claims_of(self.state.as_of(position), &self.header.query, line);
        self.behind_with(line, position, last, &claims)
    }

    fn behind_with(&self, line: &Line, position: Position, last: Day, claims: &Claims) -> Vec<(Behind, Day)> {
        let (at, measure, mut found) = (self.state.as_of(position), self.header.measure, Vec::new());
        match line.basis {
            Basis::Counted => {
                // The places of another territory also count by statements about their predecessors and successors.
                let query = Query { territory: None, ..self.header.query.clone() };
                let about = line.about.as_counted(measure);
                let whose = Whose::of(at, &query, &about);
                behind_counted(&whose, measure, &about, last, &mut found);
            }
            Basis::Reported | Basis::Summed => {
                let tracks = claims.tracks(&line.about).into_iter().flat_map(|tracks| tracks.values());
                let shown = tracks.flatten().filter(|shown| shown.day <= last);
                let behind = |entry: Position| Behind { position: entry, change: 0 };
                found.extend(shown.map(|shown| (behind(shown.entry()), shown.day)));
            }
            Basis::Target => {
                let targets = lines::matching_targets(at.state, measure, &line.about);
                let targets = targets.flat_map(|(_, targets)| targets).filter(|known| known.at(position));
                let behind = |entry: Position| Behind { position: entry, change: 0 };
                found.extend(targets.map(|known| (behind(known.entry), known.what.said.due.last())));
            }
        }
        found
    }
}
