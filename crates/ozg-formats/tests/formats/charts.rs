//! What charts show: small answers, and what stands in their SVG.

use crate::series::{day, row, wide, written};
use crate::wide::{claim, flow};
use ozg_core::query::{Show, Theme};
use ozg_core::series::{Header, Row};
use ozg_core::words::{Area, Language, Unit};

fn german() -> Header {
    wide(Show::Value, Some(Language::German))
}

/// Returns the texts of a chart, without those of its title and its foot.
fn key_of(svg: &str) -> Vec<String> {
    let texts = svg.lines().filter(|line| line.contains("font-size=\"12.5\"") && !line.contains("anchor"));
    texts.filter_map(|line| Some(line.split('>').nth(1)?.trim_end_matches("</text").to_owned())).collect()
}

#[test]
fn a_key_explains_what_the_chart_has_and_nothing_else() {
    let partial = |line: Row| Row { unit: Some(Unit::Leika), ..line };
    let table: [(&str, Vec<Row>, &[&str]); 6] = [
        ("counted", vec![row("2022-06-30", Area::BW, 1), row("2022-07-31", Area::BW, 4)], &["ausgezählt"]),
        (
            "published once",
            vec![
                claim("2022-06-30", Area::HH, "10", "2022-06"),
                claim("2022-08-31", Area::HH, "10", "2022-06"),
            ],
            &["veröffentlicht", "fortgeschrieben, höchstens zwölf Monate"],
        ),
        (
            "published twice, the second as more",
            vec![
                claim("2022-06-30", Area::HH, "10", "2022-06"),
                claim("2022-08-31", Area::HH, ">20", "2022-08"),
            ],
            &["veröffentlicht", "veröffentlicht: mehr als", "gilt bis zur nächsten Angabe"],
        ),
        (
            "silent for years",
            vec![
                claim("2019-06-30", Area::HH, "10", "2019-06"),
                claim("2022-08-31", Area::HH, "10", "2019-06"),
            ],
            &["veröffentlicht", "fortgeschrieben, höchstens zwölf Monate", "keine Angabe"],
        ),
        (
            "another unit",
            vec![
                claim("2021-06-30", Area::HH, "10", "2021-06"),
                partial(claim("2022-06-30", Area::HH, "30", "2022-06")),
                partial(claim("2022-08-31", Area::HH, "40", "2022-08")),
            ],
            &[
                "Reihenbruch: ab hier LeiKa-Leistungen",
                "veröffentlicht",
                "gilt bis zur nächsten Angabe",
                "fortgeschrieben, höchstens zwölf Monate",
            ],
        ),
        ("periods", vec![flow("2022-08-31", 20, "2022-01", "2022-03")], &["von Tag bis Tag"]),
    ];
    for (name, rows, expected) in table {
        let svg = written("svg", &german(), rows);
        let mut found = key_of(&svg);
        found.sort();
        let mut expected: Vec<&str> = expected.to_vec();
        expected.sort_unstable();
        // The words of a break may stand on either side of it.
        found.retain(|text| !text.is_empty());
        let has_break = svg.contains("Reihenbruch");
        expected.retain(|text| !text.starts_with("Reihenbruch"));
        found.retain(|text| !text.starts_with("Reihenbruch"));
        assert_eq!(found, expected, "{name}\n{svg}");
        assert_eq!(has_break, name == "another unit", "{name}");
    }
}

#[test]
fn silence_is_hatched_where_no_line_says_anything() {
    let words = "text-anchor=\"middle\">keine Angabe</text>";
    let early = || {
        vec![claim("2016-06-30", Area::HH, "10", "2016-06"), claim("2022-08-31", Area::HH, "10", "2016-06")]
    };
    let svg = written("svg", &german(), early());
    assert_eq!(svg.matches(words).count(), 1, "{svg}");
    let mut spoken = early();
    spoken.extend([row("2016-06-30", Area::DE, 5), row("2022-08-31", Area::DE, 5)]);
    assert_eq!(written("svg", &german(), spoken).matches(words).count(), 0);
}

#[test]
fn more_than_four_lines_are_small_multiples_with_one_scale() {
    let of = |areas: usize| {
        let areas = Area::all().take(areas);
        let rows = areas.flat_map(|area| [row("2022-06-30", area, 7), row("2022-07-31", area, 4_000)]);
        written("svg", &german(), rows.collect())
    };
    for (areas, numbers) in [(4, 1), (5, 5), (17, 17)] {
        let svg = of(areas);
        assert_eq!(svg.matches(">2.000</text>").count(), numbers, "{areas} areas: one scale each\n{svg}");
        for area in Area::all().take(areas) {
            assert!(svg.contains(&format!(">{}</text>", area.name().de)), "{area:?}");
        }
    }
}

#[test]
fn changes_and_periods_are_bars() {
    let changes = wide(Show::Change, Some(Language::German));
    let rows =
        vec![row("2022-06-30", Area::BW, 9), row("2022-07-31", Area::BW, 4), row("2022-08-31", Area::BW, 6)];
    let svg = written("svg", &changes, rows);
    for title in ["<title>31.7.2022: −5</title></rect>", "<title>31.8.2022: 2</title></rect>"] {
        assert!(svg.contains(title), "{title} in {svg}");
    }
    assert!(svg.contains(">Veränderung zum vorigen Wert: Leistungen (OZG)</text>"), "{svg}");
    let svg = written("svg", &german(), vec![flow("2022-08-31", 20, "2022-01", "2022-03")]);
    assert!(svg.contains(": 20</title></rect>"), "{svg}");
}

#[test]
fn an_empty_chart_says_why() {
    let valued = || vec![row("2022-06-30", Area::BW, 9)];
    let (german, english) = (Some(Language::German), Some(Language::English));
    for (show, language, rows, says) in [
        (Show::Value, german, Vec::new(), "Zu dieser Frage ist nichts erfasst."),
        (Show::Value, english, Vec::new(), "Nothing is recorded about this question."),
        (Show::Share, german, valued(), "Es gibt Werte, aber keinen Anteil"),
        (Show::Change, english, valued(), "There are no two figures in a row"),
    ] {
        let svg = written("svg", &wide(show, language), rows);
        assert!(svg.contains(says), "{says} in {svg}");
        assert!(svg.contains(if language == german { ">keine Angabe</text>" } else { ">no figure</text>" }));
    }
}

#[test]
fn a_chart_has_its_look_in_attributes_and_fits_its_width() {
    for (theme, width, ground) in [(Theme::Light, None, "#ffffff"), (Theme::Dark, Some(320), "#131525")] {
        let mut header = german();
        (header.query.theme, header.query.width) = (theme, width);
        let rows = vec![
            claim("2022-06-30", Area::HH, "10", "2022-06"),
            claim("2022-08-31", Area::HH, "20", "2022-08"),
        ];
        let svg = written("svg", &header, rows);
        let width = width.unwrap_or(960);
        assert!(svg.contains(&format!("<rect width=\"{width}\"")) && svg.contains(ground), "{svg}");
        for style in ["<style", "class=", "style=", "<script", "href"] {
            assert!(!svg.contains(style), "{style} in {svg}");
        }
        let places =
            svg.split(" x=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
        for x in places {
            assert!((0.0..f64::from(width)).contains(&x), "{x} of {width}\n{svg}");
        }
    }
}

#[test]
fn a_gap_is_not_drawn_across() {
    let nothing = Row { value: None, ..row("2022-07-31", Area::BW, 0) };
    let rows = vec![row("2022-06-30", Area::BW, 3), nothing, row("2022-08-31", Area::BW, 3)];
    let mut header = german();
    header.query.to = Some(day("2022-08-31"));
    let with_gap = written("svg", &header, rows.clone());
    let without = written("svg", &header, rows.into_iter().filter(|row| row.value.is_some()).collect());
    let drawn = |svg: &str| {
        svg.split(" d=\"")
            .skip(1)
            .filter(|rest| rest.starts_with('M'))
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .find(|path| path.contains('H') && !path.contains('L'))
            .unwrap()
    };
    let end = |path: &str| path.rsplit('H').next().unwrap().parse::<f64>().unwrap();
    assert!(end(&drawn(&with_gap)) < end(&drawn(&without)) - 100.0, "{with_gap}");
}

#[test]
fn bars_are_explained_in_words() {
    let changes = |language| wide(Show::Change, Some(language));
    let rows = || {
        vec![
            claim("2022-06-30", Area::HH, "80", "2022-06"),
            claim("2022-07-31", Area::HH, ">200", "2022-07"),
            claim("2022-08-31", Area::HH, "150", "2022-08"),
        ]
    };
    let german = written("svg", &changes(Language::German), rows());
    assert_eq!(key_of(&german), ["Veränderung zum vorigen Wert", "&gt;", "mehr als", "&lt;", "weniger als"]);
    for text in ["&gt;120</text>", ": mehr als\u{a0}120</title>", "weniger als\u{a0}\u{2212}50</title>"] {
        assert!(german.contains(text), "{text} in {german}");
    }
    let english = written("svg", &changes(Language::English), rows());
    assert_eq!(key_of(&english), ["change to the value before", "&gt;", "more than", "&lt;", "less than"]);
    let exact = vec![row("2022-06-30", Area::BW, 9), row("2022-07-31", Area::BW, 4)];
    assert_eq!(key_of(&written("svg", &changes(Language::German), exact)), ["Veränderung zum vorigen Wert"]);
}
