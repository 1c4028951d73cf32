//! Sheets as offices keep them: titles above the headings, numbers by language, and kinds beyond milestones and
//! figures.

use crate::show::{check, check_as};
use expect_test::expect;
use ozg_formats::input::InputKind;

#[test]
fn titles_stand_above_the_header() {
    check(
        "Projektbüro, Stand: 1.1.2024, vorläufig\n\n;;;\nAngaben;;zum;Roll-out\nLeistung;Ort;Stufe;Datum\n# Bemerkung\nozg:10255;BX;live;45473\n"
            .as_bytes(),
        &expect![[r#"
            unknown_place in:7:B7: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
        "#]],
    );
}

#[test]
fn numbers_are_read_in_the_language_of_the_headings() {
    check(
        "Kennzahl;Ort;Stufe;Wert;von;Datum\nreuses;DE;live;1.234;10.000;2024\nreuses;BW;live;1,5;;2024\nreuses;BY;live;>1.234;;2024\n"
            .as_bytes(),
        &expect![[r#"
            2 {"type":"figure-reported","measure":"reuses","place":"DE","stage":"live","unit":"ozg","value":1234,"of":10000,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
            3 {"type":"figure-reported","measure":"reuses","place":"BW","stage":"live","unit":"ozg","value":1.5,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
            4 {"type":"figure-reported","measure":"reuses","place":"BY","stage":"live","unit":"ozg","value":">1234","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
    check(
        b"measure,place,stage,value,of,on\nreuses,DE,live,1.234,\"10,000\",2024\nreuses,BW,live,1.5,,2024\nreuses,BY,live,\">1,234\",,2024\n",
        &expect![[r#"
            2 {"type":"figure-reported","measure":"reuses","place":"DE","stage":"live","unit":"ozg","value":1.234,"of":10000,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
            3 {"type":"figure-reported","measure":"reuses","place":"BW","stage":"live","unit":"ozg","value":1.5,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
            4 {"type":"figure-reported","measure":"reuses","place":"BY","stage":"live","unit":"ozg","value":">1234","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
}

#[test]
fn authorities_and_services() {
    check(
        "Behörde;Name;Einwohner\nabh:12054;Ausländerbehörde Potsdam;187.119\nabh:1206;x;\n".as_bytes(),
        &expect![[r#"
            lost_leading_zero in:3:A3: authority: "abh:1206" has lost its leading zero; keep the column as text (hint: abh:01206)
        "#]],
    );
    check_as(
        "Leistung;Name;Themenfelder;ausgeführt_von\nozg:10071;Geburt;familie_kind, Gesundheit;standesamt\n"
            .as_bytes(),
        Some(InputKind::Services),
        &expect![[r#"
            2 {"type":"service-listed","service":"ozg:10071","name":"Geburt","topics":["familie_kind","gesundheit"],"executed_by":["standesamt"],"id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
}

#[test]
fn successors() {
    check(
        "Vorgänger;Nachfolger;Datum;Art\n03153006;03153007;1.1.2021;Eingemeindung\n16056000;16063105;1.7.2021;schluesselaenderung\n16056;kreis:16063;1.7.2021;Eingemeindung\n07132502;07132010;2024-01-01;Aufteilung\n07132502;07132011;2024-01-01;split\n"
            .as_bytes(),
        &expect![[r#"
            2 {"type":"authority-dissolved","authority":"ags:03153006","successors":["ags:03153007"],"on":"2021-01-01","reason":"eingemeindung","id":"00000000-0000-0000-0000-000000000000"}
            3 {"type":"authority-dissolved","authority":"ags:16056000","successors":["ags:16063105"],"inherits":true,"on":"2021-07-01","reason":"schluesselaenderung","id":"00000000-0000-0000-0000-000000000000"}
            4 {"type":"authority-dissolved","authority":"kreis:16056","successors":["kreis:16063"],"on":"2021-07-01","reason":"eingemeindung","id":"00000000-0000-0000-0000-000000000000"}
            5 {"type":"authority-dissolved","authority":"ags:07132502","successors":["ags:07132010","ags:07132011"],"on":"2024-01-01","reason":"aufteilung","id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
    check(
        b"predecessor,successor,on,kind\n3153006,03153007,2021,merger\n03153006,03153006,2021,merger\n03153007,,gestern,eingemeind\n03153008,03153001,2021,merger\n03153008,03153002,2021,split\n",
        &expect![[r#"
            lost_leading_zero in:2:A2: predecessor: "ags:3153006" has lost its leading zero; keep the column as text (hint: ags:03153006)
            contradiction in:3:B3: successor: An authority cannot succeed itself
            bad_key in:4:B4: successor: "" is not the id of an authority. Allowed: ags:01003000, kreis:01051, abh:12054, melde:…, bund:…
            bad_date in:4:C4: on: "gestern" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024
            unknown_word in:4:D4: kind: The kind "eingemeind" is unknown. Allowed: incorporation, merger, split, rekeying (hint: eingemeindung)
            contradiction in:6:D6: kind: Line 5 says "merger" for the same authority and day
        "#]],
    );
    check(
        b"predecessor,successor,on\na,b,c\n",
        &expect![[r#"
            missing_field in:1: kind: The column "kind" is missing
        "#]],
    );
}

#[test]
fn errors_of_formulas_are_no_comments() {
    check(
        b"service,place,stage,on\n#N/A,BW,live,2024\n# comment\nozg:10255,BX,live,2024\n",
        &expect![[r#"
        wrong_type in:2:A2: service: The cell holds the error #N/A of a formula; enter the value or empty the cell
        unknown_place in:4:B4: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
    "#]],
    );
}
