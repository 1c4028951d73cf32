//! Every link to a file or heading of the repository resolves, and no text names a folder of the machine that it was
//! written on.

use super::{read, root};
use std::path::{Path, PathBuf};

#[test]
fn links_resolve() {
    let mut broken = Vec::new();
    for path in texts() {
        let text = std::fs::read_to_string(&path).expect("a text can be read");
        for target in targets(&text) {
            if let Err(why) = resolve(&path, &target) {
                broken.push(format!("{}: {target}: {why}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn no_text_names_the_machine_it_was_written_on() {
    for path in texts() {
        let text = std::fs::read_to_string(&path).expect("a text can be read");
        for folder in ["work", "root", "tmp", "home"] {
            assert!(
                !text.contains(&format!("/{folder}/")),
                "{} names a folder of a machine: {folder}",
                path.display()
            );
        }
        for word in ["crates.io", "localhost"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
}

/// Lists all texts of the repository that are kept.
fn texts() -> Vec<PathBuf> {
    let mut texts = Vec::new();
    collect(&root(), &mut texts);
    assert!(texts.len() > 5, "{texts:?}");
    texts
}

fn collect(folder: &Path, texts: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_foreign =
            name.starts_with('.') || ["target", "data", "data-demo", "node_modules"].contains(&name);
        if path.is_dir() && !is_foreign {
            collect(&path, texts);
        } else if name.ends_with(".md") {
            texts.push(path);
        }
    }
}

#[test]
fn every_alert_leads_to_its_section() {
    let alerts = read("dashboards/rules/alerts.yml");
    let after = |word: &str| -> Vec<String> {
        alerts.lines().filter_map(|line| Some(line.trim().strip_prefix(word)?.to_owned())).collect()
    };
    let (names, links) = (after("- alert: "), after("runbook_url: "));
    assert!(names.len() > 5 && names.len() == links.len(), "{names:?} {links:?}");
    let sections = read("docs/operating.md");
    for (name, link) in names.iter().zip(links) {
        assert!(sections.contains(&format!("\n### {name}\n")), "docs/operating.md has no section {name}");
        assert!(
            link.ends_with(&format!("docs/operating.md#{}", name.to_lowercase())),
            "{name} leads to {link}"
        );
    }
}

/// Lists what a text links to, code left out.
fn targets(text: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        is_code ^= line.starts_with("```");
        if is_code {
            continue;
        }
        // Every second part stands between backticks.
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let links = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        targets.extend(links.map(|(target, _)| target.to_owned()));
    }
    targets
}

fn resolve(from: &Path, target: &str) -> Result<(), String> {
    if target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:") {
        return Ok(());
    }
    let (file, heading) = target.split_once('#').unwrap_or((target, ""));
    let path = if file.is_empty() { from.to_owned() } else { from.with_file_name("").join(file) };
    if !path.exists() {
        return Err("there is no such file".to_owned());
    }
    if heading.is_empty() {
        return Ok(());
    }
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let headings: Vec<String> = text.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
    if headings.iter().any(|known| known == heading) {
        Ok(())
    } else {
        Err(format!("no such heading: {headings:?}"))
    }
}

/// Makes the anchor of a heading as code hosts do: lower case, blanks as hyphens, punctuation left out.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn anchors_are_made_as_code_hosts_do() {
    assert_eq!(anchor("## What to do, and when (`ozg`)"), "what-to-do-and-when-ozg");
    assert_eq!(anchor("### services_listed"), "services_listed");
    assert!(read("README.md").starts_with("# "));
}
