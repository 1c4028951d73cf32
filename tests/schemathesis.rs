//! schemathesis asks the running demo for every operation of the OpenAPI description: it finds no server error, no
//! undocumented status and no answer that breaks its schema.

use crate::binary::Server;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

/// Cases for each operation; CI may ask for more.
const EXAMPLES_MAX: &str = "15";

/// An export of all days has gigabytes, so it is asked for a few.
const SETTINGS: &str = r#"
[[operations]]
include-path = "/v1/samples.openmetrics"
parameters = { from = "2024-06-28", to = "2024-07-02" }
"#;

#[test]
fn the_description_holds_under_schemathesis() {
    let program = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.venv/bin/schemathesis");
    if !program.exists() {
        eprintln!("SKIPPED: schemathesis is not installed; `make test` installs it");
        return;
    }
    let server = Server::demo();
    std::fs::write(server.folder().join("schemathesis.toml"), SETTINGS).expect("the file can be written");
    let examples = std::env::var("OZG_SCHEMATHESIS_EXAMPLES").unwrap_or_else(|_| EXAMPLES_MAX.to_owned());
    let output = Command::new(program)
        .current_dir(server.folder())
        .args([
            "run",
            &format!("{}/openapi.json", server.url()),
            "--max-examples",
            &examples,
            "--seed",
            "8017",
        ])
        .args([
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        ])
        .args(["--request-timeout", "20", "--no-color", "--phases", "examples,coverage,fuzzing"])
        .args(["--header", &format!("Authorization: Bearer {}", server.token())])
        .output()
        .expect("schemathesis runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    // Standard error of the process is shown for tests that pass, too. A closed one is no failure of the test.
    let _ = writeln!(
        std::io::stderr(),
        "schemathesis (tests/requirements.txt): {}",
        text.lines().last().unwrap_or_default()
    );
}
