//! One row of the table of lists, and what lists have in common.

use super::selection::Selection;
use ozg_core::mistake::Fault;
use ozg_core::query::Parameter;
use ozg_core::state::State;
use ozg_core::words::Day;
use serde_json::{Map, Value, json};

/// One row of the table of lists; its addresses, their description and their handlers follow from it.
pub(crate) struct List {
    /// Name, as in its address.
    pub(crate) name: &'static str,
    /// The names of the schemas of the list and of one of it.
    pub(crate) schema: &'static str,
    pub(crate) one_schema: &'static str,
    /// What it lists.
    pub(crate) doc: &'static str,
    /// What an answer about one of it is.
    pub(crate) one_doc: &'static str,
    /// The id of one of it.
    pub(crate) example: &'static str,
    /// Columns of the sheet and members of the objects; the first is the id.
    pub(crate) columns: &'static [&'static str],
    /// The parameters that it takes.
    pub(crate) parameters: &'static [Parameter<Selection>],
    /// Whether each of it has a feed, under its address and `.atom`.
    pub(crate) has_feed: bool,
    /// Lists its rows.
    pub(super) rows: fn(&State, &Selection) -> Vec<Vec<Value>>,
    /// Describes one of it.
    pub(super) one: fn(&State, &str) -> Result<Value, Fault>,
}

impl List {
    /// Tells whether it can be asked for a data state that the log has not reached.
    pub(super) fn can_be_beyond_head(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == "position")
    }

    /// Tells whether it is about a day, so that it has a permalink.
    pub(crate) fn is_dated(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == "on")
    }
}

/// Makes the fault for one that is well named but was never described.
pub(super) fn never_described(id: &dyn std::fmt::Display) -> Fault {
    Fault::say(
        ozg_core::mistake::Code::UnknownService,
        format!("„{id}“ steht in keinem Eintrag"),
        format!("\"{id}\" is in no entry"),
    )
}

/// Writes the statement of a description: its entry, its days, whether it stands.
pub(super) fn dated<T>(state: &State, described: &ozg_core::asof::Described<T>) -> Map<String, Value> {
    let mut object = Map::new();
    object
        .insert("from".to_owned(), json!((described.from != Day::EVER).then(|| described.from.to_string())));
    object.insert("until".to_owned(), json!(described.until.map(|until| until.to_string())));
    object.insert("on".to_owned(), json!(described.on.map(|on| on.to_string())));
    object.insert("stands".to_owned(), described.stands.into());
    object.insert("position".to_owned(), described.position.get().into());
    object.insert("id".to_owned(), json!(state.id_at(described.position).map(|id| id.to_string())));
    object
}
