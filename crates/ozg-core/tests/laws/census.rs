//! What the random histories are made of: a workload that never does a thing proves nothing about it.

use crate::model::World;
use crate::workload::history;
use ozg_core::event::{Body, Dissolution, Milestone};
use ozg_core::measure::Measure;
use ozg_core::words::Day;

/// What stands at the end of histories.
#[derive(Debug, Clone, Copy, Default)]
struct Census {
    milestones: usize,
    ended: usize,
    reached_again: usize,
    dissolved: usize,
    taken_over: usize,
    withdrawn: usize,
    corrected: usize,
    revised: usize,
}

impl Census {
    fn add(&mut self, world: &World) {
        for entry in &world.entries {
            self.corrected += usize::from(entry.event.replaces.is_some());
            match &entry.event.body {
                Body::MilestoneReached(..) => self.milestones += 1,
                Body::MilestoneEnded(..) => self.ended += 1,
                Body::AuthorityDissolved(Dissolution { inherits: true, .. }) => self.dissolved += 1,
                Body::EntryWithdrawn(_) => self.withdrawn += 1,
                _ => {}
            }
        }
        let again = |milestone: &&Milestone| {
            let said = world.milestone(milestone);
            let ended: Option<Day> = said.iter().filter(|(_, up)| !up).map(|(day, _)| *day).min();
            ended.is_some_and(|ended| said.iter().any(|(day, up)| *up && *day > ended))
        };
        self.reached_again += world.milestones().filter(again).count();
        self.taken_over += world.taken_over().len();
        self.revised += Measure::all().map(|measure| world.revised(measure)).sum::<usize>();
    }
}

#[test]
fn histories_end_come_back_merge_and_are_corrected() {
    let mut census = Census::default();
    for seed in 0..120 {
        let history = history(seed);
        census.add(&history.model.world(history.state.head()));
    }
    let Census { milestones, ended, reached_again, dissolved, taken_over, withdrawn, corrected, revised } =
        census;
    assert!(milestones > 400 && ended > 80, "{census:?}");
    assert!(reached_again > 20 && dissolved > 50 && taken_over > 8, "{census:?}");
    assert!(withdrawn > 100 && corrected > 150 && revised > 8, "{census:?}");
}
