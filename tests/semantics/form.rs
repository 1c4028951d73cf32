//! The form of the worked examples, as the head of `examples.md` explains it: what was said, what became of it, what is
//! asked, what is answered.

use crate::docs::blocks;
use ozg_core::words::Day;

/// The office that says what no office is named for.
pub(super) const OFFICE: &str = "redaktion";

/// A worked example.
#[derive(Debug)]
pub(super) struct Example {
    /// `S01`.
    pub(super) id: String,
    /// The rules that it shows, as the brackets of its heading name them.
    pub(super) rules: Vec<String>,
    /// What happens, in order.
    pub(super) steps: Vec<Step>,
}

/// What happens in an example.
#[derive(Debug)]
pub(super) enum Step {
    /// An office gets its rights: its id and its options, each with its words.
    Office(String, Vec<(String, Vec<String>)>),
    /// A batch is recorded.
    Batch(Batch),
    /// A question is asked.
    Question(Question),
}

/// A batch of statements.
#[derive(Debug)]
pub(super) struct Batch {
    /// Its line in the file.
    pub(super) line: usize,
    /// The day on which it is recorded.
    pub(super) day: Day,
    /// The office that records it.
    pub(super) office: String,
    /// Its statements, each as JSON.
    pub(super) statements: Vec<String>,
    /// Status and outcomes, or codes; empty where it is recorded without further ado.
    pub(super) outcome: String,
}

/// A question with its answer.
#[derive(Debug)]
pub(super) struct Question {
    /// Its line in the file.
    pub(super) line: usize,
    /// Path and parameters that are asked for.
    pub(super) path: String,
    /// What stands below it: the answer.
    pub(super) answer: Vec<String>,
    /// Status and code (or address) of a refusal.
    pub(super) refusal: String,
    /// What else holds of the answer.
    pub(super) promises: Vec<String>,
}

/// Reads all examples: the world that each begins with, and the examples in the order of the file.
pub(super) fn read(text: &str) -> (Vec<Step>, Vec<Example>) {
    let (mut world, mut examples) = (Vec::new(), Vec::new());
    let lines: Vec<&str> = text.lines().collect();
    for block in blocks(text) {
        match block.language.as_str() {
            "world" => world = steps(&block.text, block.line),
            "case" => {
                let heading = lines[..block.line].iter().rev().find_map(|line| line.strip_prefix("### "));
                let (id, rules) = heading.and_then(named).expect("a heading with id and rules");
                examples.push(Example { id, rules, steps: steps(&block.text, block.line) });
            }
            _ => {}
        }
    }
    assert!(!world.is_empty(), "the examples have a world");
    (world, examples)
}

/// Reads `S01 · [2, 3] title`.
fn named(heading: &str) -> Option<(String, Vec<String>)> {
    let (id, rest) = heading.split_once(" · [")?;
    let (rules, _) = rest.split_once("] ")?;
    Some((id.to_owned(), rules.split(", ").map(str::to_owned).collect()))
}

fn steps(text: &str, fence: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    for (line, text) in (fence + 1..).zip(text.lines()) {
        take(&mut steps, line, text)
            .unwrap_or_else(|| panic!("line {line} of the examples has not their form: {text}"));
    }
    steps
}

/// Takes in one line; nothing where it has no place there.
fn take(steps: &mut Vec<Step>, line: usize, text: &str) -> Option<()> {
    if let Some(batch) = text.strip_prefix('@') {
        let (day, office) = batch.split_once(' ').unwrap_or((batch, OFFICE));
        let (day, office) = (Day::read(day).ok()?, office.to_owned());
        steps.push(Step::Batch(Batch { line, day, office, statements: Vec::new(), outcome: String::new() }));
        return Some(());
    }
    if let Some(path) = text.strip_prefix("? ") {
        let (answer, promises) = (Vec::new(), Vec::new());
        steps.push(Step::Question(Question {
            line,
            path: whole(path),
            answer,
            refusal: String::new(),
            promises,
        }));
        return Some(());
    }
    if let Some(office) = text.strip_prefix("office ") {
        let mut parts = office.split(" --");
        let id = parts.next()?.to_owned();
        steps.push(Step::Office(id, parts.map(option).collect::<Option<_>>()?));
        return Some(());
    }
    match steps.last_mut()? {
        Step::Batch(batch) if text.starts_with('{') => batch.statements.push(text.to_owned()),
        Step::Batch(batch) => batch.outcome = text.strip_prefix("=> ")?.to_owned(),
        Step::Question(question) => match text.split_at_checked(2) {
            Some(("! ", refusal)) => question.refusal = refusal.to_owned(),
            Some(("> ", promise)) => question.promises.push(promise.to_owned()),
            _ => question.answer.push(text.to_owned()),
        },
        Step::Office(..) => return None,
    }
    Some(())
}

/// Makes the path of a question: that of a series as CSV, but where it is a path already.
fn whole(question: &str) -> String {
    if question.starts_with('/') {
        return question.to_owned();
    }
    let (measure, parameters) = question.split_once('?').expect("a question has parameters");
    format!("/v1/series/{measure}.csv?{parameters}")
}

/// Reads `areas BB,SH`.
fn option(text: &str) -> Option<(String, Vec<String>)> {
    let (name, words) = text.split_once(' ')?;
    Some((name.to_owned(), words.split(',').map(str::to_owned).collect()))
}
