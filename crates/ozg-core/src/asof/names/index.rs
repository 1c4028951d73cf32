//! An index of names: which things bear a name, and from which day until which.

use super::forms::Form;
use crate::words::Day;
use foldhash::fast::FixedState;
use indexmap::IndexMap;

/// Longest texts that are looked for by likeness.
const LIKENESS_CHARACTERS_MAX: usize = 80;

/// A name of something, while it holds.
#[derive(Debug, Clone)]
pub(super) struct Named<T> {
    pub(super) what: T,
    /// The name as it is registered.
    pub(super) name: Box<str>,
    pub(super) form: Form,
    from: Day,
    until: Day,
    /// The letters that it has, a bit each.
    letters: u64,
}

impl<T> Named<T> {
    /// Tells whether it bears the name on a day.
    pub(super) fn holds(&self, day: Day) -> bool {
        self.from <= day && day < self.until
    }
}

/// Names of things of one kind.
#[derive(Debug, Clone)]
pub(super) struct Index<T> {
    by_base: IndexMap<Box<str>, Vec<Named<T>>, FixedState>,
    /// The names that begin so and go on with what tells a place from others.
    by_stem: IndexMap<Box<str>, Vec<Box<str>>, FixedState>,
}

impl<T> Default for Index<T> {
    fn default() -> Index<T> {
        Index { by_base: IndexMap::default(), by_stem: IndexMap::default() }
    }
}

impl<T: Clone + PartialEq> Index<T> {
    /// Adds a name that holds from a day until another.
    pub(super) fn add(&mut self, what: &T, name: &str, form: Form, (from, until): (Day, Day)) {
        if let Some(told) = &form.told {
            let bases = self.by_stem.entry(told.stem.as_str().into()).or_default();
            if bases.iter().all(|base| **base != *form.base) {
                bases.push(form.base.as_str().into());
            }
        }
        let (base, letters) = (form.base.as_str().into(), letters(&form.base));
        let of_base = self.by_base.entry(base).or_default();
        let same =
            of_base.iter_mut().find(|named| named.what == *what && named.form == form && named.until >= from);
        match same {
            Some(named) => named.until = named.until.max(until),
            None => of_base.push(Named { what: what.clone(), name: name.into(), form, from, until, letters }),
        }
    }

    /// Lists what bears the name of a place, or the whole name.
    pub(super) fn of_base(&self, base: &str) -> &[Named<T>] {
        self.by_base.get(base).map_or(&[], Vec::as_slice)
    }

    /// Lists what bears a name that begins so and goes on with what tells the place from others.
    pub(super) fn of_stem(&self, stem: &str) -> impl Iterator<Item = &Named<T>> {
        let bases = self.by_stem.get(stem).map_or(&[][..], Vec::as_slice);
        bases.iter().flat_map(|base| self.of_base(base))
    }

    /// Lists all names.
    pub(super) fn all(&self) -> impl Iterator<Item = &Named<T>> {
        self.by_base.values().flatten()
    }

    /// Lists what is called nearly so: one typing mistake, two in a name of eight letters and more.
    pub(super) fn near(&self, base: &str) -> impl Iterator<Item = &Named<T>> {
        let length = base.chars().count();
        let allowed = match length {
            4..8 => 1,
            8..=LIKENESS_CHARACTERS_MAX => 2,
            _ => 0,
        };
        let (written, base) = (letters(base), base.to_owned());
        // Most names share too few letters to be near, which one comparison of their bits tells.
        let may_be = move |named: &&Named<T>| (named.letters ^ written).count_ones() as usize <= 2 * allowed;
        self.all().filter(may_be).filter(move |named| {
            let is_as_long = named.form.base.len().abs_diff(base.len()) <= allowed * 2;
            is_as_long && allowed > 0 && strsim::osa_distance(&named.form.base, &base) <= allowed
        })
    }
}

fn letters(text: &str) -> u64 {
    text.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % u64::BITS))
}
