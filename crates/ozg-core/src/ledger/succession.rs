//! Successions of authorities: an authority ends once until it is registered anew, and no succession runs in a circle
//! (rule 10). Only what a batch adds is refused; entries that stand already are not judged again.

use super::check::Trial;
use crate::event::Draft;
use crate::mistake::{Code, Fault, Mistake};
use crate::state::{AuthorityNo, Dated, Flavor, Known, Registered, State, Thing, by_day};
use crate::words::{Day, PartialDate, Position};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The statement with which an authority ended.
struct End<'a> {
    entry: Position,
    day: Day,
    on: Option<PartialDate>,
    successors: &'a [AuthorityNo],
}

impl End<'_> {
    fn of(known: &Known<Dated<Registered>>) -> Option<End<'_>> {
        let Flavor::Dissolved { successors, .. } = &known.what.said.how else { return None };
        Some(End { entry: known.entry, day: known.what.day, on: known.what.on, successors })
    }
}

impl Trial<'_> {
    /// Checks the ends of authorities in the batch.
    pub(super) fn check_succession(&mut self, drafts: &[Option<Cow<'_, Draft>>]) {
        if self.request().was_accepted {
            return;
        }
        let judged = |authority: &AuthorityNo| !self.spoilt.has(Thing::Authority(*authority));
        let dissolved: Vec<AuthorityNo> = self.dissolved_here().into_iter().filter(judged).collect();
        for authority in dissolved {
            self.check_ends_once(drafts, authority);
            self.check_leads_on(drafts, authority);
        }
    }

    /// Refuses a second end of an authority that was not registered again meanwhile.
    fn check_ends_once(&mut self, drafts: &[Option<Cow<'_, Draft>>], authority: AuthorityNo) {
        let ends = self.state.ends(authority);
        // Two ends on the same day are reported elsewhere, as two statements about the same thing.
        let twice = ends.windows(2).filter_map(|pair| Some((pair[0].as_ref()?, pair[1].as_ref()?)));
        let twice = twice.filter(|(first, second)| first.day != second.day);
        let twice: Vec<_> = twice.map(|(a, b)| ((a.entry, a.on), (b.entry, b.on))).collect();
        for (first, second) in twice {
            let (earlier, later) = if first.0 < second.0 { (first, second) } else { (second, first) };
            if later.0 <= self.head {
                continue;
            }
            let named = self.state.name(earlier.0, self.head, earlier.1);
            let code = if earlier.0 > self.head { Code::Contradiction } else { Code::AlreadySaid };
            let fault = ends_twice(code, &self.shown(authority), &named.on);
            self.blame(drafts, later.0, "on", later.1, fault, vec![named]);
        }
    }

    /// Refuses an authority that would succeed itself, directly or through others.
    fn check_leads_on(&mut self, drafts: &[Option<Cow<'_, Draft>>], authority: AuthorityNo) {
        let Some(circle) = self.state.circle(authority) else { return };
        let ends = circle.iter().filter_map(|member| self.state.ended(*member));
        let entries: Vec<(Position, Option<PartialDate>)> = ends.map(|end| (end.entry, end.on)).collect();
        // The newest statement of a circle is the mistake; the message names the one that leads back to it.
        let Some(((entry, _), back)) = entries.first().zip(entries.last()) else { return };
        if *entry <= self.head || entries.iter().any(|(other, _)| other > entry) {
            return;
        }
        let way: Vec<String> = circle.iter().chain([&authority]).map(|member| self.shown(*member)).collect();
        let code = if back.0 > self.head { Code::Contradiction } else { Code::AlreadySaid };
        let named = self.state.name(back.0, self.head, back.1);
        let Some(index) = self.draft_behind(*entry) else { return };
        let Some(Some(draft)) = drafts.get(index) else { return };
        let at = draft.at.field("successors");
        let mistake = Mistake::at(&at, "successors", way.get(1).map(String::as_str), leads_back(code, &way));
        self.mistakes.push((index, mistake.standing(vec![named])));
    }

    fn shown(&self, authority: AuthorityNo) -> String {
        self.state.authorities.key(authority).expect("a number is that of an authority").to_string()
    }
}

impl State {
    /// Lists when an authority begins (none) and ends, by day, as everything stands; on one day the end comes last.
    fn ends(&self, authority: AuthorityNo) -> Vec<Option<End<'_>>> {
        let said = self.authorities.value(authority).map_or(&[][..], |history| &history.said);
        let turns = by_day(said, self.latest());
        let turns = turns.into_iter().filter(|known| !matches!(known.what.said.how, Flavor::Changed(_)));
        turns.map(End::of).collect()
    }

    /// Returns the last end of an authority that no longer exists.
    fn ended(&self, authority: AuthorityNo) -> Option<End<'_>> {
        self.ends(authority).pop().flatten()
    }

    /// Returns the circle through which an ended authority succeeds itself, beginning with it; none if there is no
    /// circle. An authority that was registered again breaks a circle.
    fn circle(&self, authority: AuthorityNo) -> Option<Vec<AuthorityNo>> {
        let mut came_from: BTreeMap<AuthorityNo, AuthorityNo> = BTreeMap::new();
        let mut next = vec![authority];
        while let Some(from) = next.pop() {
            let successors = self.ended(from).map(|end| end.successors).unwrap_or_default();
            for heir in successors.iter().copied() {
                if heir == authority {
                    let back = std::iter::successors(Some(from), |at| came_from.get(at).copied());
                    let mut circle: Vec<AuthorityNo> = back.collect();
                    circle.reverse();
                    return Some(circle);
                }
                if let Entry::Vacant(way) = came_from.entry(heir) {
                    way.insert(from);
                    next.push(heir);
                }
            }
        }
        None
    }
}

fn ends_twice(code: Code, authority: &str, on: &str) -> Fault {
    let fault = Fault::say(
        code,
        format!(
            "{authority} ist schon zum {on} aufgelöst und seitdem nicht wieder eingetragen. Um die Auflösung zu ändern, „ersetzt“ (replaces) angeben; bestand die Behörde wieder, sie zuerst zu ihrem Tag eintragen (authority-listed)"
        ),
        format!(
            "{authority} is already dissolved on {on} and was not registered again since. To change the dissolution, give \"replaces\"; if the authority existed again, first register it with authority-listed on its day"
        ),
    );
    // The other line of a batch cannot be meant by `standing`.
    if code == Code::Contradiction { fault } else { fault.hint("replaces: standing") }
}

fn leads_back(code: Code, way: &[String]) -> Fault {
    let way = way.join(" → ");
    Fault::say(
        code,
        format!(
            "Die Nachfolge führt im Kreis: {way}. Eine Nachfolgerin nennen, die nicht zu ihren Vorgängern zurückführt, oder die andere Auflösung mit „ersetzt“ (replaces) ändern oder zurückziehen; entstand eine der Behörden neu, sie zuerst zu ihrem Tag eintragen (authority-listed)"
        ),
        format!(
            "The succession forms a circle: {way}. Name a successor that does not lead back to its predecessors, or change the other dissolution with \"replaces\", or withdraw it; if one of the authorities came into being again, first register it with authority-listed on its day"
        ),
    )
}
