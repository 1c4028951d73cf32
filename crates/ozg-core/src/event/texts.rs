//! What an event says with the letters of its texts composed: two spellings of one letter are no other content (rule 6d).

use super::types::Body;
use crate::words::{Source, Text};

/// What an event says beside its id and what it replaces.
pub(crate) type Said<'a> = (&'a Body, Option<&'a Source>, Option<&'a Text>, Option<&'a Text>);

/// What an event says, with its texts composed.
pub(crate) struct Composed {
    body: Body,
    source: Option<Source>,
    note: Option<Text>,
    reason: Option<Text>,
}

impl Composed {
    /// Composes the texts of an event; none where they are.
    pub(crate) fn of((body, source, note, reason): Said<'_>) -> Option<Composed> {
        let beside = [note, reason, source.map(|source| &source.name)].into_iter().flatten();
        if text(body).into_iter().chain(beside).all(Text::is_composed) {
            return None;
        }
        let mut body = body.clone();
        text_mut(&mut body).into_iter().for_each(|text| *text = text.composed());
        let source = source.map(|source| Source { name: source.name.composed(), ..source.clone() });
        Some(Composed { body, source, note: note.map(Text::composed), reason: reason.map(Text::composed) })
    }

    /// Returns what it says.
    pub(crate) fn said(&self) -> Said<'_> {
        (&self.body, self.source.as_ref(), self.note.as_ref(), self.reason.as_ref())
    }
}

/// Makes a function that returns the text in a statement; no statement has two.
macro_rules! text {
    ($name:ident: $as_ref:ident, $($reference:tt)+) => {
        fn $name(body: $($reference)+ Body) -> Option<$($reference)+ Text> {
            match body {
                Body::FigureReported(claim) => claim.scope.scope.$as_ref(),
                Body::TargetSet(target) => target.scope.scope.$as_ref(),
                Body::ServiceListed(_, listing, _) => Some($($reference)+ listing.name),
                Body::AuthorityListed(_, registration, _) => Some($($reference)+ registration.name),
                Body::AuthorityChanged(_, change, _) => change.name.$as_ref(),
                Body::RegionDefined(_, region, _) => Some($($reference)+ region.name),
                Body::ListDefined(_, list, _) => Some($($reference)+ list.name),
                Body::ObjectionMade(made) => Some($($reference)+ made.says),
                Body::RegisterDeclared(..)
                | Body::MilestoneReached(..)
                | Body::MilestoneEnded(..)
                | Body::MilestoneObserved(..)
                | Body::MaturityAssessed(_)
                | Body::ReuseReported(_)
                | Body::MilestonePlanned(_)
                | Body::AssessmentMade(_)
                | Body::ServiceDelisted(..)
                | Body::AuthorityDissolved(_)
                | Body::EntryWithdrawn(_) => None,
            }
        }
    };
}

text!(text: as_ref, &);
text!(text_mut: as_mut, &mut);
