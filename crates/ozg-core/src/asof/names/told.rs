//! Names of places of which somebody leaves out, or shortens, what tells the place from others of its name: `Frankfurt`,
//! `Frankfurt/O.` and `Frankfurt a. d. Oder` in the place of `Frankfurt (Oder)`.

use super::forms::spelt_out;

/// Words that link a name with what tells it from others.
const LINKS: [&str; 15] =
    ["am", "an", "a", "im", "in", "i", "bei", "b", "ob", "o", "vor", "v", "auf", "unter", "u"];
/// Words between such a link and what follows.
const ARTICLES: [&str; 7] = ["der", "den", "dem", "d", "die", "das", "des"];

/// A name without what tells the place from others, and that, folded: `frankfurt` and `oder`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) stem: String,
    addition: Vec<String>,
}

impl Told {
    /// Takes a name of a place apart; `base` is what is folded of `written`. None where nothing tells it from others.
    pub(super) fn of(base: &str, written: &str) -> Option<Told> {
        let words: Vec<&str> = base.split(' ').collect();
        let link = words.iter().skip(1).position(|word| LINKS.contains(word)).map(|at| at + 1);
        // In `Cottbus/Chóśebuz` and `Halle (Saale)` a mark stands between them.
        let behind = written.split_once(['(', '/', ',']).map(|(_, behind)| spelt_out(behind));
        let marked = behind.filter(|behind| !behind.is_empty());
        let marked = marked.and_then(|behind| words.len().checked_sub(behind.split(' ').count()));
        let at = link.into_iter().chain(marked).filter(|at| *at > 0).min()?;
        let addition: Vec<String> = meant(&words[at..]).map(str::to_owned).collect();
        let is_told = !addition.is_empty();
        is_told.then(|| Told { stem: words[..at].join(" "), addition })
    }

    /// Tells whether words are what tells the place from others; they may be left out.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.is_empty() || self.addition == words
    }

    /// Tells whether words begin what tells the place from others: `o` for `oder`.
    pub(super) fn begins(&self, words: &[&str]) -> bool {
        let pairs = || self.addition.iter().zip(words);
        self.addition.len() == words.len() && pairs().all(|(whole, word)| whole.starts_with(word))
    }
}

/// Leaves out the words that link names; the last one is what they link, though it be a letter: `Frankfurt a. O.`
pub(super) fn meant<'w>(words: &'w [&str]) -> impl Iterator<Item = &'w str> {
    let last = words.len().saturating_sub(1);
    let is_link = |word: &str| LINKS.contains(&word) || ARTICLES.contains(&word);
    words.iter().enumerate().filter(move |(at, word)| *at == last || !is_link(word)).map(|(_, word)| *word)
}

#[cfg(test)]
mod tests {
    use super::super::forms::Form;

    #[test]
    fn what_tells_a_place_from_others_is_known() {
        for (name, expected) in [
            ("Frankfurt (Oder), Stadt", "frankfurt | oder"),
            ("Frankfurt am Main, Stadt", "frankfurt | main"),
            ("Frankfurt/Oder", "frankfurt | oder"),
            ("Frankfurt a. d. Oder", "frankfurt | oder"),
            ("Frankfurt a.M.", "frankfurt | m"),
            ("Frankfurt a. O.", "frankfurt | o"),
            ("Frankfurt/O.", "frankfurt | o"),
            ("Stadt Brandenburg an der Havel", "brandenburg | havel"),
            ("Cottbus/Chóśebuz, Stadt", "cottbus | chosebuz"),
            ("Rothenburg ob der Tauber, Große Kreisstadt", "rothenburg | tauber"),
            ("Landkreis Spree-Neiße/Wokrejs Sprjewja-Nysa", "spree neisse | wokrejs sprjewja nysa"),
            ("Neustadt a.d. Aisch-Bad Windsheim", "neustadt | aisch bad windsheim"),
            ("Potsdam, Stadt", ""),
            ("Rhein-Neckar-Kreis", ""),
            ("Am Mellensee", ""),
            ("Kiel (", ""),
        ] {
            let told = Form::of(name).told;
            let told = told.map(|told| format!("{} | {}", told.stem, told.addition.join(" ")));
            assert_eq!(told.unwrap_or_default(), expected, "{name}");
        }
    }
}
