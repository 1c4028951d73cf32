//! A real browser on the pages: they show what they say, in both languages, on a wide and on a narrow screen.

use crate::server::Server;
use std::process::Command;

fn chromium() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()))
}

/// Returns the document as the browser has it after loading.
fn document(program: &str, server: &Server, path: &str, width: u32) -> String {
    let profile = server.folder().join(format!("browser-{width}-{}", path.len()));
    let output = Command::new(program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--window-size={width},800"))
        .args(["--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("{}{path}", server.url()))
        .output()
        .expect("the browser runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_start_page_is_shown_in_both_languages() {
    let Some(program) = chromium() else {
        eprintln!("SKIPPED: no chromium here; `make test` installs it");
        return;
    };
    let server = Server::demo();
    for (path, language, word) in [("/", "de", "Datenstand"), ("/en/", "en", "Data state")] {
        for width in [1280, 360] {
            let page = document(program, &server, path, width);
            assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
            assert!(page.contains(word), "{path} has no {word:?}: {page}");
            assert!(page.contains("/v1/series/services_rolled_out.csv"), "{page}");
        }
    }
}
