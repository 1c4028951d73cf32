//! Other people's programs read the served formats as their users would; each must find the numbers that the JSON
//! answer has. Each program has a script in `crosscheck/`.

use crate::binary::{Folder, Server};
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Names of questions, their measures and parameters: sources in conflict, texts with umlauts and commas, shares without
/// values, targets, figures as printed (`>270`), stages, services, batches from which something was known.
const QUESTIONS: [(&str, &str, &str); 5] = [
    ("months", "services_rolled_out", "basis=counted,reported&to=2026-06-30"),
    ("changes", "services_rolled_out", "every=change&basis=counted,reported,target&to=2027-12-31"),
    ("stages", "reuses_current", "service=ozg:10255&area=DE,BB&every=change&from=2020&to=2026-06-30"),
    ("services", "areas_reusing", "by=service,area&every=quarter&to=2026-06-30"),
    ("known", "services_rolled_out", "every=change&vintages=all&to=2026-06-30"),
];
/// Parameter of every question: a data state that never changes.
const PINNED: &str = "position=247";
const ENDINGS: [&str; 8] = ["json", "csv", "de.csv", "xlsx", "jsonstat.json", "sdmx.csv", "parquet", "zip"];
/// The published figures.
const ENTRIES: usize = 255;
const ARCHIVE: &str = "/archive/2026-06-30.zip";

#[test]
fn other_programs_find_what_json_says() {
    let python = root().join(".venv/bin/python");
    if !python.exists() {
        tell("SKIPPED: there is no .venv with tests/requirements.txt; `make test` makes it");
        return;
    }
    let server = Server::demo_at_home();
    let folder = Folder::new();
    download(&server, &folder);
    let (here, url) = (folder.path().to_string_lossy().into_owned(), server.url());
    let names: Vec<String> = QUESTIONS.iter().map(|(name, _, _)| (*name).to_owned()).collect();
    let at = |path: &str| format!("{url}{path}");
    let files =
        |first: &[&str]| [first.iter().map(|one| (*one).to_owned()).collect(), names.clone()].concat();
    let described = QUESTIONS.map(|question| at(&address(question, "csv-metadata.json", "")));
    let feeds = [
        at(&format!("/v1/events.atom#{ENTRIES}")),
        at("/v1/events.atom?lang=en&area=BB#10"),
        at("/v1/measures/services_rolled_out.atom?area=HH#2"),
    ];
    let mut checks = vec![
        ("tables.py", files(&[&here])),
        ("cubes.py", files(&[&here])),
        ("described.py", described.to_vec()),
        ("packages.py", files(&[&at("/datapackage.json"), &here])),
        ("wide.py", vec![at("/"), here.clone(), PINNED.to_owned()]),
        ("catalog.py", vec![at("/"), here.clone()]),
        ("feeds.py", feeds.to_vec()),
    ];
    if Command::new("soffice").arg("--version").output().is_ok() {
        checks.push(("office.py", files(&[&here])));
    } else {
        tell(
            "SKIPPED: no LibreOffice here (apt-get install libreoffice-calc-nogui); `make test` installs it",
        );
    }
    let failed: Vec<String> = std::thread::scope(|scope| {
        let run = |check: &(&str, Vec<String>)| run(&python, check.0, &check.1).err();
        let running: Vec<_> = checks.iter().map(|check| scope.spawn(move || run(check))).collect();
        running.into_iter().filter_map(|one| one.join().expect("a check")).collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    archive_gives_the_same_answers(&server, &folder);
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Prints a line that is shown for a test that passes, too.
fn tell(what: &str) {
    // Nobody listens where it fails.
    let _ = writeln!(std::io::stderr(), "{what}");
}

fn address((_, measure, parameters): (&str, &str, &str), ending: &str, more: &str) -> String {
    format!("/v1/series/{measure}.{ending}?{parameters}&{PINNED}{more}")
}

/// Fetches what the programs read. `.de.csv` and XLSX have German names, so a CSV is fetched with them too.
fn download(server: &Server, folder: &Folder) {
    if !cfg!(feature = "parquet") {
        tell(
            "SKIPPED: this build has no Parquet for pandas and pyarrow; `make test` builds it (--features ozg/parquet)",
        );
    }
    for question in QUESTIONS {
        let name = question.0;
        for ending in ENDINGS.into_iter().filter(|ending| cfg!(feature = "parquet") || *ending != "parquet") {
            folder.write(&format!("{name}.{ending}"), server.download(&address(question, ending, "")));
        }
        folder.write(&format!("{name}.names.csv"), server.download(&address(question, "csv", "&lang=de")));
    }
    for path in ["/datapackage.json", "/v1/catalog.ttl", "/v1/catalog.jsonld"] {
        folder.write(path.rsplit('/').next().unwrap_or(path), server.download(path));
    }
    folder.write("archive.zip", server.download(ARCHIVE));
}

/// Runs a script; returns its errors, which end its output.
fn run(python: &Path, script: &str, arguments: &[impl AsRef<OsStr>]) -> Result<(), String> {
    let begun = Instant::now();
    let output = Command::new(python)
        .arg(root().join("tests/crosscheck").join(script))
        .args(arguments)
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONWARNINGS", "ignore")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .map_err(|error| format!("{script}: {error}"))?;
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(format!("{script}: {out}{err}"));
    }
    tell(&format!("cross check {script}, {:.0} s: {}", begun.elapsed().as_secs_f32(), out.trim()));
    Ok(())
}

/// Loads the entries of the archive into an empty folder and asks both.
fn archive_gives_the_same_answers(server: &Server, from: &Folder) {
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(from.path().join("archive.zip")).expect("a file"))
            .expect("an archive");
    let empty = Folder::new();
    archive.extract(empty.path().join("archive")).expect("files");
    empty.run(&["log", "load", "archive/events.ndjson"]).done();
    let again = Server::on(&empty);
    for question in QUESTIONS {
        let path = address(question, "csv", "");
        assert_eq!(again.get(&path), server.get(&path), "{path}");
    }
    assert_eq!(
        again.json("/v1/events?limit=1000")["entries"],
        server.json("/v1/events?limit=1000")["entries"]
    );
}
