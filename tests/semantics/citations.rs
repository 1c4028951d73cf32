//! Comments cite rules as `rule 7` or `rules 6, 7 and 10a`; every rule that they cite exists.

use super::rules::rules;
use crate::docs::root;
use std::path::{Path, PathBuf};

#[test]
fn every_rule_that_the_code_cites_exists() {
    let rules = rules();
    let mut wrong = Vec::new();
    let mut found = 0;
    for path in sources() {
        let text = std::fs::read_to_string(&path).expect("a source can be read");
        for number in text.lines().flat_map(cited) {
            found += 1;
            if !rules.contains_key(&number) {
                wrong.push(format!("{} cites rule {number}", path.display()));
            }
        }
    }
    assert!(found > 20, "only {found} citations are found");
    assert!(wrong.is_empty(), "there are no such rules:\n{}", wrong.join("\n"));
}

#[test]
fn citations_are_read_in_every_form() {
    let all = |line: &str| cited(line).join(" ");
    assert_eq!(all("// hold for a day (rule 10a)."), "10a");
    assert_eq!(all("//! Rules 6 to 9: claims"), "6 9");
    assert_eq!(all("/// by its status (rules 22, 23 and 25)"), "22 23 25");
    assert_eq!(all("fn rule_07_the_latest_claims_hold() {"), "7");
    assert_eq!(all("// a rule of 70 lines, an overrule 7, PromQL rules"), "");
}

/// Lists the rules that a line cites.
fn cited(line: &str) -> Vec<String> {
    let lower = line.to_lowercase();
    let mut found: Vec<String> = Vec::new();
    for (at, _) in lower.match_indices("rule") {
        if at > 0 && lower.as_bytes()[at - 1].is_ascii_alphanumeric() {
            continue;
        }
        let rest = &lower[at + "rule".len()..];
        let Some(mut rest) = ["s ", " ", "_"].iter().find_map(|sign| rest.strip_prefix(sign)) else {
            continue;
        };
        while let Some((number, behind)) = number(rest) {
            found.push(number);
            let Some(next) = [", ", " and ", " to "].iter().find_map(|sign| behind.strip_prefix(sign)) else {
                break;
            };
            rest = next;
        }
    }
    found
}

/// Reads the number of a rule, perhaps with a letter, and returns what comes behind it.
fn number(text: &str) -> Option<(String, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, mut behind) = text.split_at(digits);
    let number: u32 = digits.parse().ok()?;
    let letter = behind.chars().next().filter(char::is_ascii_lowercase);
    let letter = letter.filter(|_| !behind.chars().nth(1).is_some_and(char::is_alphanumeric));
    behind = &behind[letter.map_or(0, char::len_utf8)..];
    Some((format!("{number}{}", letter.map(String::from).unwrap_or_default()), behind))
}

/// Lists the sources of the house, this file left out.
fn sources() -> Vec<PathBuf> {
    let mut sources = Vec::new();
    ["crates", "tests"].iter().for_each(|folder| collect(&root().join(folder), &mut sources));
    sources.retain(|path| !path.ends_with("tests/semantics/citations.rs"));
    assert!(sources.len() > 100, "{sources:?}");
    sources
}

fn collect(folder: &Path, sources: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push(path);
        }
    }
}
