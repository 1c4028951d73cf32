//! The language of problems that a client prefers, from `Accept-Language` (RFC 9110, 12.5.4).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use ozg_core::words::Language;

/// Returns the preferred language of the two. A client that wants neither gets English; one that sends no header, German.
pub(crate) fn of_headers(headers: &HeaderMap) -> Language {
    let all = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let mut best: Option<(f32, Language)> = None;
    let mut says_something = false;
    for range in all.flat_map(|value| value.split(',')) {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let quality = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), |text| text.trim().parse::<f32>());
        let (tag, quality) = (tag.trim(), quality.unwrap_or(0.0));
        if tag.is_empty() || quality <= 0.0 {
            continue;
        }
        says_something |= tag != "*";
        if let Some(language) = Language::read(tag)
            && best.is_none_or(|(other, _)| quality > other)
        {
            best = Some((quality, language));
        }
    }
    match best {
        Some((_, language)) => language,
        None if says_something => Language::English,
        None => Language::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_language_is_chosen() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().unwrap());
            of_headers(&headers).tag()
        };
        assert_eq!(of_headers(&HeaderMap::new()).tag(), "de");
        let asked = [
            "*",
            "de-AT",
            "en-GB,en;q=0.9,de;q=0.1",
            "en;q=0.1, de",
            "fr, *;q=0.1",
            "en;q=0",
            "de;q=x,en;q=0.2",
        ];
        assert_eq!(asked.map(of), ["de", "de", "en", "de", "en", "de", "en"]);
    }
}
