//! Stages of a milestone. They never imply each other; a rank says which of those of an authority is furthest
//! (rule 8).

use super::plain::{is_spelled, spelling};
use super::table::{self, Word, words};
use super::{Label, word_as_text};
use crate::mistake::{Code, Fault};

/// Where a stage exists and what it means there.
#[derive(Debug)]
pub struct Reach {
    /// Whether it exists at Länder and DE only.
    areas_only: bool,
    /// Whether a service that holds it is available at the place.
    is_available: bool,
    /// The higher, the further; no two are equal. Between two there is room for another.
    rank: u8,
}

const fn on_the_way(rank: u8) -> Reach {
    Reach { areas_only: false, is_available: false, rank }
}

const fn available(rank: u8) -> Reach {
    Reach { areas_only: false, is_available: true, rank }
}

const fn available_in_areas(rank: u8) -> Reach {
    Reach { areas_only: true, is_available: true, rank }
}

words! {
    /// A stage of a service at a place.
    Stage with Reach;
    0 Interested "interested" "Interesse bekundet" "interest expressed"
        ["interesse", "interessiert", "interessenbekundung", "interessensbekundung"] = on_the_way(10);
    1 Agreed "agreed" "Nachnutzung vereinbart" "reuse agreed"
        ["vereinbart", "vereinbarung", "nachnutzungsvereinbarung"] = on_the_way(20);
    2 Ready "ready" "bereit" "ready" ["startbereit", "betriebsbereit"] = on_the_way(30);
    3 Connected "connected" "angeschlossen" "connected"
        ["angebunden", "technisch angebunden", "technisch angeschlossen"] = on_the_way(40);
    /// No stage of the tracker: it stands in the middle so that `make test` reads the frozen samples of the log with a
    /// table that has a row more.
    #[cfg(feature = "another-stage")]
    9 Tested "tested" "getestet" "tested" = on_the_way(45);
    4 Pilot "pilot" "Pilot" "pilot"
        ["pilotierung", "in pilotierung", "im pilot", "pilotphase", "pilotbetrieb", "im pilotbetrieb"]
        = on_the_way(50);
    5 RollingOut "rolling_out" "im Roll-out" "rolling out"
        ["rollout", "rollout läuft", "in ausrollung", "wird ausgerollt", "in einführung", "wird eingeführt"]
        = on_the_way(60);
    6 Live "live" "im Einsatz" "live"
        [
            "online", "online verfügbar", "verfügbar", "freigeschaltet", "live geschaltet", "in betrieb", "im betrieb",
            "produktiv", "produktivbetrieb", "im produktivbetrieb", "echtbetrieb", "im echtbetrieb", "wirkbetrieb",
            "im wirkbetrieb", "regelbetrieb", "im regelbetrieb", "in nutzung", "nutzen", "genutzt", "wird genutzt",
            "eingesetzt",
        ]
        = available(70);
    7 Launched "launched" "Go-live" "launched" ["gestartet"] = available_in_areas(80);
    8 RolledOut "rolled_out" "flächendeckend" "rolled out"
        [
            "flächendeckend verfügbar", "flächendeckend im einsatz", "flächendeckend ausgerollt",
            "landesweit verfügbar", "rollout abgeschlossen",
        ]
        = available_in_areas(90);
}

/// Words of the trade that may mean either of two stages. They are refused with both.
const OF_TWO_STAGES: [(&[&str], [Stage; 2]); 5] = [
    (
        &[
            "umgesetzt",
            "abgeschlossen",
            "ausgerollt",
            "eingeführt",
            "erledigt",
            "implemented",
            "completed",
            "done",
        ],
        [Stage::Live, Stage::RolledOut],
    ),
    (&["nachgenutzt", "in nachnutzung", "reused"], [Stage::Agreed, Stage::Live]),
    (&["in umsetzung", "umsetzung", "in progress"], [Stage::Agreed, Stage::RollingOut]),
    (&["bereitgestellt", "fertig", "fertiggestellt", "fertig gestellt"], [Stage::Ready, Stage::Live]),
    (&["live gegangen", "livegang"], [Stage::Live, Stage::Launched]),
];
/// Words for plans. A plan is no stage.
const OF_PLANS: [&str; 6] = ["geplant", "in planung", "planung", "vorgesehen", "planned", "scheduled"];

impl Stage {
    /// Lists the stages that an authority can be in.
    pub fn of_authorities() -> impl Iterator<Item = Stage> + Clone {
        Stage::all().filter(|stage| !stage.is_for_areas_only())
    }

    /// Tells whether the stage exists at Länder and DE only.
    #[must_use]
    pub fn is_for_areas_only(self) -> bool {
        self.word_row().columns.areas_only
    }

    /// Lists the words that may mean either of two stages.
    pub fn words_of_two() -> impl Iterator<Item = (&'static str, [Stage; 2])> {
        OF_TWO_STAGES.iter().flat_map(|(words, stages)| words.iter().map(|word| (*word, *stages)))
    }

    /// Reads the id, the word in either language or a word of the trade (`angeschlossen`, `im Einsatz`, `produktiv`).
    ///
    /// # Errors
    /// `unknown_stage` for anything else: with both stages for a word that may mean either, with the way to record a plan
    /// for `geplant`.
    pub fn read(text: &str) -> Result<Stage, Fault> {
        table::find(text).ok_or_else(|| unknown(text, |_| true))
    }

    /// Reads the stage of an authority as [`Stage::read`] does; only stages that an authority can be in are offered.
    ///
    /// # Errors
    /// `unknown_stage` as above.
    pub fn read_at_authority(text: &str) -> Result<Stage, Fault> {
        table::find(text).ok_or_else(|| unknown(text, |stage| !stage.is_for_areas_only()))
    }
}

/// Says what a text is that names no stage, and offers those that may stand there.
fn unknown(text: &str, may_stand: impl Fn(Stage) -> bool) -> Fault {
    let spelling = spelling(text);
    let of_two = Stage::words_of_two().find(|(word, _)| is_spelled(word, &spelling));
    match of_two {
        Some((_, [one, other])) if may_stand(one) && may_stand(other) => either(text, [one, other]),
        Some((_, stages)) => only(text, if may_stand(stages[0]) { stages[0] } else { stages[1] }),
        None if OF_PLANS.iter().any(|word| is_spelled(word, &spelling)) => no_stage(text),
        None => {
            let what = Label { de: "Die Stufe", en: "The stage" };
            table::unknown_among(text, Code::UnknownStage, what, may_stand)
        }
    }
}

fn only(text: &str, stage: Stage) -> Fault {
    let said = stage.word_row().said();
    Fault::say(
        Code::UnknownStage,
        format!("„{text}“ kann mehreres heißen, an einer Behörde nur „{}“; diese Stufe angeben", said.de),
        format!("\"{text}\" may mean several stages, at an authority only {}; give that stage", said.en),
    )
    .hint(said)
}

fn either(text: &str, stages: [Stage; 2]) -> Fault {
    let [one, other] = stages.map(|stage| stage.word_row().said());
    Fault::say(
        Code::UnknownStage,
        format!("„{text}“ kann „{}“ oder „{}“ heißen; eine der beiden Stufen angeben", one.de, other.de),
        format!("\"{text}\" may mean {} or {}; give one of the two stages", one.en, other.en),
    )
}

fn no_stage(text: &str) -> Fault {
    Fault::say(
        Code::UnknownStage,
        format!(
            "„{text}“ ist keine Stufe. Einen Plan nennt die Art „geplant“ (milestone-planned): mit der Stufe, die erreicht werden soll, und dem Tag unter „fällig“"
        ),
        format!(
            "\"{text}\" is not a stage. A plan has the type \"planned\" (milestone-planned), the stage that shall be reached and the day in \"due\""
        ),
    )
}

word_as_text!(Stage);

/// The stages that a service holds at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct StageSet(u16);

const _: () = assert!(Stage::COUNT <= u16::BITS as usize);

impl StageSet {
    /// The stages by which a service is available at a place in the sense of `services_launched`.
    pub const AVAILABLE: StageSet = {
        let (mut bits, mut index) = (0, 0);
        while index < Stage::COUNT {
            if Stage::TABLE[index].columns.is_available {
                bits |= 1 << index;
            }
            index += 1;
        }
        StageSet(bits)
    };

    /// Makes the set of one stage.
    #[must_use]
    pub fn only(stage: Stage) -> StageSet {
        StageSet(1 << stage.index())
    }

    /// Adds or removes a stage.
    pub fn set(&mut self, stage: Stage, holds: bool) {
        let bit = 1 << stage.index();
        self.0 = if holds { self.0 | bit } else { self.0 & !bit };
    }

    /// Tells whether the stage is held.
    #[must_use]
    pub fn contains(self, stage: Stage) -> bool {
        self.0 & (1 << stage.index()) != 0
    }

    /// Tells whether the two sets share a stage.
    #[must_use]
    pub fn meets(self, other: StageSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns what both sets hold.
    #[must_use]
    pub fn both(self, other: StageSet) -> StageSet {
        StageSet(self.0 & other.0)
    }

    /// Returns what either set holds.
    #[must_use]
    pub fn either(self, other: StageSet) -> StageSet {
        StageSet(self.0 | other.0)
    }

    /// Tells whether no stage is held.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the furthest stage that an authority can be in.
    #[must_use]
    pub fn furthest(self) -> Option<Stage> {
        let of_authorities = self.iter().filter(|stage| !stage.is_for_areas_only());
        of_authorities.max_by_key(|stage| stage.word_row().columns.rank)
    }

    /// Lists the stages held, in the order of every list.
    pub fn iter(self) -> impl Iterator<Item = Stage> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let index = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Stage::from_index(index)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_words() {
        let table = [
            (Stage::Interested, ["Interesse", "interested", "Interesse bekundet"]),
            (Stage::Connected, ["Angeschlossen", "angebunden", "connected"]),
            (Stage::Pilot, ["Pilotierung", "PILOT", "Pilotbetrieb"]),
            (Stage::RollingOut, ["Rollout", "Roll out", "ROLLOUT"]),
            (Stage::RollingOut, ["Roll-Out", "im Rollout", "rollingout"]),
            (Stage::Live, ["im\u{a0}Einsatz", "im  Einsatz", "IM EINSATZ\u{200b}"]),
            (Stage::Live, ["online", "Produktivbetrieb", "verfu\u{308}gbar"]),
            (Stage::Live, ["in Betrieb", "freigeschaltet", "produktiv"]),
            (Stage::Launched, ["Go Live", "Go-Live", "golive"]),
            (Stage::RolledOut, ["flächendeckend", "flaechendeckend", "rolled out"]),
        ];
        for (stage, texts) in table {
            texts.iter().for_each(|text| assert_eq!(Stage::read(text), Ok(stage), "{text:?}"));
        }
    }

    #[test]
    fn a_word_of_two_stages_is_refused_with_both_and_a_plan_with_its_way() {
        let said = |text| {
            let fault = Stage::read(text).unwrap_err();
            assert_eq!((fault.code, fault.hint), (Code::UnknownStage, None), "{text}");
            fault.message.de
        };
        for (word, _) in Stage::words_of_two() {
            assert!(said(word).contains("oder"), "{word}");
        }
        assert_eq!(
            said("Umgesetzt"),
            "„Umgesetzt“ kann „im Einsatz“ oder „flächendeckend“ heißen; eine der beiden Stufen angeben"
        );
        for word in OF_PLANS {
            assert!(said(word).contains("fällig"), "{word}");
        }
        assert_eq!(Stage::read("Roled out").unwrap_err().hint, None);
    }

    #[test]
    fn at_an_authority_only_its_stages_are_offered() {
        let hint =
            |read: fn(&str) -> Result<Stage, Fault>, text| read(text).unwrap_err().hint.map(|hint| hint.en);
        for (text, anywhere, at_authority) in [
            ("launchd", Some("launched"), None),
            ("flächendekend", Some("rolled_out"), None),
            ("Pilott", Some("pilot"), Some("pilot")),
            ("umgesetzt", None, Some("live")),
            ("live gegangen", None, Some("live")),
            ("nachgenutzt", None, None),
        ] {
            assert_eq!(hint(Stage::read, text).as_deref(), anywhere, "{text}");
            assert_eq!(hint(Stage::read_at_authority, text).as_deref(), at_authority, "{text}");
        }
        assert_eq!(
            Stage::read_at_authority("launched"),
            Ok(Stage::Launched),
            "the ledger refuses it by its name"
        );
        let allowed = Stage::read_at_authority("x").unwrap_err().message.en;
        assert!(allowed.ends_with("rolling_out, live"), "{allowed}");
    }

    #[test]
    fn the_furthest_stage_is_one_of_an_authority() {
        let mut stages = StageSet::default();
        assert_eq!(stages.furthest(), None);
        stages.set(Stage::RolledOut, true);
        assert_eq!(stages.furthest(), None);
        stages.set(Stage::Interested, true);
        stages.set(Stage::Connected, true);
        assert_eq!(stages.furthest(), Some(Stage::Connected));
        stages.set(Stage::Live, true);
        assert_eq!(stages.furthest(), Some(Stage::Live));
    }
}
