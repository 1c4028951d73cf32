//! The manual describes every command with every argument, and every value that is scraped is in docs/operating.md.

use super::command::Place;
use super::read;
use std::collections::BTreeSet;

/// Commands below others.
const FAMILIES: [&str; 3] = ["log", "office", "record"];

#[test]
fn every_command_and_argument_is_in_the_manual() {
    let mut place = Place::new();
    let text = read("docs/manual.md");
    let reference = text.split_once("\n## Commands\n").expect("the manual has a part about commands").1;
    let mut missing = Vec::new();
    for command in commands(&mut place, "ozg") {
        let family = command.split(' ').nth(1).unwrap_or_default();
        let section = section(reference, family);
        if section.is_empty() {
            missing.push(command);
            continue;
        }
        // The types of events and the parameters of series and lists have tables of their own.
        if family == "record" {
            continue;
        }
        let help = place.run(&format!("{command} --help")).0;
        let known = ["--help", "--data", "--server", "--token", "--office", "--version"];
        for option in options(&help).into_iter().filter(|option| !known.contains(&option.as_str())) {
            let name = option.trim_start_matches('-').replace('-', "_");
            let is_parameter = ozg_core::query::PARAMETERS.iter().any(|row| row.name == name);
            let is_of_list = ozg_http::list_parameters(family).any(|known| known.name == name);
            let has_table = (family == "series" && is_parameter) || is_of_list;
            if !has_table && !section.contains(&option) {
                missing.push(format!("{command} {option}"));
            }
        }
        if command.split(' ').count() > 2 && !section.contains(&command) {
            missing.push(command);
        }
    }
    assert!(missing.is_empty(), "docs/manual.md says nothing of {missing:#?}");
}

/// Lists the commands that the help names.
fn commands(place: &mut Place, command: &str) -> Vec<String> {
    let help = place.run(&format!("{command} --help")).0;
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let names = listed.take_while(|line| !line.is_empty() && !line.ends_with(':')).filter_map(|line| {
        let name = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?;
        name.split_whitespace().next()
    });
    let names: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    assert!(!names.is_empty(), "{command}: {help}");
    let below = |name: &String| match FAMILIES.contains(&name.as_str()) {
        true => commands(place, &format!("{command} {name}")),
        false => vec![format!("{command} {name}")],
    };
    names.iter().flat_map(below).collect()
}

/// Lists the long options that a help names at the beginning of a line.
fn options(help: &str) -> BTreeSet<String> {
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = lines.flat_map(|line| line.split_whitespace().take(2)).filter(|word| word.starts_with("--"));
    words
        .map(|word| word.trim_end_matches(',').split(['=', '[']).next().unwrap_or_default().to_owned())
        .collect()
}

/// Returns the part of the reference that is about a command.
fn section<'a>(reference: &'a str, name: &str) -> &'a str {
    let mark = format!("\n### ozg {name}\n");
    let Some((_, rest)) = reference.split_once(&mark) else { return "" };
    rest.split_once("\n### ").map_or(rest, |(section, _)| section)
}

#[test]
fn every_metric_is_described() {
    let mut place = Place::new();
    let (metrics, _) = place.run("curl -s http://127.0.0.1:8017/metrics");
    let text = read("docs/operating.md") + &read("docs/manual.md");
    let families = metrics.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_whitespace().next());
    let families: Vec<&str> = families.filter(|name| !name.ends_with("_denominator")).collect();
    let missing: Vec<&&str> = families.iter().filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert!(families.len() > 10 && missing.is_empty(), "docs/operating.md says nothing of {missing:?}");
}
