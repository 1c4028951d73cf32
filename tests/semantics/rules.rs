//! docs/semantics.md: every rule that holds names tests that exist, and no rule that does not hold yet claims one.

use super::examples::{EXAMPLES, not_yet};
use super::form;
use crate::docs::read;
use std::collections::{BTreeMap, BTreeSet};

/// The rules.
const RULES: &str = "docs/semantics.md";

/// What a rule is so far.
#[derive(Debug, Default)]
pub(super) struct Rule {
    /// Whether it says what the program does.
    holds: bool,
    /// Whether it says what the program does not do yet.
    waits: bool,
}

/// Reads the rules by their numbers. Plain text holds; what is quoted does not yet.
pub(super) fn rules() -> BTreeMap<String, Rule> {
    let text = read(RULES);
    let mut rules: BTreeMap<String, Rule> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            let (number, _) = heading.split_once(". ").expect("the heading of a rule has its number");
            assert!(
                rules.insert(number.to_owned(), Rule::default()).is_none(),
                "there are two rules {number}"
            );
            current = Some(number.to_owned());
        } else if line.starts_with("## ") {
            current = None;
        } else if let Some(rule) = current.as_ref().and_then(|number| rules.get_mut(number)) {
            rule.waits |= line.starts_with('>');
            rule.holds |= !line.is_empty() && !line.starts_with('>');
        }
    }
    rules
}

/// Reads the table of tests: the number of a rule, a file, and the functions there.
fn tests() -> Vec<(String, String, Vec<String>)> {
    let text = read(RULES);
    let (_, table) = text.split_once("\n## Tests of the rules\n").expect("a table of tests");
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, file, functions] = cells[..] else {
            panic!("a row has a rule, a file, functions: {line}")
        };
        let functions = functions.split(", ").map(|name| name.trim_matches('`').to_owned());
        (number.to_owned(), file.trim_matches('`').to_owned(), functions.collect())
    };
    rows.map(row).collect()
}

#[test]
fn each_rule_that_holds_names_its_tests_and_no_other_does() {
    let tests = tests();
    let mut wrong = Vec::new();
    for (number, rule) in rules() {
        let has_test = tests.iter().any(|(of, _, functions)| *of == number && !functions.is_empty());
        match (rule.holds, has_test) {
            (true, false) => wrong.push(format!("rule {number} holds, but no test of it is named")),
            (false, true) => {
                wrong.push(format!("rule {number} does not hold yet, but a test of it is named"));
            }
            _ => {}
        }
        if !rule.holds && !rule.waits {
            wrong.push(format!("rule {number} says nothing"));
        }
    }
    let known = rules();
    let foreign = tests.iter().filter(|(number, ..)| !known.contains_key(number));
    wrong.extend(
        foreign.map(|(number, ..)| format!("the table of tests names rule {number}, which does not exist")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_quoted_says_first_that_it_does_not_hold_yet() {
    let text = read(RULES);
    let lines: Vec<&str> = text.lines().collect();
    let begins = |pair: &&[&str]| pair[1].starts_with('>') && !pair[0].starts_with('>');
    let mut quoted = lines.windows(2).filter(begins).map(|pair| pair[1]).peekable();
    assert!(quoted.peek().is_some(), "everything holds: this test has done its work");
    let wrong: Vec<&str> = quoted.filter(|line| !line.starts_with("> **Not yet.** ")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tests_that_rules_name_exist() {
    let mut wrong = Vec::new();
    for (number, file, functions) in tests() {
        let text = read(&file);
        let found: BTreeSet<&str> = test_functions(&text).collect();
        let missing = functions.iter().filter(|name| !found.contains(name.as_str()));
        wrong.extend(missing.map(|name| format!("rule {number}: {file} has no test {name}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lists the test functions of a file: those that an attribute stands above which is `test` or ends in it.
fn test_functions(text: &str) -> impl Iterator<Item = &str> {
    let mut is_test = false;
    text.lines().filter_map(move |line| {
        let line = line.trim_start();
        if line.starts_with("#[") {
            is_test |= line.contains("test]") || line.contains("test(");
            return None;
        }
        let (_, name) = line.split_once("fn ").filter(|_| std::mem::take(&mut is_test))?;
        name.split('(').next()
    })
}

#[test]
fn examples_show_rules_that_exist_and_wait_for_parts_that_do_not_hold_yet() {
    let rules = rules();
    let (_, examples) = form::read(&read(EXAMPLES));
    let mut wrong = Vec::new();
    for example in &examples {
        let unknown = example.rules.iter().filter(|rule| !rules.contains_key(*rule));
        wrong.extend(unknown.map(|rule| format!("{} shows rule {rule}, which does not exist", example.id)));
    }
    for (id, waits_for) in not_yet() {
        let shown = examples.iter().find(|example| example.id == id).map(|example| &example.rules);
        for rule in waits_for {
            if !shown.is_some_and(|shown| shown.contains(&rule)) {
                wrong.push(format!("{id} waits for rule {rule}, which it does not show"));
            }
            if !rules.get(&rule).is_some_and(|rule| rule.waits) {
                wrong.push(format!("{id} waits for rule {rule}, all of which holds"));
            }
        }
    }
    let ids: BTreeSet<&String> = examples.iter().map(|example| &example.id).collect();
    assert_eq!(ids.len(), examples.len(), "two examples have one id");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
