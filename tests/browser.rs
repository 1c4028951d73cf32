//! A real browser: pages show their texts, in both languages, on a wide and on a narrow screen; a chart that is opened by
//! itself is drawn; a page of another origin reads series.

use crate::binary::Server;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Command, Output};

/// A page of somebody else: fetches a series twice, the second time with its ETag, and shows what it could read of both.
const FOREIGN_PAGE: &str = r#"<!doctype html><meta charset="utf-8"><pre id="said"></pre><script>
(async () => {
  const said = [location.origin];
  try {
    const first = await fetch("ADDRESS");
    const [link, etag] = [first.headers.get("Link"), first.headers.get("ETag")];
    said.push(first.type, first.status, link, etag, (await first.text()).split("\n")[1]);
    const again = await fetch("ADDRESS", { cache: "no-store", headers: { "If-None-Match": etag } });
    said.push("again " + again.status);
  } catch (error) {
    said.push(String(error));
  }
  document.getElementById("said").textContent = said.join("\n");
})();
</script>"#;

fn chromium() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()))
}

/// Returns the document as the browser has it after loading.
fn document(program: &str, server: &Server, url: &str, width: u32) -> String {
    let output = opened(program, server, url, width);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Opens an address; its document stands in the output, what the browser says of it among the errors.
fn opened(program: &str, server: &Server, url: &str, width: u32) -> Output {
    let profile = server.folder().join(format!("browser-{width}-{}", url.len()));
    Command::new(program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--window-size={width},800"))
        .args(["--virtual-time-budget=5000", "--enable-logging=stderr", "--dump-dom"])
        .arg(url)
        .output()
        .expect("the browser runs")
}

#[test]
fn a_chart_that_is_opened_by_itself_keeps_its_style() {
    let Some(program) = chromium() else {
        eprintln!("SKIPPED: no chromium here; `make test` installs it");
        return;
    };
    let server = Server::demo();
    let url = format!("{}/v1/series/services_rolled_out.svg?area=BB&basis=reported", server.url());
    let output = opened(program, &server, &url, 900);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(String::from_utf8_lossy(&output.stdout).contains("<svg"), "{said}");
    assert!(!said.contains("Content Security Policy"), "{said}");
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
            let page = document(program, &server, &format!("{}{path}", server.url()), width);
            assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
            assert!(page.contains(word), "{path} has no {word:?}: {page}");
            assert!(page.contains("/v1/series/services_rolled_out.csv"), "{page}");
        }
    }
}

/// Serves one page to everybody who asks, at an address of its own.
fn other_origin(page: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let length = page.len();
            // A browser that has gone needs no page.
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
            );
        }
    });
    url
}

#[test]
fn a_page_of_another_origin_reads_a_series() {
    let Some(program) = chromium() else {
        eprintln!("SKIPPED: no chromium here; `make test` installs it");
        return;
    };
    let server = Server::demo();
    let address = format!(
        "{}/v1/series/services_rolled_out.csv?area=DE&basis=reported&on=2023-06-30&position=247",
        server.url()
    );
    let page = other_origin(FOREIGN_PAGE.replace("ADDRESS", &address));
    let shown = document(program, &server, &page, 800);
    for part in ["cors", "200", "rel=\"cite-as\"", "W/", "2023-06-30,DE,all,", "again 304"] {
        assert!(shown.contains(part), "no {part:?} in {shown}");
    }
    assert!(!shown.contains(&format!(">{}", server.url())), "it is the same origin: {shown}");
    let version = Command::new(program).arg("--version").output().expect("its version");
    let _ = writeln!(std::io::stderr(), "{}", String::from_utf8_lossy(&version.stdout).trim());
}
