//! The one style of all pages, small enough to be part of each, and the content security policy that allows this style
//! and nothing else.

/// The style; its hash stands in the policy.
pub(crate) const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#c9c9c9;--link:#0b4fa0;--mark:#fff3cd;--markink:#5c4400}\
@media (prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#161616;--line:#4a4a4a;--link:#8ab8ff;--mark:#4a3b00;--markink:#ffe9a8}}\
*{box-sizing:border-box}\
body{margin:0 auto;padding:1rem;max-width:60rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}\
a{color:var(--link)}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}\
header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;justify-content:space-between;align-items:baseline;border-bottom:1px solid var(--line)}\
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.2rem;margin:1.5rem 0 .5rem}\
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem}\
.notice{padding:.75rem 1rem;margin:1rem 0;border-left:.4rem solid currentColor;background:var(--mark);color:var(--markink)}\
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;padding-bottom:.5rem}\
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}\
td a{margin-right:.75rem}figure{margin:1rem 0}img{max-width:100%;height:auto;background:#fff}dt{font-weight:600}dd{margin:0 0 .5rem}\
footer{margin-top:2rem;padding-top:.5rem;border-top:1px solid var(--line);font-size:.9rem}";

/// The policy of the pages: nothing but their own style and charts of the tracker itself.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'sha256-TQn1C+PFb6ubrquevS3yTq/aHYQz3+IUbKA91Gw8WUE='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_has_the_hash_of_the_style() {
        let digest = Sha256::digest(STYLE.as_bytes());
        let expected = format!("'sha256-{}'", base64(&digest));
        assert!(CONTENT_SECURITY_POLICY.contains(&expected), "the hash of the style is {expected}");
    }

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let bits =
                (0..3).fold(0u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
            for at in 0..4 {
                let digit = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap();
                text.push(if at > chunk.len() { '=' } else { char::from(DIGITS[digit]) });
            }
        }
        text
    }
}
