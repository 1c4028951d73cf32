//! The addresses of the lists: each list with and without the ending `.json`, as CSV, and each one of it.

use super::list::List;
use super::{LISTS, all, one};
use crate::address::Gives;
use crate::described::{self, DescribedParameter, cached_rows};
use crate::finding::news;
use crate::route::Route;

/// Lists the addresses of all lists.
pub(crate) fn routes() -> impl Iterator<Item = Route> {
    LISTS.iter().flat_map(of_list)
}

fn of_list(list: &'static List) -> [Route; 4] {
    let List { name, schema, one_schema, doc, .. } = list;
    let row = |ending: &str, name_of_ending: &str, doc: String, made: Gives| {
        Route::read(
            format!("/v1/{name}{ending}"),
            (format!("list{schema}{name_of_ending}"), doc),
            move || cached_rows(list.parameters),
            &[made],
            if list.can_be_beyond_head() { &[304, 404] } else { &[304] },
            move || all(list, matches!(made, Gives::Text(_))),
        )
    };
    let feed = list.has_feed.then_some(Gives::Text("application/atom+xml"));
    let gives: Vec<Gives> = std::iter::once(Gives::Json(one_schema)).chain(feed).collect();
    [
        row("", "", doc.to_string(), Gives::Json(schema)),
        row(".json", "Json", doc.to_string(), Gives::Json(schema)),
        row(".csv", "Csv", format!("{doc}, as CSV"), Gives::Text("text/csv")),
        Route::read(
            format!("/v1/{name}/{{id}}"),
            (format!("read{one_schema}"), list.one_doc),
            move || of_one(list),
            &gives,
            &[304, 404],
            move || one(list),
        ),
    ]
}

/// Lists the parameters of one of a list; of one with a feed also those of the feed.
fn of_one(list: &List) -> Vec<DescribedParameter> {
    let of_feed = list.has_feed.then(|| described::rows(&news::PARAMETERS));
    described::one(list.example).into_iter().chain(of_feed.into_iter().flatten()).collect()
}
