//! The rules of docs/semantics.md one by one: what is said, what becomes of it, what is answered.

mod acceptance;
mod claims;
mod editions;
mod editions_beside;
mod found;
mod measures;
mod names;
mod news;
mod objections;
mod refusals;
mod regions;
mod registry;
mod remarks;
mod revisions;
mod rights;
mod series;
mod statements;
mod successors;
mod territory;

use expect_test::Expect;

#[expect(clippy::needless_pass_by_value, reason = "expectations are made where they are checked")]
fn check(found: String, expected: Expect) {
    expected.assert_eq(&found);
}

const LIVE: &str = "milestone-reached service=ozg:10001; place=ags:08000001; stage=live";
const ENDED: &str = "milestone-ended service=ozg:10001; place=ags:08000001; stage=live; reason=Umbau";
const CLAIM: &str = "figure-reported measure=services_launched; place=DE; on=2024-12-31";

fn live(on: &str) -> String {
    format!("{LIVE}; on={on}")
}

fn ended(on: &str) -> String {
    format!("{ENDED}; on={on}")
}
