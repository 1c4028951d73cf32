//! Commands and their exact output, as text files in `tests/commands/`: `$ ` begins a command, `> ` continues it, the
//! rest is output and errors, and `[1]` an exit code other than 0. `UPDATE_COMMANDS=1` rewrites them.

use crate::binary::{Folder, command};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the commands of a transcript and returns it with their real output.
fn replay(text: &str) -> String {
    let folder = Folder::new();
    let mut said = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('#') || (line.is_empty() && said.is_empty()) {
            said.push_str(&format!("{line}\n"));
            continue;
        }
        let Some(first) = line.strip_prefix("$ ") else { continue };
        let mut script = first.to_owned();
        said.push_str(&format!(
            "{}$ {first}\n",
            if said.ends_with("\n\n") || said.is_empty() { "" } else { "\n" }
        ));
        while let Some(more) = lines.peek().and_then(|line| line.strip_prefix("> ")) {
            script.push_str(&format!("\n{more}"));
            said.push_str(&format!("> {more}\n"));
            lines.next();
        }
        said.push_str(&run(&folder, &script));
    }
    said
}

/// Runs a script in a shell with `ozg` on its path.
fn run(folder: &Folder, script: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_ozg"));
    let path = format!(
        "{}:{}",
        binary.parent().unwrap_or(binary).display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let mut shell = Command::new("sh");
    // A command runs with the environment variables of all tests.
    let plain = command(folder.path());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let output =
        shell.args(["-c", script]).env("PATH", path).current_dir(folder.path()).output().expect("a shell");
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    let mut said: String = said.lines().map(|line| format!("{}\n", steady(line))).collect();
    if let Some(code) = output.status.code().filter(|code| *code != 0) {
        said.push_str(&format!("[{code}]\n"));
    }
    said
}

/// Replaces what differs from run to run: ids, tokens, instants, chain values, today.
fn steady(line: &str) -> String {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_id = |word: &str| {
        word.len() == 36
            && word.split('-').map(str::len).eq([8, 4, 4, 4, 12])
            && is_hex(&word.replace('-', ""))
    };
    let is_instant = |word: &str| word.len() == 24 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
    let mut out = String::new();
    let mut word = String::new();
    let end = |word: &mut String, out: &mut String| {
        let name = match word.as_str() {
            text if is_id(text) => "<id>",
            text if is_instant(text) => "<instant>",
            text if text.strip_prefix("ozg_").is_some_and(|rest| rest.len() == 48 && is_hex(rest)) => {
                "<token>"
            }
            text if text.len() == 64 && is_hex(text) => "<chain>",
            text if text.len() == 32 && is_hex(text) => "<identity>",
            text if *text == today() => "<today>",
            text => text,
        };
        out.push_str(name);
        word.clear();
    };
    for c in line.chars() {
        let is_of_instant = c == '.' && word.contains('T');
        if c.is_ascii_alphanumeric() || "-_:".contains(c) || is_of_instant {
            word.push(c);
        } else {
            end(&mut word, &mut out);
            out.push(c);
        }
    }
    end(&mut word, &mut out);
    out
}

fn today() -> String {
    ozg_core::time::berlin_day(ozg_tracker::system_clock()).to_string()
}

fn transcripts() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/commands");
    let files = std::fs::read_dir(folder).expect("the folder of the transcripts");
    let mut files: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort();
    files
}

#[test]
fn commands_say_what_the_transcripts_say() {
    let mut others = Vec::new();
    for file in transcripts() {
        let text = std::fs::read_to_string(&file).unwrap();
        let said = replay(&text);
        if said == text {
            continue;
        }
        if std::env::var_os("UPDATE_COMMANDS").is_some() {
            std::fs::write(&file, said).unwrap();
        } else {
            others.push(format!("{}:\n{}", file.display(), difference(&text, &said)));
        }
    }
    assert!(others.is_empty(), "UPDATE_COMMANDS=1 rewrites them\n{}", others.join("\n"));
}

/// Returns the lines around the first difference.
fn difference(expected: &str, found: &str) -> String {
    let same = expected.lines().zip(found.lines()).take_while(|(left, right)| left == right).count();
    let some = |text: &str| text.lines().skip(same.saturating_sub(3)).take(12).collect::<Vec<_>>().join("\n");
    format!("--- expected\n{}\n--- found\n{}", some(expected), some(found))
}
