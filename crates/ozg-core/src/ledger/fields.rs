//! Checks of single drafts: services and places must exist, dates must be past, stages and kinds must fit.

use super::check::Trial;
use super::facts::standing;
use crate::event::{Body, Claim, Draft, Matter, Plan, ReuseReport, Target};
use crate::mistake::{Code, Fault};
use crate::words::{AuthorityId, Place, ServiceId, Slug, Stage, Word};

impl Trial<'_> {
    /// Notes what a statement lets exist, since others of the batch may be about it.
    pub(super) fn note_what_exists(&mut self, body: &Body) {
        match body.matter() {
            Matter::Service(service, Some(_)) => drop(self.listed_here.insert(service.clone())),
            Matter::Authority(authority, Some(_), _) => drop(self.registered_here.insert(authority.clone())),
            Matter::Region(region, _) => drop(self.defined_here.insert(region.clone())),
            Matter::Milestone(_)
            | Matter::Maturity(_)
            | Matter::Report(_)
            | Matter::Figure(_)
            | Matter::Plan(_)
            | Matter::Target(_)
            | Matter::Assessment(_)
            | Matter::Service(_, None)
            | Matter::Authority(_, None, _)
            | Matter::List(..)
            | Matter::Register(_)
            | Matter::Objection(_)
            | Matter::Entry => {}
        }
    }

    pub(super) fn check_body(&mut self, index: usize, draft: &Draft) {
        self.check_dates(index, draft);
        self.check_of(index, draft);
        match draft.body.matter() {
            Matter::Milestone(about) | Matter::Plan(Plan { milestone: about, .. }) => {
                self.check_service(index, draft, &about.service);
                self.check_place(index, draft, &about.place);
                self.check_stage(index, draft, about.stage, &about.place);
            }
            Matter::Maturity(maturity) => {
                self.check_service(index, draft, &maturity.service);
                self.check_place(index, draft, &maturity.place);
                self.check_no_region(index, draft, &maturity.place);
            }
            Matter::Report(report) => {
                self.check_service(index, draft, &report.service);
                self.check_place(index, draft, &report.place);
            }
            Matter::Figure(Claim { scope, .. }) | Matter::Target(Target { scope, .. }) => {
                if let Some(service) = &scope.service {
                    self.check_service(index, draft, service);
                }
                self.check_place(index, draft, &scope.place);
            }
            Matter::Service(service, Some(listing)) => {
                self.check_parents(index, draft, service, &listing.parents);
            }
            Matter::Service(service, None) => self.check_service(index, draft, service),
            Matter::Authority(authority, None, successors) => {
                self.check_authority(index, draft, "authority", authority);
                for successor in successors {
                    self.check_authority(index, draft, "successors", successor);
                }
            }
            Matter::Region(_, region) => {
                for kreis in region.members.iter().filter_map(Place::authority) {
                    self.check_authority(index, draft, "members", kreis);
                }
            }
            Matter::List(_, list) => {
                for service in &list.services {
                    self.check_listed(index, draft, "services", service);
                }
            }
            Matter::Objection(objection) => self.check_objection(index, draft, objection),
            Matter::Authority(_, Some(_), _)
            | Matter::Assessment(_)
            | Matter::Register(_)
            | Matter::Entry => {}
        }
    }

    /// Refuses dates in the future (in Berlin), except those of plans, targets and outlooks. A partial date lies in the
    /// future if its first day does.
    fn check_dates(&mut self, index: usize, draft: &Draft) {
        let since = if let Body::FigureReported(claim) = &draft.body { claim.since } else { None };
        let published = draft.source.as_ref().and_then(|source| source.published);
        for (field, date) in [("on", draft.body.on()), ("since", since), ("published", published)] {
            let Some(date) = date.filter(|date| date.first() > self.recorded) else { continue };
            let today = self.recorded;
            let fault = Fault::say(
                Code::FutureDate,
                format!(
                    "{date} liegt in der Zukunft (heute ist {today}); Pläne (milestone-planned) und Ziele (target-set) sind eigene Angaben"
                ),
                format!(
                    "{date} lies in the future (today is {today}); record plans with milestone-planned or target-set"
                ),
            );
            self.wrong(index, draft, field, Some(&date.to_string()), fault);
        }
    }

    /// Refuses a share of nothing. A log may have accepted one.
    fn check_of(&mut self, index: usize, draft: &Draft) {
        if let Body::FigureReported(Claim { of: Some(of), .. })
        | Body::TargetSet(Target { of: Some(of), .. })
        | Body::ReuseReported(ReuseReport { of: Some(of), .. }) = &draft.body
            && of.number == 0.into()
            && !self.request().was_accepted
        {
            let fault = Fault::say(
                Code::NumberOutOfRange,
                "„von“ (of) ist 0: von nichts gibt es keinen Anteil; „von“ weglassen, wenn die Gesamtzahl unbekannt ist",
                "\"of\" is 0: there is no share of nothing; leave \"of\" out if the total is unknown",
            );
            self.wrong(index, draft, "of", Some(&of.to_string()), fault);
        }
    }

    fn check_service(&mut self, index: usize, draft: &Draft, service: &ServiceId) {
        self.check_listed(index, draft, "service", service);
    }

    fn check_listed(&mut self, index: usize, draft: &Draft, field: &str, service: &ServiceId) {
        if !self.state.now().is_listed(service) && !self.listed_here.contains(service) {
            let fault = Fault::say(
                Code::UnknownService,
                format!("{service} steht nicht im Katalog; zuerst aufnehmen (service-listed)"),
                format!("{service} is not in the catalogue; list it first with service-listed"),
            );
            self.wrong(index, draft, field, Some(&service.to_string()), fault);
        }
    }

    fn check_place(&mut self, index: usize, draft: &Draft, place: &Place) {
        match place {
            Place::Area(_) => {}
            Place::Authority(authority) => self.check_authority(index, draft, "place", authority),
            Place::Region(region) => self.check_region(index, draft, region),
        }
    }

    fn check_region(&mut self, index: usize, draft: &Draft, region: &Slug) {
        let defined =
            self.state.regions.get(region).is_some_and(|history| standing(history).next().is_some())
                || self.defined_here.contains(region);
        if !defined {
            let fault = Fault::say(
                Code::UnknownPlace,
                format!("region:{region} ist nicht festgelegt; zuerst festlegen (region-defined)"),
                format!("region:{region} is not defined; define it first with region-defined"),
            );
            self.wrong(index, draft, "place", Some(&format!("region:{region}")), fault);
        }
    }

    /// Refuses a milestone at a region: milestones hold at areas and authorities, and the values of a region follow
    /// from them.
    fn check_no_region(&mut self, index: usize, draft: &Draft, place: &Place) {
        if let Place::Region(region) = place {
            let fault = Fault::say(
                Code::StageNotHere,
                "Die Werte einer Region folgen aus ihren Ländern und Behörden: DE, ein Land oder eine Behörde nennen",
                "The values of a region follow from its Länder and authorities: name DE, a Land or an authority",
            );
            self.wrong(index, draft, "place", Some(&format!("region:{region}")), fault);
        }
    }

    fn check_authority(&mut self, index: usize, draft: &Draft, field: &str, authority: &AuthorityId) {
        if !self.is_registered(authority) {
            let fault = Fault::say(
                Code::UnknownPlace,
                format!("{authority} ist nicht eingetragen; zuerst eintragen (authority-listed)"),
                format!("{authority} is not registered; register it first with authority-listed"),
            );
            let fault = match self.only_sister(draft, authority) {
                Some(sister) => fault.hint(sister.to_string()),
                None => fault,
            };
            self.wrong(index, draft, field, Some(&authority.to_string()), fault);
        }
    }

    fn is_registered(&self, authority: &AuthorityId) -> bool {
        self.state.now().is_known(authority) || self.registered_here.contains(authority)
    }

    fn check_stage(&mut self, index: usize, draft: &Draft, stage: Stage, place: &Place) {
        self.check_no_region(index, draft, place);
        if stage.is_for_areas_only() && matches!(place, Place::Authority(_)) {
            let (said, live) = (stage.word_row().said(), Stage::Live.word_row().said());
            let fault = Fault::say(
                Code::StageNotHere,
                format!(
                    "Die Stufe „{}“ gibt es nur für Länder und DE; für eine Behörde: {}",
                    said.de, live.de
                ),
                format!("The stage {} exists for Länder and DE only; for an authority: {}", said.en, live.en),
            )
            .hint(live);
            self.wrong(index, draft, "stage", Some(stage.id()), fault);
        }
    }

    /// Refuses parents of a unit that cannot be one, and those that are in no catalogue entry.
    fn check_parents(&mut self, index: usize, draft: &Draft, service: &ServiceId, parents: &[ServiceId]) {
        // The log may hold parents that were listed later, or never.
        let must_be_listed = !self.request().was_accepted;
        for parent in parents.iter().filter(|_| must_be_listed) {
            self.check_listed(index, draft, "parents", parent);
        }
        for parent in parents.iter().filter(|parent| parent.unit().depth() >= service.unit().depth()) {
            let fault = Fault::say(
                Code::BadParent,
                format!(
                    "{parent} kann {service} nicht übergeordnet sein; Onlinedienste gehören zu LeiKa- oder OZG-Leistungen, LeiKa-Leistungen zu OZG-Leistungen"
                ),
                format!(
                    "{parent} cannot be the parent of {service}; a dienst belongs to leika or ozg, a leika to ozg"
                ),
            );
            self.wrong(index, draft, "parents", Some(&parent.to_string()), fault);
        }
    }
}
