//! Which authorities a name may mean: those that are called so, and those that are called so for short.

use super::forms::{Form, Says};
use super::index::Named;
use super::look_up::{Candidates, GENERAL, Lookup, each_once};
use super::told::{Told, meant};
use crate::words::{AuthorityId, Day, KindSet};
use std::collections::BTreeMap;

impl Lookup<'_> {
    /// Lists the authorities that a name may mean: those that are called so, else those that are called so for short. Both may be
    /// meant where several are called so, or where a city is called so for short and what is called so is none.
    pub(super) fn called_authority(&self, form: &Form, day: Day, kinds: KindSet) -> Candidates<AuthorityId> {
        let exact = self.called(|names| &names.authorities, &form.base, day);
        let exact: Vec<&Named<AuthorityId>> =
            exact.into_iter().filter(|named| self.fits(form, named)).collect();
        let has_city = exact.iter().any(|named| self.is_of_city(named));
        let mut found = self.meant_among(exact, form, (day, kinds));
        let executes = |all: &Candidates<AuthorityId>| {
            kinds.is_empty() || all.iter().any(|(one, _)| kinds.contains(one.kind()))
        };
        let is_one = found.len() == 1 && executes(&found);
        if is_one && has_city {
            return found;
        }
        let mut named = self.called_for_short(form, day);
        if is_one {
            named.retain(|named| self.is_of_city(named));
        }
        let short = self.meant_for_short(named, form, (day, kinds));
        match (executes(&found), executes(&short)) {
            (_, false) if !found.is_empty() => found,
            (false, _) => short,
            (true, _) if is_one && form.is_city() && !short.is_empty() => short,
            (true, _) => {
                found.extend(short);
                each_once(&mut found, |(one, _)| one);
                found
            }
        }
    }

    /// Lists of authorities that are called so for short those that may be meant: of each place those that the kinds tell apart. No
    /// kind tells two places apart, of which one may have no authority of it yet.
    fn meant_for_short(
        &self,
        all: Vec<&Named<AuthorityId>>,
        form: &Form,
        (day, kinds): (Day, KindSet),
    ) -> Candidates<AuthorityId> {
        let mut of_place: BTreeMap<&str, Vec<&Named<AuthorityId>>> = BTreeMap::new();
        for named in all {
            of_place.entry(&named.form.base).or_default().push(named);
        }
        of_place.into_values().flat_map(|all| self.meant_among(all, form, (day, kinds))).collect()
    }

    /// Lists the authorities of some with a name that may be meant. Without a task in the name, a body as a whole is meant, unless
    /// one with a task is called exactly so.
    fn meant_among(
        &self,
        all: Vec<&Named<AuthorityId>>,
        form: &Form,
        (day, kinds): (Day, KindSet),
    ) -> Candidates<AuthorityId> {
        let pairs = |all: Vec<&Named<AuthorityId>>| -> Candidates<AuthorityId> {
            all.into_iter().map(|named| (named.what.clone(), named.name.to_string())).collect()
        };
        if !kinds.is_empty() {
            return self.executing(pairs(all), kinds, day);
        }
        let is_same = |named: &&Named<AuthorityId>| self.is_same(form, named);
        let is_general = |named: &&Named<AuthorityId>| GENERAL.contains(&named.what.kind());
        let mut found = all;
        if form.office.is_none() && found.iter().any(is_general) {
            found.retain(|named| is_general(named) || is_same(named));
        }
        // A name that says which body is meant is the registered one, where there is such a one.
        if !form.is_bare() && found.iter().any(is_same) {
            found.retain(is_same);
        }
        pairs(found)
    }

    /// Tells whether a name that somebody wrote may mean an authority.
    pub(super) fn fits(&self, form: &Form, named: &Named<AuthorityId>) -> bool {
        form.may_mean(&named.what, || named.form.is_city() || self.is_city(&named.what))
    }

    /// Tells whether an authority is that of a city, by its name or its key.
    fn is_of_city(&self, named: &Named<AuthorityId>) -> bool {
        let key = named.what.key();
        named.form.is_city() || key.len() == 8 && key.ends_with("000") || self.is_city(&named.what)
    }

    /// Tells whether an authority is called exactly as somebody wrote, by its name or by what it is.
    fn is_same(&self, form: &Form, named: &Named<AuthorityId>) -> bool {
        let key = named.what.key();
        let by_key = match key.len() {
            5 if self.is_city(&named.what) => Some(Says::City),
            5 => Some(Says::Kreis),
            8 if key.ends_with("000") => Some(Says::City),
            _ => None,
        };
        let is_office = form.office == named.form.office || form.office == Some(named.what.kind());
        is_office && (form.body == named.form.body || form.body == named.form.body.or(by_key))
    }

    /// Lists the authorities whose places are called so for short: those that bear the name on the day, else those that ever did.
    fn called_for_short(&self, form: &Form, day: Day) -> Vec<&Named<AuthorityId>> {
        let words: Vec<&str> = form.base.split(' ').collect();
        let (first, rest) = words.split_at(1);
        let words: Vec<&str> = first.iter().copied().chain(meant(rest)).collect();
        for count in (1..=words.len()).rev() {
            let (stem, addition) = (words[..count].join(" "), &words[count..]);
            for fits in [Told::is, Told::begins] {
                let (kept, own) = (&self.names.authorities, &self.own.names.authorities);
                let all = own.of_stem(&stem).chain(kept.of_stem(&stem));
                let is_meant = |named: &&Named<AuthorityId>| {
                    named.form.told.as_ref().is_some_and(|told| fits(told, addition))
                        && self.fits(form, named)
                };
                let all: Vec<&Named<AuthorityId>> = all.filter(is_meant).collect();
                let then: Vec<&Named<AuthorityId>> =
                    all.iter().copied().filter(|named| named.holds(day)).collect();
                let mut found = if then.is_empty() { all } else { then };
                each_once(&mut found, |named| &named.what);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }
}
