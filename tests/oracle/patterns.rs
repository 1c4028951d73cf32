//! Questions with alternatives, from `patterns.txt`.

const PATTERNS: &str = include_str!("patterns.txt");

/// A name with its alternatives.
type Named<'a> = (&'a str, Vec<&'a str>);

/// Returns all questions.
pub(super) fn expressions() -> Vec<String> {
    let lines = || PATTERNS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let named: Vec<Named<'_>> = lines().filter_map(definition).collect();
    lines().filter(|line| definition(line).is_none()).flat_map(|line| expanded(line, &named)).collect()
}

/// Reads `$name = a | b`.
fn definition(line: &str) -> Option<Named<'_>> {
    let (name, alternatives) = line.strip_prefix('$')?.split_once(" = ")?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_name.then(|| (name, alternatives.split(" | ").collect()))
}

/// Puts each alternative in the place of the first name, all its uses alike, and then those of the other names.
fn expanded(line: &str, named: &[Named<'_>]) -> Vec<String> {
    let Some((name, alternatives)) = first_name(line, named) else { return vec![line.to_owned()] };
    let with = |text: &&str| line.replace(&format!("${{{name}}}"), text).replace(&format!("${name}"), text);
    alternatives.iter().map(with).flat_map(|line| expanded(&line, named)).collect()
}

/// Finds the first `$name` or `${name}` that is defined; `$1` of a replacement is none.
fn first_name<'a>(line: &str, named: &'a [Named<'a>]) -> Option<&'a Named<'a>> {
    line.split('$').skip(1).find_map(|rest| {
        let rest = rest.trim_start_matches('{');
        let end =
            rest.find(|letter: char| !letter.is_ascii_lowercase() && letter != '_').unwrap_or(rest.len());
        named.iter().find(|(name, _)| *name == &rest[..end])
    })
}

#[test]
fn alternatives_are_put_in_all_their_places() {
    let named = [("a", vec!["1", "2"]), ("b", vec!["x", "y"])];
    let all = expanded("${b}_z($a, $1, $a)", &named);
    assert_eq!(all, ["x_z(1, $1, 1)", "x_z(2, $1, 2)", "y_z(1, $1, 1)", "y_z(2, $1, 2)"]);
    assert!(expressions().len() >= PATTERNS_MIN);
}

/// At least so many questions.
const PATTERNS_MIN: usize = 400;
