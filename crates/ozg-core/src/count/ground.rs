//! What a count reads of a single service: the timelines that rules are written in, the first day of a series (rule 17), the
//! kinds of authorities that execute the service, and whether its coverage can be judged (rule 10b).

use super::About;
use super::begins::{Begins, JudgedAs};
use super::fold::{Fold, folds};
use super::rules::{Counts, is_active, judgement, rule};
use super::whose::Whose;
use crate::asof::AsOf;
use crate::measure::Measure;
use crate::state::{Judgement, ServiceNo};
use crate::steps::Steps;
use crate::words::{Area, Day, KindSet, Model, Place, Stage};

/// What a rule may read: timelines of one service in the place of a line. The projection and the fold each answer them.
pub(crate) trait Ground {
    /// Returns when something holds for the whole area; for a region, when it holds for every Land that the region touches.
    fn throughout(&self, holds: &dyn Fn(AsOf<'_>, ServiceNo, Area) -> Steps<bool>) -> Steps<bool>;
    /// Returns when the service is available at any place here.
    fn available(&self) -> Steps<bool>;
    /// Returns when the service is rolled out around here, so that it is available at every place.
    fn rolled_out_around(&self) -> Steps<bool>;
    /// Returns when a listed child counts as launched here, while that child names the service as its parent.
    fn launched_child(&self) -> Steps<bool>;
    /// Counts the responsible authorities here at which the service is live.
    fn live(&self) -> Steps<i64>;
    /// Counts the authorities here of the kinds that execute the service.
    fn responsible(&self) -> Steps<i64>;
    /// Returns when it is known who executes the service, and all of them are registered.
    fn can_be_judged(&self) -> Steps<bool>;
}

/// Further timelines for rules without a stored sum. Only the fold answers them.
pub(crate) trait Amounts: Ground {
    /// Counts the inhabitants of the places here at which the service is live.
    fn people_live(&self) -> Steps<i64>;
    /// Counts the Länder here in which a stage is held, by the Land itself or by an authority there.
    fn laender_holding(&self, stage: Stage) -> Steps<i64>;
}

/// Returns the first day on which any service of a line begins the measure.
pub(crate) fn begun(whose: &Whose<'_>, measure: Measure, about: &About) -> Option<Day> {
    folds(whose, about).filter_map(|fold| fold.begins(measure).first()).min()
}

/// Counts the listed services whose coverage of the place can be judged, and all listed services.
pub(crate) fn judged(whose: &Whose<'_>, about: &About) -> [Steps<i64>; 2] {
    folds(whose, about).fold(Default::default(), |[judged, listed]: [Steps<i64>; 2], fold| {
        let one = |holds: &Steps<bool>| holds.map(|holds| i64::from(*holds));
        let of_service = fold.listed();
        [judged.plus(&one(&of_service.and(&fold.can_be_judged()))), listed.plus(&one(&of_service))]
    })
}

/// Returns when a listed service of a line says nothing of the kinds that execute it.
pub(crate) fn some_are_unknown(whose: &Whose<'_>, about: &About) -> Steps<bool> {
    folds(whose, about).fold(Steps::default(), |any: Steps<bool>, fold| {
        any.or(&fold.listed().and(&fold.kinds().map(|kinds| !kinds.is_empty()).not()))
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
    /// Returns when the service has what begins the measure.
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
