//! Mistakes as the body of a problem and as lines.

use expect_test::expect;
use ozg_core::mistake::{Code, Fault, Mistake, Origin, Standing};
use ozg_core::words::{Language, Position};
use ozg_formats::problem::{mistake_line, problem_json};

fn mistake() -> Mistake {
    let origin = Origin { line: 14, cell: Some("B14".to_owned()), ..Origin::default() };
    let fault = Fault::say(Code::LostLeadingZero, "Null verloren", "lost its zero").hint("ags:01003000");
    Mistake::at(&origin, "place", Some("1003000"), fault)
}

fn standing(position: Option<u32>) -> Standing {
    Standing { id: uuid::Uuid::nil(), position: position.map(Position::new), on: "2024-06".to_owned() }
}

#[test]
fn a_problem_names_every_mistake() {
    let json = Mistake {
        origin: Origin { pointer: Some("/13/place".to_owned()), ..Origin::default() },
        ..mistake()
    };
    let bare =
        Mistake { origin: Origin::default(), field: String::new(), value: None, hint: None, ..mistake() };
    let mistakes = [
        mistake().standing(vec![standing(Some(7))]),
        json.standing(vec![standing(Some(7)), standing(None)]),
        bare,
    ];
    let problem =
        problem_json("batch-refused", 422, "Nichts wurde aufgezeichnet", &mistakes, Language::German);
    expect![[r#"
        {
          "type": "/problems/batch-refused",
          "status": 422,
          "title": "Nichts wurde aufgezeichnet",
          "errors": [
            {
              "line": 14,
              "cell": "B14",
              "field": "place",
              "code": "lost_leading_zero",
              "value": "1003000",
              "message": "Null verloren",
              "hint": "ags:01003000",
              "standing": {
                "id": "00000000-0000-0000-0000-000000000000",
                "position": 7,
                "on": "2024-06"
              }
            },
            {
              "pointer": "/13/place",
              "field": "place",
              "code": "lost_leading_zero",
              "value": "1003000",
              "message": "Null verloren",
              "hint": "ags:01003000",
              "standing": [
                {
                  "id": "00000000-0000-0000-0000-000000000000",
                  "position": 7,
                  "on": "2024-06"
                },
                {
                  "id": "00000000-0000-0000-0000-000000000000",
                  "on": "2024-06"
                }
              ]
            },
            {
              "code": "lost_leading_zero",
              "message": "Null verloren"
            }
          ]
        }"#]]
    .assert_eq(&format!("{problem:#}"));
    expect![[r#"{"type":"/problems/not-found","status":404,"title":"Not found"}"#]]
        .assert_eq(&problem_json("not-found", 404, "Not found", &[], Language::English).to_string());
}

#[test]
fn a_line_a_mistake() {
    let lines: Vec<String> = [mistake(), mistake().standing(vec![standing(Some(7))])]
        .iter()
        .flat_map(|mistake| {
            [Language::German, Language::English].map(|language| mistake_line("a.csv", mistake, language))
        })
        .collect();
    expect![[r#"
        a.csv:14:B14: Ort: Null verloren (Hinweis: ags:01003000)
        a.csv:14:B14: place: lost its zero (hint: ags:01003000)
        a.csv:14:B14: Ort: Null verloren (Hinweis: ags:01003000) [00000000-0000-0000-0000-000000000000 #7 2024-06]
        a.csv:14:B14: place: lost its zero (hint: ags:01003000) [00000000-0000-0000-0000-000000000000 #7 2024-06]"#]].assert_eq(&lines.join("\n"));
    let hostile =
        Mistake::at(&Origin::default(), "", None, Fault::say(Code::BadText, "\u{1b}[2J", "\u{1b}[2J\n"));
    assert!(!mistake_line("a", &hostile, Language::English).contains('\u{1b}'));
}
