//! Dates, figures and stages as offices, press and parliaments write them: what is read, what is refused, and that each
//! hint is read.

use crate::show::check;
use expect_test::expect;
use ozg_core::mistake::Mistake;
use ozg_formats::input::read_drafts;

const FIGURES: &str = "Kennzahl;Ort;Wert;von;Datum;Quelle\n";

fn figures(rows: &[(&str, &str)]) -> Vec<u8> {
    let row = |(value, on): &(&str, &str)| format!("applications;SN;{value};;{on};A\n");
    format!("{FIGURES}{}", rows.iter().map(row).collect::<String>()).into_bytes()
}

#[test]
fn rule_05_every_form_of_a_date_is_read_with_its_precision() {
    let forms = [
        "45473",
        "45473,0",
        "Juni 2024",
        "Jun 24",
        "Jun. 2024",
        "06/24",
        "06/2024",
        "6.2024",
        "30.6.24",
        "30.06.24",
        "30.06.2024 00:00",
        "30/06/2024",
        "30. Juni 2024",
        "Stand: 30.06.2024",
        "Stand 30.6.2024",
        "2024",
        "Q2 2024",
        "Q2/2024",
        "2. Quartal 2024",
        "II. Quartal 2024",
        "1. Halbjahr 2024",
        "H1 2024",
        "KW 23/2024",
        "2024-W23",
        "June 2024",
        "30 June 2024",
        "2024-06-30T00:00:00Z",
        "2024-06-30T23:30:00Z",
        "2024-06-30T23:30:00",
    ];
    let rows: Vec<(&str, &str)> = forms.iter().map(|form| ("1", *form)).collect();
    check(
        &figures(&rows),
        &expect![[r#"
        2 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        6 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        7 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        8 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        9 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        10 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        11 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        12 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        13 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        14 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        15 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        16 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        17 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        18 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-Q2","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        19 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-Q2","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        20 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-Q2","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        21 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-Q2","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        22 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-H1","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        23 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-H1","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        24 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-W23","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        25 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-W23","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        26 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        27 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        28 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        29 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-07-01","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        30 {"type":"figure-reported","measure":"applications","place":"SN","value":1,"on":"2024-06-30","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn rule_05_vague_dates_are_refused_with_the_next_coarser_exact_one() {
    let forms = [
        "6/30/2024",
        "05/06/2024",
        "Mitte 2023",
        "Ende 2024",
        "Anfang 2024",
        "Sommer 2024",
        "Winter 2024",
        "Ende Juni 2024",
        "II/2024",
        "IV/2024",
        "06/12",
        "30.6.98",
        "KW 53/2024",
        "3. Halbjahr 2024",
        "gestern",
    ];
    let rows: Vec<(&str, &str)> = forms.iter().map(|form| ("1", *form)).collect();
    check(
        &figures(&rows),
        &expect![[r#"
        bad_date in:2:E2: on: "6/30/2024": the day stands before the month (hint: 2024-06-30)
        bad_date in:3:E3: on: "05/06/2024" may mean 2024-06-05 or 2024-05-06; write one of the two
        bad_date in:4:E4: on: "Mitte 2023" is too vague; name the period in which it lies for certain (hint: 2023)
        bad_date in:5:E5: on: "Ende 2024" is too vague; name the period in which it lies for certain (hint: 2024)
        bad_date in:6:E6: on: "Anfang 2024" is too vague; name the period in which it lies for certain (hint: 2024)
        bad_date in:7:E7: on: "Sommer 2024" is too vague; name the period in which it lies for certain (hint: 2024)
        bad_date in:8:E8: on: "Winter 2024" is too vague; name the period in which it lies for certain
        bad_date in:9:E9: on: "Ende Juni 2024" is too vague; name the period in which it lies for certain (hint: 2024-06)
        bad_date in:10:E10: on: "II/2024" may mean 2024-Q2 or 2024-H2; write one of the two
        bad_date in:11:E11: on: "IV/2024" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024 (hint: 2024-Q4)
        bad_date in:12:E12: on: "06/12": write the year with four digits
        bad_date in:13:E13: on: "30.6.98": write the year with four digits
        bad_date in:14:E14: on: "KW 53/2024": 2024 has no week 53
        bad_date in:15:E15: on: "3. Halbjahr 2024" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024
        bad_date in:16:E16: on: "gestern" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024
    "#]],
    );
    every_hint_is_read(&rows);
}

#[test]
fn rule_06_figures_are_read_as_printed() {
    let values = [
        "gut 300",
        "nahezu 100",
        "annähernd 100",
        "unter 20",
        "maximal 20",
        "rd. 300",
        "ungefähr 300",
        "270+",
        "über 270",
        "≥ 5",
        "1,2 Mio.",
        "1 234",
        "1\u{a0}234",
        "1\u{202f}234\u{202f}567",
        "1e5",
        "5 von 16",
        "5 von 16 Ländern",
        "rund 1.000",
        ">1.000",
        "knapp 12.500",
        "mehr als 1.000",
    ];
    let rows: Vec<(&str, &str)> = values.iter().map(|value| (*value, "2024")).collect();
    check(
        &figures(&rows),
        &expect![[r#"
        2 {"type":"figure-reported","measure":"applications","place":"SN","value":">300","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"figure-reported","measure":"applications","place":"SN","value":"knapp 100","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"figure-reported","measure":"applications","place":"SN","value":"knapp 100","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"figure-reported","measure":"applications","place":"SN","value":"<20","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        6 {"type":"figure-reported","measure":"applications","place":"SN","value":"<=20","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        7 {"type":"figure-reported","measure":"applications","place":"SN","value":"ca. 300","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        8 {"type":"figure-reported","measure":"applications","place":"SN","value":"ca. 300","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        9 {"type":"figure-reported","measure":"applications","place":"SN","value":">=270","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        10 {"type":"figure-reported","measure":"applications","place":"SN","value":">270","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        11 {"type":"figure-reported","measure":"applications","place":"SN","value":">=5","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        12 {"type":"figure-reported","measure":"applications","place":"SN","value":"ca. 1200000","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        13 {"type":"figure-reported","measure":"applications","place":"SN","value":1234,"on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        14 {"type":"figure-reported","measure":"applications","place":"SN","value":1234,"on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        15 {"type":"figure-reported","measure":"applications","place":"SN","value":1234567,"on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        16 {"type":"figure-reported","measure":"applications","place":"SN","value":100000,"on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        17 {"type":"figure-reported","measure":"applications","place":"SN","value":5,"of":16,"on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        18 {"type":"figure-reported","measure":"applications","place":"SN","value":5,"of":16,"on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        19 {"type":"figure-reported","measure":"applications","place":"SN","value":"ca. 1000","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        20 {"type":"figure-reported","measure":"applications","place":"SN","value":">1000","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        21 {"type":"figure-reported","measure":"applications","place":"SN","value":"knapp 12500","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        22 {"type":"figure-reported","measure":"applications","place":"SN","value":">1000","on":"2024","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn rule_06_what_is_no_figure_is_refused_and_a_hint_keeps_its_words() {
    let values = ["ein Drittel", "fast alle", "270 1)", "rund 270¹⁾", "45 %", "viele", "1 00"];
    let rows: Vec<(&str, &str)> = values.iter().map(|value| (*value, "2024")).collect();
    check(
        &figures(&rows),
        &expect![[r#"
        bad_number in:2:C2: value: "ein Drittel" is not a number. Allowed: 270, ">270", "<20", "ca. 300", "knapp 100", "mindestens 5"
        bad_number in:3:C3: value: "fast alle" is not a number. Allowed: 270, ">270", "<20", "ca. 300", "knapp 100", "mindestens 5"
        bad_number in:4:C4: value: "270 1)" is not a number. Allowed: 270, ">270", "<20", "ca. 300", "knapp 100", "mindestens 5" (hint: 270)
        bad_number in:5:C5: value: "rund 270¹⁾" is not a number. Allowed: 270, ">270", "<20", "ca. 300", "knapp 100", "mindestens 5" (hint: rund 270)
        bad_number in:6:C6: value: "45 %" is a percentage; it stands in "percent" of a published figure (figure-reported), here a number
        bad_number in:7:C7: value: "viele" is not a number. Allowed: 270, ">270", "<20", "ca. 300", "knapp 100", "mindestens 5"
        bad_number in:8:C8: value: "1 00" is not a number. Allowed: 270, ">270", "<20", "ca. 300", "knapp 100", "mindestens 5"
    "#]],
    );
    every_hint_is_read(&rows);
    let json = |value: &str| {
        format!(
            r#"{{"type":"figure-reported","measure":"applications","place":"SN","value":"{value}","on":"2024"}}"#
        )
    };
    let values = ["rund 1.000", ">1.000", "knapp 12.500", "mehr als 1.000"];
    check(
        format!("[{}]", values.map(json).join(",")).as_bytes(),
        &expect![[r#"
        bad_number in:1:/0/value: value: "rund 1.000" may mean 1000 or 1.000; write it without a thousands separator (hint: rund 1000)
        bad_number in:2:/1/value: value: ">1.000" may mean 1000 or 1.000; write it without a thousands separator (hint: >1000)
        bad_number in:3:/2/value: value: "knapp 12.500" may mean 12500 or 12.500; write it without a thousands separator (hint: knapp 12500)
        bad_number in:4:/3/value: value: "mehr als 1.000" may mean 1000 or 1.000; write it without a thousands separator (hint: mehr als 1000)
    "#]],
    );
}

#[test]
fn percentages_are_read_with_their_sign_where_one_may_stand() {
    let sheet = "Kennzahl;Ort;Prozent;Datum;Quelle\nservices_rolled_out;SN;45 %;31.03.2024;A\nservices_rolled_out;BB;45%;31.03.2024;A\nservices_rolled_out;BY;0,45;31.03.2024;A\nservices_rolled_out;BW;\"über 97 Prozent\";31.03.2024;A\nservices_rolled_out;HE;97 v. H.;31.03.2024;A\n";
    check(
        sheet.as_bytes(),
        &expect![[r#"
        2 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":45,"on":"2024-03-31","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"figure-reported","measure":"services_rolled_out","place":"BB","unit":"ozg","percent":45,"on":"2024-03-31","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"figure-reported","measure":"services_rolled_out","place":"BY","unit":"ozg","percent":0.45,"on":"2024-03-31","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"figure-reported","measure":"services_rolled_out","place":"BW","unit":"ozg","percent":">97","on":"2024-03-31","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
        6 {"type":"figure-reported","measure":"services_rolled_out","place":"HE","unit":"ozg","percent":97,"on":"2024-03-31","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    let report = r#"{"type":"reuse-reported","service":"ozg:10255","place":"BB","live":"rund 80 %","of":18,"on":"2024"}"#;
    check(
        report.as_bytes(),
        &expect![[r#"
        bad_number in:1:/live: live: "rund 80 %" is a percentage; it stands in "percent" of a published figure (figure-reported), here a number
    "#]],
    );
}

#[test]
fn stages_are_read_in_the_words_of_the_trade() {
    let words = [
        "Rollout",
        "Roll out",
        "rollout",
        "ROLLOUT",
        "Roll-Out",
        "im Rollout",
        "online",
        "in Betrieb",
        "Produktivbetrieb",
        "verfügbar",
        "freigeschaltet",
        "Go Live",
        "Go-Live",
        "produktiv",
        "Pilotierung",
        "angebunden",
        "Interesse",
        "im\u{a0}Einsatz",
        "im  Einsatz",
        "IM EINSATZ\u{200b}",
        "verfu\u{308}gbar",
        "flächendeckend",
    ];
    check(
        &stages(&words),
        &expect![[r#"
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolling_out","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolling_out","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolling_out","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolling_out","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        6 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolling_out","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        7 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolling_out","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        8 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        9 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        10 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        11 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        12 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        13 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"launched","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        14 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"launched","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        15 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        16 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"pilot","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        17 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"connected","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        18 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"interested","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        19 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        20 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        21 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        22 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
        23 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"rolled_out","on":"2024-06-01","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn words_of_two_stages_and_of_plans_are_refused_with_the_way_out() {
    let words = [
        "umgesetzt",
        "abgeschlossen",
        "nachgenutzt",
        "in Umsetzung",
        "geplant",
        "Rolled-outt",
        "lief",
        "roled out",
    ];
    check(
        &stages(&words),
        &expect![[r#"
        unknown_stage in:2:C2: stage: "umgesetzt" may mean live or rolled_out; give one of the two stages
        unknown_stage in:3:C3: stage: "abgeschlossen" may mean live or rolled_out; give one of the two stages
        unknown_stage in:4:C4: stage: "nachgenutzt" may mean agreed or live; give one of the two stages
        unknown_stage in:5:C5: stage: "in Umsetzung" may mean agreed or rolling_out; give one of the two stages
        unknown_stage in:6:C6: stage: "geplant" is not a stage. A plan has the type "planned" (milestone-planned), the stage that shall be reached and the day in "due"
        unknown_stage in:7:C7: stage: The stage "Rolled-outt" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out (hint: rolled_out)
        unknown_stage in:8:C8: stage: The stage "lief" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out
        unknown_stage in:9:C9: stage: The stage "roled out" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out
    "#]],
    );
}

#[test]
fn a_plan_has_its_stage_and_its_due_day() {
    let sheet = "Art;Leistung;Ort;Stufe;fällig;Quelle\ngeplant;dienst:aufenthalt;abh:12071;im Einsatz;30.06.2025;Rolloutplan\ngeplant;dienst:aufenthalt;abh:12072;im Einsatz;2025-Q4;Rolloutplan\ngeplant;dienst:aufenthalt;abh:12073;im Einsatz;2027;Rolloutplan\ngeplant;dienst:aufenthalt;BB;flächendeckend;31.12.2026;Rolloutplan\n";
    check(
        sheet.as_bytes(),
        &expect![[r#"
        2 {"type":"milestone-planned","service":"dienst:aufenthalt","place":"abh:12071","stage":"live","due":"2025-06-30","source":{"name":"Rolloutplan"},"id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"milestone-planned","service":"dienst:aufenthalt","place":"abh:12072","stage":"live","due":"2025-Q4","source":{"name":"Rolloutplan"},"id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"milestone-planned","service":"dienst:aufenthalt","place":"abh:12073","stage":"live","due":"2027","source":{"name":"Rolloutplan"},"id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"milestone-planned","service":"dienst:aufenthalt","place":"BB","stage":"rolled_out","due":"2026-12-31","source":{"name":"Rolloutplan"},"id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn headings_and_names_are_read_in_both_forms_of_umlauts() {
    let sheet = "Kennzahl;Ort;Wert;von;Datum;Quelle;vero\u{308}ffentlicht\nservices_rolled_out;Baden-Wu\u{308}rttemberg;181;575;31.03.2024;Landkreis Mu\u{308}nchen;2024-04\nservices_rolled_out;Thu\u{308}ringen;181;575;31.03.2024;Landkreis Mu\u{308}nchen;2024-04\nservices_rolled_out;00;196;575;31.03.2024;A;\n";
    check(
        sheet.as_bytes(),
        &expect![[r#"
        2 {"type":"figure-reported","measure":"services_rolled_out","place":"BW","unit":"ozg","value":181,"of":575,"on":"2024-03-31","source":{"name":"Landkreis München","published":"2024-04"},"id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"figure-reported","measure":"services_rolled_out","place":"TH","unit":"ozg","value":181,"of":575,"on":"2024-03-31","source":{"name":"Landkreis München","published":"2024-04"},"id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"figure-reported","measure":"services_rolled_out","place":"DE","unit":"ozg","value":196,"of":575,"on":"2024-03-31","source":{"name":"A"},"id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

fn stages(words: &[&str]) -> Vec<u8> {
    let row = |word: &&str| format!("ozg:10255;BB;{word};01.06.2024\n");
    format!("Leistung;Ort;Stufe;Datum\n{}", words.iter().map(row).collect::<String>()).into_bytes()
}

/// Checks that a row with its hint in the place of its value has no mistake, in either language.
fn every_hint_is_read(rows: &[(&str, &str)]) {
    for (value, on) in rows {
        let Err(mistakes) = read_drafts(&figures(&[(*value, *on)]), None, None) else { continue };
        let [Mistake { field, hint: Some(hint), .. }] = mistakes.as_slice() else { continue };
        for hint in [&hint.de, &hint.en] {
            let mended = if field == "on" { (*value, hint.as_str()) } else { (hint.as_str(), *on) };
            assert!(read_drafts(&figures(&[mended]), None, None).is_ok(), "{value} {on}: {hint}");
        }
    }
}
