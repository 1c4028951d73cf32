//! Selectors: which series are wanted, and at which instants.

use crate::errors::Error;
use crate::evaluate::Evaluation;
use crate::grid::Grid;
use crate::lines::{Held, Line, Values};
use crate::matcher::of_parser;
use crate::source::Series;
use promql_parser::parser::{AtModifier, Offset, VectorSelector};
use std::time::UNIX_EPOCH;

impl Evaluation<'_> {
    /// Finds series and looks at them at the instants of a grid.
    pub(crate) fn select(&self, selector: &VectorSelector, grid: &Grid) -> Result<Vec<Line>, Error> {
        let grid = self.moved(selector.at.as_ref(), selector.offset.as_ref(), grid);
        let last_day = self.source.last_day();
        let line = |series: Series| Line {
            labels: series.labels,
            values: Values::Held(Held { changes: series.changes, grid, last_day }),
        };
        Ok(self.found(selector)?.into_iter().map(line).collect())
    }

    /// Finds series.
    pub(crate) fn found(&self, selector: &VectorSelector) -> Result<Vec<Series>, Error> {
        let matchers = of_parser(selector.name.as_deref(), &selector.matchers)?;
        let series = self.source.select(&matchers)?;
        self.meter.found(series.len())?;
        Ok(series)
    }

    /// Moves the instants of a grid as `@` and `offset` say.
    pub(crate) fn moved(&self, at: Option<&AtModifier>, offset: Option<&Offset>, grid: &Grid) -> Grid {
        let back = offset.map_or(0, offset_ms);
        match at {
            None => Grid { start: grid.start.saturating_sub(back), ..*grid },
            Some(at) => {
                let at = match at {
                    AtModifier::Start => self.asked.start,
                    AtModifier::End => self.asked.end,
                    AtModifier::At(time) => milliseconds(*time),
                };
                Grid { start: at.saturating_sub(back), step: 0, count: grid.count }
            }
        }
    }
}

fn offset_ms(offset: &Offset) -> i64 {
    match offset {
        Offset::Pos(duration) => i64::try_from(duration.as_millis()).unwrap_or(i64::MAX),
        Offset::Neg(duration) => -i64::try_from(duration.as_millis()).unwrap_or(i64::MAX),
    }
}

fn milliseconds(time: std::time::SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
    }
}
