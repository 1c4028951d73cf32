//! `ozg withdraw` withdraws what still stands of one import.

use super::import::summary;
use super::record::line;
use crate::answer;
use crate::cli::Withdraw;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use ozg_core::query::{escape, escape_part};
use ozg_http::message::{Body, Method};

pub(crate) async fn run(connection: &Connection, arguments: &Withdraw) -> Result<(), Failure> {
    let Withdraw { batch, reason, dry_run } = arguments;
    let path =
        format!("/v1/batches/{}/withdrawal?reason={}&dry_run={dry_run}", escape_part(batch), escape(reason));
    let mut request = request(Method::POST, &path, Body::empty())?;
    connection.sign(&mut request).await?;
    let receipt = answer::json(connection.send(request).await?, None).await?;
    receipt["entries"].as_array().into_iter().flatten().try_for_each(|entry| tell(line(entry)))?;
    super::remarks::tell_reading("ozg", &receipt, true)?;
    tell(summary(&receipt))
}
