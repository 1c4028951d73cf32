//! The language of the terminal: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set, as POSIX orders them.

use ozg_core::words::{Label, Language};

/// Returns German or English; English where the variables name neither.
pub(crate) fn of_terminal() -> Language {
    let set = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    named.and_then(|text| Language::read(&text)).unwrap_or(Language::English)
}

/// Says something in the language of the terminal.
pub(crate) fn say(de: &'static str, en: &'static str) -> &'static str {
    Label { de, en }.in_language(of_terminal())
}
