//! The architecture as rules: which crate may depend on which, which names belong to one crate, and the form of files.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which crate of the house depends on which: these and no others. ARCHITECTURE.md has the same lines.
const KNOWS: [(&str, &[&str]); 9] = [
    ("ozg", &["ozg-core", "ozg-formats", "ozg-http", "ozg-log", "ozg-tracker"]),
    ("ozg-http", &["ozg-core", "ozg-formats", "ozg-pages", "ozg-promql", "ozg-tracker"]),
    ("ozg-pages", &["ozg-core", "ozg-formats"]),
    ("ozg-formats", &["ozg-core"]),
    ("ozg-tracker", &["ozg-core", "ozg-log"]),
    ("ozg-dashboards", &["ozg-core"]),
    ("ozg-core", &[]),
    ("ozg-log", &[]),
    ("ozg-promql", &[]),
];
/// The rooms of ozg-core from the ground up: a room knows those before it, and those of its own floor.
const ROOMS: [&[&str]; 14] = [
    &["words", "mistake", "remarked", "time"],
    &["held"],
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
/// Which crates name a library of others that has one place: these and no others.
const ONLY: [(&str, &[&str]); 7] = [
    ("redb", &["ozg-log"]),
    ("axum", &["ozg-http"]),
    ("clap", &["ozg"]),
    ("reqwest", &["ozg"]),
    ("maud", &["ozg-pages"]),
    ("promql-parser", &["ozg-promql"]),
    ("prometheus", &["ozg-http"]),
];
/// Crates whose functions depend on their arguments only.
const PURE: [&str; 5] = ["ozg-core", "ozg-formats", "ozg-promql", "ozg-pages", "ozg-dashboards"];
/// Libraries that no pure crate depends on.
const IMPURE_CRATES: [&str; 6] = ["tokio", "getrandom", "rand", "tempfile", "hyper", "tracing"];
/// What the sources of no pure crate name: files, network, environment, processes, threads, the clock.
const IMPURE_PATHS: [&str; 7] =
    ["std::fs", "std::net", "std::env::", "std::process", "std::thread", "SystemTime::now", "Instant::now"];
/// Crates that touch the disk and not the network, and what of the network they could name.
const NO_NETWORK: [&str; 2] = ["ozg-log", "ozg-tracker"];
const NETWORK_PATHS: [&str; 3] = ["std::net", "tokio::net", "std::os::unix::net"];
/// A file that looks for paths of machines itself.
const LOOKS_FOR_PATHS: &str = "tests/docs/links.rs";
/// Longest file, in lines.
const LINES_MAX: usize = 400;

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

/// Lists what some crates name of what they may not, in the form `file names word`.
fn named(crates: &[&str], words: &[&str]) -> Vec<String> {
    let of_one = |file: &str| crates.iter().any(|name| file.starts_with(&format!("crates/{name}/src/")));
    let sources = files("rs").into_iter().filter(|(file, _)| of_one(file));
    sources
        .flat_map(|(file, text)| {
            let found = words.iter().filter(move |word| text.contains(**word));
            found.map(move |word| format!("{file} names {word}")).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn crates_know_exactly_those_that_are_listed() {
    let own = |dependencies: &[(String, String)]| {
        let own = dependencies.iter().filter(|(other, kind)| other.starts_with("ozg") && kind != "dev");
        own.map(|(other, _)| other.clone()).collect::<BTreeSet<_>>()
    };
    let found: BTreeMap<String, BTreeSet<String>> =
        crates().iter().map(|(name, dependencies)| (name.clone(), own(dependencies))).collect();
    let listed =
        KNOWS.map(|(name, known)| (name.to_owned(), known.iter().map(ToString::to_string).collect()));
    assert_eq!(found, BTreeMap::from(listed));
    for (name, known) in KNOWS {
        for other in known {
            let path = format!("{}::", other.replace('-', "_"));
            assert!(!named(&[name], &[&path]).is_empty(), "{name} depends on {other} and does not use it");
        }
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
fn the_architecture_lists_what_each_crate_knows() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for (name, known) in KNOWS {
        let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
        let line = format!("{name:<15}→ {known}\n");
        assert!(text.contains(&line), "ARCHITECTURE.md lacks the line\n{line}");
    }
    assert!(
        text.contains(&format!("no file over {LINES_MAX} lines")),
        "ARCHITECTURE.md names another length"
    );
    let contributing = std::fs::read_to_string(root().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    assert!(
        contributing.contains(&format!("no more than {LINES_MAX}")),
        "CONTRIBUTING.md names another length"
    );
}

/// Lists what stands in code spans of a text.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with("```")).flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn the_architecture_names_files_and_words_that_exist() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let sources = files("rs");
    let is_file = |name: &str| sources.iter().any(|(file, _)| file.ends_with(&format!("/{name}")));
    let is_type = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|first| first.is_ascii_uppercase())
            && letters.any(|letter| letter.is_ascii_lowercase())
            && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == ':' || letter == '_')
    };
    let is_word = |word: &str| {
        word.split("::")
            .all(|word| sources.iter().any(|(file, text)| file.starts_with("crates/") && text.contains(word)))
    };
    let wrong: Vec<&str> = code_spans(&text)
        .filter(|span| {
            let is_name_of_file = span.ends_with(".rs") && !span.contains(['{', ' ']);
            is_name_of_file && !is_file(span) && !root().join(span).exists()
                || is_type(span) && !is_word(span)
        })
        .collect();
    assert!(wrong.is_empty(), "ARCHITECTURE.md names what does not exist: {wrong:?}");
}

#[test]
fn some_libraries_are_named_in_one_place_only() {
    let crates = crates();
    for (foreign, places) in ONLY {
        // What tests and benches compare with is not part of the house.
        let names = |dependencies: &[(String, String)]| {
            dependencies.iter().any(|(other, kind)| other == foreign && kind != "dev")
        };
        let found: Vec<&String> =
            crates.iter().filter(|(_, dependencies)| names(dependencies)).map(|(name, _)| name).collect();
        assert_eq!(found, places, "who names {foreign}");
    }
}

#[test]
fn pure_crates_touch_nothing_and_the_log_no_network() {
    for name in PURE {
        let touched = crates()[name]
            .iter()
            .any(|(other, kind)| IMPURE_CRATES.contains(&other.as_str()) && kind != "dev");
        assert!(!touched, "{name} depends on one of {IMPURE_CRATES:?}");
    }
    assert_eq!(named(&PURE, &IMPURE_PATHS), Vec::<String>::new());
    assert_eq!(named(&NO_NETWORK, &NETWORK_PATHS), Vec::<String>::new());
}

#[test]
fn one_version_of_rust_is_pinned_and_named() {
    let read = |name: &str| std::fs::read_to_string(root().join(name)).expect(name);
    let toolchain = read("rust-toolchain.toml");
    let pinned = toolchain.split("channel = \"").nth(1).and_then(|rest| rest.split('"').next());
    let pinned = pinned.expect("a channel");
    let tried = format!("rust-version = \"{}\"\n", pinned.rsplit_once('.').expect("three numbers").0);
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        assert!(read(manifest).contains(&tried), "{manifest} does not say {tried}");
    }
    assert!(
        read("CONTRIBUTING.md").contains(&format!("Rust {pinned}")),
        "CONTRIBUTING.md does not name {pinned}"
    );
}

#[test]
fn every_file_says_first_what_it_is() {
    for (name, text) in files("rs") {
        assert!(text.starts_with("//! "), "{name} does not begin with //!");
    }
}

#[test]
fn files_are_short_and_finished() {
    // Put together at compile time, so that this file does not contain the words that it looks for.
    let unfinished = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!(")];
    let machines =
        [concat!("/", "work/"), concat!("/", "home/"), concat!("/", "root/"), concat!("/", "Users/")];
    let mut wrong = Vec::new();
    for (name, text) in files("rs").into_iter().chain(files("toml")) {
        let lines = text.lines().count();
        if lines > LINES_MAX {
            wrong.push(format!(
                "{name} has {lines} lines, {LINES_MAX} are allowed: move a part into a file of its own"
            ));
        }
        let paths = machines.iter().filter(|_| name != LOOKS_FOR_PATHS);
        for word in unfinished.iter().chain(paths).filter(|word| text.contains(**word)) {
            wrong.push(format!("{name} has {word}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
