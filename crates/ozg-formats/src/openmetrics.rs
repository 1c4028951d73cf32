//! Samples as OpenMetrics, one a day at 00:00 UTC, as `promtool tsdb create-blocks-from openmetrics` reads them. They
//! are written by hand, since a history has tens of millions of samples.

use std::borrow::Cow;
use std::io::{self, Write};

/// Seconds per day.
const DAY_SECONDS: i64 = 86_400;
/// Bytes that are written at once.
const CHUNK_BYTES: usize = 1 << 20;

/// A family of gauges.
#[derive(Debug, Clone, Copy)]
pub struct Family<'a> {
    /// The name of the metric.
    pub name: &'a str,
    /// The help text.
    pub help: &'a str,
}

/// Writes the samples of a family from a first to a last day (days since 1970), series by series. A series has labels and
/// changes by day. Each value is finite and holds until the next change; `None` ends the values.
///
/// # Errors
/// Those of the writer.
pub fn write_family<'a, L, C>(
    family: &Family<'_>,
    series: impl Iterator<Item = (L, C)>,
    (first, last): (i32, i32),
    out: &mut dyn Write,
) -> io::Result<()>
where
    L: Iterator<Item = (&'a str, &'a str)>,
    C: Iterator<Item = (i32, Option<f64>)>,
{
    let mut buffer = Vec::with_capacity(CHUNK_BYTES + CHUNK_BYTES / 8);
    let help = escaped(family.help);
    let name = family.name;
    buffer.extend_from_slice(format!("# HELP {name} {help}\n# TYPE {name} gauge\n").as_bytes());
    for (labels, changes) in series {
        let head = head(family.name, labels);
        let mut held: Option<(i32, f64)> = None;
        for (day, value) in changes.chain([(last.saturating_add(1), None)]) {
            if let Some((since, value)) = held {
                days(&mut buffer, &head, (since.max(first), day.saturating_sub(1).min(last)), value, out)?;
            }
            held = value.map(|value| (day, value));
        }
    }
    out.write_all(&buffer)
}

/// Writes the end of an exposition.
///
/// # Errors
/// Whatever the writer fails with.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"# EOF\n")
}

/// Writes the same value on each of some days.
fn days(
    buffer: &mut Vec<u8>,
    head: &[u8],
    (first, last): (i32, i32),
    value: f64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = head.to_vec();
    line.extend_from_slice(value.to_string().as_bytes());
    line.push(b' ');
    for day in first..=last {
        buffer.extend_from_slice(&line);
        buffer.extend_from_slice(itoa::Buffer::new().format(i64::from(day) * DAY_SECONDS).as_bytes());
        buffer.push(b'\n');
        if buffer.len() >= CHUNK_BYTES {
            out.write_all(buffer)?;
            buffer.clear();
        }
    }
    Ok(())
}

fn head<'a>(name: &str, labels: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut out = name.as_bytes().to_vec();
    let mut before = b'{';
    for (label, value) in labels {
        out.push(before);
        out.extend_from_slice(format!("{label}=\"{}\"", escaped(value)).as_bytes());
        before = b',';
    }
    if before == b',' {
        out.push(b'}');
    }
    out.push(b' ');
    out
}

/// Escapes the value of a label, as both OpenMetrics and the text format of Prometheus demand.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| matches!(byte, b'\\' | b'"' | b'\n')) {
        Cow::Owned(text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_has_the_value_that_holds() {
        let family = Family { name: "x", help: "a \"b\"" };
        let changes = [(2, Some(1.5)), (4, None), (6, Some(-3.0))];
        let labels = [("a", "q\"\\"), ("b", "2")];
        let series = [(labels.into_iter(), changes.into_iter())];
        let mut out = Vec::new();
        write_family(&family, series.into_iter(), (3, 7), &mut out).unwrap();
        end(&mut out).unwrap();
        let head = "x{a=\"q\\\"\\\\\",b=\"2\"}";
        let expected = format!(
            "# HELP x a \\\"b\\\"\n# TYPE x gauge\n{head} 1.5 259200\n{head} -3 518400\n{head} -3 604800\n# EOF\n"
        );
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
