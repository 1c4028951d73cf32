//! The docs against the code: tables equal the tables in the code, examples run against the real command, the worked example
//! of the two clocks is replayed, links resolve. `UPDATE_DOCS=1` rewrites the tables.

mod books;
mod clocks;
mod command;
mod console;
mod examples;
mod inputs;
mod limits;
mod links;
mod marks;
mod measures;
mod questions;
mod reference;
mod tables;

use std::path::{Path, PathBuf};

/// Returns the folder of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the folder of the repository")
}

/// Reads a file of the repository.
pub(crate) fn read(path: &str) -> String {
    let text = std::fs::read_to_string(root().join(path));
    text.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The texts that are documentation for users, in the order in which one reads them.
pub(crate) const DOCS: [&str; 11] = [
    "README.md",
    "docs/manual.md",
    "docs/api.md",
    "docs/measures.md",
    "docs/time.md",
    "docs/semantics.md",
    "docs/operating.md",
    "docs/demo.md",
    "docs/questions.md",
    "docs/decisions.md",
    "ARCHITECTURE.md",
];

/// A fenced block of a text.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The line of its fence, counted from 1.
    pub(crate) line: usize,
    /// First word of its fence: the language.
    pub(crate) language: String,
    /// Second word of its fence: the name of the file that it stands for, empty for none.
    pub(crate) file: String,
    /// Its lines.
    pub(crate) text: String,
}

/// Lists the fenced blocks of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => {
                let (language, file) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
                let (language, file) = (language.to_owned(), file.trim().to_owned());
                open = Some(Block { line: index + 1, language, file, text: String::new() });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fenced block is not closed: {open:?}");
    blocks
}
