//! Objections, and declarations of what is complete (rules 10a, 28).

use super::check;
use super::rights::{each, world};
use expect_test::expect;

#[test]
fn rule_28_objections_are_to_standing_entries_of_others_one_each() {
    let mut desk = world();
    let live =
        |on: &str| format!("milestone-reached service=ozg:10001; place=ags:12060020; stage=live; on={on}");
    desk.say(&[&live("2023-05-05")]);
    desk.limited("kommune", "12060", "");
    let mut said = each(
        &mut desk,
        &[
            &live("2023-09-01"),
            "objection-made entry=#12; on=2023-09-01; says=Erst im September",
            "objection-made entry=#12; on=2023-09-01; says=Erst im September",
            "objection-made entry=#12; says=Nie",
            "objection-made entry=#12; says=Nie; replaces=standing",
            "objection-made entry=#13; says=Doch",
            "objection-made entry=00000000-0000-0000-0000-00000000ffff; says=Nie",
        ],
    );
    desk.office("alpha");
    said += &each(
        &mut desk,
        &["objection-made entry=#12; says=Ich selbst", "entry-withdrawn entry=#14; reason=x"],
    );
    desk.office("gamma");
    said += &each(&mut desk, &["objection-made entry=#12; says=Auch ich"]);
    said += &desk.ask("reuses", "area=BB&service=ozg:10001&on=2023-12-31&basis=counted");
    // A correction closes both; the coordinator withdraws what is left.
    desk.office("alpha");
    said += &desk.say(&[&format!("{}; replaces=#12", live("2023-09-01"))]);
    said += &desk.ask("reuses", "area=BB&service=ozg:10001&on=2023-12-31&basis=counted");
    desk.limited("land", "BB", "");
    desk.rights.coordinates = Some(Vec::new());
    said += &each(
        &mut desk,
        &["objection-made entry=#12; says=Zu spät", "entry-withdrawn entry=#14; reason=erledigt"],
    );
    check(
        said,
        expect![[r#"
            milestone-reached service=ozg:10001; place=ags:12060020; stage=live; on=2023-09-01
                1 refused on already_reached value=2023-09-01 hint=(objection-made: entry=00000000-0000-0000-0000-00000000100c) standing=[#12 2023-05-05]
            objection-made entry=#12; on=2023-09-01; says=Erst im September
                1 recorded #13
            objection-made entry=#12; on=2023-09-01; says=Erst im September
                1 unchanged #13
            objection-made entry=#12; says=Nie
                1 refused on already_said hint=(replaces: standing) standing=[#13 2023-09-01]
            objection-made entry=#12; says=Nie; replaces=standing
                1 corrected #14
            objection-made entry=#13; says=Doch
                1 refused entry other_type value=00000000-0000-0000-0000-00000000100d
            objection-made entry=00000000-0000-0000-0000-00000000ffff; says=Nie
                1 refused entry unknown_entry value=00000000-0000-0000-0000-00000000ffff
            objection-made entry=#12; says=Ich selbst
                1 refused entry own_entry value=00000000-0000-0000-0000-00000000100c
            entry-withdrawn entry=#14; reason=x
                1 refused entry foreign_entry
            objection-made entry=#12; says=Auch ich
                1 recorded #15
            2023-12-31 BB ozg:10001 live counted = 1 observed 2023-05-05 partial disputed
            1 corrected #16
            2023-12-31 BB ozg:10001 live counted = 1 observed 2023-09-01 partial
            objection-made entry=#12; says=Zu spät
                1 refused entry not_standing value=00000000-0000-0000-0000-00000000100c standing=[#16]
            entry-withdrawn entry=#14; reason=erledigt
                1 withdrawn #17
        "#]],
    );
}

#[test]
fn rule_10a_a_register_is_declared_complete_until_it_is_not() {
    let mut desk = world();
    let kind = "register-declared kind=gemeinde";
    let said = each(
        &mut desk,
        &[
            "register-declared unit=dienst",
            "register-declared unit=dienst; complete=true",
            "register-declared unit=dienst; complete=false",
            "register-declared unit=dienst; complete=false; on=2025-01-01",
            "register-declared unit=dienst; kind=gemeinde",
            "register-declared unit=dienst; area=BB",
            "register-declared on=2025-01-01",
            &format!("{kind}; area=BB; on=2024-01-01"),
            &format!("{kind}; area=BB; on=2024-06-01"),
            &format!("{kind}; area=BB; complete=false; on=2024-06-01"),
            &format!("{kind}; area=BB; complete=false; on=2024-07-01; replaces=standing"),
            "entry-withdrawn entry=#14; reason=two are missing",
        ],
    );
    check(
        said,
        expect![[r#"
        register-declared unit=dienst
            1 recorded #12
        register-declared unit=dienst; complete=true
            1 unchanged #12
        register-declared unit=dienst; complete=false
            1 refused on already_said hint=(replaces: standing) standing=[#12]
        register-declared unit=dienst; complete=false; on=2025-01-01
            1 recorded #13
        register-declared unit=dienst; kind=gemeinde
            1 refused kind fields_exclude
        register-declared unit=dienst; area=BB
            1 refused area fields_exclude
        register-declared on=2025-01-01
            1 refused kind fields_exclude
        register-declared kind=gemeinde; area=BB; on=2024-01-01
            1 recorded #14
        register-declared kind=gemeinde; area=BB; on=2024-06-01
            1 unchanged #14
        register-declared kind=gemeinde; area=BB; complete=false; on=2024-06-01
            1 recorded #15
        register-declared kind=gemeinde; area=BB; complete=false; on=2024-07-01; replaces=standing
            1 refused replaces standing_unclear value=standing standing=[#14 2024-01-01, #15 2024-06-01]
        entry-withdrawn entry=#14; reason=two are missing
            1 withdrawn #16
    "#]],
    );
}

#[test]
fn rule_10a_a_declaration_needs_its_area_and_all_topics() {
    let mut desk = world();
    let kind = "register-declared kind=gemeinde";
    desk.limited("bb", "BB", "");
    let mut said = each(
        &mut desk,
        &[
            &format!("{kind}; area=BB; on=2025-01-01"),
            &format!("{kind}; area=BY; on=2025-01-01"),
            &format!("{kind}; on=2025-01-01"),
            "register-declared unit=ozg",
        ],
    );
    desk.limited("bau", "", "bauen_wohnen");
    said += &each(&mut desk, &[&format!("{kind}; on=2025-01-01"), "register-declared unit=ozg"]);
    check(
        said,
        expect![[r#"
        register-declared kind=gemeinde; area=BB; on=2025-01-01
            1 recorded #12
        register-declared kind=gemeinde; area=BY; on=2025-01-01
            1 refused area out_of_scope value=BY
        register-declared kind=gemeinde; on=2025-01-01
            1 refused area out_of_scope
        register-declared unit=ozg
            1 refused unit out_of_scope
        register-declared kind=gemeinde; on=2025-01-01
            1 refused area out_of_scope
        register-declared unit=ozg
            1 refused unit out_of_scope
    "#]],
    );
}
