//! A few series by day, counted from 1 January 1970, and questions to them.

use ozg_promql::{
    Answer, Asked, Change, DAY_MS, Error, Labels, Limits, Matcher, NAME, Query, Series, Shape, Source,
    evaluate, write_seconds, write_value,
};
use std::fmt::Write;
use std::sync::Arc;

/// Series whose values hold from a day on, up to the last day that one of them names.
#[derive(Debug, Default)]
pub(crate) struct World {
    series: Vec<Series>,
    last_day: i32,
}

impl World {
    /// Reads a series a line: name and labels as in PromQL, then a value a day from day 0; `_` is no value.
    pub(crate) fn read(text: &str) -> World {
        let mut world = World::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (selector, values) = line.split_once(' ').expect("a series and its values");
            let (name, labels) = selector.split_once('{').unwrap_or((selector, "}"));
            let pairs = labels.trim_end_matches('}').split(',').filter_map(|pair| pair.split_once('='));
            let labels = pairs.map(|(label, value)| (label, value.trim_matches('"'))).chain([(NAME, name)]);
            let values: Vec<Option<f64>> =
                values.split_whitespace().map(|value| value.parse().ok()).collect();
            let days = values.iter().enumerate();
            let changes: Arc<[Change]> = days
                .map(|(day, value)| Change { day: i32::try_from(day).expect("a day"), value: *value })
                .collect();
            world.last_day = world.last_day.max(i32::try_from(values.len()).expect("days") - 1);
            world.series.push(Series { labels: Labels::new::<&str, &str>(labels), changes });
        }
        world.series.sort_by(|left, right| left.labels.cmp(&right.labels));
        world
    }

    /// Asks, with room for so many points in the answer.
    pub(crate) fn ask(&self, expression: &str, asked: Asked, points: usize) -> Result<Answer, Error> {
        let limits = Limits { samples: 10_000_000, series: 1_000, points, is_late: &|| false };
        evaluate(&Query::read(expression)?, asked, self, &limits)
    }
}

impl Source for World {
    fn select(&self, matchers: &[Matcher]) -> Result<Vec<Series>, Error> {
        let is_wanted =
            |series: &&Series| matchers.iter().all(|matcher| matcher.accepts_labels(&series.labels));
        Ok(self.series.iter().filter(is_wanted).cloned().collect())
    }

    fn last_day(&self) -> i32 {
        self.last_day
    }
}

/// Writes an answer: a series a line; over a span each value behind its day.
pub(crate) fn shown(answer: &Result<Answer, Error>) -> String {
    let answer = match answer {
        Ok(answer) => answer,
        Err(Error::BadData(why)) => return format!("400 {why}\n"),
        Err(error) => return format!("422 {error}\n"),
    };
    let mut out = if answer.rows.is_empty() { "nothing\n".to_owned() } else { String::new() };
    for row in &answer.rows {
        write!(out, "{}{}", row.labels.get(NAME), row.labels.without(&[NAME])).expect("a text");
        for (at, value) in &row.points {
            let mut text = Vec::new();
            if answer.shape == Shape::Matrix {
                write_days(&mut text, *at);
            }
            write_value(&mut text, *value);
            write!(out, " {}", String::from_utf8(text).expect("a text")).expect("a text");
        }
        out.push('\n');
    }
    out
}

/// Writes an instant as the number of its day, or in seconds if it is no midnight.
fn write_days(out: &mut Vec<u8>, at: i64) {
    if at % DAY_MS == 0 {
        out.extend_from_slice(format!("{}:", at / DAY_MS).as_bytes());
    } else {
        write_seconds(out, at);
        out.extend_from_slice(b"s:");
    }
}
