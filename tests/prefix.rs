//! Behind a real nginx that offers the tracker under a path of its host, every link leads to an answer.

use crate::binary::{Folder, Server, headed, sent};
use crate::process::{Process, free_address, wait_for};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};

/// Where readers begin: pages, lists, feeds, the catalogue, an answer of each kind that goes on at another address.
const BEGINNINGS: [&str; 19] = [
    "/",
    "/en/",
    "/?utm_source=mail",
    "/archive/latest.zip",
    "/datapackage.json",
    "/v1",
    "/v1/areas/BB",
    "/v1/authorities",
    "/v1/catalog.ttl",
    "/v1/entries?limit=2",
    "/v1/events.atom?area=BB",
    "/v1/events?limit=2",
    "/v1/measures/reuses",
    "/v1/measures/services_rolled_out.atom",
    "/v1/series/services_rolled_out.csv?area=DE",
    "/v1/series/services_rolled_out.csv-metadata.json?area=DE",
    "/v1/series/services_rolled_out.json?area=DE",
    "/v1/services/ozg:10255",
    "/v1/topics/bildung",
];
/// The path that nginx offers the tracker under; everything else is 404.
const PREFIX: &str = "/ozg";

#[test]
fn every_link_works_behind_a_prefix() {
    if Command::new("nginx").arg("-v").output().is_err() {
        eprintln!("SKIPPED: nginx is not installed; `make test` installs it (apt-get install nginx)");
        return;
    }
    let (front, behind) = (free_address(), free_address());
    let home = format!("http://{front}{PREFIX}");
    let server = Server::demo_at(&behind, &home);
    let folder = Folder::new();
    let _proxy = nginx(&folder, &front, &behind);
    let mut links: BTreeMap<String, &str> = BTreeMap::new();
    for beginning in BEGINNINGS {
        let (status, head, body) = headed(&front, &format!("{PREFIX}{beginning}")).expect("an answer");
        assert!([200, 302, 308].contains(&status), "{beginning}: {status}");
        let found = linked(&head, &body);
        assert!(!found.is_empty(), "{beginning} leads nowhere");
        let absolute = |link: &str| absolute(&home, &format!("{PREFIX}{beginning}"), link);
        links.extend(found.iter().filter_map(|link| Some((absolute(link)?, beginning))));
    }
    let seen: BTreeSet<&str> =
        links.keys().map(|link| link.split(['?', '#']).next().unwrap_or_default()).collect();
    assert!(seen.len() > 60, "{seen:?}");
    for (link, from) in &links {
        let path = link.strip_prefix(&format!("http://{front}")).unwrap_or_else(|| panic!("{from}: {link}"));
        assert!(path.starts_with(PREFIX), "{from} leads beside the prefix: {link}");
        // 301 is that of nginx, from the prefix without a slash.
        let (status, _, body) = headed(&front, path).expect("an answer");
        // Of its addresses /v1 tells the path alone; some want parameters or a token.
        let is_there = [200, 301, 302, 308].contains(&status) || (*from == "/v1" && status != 404);
        assert!(is_there, "{from} leads to {link}: {status} {}", &body[..body.len().min(300)]);
    }
    let description: Value =
        serde_json::from_str(&headed(&front, &format!("{PREFIX}/openapi.json")).expect("an answer").2)
            .expect("JSON");
    assert_eq!(description["servers"][0]["url"], home);
    let token = format!("Authorization: Bearer {}", server.token());
    let headers = [token.as_str(), "Content-Type: application/json"];
    let event = br#"{"type":"service-listed","service":"ozg:20500","name":"X","on":"2020-01-01"}"#;
    let (status, head, body) =
        sent(&front, "POST", &format!("{PREFIX}/v1/events"), &headers, event).expect("an answer");
    assert_eq!(status, 201, "{body}");
    let location =
        linked(&head, "").into_iter().find(|link| link.contains("/v1/events/")).expect("a Location");
    assert_eq!(headed(&front, &location).expect("an answer").0, 200, "{location}");
}

/// Starts nginx as the documentation does.
fn nginx(folder: &Folder, front: &str, behind: &str) -> Process {
    let here = folder.path().display();
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let paths: Vec<String> = kinds.iter().map(|kind| format!("{kind}_temp_path {here}/{kind};")).collect();
    let configuration = format!(
        "daemon off; master_process off; pid {here}/nginx.pid; events {{}}\n\
         http {{ access_log off; {}\n\
         server {{ listen {front}; location {PREFIX}/ {{ proxy_pass http://{behind}/; }} location / {{ return 404; }} }} }}\n",
        paths.join(" ")
    );
    folder.write("nginx.conf", configuration);
    let child = Command::new("nginx")
        .args(["-p", &here.to_string(), "-c", "nginx.conf", "-e", "stderr"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("nginx starts");
    wait_for("nginx answers", || headed(front, "/").filter(|(status, ..)| *status == 404));
    Process(child)
}

/// Finds the addresses in an answer: in its headers, in attributes, in JSON by the names that hold addresses, in Turtle.
fn linked(head: &str, body: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in head.lines() {
        let (name, value) = line.split_once(": ").unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "location" => drop(found.insert(value.to_owned())),
            "link" => found.extend(between(value, "<", ">")),
            _ => {}
        }
    }
    if let Ok(value) = serde_json::from_str::<Value>(body) {
        in_json(&value, false, &mut found);
    } else if body.starts_with("@prefix") {
        for predicate in ["accessURL", "downloadURL", "landingPage", "hasURL"] {
            found.extend(between(body, &format!("{predicate} <"), ">"));
        }
    } else {
        ["href=\"", "src=\""].iter().for_each(|name| found.extend(between(body, name, "\"")));
    }
    found.into_iter().map(|link| link.replace("&amp;", "&")).filter(|link| !link.contains('{')).collect()
}

fn in_json(value: &Value, is_link: bool, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if is_link => drop(found.insert(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| in_json(value, is_link, found)),
        Value::Object(members) => {
            // Writing addresses are no links to follow.
            if members.get("method").is_some_and(|method| method != "GET") {
                return;
            }
            for (name, value) in members {
                let names = ["href", "links", "next", "permalink", "url", "path"];
                let leads =
                    is_link || (names.contains(&name.as_str()) && !value.is_object()) || name == "links";
                in_json(value, leads, found);
            }
        }
        _ => {}
    }
}

fn between(text: &str, before: &str, behind: &str) -> Vec<String> {
    let parts = text.split(before).skip(1);
    parts.filter_map(|part| part.split_once(behind).map(|(link, _)| link.to_owned())).collect()
}

/// Resolves a link as a browser does; none where it leads to another host.
fn absolute(home: &str, base: &str, link: &str) -> Option<String> {
    let host = home.strip_suffix(PREFIX).unwrap_or(home);
    match link {
        _ if link.starts_with(host) => Some(link.to_owned()),
        _ if link.contains("://") || link.starts_with("mailto:") || link.starts_with("urn:") => None,
        _ if link.starts_with('/') => Some(format!("{host}{link}")),
        _ => {
            let folder =
                base.split('?').next().unwrap_or_default().rsplit_once('/').map_or("", |(folder, _)| folder);
            Some(format!("{host}{folder}/{link}"))
        }
    }
}
