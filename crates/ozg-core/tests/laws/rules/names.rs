//! Names in the place of keys: each leads to the key that it is the name of, or is refused with all that it may mean.

use super::check;
use crate::desk::{Desk, desk};
use crate::seeds::seeds;
use crate::workload::Dice;
use expect_test::expect;
use ozg_core::asof::{Lookup, Meant};
use ozg_core::event::{Form, Raw, RawEvent, Where};
use ozg_core::mistake::{Code, Fault};
use ozg_core::time::berlin_day;
use ozg_core::words::{Area, AuthorityId, KindSet, Place};
use std::fmt::Write;

fn asked(desk: &Desk, text: &str, service: &str, on: &str) -> String {
    let names = desk.state.now().names();
    let mut lookup = Lookup::new(desk.state.now(), &names, berlin_day(desk.now_ms));
    let fields =
        [("type", "milestone-reached"), ("service", service), ("place", text), ("stage", "live"), ("on", on)];
    let fields = fields.map(|(name, value)| (name.to_owned(), Raw::text(value))).to_vec();
    let event = RawEvent { at: Where { line: 1, form: Form::None }, fields };
    let (has_names, mut remarks) = (event.has_names(), Vec::new());
    let read = if has_names { lookup.read(event, &mut remarks) } else { event.read(None) };
    let mut said = match read {
        Ok(draft) => draft.body.place().unwrap().to_string(),
        Err(mistakes) => mistakes.iter().fold(String::new(), |all, mistake| {
            let hint = mistake.hint.as_ref().map(|hint| format!(" hint={}", hint.en)).unwrap_or_default();
            let known = if mistake.code == Code::AmbiguousName { mistake.message.en.as_str() } else { "" };
            all + format!("{} {}{hint} {known}", mistake.field, mistake.code.as_str()).trim()
        }),
    };
    remarks.iter().for_each(|one| write!(said, " · {} = {} ({})", one.written, one.key, one.name).unwrap());
    format!("{text:<28} {said}\n")
}

fn register() -> Desk {
    let mut desk = desk();
    let said = desk.say(&[
        "authority-listed authority=kreis:12060; name=Barnim",
        "authority-listed authority=abh:12060; name=Ausländerbehörde Barnim",
        "authority-listed authority=ags:12054000; name=Potsdam, Stadt",
        "authority-listed authority=kreis:12054; name=Potsdam, Stadt",
        "authority-listed authority=abh:12054; name=Ausländerbehörde Potsdam, Stadt",
        "authority-listed authority=ags:12060020; name=Bernau bei Berlin, Stadt",
        "authority-listed authority=ags:02000000; name=Hamburg, Freie und Hansestadt",
        "authority-listed authority=kreis:08226; name=Rhein-Neckar-Kreis",
        "authority-listed authority=ags:09184001; name=Neustadt",
        "authority-listed authority=ags:07316000; name=Neustadt an der Weinstraße, Stadt",
        "authority-listed authority=ags:16062041; name=Neustadt, Stadt",
        "service-listed service=dienst:aufenthalt; name=Aufenthaltstitel; executed_by=auslaenderbehoerde",
        "service-listed service=ozg:10003; name=Bürgergeld; executed_by=gemeinde,kreis",
        "service-listed service=dienst:wohngeld; name=Wohngeld",
        "region-defined region=rhein-neckar; name=Rhein-Neckar; members=RP,kreis:08226",
    ]);
    assert!(!said.contains("refused"), "{said}");
    desk
}

#[test]
fn names_lead_to_keys_and_the_executing_kind_decides_between_sisters() {
    let desk = register();
    let mut said = String::new();
    for text in [
        "LK Barnim",
        "Landkreis Barnim",
        "Barnim",
        "Potsdam",
        "Potsdam, Stadt",
        "Stadt Potsdam",
        "POTSDAM",
        "Ausländerbehörde Potsdam, Stadt",
        "ABH der Landeshauptstadt Potsdam",
        "12054",
        "12054000",
        "12 0 54 000",
        "120540000000",
        "AGS 12054000",
        "abh:12054",
        "Bernau bei Berlin",
        "Bernau b. Berlin",
        "Postdam",
        "Berlin-Mitte",
        "99999",
        "1003000",
        "Freistaat Bayern",
        "bundesweit",
        "Bund",
    ] {
        said += &asked(&desk, text, "dienst:aufenthalt", "2024-06-01");
    }
    check(
        said,
        expect![[r#"
        LK Barnim                    abh:12060 · LK Barnim = abh:12060 (Ausländerbehörde Barnim)
        Landkreis Barnim             abh:12060 · Landkreis Barnim = abh:12060 (Ausländerbehörde Barnim)
        Barnim                       abh:12060 · Barnim = abh:12060 (Ausländerbehörde Barnim)
        Potsdam                      abh:12054 · Potsdam = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        Potsdam, Stadt               abh:12054 · Potsdam, Stadt = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        Stadt Potsdam                abh:12054 · Stadt Potsdam = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        POTSDAM                      abh:12054 · POTSDAM = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        Ausländerbehörde Potsdam, Stadt abh:12054 · Ausländerbehörde Potsdam, Stadt = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        ABH der Landeshauptstadt Potsdam abh:12054 · ABH der Landeshauptstadt Potsdam = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        12054                        abh:12054 · 12054 = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        12054000                     abh:12054 · 12054000 = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        12 0 54 000                  abh:12054 · 12 0 54 000 = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        120540000000                 abh:12054 · 120540000000 = abh:12054 (Ausländerbehörde Potsdam, Stadt)
        AGS 12054000                 ags:12054000
        abh:12054                    abh:12054
        Bernau bei Berlin            ags:12060020 · Bernau bei Berlin = ags:12060020 (Bernau bei Berlin, Stadt)
        Bernau b. Berlin             ags:12060020 · Bernau b. Berlin = ags:12060020 (Bernau bei Berlin, Stadt)
        Postdam                      place unknown_place hint=abh:12054
        Berlin-Mitte                 place unknown_place
        99999                        place unknown_place
        1003000                      place lost_leading_zero
        Freistaat Bayern             BY
        bundesweit                   DE
        Bund                         place unknown_area
    "#]],
    );
}

#[test]
fn without_an_executing_kind_a_name_of_several_is_refused_with_all_keys() {
    let desk = register();
    let mut said = String::new();
    for text in [
        "Barnim",
        "LK Barnim",
        "Potsdam, Stadt",
        "Ausländerbehörde Barnim",
        "12054",
        "12060020",
        "120600200020",
        "Bernau bei Berlin",
        "Bernau bei Brlin",
        "Neustadt",
        "Neustadt, Stadt",
        "Neustadt a. d. Weinstrasse",
        "Rhein-Neckar",
        "Rhein-Neckar-Kreis",
        "Hamburg",
        "Hansestadt Hamburg",
        "HH",
        "Sachsn",
    ] {
        said += &asked(&desk, text, "ozg:10002", "2024-06-01");
    }
    for (service, place) in [
        ("Bürgergeld", "LK Barnim"),
        ("buergergeld", "12054"),
        ("Wohngeld", "DE"),
        ("Wohngeldd", "DE"),
        ("OZG 10003", "DE"),
        ("ozg:10003", "Bernau bei Berlin"),
    ] {
        said += &asked(&desk, place, service, "2024-06-01");
    }
    check(
        said,
        expect![[r#"
        Barnim                       kreis:12060 · Barnim = kreis:12060 (Barnim)
        LK Barnim                    kreis:12060 · LK Barnim = kreis:12060 (Barnim)
        Potsdam, Stadt               place ambiguous_name "Potsdam, Stadt" may mean several things: ags:12054000 (Potsdam, Stadt), kreis:12054 (Potsdam, Stadt). Give the key
        Ausländerbehörde Barnim      abh:12060 · Ausländerbehörde Barnim = abh:12060 (Ausländerbehörde Barnim)
        12054                        kreis:12054 · 12054 = kreis:12054 (Potsdam, Stadt)
        12060020                     ags:12060020 · 12060020 = ags:12060020 (Bernau bei Berlin, Stadt)
        120600200020                 ags:12060020 · 120600200020 = ags:12060020 (Bernau bei Berlin, Stadt)
        Bernau bei Berlin            ags:12060020 · Bernau bei Berlin = ags:12060020 (Bernau bei Berlin, Stadt)
        Bernau bei Brlin             place unknown_place hint=ags:12060020
        Neustadt                     place ambiguous_name "Neustadt" may mean several things: ags:07316000 (Neustadt an der Weinstraße, Stadt), ags:09184001 (Neustadt), ags:16062041 (Neustadt, Stadt). Give the key
        Neustadt, Stadt              ags:16062041 · Neustadt, Stadt = ags:16062041 (Neustadt, Stadt)
        Neustadt a. d. Weinstrasse   ags:07316000 · Neustadt a. d. Weinstrasse = ags:07316000 (Neustadt an der Weinstraße, Stadt)
        Rhein-Neckar                 place ambiguous_name "Rhein-Neckar" may mean several things: kreis:08226 (Rhein-Neckar-Kreis), region:rhein-neckar (Rhein-Neckar). Give the key
        Rhein-Neckar-Kreis           kreis:08226 · Rhein-Neckar-Kreis = kreis:08226 (Rhein-Neckar-Kreis)
        Hamburg                      HH · Hamburg = HH (Land Hamburg)
        Hansestadt Hamburg           HH
        HH                           HH
        Sachsn                       place unknown_place hint=SN
        LK Barnim                    kreis:12060 · Bürgergeld = ozg:10003 (Bürgergeld) · LK Barnim = kreis:12060 (Barnim)
        12054                        kreis:12054 · buergergeld = ozg:10003 (Bürgergeld) · 12054 = kreis:12054 (Potsdam, Stadt)
        DE                           service ambiguous_name "Wohngeld" may mean several things: dienst:wohngeld (Wohngeld), ozg:10001 (Wohngeld). Give the key
        DE                           service unknown_service
        DE                           DE
        Bernau bei Berlin            ags:12060020 · Bernau bei Berlin = ags:12060020 (Bernau bei Berlin, Stadt)
    "#]],
    );
}

/// Authorities whose names have a short form, and those that share it.
const TOWNS: [&str; 16] = [
    "authority-listed authority=ags:06412000; name=Frankfurt am Main, Stadt",
    "authority-listed authority=ags:12053000; name=Frankfurt (Oder), Stadt",
    "authority-listed authority=abh:12053; name=Ausländerbehörde Frankfurt (Oder), Stadt",
    "authority-listed authority=ags:12051000; name=Brandenburg an der Havel, Stadt",
    "authority-listed authority=ags:12052000; name=Cottbus/Chóśebuz, Stadt",
    "authority-listed authority=kreis:12071; name=Spree-Neiße/Wokrejs Sprjewja-Nysa",
    "authority-listed authority=ags:15002000; name=Halle (Saale), Stadt",
    "authority-listed authority=ags:03255001; name=Halle",
    "authority-listed authority=ags:07316000; name=Neustadt an der Weinstraße, Stadt",
    "authority-listed authority=ags:09575153; name=Neustadt a.d.Aisch, Stadt",
    "authority-listed authority=kreis:09575; name=Neustadt a.d.Aisch-Bad Windsheim",
    "authority-listed authority=ags:16062041; name=Neustadt, Stadt",
    "authority-listed authority=ags:16062042; name=Neustadt, Markt",
    "authority-listed authority=ags:05315000; name=Münster, Stadt",
    "authority-listed authority=ags:06432015; name=Münster (Hessen)",
    "service-listed service=dienst:aufenthalt; name=Aufenthaltstitel; executed_by=auslaenderbehoerde",
];

const CALLED: [&str; 24] = [
    "Frankfurt",
    "Stadt Frankfurt",
    "Frankfurt a. d. Oder",
    "Frankfurt/O.",
    "Frankfurt a.M.",
    "Frankfurt Main",
    "Frankfurt an der Spree",
    "Kreis Frankfurt",
    "Brandenburg",
    "Stadt Brandenburg",
    "Brandenburg/Havel",
    "Cottbus",
    "Stadt Cottbus",
    "LK Spree-Neiße",
    "Halle",
    "Halle (Saale)",
    "Halle/S.",
    "Stadt Halle",
    "Neustadt",
    "Neustadt/Aisch",
    "Kreis Neustadt",
    "Neustadt a. d. W.",
    "Münster",
    "Münster/Hessen",
];

#[test]
fn a_place_is_called_for_short_where_one_alone_can_be_meant() {
    let mut desk = desk();
    let said = desk.say(&TOWNS);
    assert!(!said.contains("refused"), "{said}");
    let mut said = String::new();
    for text in CALLED {
        said += &asked(&desk, text, "ozg:10002", "2024-06-01");
    }
    for text in ["Frankfurt", "Frankfurt/Oder", "Frankfurt am Main"] {
        said += &asked(&desk, text, "dienst:aufenthalt", "2024-06-01");
    }
    check(
        said,
        expect![[r#"
        Frankfurt                    place ambiguous_name "Frankfurt" may mean several things: ags:06412000 (Frankfurt am Main, Stadt), ags:12053000 (Frankfurt (Oder), Stadt). Give the key
        Stadt Frankfurt              place ambiguous_name "Stadt Frankfurt" may mean several things: ags:06412000 (Frankfurt am Main, Stadt), ags:12053000 (Frankfurt (Oder), Stadt). Give the key
        Frankfurt a. d. Oder         ags:12053000 · Frankfurt a. d. Oder = ags:12053000 (Frankfurt (Oder), Stadt)
        Frankfurt/O.                 ags:12053000 · Frankfurt/O. = ags:12053000 (Frankfurt (Oder), Stadt)
        Frankfurt a.M.               ags:06412000 · Frankfurt a.M. = ags:06412000 (Frankfurt am Main, Stadt)
        Frankfurt Main               ags:06412000 · Frankfurt Main = ags:06412000 (Frankfurt am Main, Stadt)
        Frankfurt an der Spree       place unknown_place
        Kreis Frankfurt              abh:12053 · Kreis Frankfurt = abh:12053 (Ausländerbehörde Frankfurt (Oder), Stadt)
        Brandenburg                  BB
        Stadt Brandenburg            ags:12051000 · Stadt Brandenburg = ags:12051000 (Brandenburg an der Havel, Stadt)
        Brandenburg/Havel            ags:12051000 · Brandenburg/Havel = ags:12051000 (Brandenburg an der Havel, Stadt)
        Cottbus                      ags:12052000 · Cottbus = ags:12052000 (Cottbus/Chóśebuz, Stadt)
        Stadt Cottbus                ags:12052000 · Stadt Cottbus = ags:12052000 (Cottbus/Chóśebuz, Stadt)
        LK Spree-Neiße               kreis:12071 · LK Spree-Neiße = kreis:12071 (Spree-Neiße/Wokrejs Sprjewja-Nysa)
        Halle                        place ambiguous_name "Halle" may mean several things: ags:03255001 (Halle), ags:15002000 (Halle (Saale), Stadt). Give the key
        Halle (Saale)                ags:15002000 · Halle (Saale) = ags:15002000 (Halle (Saale), Stadt)
        Halle/S.                     ags:15002000 · Halle/S. = ags:15002000 (Halle (Saale), Stadt)
        Stadt Halle                  ags:15002000 · Stadt Halle = ags:15002000 (Halle (Saale), Stadt)
        Neustadt                     place ambiguous_name "Neustadt" may mean several things: ags:07316000 (Neustadt an der Weinstraße, Stadt), ags:09575153 (Neustadt a.d.Aisch, Stadt), ags:16062041 (Neustadt, Stadt), ags:16062042 (Neustadt, Markt), kreis:09575 (Neustadt a.d.Aisch-Bad Windsheim). Give the key
        Neustadt/Aisch               ags:09575153 · Neustadt/Aisch = ags:09575153 (Neustadt a.d.Aisch, Stadt)
        Kreis Neustadt               kreis:09575 · Kreis Neustadt = kreis:09575 (Neustadt a.d.Aisch-Bad Windsheim)
        Neustadt a. d. W.            ags:07316000 · Neustadt a. d. W. = ags:07316000 (Neustadt an der Weinstraße, Stadt)
        Münster                      ags:05315000 · Münster = ags:05315000 (Münster, Stadt)
        Münster/Hessen               ags:06432015 · Münster/Hessen = ags:06432015 (Münster (Hessen))
        Frankfurt                    place ambiguous_name "Frankfurt" may mean several things: abh:12053 (Ausländerbehörde Frankfurt (Oder), Stadt), ags:06412000 (Frankfurt am Main, Stadt). Give the key
        Frankfurt/Oder               abh:12053 · Frankfurt/Oder = abh:12053 (Ausländerbehörde Frankfurt (Oder), Stadt)
        Frankfurt am Main            ags:06412000 · Frankfurt am Main = ags:06412000 (Frankfurt am Main, Stadt)
    "#]],
    );
}

#[test]
fn a_name_is_that_of_the_day() {
    let mut desk = register();
    desk.say(&[
        "authority-changed authority=ags:12060020; name=Bernau, Stadt; on=2025-01-01",
        "authority-dissolved authority=ags:09184001; successors=ags:16062041; on=2025-01-01",
    ]);
    let mut said = String::new();
    for (text, on) in [
        ("Bernau bei Berlin", "2024-06-01"),
        ("Bernau bei Berlin", "2025-06-01"),
        ("Bernau", "2025-06-01"),
        ("Neustadt", "2025-03-01"),
        ("Neustadt", "2024-06-01"),
    ] {
        said += &asked(&desk, text, "ozg:10002", on);
    }
    check(
        said,
        expect![[r#"
        Bernau bei Berlin            ags:12060020 · Bernau bei Berlin = ags:12060020 (Bernau bei Berlin, Stadt)
        Bernau bei Berlin            ags:12060020 · Bernau bei Berlin = ags:12060020 (Bernau bei Berlin, Stadt)
        Bernau                       ags:12060020 · Bernau = ags:12060020 (Bernau, Stadt)
        Neustadt                     ags:16062041 · Neustadt = ags:16062041 (Neustadt, Stadt)
        Neustadt                     place ambiguous_name "Neustadt" may mean several things: ags:07316000 (Neustadt an der Weinstraße, Stadt), ags:09184001 (Neustadt), ags:16062041 (Neustadt, Stadt). Give the key
    "#]],
    );
}

/// Says that a text may mean one thing only, or is refused as the name of several.
fn is_own<T: PartialEq + std::fmt::Debug>(read: Result<Meant<T>, Fault>, own: &T, text: &str) {
    match read {
        Ok(meant) => assert_eq!(&meant.what, own, "{text}"),
        Err(fault) => assert_eq!(fault.code, Code::AmbiguousName, "{text}: {fault}"),
    }
}

/// Lists official forms of a registered name. A city that is a Kreis of its own is no Landkreis.
fn forms(authority: &AuthorityId, name: &str, is_city: bool) -> Vec<String> {
    let place = name.split(',').next().unwrap_or(name).to_owned();
    let mut forms = vec![
        name.to_owned(),
        name.to_uppercase(),
        name.replace('ü', "ue").replace('ß', "ss"),
        format!(" {name}\u{a0}"),
    ];
    if let Some((place, body)) = name.split_once(", ") {
        forms.extend([format!("{body} {place}"), format!("{place} ({body})")]);
    }
    if authority.kind().id() == "kreis" && !name.contains("Stadt") && !is_city {
        forms.extend([format!("LK {place}"), format!("Landkreis {place}"), format!("{place} (Landkreis)")]);
    }
    if authority.kind().id() == "auslaenderbehoerde" && !name.starts_with("Ausländerbehörde") {
        forms.extend([format!("ABH {name}"), format!("Ausländerbehörde {name}")]);
    }
    forms
}

#[test]
fn every_registered_name_and_form_means_itself_or_is_refused_as_several() {
    const PLACES: [&str; 6] = ["Neustadt", "Mühlhausen", "Weiß", "Bad Stadt", "Berlin", "Kreis"];
    const BODIES: [&str; 4] = ["", ", Stadt", ", Landeshauptstadt", ", Markt"];
    for seed in seeds(40) {
        let mut dice = Dice::new(seed);
        let mut desk = desk();
        let mut named: Vec<(AuthorityId, String)> = Vec::new();
        for number in 0..24 {
            let place = PLACES[dice.below(PLACES.len())];
            let kreis = format!("12{:03}", 50 + number % 8);
            let (id, name) = match dice.below(4) {
                0 => (format!("kreis:{kreis}"), format!("{place}{}", BODIES[dice.below(2)])),
                1 => (
                    format!("abh:{kreis}"),
                    format!("{}{place}{}", ["", "Ausländerbehörde "][dice.below(2)], BODIES[dice.below(2)]),
                ),
                2 => (format!("ags:{kreis}000"), format!("{place}{}", BODIES[dice.below(3)])),
                _ => (format!("ags:{kreis}{:03}", number + 1), format!("{place}{}", BODIES[dice.below(4)])),
            };
            let id = AuthorityId::read(&id).unwrap();
            if named.iter().all(|(known, _)| *known != id) {
                desk.say(&[&format!("authority-listed authority={id}; name={name}")]);
                named.push((id, name));
            }
        }
        let names = desk.state.now().names();
        let today = berlin_day(desk.now_ms);
        let lookup = Lookup::new(desk.state.now(), &names, today);
        for (id, name) in &named {
            let city = format!("ags:{}000", id.key());
            let is_city = named.iter().any(|(known, _)| known.to_string() == city);
            for form in forms(id, name, is_city) {
                is_own(lookup.authority(&form, today), id, &format!("seed {seed}: {form} of {id} {name}"));
                // The name of a Land is the Land, and says so.
                if Area::find(&form).is_none() {
                    let place = Place::Authority(id.clone());
                    is_own(
                        lookup.place(&form, today, KindSet::default()),
                        &place,
                        &format!("seed {seed}: {form}"),
                    );
                }
            }
        }
        for land in Area::all() {
            for form in [
                land.name().de.to_owned(),
                format!("Land {}", land.name().de),
                land.name().en.to_owned(),
                land.official_key().to_owned(),
            ] {
                is_own(
                    lookup.place(&form, today, KindSet::default()),
                    &Place::Area(land),
                    &format!("seed {seed}: {form}"),
                );
            }
        }
    }
}
