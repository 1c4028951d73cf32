//! A parameter of an address as it is described: its name, its place, and the schema of what it takes.

use ozg_core::query::{LIST_MAX, Parameter, Takes};
use ozg_core::words::Area;
use serde_json::{Value, json};

/// A parameter of an address.
pub(crate) struct DescribedParameter {
    name: &'static str,
    place: &'static str,
    doc: String,
    schema: Value,
    is_required: bool,
}

impl DescribedParameter {
    /// Says that it has to be given.
    pub(crate) fn required(self) -> DescribedParameter {
        DescribedParameter { is_required: true, ..self }
    }

    pub(crate) fn query(name: &'static str, doc: impl Into<String>, schema: Value) -> DescribedParameter {
        DescribedParameter { name, place: "query", doc: doc.into(), schema, is_required: false }
    }

    pub(crate) fn header(name: &'static str, doc: &str, schema: Value) -> DescribedParameter {
        DescribedParameter { name, place: "header", doc: doc.to_owned(), schema, is_required: false }
    }

    pub(crate) fn path(name: &'static str, doc: &str, schema: Value) -> DescribedParameter {
        DescribedParameter { name, place: "path", doc: doc.to_owned(), schema, is_required: false }
    }

    /// Tells whether it stands in the path.
    pub(crate) fn is_of_path(&self) -> bool {
        self.place == "path"
    }

    /// Returns its name, what it is and its schema.
    pub(crate) fn parts(&self) -> (&'static str, &str, &Value) {
        (self.name, &self.doc, &self.schema)
    }

    /// Writes it as OpenAPI does; lists are separated by commas.
    pub(crate) fn json(&self) -> Value {
        let mut parameter = json!({
            "name": self.name,
            "in": self.place,
            "description": self.doc,
            "required": self.place == "path" || self.is_required,
            "schema": self.schema,
        });
        if self.schema["type"] == "array" {
            parameter["style"] = "form".into();
            // A name with brackets is given again for each value.
            parameter["explode"] = self.name.ends_with(']').into();
        }
        parameter
    }
}

/// Those of an answer that is checked with its ETag.
pub(crate) fn cached() -> Vec<DescribedParameter> {
    let doc = "the ETag of the answer that the client has";
    let since = "only where the answer has changed since this instant";
    vec![
        DescribedParameter::header("If-None-Match", doc, json!({ "type": "string" })),
        DescribedParameter::header("If-Modified-Since", since, json!({ "type": "string" })),
    ]
}

/// Those of one of a list.
pub(crate) fn one(example: &str) -> Vec<DescribedParameter> {
    let schema = json!({ "type": "string", "minLength": 1, "examples": [example] });
    with_cached([DescribedParameter::path("id", "which one", schema)])
}

/// Those of an answer that is checked with its ETag, by the rows of a table.
pub(crate) fn cached_rows<T>(table: &[Parameter<T>]) -> Vec<DescribedParameter> {
    with_cached(rows(table))
}

/// Those of the rows of a table.
pub(crate) fn rows<T>(table: &[Parameter<T>]) -> impl Iterator<Item = DescribedParameter> {
    table.iter().map(|row| {
        let described = DescribedParameter::query(row.name, row.doc, schema(row.takes));
        if row.is_required { described.required() } else { described }
    })
}

/// Those of an answer that is checked with its ETag, behind others.
pub(crate) fn with_cached(
    parameters: impl IntoIterator<Item = DescribedParameter>,
) -> Vec<DescribedParameter> {
    parameters.into_iter().chain(cached()).collect()
}

/// A date within the years that the tracker accepts.
const DATE: &str = "^(1949|19[5-9][0-9]|20[0-6][0-9]|207[0-8])(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-Q[1-4]|-H[12]|-W(0[1-9]|[1-4][0-9]|5[0-2]))?$";
const SLUG: &str = "^[a-z0-9_-]{1,64}$";
const SERVICE: &str = "^(ozg:[0-9]{5}|leika:99[0-9]{12}|dienst:[a-z0-9_-]{1,64})$";

/// Returns the schema of the values of a parameter.
pub(crate) fn schema(takes: Takes) -> Value {
    match takes {
        Takes::Word(words) => json!({ "enum": words() }),
        Takes::Date => {
            json!({ "type": "string", "pattern": DATE, "examples": ["2024-06-30", "2024-06", "2024"] })
        }
        Takes::Moment => {
            json!({ "anyOf": [schema(Takes::Date), { "type": "string", "format": "date-time" }] })
        }
        Takes::DataState => {
            let position = schema(Takes::Whole(0, u32::MAX));
            json!({ "anyOf": [position, schema(Takes::Date), { "type": "string", "format": "date-time" }] })
        }
        Takes::Whole(minimum, maximum) => {
            json!({ "type": "integer", "minimum": minimum, "maximum": maximum })
        }
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Slug(None) => json!({ "type": "string", "pattern": SLUG }),
        Takes::Slug(Some(example)) => json!({ "type": "string", "pattern": SLUG, "example": example }),
        Takes::Text(example) => json!({ "type": "string", "example": example }),
        Takes::Service => json!({ "type": "string", "pattern": SERVICE, "examples": ["ozg:10255"] }),
        Takes::Place => any_area("^[a-z]+:[A-Za-z0-9_-]+$"),
        Takes::AreaOrRegion => any_area("^region:[a-z0-9_-]+$"),
        Takes::Several(one) => {
            json!({ "type": "array", "items": schema(*one), "minItems": 1, "maxItems": LIST_MAX })
        }
    }
}

fn any_area(or: &str) -> Value {
    let areas: Vec<&str> = Area::all().map(Area::id).collect();
    json!({ "anyOf": [{ "enum": areas }, { "type": "string", "pattern": or }] })
}
