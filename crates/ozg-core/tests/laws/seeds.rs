//! The seeds of a law: how many random histories it takes, and the command that repeats the one that fails.
//!
//! | variable | means | default |
//! |---|---|---|
//! | `OZG_SEEDS` | how many seeds each law takes | named where the law calls `seeds` |
//! | `OZG_FIRST_SEED` | the first of them | 0 |
//! | `OZG_SEED` | this one seed only | all |
//!
//! `make law LAW=laws::prefix SEED=17` runs one law at one seed.

use std::ops::Range;

/// A law that asks one question at every data state takes one seed where the others take this many.
const SEEDS_PER_LONG_ONE: u64 = 8;

/// The seeds that a law takes, one after the other. Names the command that repeats the current one if the law fails.
pub(crate) struct Seeds {
    left: Range<u64>,
    current: Option<u64>,
}

/// Returns the seeds of a law: `default` of them, or what `OZG_SEEDS`, `OZG_FIRST_SEED` and `OZG_SEED` say.
pub(crate) fn seeds(default: u64) -> Seeds {
    take(asked("OZG_SEEDS").unwrap_or(default))
}

/// Returns the seeds of a law that asks the same at every data state: `default`, or one in eight of `OZG_SEEDS`.
pub(crate) fn few_seeds(default: u64) -> Seeds {
    take(asked("OZG_SEEDS").map_or(default, |all| all.div_ceil(SEEDS_PER_LONG_ONE)))
}

fn take(count: u64) -> Seeds {
    let first = asked("OZG_FIRST_SEED").unwrap_or(0);
    let left = asked("OZG_SEED").map_or(first..first + count, |seed| seed..seed + 1);
    Seeds { left, current: None }
}

fn asked(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is not a number of seeds")))
}

/// Returns the command that runs one law at one seed.
fn command(law: &str, seed: u64) -> String {
    format!("make law LAW={law} SEED={seed}")
}

impl Iterator for Seeds {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.current = self.left.next();
        self.current
    }
}

impl Drop for Seeds {
    fn drop(&mut self) {
        if let Some(seed) = self.current.filter(|_| std::thread::panicking()) {
            // The test harness names the thread of a test after the test.
            let thread = std::thread::current();
            eprintln!("to repeat it: {}", command(thread.name().unwrap_or("LAW"), seed));
        }
    }
}

/// Set for the process in which `a_law_that_fails_at_seed_3` fails.
const FAILS: &str = "OZG_A_LAW_FAILS";

#[test]
fn a_law_that_fails_at_seed_3() {
    if std::env::var_os(FAILS).is_some() {
        seeds(10).for_each(|seed| assert_ne!(seed, 3));
    }
}

#[test]
fn a_law_that_fails_names_the_command_that_repeats_it() {
    let law = "seeds::a_law_that_fails_at_seed_3";
    let run = |seed: Option<&str>| {
        let mut process = std::process::Command::new(std::env::current_exe().unwrap());
        process.args(["--exact", law]).env(FAILS, "1");
        process.env_remove("OZG_SEEDS").env_remove("OZG_FIRST_SEED").env_remove("OZG_SEED");
        seed.map(|seed| process.env("OZG_SEED", seed));
        String::from_utf8(process.output().unwrap().stdout).unwrap()
    };
    let named = format!("to repeat it: {}\n", command(law, 3));
    assert!(run(None).contains(&named) && run(Some("3")).contains(&named), "{}", run(None));
    assert!(run(Some("4")).contains("1 passed"), "another seed holds");
    assert!(run(Some("x")).contains("OZG_SEED=x is not a number of seeds"));
}
