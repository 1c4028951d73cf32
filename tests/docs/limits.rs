//! The limits in docs/operating.md follow from the constants in the code: name, value and doc comment.

use super::marks::{self, Rows};
use super::read;

/// Files with constants, and the names of those that are limits; no names mean all public ones of the file.
const FILES: &[(&str, &[&str])] = &[
    ("crates/ozg-http/src/limits.rs", &[]),
    ("crates/ozg-formats/src/input/sink.rs", &[]),
    ("crates/ozg-formats/src/input/headings.rs", &[]),
    ("crates/ozg-formats/src/input/cells.rs", &[]),
    ("crates/ozg-formats/src/input/json.rs", &[]),
    ("crates/ozg-formats/src/input/opening.rs", &[]),
    ("crates/ozg-formats/src/input/mapping.rs", &["MAPPING_BYTES_MAX"]),
    ("crates/ozg-formats/src/input/remarks.rs", &[]),
    ("crates/ozg-formats/src/input/archive.rs", &[]),
    ("crates/ozg-formats/src/sheets/write.rs", &[]),
    ("crates/ozg-formats/src/sheets/report.rs", &[]),
    ("crates/ozg-core/src/ledger/mod.rs", &[]),
    ("crates/ozg-core/src/words/slug.rs", &["SLUG_CHARACTERS_MAX", "TEXT_CHARACTERS_MAX"]),
    ("crates/ozg-core/src/words/number.rs", &["NUMBER_MAX", "PLACES_MAX"]),
    ("crates/ozg-core/src/words/date.rs", &["YEAR_MIN", "YEAR_MAX"]),
    ("crates/ozg-core/src/query/read.rs", &["POINTS_MAX", "LIST_MAX"]),
    ("crates/ozg-core/src/series/mod.rs", &[]),
    ("crates/ozg-core/src/lines/plan.rs", &["LINES_MAX"]),
    ("crates/ozg-core/src/past/vintages.rs", &["REVISIONS_MAX", "FOLDED_REVISIONS_MAX"]),
    (
        "crates/ozg-promql/src/meter.rs",
        &["POINTS_MAX", "SAMPLES_MAX", "SERIES_MAX", "ANSWER_POINTS_MAX", "WORK_MAX"],
    ),
    ("crates/ozg-promql/src/text.rs", &["QUERY_BYTES_MAX", "PARTS_MAX", "PATTERNS_MAX"]),
    ("crates/ozg-promql/src/matcher.rs", &["PATTERN_BYTES_MAX"]),
    ("crates/ozg-promql/src/functions/relabel.rs", &["LABEL_BYTES_MAX"]),
    ("crates/ozg-core/src/mistake.rs", &["VALUE_CHARACTERS_MAX"]),
    ("crates/ozg-tracker/src/writer.rs", &["QUEUE_ORDERS_MAX"]),
    ("crates/ozg-tracker/src/commit.rs", &["COMMIT_ORDERS_MAX"]),
    ("crates/ozg-tracker/src/clock.rs", &["JUMP_MAX_MS", "AHEAD_MIN_MS"]),
    ("crates/ozg-tracker/src/snapshot.rs", &["GROWTH_MIN"]),
    ("crates/ozg-core/src/words/position.rs", &["LAST"]),
    (
        "crates/ozg-log/src/lib.rs",
        &["BATCH_ENTRIES_MAX", "BATCH_BYTES_MAX", "ENTRY_BYTES_MAX", "OFFICE_BYTES_MAX"],
    ),
];

#[test]
fn every_limit_is_listed_with_its_value() {
    marks::check("docs/operating.md", "limits", |old| rows().with_columns_of(old));
}

fn rows() -> Rows {
    let mut rows = Vec::new();
    for (path, names) in FILES {
        let found = constants(&read(path));
        let wanted = |constant: &&Constant| {
            if names.is_empty() { constant.is_public } else { names.contains(&constant.name.as_str()) }
        };
        let chosen: Vec<&Constant> = found.iter().filter(wanted).collect();
        assert!(!chosen.is_empty() && chosen.len() >= names.len(), "{path} has not all of {names:?}");
        let crate_name = path.split('/').nth(1).unwrap_or_default();
        rows.extend(chosen.into_iter().map(|constant| {
            let (name, value) =
                (format!("`{}` ({crate_name})", constant.name), value(&constant.name, &constant.expression));
            vec![name, value, constant.doc.trim_end_matches('.').to_owned()]
        }));
    }
    Rows::new(&["limit", "value", "is"], rows)
}

/// A constant of a source file.
struct Constant {
    name: String,
    expression: String,
    doc: String,
    is_public: bool,
}

/// Lists the constants of a source file that are a number or a time.
fn constants(source: &str) -> Vec<Constant> {
    let mut found = Vec::new();
    let mut doc: Vec<&str> = Vec::new();
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            doc.push(text.trim());
            continue;
        }
        let is_public = line.starts_with("pub const ");
        let rest =
            ["pub const ", "pub(crate) const ", "const "].iter().find_map(|prefix| line.strip_prefix(prefix));
        let parts = rest.and_then(|rest| {
            rest.strip_suffix(';')?.split_once(": ")?.1.split_once(" = ").map(|parts| (rest, parts))
        });
        if let Some((rest, (kind, expression))) = parts
            && ["usize", "u8", "u32", "u64", "i32", "i64", "Duration", "Position"].contains(&kind)
        {
            let name = rest.split(':').next().unwrap_or_default().to_owned();
            found.push(Constant { name, expression: expression.to_owned(), doc: doc.join(" "), is_public });
        }
        doc.clear();
    }
    found
}

/// Computes what a constant is and writes it as people read it.
fn value(name: &str, expression: &str) -> String {
    let seconds = expression.strip_prefix("Duration::from_secs(").and_then(|rest| rest.strip_suffix(')'));
    let number = evaluate(seconds.unwrap_or(expression)).unwrap_or_else(|| panic!("{name}: {expression}"));
    match number {
        number if seconds.is_some() => format!("{number} s"),
        number if name.contains("BYTES") && number % (1 << 20) == 0 => format!("{} MiB", number >> 20),
        number if name.contains("BYTES") && number % (1 << 10) == 0 => format!("{} KiB", number >> 10),
        number if name.contains("BYTES") => format!("{number} bytes"),
        number if name.starts_with("YEAR") => number.to_string(),
        number => grouped(number),
    }
}

fn evaluate(expression: &str) -> Option<u64> {
    if let Some(number) = expression.strip_prefix("Position(") {
        return evaluate(number.strip_suffix(')')?);
    }
    let both = |left: &str, right: &str| Some((evaluate(left)?, evaluate(right)?));
    if let Some((left, right)) = expression.split_once(" << ") {
        return both(left, right).map(|(left, right)| left << right);
    }
    if let Some((left, right)) = expression.split_once(" - ") {
        return both(left, right).map(|(left, right)| left - right);
    }
    if let Some((left, right)) = expression.split_once(" * ") {
        return both(left, right).map(|(left, right)| left * right);
    }
    if expression == "u32::MAX" {
        Some(u64::from(u32::MAX))
    } else {
        expression.replace('_', "").parse().ok()
    }
}

/// Writes a number with a comma between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap_or("")).collect();
    parts.join(",")
}

#[test]
fn constants_are_read_as_they_are_written() {
    let values = [
        ("X_BYTES_MAX", "64 << 20", "64 MiB"),
        ("X_BYTES_MAX", "32 * 1024", "32 KiB"),
        ("X", "1_000_000", "1,000,000"),
        ("X", "Duration::from_secs(600)", "600 s"),
        ("YEAR_MIN", "1949", "1949"),
        ("LAST", "Position(u32::MAX - 1)", "4,294,967,294"),
    ];
    for (name, expression, expected) in values {
        assert_eq!(value(name, expression), expected);
    }
}
