//! What a counted line lacks where a catalogue or a register is partial (rule 10b).

use super::About;
use super::begins::JudgedAs;
use super::ground;
use super::rules::{Holds, RestsOn, rule};
use super::sums::{Sum, executing, judged, summed};
use super::whose::Whose;
use crate::measure::Denominator;
use crate::query::Query;
use crate::state::{Completeness, Count};
use crate::steps::Steps;
use crate::words::{Area, AuthorityKind, Unit};

/// What a counted line lacks.
#[derive(Debug, Default)]
pub(crate) struct Lacks {
    /// When the denominator is not known as a whole, so that the value has none.
    pub(crate) partial: Steps<bool>,
    /// When a first edition is read for a day before it.
    pub(crate) early: Steps<bool>,
    /// When the line has a value, if it does not always have one.
    pub(crate) holds: Option<Steps<bool>>,
}

/// Returns what a line lacks.
pub(crate) fn lacks(whose: &Whose<'_>, query: &Query, about: &About) -> Lacks {
    let rule = rule(query.measure);
    let rests_on = match rule.rests_on() {
        RestsOn::Nothing => return Lacks::default(),
        // An authority needs no register.
        RestsOn::Executing | RestsOn::Registered if about.place.authority().is_some() => {
            return Lacks::default();
        }
        RestsOn::Catalogue => catalogue(whose, query, about),
        RestsOn::Executing => whose.complete_while(executing_kinds(whose, query, about)),
        RestsOn::Registered => {
            let kinds = AuthorityKind::all();
            whose.complete_while(kinds.map(|kind| (kind, whose.of_kind(kind).map(|count| *count > 0))))
        }
    };
    let lacks = Lacks { partial: rests_on.holds.not(), early: rests_on.early, holds: None };
    match rule.holds {
        Holds::Always => {}
        Holds::WhileJudged => return what_can_be_judged(whose, query, about, &lacks),
        Holds::WhileExecutingComplete => {
            let kinds = executing_kinds(whose, query, about);
            let known = kinds.fold(Steps::default(), |any: Steps<bool>, (_, executes)| any.or(&executes));
            return Lacks { holds: Some(known.and(&lacks.partial.not())), ..lacks };
        }
    }
    let lacks = if rule.rests_on() == RestsOn::Executing {
        // Of a service whose kinds are unknown nobody knows what might be.
        Lacks { partial: lacks.partial.or(&some_are_unknown(whose, query, about)), ..lacks }
    } else {
        lacks
    };
    if query.measure.row().denominator == Denominator::PopulationResponsible {
        let kinds = executing_kinds(whose, query, about);
        let unpeopled = kinds.map(|(kind, executes)| executes.and(whose.unpeopled(kind)));
        let partial = unpeopled.fold(lacks.partial, |any, one| any.or(&one));
        return Lacks { partial, ..lacks };
    }
    lacks
}

/// Returns when the services of a line are known. A question that names a service or a list names them itself; any other needs
/// a complete catalogue of its unit.
fn catalogue(whose: &Whose<'_>, query: &Query, about: &About) -> Completeness {
    if is_told(query, about) {
        return Completeness { holds: Steps::always(true), early: Steps::default() };
    }
    let catalogue = whose.at().catalogue(about.unit.unwrap_or(Unit::Ozg));
    Completeness { holds: catalogue.holds, early: catalogue.early }
}

/// Tells whether a question says which services it is about.
pub(crate) fn is_told(query: &Query, about: &About) -> bool {
    about.service.is_some() || query.list.is_some()
}

/// Lists the kinds that execute the services of a line, each with the days on which it does.
fn executing_kinds(
    whose: &Whose<'_>,
    query: &Query,
    about: &About,
) -> impl Iterator<Item = (AuthorityKind, Steps<bool>)> {
    let told = is_told(query, about).then(|| ground::executing(whose, about));
    AuthorityKind::all().map(move |kind| {
        let executes = match &told {
            Some(kinds) => kinds.map(|kinds| kinds.contains(kind)),
            None => whose.at().cell(executing(about, kind)).steps().map(|services| *services > 0),
        };
        (kind, executes)
    })
}

/// Returns when a listed service says nothing of the kinds that execute it. Where sums are stored, also when their registers are
/// partial, which tells the same of the line.
fn some_are_unknown(whose: &Whose<'_>, query: &Query, about: &About) -> Steps<bool> {
    match stored_judgement(whose, query, about) {
        Some([judged, listed]) => judged.zip(&listed, |judged, listed| judged < listed),
        None => ground::some_are_unknown(whose, about),
    }
}

/// Returns how many services can be judged and how many are listed, where these sums are stored.
fn stored_judgement(whose: &Whose<'_>, query: &Query, about: &About) -> Option<[Steps<i64>; 2]> {
    (whose.is_plain() && !is_told(query, about)).then(|| {
        let judged = judged(whose.area(), about, JudgedAs::Judged);
        let listed = Sum::OfGermany(Count::Listed).cells(Area::DE, about);
        [summed(whose.at(), &[judged]), summed(whose.at(), &listed)]
    })
}

/// Returns what a line lacks where some services cannot be judged. Such services are not counted; on days on which none can be
/// judged the line has no value.
fn what_can_be_judged(whose: &Whose<'_>, query: &Query, about: &About, lacks: &Lacks) -> Lacks {
    let stored = stored_judgement(whose, query, about);
    let [judged, listed] = stored.unwrap_or_else(|| ground::judged(whose, about));
    let some_cannot = judged.zip(&listed, |judged, listed| judged < listed);
    let registers = whose.complete_while(executing_kinds(whose, query, about));
    Lacks {
        partial: lacks.partial.or(&some_cannot),
        early: lacks.early.or(&registers.early),
        holds: Some(judged.map(|judged| *judged > 0)),
    }
}
