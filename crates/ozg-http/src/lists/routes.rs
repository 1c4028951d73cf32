//! The addresses of the lists: each list with and without the ending `.json`, as CSV, as XLSX, and each one of it.

use super::form::Form;
use super::list::{List, One};
use super::{LISTS, all, one};
use crate::address::Gives;
use crate::described::{self, DescribedParameter, cached_rows};
use crate::finding::news;
use crate::route::Route;

/// Lists the addresses of all lists.
pub(crate) fn routes() -> impl Iterator<Item = Route> {
    LISTS.iter().flat_map(of_list)
}

fn of_list(list: &'static List) -> Vec<Route> {
    let List { name, schema, doc, .. } = list;
    let row = |ending: &str, name_of_ending: &str, doc: String, form: Form| {
        Route::read(
            format!("/v1/{name}{ending}"),
            (format!("list{schema}{name_of_ending}"), doc),
            move || cached_rows(list.parameters),
            &[form.gives(schema)],
            if list.has_data_states() { &[304, 404] } else { &[304] },
            move || all(list, form),
        )
    };
    let whole = [
        row("", "", doc.to_string(), Form::Json),
        row(".json", "Json", doc.to_string(), Form::Json),
        row(".csv", "Csv", format!("{doc}, as CSV"), Form::Csv),
        row(".xlsx", "Xlsx", format!("{doc}, as XLSX"), Form::Xlsx),
    ];
    whole.into_iter().chain(list.one.as_ref().map(|one| of_one(list, one))).collect()
}

/// Makes the address of one of a list; of one with a feed it is that of the feed, too.
fn of_one(list: &'static List, described: &'static One) -> Route {
    let feed = described.has_feed.then_some(Gives::Text("application/atom+xml"));
    let gives: Vec<Gives> = std::iter::once(Gives::Json(described.schema)).chain(feed).collect();
    Route::read(
        format!("/v1/{}/{{id}}", list.name),
        (format!("read{}", described.schema), described.doc),
        move || parameters_of_one(described),
        &gives,
        &[304, 404],
        move || one(list, described),
    )
}

fn parameters_of_one(described: &One) -> Vec<DescribedParameter> {
    let of_feed = described.has_feed.then(|| described::rows(&news::PARAMETERS));
    described::one(described.example).into_iter().chain(of_feed.into_iter().flatten()).collect()
}
