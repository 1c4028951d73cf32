//! The worked examples: each in a world of its own. Those that are not yet true stand in a list, each with the rule that
//! it waits for; one that comes true must leave the list.

use super::answers::{differs, outcome_differs};
use super::form::{Batch, Example, Step, read as read_examples};
use super::promises::broken;
use super::world::{World, today};
use crate::docs::read;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The examples.
pub(super) const EXAMPLES: &str = "tests/semantics/examples.md";
/// Those that are not yet true: an id and the rules that it waits for, a line each.
const NOT_YET: &str = "tests/semantics/not-yet.txt";

/// Reads the examples that are not yet true, each with the rules that it waits for.
pub(super) fn not_yet() -> BTreeMap<String, Vec<String>> {
    let text = read(NOT_YET);
    let lines = text.lines().filter(|line| !line.starts_with("--"));
    let waiting = lines.map(|line| line.split_once(' ').expect("an example and its rules"));
    waiting.map(|(id, rules)| (id.to_owned(), rules.split(", ").map(str::to_owned).collect())).collect()
}

#[test]
fn examples_come_out_but_those_that_are_not_yet_true() {
    let (world, examples) = read_examples(&read(EXAMPLES));
    let mut not_yet = not_yet();
    let mut wrong = Vec::new();
    for (example, failures) in examples.iter().zip(run_all(&world, &examples)) {
        match (not_yet.remove(&example.id), failures.is_empty()) {
            (Some(rules), true) => {
                let (id, rules) = (&example.id, rules.join(", "));
                wrong.push(format!("{id} is true now: take it off {NOT_YET}; does all of {rules} hold?"));
            }
            (None, false) => wrong.push(format!("{}\n{}", example.id, failures.join("\n"))),
            (Some(_), false) | (None, true) => {}
        }
    }
    wrong.extend(not_yet.keys().map(|id| format!("{NOT_YET} names {id}, which does not exist")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// Runs all examples side by side; lists what each of them does not keep.
fn run_all(world: &[Step], examples: &[Example]) -> Vec<Vec<String>> {
    let next = AtomicUsize::new(0);
    let found: Vec<Mutex<Vec<String>>> = examples.iter().map(|_| Mutex::default()).collect();
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(example) = examples.get(index) else { return };
            *found[index].lock().unwrap_or_else(PoisonError::into_inner) = run(world, example);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    found.into_iter().map(|failures| failures.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// Lists what does not come out as an example says; what comes after a batch that did not is not asked any more.
fn run(begin: &[Step], example: &Example) -> Vec<String> {
    let mut world = World::new();
    let (mut failures, mut kept) = (Vec::new(), Vec::new());
    for step in begin.iter().chain(&example.steps) {
        match step {
            Step::Office(id, options) => {
                if let Err(why) = world.add_office(id, options) {
                    failures.push(why);
                    return failures;
                }
            }
            Step::Batch(batch) => {
                if let Some(why) = say(&mut world, batch) {
                    failures.push(format!("{EXAMPLES}:{}: {why}", batch.line));
                    return failures;
                }
            }
            Step::Question(question) => {
                let answer = world.get(&question.path);
                let promises =
                    question.promises.iter().filter_map(|promise| broken(promise, &answer, &world));
                let wrong = differs(question, &answer).into_iter().chain(promises);
                failures.extend(
                    wrong.map(|why| format!("{EXAMPLES}:{}: {} {why}", question.line, question.path)),
                );
                if question.promises.iter().any(|promise| promise == "kept") {
                    kept.push((&question.path, answer.text));
                }
            }
        }
    }
    let changed = kept.into_iter().filter(|(path, text)| world.get(path).text != *text);
    failures.extend(changed.map(|(path, _)| format!("{path} has other bytes in the end")));
    failures
}

/// Records a batch; says what became of it where that is not what was to be.
fn say(world: &mut World, batch: &Batch) -> Option<String> {
    if batch.day < today() {
        return world.load(batch).err();
    }
    match world.post(batch) {
        Ok(answer) => outcome_differs(batch, &answer),
        Err(why) => Some(why),
    }
}
