//! Charts as LibreOffice draws them, with the fonts of the system, which are wider than that of the program.

use crate::binary::{Folder, Server};
use crate::files::saved;
use resvg::tiny_skia::Pixmap;
use std::fmt::Write;

/// Red, green and blue.
type Colour = [u8; 3];

/// Charts with a line, with bars, with several drawings; wide and narrow, light and dark. Each with colours that it must have.
const CHARTS: [(&str, Colour, &[Colour]); 4] = [
    ("services_rolled_out.svg?area=BB&basis=reported", LIGHT, &[BLUE, TEXT]),
    ("services_rolled_out.svg?area=BY&basis=reported&show=change&every=change&lang=en", LIGHT, &[BLUE, TEXT]),
    ("reuses_current.svg?stage=live&by=service&width=320", LIGHT, &[BLUE, TEXT]),
    ("services_rolled_out.svg?area=DE&basis=reported&width=320&theme=dark", DARK, &[[0x97, 0xaf, 0xe1]]),
];
const LIGHT: Colour = [0xff, 0xff, 0xff];
const DARK: Colour = [0x13, 0x15, 0x25];
const BLUE: Colour = [0x20, 0x44, 0xaa];
const TEXT: Colour = [0x13, 0x15, 0x25];

/// Writes a sheet (OpenDocument) that holds pictures.
fn sheet(charts: &[Vec<u8>]) -> String {
    let mut frames = String::new();
    for chart in charts {
        let text = String::from_utf8_lossy(chart);
        let size = |name: &str| {
            let (_, rest) = text.split_once("<svg xmlns")?;
            let (_, rest) = rest.split_once(&format!(" {name}=\""))?;
            rest.split('"').next().map(str::to_owned)
        };
        let (width, height) = (size("width").expect("a width"), size("height").expect("a height"));
        let _ = write!(
            frames,
            "<draw:frame svg:width=\"{width}px\" svg:height=\"{height}px\"><draw:image draw:mime-type=\"image/svg+xml\">\
             <office:binary-data>{}</office:binary-data></draw:image></draw:frame>",
            base64(chart)
        );
    }
    let names = ["office", "table", "drawing"]
        .map(|name| format!("urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"));
    let [office, table, drawing] = names;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document xmlns:office=\"{office}\" xmlns:table=\"{table}\" xmlns:draw=\"{drawing}\" \
         xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" office:version=\"1.2\" \
         office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>\
         <table:table table:name=\"a\"><table:shapes>{frames}</table:shapes><table:table-row><table:table-cell/>\
         </table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let number =
            (0..3).fold(0_usize, |number, at| number << 8 | usize::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let digit = char::from(DIGITS[number >> (18 - 6 * at) & 63]);
            out.push(if at <= three.len() { digit } else { '=' });
        }
    }
    out
}

#[test]
fn libreoffice_draws_charts_whole() {
    let (server, folder) = (Server::demo(), Folder::new());
    let charts = CHARTS.map(|(address, ..)| server.download(&format!("/v1/series/{address}")));
    folder.write("charts.fods", sheet(&charts));
    if !saved(&folder, "charts.fods", "html") {
        return;
    }
    let page = std::fs::read_to_string(folder.path().join("html/charts.html")).expect("a page");
    let pictures = page.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let pictures: Vec<Pixmap> = pictures
        .map(|name| Pixmap::load_png(folder.path().join("html").join(name)).expect("a picture"))
        .collect();
    assert_eq!(pictures.len(), CHARTS.len(), "{page}");
    for ((address, ground, colours), picture) in CHARTS.iter().zip(&pictures) {
        let colour =
            |x: u32, y: u32| picture.pixel(x, y).map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
        let all = || (0..picture.height()).flat_map(|y| (0..picture.width()).map(move |x| (x, y)));
        for wanted in *colours {
            assert!(all().any(|(x, y)| colour(x, y) == Some(*wanted)), "{address}: no {wanted:x?}");
        }
        // What stands at the edge is cut off. The outermost pixels are those of the sheet, too.
        let is_edge = |x: u32, y: u32| {
            (picture.width() - 5..picture.width() - 2).contains(&x) && (2..picture.height() - 2).contains(&y)
        };
        let is_ground = |x: u32, y: u32| {
            colour(x, y)
                .is_some_and(|found| found.iter().zip(ground).all(|(one, other)| one.abs_diff(*other) < 64))
        };
        let cut: Vec<_> = all().filter(|(x, y)| is_edge(*x, *y) && !is_ground(*x, *y)).collect();
        assert!(cut.is_empty(), "{address}: cut off at {:?}", &cut[..cut.len().min(5)]);
    }
}
