//! Examples on a terminal: `$ ` begins a command, `> ` continues it, everything else is its output. A line `...` stands
//! for any lines, `...` within a line for any characters.

/// One command with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// The line of its block, counted from 0.
    pub(crate) line: usize,
    /// The command.
    pub(crate) command: String,
    /// The lines that it says; none where the text does not show them.
    pub(crate) said: Vec<String>,
}

/// Reads the examples of a block.
pub(crate) fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for (line, text) in text.lines().enumerate() {
        match (text.strip_prefix("$ "), examples.last_mut()) {
            (Some(command), _) => {
                examples.push(Example { line, command: command.to_owned(), said: Vec::new() });
            }
            (None, Some(last)) => match text.strip_prefix("> ").filter(|_| last.said.is_empty()) {
                Some(more) => {
                    last.command.push('\n');
                    last.command.push_str(more);
                }
                None => last.said.push(text.to_owned()),
            },
            (None, None) => panic!("an example begins with a command, not with {text:?}"),
        }
    }
    examples
}

/// Tells whether the lines fit the expected ones.
pub(crate) fn fits(expected: &[String], found: &[&str]) -> bool {
    match expected.split_first() {
        None => found.is_empty(),
        Some((first, rest)) if first.trim() == "..." => {
            (0..=found.len()).any(|skip| fits(rest, &found[skip..]))
        }
        Some((first, rest)) => {
            found.split_first().is_some_and(|(line, others)| line_fits(first, line) && fits(rest, others))
        }
    }
}

fn line_fits(expected: &str, found: &str) -> bool {
    let parts: Vec<&str> = expected.trim_end().split("...").collect();
    let found = found.trim_end();
    let [first, between @ .., last] = parts.as_slice() else { return expected.trim_end() == found };
    let Some(mut rest) = found.strip_prefix(first) else { return false };
    for part in between {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[test]
fn examples_are_read_and_compared() {
    let found = examples("$ a \\\n> b\nx ... z\n...\n$ c\n");
    assert_eq!((found[0].command.as_str(), found[0].said.len()), ("a \\\nb", 2));
    assert_eq!((found[1].line, found[1].said.len()), (4, 0));
    assert!(fits(&found[0].said, &["x y z"]) && fits(&found[0].said, &["x y z", "more", "and more"]));
    assert!(!fits(&found[0].said, &["x y"]) && !fits(&found[0].said, &["more", "x y z"]));
    assert!(line_fits("abc", "abc  ") && !line_fits("abc", "abcd") && !line_fits("a...a", "a"));
}
