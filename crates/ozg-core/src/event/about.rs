//! What a statement is about: its matter, its service, its place, its stage, its date, its text.

use super::body::{
    Assessment, Claim, Dissolution, Listing, Maturity, Milestone, Objection, Plan, Region, Register,
    Registration, ReuseReport, ServiceList, Target,
};
use super::types::Body;
use crate::words::{AuthorityId, PartialDate, Place, ServiceId, Slug, Stage, Text};

/// What a statement is about, with what it says of it. Types that are about the same thing have the same matter, so that
/// whatever asks for the matter knows a new type among them.
pub(crate) enum Matter<'a> {
    /// A stage of a service at a place.
    Milestone(&'a Milestone),
    /// The maturity of a service at a place.
    Maturity(&'a Maturity),
    /// A service at a place of which reuses are reported.
    Report(&'a ReuseReport),
    /// What a figure is about.
    Figure(&'a Claim),
    /// A milestone that is planned.
    Plan(&'a Plan),
    /// What a target is set for.
    Target(&'a Target),
    /// What is assessed.
    Assessment(&'a Assessment),
    /// A service of the catalogue; its description, if the statement lists it.
    Service(&'a ServiceId, Option<&'a Listing>),
    /// An authority of the registry; its description, if the statement lists it; its successors, if it names any.
    Authority(&'a AuthorityId, Option<&'a Registration>, &'a [AuthorityId]),
    /// A region.
    Region(&'a Slug, &'a Region),
    /// A list of services.
    List(&'a Slug, &'a ServiceList),
    /// A catalogue or a register.
    Register(Register),
    /// An entry of another office.
    Objection(&'a Objection),
    /// An entry that was a mistake.
    Entry,
}

impl Body {
    /// Returns what it is about.
    pub(crate) fn matter(&self) -> Matter<'_> {
        match self {
            Body::MilestoneReached(about, _)
            | Body::MilestoneEnded(about, _)
            | Body::MilestoneObserved(about, _) => Matter::Milestone(about),
            Body::MaturityAssessed(maturity) => Matter::Maturity(maturity),
            Body::ReuseReported(report) => Matter::Report(report),
            Body::FigureReported(claim) => Matter::Figure(claim),
            Body::MilestonePlanned(plan) => Matter::Plan(plan),
            Body::TargetSet(target) => Matter::Target(target),
            Body::AssessmentMade(assessment) => Matter::Assessment(assessment),
            Body::ServiceListed(service, listing, _) => Matter::Service(service, Some(listing)),
            Body::ServiceDelisted(service, _) => Matter::Service(service, None),
            Body::AuthorityListed(authority, registration, _) => {
                Matter::Authority(authority, Some(registration), &[])
            }
            Body::AuthorityChanged(authority, ..) => Matter::Authority(authority, None, &[]),
            Body::AuthorityDissolved(Dissolution { authority, successors, .. }) => {
                Matter::Authority(authority, None, successors)
            }
            Body::RegionDefined(region, defined, _) => Matter::Region(region, defined),
            Body::ListDefined(list, defined, _) => Matter::List(list, defined),
            Body::RegisterDeclared(register, ..) => Matter::Register(*register),
            Body::ObjectionMade(objection) => Matter::Objection(objection),
            Body::EntryWithdrawn(_) => Matter::Entry,
        }
    }

    /// Returns the service that it is about.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceId> {
        match self.matter() {
            Matter::Milestone(milestone) | Matter::Plan(Plan { milestone, .. }) => Some(&milestone.service),
            Matter::Maturity(maturity) => Some(&maturity.service),
            Matter::Report(report) => Some(&report.service),
            Matter::Figure(Claim { scope, .. }) | Matter::Target(Target { scope, .. }) => {
                scope.service.as_ref()
            }
            Matter::Service(service, _) => Some(service),
            Matter::Assessment(_)
            | Matter::Authority(..)
            | Matter::Region(..)
            | Matter::List(..)
            | Matter::Register(_)
            | Matter::Objection(_)
            | Matter::Entry => None,
        }
    }

    /// Returns the place that it is about.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self.matter() {
            Matter::Milestone(milestone) | Matter::Plan(Plan { milestone, .. }) => {
                Some(milestone.place.clone())
            }
            Matter::Maturity(maturity) => Some(maturity.place.clone()),
            Matter::Report(report) => Some(report.place.clone()),
            Matter::Figure(Claim { scope, .. }) | Matter::Target(Target { scope, .. }) => {
                Some(scope.place.clone())
            }
            Matter::Authority(authority, ..) => Some(Place::Authority(authority.clone())),
            Matter::Region(region, _) => Some(Place::Region(region.clone())),
            Matter::Register(Register::Authorities(_, area)) => Some(Place::Area(area)),
            Matter::Register(Register::Catalogue(_))
            | Matter::Assessment(_)
            | Matter::Service(..)
            | Matter::List(..)
            | Matter::Objection(_)
            | Matter::Entry => None,
        }
    }

    /// Returns the stage that it is about.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        match self.matter() {
            Matter::Milestone(milestone) | Matter::Plan(Plan { milestone, .. }) => Some(milestone.stage),
            Matter::Figure(Claim { scope, .. }) | Matter::Target(Target { scope, .. }) => scope.stage,
            Matter::Maturity(_)
            | Matter::Report(_)
            | Matter::Assessment(_)
            | Matter::Service(..)
            | Matter::Authority(..)
            | Matter::Region(..)
            | Matter::List(..)
            | Matter::Register(_)
            | Matter::Objection(_)
            | Matter::Entry => None,
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

/// Makes a function that returns the text in a statement; no statement has two.
macro_rules! text {
    ($name:ident: $as_ref:ident, $($reference:tt)+) => {
        /// Returns the text that people wrote: a name, a scope in words, an objection.
        pub(crate) fn $name($($reference)+ self) -> Option<$($reference)+ Text> {
            match self {
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

impl Body {
    text!(text: as_ref, &);
    text!(text_mut: as_mut, &mut);
}
