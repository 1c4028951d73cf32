//! The architecture as rules: which crate may depend on which, which names belong to one crate, and the form of files.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which crate of the house may depend on which; nothing backwards.
const MAY_KNOW: [(&str, &[&str]); 10] = [
    ("ozg-core", &[]),
    ("ozg-formats", &["ozg-core"]),
    ("ozg-promql", &["ozg-core"]),
    ("ozg-log", &[]),
    ("ozg-tracker", &["ozg-core", "ozg-log"]),
    ("ozg-dashboards", &["ozg-core"]),
    ("ozg-pages", &["ozg-core", "ozg-formats"]),
    ("ozg-http", &["ozg-core", "ozg-formats", "ozg-promql", "ozg-pages", "ozg-tracker"]),
    ("ozg", &["ozg-core", "ozg-formats", "ozg-http", "ozg-log", "ozg-tracker"]),
    ("ozg-sim", &["ozg-core"]),
];
/// The rooms of ozg-core from the ground up: a room knows those before it, and those of its own floor.
const ROOMS: [&[&str]; 14] = [
    &["words", "mistake"],
    &["time", "held"],
    &["steps"],
    &["measure"],
    &["event"],
    &["query"],
    &["state"],
    &["asof"],
    &["count"],
    &["lines"],
    &["past"],
    &["series"],
    &["ledger"],
    &["edition"],
];
/// The one file of the core that names tables of rooms above its own: its list of closed words must be whole to compile.
const LISTS_TABLES: &str = "words/lists.rs";
/// What only some crates may name.
const ONLY: [(&str, &[&str]); 7] = [
    ("redb", &["ozg-log"]),
    ("axum", &["ozg-http", "ozg"]),
    ("clap", &["ozg"]),
    ("reqwest", &["ozg"]),
    ("maud", &["ozg-pages"]),
    ("promql-parser", &["ozg-promql"]),
    ("prometheus", &["ozg-http"]),
];
/// What the core may never name: it touches nothing.
const NOT_IN_CORE: [&str; 8] =
    ["tokio", "getrandom", "rand", "tempfile", "reqwest", "hyper", "tracing", "redb"];
/// A file that looks for paths of machines itself.
const LOOKS_FOR_PATHS: &str = "tests/docs/links.rs";
/// Longest file, in lines.
const LINES_MAX: usize = 450;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the folder of the repository")
}

/// Returns the crates of the house, each with its direct dependencies by the kind of each.
fn crates() -> BTreeMap<String, Vec<(String, String)>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("metadata");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependencies = |package: &Value| {
        let all = package["dependencies"].as_array().into_iter().flatten();
        all.map(|dependency| (text(&dependency["name"]), text(&dependency["kind"]))).collect()
    };
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages.map(|package| (text(&package["name"]), dependencies(package))).collect()
}

/// Lists the files of the house with an ending.
fn files(ending: &str) -> Vec<(String, String)> {
    let mut open = vec![root().join("crates"), root().join("tests")];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(&path).expect("a folder").filter_map(|entry| Some(entry.ok()?.path())),
            );
        } else if path.extension().is_some_and(|found| found == ending) {
            let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            found.push((name, std::fs::read_to_string(&path).expect("a text")));
        }
    }
    found.sort();
    found
}

#[test]
fn crates_know_only_what_they_may() {
    for (name, dependencies) in crates() {
        let known = MAY_KNOW.iter().find(|(known, _)| *known == name).map(|(_, may)| *may);
        let may = known.unwrap_or_else(|| panic!("the place of the crate {name} is not told"));
        let own = dependencies.iter().filter(|(other, kind)| other.starts_with("ozg") && kind != "dev");
        let wrong: Vec<&String> =
            own.map(|(other, _)| other).filter(|other| !may.contains(&other.as_str())).collect();
        assert!(wrong.is_empty(), "{name} may not know {wrong:?}");
    }
}

/// Returns the floor of a room of ozg-core.
fn floor(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn rooms_of_the_core_know_only_what_lies_below() {
    let mut wrong = Vec::new();
    for (name, text) in files("rs") {
        let path = name.strip_prefix("crates/ozg-core/src/");
        let Some(path) = path.filter(|path| !["lib.rs", LISTS_TABLES].contains(path)) else {
            continue;
        };
        let room = path.split(['/', '.']).next().unwrap_or_default();
        let own = floor(room).unwrap_or_else(|| panic!("the floor of the room {room} is not told"));
        let named = text
            .split("crate::")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default());
        let above = named.filter(|other| floor(other).is_some_and(|floor| floor > own));
        wrong.extend(above.map(|other| format!("{name} knows {other}, which lies above {room}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn some_crates_are_named_in_one_place_only() {
    for (name, dependencies) in crates() {
        for (foreign, may) in ONLY {
            // What tests and benches compare with is not part of the house.
            let names = dependencies.iter().any(|(other, kind)| other == foreign && kind != "dev");
            assert!(!names || may.contains(&name.as_str()), "{name} names {foreign}");
        }
        if name == "ozg-core" {
            let touches = dependencies.iter().find(|(other, _)| NOT_IN_CORE.contains(&other.as_str()));
            assert_eq!(touches.filter(|(_, kind)| kind != "dev"), None);
        }
    }
}

#[test]
fn every_file_says_first_what_it_is() {
    for (name, text) in files("rs") {
        assert!(text.starts_with("//! "), "{name} does not begin with //!");
    }
}

#[test]
fn files_are_short_and_finished() {
    // Written apart, so that this file does not find itself.
    let unfinished = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!(")];
    let machines =
        [concat!("/", "work/"), concat!("/", "home/"), concat!("/", "root/"), concat!("/", "Users/")];
    let mut wrong = Vec::new();
    for (name, text) in files("rs").into_iter().chain(files("toml")) {
        let lines = text.lines().count();
        if lines > LINES_MAX {
            wrong.push(format!("{name} has {lines} lines"));
        }
        let paths = machines.iter().filter(|_| name != LOOKS_FOR_PATHS);
        for word in unfinished.iter().chain(paths).filter(|word| text.contains(**word)) {
            wrong.push(format!("{name} has {word}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
