//! Where the time of an import goes: the steps of the writer, one after the other, each by itself.

use crate::import::{micros, simulation};
use crate::measured::{Table, timed};
use ozg::simulate::OFFICE;
use ozg_core::ledger::Request;
use ozg_core::state::State;
use ozg_log::{Log, NewBatch, NewEntry};
use std::path::Path;
use std::time::Duration;

pub(crate) fn run(folder: &Path, milestones: usize, table: &mut Table) {
    std::fs::create_dir_all(folder).expect("a new folder");
    let log = Log::open(folder, ozg_log::Options::default()).expect("a new log");
    let mut simulation = simulation(milestones);
    let listings = simulation.listings();
    let mut state = State::default();
    let mut spent = [Duration::ZERO; 6];
    let mut ids = 0x0190_0000_0000_7000_8000_0000_0000_0000_u128;
    let mut counted = 0;
    loop {
        let (batch, generating) = timed(|| simulation.next());
        let Some(batch) = batch else { break };
        let request = Request {
            office: OFFICE,
            rights: Default::default(),
            now_ms: batch.recorded_at_ms,
            on_conflict: Default::default(),
            was_accepted: false,
        };
        let mut new_id = || {
            ids += 0x1_0000_0001;
            uuid::Uuid::from_u128(ids)
        };
        let (accepted, accepting) =
            timed(|| state.accept(&batch.drafts, &request, &mut new_id).expect("it is valid"));
        let (payloads, encoding) = timed(|| {
            let payloads = accepted.events.iter().map(|event| event.to_wire());
            payloads.collect::<Result<Vec<_>, _>>().expect("it encodes")
        });
        let (next, projecting) = timed(|| accepted.into_state(&request, batch.recorded_at_ms, true));
        let new = NewBatch {
            recorded_at_ms: batch.recorded_at_ms,
            office: OFFICE,
            simulated: true,
            facts: ozg_log::Facts::default(),
            entries: payloads.iter().map(|payload| NewEntry::from(payload.as_slice())).collect(),
        };
        let (_, committing) = timed(|| log.append(&[new]).expect("it is durable"));
        let is_catalogue = (state.head().get() as usize) < listings;
        let ((), publishing) = timed(|| state = next);
        if !is_catalogue {
            let steps = [generating, accepting, encoding, projecting, committing, publishing];
            spent.iter_mut().zip(steps).for_each(|(sum, time)| *sum += time);
            counted += batch.drafts.len();
        }
    }
    let names = [
        "generate (not part of an import)",
        "accept: check and take in",
        "encode",
        "project: differences",
        "commit: compress, chain, write, fsync",
        "drop the old state",
    ];
    let all: Duration = spent[1..].iter().sum();
    for (name, time) in names.into_iter().zip(spent) {
        let share = 100.0 * time.as_secs_f64() / all.as_secs_f64();
        table.row(
            &format!("split: {name}"),
            format!("{:.2} µs an entry, {share:.0} %", micros(time, counted)),
            "",
        );
    }
}
