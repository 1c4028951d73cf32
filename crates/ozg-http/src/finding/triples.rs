//! A small graph of triples and its two forms: JSON-LD and Turtle. Names are prefixed (`dcat:Dataset`), resources are IRIs.

use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The object of a triple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Object {
    /// Another resource, by its IRI.
    Iri(String),
    /// A resource of a vocabulary, by its prefixed name.
    Name(&'static str),
    /// A text, perhaps in a language.
    Text(String, Option<&'static str>),
    /// A value of a datatype.
    Typed(String, &'static str),
}

/// A resource with its predicates and objects, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) iri: String,
    pub(super) says: Vec<(&'static str, Object)>,
}

/// The vocabularies and their prefixes.
pub(super) const PREFIXES: [(&str, &str); 9] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("dcatde", "http://dcat-ap.de/def/dcatde/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

impl Node {
    pub(super) fn new(iri: impl Into<String>, class: &'static str) -> Node {
        Node { iri: iri.into(), says: vec![("rdf:type", Object::Name(class))] }
    }

    pub(super) fn say(mut self, predicate: &'static str, object: Object) -> Node {
        self.says.push((predicate, object));
        self
    }

    pub(super) fn iri(self, predicate: &'static str, iri: impl Into<String>) -> Node {
        self.say(predicate, Object::Iri(iri.into()))
    }

    pub(super) fn text(self, predicate: &'static str, text: impl Into<String>) -> Node {
        self.say(predicate, Object::Text(text.into(), None))
    }

    pub(super) fn label(self, predicate: &'static str, label: ozg_core::words::Label) -> Node {
        let de = Object::Text(label.de.to_owned(), Some("de"));
        self.say(predicate, de).say(predicate, Object::Text(label.en.to_owned(), Some("en")))
    }
}

/// Writes a graph as JSON-LD.
pub(super) fn json_ld(graph: &[Node]) -> String {
    let context: Map<String, Value> =
        PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).into())).collect();
    let nodes: Vec<Value> = graph.iter().map(json_node).collect();
    format!("{}\n", json!({ "@context": context, "@graph": nodes }))
}

fn json_node(node: &Node) -> Value {
    let mut object = Map::new();
    object.insert("@id".to_owned(), node.iri.as_str().into());
    for (predicate, value) in &node.says {
        let (name, value) = match (value, *predicate) {
            (Object::Name(class), "rdf:type") => ("@type", Value::from(*class)),
            (Object::Name(name), predicate) => (predicate, json!({ "@id": name })),
            (Object::Iri(iri), predicate) => (predicate, json!({ "@id": iri })),
            (Object::Text(text, None), predicate) => (predicate, json!({ "@value": text })),
            (Object::Text(text, Some(language)), predicate) => {
                (predicate, json!({ "@value": text, "@language": language }))
            }
            (Object::Typed(text, datatype), predicate) => {
                (predicate, json!({ "@value": text, "@type": datatype }))
            }
        };
        match object.get_mut(name) {
            Some(Value::Array(values)) => values.push(value),
            Some(one) => *one = json!([one.take(), value]),
            None => drop(object.insert(name.to_owned(), value)),
        }
    }
    Value::Object(object)
}

/// Writes a graph as Turtle.
pub(super) fn turtle(graph: &[Node]) -> String {
    let mut out = String::new();
    for (prefix, iri) in PREFIXES {
        let _ = writeln!(out, "@prefix {prefix}: <{iri}> .");
    }
    for node in graph {
        let _ = write!(out, "\n<{}>", escaped_iri(&node.iri));
        for (index, (predicate, object)) in node.says.iter().enumerate() {
            let before = if index == 0 { " " } else { " ;\n    " };
            let _ = write!(
                out,
                "{before}{} {}",
                if *predicate == "rdf:type" { "a" } else { predicate },
                term(object)
            );
        }
        out.push_str(" .\n");
    }
    out
}

fn term(object: &Object) -> String {
    match object {
        Object::Iri(iri) => format!("<{}>", escaped_iri(iri)),
        Object::Name(name) => (*name).to_owned(),
        Object::Text(text, None) => quoted(text),
        Object::Text(text, Some(language)) => format!("{}@{language}", quoted(text)),
        Object::Typed(text, datatype) => format!("{}^^{datatype}", quoted(text)),
    }
}

/// Quotes a text as JSON does, which Turtle reads alike.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn escaped_iri(iri: &str) -> String {
    let is_bad = |c: char| c <= ' ' || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\');
    iri.chars().map(|c| if is_bad(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let node = Node::new("http://example.org/a b", "dcat:Dataset")
            .label("dcterms:title", ozg_core::words::Label { de: "Ein „Titel“", en: "A \"title\"" })
            .iri("dcat:theme", "http://example.org/t")
            .say("dcat:startDate", Object::Typed("2024-01-01".to_owned(), "xsd:date"));
        let turtle = turtle(std::slice::from_ref(&node));
        assert!(turtle.ends_with(
            "\n<http://example.org/a%20b> a dcat:Dataset ;\n    dcterms:title \"Ein „Titel“\"@de ;\n    dcterms:title \"A \\\"title\\\"\"@en ;\n    dcat:theme <http://example.org/t> ;\n    dcat:startDate \"2024-01-01\"^^xsd:date .\n"
        ), "{turtle}");
        let json: Value = serde_json::from_str(&json_ld(&[node])).unwrap();
        let node = &json["@graph"][0];
        assert_eq!(node["@type"], "dcat:Dataset");
        assert_eq!(node["dcterms:title"][1], json!({ "@value": "A \"title\"", "@language": "en" }));
        assert_eq!(node["dcat:theme"], json!({ "@id": "http://example.org/t" }));
    }
}
