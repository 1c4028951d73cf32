//! The tables of docs/api.md and docs/manual.md equal the tables in the code.

use super::marks::{self, Rows, between, cells};
use super::read;
use ozg_core::event::{EventType, FIELDS, Need};
use ozg_core::mistake::{Class, Code};
use ozg_core::query::PARAMETERS;
use ozg_core::words::{
    Area, AuthorityKind, DATE_FORMS, Label, Language, PartialDate, Qualifier, Remark, RemarkOn, Stage, Topic,
    Word,
};
use ozg_formats::input::{INPUTS, heading_of};
use ozg_formats::lists::heading;
use ozg_formats::series::{COLUMNS, FORMATS, Shapes, Stands};
use ozg_http::{PROBLEMS, ROUTES};

/// A table: its file, its mark, its columns that follow from the code.
type Table = (&'static str, &'static str, fn() -> Rows);

/// Every table.
const TABLES: &[Table] = &[
    ("docs/api.md", "addresses", addresses),
    ("docs/api.md", "local addresses", local_addresses),
    ("docs/api.md", "parameters", parameters),
    ("docs/api.md", "columns", series_columns),
    ("docs/api.md", "entries parameters", || list_parameters("entries")),
    ("docs/api.md", "entries columns", || list_columns("entries")),
    ("docs/api.md", "missing parameters", || list_parameters("missing")),
    ("docs/api.md", "missing columns", || list_columns("missing")),
    ("docs/api.md", "due parameters", || list_parameters("due")),
    ("docs/api.md", "due columns", || list_columns("due")),
    ("docs/api.md", "conflicts parameters", || list_parameters("conflicts")),
    ("docs/api.md", "conflicts columns", || list_columns("conflicts")),
    ("docs/api.md", "stale parameters", || list_parameters("stale")),
    ("docs/api.md", "stale columns", || list_columns("stale")),
    ("docs/api.md", "coverage parameters", || list_parameters("coverage")),
    ("docs/api.md", "coverage columns", || list_columns("coverage")),
    ("docs/api.md", "changes parameters", || list_parameters("changes")),
    ("docs/api.md", "changes columns", || list_columns("changes")),
    ("docs/api.md", "inputs", inputs),
    ("docs/api.md", "formats", formats),
    ("docs/api.md", "types", types),
    ("docs/api.md", "fields", fields),
    ("docs/api.md", "problems", problems),
    ("docs/api.md", "codes", codes),
    ("docs/api.md", "remarks", remarks),
    ("docs/manual.md", "mistakes", mistakes),
    ("docs/manual.md", "stages", stages),
    ("docs/manual.md", "words of two stages", two_stages),
    ("docs/manual.md", "qualifiers", qualifiers),
    ("docs/manual.md", "dates", dates),
    ("docs/manual.md", "areas", areas),
    ("docs/manual.md", "topics", topics),
    ("docs/manual.md", "kinds", kinds),
    ("docs/manual.md", "milestone columns", || sheet_columns(EventType::MilestoneReached)),
    ("docs/manual.md", "figure columns", || sheet_columns(EventType::FigureReported)),
];

#[test]
fn tables_say_what_the_code_says() {
    for (path, mark, rows) in TABLES {
        marks::check(path, mark, |old| rows().with_columns_of(old));
    }
}

#[test]
fn what_is_written_by_hand_is_not_forgotten() {
    for (path, mark, rows) in TABLES {
        let text = read(path);
        let table = between(&text, mark).unwrap_or_else(|| panic!("{path}: {mark}"));
        let further = rows().head.len();
        for row in table.lines().filter_map(cells) {
            assert!(
                row[further..].iter().all(|cell| !cell.is_empty()),
                "{path}, {mark}: an empty cell in {row:?}"
            );
        }
    }
}

fn code(text: impl std::fmt::Display) -> String {
    format!("`{text}`")
}

fn both(label: Label) -> [String; 2] {
    [label.de.to_owned(), label.en.to_owned()]
}

fn routes(is_local: bool) -> Rows {
    // A list has its address without an ending, too.
    let is_twin = |path: &str| {
        path.strip_suffix(".json").is_some_and(|list| ROUTES.iter().any(|route| route.path == list))
    };
    let rows = ROUTES.iter().filter(|route| route.is_local == is_local && !is_twin(&route.path));
    let rows =
        rows.map(|route| vec![format!("`{} {}`", route.verb.name(), route.path), route.doc.to_string()]);
    Rows::new(&["address", "answers with"], rows)
}

fn addresses() -> Rows {
    routes(false)
}

fn local_addresses() -> Rows {
    routes(true)
}

fn parameters() -> Rows {
    let rows = PARAMETERS.iter().map(|row| vec![code(row.name), row.doc.to_owned(), row.without.to_owned()]);
    Rows::new(&["parameter", "takes", "without it"], rows)
}

fn series_columns() -> Rows {
    Rows::new(
        &["column", "deutsch"],
        COLUMNS
            .iter()
            .filter(|column| column.stands == Stands::Everywhere)
            .map(|column| vec![code(column.id), column.label.de.to_owned()]),
    )
}

/// Lists the parameters of a list, which say themselves what holds without them.
fn list_parameters(list: &str) -> Rows {
    let rows = ozg_http::list_parameters(list);
    let rows = rows.map(|parameter| vec![code(parameter.name), parameter.doc.to_owned()]);
    Rows::new(&["parameter", "takes"], rows)
}

fn list_columns(list: &str) -> Rows {
    let rows = ozg_http::list_columns(list).iter();
    let rows = rows.map(|id| vec![code(id), heading(id, Some(Language::German)).to_owned()]);
    Rows::new(&["column", "deutsch"], rows)
}

fn inputs() -> Rows {
    let list = |texts: &[&str]| texts.iter().map(code).collect::<Vec<_>>().join(", ");
    let rows = INPUTS.iter().map(|input| {
        vec![code(input.id), input.doc.to_owned(), list(input.content_types), list(input.endings)]
    });
    Rows::new(&["`as`", "is", "media types", "endings of files"], rows)
}

fn formats() -> Rows {
    let rows = FORMATS.iter().map(|format| {
        let shapes = match format.shapes {
            Shapes::Long => "long",
            Shapes::Both => "long, wide",
            Shapes::Lines => "lines",
        };
        vec![
            code(format.id),
            format.label.en.to_owned(),
            code(format.content_type),
            shapes.to_owned(),
            format.language.map_or("ids", |_| "German").to_owned(),
            format.rows_max.map_or_else(|| "–".to_owned(), |rows_max| rows_max.to_string()),
            if format.is_for_ever { "for ever" } else { "within a release" }.to_owned(),
        ]
    });
    let head =
        ["ending", "is", "media type", "`shape`", "names without `lang`", "rows at most", "same bytes"];
    Rows::new(&head, rows)
}

fn types() -> Rows {
    let rows = EventType::all().map(|event_type| {
        let (row, name) = (event_type.row(), event_type.name());
        let fields = row.fields.iter().map(|(name, need)| match need {
            Need::Required => format!("**`{name}`**"),
            Need::Optional => code(name),
        });
        vec![
            code(event_type.id()),
            name.de.to_owned(),
            row.doc.to_owned(),
            fields.collect::<Vec<_>>().join(", "),
        ]
    });
    Rows::new(&["type", "deutsch", "says", "fields"], rows)
}

fn fields() -> Rows {
    let rows = FIELDS.iter().map(|field| {
        vec![
            code(field.name),
            field.heading.de.to_owned(),
            field.doc.to_owned(),
            field.kind.form().to_owned(),
        ]
    });
    Rows::new(&["field", "heading in German", "says", "form"], rows)
}

fn problems() -> Rows {
    let rows = PROBLEMS.iter().map(|row| {
        let [german, english] = both(row.title);
        vec![format!("`/problems/{}`", row.slug), row.status.to_string(), english, german]
    });
    Rows::new(&["type", "status", "English", "deutsch"], rows)
}

fn codes() -> Rows {
    let rows = Code::ALL.iter().map(|found| {
        let class = match found.class() {
            Class::Unreadable => "unreadable",
            Class::Wrong => "wrong",
            Class::Forbidden => "forbidden",
            Class::Conflict => "conflict",
        };
        vec![code(found.as_str()), class.to_owned(), found.meaning().to_owned()]
    });
    Rows::new(&["code", "class", "meaning"], rows)
}

fn remarks() -> Rows {
    let rows = Remark::all().map(|remark| {
        let on = match remark.on() {
            RemarkOn::Entry => "the entry alone",
            RemarkOn::Acceptance => "what stood at acceptance",
            RemarkOn::Reading => "the reading of a file",
        };
        let [german, english] = both(remark.name());
        vec![code(remark.id()), on.to_owned(), english, german]
    });
    Rows::new(&["code", "follows from", "English", "deutsch"], rows)
}

fn mistakes() -> Rows {
    let rows = Code::ALL.iter().map(|found| vec![code(found.as_str()), found.meaning().to_owned()]);
    Rows::new(&["code", "what it means"], rows)
}

fn stages() -> Rows {
    let rows = Stage::all().map(|stage| {
        let [german, english] = both(stage.name());
        let also = stage.word_row().also.join(", ");
        vec![code(stage.id()), german, english, also]
    });
    Rows::new(&["stage", "deutsch", "English", "also written"], rows)
}

fn two_stages() -> Rows {
    let mut rows: Vec<(String, String)> = Vec::new();
    for (word, [one, other]) in Stage::words_of_two() {
        let means = format!("{} or {}", code(one), code(other));
        match rows.iter_mut().find(|(_, known)| *known == means) {
            Some((words, _)) => *words += &format!(", {word}"),
            None => rows.push((word.to_owned(), means)),
        }
    }
    Rows::new(&["refused", "may mean"], rows.into_iter().map(|(words, means)| vec![words, means]))
}

fn qualifiers() -> Rows {
    let rows = Qualifier::all().map(|qualifier| {
        let row = qualifier.word_row();
        let spellings = row.spellings().skip(1).map(str::to_owned).collect::<Vec<_>>();
        vec![code(row.id), spellings.join(", ")]
    });
    Rows::new(&["qualifier", "written"], rows)
}

fn dates() -> Rows {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for form in &DATE_FORMS {
        let Ok(date) = PartialDate::read(form.example) else { continue };
        match rows.iter_mut().find(|(known, _)| *known == date.to_string()) {
            Some((_, examples)) => examples.push(code(form.example)),
            None => rows.push((date.to_string(), vec![code(form.example)])),
        }
    }
    let row = |(date, examples): (String, Vec<String>)| vec![code(date), examples.join(", ")];
    Rows::new(&["shown as", "you write"], rows.into_iter().map(row))
}

fn areas() -> Rows {
    let rows = Area::all()
        .map(|area| vec![code(area.id()), area.official_key().to_owned(), area.name().de.to_owned()]);
    Rows::new(&["area", "official key", "deutsch"], rows)
}

fn topics() -> Rows {
    Rows::new(
        &["topic", "deutsch"],
        Topic::all().map(|topic| vec![code(topic.id()), topic.name().de.to_owned()]),
    )
}

fn kinds() -> Rows {
    let rows = AuthorityKind::all()
        .map(|kind| vec![code(kind.id()), kind.name().de.to_owned(), format!("`{}:…`", kind.scheme())]);
    Rows::new(&["kind", "deutsch", "key"], rows)
}

fn sheet_columns(event_type: EventType) -> Rows {
    let of_type =
        [heading_of(None, Language::German), heading_of(None, Language::English), "", "what the row is"];
    let rows = event_type.fields().map(|(field, need)| {
        let needed = if need == Need::Required { "yes" } else { "" };
        [field.heading.de, field.heading.en, needed, field.doc].map(str::to_owned).to_vec()
    });
    Rows::new(
        &["Überschrift", "heading", "needed", "says"],
        std::iter::once(of_type.map(str::to_owned).to_vec()).chain(rows),
    )
}
