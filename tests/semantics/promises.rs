//! What else holds of an answer: its permalink, what it is related to, that it stays as it is.

use super::world::{Answer, World};

/// Says which promise an answer breaks; nothing where it keeps it.
pub(super) fn broken(promise: &str, answer: &Answer, world: &World) -> Option<String> {
    let (word, parameters) = promise.split_once(' ').unwrap_or((promise, ""));
    match word {
        "cite-as" => {
            let Some(target) = linked(answer, "cite-as") else {
                return Some("there is no permalink".to_owned());
            };
            has_all(&target, parameters).or_else(|| {
                let followed = world.get(&target);
                let is_same = followed.status == 200 && followed.text == answer.text;
                (!is_same).then(|| format!("{target} gives {} {}", followed.status, followed.text))
            })
        }
        "related" => match linked(answer, "related") {
            Some(target) => has_all(&target, parameters),
            None => Some("there is no related question".to_owned()),
        },
        // Asked again when the example has ended.
        "kept" => None,
        _ => panic!("nobody knows how to check this: {promise}"),
    }
}

/// Finds where the header `Link` leads to with a relation.
fn linked(answer: &Answer, relation: &str) -> Option<String> {
    let values = answer.headers.get_all("link").iter().filter_map(|value| value.to_str().ok());
    let mut links = values.flat_map(|value| value.split(", <"));
    let link = links.find(|link| link.contains(&format!("rel=\"{relation}\"")))?;
    Some(link.trim_start_matches('<').split('>').next()?.to_owned())
}

/// Says which of `name=value` an address lacks, or which `-name` it has.
fn has_all(address: &str, parameters: &str) -> Option<String> {
    let (_, query) = address.split_once('?').unwrap_or((address, ""));
    let has = |wanted: &str| query.split('&').any(|pair| pair == wanted);
    let names = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    let is_wrong = |wanted: &&str| wanted.strip_prefix('-').map_or_else(|| !has(wanted), names);
    let broken = parameters.split(' ').filter(|parameter| !parameter.is_empty()).find(is_wrong)?;
    Some(format!("{address} does not keep {broken}"))
}
