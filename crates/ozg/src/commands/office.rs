//! `ozg office` adds, lists and revokes the offices that may write.

use crate::answer;
use crate::cli::OfficeCommand;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use crate::language::say;
use ozg_core::query::escape_part;
use ozg_http::message::header::CONTENT_TYPE;
use ozg_http::message::{Body, HeaderValue, Method};
use serde_json::{Value, json};

pub(crate) async fn run(connection: &Connection, command: OfficeCommand) -> Result<(), Failure> {
    match command {
        OfficeCommand::Add { id, areas, topics, coordinates, expires } => {
            let body = json!({ "id": id, "areas": areas, "topics": topics, "coordinates": coordinates, "expires": expires });
            let mut request = request(Method::POST, "/local/offices", Body::from(body.to_string()))?;
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            let office = answer::json(connection.send(request).await?, None).await?;
            tell(office["token"].as_str().unwrap_or_default())?;
            eprintln!("{}", say("Dieses Token wird nur einmal gezeigt.", "This token is shown only now."));
            Ok(())
        }
        OfficeCommand::List => {
            for office in list(connection).await? {
                tell(line(&office))?;
            }
            Ok(())
        }
        OfficeCommand::Revoke { id } => {
            let path = format!("/local/offices/{}", escape_part(&id));
            let response = connection.send(request(Method::DELETE, &path, Body::empty())?).await?;
            let revoked = answer::json(response, None).await?;
            let tokens = if revoked["revoked"] == 1 { "token revoked" } else { "tokens revoked" };
            tell(format!("{id}: {} {}", revoked["revoked"], say("Token widerrufen", tokens)))?;
            Ok(())
        }
    }
}

async fn list(connection: &Connection) -> Result<Vec<Value>, Failure> {
    let answer = answer::json(connection.get("/local/offices").await?, None).await?;
    Ok(answer["offices"].as_array().cloned().unwrap_or_default())
}

fn line(office: &Value) -> String {
    let text = |name: &str| office[name].as_str().unwrap_or_default();
    let words = |name: &str| -> String {
        let words = office[name].as_array().into_iter().flatten().filter_map(Value::as_str);
        words.collect::<Vec<_>>().join(",")
    };
    let mut line = format!("{:<16} {:<8} {}", text("id"), text("status"), text("created"));
    let expires = ("expires", text("expires").to_owned());
    let coordinates = ("coordinates", words("coordinates"));
    for (name, value) in [("areas", words("areas")), ("topics", words("topics")), coordinates, expires] {
        if !value.is_empty() {
            line.push_str(&format!(" {name}={value}"));
        } else if name == "coordinates" && office[name].is_array() {
            line.push_str(" coordinates");
        }
    }
    line
}

/// Returns the only office that may write; with none or several one must be named.
pub(crate) async fn only(connection: &Connection) -> Result<String, Failure> {
    let mut valid: Vec<String> = Vec::new();
    for office in list(connection).await? {
        let id = office["id"].as_str().unwrap_or_default();
        if office["status"] == "valid" && !valid.iter().any(|known| known == id) {
            valid.push(id.to_owned());
        }
    }
    match valid.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Failure::said(say(
            "noch darf keine Stelle schreiben: `ozg office add ID` legt eine an",
            "no office may write yet: `ozg office add ID` adds one",
        ))),
        several => {
            let which = say(
                "mehrere Stellen dürfen schreiben; eine nennen: --office",
                "several offices may write; name one: --office",
            );
            Err(Failure::said(format!("{which} {}", several.join(" | "))))
        }
    }
}
