//! Files that commands write and read: nothing that exists is replaced unasked, several files are checked before the first is
//! recorded, and what LibreOffice saves is read like what it opened.

use crate::binary::Folder;
use std::path::Path;
use std::process::Command;

const WORLD: &str = r#"{"type":"service-listed","service":"ozg:10255","name":"Aufenthalt"}
{"type":"authority-listed","authority":"ags:01003000","name":"Lübeck"}
"#;
const HEADINGS: &str = "Leistung;Ort;Stufe;Datum\n";

fn folder() -> Folder {
    let folder = Folder::with_office();
    folder.feed(&["import", "-"], WORLD.as_bytes()).done();
    folder
}

#[test]
fn no_command_replaces_a_file_unasked() {
    let folder = folder();
    let commands: [(&str, &[&str]); 3] = [
        ("milestones.xlsx", &["template", "milestones"]),
        ("reihe.csv", &["series", "services_launched", "--format", "csv", "--out", "reihe.csv"]),
        ("reihe.txt", &["series", "services_launched", "--format", "table", "--out", "reihe.txt"]),
    ];
    for (file, arguments) in commands {
        folder.write(file, "mine");
        let said = folder.run(arguments).failed();
        assert!(said.contains(&format!("{file}: exists already; --force")), "{said}");
        assert_eq!(std::fs::read(folder.path().join(file)).expect("the file"), b"mine", "{file}");
        folder.run(&[arguments, &["--force"]].concat()).done();
        assert_ne!(std::fs::read(folder.path().join(file)).expect("the file"), b"mine", "{file}");
    }
}

#[test]
fn a_report_replaces_neither_its_input_nor_another_file() {
    let folder = folder();
    let wrong = format!("{HEADINGS}ozg:10255;ags:01003000;liv;2024\n");
    folder.write("a.csv", &wrong);
    folder.write("a.xlsx", "mine");
    for (report, words) in [
        ("a.csv", "would replace its input"),
        ("./a.csv", "would replace its input"),
        ("b.csv", "name the file .xlsx"),
        ("a.xlsx", "exists already; --force"),
    ] {
        let said = folder.run(&["import", "--dry-run", "a.csv", "--report", report]).failed();
        assert!(said.contains(words), "{report}: {said}");
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("a.csv")).expect("the input"), wrong);
    assert!(!folder.path().join("b.csv").exists());
    let said = folder.run(&["import", "a.csv", "--report", "a.xlsx", "--force"]).failed();
    assert!(said.contains("unknown") && !said.contains("exists"), "{said}");
    assert_ne!(std::fs::read(folder.path().join("a.xlsx")).expect("the report"), b"mine");
    folder.write("c.csv", &wrong);
    let said = folder.run(&["import", "a.csv", "c.csv", "--report", "r.xlsx"]).failed();
    assert!(said.contains("single file"), "{said}");
}

#[test]
fn several_sheets_of_a_workbook_are_recorded_together_or_not_at_all() {
    let folder = Folder::with_office();
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/inputs");
    folder.feed(&["import", "-"], &std::fs::read(inputs.join("world.ndjson")).expect("a world")).done();
    for file in ["two_forms.xlsx", "two_forms_wrong.xlsx"] {
        std::fs::copy(inputs.join(file), folder.path().join(file)).expect("a copy");
    }
    let head = folder.head();
    let wrong = ["import", "two_forms_wrong.xlsx", "--sheet", "Rollout", "--sheet", "Zahlen 2024"];
    let said = folder.run(&wrong).failed();
    for place in ["two_forms_wrong.xlsx:Rollout:2:D2: on: ", "two_forms_wrong.xlsx:Zahlen 2024:2:D2: value: "]
    {
        assert!(said.contains(place), "{said}");
    }
    assert!(
        said.contains("two_forms_wrong.xlsx:Rollout:3: remark: \"LK Barnim\" read as abh:12060"),
        "{said}"
    );
    assert_eq!(folder.head(), head);
    let said = folder.run(&[&wrong[..], &["--report", "r.xlsx"]].concat()).failed();
    assert!(said.contains("--report is for a single sheet"), "{said}");
    let said = folder.run(&["import", "two_forms.xlsx", "--sheet", "all"]).done();
    assert!(said.contains("2 recorded, 0 unchanged"), "{said}");
    assert_eq!(folder.head(), head + 2);
}

#[test]
fn several_files_are_checked_before_the_first_is_recorded() {
    let folder = folder();
    let head = folder.head();
    folder.write("a.csv", format!("{HEADINGS}ozg:10255;SH;live;2024\n"));
    folder.write("b.csv", format!("{HEADINGS}ozg:10255;ags:01003000;liv;2024\n"));
    folder.write("c.csv", format!("{HEADINGS}ozg:10255;ags:01003000;live;31.02.2024\n"));
    let said = folder.run(&["import", "a.csv", "b.csv", "c.csv"]).failed();
    for words in ["b.csv:2:C2", "c.csv:2:D2", "none of the files was recorded"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(folder.head(), head);
    // A service of the first file is known to the second.
    folder.write("d.ndjson", "{\"type\":\"service-listed\",\"service\":\"ozg:10071\",\"name\":\"Geburt\"}\n");
    folder.write("e.csv", format!("{HEADINGS}ozg:10071;ags:01003000;live;2024\n"));
    let said = folder.run(&["import", "a.csv", "d.ndjson", "e.csv"]).done();
    assert_eq!(said.lines().filter(|line| line.contains(": 1 recorded")).count(), 3, "{said}");
}

/// Lets LibreOffice save a file as another kind; false where there is none.
pub(crate) fn saved(folder: &Folder, file: &str, kind: &str) -> bool {
    let profile = format!("-env:UserInstallation=file://{}/office", folder.path().display());
    let mut command = Command::new("soffice");
    command.current_dir(folder.path()).args([&profile, "--headless", "--convert-to", kind, "--outdir", kind]);
    if file.ends_with(".csv") {
        // Semicolon, quotation mark, UTF-8, German, special numbers detected: as the dialog for opening a CSV does.
        command.arg("--infilter=CSV:59,34,76,1,,1031,false,true");
    }
    match command.arg(file).output() {
        Ok(done) => {
            assert!(done.status.success(), "{done:?}");
            true
        }
        Err(_) => {
            println!(
                "SKIPPED: no LibreOffice here (apt-get install libreoffice-calc-nogui); `make test` installs it"
            );
            false
        }
    }
}

#[test]
fn a_list_is_a_workbook_that_libreoffice_opens() {
    let folder = folder();
    let plan = ["record", "milestone-planned", "--service", "ozg:10255", "--place", "SH"];
    folder
        .run(&[&plan[..], &["--stage", "launched", "--due", "2024-05", "--on", "2023-02-01"]].concat())
        .done();
    let list = ["due", "--on", "2024-06-01", "--lang", "de", "--format", "xlsx", "--out", "offen.xlsx"];
    folder.run(&list).done();
    let said = folder.run(&list).failed();
    assert!(said.contains("offen.xlsx: exists already; --force"), "{said}");
    for (list, more) in [("entries", &[][..]), ("services", &["--search", "aufent"][..])] {
        let file = format!("{list}.xlsx");
        folder.run(&[&[list, "--format", "xlsx", "--out", &file][..], more].concat()).done();
    }
    if !saved(&folder, "offen.xlsx", "csv") {
        return;
    }
    // LibreOffice writes in the encoding of the system.
    let read = |file: &str| {
        let bytes = std::fs::read(folder.path().join("csv").join(file)).expect("the sheet");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let text = read("offen.csv");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains("llig,Leistung,Name der Leistung,Ort,"), "{text}");
    assert!(lines[1].starts_with("2024-05,"), "{text}");
    assert!(lines[1].contains(",1,ozg:10255,Aufenthalt,SH,Schleswig-Holstein,"), "{text}");
    for file in ["entries.xlsx", "services.xlsx"] {
        assert!(saved(&folder, file, "csv"));
        assert!(read(&file.replace("xlsx", "csv")).contains("ozg:10255,"), "{file}");
    }
}

#[test]
fn what_libreoffice_saves_is_read() {
    let folder = folder();
    folder.run(&["template", "figures", "--lang", "de", "--out", "leer.xlsx"]).done();
    folder.write(
        "zahlen.csv",
        "Kennzahl;Ort;Prozent;Datum;Anmerkung\nservices_rolled_out;SN;97%;01.06.2024;97%\nservices_rolled_out;BB;27,5%;2023;zwei\n",
    );
    for kind in ["xlsx", "ods"] {
        if !(saved(&folder, "leer.xlsx", kind) && saved(&folder, "zahlen.csv", kind)) {
            return;
        }
        let said = folder.run(&["import", &format!("{kind}/leer.{kind}"), "--as", "figures"]).failed();
        assert!(said.contains("There is no row below the headings"), "{kind}: {said}");
    }
    folder.run(&["import", "xlsx/zahlen.xlsx"]).done();
    let said = folder.run(&["import", "ods/zahlen.ods"]).done();
    assert!(said.contains("0 recorded, 2 unchanged"), "{said}");
    let entries = folder.run(&["export", "ndjson"]).done();
    for words in [
        "\"percent\":97,",
        "\"percent\":27.5,",
        "\"on\":\"2024-06-01\"",
        "\"on\":\"2023\"",
        "\"note\":\"97 %\"",
    ] {
        assert!(entries.contains(words), "{words}: {entries}");
    }
}

/// What a tracker keeps is its own and its group's, also where the system would let everybody read it.
#[test]
fn what_is_kept_is_not_for_everybody() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let data = folder.path().join("data");
    let script = r#"umask 000; ozg="$0"; "$ozg" office add bb && "$ozg" import services.jsonl && "$ozg" backup data/copy.redb"#;
    folder.write("services.jsonl", WORLD);
    let mut shell = Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_ozg")]).current_dir(folder.path()).env("OZG_DATA", &data);
    let output = shell.output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let mut modes = vec![(".".to_owned(), mode(&data))];
    for file in std::fs::read_dir(&data).expect("the folder") {
        let file = file.expect("a file");
        modes.push((file.file_name().into_string().expect("a name"), mode(&file.path())));
    }
    modes.sort();
    let modes: Vec<String> = modes.iter().map(|(name, mode)| format!("{mode:o} {name}")).collect();
    assert_eq!(modes, ["750 .", "640 copy.redb", "600 offices.json", "640 ozg.redb", "640 state.snapshot"]);
}
