//! Zip archives, unpacked within limits. A file in an archive is read as if it had been sent by itself. The size that
//! an archive declares is not trusted; the bytes that come out are counted.

use super::foreign::{self, protected};
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use std::borrow::Cow;
use std::io::{Cursor, Read, Write, sink};
use zip::ZipArchive;
use zip::read::ZipFile;

/// The most files that an archive or a workbook may hold.
pub const ARCHIVE_FILES_MAX: usize = 2_000;
/// The most bytes that a file of an archive may have when unpacked.
pub const UNPACKED_BYTES_MAX: u64 = 512 << 20;
/// The most bytes that all parts of a workbook (XLSX) may have together when unpacked.
pub const WORKBOOK_BYTES_MAX: u64 = 128 << 20;
/// The most bytes that the styles of a workbook may have. A style takes far more memory than its text has letters.
const STYLES_BYTES_MAX: u64 = 8 << 20;
/// The most bytes that the tags of the styles may have if each were as long as the longest: a reader copies a format into each
/// style that names it.
const STYLES_COPIED_BYTES_MAX: usize = 256 << 20;
/// The most times by which a file of an archive may grow when it is unpacked. A larger factor is an attack; small files may
/// exceed it.
pub const UNPACKED_RATIO_MAX: u64 = 300;
/// Size of an unpacked file from which that factor matters, in bytes.
const RATIO_FROM_BYTES: u64 = 4 << 20;
/// The media type of spreadsheets in OpenDocument, and the beginning of that of their templates.
const OPEN_SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Bytes of a file that are unpacked at once.
const PIECE_BYTES: usize = 64 << 10;

/// The content of an input after unpacking.
pub(crate) enum Unpacked<'a> {
    /// A file.
    File(Cow<'a, [u8]>),
    /// A workbook (XLSX), known to be within the limits.
    Workbook(&'a [u8]),
    /// The parts of a spreadsheet in OpenDocument (ODS).
    OpenDocument { content: Vec<u8>, styles: Vec<u8> },
}

/// Unpacks bytes, if they are an archive.
///
/// # Errors
/// `unreadable` for an archive that is damaged, protected or too large, and for one with no readable file or several.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Unpacked<'_>, Box<Mistake>> {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return Ok(Unpacked::File(Cow::Borrowed(bytes)));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| whole(broken(bytes)))?;
    if archive.len() > ARCHIVE_FILES_MAX {
        return Err(whole(too_many_files(archive.len())));
    }
    if let Some(mistake) = foreign::of_package(|name| archive.index_for_name(name).is_some()) {
        return Err(mistake);
    }
    if archive.index_for_name("[Content_Types].xml").is_some() {
        check_all(&mut archive, bytes.len())?;
        return Ok(Unpacked::Workbook(bytes));
    }
    if let Some(index) = archive.index_for_name("mimetype") {
        return open_document(&mut archive, index, bytes.len());
    }
    let index = chosen(&mut archive)?;
    read_file(&mut archive, index, bytes.len()).map(|bytes| Unpacked::File(Cow::Owned(bytes)))
}

/// Unpacks a document in OpenDocument, if it is a spreadsheet.
fn open_document<'a>(
    archive: &mut Archive<'a>,
    index: usize,
    archive_size: usize,
) -> Result<Unpacked<'a>, Box<Mistake>> {
    let kind = read_file(archive, index, archive_size)?;
    let kind = String::from_utf8_lossy(&kind).into_owned();
    if !kind.trim().starts_with(OPEN_SPREADSHEET) {
        return Err(foreign::of_open_document(kind.trim()));
    }
    check_all(archive, archive_size)?;
    let mut part = |name: &str| match archive.index_for_name(name) {
        Some(index) => read_file(archive, index, archive_size),
        None => Ok(Vec::new()),
    };
    let (content, styles, manifest) =
        (part("content.xml")?, part("styles.xml")?, part("META-INF/manifest.xml")?);
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(whole(protected()));
    }
    Ok(Unpacked::OpenDocument { content, styles })
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Unpacks every file once and discards the bytes, so that later readers cannot exceed the limits.
fn check_all(archive: &mut Archive<'_>, archive_size: usize) -> Result<(), Box<Mistake>> {
    let mut left = WORKBOOK_BYTES_MAX;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| whole(unreadable_file(&error)))?;
        let is_styles = file.name().is_ok_and(|name| name.to_lowercase().ends_with("styles.xml"));
        let allowed = allowed(&file, archive_size).min(if is_styles { STYLES_BYTES_MAX } else { left });
        let mut styles = Vec::new();
        let out: &mut dyn Write = if is_styles { &mut styles } else { &mut sink() };
        let size = inflate(file, allowed.min(left), out)?;
        if size.is_none() || copied(&styles) > STYLES_COPIED_BYTES_MAX {
            return Err(whole(too_large(WORKBOOK_BYTES_MAX)));
        }
        left -= size.unwrap_or(0);
    }
    Ok(())
}

/// Returns the size of a text in XML if each of its tags were as long as the longest.
fn copied(xml: &[u8]) -> usize {
    let tags = || xml.split(|byte| *byte == b'<');
    let longest = tags().map(<[u8]>::len).max().unwrap_or(0);
    longest.saturating_mul(tags().count())
}

/// Returns the most bytes that a file of an archive may have when unpacked. Its packed size counts as at most that of the
/// whole archive, whatever the archive declares.
fn allowed<R: Read>(file: &ZipFile<'_, R>, archive_size: usize) -> u64 {
    let packed = file.compressed_size().min(archive_size.try_into().unwrap_or(u64::MAX));
    packed.saturating_add(1).saturating_mul(UNPACKED_RATIO_MAX).max(RATIO_FROM_BYTES)
}

/// Unpacks a file piece by piece and returns its size; none as soon as it exceeds the allowed size.
fn inflate(mut file: impl Read, allowed: u64, out: &mut dyn Write) -> Result<Option<u64>, Box<Mistake>> {
    let mut piece = vec![0; PIECE_BYTES];
    let mut size = 0;
    loop {
        let read = file.read(&mut piece).map_err(|_| whole(damaged()))?;
        if read == 0 {
            return Ok(Some(size));
        }
        size += u64::try_from(read).unwrap_or(u64::MAX);
        if size > allowed {
            return Ok(None);
        }
        out.write_all(&piece[..read]).map_err(|_| whole(damaged()))?;
    }
}

/// Finds the file to read: events (`.ndjson`), else the only table or text.
fn chosen(archive: &mut Archive<'_>) -> Result<usize, Box<Mistake>> {
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|error| whole(unreadable_file(&error)))?;
        let name = file.name().map_err(|error| whole(unreadable_file(&error)))?.to_lowercase();
        // Programs on macOS add hidden files about each file.
        if !file.is_dir()
            && !name.starts_with("__macosx/")
            && !name.rsplit('/').next().is_some_and(|name| name.starts_with('.'))
        {
            files.push((index, name));
        }
    }
    let ending = |endings: &[&str]| -> Vec<usize> {
        let fits = |name: &str| endings.iter().any(|ending| name.ends_with(ending));
        files.iter().filter(|(_, name)| fits(name)).map(|(index, _)| *index).collect()
    };
    let events = files.iter().find(|(_, name)| name.rsplit('/').next() == Some("events.ndjson"));
    if let Some((index, _)) = events {
        return Ok(*index);
    }
    for wanted in [&[".ndjson", ".jsonl"][..], &[".txt", ".asc", ".csv", ".tsv", ".json"][..]] {
        match ending(wanted).as_slice() {
            [] => {}
            [index] => return Ok(*index),
            several => return Err(whole(several_files(several.len()))),
        }
    }
    Err(whole(no_file()))
}

fn read_file(archive: &mut Archive<'_>, index: usize, archive_size: usize) -> Result<Vec<u8>, Box<Mistake>> {
    let mut unpacked = |out: &mut dyn Write| {
        let file = archive.by_index(index).map_err(|error| whole(unreadable_file(&error)))?;
        let allowed = allowed(&file, archive_size).min(UNPACKED_BYTES_MAX);
        let size = inflate(file, allowed, out)?;
        size.and_then(|size| usize::try_from(size).ok()).ok_or_else(|| whole(too_large(UNPACKED_BYTES_MAX)))
    };
    // The first pass only counts bytes, so that a file that is too large takes no memory, and any other only its size.
    let mut bytes = Vec::with_capacity(unpacked(&mut sink())?);
    unpacked(&mut bytes)?;
    Ok(bytes)
}

/// Makes the mistake of a whole file.
pub(crate) fn whole(fault: Fault) -> Box<Mistake> {
    Box::new(Mistake::at(&Origin::default(), "", None, fault))
}

/// Makes the fault of a zip or XLSX file that cannot be read.
pub(crate) fn damaged() -> Fault {
    Fault::say(
        Code::Unreadable,
        "Die Datei ist beschädigt (Zip oder XLSX); neu herunterladen oder neu speichern",
        "The file is damaged (zip or XLSX); download it or save it again",
    )
}

/// Makes the fault of a zip or XLSX file without its table of contents, which stands at the end.
fn broken(bytes: &[u8]) -> Fault {
    if bytes.windows(4).any(|window| window == b"PK\x05\x06") {
        return damaged();
    }
    Fault::say(
        Code::Unreadable,
        "Die Datei bricht ab, bevor sie vollständig ist (Zip, XLSX oder ODS); neu herunterladen oder neu speichern",
        "The file breaks off before it is complete (zip, XLSX or ODS); download it or save it again",
    )
}

fn unreadable_file(error: &zip::result::ZipError) -> Fault {
    match error {
        zip::result::ZipError::InvalidPassword => protected(),
        zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => protected(),
        _ => damaged(),
    }
}

fn too_many_files(found: usize) -> Fault {
    Fault::say(
        Code::Unreadable,
        format!("Das Archiv enthält {found} Dateien, erlaubt sind {ARCHIVE_FILES_MAX}"),
        format!("The archive contains {found} files, allowed are {ARCHIVE_FILES_MAX}"),
    )
}

fn too_large(bytes_max: u64) -> Fault {
    let mebibytes = bytes_max >> 20;
    Fault::say(
        Code::Unreadable,
        format!(
            "Entpackt ist die Datei zu groß: erlaubt sind {mebibytes} MiB und das {UNPACKED_RATIO_MAX}-Fache der gepackten Größe"
        ),
        format!(
            "Unpacked the file is too large: allowed are {mebibytes} MiB and {UNPACKED_RATIO_MAX} times the packed size"
        ),
    )
}

fn several_files(found: usize) -> Fault {
    Fault::say(
        Code::Unreadable,
        format!("Im Archiv liegen {found} Dateien, die gelesen werden könnten; nur eine einpacken"),
        format!("The archive contains {found} files that could be read; pack only one"),
    )
}

fn no_file() -> Fault {
    Fault::say(
        Code::Unreadable,
        "Im Archiv liegt keine Datei, die gelesen werden kann (.ndjson, .csv, .txt)",
        "The archive contains no file that can be read (.ndjson, .csv, .txt)",
    )
}
