//! Every example of the docs is run or read: commands by the real binary; events, sheets and answers by the readers of the
//! tracker.

use super::command::Place;
use super::console::{examples, fits};
use super::{Block, DOCS, blocks, read};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn commands_say_what_the_texts_show() {
    let texts = DOCS.into_iter().map(|path| (path, blocks(&read(path))));
    let texts: Vec<_> =
        texts.filter(|(_, blocks)| blocks.iter().any(|block| block.language == "console")).collect();
    assert!(texts.len() >= 4, "README, manual, api and operating have examples");
    let wrong = std::thread::scope(|scope| {
        let runs: Vec<_> = texts.iter().map(|(path, blocks)| scope.spawn(|| run(path, blocks))).collect();
        runs.into_iter()
            .flat_map(|run| run.join().expect("a text is run to its end"))
            .collect::<Vec<String>>()
    });
    assert!(wrong.is_empty(), "{} examples:\n\n{}", wrong.len(), wrong.join("\n"));
}

/// Runs the examples of a text one after the other, in one folder, beside one demo server.
fn run(path: &str, blocks: &[Block]) -> Vec<String> {
    let mut place = Place::new();
    let mut wrong = Vec::new();
    for block in blocks {
        if !block.file.is_empty() {
            place.write(&block.file, &block.text);
        }
        if block.language != "console" {
            continue;
        }
        for example in examples(&block.text) {
            let (output, is_fine) = place.run(&example.command);
            let lines: Vec<&str> = output.trim_end().lines().collect();
            if !is_fine || !(example.said.is_empty() || fits(&example.said, &lines)) {
                let line = block.line + 1 + example.line;
                wrong.push(format!("{path}:{line}: $ {}\nfails: {}\n{output}", example.command, !is_fine));
            }
        }
    }
    wrong
}

#[test]
fn json_is_what_it_claims_to_be() {
    for path in DOCS {
        for block in blocks(&read(path)).iter().filter(|block| block.language == "json") {
            let at = format!("{path}:{}", block.line);
            let value: Value =
                serde_json::from_str(&block.text).unwrap_or_else(|error| panic!("{at}: {error}"));
            let first = value.get(0).unwrap_or(&value);
            if first["status"].is_number() {
                is_problem(&at, &value);
            } else if first["type"].is_string() {
                can_be_read(&at, block);
            }
        }
    }
}

#[test]
fn sheets_and_events_can_be_read() {
    let languages = ["csv", "ndjson"];
    for path in DOCS {
        for block in blocks(&read(path)).iter().filter(|block| languages.contains(&block.language.as_str())) {
            // What a mistake is shown with has the word in its name.
            if !block.file.contains("fehler") {
                can_be_read(&format!("{path}:{}", block.line), block);
            }
        }
    }
}

#[test]
fn no_example_is_of_a_kind_that_nobody_checks() {
    let checked = ["console", "json", "ndjson", "csv"];
    let shown = ["sh", "ini", "yaml", "nginx", "r", "python", ""];
    for path in DOCS {
        for block in blocks(&read(path)) {
            let language = block.language.as_str();
            assert!(
                checked.contains(&language) || shown.contains(&language),
                "{path}:{}: {language}",
                block.line
            );
        }
    }
}

fn can_be_read(at: &str, block: &Block) {
    let read = ozg_formats::input::read_drafts(block.text.as_bytes(), None, None);
    let drafts = read.unwrap_or_else(|mistakes| panic!("{at}: {mistakes:#?}"));
    assert!(!drafts.is_empty(), "{at}");
}

/// Checks that a problem and its codes exist.
fn is_problem(at: &str, value: &Value) {
    let slug = value["type"].as_str().unwrap_or_default().trim_start_matches("/problems/");
    let row = ozg_http::PROBLEMS.iter().find(|row| row.slug == slug);
    let row = row.unwrap_or_else(|| panic!("{at}: there is no problem {slug}"));
    assert_eq!(value["status"], row.status, "{at}");
    assert_eq!(value["title"], row.title.en, "{at}");
    let known: BTreeSet<&str> = ozg_core::mistake::Code::ALL.iter().map(|code| code.as_str()).collect();
    for error in value["errors"].as_array().into_iter().flatten() {
        assert!(error["code"].as_str().is_some_and(|code| known.contains(code)), "{at}: {error}");
    }
}
