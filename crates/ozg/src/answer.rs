//! Answers of a tracker as bytes, as JSON, or as a failure: a problem (RFC 9457) becomes one line for each mistake.

use crate::commands::remarks::of_refused;
use crate::commands::simulate::bar;
use crate::failure::Failure;
use crate::language::{of_terminal, say};
use futures_util::StreamExt;
use ozg_core::mistake::{Bilingual, Code, Mistake, Origin, Standing};
use ozg_core::words::Position;
use ozg_formats::problem::mistake_lines;
use ozg_http::message::header::CONTENT_LENGTH;
use ozg_http::message::{Body, Bytes, Response, StatusCode, to_bytes};
use serde_json::Value;
use std::io::Write;

/// Largest answer that is held in memory, in bytes.
const ANSWER_BYTES_MAX: usize = 1 << 30;
/// Name in front of mistakes that are in no file.
const COMMAND: &str = "ozg";

/// Returns the body of an answer as JSON, or why there is none. Each mistake names the file `sent` and the line or cell in
/// it. Without a file it names no place: the body was made from arguments, and nobody has seen it.
pub(crate) async fn json(response: Response<Body>, sent: Option<&str>) -> Result<Value, Failure> {
    let bytes = bytes(response, sent).await?;
    serde_json::from_slice(&bytes).map_err(|error| Failure::said(format!("the answer is no JSON: {error}")))
}

/// Returns the body of an answer, or why there is none.
pub(crate) async fn bytes(response: Response<Body>, sent: Option<&str>) -> Result<Bytes, Failure> {
    let status = response.status();
    let body = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await.map_err(Failure::said)?;
    if status.is_success() { Ok(body) } else { Err(refused(status, &body, sent)) }
}

/// Returns the mistakes of an answer; none where it is no problem.
pub(crate) async fn problem(response: Response<Body>) -> Result<Vec<Mistake>, Failure> {
    if response.status().is_success() {
        return Ok(Vec::new());
    }
    let body = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await.map_err(Failure::said)?;
    Ok(mistakes(&serde_json::from_slice(&body).unwrap_or_default()))
}

/// Copies the body of an answer to standard output as it comes, or says why there is none.
pub(crate) async fn copy(response: Response<Body>, sent: Option<&str>) -> Result<(), Failure> {
    if !response.status().is_success() {
        return bytes(response, sent).await.map(drop);
    }
    copy_body(response, &mut std::io::stdout().lock()).await
}

/// Copies the body of an answer into a file, or to standard output where none is named.
pub(crate) async fn put(
    response: Response<Body>,
    file: Option<&std::path::Path>,
    force: bool,
) -> Result<(), Failure> {
    match file {
        None => copy(response, None).await,
        // No file is made for an answer that is refused.
        Some(_) if !response.status().is_success() => bytes(response, None).await.map(drop),
        Some(file) => copy_to(response, &mut crate::written::create(file, force)?).await,
    }
}

/// Copies the body of an answer as it comes, showing progress, or says why there is none.
pub(crate) async fn copy_to(response: Response<Body>, out: &mut std::fs::File) -> Result<(), Failure> {
    if !response.status().is_success() {
        return bytes(response, None).await.map(drop);
    }
    let length = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let progress = bar(length.and_then(|length| length.parse().ok()).unwrap_or(0)).with_message("Bytes");
    let copied = copy_body(response, &mut progress.wrap_write(out)).await;
    progress.finish_and_clear();
    copied
}

/// Shows the progress that an answer reports line by line, such as `{"verified":10,"of":90}`; returns its last line, or why
/// there is none.
pub(crate) async fn followed(response: Response<Body>) -> Result<Value, Failure> {
    if !response.status().is_success() {
        return bytes(response, None).await.map(|_| Value::Null);
    }
    let progress = bar(0);
    let (mut lines, mut last) = (Vec::new(), Value::Null);
    let mut chunks = response.into_body().into_data_stream();
    while let Some(chunk) = chunks.next().await {
        lines.extend_from_slice(&chunk.map_err(Failure::said)?);
        while let Some(end) = lines.iter().position(|byte| *byte == b'\n') {
            last = serde_json::from_slice(&lines[..end]).map_err(Failure::said)?;
            lines.drain(..=end);
            if let (Some(verified), Some(of)) = (last["verified"].as_u64(), last["of"].as_u64()) {
                progress.set_length(of);
                progress.set_position(verified);
            }
        }
    }
    progress.finish_and_clear();
    match last["error"].as_str() {
        Some(error) => Err(Failure::said(error)),
        None => Ok(last),
    }
}

async fn copy_body(response: Response<Body>, out: &mut dyn Write) -> Result<(), Failure> {
    let mut chunks = response.into_body().into_data_stream();
    while let Some(chunk) = chunks.next().await {
        out.write_all(&chunk.map_err(Failure::said)?)?;
    }
    Ok(out.flush()?)
}

/// Reads a problem (RFC 9457): its mistakes, or its title and detail.
pub(crate) fn refused(status: StatusCode, body: &[u8], sent: Option<&str>) -> Failure {
    let Ok(problem) = serde_json::from_slice::<Value>(body) else {
        let text = String::from_utf8_lossy(body);
        return Failure::said(format!("{status}: {}", text.trim()));
    };
    let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    let mut mistakes = mistakes(&problem);
    if sent.is_none() {
        mistakes.iter_mut().for_each(|mistake| mistake.origin = Origin::default());
    }
    if mistakes.is_empty() {
        let parts = [text("title"), text("detail")];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let said = if parts.is_empty() { status.to_string() } else { parts.join(": ") };
        return Failure::Said(match text("hint").as_str() {
            "" => said,
            hint => format!("{said} ({}: {hint})", say("Hinweis", "hint")),
        });
    }
    let language = of_terminal();
    let name = sent.unwrap_or(COMMAND);
    let mut lines = mistake_lines(name, &mistakes, language);
    lines.extend(of_refused(name, &problem));
    lines.push(format!("ozg: {}", text("title")));
    Failure::Mistakes(lines)
}

/// Says what is wrong with parameters that the command reads itself.
pub(crate) fn mistaken(mistakes: &[Mistake]) -> Failure {
    Failure::Mistakes(mistake_lines(COMMAND, mistakes, of_terminal()))
}

/// Reads the mistakes of a problem back from the answer.
pub(crate) fn mistakes(problem: &Value) -> Vec<Mistake> {
    problem["errors"].as_array().into_iter().flatten().map(mistake).collect()
}

/// Reads a mistake back from the answer; its message is in one language only.
fn mistake(error: &Value) -> Mistake {
    let text = |name: &str| error[name].as_str().map(str::to_owned);
    let message = text("message").unwrap_or_default();
    let code = text("code").and_then(|code| Code::ALL.iter().find(|known| known.as_str() == code).copied());
    let standing = match &error["standing"] {
        Value::Array(several) => several.iter().filter_map(standing).collect(),
        one => standing(one).into_iter().collect(),
    };
    Mistake {
        origin: Origin {
            line: error["line"].as_u64().and_then(|line| u32::try_from(line).ok()).unwrap_or(0),
            sheet: text("sheet"),
            cell: text("cell"),
            pointer: text("pointer"),
        },
        field: text("field").unwrap_or_default(),
        code: code.unwrap_or(Code::Unreadable),
        value: text("value"),
        message: Bilingual::new(message.clone(), message),
        hint: text("hint").map(Bilingual::from),
        standing,
    }
}

fn standing(value: &Value) -> Option<Standing> {
    Some(Standing {
        id: value["id"].as_str()?.parse().ok()?,
        position: serde_json::from_value::<Position>(value["position"].clone()).ok(),
        on: value["on"].as_str().unwrap_or_default().to_owned(),
    })
}
