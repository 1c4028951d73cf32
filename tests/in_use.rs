//! A folder in use: a second server refuses to start, and all commands speak to the first.

use crate::binary::{self, Folder, Said, Server};

#[test]
fn commands_speak_to_the_server_that_has_the_log() {
    let folder = Folder::with_office();
    let server = Server::on(&folder);
    let socket = folder.path().join("data/ozg.sock");
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&socket).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    let second = folder.run(&["serve", "--listen", "127.0.0.1:0"]).failed();
    assert!(second.contains("data is in use: another process has the log open"), "{second}");
    assert!(second.contains("data/ozg.sock"), "{second}");
    assert!(socket.exists(), "the socket of the first server is still there");

    let lines = r#"{"type":"service-listed","service":"ozg:10255","name":"Aufenthalt"}"#;
    let said = folder.feed(&["import", "-"], lines.as_bytes()).done();
    assert_eq!(said, "stdin: 1 recorded, 0 unchanged, 0 skipped; last position 1\n");
    let csv = folder.run(&["series", "services_listed", "--format", "csv"]).done();
    assert!(csv.starts_with("date,area,topic,service,"), "{csv}");

    let token = folder.run(&["office", "add", "be", "--areas", "BE", "--expires", "2077"]).done();
    assert!(token.starts_with("ozg_"), "{token}");
    let offices = folder.run(&["office", "list"]).done();
    assert!(offices.contains("areas=BE"), "{offices}");
    let unclear = folder.feed(&["import", "-"], lines.as_bytes()).failed();
    assert!(unclear.contains("several offices may write; name one: --office bb | be"), "{unclear}");
    folder.run(&["office", "revoke", "be"]).done();

    folder.run(&["backup", "copy.ozg"]).done();
    let exists = folder.run(&["backup", "copy.ozg"]).failed();
    assert!(exists.contains("copy.ozg"), "{exists}");
    let head = folder.run(&["log", "verify"]).done();
    let dump = folder.run(&["log", "dump"]).done();
    // What is copied beside the log on the way leaves nothing behind.
    assert!(!folder.path().join("data/log.copy").exists() && !folder.path().join("copy.ozg.new").exists());
    drop(server);

    let elsewhere = Folder::new();
    let copy = folder.path().join("copy.ozg");
    elsewhere.run(&["restore", copy.to_str().unwrap()]).done();
    assert_eq!(elsewhere.run(&["log", "verify"]).done(), head);
    assert_eq!(elsewhere.run(&["log", "dump"]).done(), dump);
    let again = elsewhere.run(&["restore", copy.to_str().unwrap()]).failed();
    assert!(again.contains("the folder has a log already"), "{again}");

    let loaded = Folder::new();
    loaded.write("dump.ndjson", &dump);
    loaded.run(&["log", "load", "dump.ndjson"]).done();
    assert_eq!(loaded.run(&["log", "verify"]).done(), head, "the chain of a loaded dump is the same");
}

#[test]
fn an_archive_is_read_back_into_a_tracker_that_gives_the_same_answers() {
    let folder = Folder::with_office();
    let lines = concat!(
        r#"{"type":"service-listed","service":"ozg:10255","name":"Aufenthalt"}"#,
        "\n",
        r#"{"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolled_out","on":"2024-03-01"}"#,
        "\n"
    );
    folder.feed(&["import", "-"], lines.as_bytes()).done();
    let archive = binary::command(folder.path()).args(["export", "datapackage"]).output().unwrap().stdout;
    assert!(archive.starts_with(b"PK"), "{}", String::from_utf8_lossy(&archive));
    let loaded = Folder::new();
    loaded.write("archive.zip", &archive);
    loaded.run(&["log", "load", "archive.zip"]).done();
    assert_eq!(loaded.run(&["log", "verify"]).done(), folder.run(&["log", "verify"]).done());
    for measure in ["services_rolled_out", "services_launched"] {
        let ask = ["series", measure, "--format", "csv", "--vintages", "all"];
        assert_eq!(loaded.run(&ask).done(), folder.run(&ask).done(), "{measure}");
    }
}

#[test]
fn copies_come_over_the_socket_and_no_folder_need_be_shared() {
    let folder = Folder::with_office();
    let server = Server::on(&folder);
    let lines = r#"{"type":"service-listed","service":"ozg:10255","name":"Aufenthalt"}"#;
    folder.feed(&["import", "-"], lines.as_bytes()).done();
    // There is no folder for temporary files, and what the command writes it writes itself.
    let own = folder.path().join("own");
    std::fs::create_dir(&own).unwrap();
    let nowhere = folder.path().join("nowhere");
    let run = |arguments: &[&str]| {
        let mut command = binary::command(folder.path());
        Said::of(&command.args(arguments).env("TMPDIR", &nowhere).output().unwrap())
    };
    let dump = run(&["log", "dump"]).done();
    assert!(dump.starts_with("{\"position\":1,"), "{dump}");
    assert_eq!(run(&["backup", "own/copy.ozg"]).done(), "own/copy.ozg: backed up to position 1\n");
    assert_eq!(std::fs::read_dir(&own).unwrap().count(), 1);
    let exists = run(&["backup", "own/copy.ozg"]).failed();
    assert_eq!(exists, "ozg: own/copy.ozg exists already; name another file\n");
    assert!(run(&["backup", "nowhere/copy.ozg"]).failed().contains("nowhere/copy.ozg"));
    drop(server);
    // Without a server the command does the same by itself.
    assert_eq!(run(&["log", "dump"]).done(), dump);
    let left: Vec<_> = std::fs::read_dir(folder.path().join("data")).unwrap().flatten().collect();
    assert!(left.iter().all(|file| file.file_name() != "log.copy"), "{left:?}");
}

#[test]
fn a_socket_that_a_dead_server_left_behind_is_in_nobodys_way() {
    let folder = Folder::with_office();
    let mut server = Server::on(&folder);
    server.signal("KILL");
    server.ended();
    assert!(folder.path().join("data/ozg.sock").exists());
    assert_eq!(folder.head(), 0);
    let server = Server::on(&folder);
    assert_eq!(server.json("/healthz")["status"], "ok");
}

#[test]
fn commands_speak_to_a_server_elsewhere() {
    let server = Server::demo();
    let elsewhere = Folder::new();
    let url = server.url();
    let head = elsewhere.run(&["log", "head", "--server", url]).done();
    assert!(head.starts_with("log          ") && head.contains("\nposition     255\n"), "{head}");
    let plan = [
        "record",
        "milestone-planned",
        "--service",
        "dienst:ewa",
        "--place",
        "BY",
        "--stage",
        "rolled_out",
        "--due",
        "2030",
    ];
    let refused = elsewhere.run(&[&plan[..], &["--server", url]].concat()).failed();
    assert!(refused.contains("writing needs a token"), "{refused}");
    let wrong = elsewhere.run(&[&plan[..], &["--server", url, "--token", "ozg_0"]].concat()).failed();
    assert!(wrong.contains("This token is unknown"), "{wrong}");
    let done = elsewhere.run(&[&plan[..], &["--server", url, "--token", server.token()]].concat()).done();
    assert!(done.contains("recorded #256"), "{done}");
    let local = elsewhere.run(&["office", "list", "--server", url]).failed();
    assert!(local.contains("/local/offices"), "{local}");
}
