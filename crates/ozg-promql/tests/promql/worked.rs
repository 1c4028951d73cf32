//! Runs `worked.txt`.

use crate::world::{World, shown};
use expect_test::expect_file;
use ozg_promql::{Asked, DAY_MS};

const WORKED: &str = include_str!("worked.txt");
/// Room for points in each answer.
const POINTS: usize = 1_000;

/// Reads `day 4` as an instant and `day 0 to 4.5 by 2` as a span; days may be fractions.
fn asked(text: &str) -> Option<Asked> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ms = |days: &str| -> Option<i64> {
        let (whole, tenths) = days.split_once('.').unwrap_or((days, "0"));
        Some(whole.parse::<i64>().ok()? * DAY_MS + tenths.parse::<i64>().ok()? * DAY_MS / 10)
    };
    match words[..] {
        ["day", at] => Some(Asked::instant(ms(at)?)),
        ["day", from, "to", to, "by", step] => Some(Asked::span(ms(from)?, ms(to)?, ms(step)?)),
        _ => None,
    }
}

/// Answers the questions of a text. A block of series lies between two lines `---`; a question is `when > expression`, and
/// what stands below it up to an empty line is its answer. Lines with `#` are words for people.
fn answered(text: &str) -> String {
    let mut out = String::new();
    let (mut world, mut series) = (World::default(), None::<String>);
    let mut is_answer = false;
    for line in text.lines() {
        if line == "---" {
            series = match series {
                None => Some(String::new()),
                Some(block) => {
                    world = World::read(&block);
                    None
                }
            };
        } else if let Some(block) = &mut series {
            block.push_str(line);
            block.push('\n');
        } else if let Some((when, expression)) = line.split_once(" > ")
            && let Some(asked) = asked(when)
        {
            out.push_str(&format!("{line}\n{}", shown(&world.ask(expression, asked, POINTS))));
            is_answer = true;
            continue;
        } else if is_answer && !line.is_empty() {
            continue;
        }
        is_answer = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn every_question_has_its_worked_answer() {
    expect_file!["worked.txt"].assert_eq(&answered(WORKED));
}
