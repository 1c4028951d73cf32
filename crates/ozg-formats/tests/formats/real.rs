//! The real files, if this machine has them: in the shared data beside the project, or in the folder that
//! `OZG_DATA_DIR` names.

use ozg_core::edition::{Edition, Stated};
use ozg_core::remarked::Remarked;
use ozg_core::words::{Area, AuthorityKind};
use ozg_formats::input::read_each;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Returns a file of the shared data; says so where it is not there.
fn file(name: &str) -> Option<Vec<u8>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("OZG_DATA_DIR").map_or_else(beside, PathBuf::from);
    let bytes = std::fs::read(folder.join(name)).ok();
    if bytes.is_none() {
        eprintln!("skipped: {name} is not in the shared data (OZG_DATA_DIR)");
    }
    bytes
}

fn edition(bytes: &[u8]) -> Edition {
    read(bytes).0
}

fn read(bytes: &[u8]) -> (Edition, Vec<Remarked>) {
    let start = std::time::Instant::now();
    let reading = read_each(bytes, None, None, 1_000_000, &mut |_| Ok(())).unwrap();
    let edition = reading.edition.unwrap();
    eprintln!("{} rows in {:?}", edition.rows.len(), start.elapsed());
    (edition, reading.remarks)
}

#[test]
fn the_register_of_30_november_2023() {
    let (Some(bytes), Some(laender)) = (file("GV100AD_301123.txt"), file("laender.csv")) else { return };
    let edition = edition(&bytes);
    assert_eq!(edition.on.map(|on| on.to_string()).as_deref(), Some("2023-11-30"));
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let (mut of_kind, mut population) = ([0; AuthorityKind::COUNT], 0);
    for row in &edition.rows {
        let Stated::Authority(id, described) = &row.states else { panic!("{row:?}") };
        of_kind[id.kind().index()] += 1;
        *counts.entry((id.area().official_key(), id.kind().id())).or_default() += 1;
        if id.kind() == AuthorityKind::Land {
            population += u64::from(described.population.unwrap());
            counts.insert((id.area().official_key(), "population"), described.population.unwrap().into());
        }
    }
    let of = |kind: AuthorityKind| of_kind[kind.index()];
    assert_eq!(
        (of(AuthorityKind::Land), of(AuthorityKind::Kreis), of(AuthorityKind::Gemeinde)),
        (16, 400, 10_773)
    );
    assert_eq!(population, 84_358_845);
    let laender = String::from_utf8(laender).unwrap();
    for line in laender.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let of = |kind: &'static str| {
            counts[&(Area::from_official_key(cells[0]).unwrap().official_key(), kind)].to_string()
        };
        assert_eq!([of("kreis"), of("gemeinde"), of("population")], [cells[3], cells[5], cells[7]], "{line}");
    }
}

#[test]
fn the_catalogues_of_2019() {
    let (Some(ozg), Some(leika), Some(topics)) = (
        file("ozg-leistungen_nrw-2019.csv"),
        file("leika-leistungen_nrw-2019.csv"),
        file("themenfelder.csv"),
    ) else {
        return;
    };
    let mut of_topic: BTreeMap<&str, usize> = BTreeMap::new();
    let (ozg, remarks) = read(&ozg);
    for row in &ozg.rows {
        let Stated::Service(_, listing) = &row.states else { panic!("{row:?}") };
        listing.topics.iter().for_each(|topic| *of_topic.entry(topic.id()).or_default() += 1);
    }
    assert_eq!((ozg.rows.len(), remarks.len()), (557, 0));
    for line in String::from_utf8(topics).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(of_topic[cells[2]].to_string(), cells[4], "{line}");
    }
    let (leika, remarks) = read(&leika);
    let without_key = remarks.iter().filter(|remark| remark.message.de.contains("keinen Schlüssel"));
    assert_eq!((leika.rows.len(), without_key.count()), (5_249 - 436, 436));
}
