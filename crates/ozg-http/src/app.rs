//! The application: a tracker with its public name and licence, and the resources that all requests share.

use crate::address::Address;
use crate::kept::store::Kept;
use crate::limits::{COMPUTATIONS_MAX, LARGE_MAX, QUESTIONS_MAX, SUBSCRIBERS_MAX};
use crate::metrics::gauges::Gauges;
use crate::metrics::process::Counters;
use crate::prometheus::store::Stores;
use ozg_core::asof::KeptNames;
use ozg_core::held::Held;
use ozg_core::series::Concerns;
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::Day;
use ozg_tracker::Tracker;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{Semaphore, watch};

/// A tracker with its public name and licence.
#[derive(Clone)]
pub struct App {
    /// The log, the state and the offices.
    pub tracker: Tracker,
    /// The name, licence and address under which the tracker appears.
    pub config: Config,
}

/// The name, licence and address under which a tracker appears on the network.
#[derive(Debug, Clone)]
pub struct Config {
    /// Returns now, in milliseconds since 1970 UTC.
    pub now: fn() -> i64,
    /// Who runs the tracker, as citations name it.
    pub operator: String,
    /// The licence of the data.
    pub licence: String,
    /// The part of permalinks before their path (`https://ozg.example.org`). If it is empty, permalinks are paths.
    pub public_url: String,
    /// Whom to ask about the data, an e-mail address or an address of a page; empty if nobody is named.
    pub contact: String,
    /// The id that GovData gave to who delivers the catalogue (`http://dcat-ap.de/def/contributors/…`); empty if it gave none.
    pub contributor: String,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            now: ozg_tracker::system_clock,
            operator: "OZG-Tracker".to_owned(),
            licence: "dl-de/by-2-0".to_owned(),
            public_url: String::new(),
            contact: String::new(),
            contributor: String::new(),
        }
    }
}

/// The resources that all requests share.
pub(crate) struct Site {
    pub(crate) tracker: Tracker,
    pub(crate) config: Config,
    /// When it began.
    pub(crate) started: Instant,
    pub(crate) counters: Counters,
    pub(crate) gauges: Gauges,
    /// The series of the query API.
    pub(crate) stores: Stores,
    /// The names of authorities, services, regions and lists.
    pub(crate) names: KeptNames,
    /// The last entry that concerns each measure and area.
    pub(crate) concerns: Held<Concerns>,
    /// Answers to send again.
    pub(crate) kept: Kept,
    /// Turns to compute an answer.
    pub(crate) turns: Arc<Semaphore>,
    /// Turns to compute an answer that takes much memory.
    pub(crate) large: Arc<Semaphore>,
    /// Turns to answer a PromQL query.
    pub(crate) questions: Arc<Semaphore>,
    /// Places for subscribers to the log.
    pub(crate) places: Arc<Semaphore>,
    /// The addresses that there are.
    pub(crate) addresses: Vec<&'static Address>,
    /// Becomes true when the server stops; endless answers then end.
    pub(crate) ending: watch::Sender<bool>,
}

/// The door through which a request came in: TCP, or the local socket of the operator.
#[derive(Clone)]
pub(crate) struct Door {
    site: Arc<Site>,
    pub(crate) is_local: bool,
}

impl Site {
    pub(crate) fn new(app: App, addresses: Vec<&'static Address>) -> Arc<Site> {
        Arc::new(Site {
            tracker: app.tracker,
            started: Instant::now(),
            config: app.config,
            counters: Counters::new(),
            gauges: Gauges::default(),
            stores: Stores::default(),
            names: KeptNames::default(),
            concerns: Held::default(),
            kept: Kept::new(),
            turns: Arc::new(Semaphore::new(COMPUTATIONS_MAX)),
            large: Arc::new(Semaphore::new(LARGE_MAX)),
            questions: Arc::new(Semaphore::new(QUESTIONS_MAX)),
            places: Arc::new(Semaphore::new(SUBSCRIBERS_MAX)),
            addresses,
            ending: watch::channel(false).0,
        })
    }

    /// Returns now, in milliseconds since 1970 UTC.
    pub(crate) fn now_ms(&self) -> i64 {
        (self.config.now)()
    }

    /// Returns today's date in Berlin.
    pub(crate) fn today(&self) -> Day {
        berlin_day(self.now_ms())
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.tracker.state()
    }
}

impl Door {
    pub(crate) fn public(site: &Arc<Site>) -> Door {
        Door { site: Arc::clone(site), is_local: false }
    }

    pub(crate) fn local(site: &Arc<Site>) -> Door {
        Door { site: Arc::clone(site), is_local: true }
    }

    pub(crate) fn share(&self) -> Arc<Site> {
        Arc::clone(&self.site)
    }
}

impl std::ops::Deref for Door {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}
