//! Questions that cannot have an answer at their data state, each with the nearest that can (rule 21b).

use super::SeriesError;
use crate::asof::AsOf;
use crate::count::{Counts, rule};
use crate::mistake::{Code, Fault, Mistake, Origin};
use crate::query::Query;
use crate::state::{Dated, Known};
use crate::words::{AuthorityId, AuthorityKind, Basis, Day, Place, Position, ServiceId};

impl AsOf<'_> {
    /// Checks that a question can have an answer: that what it names is known at the data state and no date begins after
    /// today, but those of plans and targets.
    ///
    /// # Errors
    /// `Undefined` and `Impossible`.
    pub(crate) fn check_possible(self, query: &Query, today: Day) -> Result<(), SeriesError> {
        self.check_defined(query)?;
        let services = query.services.iter().flatten().filter_map(|service| {
            let fault = self.unknown_service(service)?;
            Some(Mistake::at(&Origin::default(), "service", Some(&service.to_string()), fault))
        });
        let authorities = query.areas.iter().flatten().filter_map(Place::authority).filter_map(|authority| {
            let fault = self.unknown_authority(authority).filter(|_| !self.lies_in_kreis(authority))?;
            Some(Mistake::at(&Origin::default(), "area", Some(&authority.to_string()), fault))
        });
        let mistakes: Vec<Mistake> = services.chain(authorities).chain(in_future(query, today)).collect();
        if mistakes.is_empty() { Ok(()) } else { Err(SeriesError::Impossible(mistakes)) }
    }

    /// Says that a service was never in the catalogue up to the data state; nothing where it was.
    #[must_use]
    pub fn unknown_service(self, service: &ServiceId) -> Option<Fault> {
        let said = self.state.services.get(service).map(|history| first_said(&history.said));
        let since = match said.flatten() {
            Some(first) if first <= self.position => return None,
            since => since,
        };
        let known = self.state.services.iter().filter(|(_, history)| is_said(&history.said, self.position));
        let fault = Fault::say(
            Code::UnknownService,
            format!("Die Leistung {service} steht in keinem Katalog"),
            format!("The service {service} is in no catalogue"),
        );
        Some(hinting(
            fault,
            since,
            &service.to_string(),
            &known.map(|(service, _)| service.to_string()).collect::<Vec<_>>(),
        ))
    }

    /// Says that an authority was never registered up to the data state; nothing where it was.
    #[must_use]
    pub fn unknown_authority(self, authority: &AuthorityId) -> Option<Fault> {
        let said = self.state.authorities.get(authority).map(|history| first_said(&history.said));
        let since = match said.flatten() {
            Some(first) if first <= self.position => return None,
            since => since,
        };
        let of_kind = self.state.authorities.iter().filter(|(id, _)| id.kind() == authority.kind());
        let known = of_kind.filter(|(_, history)| is_said(&history.said, self.position));
        let fault = Fault::say(
            Code::UnknownPlace,
            format!("Die Behörde {authority} ist nicht eingetragen"),
            format!("The authority {authority} is not registered"),
        );
        Some(hinting(
            fault,
            since,
            &authority.to_string(),
            &known.map(|(id, _)| id.to_string()).collect::<Vec<_>>(),
        ))
    }

    /// Tells whether any authority of a Kreis was registered up to the data state (rule 21d).
    fn lies_in_kreis(self, kreis: &AuthorityId) -> bool {
        let lies_there = |id: &AuthorityId| id.key().get(..5) == Some(kreis.key());
        let mut known = self.state.authorities.iter().filter(|(id, _)| lies_there(id));
        kreis.kind() == AuthorityKind::Kreis
            && known.any(|(_, history)| is_said(&history.said, self.position))
    }

    /// Says that an office has recorded nothing up to the data state; nothing where it has. The
    /// message does not tell offices without entries from names of no office.
    #[must_use]
    pub fn unknown_office(self, office: &str) -> Option<Fault> {
        if self.state.offices.iter().any(|known| known == office) {
            return None;
        }
        let fault = Fault::say(
            Code::UnknownWord,
            format!("Eine Stelle „{office}“ gibt es nicht: sie hat weder einen Eintrag noch ein Token"),
            format!("There is no office \"{office}\": it has neither an entry nor a token"),
        );
        Some(fault.near(office, self.state.offices.iter().map(String::as_str)))
    }
}

/// Hints at what becomes known later, else at the only key that is near.
fn hinting(fault: Fault, since: Option<Position>, asked: &str, known: &[String]) -> Fault {
    match since {
        Some(since) => fault
            .more(&format!("; bekannt seit Position {since}"), &format!("; known since position {since}"))
            .hint(format!("position={since}")),
        None => fault.near(asked, known.iter().map(String::as_str)),
    }
}

/// Returns the position from which anything was said of a thing.
fn first_said<T>(said: &[Known<Dated<T>>]) -> Option<Position> {
    said.iter().map(|known| known.from).min()
}

fn is_said<T>(said: &[Known<Dated<T>>], position: Position) -> bool {
    first_said(said).is_some_and(|first| first <= position)
}

/// Finds the dates that begin after today; plans and targets reach out.
fn in_future(query: &Query, today: Day) -> Vec<Mistake> {
    let reaches_out =
        matches!(rule(query.measure).counts, Counts::Plans { .. }) || query.bases.contains(&Basis::Target);
    let from = query.from.map(|day| ("from", day));
    let begun = query.begins.iter().copied().chain(from);
    let beyond =
        begun.filter(|(name, first)| *first > today && !(reaches_out && matches!(*name, "from" | "on")));
    let say = |(name, first): (&'static str, Day)| {
        let fault = Fault::say(
            Code::FutureDate,
            format!("„{name}“ liegt in der Zukunft (heute ist {today})"),
            format!("\"{name}\" lies in the future (today is {today})"),
        );
        Mistake::at(&Origin::default(), name, Some(&first.to_string()), fault.hint(today.to_string()))
    };
    beyond.map(say).collect()
}
