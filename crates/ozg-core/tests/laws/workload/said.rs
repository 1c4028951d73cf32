//! Random maturities, plans, targets and claims.

use super::roll::{date, milestone};
use super::{Dice, services, text};
use ozg_core::event::{Amount, Body, Claim, ClaimScope, Maturity, Milestone, Plan, ReuseReport, Target};
use ozg_core::measure::Measure;
use ozg_core::words::{Area, Day, Figure, Level, PartialDate, Place, Qualifier, Stage, Topic, Unit};

pub(super) fn maturity(dice: &mut Dice, recorded: Day) -> Body {
    let level = Level::read(dice.pick::<&str>(&["1.1:2", "1.1:3", "1.1:4", "2.0:5"])).unwrap();
    let Milestone { service, place, .. } = milestone(dice);
    Body::MaturityAssessed(Maturity { service, place, level, on: date(dice, recorded) })
}

pub(super) fn plan(dice: &mut Dice, recorded: Day) -> Body {
    let made = dice.chance(50).then(|| date(dice, recorded));
    let due = PartialDate::Day(Day(recorded.0 + u16::try_from(dice.below(60)).unwrap() - 40));
    let due = if dice.chance(10) { PartialDate::Year(2024) } else { due };
    Body::MilestonePlanned(Plan { milestone: milestone(dice), due, on: made })
}

/// Exact, and one of each kind of inexact figure.
const QUALIFIERS: [Qualifier; 8] = [
    Qualifier::Exact,
    Qualifier::Exact,
    Qualifier::MoreThan,
    Qualifier::AtLeast,
    Qualifier::LessThan,
    Qualifier::Between,
    Qualifier::About,
    Qualifier::JustUnder,
];

pub(super) fn amount(dice: &mut Dice) -> Amount {
    let qualifier = *dice.pick(&QUALIFIERS);
    let number = i64::try_from(dice.below(4)).unwrap();
    let figure = match qualifier {
        Qualifier::Between => Figure::between(number.into(), (number + 2).into()).unwrap(),
        _ => Figure::new(number.into(), qualifier),
    };
    if dice.chance(10) { Amount::Percent(figure) } else { Amount::Value(figure) }
}

fn claim_scope(dice: &mut Dice) -> ClaimScope {
    let place = Place::Area(*dice.pick(&[Area::DE, Area::DE, Area::BW, Area::SH]));
    let scope = dice.chance(15).then(|| text("nur Bund"));
    let (all, topic) = (services(), dice.chance(20).then_some(Topic::Building));
    let base = ClaimScope {
        measure: Measure::ServicesLaunched,
        place,
        topic,
        service: None,
        stage: None,
        level: None,
        unit: Some(Unit::Ozg),
        scope,
    };
    match dice.below(4) {
        0 => base,
        1 => ClaimScope { measure: Measure::Applications, unit: None, topic: None, ..base },
        _ => {
            let service = all[dice.below(2)].clone();
            let (unit, stage) = (Some(service.unit()), Some(Stage::Live));
            ClaimScope { measure: Measure::Reuses, service: Some(service), unit, stage, topic: None, ..base }
        }
    }
}

pub(super) fn figure(dice: &mut Dice, recorded: Day) -> Body {
    let of = dice.chance(30).then(|| Figure::exact(5));
    let on = claim_date(dice, recorded);
    let since = dice.chance(15).then(|| PartialDate::Day(Day(on.first().0 - 30)));
    Body::FigureReported(Claim { scope: claim_scope(dice), amount: amount(dice), of, on, since })
}

/// Few days, so that claims compete.
fn claim_date(dice: &mut Dice, recorded: Day) -> PartialDate {
    if dice.chance(70) { PartialDate::Day(Day(recorded.0 / 30 * 30)) } else { date(dice, recorded) }
}

pub(super) fn target(dice: &mut Dice, recorded: Day) -> Body {
    let due = PartialDate::Day(Day(recorded.0 + 10));
    Body::TargetSet(Target { scope: claim_scope(dice), amount: amount(dice), of: None, due, on: None })
}

pub(super) fn report(dice: &mut Dice, recorded: Day) -> Body {
    let figure = |dice: &mut Dice| match amount(dice) {
        Amount::Value(figure) | Amount::Percent(figure) => figure,
    };
    let service = services()[dice.below(2)].clone();
    let place = Place::Area(*dice.pick(&[Area::DE, Area::BW, Area::SH, Area::HH]));
    let (live, rolling_out) = (Some(figure(dice)), dice.chance(50).then(|| figure(dice)));
    let of = dice.chance(30).then(|| figure(dice));
    Body::ReuseReported(ReuseReport { service, place, live, rolling_out, of, on: claim_date(dice, recorded) })
}
