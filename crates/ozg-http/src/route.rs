//! One row of the table of addresses: an address, and what answers it.

use crate::address::{Address, Gives, RequestBody, Verb};
use crate::app::Door;
use crate::described::DescribedParameter;
use axum::routing::MethodRouter;
use std::borrow::Cow;
use std::ops::Deref;

/// An address and its handler.
pub struct Route {
    /// The address.
    pub address: Address,
    mount: Box<dyn Fn() -> MethodRouter<Door> + Send + Sync>,
}

impl Route {
    /// Makes the row of an address that is read.
    pub(crate) fn read(
        path: impl Into<Cow<'static, str>>,
        (id, doc): (impl Into<Cow<'static, str>>, impl Into<Cow<'static, str>>),
        parameters: impl Fn() -> Vec<DescribedParameter> + Send + Sync + 'static,
        gives: &[Gives],
        statuses: &'static [u16],
        mount: impl Fn() -> MethodRouter<Door> + Send + Sync + 'static,
    ) -> Route {
        let path = path.into();
        let address = Address {
            verb: Verb::Get,
            is_local: path.starts_with("/local/"),
            path,
            id: id.into(),
            doc: doc.into(),
            is_of_office: false,
            body: RequestBody::Nothing,
            parameters: Box::new(parameters),
            gives: gives.to_vec(),
            statuses,
        };
        Route { address, mount: Box::new(mount) }
    }

    /// Makes the row of the same address with another method and body.
    pub(crate) fn taking(self, verb: Verb, body: RequestBody) -> Route {
        Route { address: Address { verb, body, ..self.address }, mount: self.mount }
    }

    /// Makes the row of the same address that asks for the token of an office.
    pub(crate) fn of_office(self) -> Route {
        Route { address: Address { is_of_office: true, ..self.address }, mount: self.mount }
    }

    /// Makes the handler.
    pub(crate) fn handler(&self) -> MethodRouter<Door> {
        (self.mount)()
    }
}

impl Deref for Route {
    type Target = Address;

    fn deref(&self) -> &Address {
        &self.address
    }
}
