//! A chart as a picture (PNG): the SVG of the same answer, drawn with the font that the program brings along.

use super::{Publication, svg};
use ozg_core::series::{Header, Row};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use std::io::{self, Write};
use std::sync::{Arc, LazyLock};

/// The font of pictures: Fira Sans, regular and semibold. A server may have none, and another one would draw other pictures.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(include_bytes!("../../fonts/FiraSans-Regular.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../fonts/FiraSans-SemiBold.ttf").to_vec());
    fonts.set_sans_serif_family("Fira Sans");
    Arc::new(fonts)
});

/// Writes a series as a picture of the chart whose address it names.
///
/// # Errors
/// Those of the writer, and of a chart that cannot be drawn.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let permalink = publication.permalink_as(header, "svg");
    let mut chart = Vec::new();
    svg::write(header, &Publication { permalink, ..publication.clone() }, rows, &mut chart)?;
    out.write_all(&png_of_svg(&chart)?)
}

/// Draws an SVG, one pixel for each unit of it.
///
/// # Errors
/// What is wrong with an SVG that cannot be drawn.
pub fn png_of_svg(chart: &[u8]) -> io::Result<Vec<u8>> {
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: "Fira Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_data(chart, &options).map_err(io::Error::other)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| io::Error::other("a chart without any size"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(io::Error::other)
}
