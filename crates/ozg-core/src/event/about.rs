//! What a statement is about: its service, its place, its stage, its date.

use super::body::{Dissolution, Register};
use super::types::Body;
use crate::words::{PartialDate, Place, ServiceId, Stage};

impl Body {
    /// Returns the service that it is about.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceId> {
        match self {
            Body::MilestoneReached(milestone, _)
            | Body::MilestoneEnded(milestone, _)
            | Body::MilestoneObserved(milestone, _) => Some(&milestone.service),
            Body::MaturityAssessed(maturity) => Some(&maturity.service),
            Body::ReuseReported(report) => Some(&report.service),
            Body::FigureReported(claim) => claim.scope.service.as_ref(),
            Body::MilestonePlanned(plan) => Some(&plan.milestone.service),
            Body::TargetSet(target) => target.scope.service.as_ref(),
            Body::ServiceListed(service, ..) | Body::ServiceDelisted(service, _) => Some(service),
            Body::AssessmentMade(_)
            | Body::AuthorityListed(..)
            | Body::AuthorityChanged(..)
            | Body::AuthorityDissolved(_)
            | Body::RegionDefined(..)
            | Body::ListDefined(..)
            | Body::RegisterDeclared(..)
            | Body::ObjectionMade(_)
            | Body::EntryWithdrawn(_) => None,
        }
    }

    /// Returns the place that it is about.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Body::MilestoneReached(milestone, _)
            | Body::MilestoneEnded(milestone, _)
            | Body::MilestoneObserved(milestone, _) => Some(milestone.place.clone()),
            Body::RegionDefined(region, ..) => Some(Place::Region(region.clone())),
            Body::MaturityAssessed(maturity) => Some(maturity.place.clone()),
            Body::ReuseReported(report) => Some(report.place.clone()),
            Body::FigureReported(claim) => Some(claim.scope.place.clone()),
            Body::MilestonePlanned(plan) => Some(plan.milestone.place.clone()),
            Body::TargetSet(target) => Some(target.scope.place.clone()),
            Body::AuthorityListed(authority, ..)
            | Body::AuthorityChanged(authority, ..)
            | Body::AuthorityDissolved(Dissolution { authority, .. }) => {
                Some(Place::Authority(authority.clone()))
            }
            Body::RegisterDeclared(Register::Authorities(_, area), ..) => Some(Place::Area(*area)),
            Body::AssessmentMade(_)
            | Body::ServiceListed(..)
            | Body::ServiceDelisted(..)
            | Body::ListDefined(..)
            | Body::RegisterDeclared(Register::Catalogue(_), ..)
            | Body::ObjectionMade(_)
            | Body::EntryWithdrawn(_) => None,
        }
    }

    /// Returns the stage that it is about.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Body::MilestoneReached(milestone, _)
            | Body::MilestoneEnded(milestone, _)
            | Body::MilestoneObserved(milestone, _) => Some(milestone.stage),
            Body::MilestonePlanned(plan) => Some(plan.milestone.stage),
            Body::FigureReported(claim) => claim.scope.stage,
            Body::TargetSet(target) => target.scope.stage,
            Body::MaturityAssessed(_)
            | Body::ReuseReported(_)
            | Body::AssessmentMade(_)
            | Body::ServiceListed(..)
            | Body::ServiceDelisted(..)
            | Body::AuthorityListed(..)
            | Body::AuthorityChanged(..)
            | Body::AuthorityDissolved(_)
            | Body::RegionDefined(..)
            | Body::ListDefined(..)
            | Body::RegisterDeclared(..)
            | Body::ObjectionMade(_)
            | Body::EntryWithdrawn(_) => None,
        }
    }

    /// Returns the date of the statement: the day from which it is true, or the day on which a plan or a target was
    /// made.
    #[must_use]
    pub fn on(&self) -> Option<PartialDate> {
        match self {
            Body::MilestoneReached(_, on)
            | Body::MilestoneEnded(_, on)
            | Body::MilestoneObserved(_, on)
            | Body::ServiceDelisted(_, on)
            | Body::AuthorityChanged(_, _, on)
            | Body::AuthorityDissolved(Dissolution { on, .. }) => Some(*on),
            Body::MaturityAssessed(maturity) => Some(maturity.on),
            Body::ReuseReported(report) => Some(report.on),
            Body::FigureReported(claim) => Some(claim.on),
            Body::AssessmentMade(assessment) => Some(assessment.on),
            Body::MilestonePlanned(plan) => plan.on,
            Body::TargetSet(target) => target.on,
            Body::ObjectionMade(objection) => objection.on,
            Body::ServiceListed(_, _, on)
            | Body::AuthorityListed(_, _, on)
            | Body::RegionDefined(_, _, on)
            | Body::ListDefined(_, _, on)
            | Body::RegisterDeclared(_, _, on) => *on,
            Body::EntryWithdrawn(_) => None,
        }
    }
}
