//! One row of the table of lists, and what lists have in common.

use super::selection::Selection;
use crate::problem::Problem;
use ozg_core::mistake::Fault;
use ozg_core::query::Parameter;
use ozg_core::state::State;
use ozg_core::words::{Day, Position};
use ozg_tracker::Tracker;
use serde_json::{Map, Value, json};
use std::io;
use std::sync::Arc;

/// One row of the table of lists; its addresses, their description and their handlers follow from it.
pub(crate) struct List {
    /// Name, as in its address.
    pub(crate) name: &'static str,
    /// The name of its schema.
    pub(crate) schema: &'static str,
    /// What it lists.
    pub(crate) doc: &'static str,
    /// Columns of the sheet and members of the objects; of a list of things the first is the id.
    pub(crate) columns: &'static [&'static str],
    /// The parameters that it takes.
    pub(crate) parameters: &'static [Parameter<Selection>],
    /// Where its rows come from.
    pub(super) rows: Rows,
    /// The answer about a single thing of the list; `None` for a question, whose rows are no things.
    pub(crate) one: Option<One>,
}

/// The answer about a single thing of a list, such as one service.
pub(crate) struct One {
    /// The name of the schema.
    pub(crate) schema: &'static str,
    /// The description of the answer.
    pub(crate) doc: &'static str,
    /// The id of such a thing, as an example.
    pub(crate) example: &'static str,
    /// Whether each thing has a feed, under its address and `.atom`.
    pub(crate) has_feed: bool,
    /// Describes the thing with an id.
    pub(super) read: fn(&State, &str) -> Result<Value, Fault>,
}

/// Refuses a question that cannot be answered.
pub(super) type Check = fn(&State, &Selection) -> Result<(), Problem>;

/// Where the rows of a list come from.
pub(super) enum Rows {
    /// The things of one kind on a day, such as all services.
    Things(fn(&State, &Selection) -> Vec<Vec<Value>>),
    /// The rows that answer a question. The question may be refused.
    Question {
        /// Refuses a question before anything is computed; `None` where every question has an answer.
        check: Option<Check>,
        /// Answers.
        rows: fn(&Asked) -> Result<Answered, Problem>,
    },
}

/// A question to a list.
pub(super) struct Asked {
    pub(super) tracker: Tracker,
    pub(super) state: Arc<State>,
    pub(super) selection: Selection,
}

/// The rows that answer a question.
pub(super) struct Answered {
    /// The rows, as they are computed.
    pub(super) rows: Box<dyn Iterator<Item = io::Result<Vec<Value>>> + Send>,
    /// The position before which the next page begins, where more follow.
    pub(super) next: Option<Position>,
}

impl Answered {
    /// Makes the answer of rows that are all there.
    pub(super) fn whole(rows: Vec<Vec<Value>>) -> Answered {
        Answered { rows: Box::new(rows.into_iter().map(Ok)), next: None }
    }
}

impl List {
    /// Tells whether it can be asked for a data state, so that it has a permalink.
    pub(crate) fn has_data_states(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == "position")
    }

    /// Tells whether it is read in pages.
    pub(super) fn has_pages(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == "before")
    }

    /// Tells whether it is about a day.
    pub(super) fn is_dated(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == "on")
    }

    /// Lists the things that there are; none of a question.
    pub(super) fn things(&self, state: &State, selection: &Selection) -> Vec<Vec<Value>> {
        match self.rows {
            Rows::Things(rows) => rows(state, selection),
            Rows::Question { .. } => Vec::new(),
        }
    }

    /// Refuses a question that cannot be answered.
    pub(super) fn check(&self, state: &State, selection: &Selection) -> Result<(), Problem> {
        match self.rows {
            Rows::Question { check: Some(check), .. } => check(state, selection),
            Rows::Things(_) | Rows::Question { check: None, .. } => Ok(()),
        }
    }

    pub(super) fn answer(&self, asked: &Asked) -> Result<Answered, Problem> {
        match self.rows {
            Rows::Things(rows) => Ok(Answered::whole(rows(&asked.state, &asked.selection))),
            Rows::Question { rows, .. } => rows(asked),
        }
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
