//! Sheets as ODS: what their cells show, and the cases that only OpenDocument has.

use crate::show::check;
use crate::workbooks::zip;
use expect_test::expect;
use ozg_formats::input::{Asked, Reading, read_asked};

/// Packs the rows of a sheet, as XML, into a spreadsheet with a few styles.
fn packed(rows: &str) -> Vec<u8> {
    packed_tables(&format!("<table:table table:name=\"a\">{rows}</table:table>"))
}

fn packed_tables(tables: &str) -> Vec<u8> {
    let styles = "<number:date-style style:name=\"N1\"><number:month number:textual=\"true\"/><number:year/></number:date-style>\
        <number:date-style style:name=\"N2\"><number:year number:style=\"long\"/></number:date-style>\
        <number:date-style style:name=\"N3\"><number:day/><number:text>.</number:text><number:month/><number:text>.</number:text><number:year/></number:date-style>\
        <style:style style:name=\"month\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>\
        <style:style style:name=\"year\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>\
        <style:style style:name=\"day\" style:family=\"table-cell\" style:data-style-name=\"N3\"/>\
        <style:style style:name=\"of-month\" style:family=\"table-cell\" style:parent-style-name=\"month\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
        <style:style style:name=\"out\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| if cell.starts_with('<') { (*cell).to_owned() } else { text(cell) })
        .collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

fn text(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

fn typed(kind: &str, value: &str, more: &str) -> String {
    let name = if kind == "date" { "date-value" } else { "value" };
    format!(
        "<table:table-cell office:value-type=\"{kind}\" office:{name}=\"{value}\" {more}><text:p>as shown</text:p></table:table-cell>"
    )
}

/// Returns the remarks of a reading.
fn remarks(bytes: &[u8]) -> String {
    let Reading { remarks, .. } = read_asked(bytes, &Asked::default(), 1_000, &mut |_| Ok(())).unwrap();
    remarks.iter().map(|remark| format!("{}\n", remark.message.en)).collect()
}

const FIGURES: [&str; 6] = ["Kennzahl", "Ort", "Prozent", "von", "Datum", "Anmerkung"];

#[test]
fn cells_mean_what_they_show() {
    let figure = |percent: String, on: String, note: &str| {
        row(&["services_rolled_out", "SN", &percent, "", &on, note])
    };
    let empty = "<table:table-cell table:number-columns-repeated=\"16379\"/>";
    let rows = [
        row(&FIGURES),
        figure(
            typed("percentage", "0.276522", ""),
            typed("date", "2024-06-01", "table:style-name=\"month\""),
            "a",
        ),
        figure(
            typed("float", "83", ""),
            typed("date", "2024-01-01", "table:style-name=\"year\""),
            "eins<text:line-break/>zwei<text:s text:c=\"2\"/>&amp; <text:span>drei</text:span>",
        ),
        figure(
            text("83"),
            typed("date", "2024-06-30T10:00:00", "table:style-name=\"day\""),
            "<table:table-cell office:value-type=\"percentage\" office:value=\"0.5\"><office:annotation><text:p>Notiz</text:p></office:annotation><text:p>50 %</text:p></table:table-cell>",
        ),
        figure(text("84"), typed("date", "2024-06-30", ""), empty),
    ];
    check(
        &packed(&rows.concat()),
        &expect![[r#"
        2 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":27.6522,"on":"2024-06","note":"a","id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":83,"on":"2024","note":"eins\nzwei  & drei","id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":83,"on":"2024-06-30","note":"50 %","id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":84,"on":"2024-06-30","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    let year = row(&[
        "services_rolled_out",
        "SN",
        &text("83"),
        "",
        &typed("date", "1905-07-16", "table:style-name=\"day\""),
        "",
    ]);
    let formula = row(&[
        "services_rolled_out",
        "SN",
        &typed("float", "83", "table:formula=\"of:=80+3\""),
        "",
        "2024",
        "",
    ]);
    check(
        &packed(&[row(&FIGURES), year, formula].concat()),
        &expect![[r#"
            date_out_of_range in:2:E2: on: The cell shows 1905-07-16; was the year 2024 typed into a cell for days? (hint: 2024)
            wrong_type in:3:C3: percent: The cell holds a formula; only values are read (hint: copy, then paste special, values)
        "#]],
    );
}

#[test]
fn columns_and_rows_give_their_styles_and_cells_are_repeated() {
    let columns = "<table:table-column table:number-columns-repeated=\"4\"/><table:table-column table:default-cell-style-name=\"of-month\"/><table:table-column table:number-columns-repeated=\"1000\"/>";
    let merged = "<table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><text:p>services_rolled_out</text:p></table:table-cell>";
    let first = row(&[merged, "SN", "10", "", &typed("date", "2024-06-01", ""), ""]);
    let second = format!(
        "<table:table-row table:visibility=\"filter\"><table:covered-table-cell/>{}{}</table:table-row>",
        text("BB"),
        "<table:table-cell office:value-type=\"float\" office:value=\"11\"/><table:table-cell/><table:table-cell office:value-type=\"float\" office:value=\"2023\"/>"
    );
    let third = "<table:table-row-group><table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table-row-group>";
    let again = format!(
        "<table:table-row table:number-rows-repeated=\"2\">{}{}{}</table:table-row>",
        text("services_rolled_out"),
        text("BX"),
        "<table:table-cell office:value-type=\"float\" office:value=\"12\" table:number-columns-repeated=\"2\"/>"
    );
    let bytes = packed(&format!("{columns}{}{first}{second}{third}{again}", row(&FIGURES)));
    check(
        &bytes,
        &expect![[r#"
            unknown_place in:1048004:B1048004: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
            missing_field in:1048004:E1048004: on: The field "on" is missing: a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)
            unknown_place in:1048005:B1048005: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
            missing_field in:1048005:E1048005: on: The field "on" is missing: a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)
        "#]],
    );
    expect![[r#"
        Rows were read, too, that are hidden (1): 3
        Rows were read, too, that are struck through (3): 1, 2, 3
    "#]]
    .assert_eq(&remarks(&bytes));
}

#[test]
fn sheets_are_chosen_and_hidden_ones_left() {
    let data = |place: &str| {
        [row(&["Leistung", "Ort", "Stufe", "Datum"]), row(&["ozg:10255", place, "live", "2024"])].concat()
    };
    let table = |name: &str, style: &str, rows: &str| {
        format!("<table:table table:name=\"{name}\" table:style-name=\"{style}\">{rows}</table:table>")
    };
    let tables = [
        table("Deckblatt", "", &row(&["Land Brandenburg"])),
        table("Alt", "out", &data("BY")),
        table("2024", "", &data("BW")),
        table("2025", "", &data("BB")),
        table("Tabelle3", "", ""),
    ];
    let bytes = packed_tables(&tables.concat());
    check(
        &bytes,
        &expect![[r#"
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    expect![[r#"
        The sheet "Deckblatt" explains, by its name, and is not read; "2024" is read
        The hidden sheet "Alt" has headings of data, too; only "2024" is read. --sheet "Alt" (sheet=) reads it
        The sheet "2025" has headings of data, too; only "2024" is read. --sheet "2025" (sheet=) reads it
    "#]]
    .assert_eq(&remarks(&bytes));
    let mut places = Vec::new();
    let asked = Asked { sheet: Some("alt"), ..Asked::default() };
    let reading = read_asked(&bytes, &asked, 1_000, &mut |event| {
        places.extend(event.fields.into_iter().filter(|(name, _)| name == "place"));
        Ok(())
    });
    assert!(reading.unwrap().remarks.is_empty());
    expect![[r#"[("place", Text("BY"))]"#]].assert_eq(&format!("{places:?}"));
    let asked = Asked { sheet: Some("2023"), ..Asked::default() };
    let mistakes = read_asked(&bytes, &asked, 1_000, &mut |_| Ok(())).unwrap_err().mistakes;
    expect![[r#"The sheet "2023" is unknown. Allowed: Deckblatt, Alt, 2024, 2025, Tabelle3"#]]
        .assert_eq(&mistakes[0].message.en);
}

#[test]
fn what_is_damaged_or_endless_is_refused() {
    let cell = text("ozg:10255");
    let many = format!("<table:table-row table:number-rows-repeated=\"4000000000\">{cell}</table:table-row>");
    let wide = "<table:table-row><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"4000000000\"><text:p>a</text:p></table:table-cell></table:table-row>".to_owned();
    let far = format!("<table:table-row table:number-rows-repeated=\"4000000000\"/>{}", row(&["a"]));
    let cut = "<table:table-row><table:table-cell";
    for rows in [many.as_str(), &wide, &far, cut] {
        let read = read_asked(&packed(rows), &Asked::default(), 10, &mut |_| Ok(()));
        assert!(read.is_err(), "{rows}");
    }
    check(
        &packed(&wide),
        &expect![[r#"
        too_many in:1: The sheet has more than 200 columns
    "#]],
    );
    check(
        &packed(&far),
        &expect![[r#"
        unreadable in: The ODS file is damaged; open it in LibreOffice and save it again, or as XLSX
    "#]],
    );
    check(
        &packed(cut),
        &expect![[r#"
        unreadable in: The ODS file is damaged; open it in LibreOffice and save it again, or as XLSX
    "#]],
    );
    let styles = "<style:style style:name=\"a\"/>".repeat(10);
    check(
        &zip(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("styles.xml", styles.as_bytes()),
        ]),
        &expect![[r#"
            unreadable in: The ODS file is damaged; open it in LibreOffice and save it again, or as XLSX
        "#]],
    );
    check(
        &zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]),
        &expect![[r#"
        unreadable in: Not read: OpenDocument (text); send the sheet that the file was made from, as XLSX or "CSV UTF-8" (hint: XLSX)
    "#]],
    );
    let manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let locked: [(&str, &[u8]); 2] = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
    ];
    check(
        &zip(&locked),
        &expect![[r#"
        unreadable in: The file is protected by a password; save it without one
    "#]],
    );
}
