//! Official keys as other publishers write them: bare digits, without a scheme such as `ozg:` or `ags:`.

use ozg_core::mistake::{Code, Fault};
use ozg_core::words::{Area, AuthorityId};

/// Reads the id of an authority, or the bare key of a Gemeinde (8 digits) or a Kreis (5 digits).
///
/// # Errors
/// `lost_leading_zero` with the whole key as hint, `bad_key` for other forms.
pub(crate) fn authority(text: &str) -> Result<AuthorityId, Fault> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match (is_digits, text.len()) {
        (true, 7 | 8) => AuthorityId::read(&format!("ags:{text}")),
        (true, 4 | 5) => AuthorityId::read(&format!("kreis:{text}")),
        _ => AuthorityId::read(text),
    }
}

/// Reads the area in which an official key lies (ARS or AGS of any length from two digits): a Land, or DE for `00`.
///
/// # Errors
/// `lost_leading_zero` for 4, 7 and 11 digits, `bad_key` for other forms and keys outside the 16 Länder.
pub(crate) fn area(text: &str) -> Result<Area, Fault> {
    let fault = || {
        Fault::say(
            Code::BadKey,
            format!(
                "„{text}“ ist kein Regionalschlüssel: 2, 5, 8, 9 oder 12 Ziffern, beginnend mit dem Landesschlüssel"
            ),
            format!(
                "\"{text}\" is not a regional key: 2, 5, 8, 9 or 12 digits that begin with the key of a Land"
            ),
        )
    };
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(fault());
    }
    if matches!(text.len(), 1 | 4 | 7 | 11) {
        return Err(Fault { code: Code::LostLeadingZero, ..fault() }.hint(format!("0{text}")));
    }
    if text.bytes().all(|byte| byte == b'0') {
        return Ok(Area::DE);
    }
    let is_known_length = matches!(text.len(), 2 | 5 | 8 | 9 | 12);
    text.get(..2).and_then(Area::from_official_key).filter(|_| is_known_length).ok_or_else(fault)
}
