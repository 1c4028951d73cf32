//! A query as it arrives: its parameters, from the address and from a form, and the data state that its path names.

use super::refusal::Refusal;
use super::source::SeenSeries;
use super::store::since_1970;
use super::viewpoint;
use crate::app::{Door, Site};
use crate::limits::{FORM_BYTES_MAX, QUERY_TIMEOUT, SELECTORS_MAX};
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use axum::response::IntoResponse;
use ozg_core::query::Viewpoint;
use ozg_core::time::read_rfc3339;
use ozg_promql::{Asked, DAY_MS, Matcher, Query, parse_duration_ms, parse_selector};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A request to the query API.
pub(crate) struct Ask {
    site: Arc<Site>,
    viewpoint: Viewpoint,
    /// The label whose values are wanted, if the path names one.
    pub(super) label: String,
    given: Vec<(String, String)>,
}

/// The media type of forms.
const FORM_TYPE: &str = "application/x-www-form-urlencoded";
/// Farthest instant from 1970 in either direction, in seconds. Instants beyond it do not fit into milliseconds.
const SECONDS_MAX: f64 = 9_000_000_000_000.0;

impl FromRequest<Door> for Ask {
    type Rejection = Refusal;

    async fn from_request(request: Request, door: &Door) -> Result<Ask, Refusal> {
        let (mut parts, body) = request.into_parts();
        let path = RawPathParams::from_request_parts(&mut parts, door).await;
        let path = path.map_err(|_| Refusal::bad("the path cannot be read"))?;
        let of_path = |name: &str| path.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let viewpoint =
            of_path("state").map_or(Ok(Viewpoint::Head), viewpoint::read).map_err(Refusal::bad)?;
        let label = of_path("name").unwrap_or_default().to_owned();
        let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_form = content_type.is_some_and(|text| text.to_ascii_lowercase().starts_with(FORM_TYPE));
        let mut given = Vec::new();
        if is_form && parts.method == axum::http::Method::POST {
            let bytes = axum::body::to_bytes(body, FORM_BYTES_MAX).await;
            given.extend(pairs(&bytes.map_err(|_| Refusal::bad("the form is too large"))?));
        }
        given.extend(pairs(parts.uri.query().unwrap_or_default().as_bytes()));
        Ok(Ask { site: door.share(), viewpoint, label, given })
    }
}

fn pairs(bytes: &[u8]) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned()))
}

impl Ask {
    /// Answers a request on a blocking thread; `work` writes the whole answer, which is JSON.
    pub(super) async fn answer(
        self,
        work: impl FnOnce(&Ask, &SeenSeries) -> Result<Vec<u8>, Refusal> + Send + 'static,
    ) -> axum::response::Response {
        self.answer_as(HeaderValue::from_static("application/json"), work).await
    }

    /// Answers a request on a blocking thread; `work` writes the whole answer, of a media type.
    pub(super) async fn answer_as(
        self,
        content_type: HeaderValue,
        work: impl FnOnce(&Ask, &SeenSeries) -> Result<Vec<u8>, Refusal> + Send + 'static,
    ) -> axum::response::Response {
        let mut response = match self.written(work).await {
            Ok(body) => Response::new(Body::from(body)),
            Err(refusal) => return refusal.into_response(),
        };
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response
    }

    async fn written(
        self,
        work: impl FnOnce(&Ask, &SeenSeries) -> Result<Vec<u8>, Refusal> + Send + 'static,
    ) -> Result<Vec<u8>, Refusal> {
        let deadline = Instant::now() + self.timeout()?;
        let turn = self.site.question().await?;
        let body = blocking(move || {
            let seen = SeenSeries::new(Arc::clone(&self.site), self.viewpoint, deadline)?;
            let body = work(&self, &seen);
            drop(turn);
            body
        });
        body.await?
    }

    fn timeout(&self) -> Result<Duration, Refusal> {
        let Some(text) = self.get("timeout") else { return Ok(QUERY_TIMEOUT) };
        let ms = duration_ms(text).map_err(|why| Refusal::parameter("timeout", why))?;
        Ok(Duration::from_millis(u64::try_from(ms).unwrap_or(0)).min(QUERY_TIMEOUT))
    }

    /// Returns a parameter; an empty one counts as missing.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.given
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| &**value)
            .filter(|v| !v.is_empty())
    }

    /// Reads an instant in milliseconds: seconds since 1970, or RFC 3339.
    pub(super) fn instant(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let read = |text: &str| {
            instant_ms(text).ok_or_else(|| {
                Refusal::parameter(name, format!("cannot parse {text:?} to a valid timestamp"))
            })
        };
        self.get(name).map(read).transpose()
    }

    /// Reads an instant that is required.
    fn needed_instant(&self, name: &str) -> Result<i64, Refusal> {
        let missing = || Refusal::parameter(name, "cannot parse \"\" to a valid timestamp");
        self.instant(name)?.ok_or_else(missing)
    }

    /// Reads the most series that an answer may have; none means all.
    pub(super) fn limit(&self) -> Result<Option<usize>, Refusal> {
        let Some(text) = self.get("limit") else { return Ok(None) };
        match text.parse::<i64>() {
            Ok(limit) if limit >= 0 => Ok(usize::try_from(limit).ok().filter(|limit| *limit > 0)),
            _ => Err(Refusal::parameter("limit", "limit must be non-negative")),
        }
    }

    /// Reads the query itself.
    pub(super) fn query(&self) -> Result<Query, Refusal> {
        let read = Query::read(self.get("query").unwrap_or_default());
        read.map_err(|error| match error {
            ozg_promql::Error::BadData(why) => Refusal::parameter("query", why),
            other => other.into(),
        })
    }

    /// Reads the selectors of `match[]`.
    pub(super) fn selectors(&self) -> Result<Vec<Vec<Matcher>>, Refusal> {
        let given: Vec<_> = self.given.iter().filter(|(name, _)| name == "match[]").collect();
        if given.len() > SELECTORS_MAX {
            return Err(Refusal::parameter("match[]", format!("at most {SELECTORS_MAX} selectors")));
        }
        let read = |(_, text): &(String, String)| {
            parse_selector(text).map_err(|error| Refusal::parameter("match[]", error))
        };
        given.into_iter().map(read).collect()
    }

    /// Returns the instant of the query; now if it names none.
    pub(super) fn at(&self) -> Result<Asked, Refusal> {
        Ok(Asked::instant(self.instant("time")?.unwrap_or_else(|| self.now_ms())))
    }

    /// Returns now, moved into today's date in Berlin: for an hour or two after midnight that day has not begun in UTC.
    fn now_ms(&self) -> i64 {
        let midnight = i64::from(since_1970(self.site.today())) * DAY_MS;
        self.site.now_ms().max(midnight)
    }

    /// Reads the instants of a span.
    pub(super) fn span(&self) -> Result<Asked, Refusal> {
        let (start, end) = (self.needed_instant("start")?, self.needed_instant("end")?);
        if end < start {
            return Err(Refusal::parameter("end", "end timestamp must not be before start time"));
        }
        let step = duration_ms(self.get("step").unwrap_or_default());
        let step = step.map_err(|why| Refusal::parameter("step", why))?;
        if step <= 0 {
            let why =
                "zero or negative query resolution step widths are not accepted. Try a positive integer";
            return Err(Refusal::parameter("step", why));
        }
        let most = i64::try_from(ozg_promql::POINTS_MAX).unwrap_or(i64::MAX);
        if end.saturating_sub(start) / step > most {
            return Err(Refusal::bad(
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)",
            ));
        }
        Ok(Asked::span(start, end, step))
    }

    /// Reads the first and the last instant of a search for series. Without them the search covers everything.
    pub(super) fn search(&self) -> Result<(i64, i64), Refusal> {
        let start = self.instant("start")?.unwrap_or(i64::MIN);
        let end = self.instant("end")?.unwrap_or(i64::MAX);
        Ok((start, end))
    }
}

fn instant_ms(text: &str) -> Option<i64> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds.abs() <= SECONDS_MAX =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "bounded before")]
            Some((seconds * 1_000.0).round() as i64)
        }
        Ok(_) => None,
        // In an address a plus sign has become a blank.
        Err(_) => read_rfc3339(&text.replace(' ', "+")),
    }
}

fn duration_ms(text: &str) -> Result<i64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds.abs() <= SECONDS_MAX =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "bounded before")]
            Ok((seconds * 1_000.0) as i64)
        }
        Ok(_) => Err(format!("cannot parse {text:?} to a valid duration. It overflows int64")),
        Err(_) => parse_duration_ms(text).ok_or_else(|| format!("cannot parse {text:?} to a valid duration")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_durations_are_read_as_prometheus_does() {
        assert_eq!(instant_ms("1700000000.5"), Some(1_700_000_000_500));
        assert_eq!(instant_ms("2023-11-14T22:13:20Z"), Some(1_700_000_000_000));
        assert_eq!(instant_ms("2023-11-14T23:13:20 01:00"), Some(1_700_000_000_000));
        assert_eq!((instant_ms("yesterday"), instant_ms("1e300"), instant_ms("NaN")), (None, None, None));
        assert_eq!(
            (duration_ms("1d"), duration_ms("60"), duration_ms("0.5")),
            (Ok(86_400_000), Ok(60_000), Ok(500))
        );
        assert!(duration_ms("").is_err() && duration_ms("1e300").is_err());
    }
}
