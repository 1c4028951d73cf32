//! The real files of authorities, if this machine has them beside the project or in `OZG_DATA_DIR`: imported through
//! the binary, imported again without news, and a newer edition with its changes only.

use crate::binary::{Folder, Server};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

const REGISTER: &str = "GV100AD_301123.txt";
const OZG: &str = "ozg-leistungen_nrw-2019.csv";
const LEIKA: &str = "leika-leistungen_nrw-2019.csv";

/// Returns the folder of the shared data; prints that the test is skipped where there is none.
fn data() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("OZG_DATA_DIR").map_or_else(beside, PathBuf::from);
    let is_there = folder.join(REGISTER).exists();
    if !is_there {
        eprintln!("skipped: the real files are not beside the project (OZG_DATA_DIR)");
    }
    is_there.then_some(folder)
}

/// Imports a file and returns the last line of output.
fn import(folder: &Folder, file: &str, more: &[&str]) -> String {
    let started = Instant::now();
    let said = folder.run(&[&["import", file], more].concat()).done();
    eprintln!("{file}: {:?}", started.elapsed());
    said.lines()
        .last()
        .unwrap_or_default()
        .rsplit_once(": ")
        .map_or(String::new(), |(_, what)| what.to_owned())
}

/// Reads a sheet as rows by heading.
fn sheet(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn with_all(data: &std::path::Path) -> Folder {
    let folder = Folder::with_office();
    // Beside its rows each edition declares what it describes wholly: Gemeinden, Kreise and Länder, or the catalogue of a unit.
    for (name, count) in [(REGISTER, 11_189 + 3), (OZG, 557 + 1), (LEIKA, 4_813 + 1)] {
        let path = data.join(name).display().to_string();
        let said = import(&folder, &path, &[]);
        assert!(said.starts_with(&format!("{count} recorded, 0 unchanged")), "{name}: {said}");
        let again = import(&folder, &path, &[]);
        assert!(again.starts_with(&format!("0 recorded, {count} unchanged")), "{name}: {again}");
    }
    folder
}

#[test]
fn the_register_and_the_catalogues_are_what_they_say() {
    let Some(data) = data() else { return };
    let folder = with_all(&data);
    let server = Server::on(&folder);
    let authorities = sheet(&server.get("/v1/authorities.csv"));
    let of_kind = |kind: &str| authorities.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!((of_kind("land"), of_kind("kreis"), of_kind("gemeinde")), (16, 400, 10_773));
    let laender = std::fs::read_to_string(data.join("laender.csv")).expect("laender.csv");
    let mut all = 0_u64;
    for land in sheet(&laender) {
        let area = land["iso3166_2"].trim_start_matches("DE-");
        let of =
            |kind: &str| authorities.iter().filter(|row| row["kind"] == kind && row["area"] == area).count();
        let itself = authorities.iter().find(|row| row["authority"] == format!("land:{}", land["land"]));
        let population = &itself.expect("the Land")["population"];
        assert_eq!(population, &land["bevoelkerung"], "{area}");
        all += population.parse::<u64>().expect("a number");
        assert_eq!(
            (of("kreis").to_string(), of("gemeinde").to_string()),
            (land["kreise"].clone(), land["gemeinden"].clone()),
            "{area}"
        );
    }
    assert_eq!(all, 84_358_845);
    let topics = std::fs::read_to_string(data.join("themenfelder.csv")).expect("themenfelder.csv");
    for topic in sheet(&topics) {
        let slug = &topic["fim_slug"];
        let listed = sheet(&server.get(&format!("/v1/services.csv?unit=ozg&topic={slug}")));
        assert_eq!(listed.len().to_string(), topic["ozg_leistungen_nrw2019"], "{slug}");
    }
    assert_eq!(sheet(&server.get("/v1/services.csv?unit=leika")).len(), 4_813);
}

#[test]
fn a_newer_register_says_only_what_changed() {
    let Some(data) = data() else { return };
    let folder = with_all(&data);
    let old = std::fs::read_to_string(data.join(REGISTER)).expect("the register");
    // Flensburg gets another name and one inhabitant more; Ahneby is gone.
    let renamed = old.replace("20231130", "20241231");
    let new: String = renamed
        .lines()
        .filter(|line| !(line.starts_with("60") && line.contains("Ahneby ")))
        .map(|line| {
            let is_flensburg = line.starts_with("6020241231010010000000");
            let line = if is_flensburg {
                line.replace("Flensburg, Stadt  ", "Flensburg, Neu    ").replace("00000092550", "00000092551")
            } else {
                line.to_owned()
            };
            line + "\n"
        })
        .collect();
    folder.write("neu.txt", new);
    let shown = folder.run(&["import", "neu.txt", "--dry-run", "--verbose"]).done();
    let named: Vec<&str> = shown.lines().filter(|line| line.starts_with("  ")).collect();
    // The sums of its Kreis and its Land follow.
    assert!(
        named
            .iter()
            .any(|line| line.contains("ags:01001000 Flensburg, Stadt → Flensburg, Neu; 92550 → 92551")),
        "{shown}"
    );
    assert!(named.iter().any(|line| line.starts_with("  - ags:0105") && line.contains("Ahneby")), "{shown}");
    assert!(shown.contains("It does not say who takes over"), "{shown}");
    assert!(named.len() <= 6, "{shown}");
    let said = import(&folder, "neu.txt", &[]);
    assert!(said.contains(" recorded, ") && !said.starts_with("0 "), "{said}");
    let again = import(&folder, "neu.txt", &[]);
    assert!(again.starts_with("0 recorded"), "{again}");
    let server = Server::on(&folder);
    let before = server.get("/v1/authorities.csv?on=2024-12-30&area=SH&kind=gemeinde");
    let after = server.get("/v1/authorities.csv?on=2024-12-31&area=SH&kind=gemeinde");
    assert!(before.contains("\"Flensburg, Stadt\"") && after.contains("\"Flensburg, Neu\""));
    // An authority that the new edition lacks is a remark; it stands until a successor is recorded.
    assert!(after.contains("Ahneby"));
}
