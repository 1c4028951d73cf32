//! Generated parts of a text, between two marks `<!-- name -->` and `<!-- /name -->`: a text that follows from the
//! code, or a table whose first columns do. Further columns of a table are written by hand and kept.

use super::{read, root};

/// Columns of a table that follow from the code.
pub(crate) struct Rows {
    /// The headings of these columns.
    pub(crate) head: Vec<String>,
    /// The cells, row by row; the first of a row tells it from the others.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Rows {
    /// Makes columns with their headings.
    pub(crate) fn new(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Rows {
        let escape = |row: Vec<String>| row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        Rows {
            head: head.iter().map(|text| (*text).to_owned()).collect(),
            rows: rows.into_iter().map(escape).collect(),
        }
    }

    /// Writes the table; further columns are taken over from the older row with the same first cell.
    pub(crate) fn with_columns_of(&self, old: &str) -> String {
        let old: Vec<Vec<String>> = old.lines().filter_map(cells).collect();
        let own = self.head.len();
        let more = |row: Option<&Vec<String>>| row.map(|row| row.get(own..).unwrap_or_default().to_vec());
        let width = old.first().map_or(own, |head| head.len().max(own));
        let line = |cells: &[String], mut further: Vec<String>| {
            further.resize(width - own, String::new());
            let cell = |text: &String| if text.is_empty() { " |".to_owned() } else { format!(" {text} |") };
            format!("|{}\n", cells.iter().chain(&further).map(cell).collect::<String>())
        };
        let mut text = line(&self.head, more(old.first()).unwrap_or_default());
        text.push_str(&format!("|{}\n", "---|".repeat(width)));
        for row in &self.rows {
            let known = old.iter().skip(2).find(|known| known.first() == row.first());
            text.push_str(&line(row, more(known).unwrap_or_default()));
        }
        text
    }
}

/// Splits a line of a table into its cells.
pub(crate) fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?.replace("\\|", "\u{0}");
    Some(inner.split('|').map(|cell| cell.trim().replace('\u{0}', "\\|")).collect())
}

/// Checks the tables of a page that begin with these two headings: the second cell of a row is what follows from its first; rewrites it
/// with `UPDATE_DOCS`. Further cells are written by hand.
pub(crate) fn check_rows(page: &str, headings: &[&str; 2], follows: impl Fn(&str) -> String) {
    let (text, mut new, mut wrong) = (read(page), String::new(), Vec::new());
    let (mut is_checked, mut count) = (false, 0);
    for line in text.lines() {
        let row = cells(line);
        let is_heading = row.as_ref().is_some_and(|row| row.iter().take(2).eq(headings));
        is_checked = is_heading || (is_checked && row.is_some());
        match row.as_deref() {
            Some([first, found, more @ ..]) if is_checked && !is_heading && !first.starts_with("--") => {
                let expected = follows(first);
                count += 1;
                if *found != expected {
                    wrong.push(format!("{first}\n  page: {found}\n  true: {expected}"));
                }
                let more: String = more.iter().map(|cell| format!(" {cell} |")).collect();
                new.push_str(&format!("| {first} | {expected} |{more}\n"));
            }
            _ => new.push_str(&format!("{line}\n")),
        }
    }
    assert!(count > 0, "{page} has no table");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(root().join(page), new).expect("the page can be written");
    } else {
        assert!(wrong.is_empty(), "{page}: UPDATE_DOCS=1 rewrites it\n{}", wrong.join("\n"));
    }
}

/// Returns the text between two marks.
pub(crate) fn between<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<!-- {mark} -->\n"))?;
    rest.split_once(&format!("<!-- /{mark} -->")).map(|(inner, _)| inner)
}

/// Checks that the text between the marks of a file equals that of the code; rewrites it with `UPDATE_DOCS`.
pub(crate) fn check(path: &str, mark: &str, expected: impl Fn(&str) -> String) {
    let text = read(path);
    let found = between(&text, mark)
        .unwrap_or_else(|| panic!("{path} has no marks <!-- {mark} --> and <!-- /{mark} -->"));
    let expected = format!("\n{}\n\n", expected(found.trim()).trim_end());
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
        let new = text.replacen(&format!("{open}{found}{close}"), &format!("{open}{expected}{close}"), 1);
        std::fs::write(root().join(path), new).expect("the file can be written");
        return;
    }
    let differs = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    panic!(
        "{path}, {mark}: differs from the code; UPDATE_DOCS=1 rewrites it\nfirst difference: {differs:#?}\n{expected}"
    );
}

#[test]
fn columns_written_by_hand_are_kept() {
    let rows = Rows::new(
        &["a", "b"],
        [vec!["1".to_owned(), "x|y".to_owned()], vec!["3".to_owned(), "z".to_owned()]],
    );
    let old = "| a | b | by hand |\n|---|---|---|\n| 1 | old | kept \\| so |\n| 2 | gone | gone |\n";
    let new = "| a | b | by hand |\n|---|---|---|\n| 1 | x\\|y | kept \\| so |\n| 3 | z | |\n";
    assert_eq!(rows.with_columns_of(old), new);
    assert_eq!(rows.with_columns_of(new), new);
}
