//! A desk at which statements are made as text and questions are asked as addresses, so that rules read as examples.

use crate::german::bare_ids;
use crate::workload::request;
use ozg_core::event::{Draft, EventId, Form, Raw, RawEvent, Where};
use ozg_core::ledger::{OnConflict, Outcome, Request, Rights};
use ozg_core::measure::Measure;
use ozg_core::mistake::{Mistake, Standing};
use ozg_core::query::Query;
use ozg_core::series::Row;
use ozg_core::state::State;
use ozg_core::time::{berlin_day, read_rfc3339};
use ozg_core::words::{AuthorityKind, Topic, Unit};
use std::fmt::Write;

/// A state with a clock and an office.
pub(crate) struct Desk {
    pub(crate) state: State,
    pub(crate) now_ms: i64,
    pub(crate) office: &'static str,
    pub(crate) rights: Rights,
    pub(crate) on_conflict: OnConflict,
    /// Whether what is said comes from a log that has accepted it.
    pub(crate) is_loading: bool,
}

/// Nothing known, on 20 June 2025.
pub(crate) fn empty() -> Desk {
    let now_ms = read_rfc3339("2025-06-20T10:00:00Z").unwrap();
    let (rights, on_conflict) = (Rights::default(), OnConflict::Reject);
    Desk { state: State::default(), now_ms, office: "alpha", rights, on_conflict, is_loading: false }
}

/// A small catalogue and registry, as positions 1 to 8: `10001` is executed by municipalities, `10002` by anybody.
pub(crate) fn desk() -> Desk {
    let mut desk = empty();
    let said = desk.say(&[
        "service-listed service=ozg:10001; name=Wohngeld; topics=bauen_wohnen; executed_by=gemeinde",
        "service-listed service=ozg:10002; name=Ehe",
        "service-listed service=leika:99000000000001; name=Wohngeldantrag; parents=ozg:10001",
        "authority-listed authority=ags:08000001; name=Aach; population=100",
        "authority-listed authority=ags:08000002; name=Bühl; population=200",
        "authority-listed authority=ags:01000001; name=Kiel; population=400",
        "authority-listed authority=abh:08001; name=ABH Aach",
        "authority-listed authority=bund:bamf; name=BAMF",
    ]);
    assert!(!said.contains("refused"), "{said}");
    desk
}

impl Desk {
    pub(crate) fn at(&mut self, instant: &str) -> &mut Desk {
        self.now_ms = read_rfc3339(instant).unwrap();
        self
    }

    pub(crate) fn office(&mut self, office: &'static str) -> &mut Desk {
        self.office = office;
        self.rights = Rights::default();
        self
    }

    /// Lets an office speak that may write about these areas and topics only.
    pub(crate) fn limited(&mut self, office: &'static str, areas: &str, topics: &str) -> &mut Desk {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let areas = words(areas).iter().map(|area| Rights::read_area(area).unwrap()).collect();
        let topics = words(topics).iter().map(|topic| Topic::read(topic).unwrap()).collect();
        self.office = office;
        self.rights = Rights { areas, topics, coordinates: None };
        self
    }

    /// Reads a statement: `type field=value; field=value`, where `#3` is the id of the entry at position 3.
    fn read(&self, line: u32, text: &str) -> Result<Draft, Vec<Mistake>> {
        let (event_type, rest) = text.split_once(' ').unwrap_or((text, ""));
        let mut fields = vec![("type".to_owned(), Raw::text(event_type))];
        for part in rest.split("; ").filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap();
            let id =
                value.strip_prefix('#').map(|position| self.state.id_at(position.parse().unwrap()).unwrap());
            fields.push((name.to_owned(), id.map_or_else(|| Raw::text(value), Raw::text)));
        }
        RawEvent { at: Where { line, form: Form::None }, fields }.read(None)
    }

    /// Says a batch and tells what became of it.
    pub(crate) fn say(&mut self, statements: &[&str]) -> String {
        let mut drafts = Vec::new();
        let mut mistakes = Vec::new();
        for (line, text) in (1..).zip(statements) {
            match self.read(line, text) {
                Ok(draft) => drafts.push(draft),
                Err(found) => mistakes.extend(found),
            }
        }
        if !mistakes.is_empty() {
            return self.refused(&mistakes);
        }
        let (on_conflict, rights) = (self.on_conflict, self.rights.clone());
        let was_accepted = self.is_loading;
        let request = Request { on_conflict, rights, was_accepted, ..request(self.office, self.now_ms) };
        let mut next = u128::from(self.state.head().get()) + 0x1000;
        let mut new_id = || {
            next += 1;
            EventId::from_u128(next)
        };
        match self.state.accept(&drafts, &request, &mut new_id) {
            Ok(accepted) => {
                let text = accepted
                    .outcomes
                    .iter()
                    .fold(String::new(), |text, outcome| text + &outcome_text(outcome));
                if !accepted.is_empty() {
                    self.state = accepted.into_state(&request, self.now_ms, false);
                }
                text
            }
            Err(mistakes) => self.refused(&mistakes),
        }
    }

    fn refused(&self, mistakes: &[Mistake]) -> String {
        let mut text = String::new();
        for mistake in mistakes {
            let german = &mistake.message.de;
            assert!(bare_ids(german).is_empty(), "{:?} in {german}", bare_ids(german));
            let Mistake { origin, field, code, value, hint, standing, .. } = mistake;
            write!(text, "{} refused {field} {}", origin.line, code.as_str()).unwrap();
            value.iter().for_each(|value| write!(text, " value={value}").unwrap());
            hint.iter().for_each(|hint| write!(text, " hint=({})", hint.en).unwrap());
            let named: Vec<String> = standing.iter().map(|standing| self.standing(standing)).collect();
            if !named.is_empty() {
                write!(text, " standing=[{}]", named.join(", ")).unwrap();
            }
            text.push('\n');
        }
        text
    }

    fn standing(&self, standing: &Standing) -> String {
        let at = standing.position.map_or("same batch".to_owned(), |position| format!("#{position}"));
        assert_eq!(
            standing.position.and_then(|p| self.state.id_at(p)),
            standing.position.map(|_| standing.id)
        );
        format!("{at} {}", standing.on).trim_end().to_owned()
    }

    /// Declares all catalogues and registers complete, so that there are denominators (rule 10b).
    pub(crate) fn declare_all(&mut self) {
        let units = Unit::all().map(|unit| format!("unit={}", unit.id()));
        let kinds = AuthorityKind::all().map(|kind| format!("kind={}", kind.id()));
        let all: Vec<String> = units.chain(kinds).map(|what| format!("register-declared {what}")).collect();
        let said = self.say(&all.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(!said.contains("refused"), "{said}");
    }

    /// Asks a question and gives its rows, or why there are none.
    pub(crate) fn ask(&self, measure: &str, parameters: &str) -> String {
        let pairs: Vec<(String, String)> = parameters
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let query = match Query::read(Measure::read(measure).unwrap(), &pairs) {
            Ok(query) => query,
            Err(mistakes) => return self.refused(&mistakes),
        };
        match self.state.series(&query, berlin_day(self.now_ms)) {
            Ok(series) => series.rows().map(|row| row_text(&row)).collect(),
            Err(error) => format!("{error}\n"),
        }
    }

    /// Gives the canonical address of a question.
    pub(crate) fn permalink(&self, measure: &str, parameters: &str) -> String {
        let pairs = parameters.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(String, String)> =
            pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let query = Query::read(Measure::read(measure).unwrap(), &pairs).unwrap();
        let series = self.state.series(&query, berlin_day(self.now_ms)).unwrap();
        format!("{}\n", series.header().query.query_string())
    }
}

fn outcome_text(outcome: &Outcome) -> String {
    let at = outcome.position.map(|position| format!(" #{position}")).unwrap_or_default();
    let from = outcome.counts_from.map(|day| format!(" counts from {day}")).unwrap_or_default();
    let remarks: String = outcome.remarks.iter().map(|remark| format!(" +{remark}")).collect();
    format!("{} {}{at}{from}{remarks}\n", outcome.line, outcome.kind.id())
}

fn row_text(row: &Row) -> String {
    let mut text = format!("{} {}", row.date, row.area);
    let mut put = |name: &str, value: Option<String>| {
        value.into_iter().for_each(|value| write!(text, " {name}{value}").unwrap());
    };
    put("", row.topic.map(|topic| topic.to_string()));
    put("", row.service.as_ref().map(ToString::to_string));
    put("", row.stage.map(|stage| stage.to_string()));
    put("", row.level.map(|level| level.to_string()));
    put("scope:", row.scope.clone());
    put("", Some(row.basis.id().to_owned()));
    put("= ", row.value.map(|value| value.to_string()));
    put("", row.qualifier.map(|qualifier| format!("({})", qualifier.id())));
    put("to ", row.upper.map(|upper| upper.to_string()));
    put("of ", row.denominator.map(|below| below.to_string()));
    put("", row.denominator_qualifier.map(|qualifier| format!("({})", qualifier.id())));
    put("to ", row.denominator_upper.map(|upper| upper.to_string()));
    put("share ", row.share.map(|share| share.to_string()));
    put("", row.share_qualifier.map(|qualifier| format!("({})", qualifier.id())));
    put("to ", row.share_upper.map(|upper| upper.to_string()));
    put("observed ", row.observed.map(|observed| observed.to_string()));
    put("", Some(row.status.to_string()).filter(|status| !status.is_empty()));
    put("published ", row.published.map(|published| published.to_string()));
    row.remarks.iter().for_each(|remark| put("+", Some(remark.to_string())));
    put("by ", Some(row.source.clone()).filter(|source| !source.is_empty()));
    text + "\n"
}
