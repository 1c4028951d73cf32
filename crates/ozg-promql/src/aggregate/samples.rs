//! `limitk` and `limit_ratio`: some of the lines of a group, whatever their values.

use super::Group;
use super::ranks::count;
use crate::errors::Error;
use crate::evaluate::Evaluation;
use crate::labels::Labels;
use crate::lines::Line;
use crate::numbers::{ABSENT, is_present};

/// Which lines of a group are kept at a step.
pub(super) struct Keep {
    /// Refuses a parameter.
    pub(super) check: fn(f64) -> Result<(), Error>,
    /// Tells whether a line is kept: by the parameter, the number of lines before it that have a value, and its labels.
    keeps: fn(f64, usize, &Labels) -> bool,
}

/// The first lines, by labels.
pub(super) static FIRST: Keep = Keep {
    check: |number| count(number).map(drop),
    keeps: |number, before, _| count(number).is_ok_and(|most| before < most),
};

/// A share of the lines. Each label set has a place between 0 and 1, so that it is chosen or not for itself: the share 0.3
/// has those whose place is below 0.3, and -0.7 all others.
pub(super) static RATIO: Keep = Keep {
    check: |number| {
        if number.is_nan() { Err(Error::execution("the ratio of limit_ratio is NaN")) } else { Ok(()) }
    },
    keeps: |ratio, _, labels| {
        if ratio >= 0.0 { place(labels) < ratio } else { place(labels) >= 1.0 + ratio.max(-1.0) }
    },
};

/// Keeps lines as they are at the steps at which they are chosen.
pub(super) fn kept(evaluation: &Evaluation<'_>, group: &Group<'_>, keep: &Keep) -> Result<Vec<Line>, Error> {
    evaluation.meter.take(group.steps)?;
    let mut before = vec![0_usize; group.steps];
    let mut out = Vec::new();
    for line in group.lines {
        let (labels, mut values) = line.clone().into_dense(&evaluation.meter)?;
        for ((value, before), number) in values.iter_mut().zip(&mut before).zip(group.numbers) {
            if is_present(*value) {
                if !(keep.keeps)(*number, *before, &labels) {
                    *value = ABSENT;
                }
                *before += 1;
            }
        }
        if values.iter().any(|value| is_present(*value)) {
            out.push(Line::dense(labels, values));
        }
    }
    Ok(out)
}

/// Returns the place of a label set, from 0 to below 1; the same in every answer. FNV-1a, whose bits are then mixed.
#[expect(clippy::cast_precision_loss, reason = "the upper 53 bits are exact")]
fn place(labels: &Labels) -> f64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    const MIX: u64 = 0xff51_afd7_ed55_8ccd;
    const PLACES: f64 = (1_u64 << 53) as f64;
    let texts = labels.iter().flat_map(|(name, value)| [name, value]);
    let bytes = texts.flat_map(|text| text.bytes().chain([0xff]));
    let hash = bytes.fold(START, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(MIX);
    ((mixed ^ (mixed >> 33)) >> 11) as f64 / PLACES
}
