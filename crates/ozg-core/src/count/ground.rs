//! What lies below a count of single services: what begins it (rule 17), who executes, and what can be judged (rule 10b).

use super::About;
use super::begins::{Begins, JudgedAs};
use super::fold::{Fold, folds};
use super::rules::{Counts, Ground, is_active, judgement, rule};
use super::whose::Whose;
use crate::measure::Measure;
use crate::state::Judgement;
use crate::steps::Steps;
use crate::words::{Area, Day, KindSet, Model, Place, Stage};

/// Returns the first day on which there is what begins a measure, of all services that a line may count.
pub(crate) fn begun(whose: &Whose<'_>, measure: Measure, about: &About) -> Option<Day> {
    folds(whose, about).filter_map(|fold| fold.begins(measure).first()).min()
}

/// Counts the services of which can be judged whether they cover the place, and all that are listed.
pub(crate) fn judged(whose: &Whose<'_>, about: &About) -> [Steps<i64>; 2] {
    folds(whose, about).fold(Default::default(), |[judged, listed]: [Steps<i64>; 2], fold| {
        let one = |holds: &Steps<bool>| holds.map(|holds| i64::from(*holds));
        let of_service = fold.listed();
        [judged.plus(&one(&of_service.and(&fold.can_be_judged()))), listed.plus(&one(&of_service))]
    })
}

/// Returns the kinds that execute any of the services of a line on each day.
pub(crate) fn executing(whose: &Whose<'_>, about: &About) -> Steps<KindSet> {
    folds(whose, about).fold(Steps::default(), |all: Steps<KindSet>, fold| {
        let kinds = fold
            .kinds()
            .zip(&fold.listed(), |kinds, listed| if *listed { *kinds } else { KindSet::default() });
        all.zip(&kinds, |all, kinds| all.iter().chain(kinds.iter()).collect())
    })
}

impl Fold<'_> {
    /// Returns when there is what begins a measure.
    fn begins(&self, measure: Measure) -> Steps<bool> {
        let (rule, about) = (rule(measure), About::new(Place::Area(Area::DE)));
        let there_is = |value: &Steps<i64>| value.map(|value| *value > 0);
        let judged = |holds: fn(&Judgement) -> bool| self.listed().and(&judgement(self).map(holds));
        match rule.begins {
            Begins::Listed | Begins::Value | Begins::ValueOfEach => match rule.counts {
                Counts::Authorities => {
                    there_is(&self.pairs(&about, |_, held| held.map(|held| is_active(*held))))
                }
                counts @ (Counts::Services(_)
                | Counts::Levels(_)
                | Counts::Pairs(_)
                | Counts::Amounts(_)
                | Counts::Plans { .. }
                | Counts::LeadTime
                | Counts::Lag
                | Counts::Claims) => there_is(&self.value(counts, &about)),
            },
            Begins::Pair => there_is(&self.pairs(&about, |_, held| held.map(|held| !held.is_empty()))),
            Begins::Level => {
                let assessed = |model| self.lowest_level(model).map(Option::is_some);
                self.listed().and(&assessed(Model::V1_1).or(&assessed(Model::V2_0)))
            }
            Begins::Judged(JudgedAs::Judged) => judged(|judged| judged.is_judged),
            Begins::Judged(JudgedAs::Possible) => judged(|judged| judged.is_possible),
            Begins::Judged(JudgedAs::Live) => judged(|judged| judged.is_live),
            Begins::Held => there_is(&self.masked(&self.laender(|stages| !stages.is_empty()))),
            Begins::Plan => unreachable!("plans are looked up"),
        }
    }

    /// Returns when the service is live at an authority whose inhabitants are unknown.
    pub(super) fn is_live_unpeopled(&self) -> Steps<bool> {
        let slots = self.whose.slots(self.service).into_iter();
        let unpeopled = slots.filter_map(|(area, slot)| {
            let live = self.whose.stages(self.service, area, slot).map(|stages| stages.contains(Stage::Live));
            let people = self.whose.of_territory(self.whose.population(slot.authority()?));
            Some(live.zip(&people, |live, people| *live && people.is_none()))
        });
        let any = unpeopled.fold(Steps::default(), |any: Steps<bool>, one| any.or(&one));
        any.and(&self.listed())
    }
}
