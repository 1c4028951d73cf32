//! One example of each type of event, for schemas, docs and tests.

use ozg_core::event::EventType::{self as T};

/// Events as plain JSON, each in its canonical form.
pub const EXAMPLES: [(T, &str); 22] = [
    (
        T::MilestoneReached,
        r#"{"type":"milestone-reached","service":"ozg:10255","place":"ags:01003000","stage":"live","on":"2024-06-30","source":{"name":"Hansestadt Lübeck","url":"https://example.org/go-live","published":"2024-07-02"},"note":"Wohnsitzanmeldung","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}"#,
    ),
    (
        T::MilestoneEnded,
        r#"{"type":"milestone-ended","service":"dienst:ewa","place":"melde:02000000","stage":"live","on":"2025-01","reason":"Dienst abgeschaltet"}"#,
    ),
    (
        T::MaturityAssessed,
        r#"{"type":"maturity-assessed","service":"leika:99012001001000","place":"BW","level":"1.1:3","on":"2023-Q4"}"#,
    ),
    (
        T::ReuseReported,
        r#"{"type":"reuse-reported","service":"dienst:aufenthalt-digital","place":"DE","live":">270","rolling_out":40,"of":538,"on":"2024-11","source":{"name":"Land Brandenburg"}}"#,
    ),
    (
        T::FigureReported,
        r#"{"type":"figure-reported","measure":"services_rolled_out","place":"BE","unit":"ozg","value":80,"of":575,"on":"2022-07","source":{"name":"Bitkom","published":"2022-08-01"}}"#,
    ),
    (
        T::FigureReported,
        r#"{"type":"figure-reported","measure":"other","place":"DE","scope":"nutzerfreundliche Leistungen","value":-11.5,"on":"2022-07","since":"2022-03","replaces":"standing","reason":"Zahlendreher"}"#,
    ),
    (
        T::MilestonePlanned,
        r#"{"type":"milestone-planned","service":"ozg:10255","place":"BY","stage":"rolled_out","on":"2024-01-15","due":"2026"}"#,
    ),
    (
        T::TargetSet,
        r#"{"type":"target-set","measure":"services_compliant","place":"DE","topic":"bauen_wohnen","unit":"ozg","percent":"ca. 80","due":"2028-12-31"}"#,
    ),
    (
        T::AssessmentMade,
        r#"{"type":"assessment-made","subject":"topic:bauen_wohnen","status":"massnahmen","implementation":"fortgeschritten","urgent":true,"on":"2025-09","outlook":[{"year":2027,"status":"unkritisch","implementation":"abgeschlossen"}]}"#,
    ),
    (
        T::ServiceListed,
        r#"{"type":"service-listed","service":"leika:99012001001000","name":"Baugenehmigung erteilen","topics":["bauen_wohnen"],"parents":["ozg:10017"],"executed_by":["bauaufsicht"],"lead":"MV","on":"2020-01-01"}"#,
    ),
    (T::ServiceDelisted, r#"{"type":"service-delisted","service":"ozg:10255","on":"2025-12-31"}"#),
    (
        T::AuthorityListed,
        r#"{"type":"authority-listed","authority":"ags:01003000","name":"Lübeck, Hansestadt","kind":"gemeinde","area":"SH","ars":"010030000000","population":218095,"on":"2023-01-01"}"#,
    ),
    (
        T::AuthorityChanged,
        r#"{"type":"authority-changed","authority":"ags:01003000","population":219044,"on":"2024-01-01"}"#,
    ),
    (
        T::AuthorityDissolved,
        r#"{"type":"authority-dissolved","authority":"ags:16063004","successors":["ags:16063105"],"inherits":true,"on":"2024-01-01"}"#,
    ),
    (T::AuthorityDissolved, r#"{"type":"authority-dissolved","authority":"bund:bamf","on":"2030-01-01"}"#),
    (
        T::EntryWithdrawn,
        r#"{"type":"entry-withdrawn","entry":"0197a3c2-5b7e-7c11-9d52-0242ac120002","reason":"Falsche Gemeinde"}"#,
    ),
    (
        T::MilestoneObserved,
        r#"{"type":"milestone-observed","service":"leika:99012001001000","place":"BB","stage":"launched","on":"2024-03-01","source":"Dashboard Digitale Verwaltung"}"#,
    ),
    (
        T::RegionDefined,
        r#"{"type":"region-defined","region":"rhein-neckar","name":"Metropolregion Rhein-Neckar","members":["kreis:08221","kreis:08226","kreis:06431","kreis:07314"]}"#,
    ),
    (
        T::ListDefined,
        r#"{"type":"list-defined","list":"efa-fokus","name":"EfA-Fokusleistungen","services":["ozg:10255","ozg:10305"],"on":"2024-01-01"}"#,
    ),
    (
        T::RegisterDeclared,
        r#"{"type":"register-declared","kind":"auslaenderbehoerde","area":"BB","complete":true,"on":"2024-01-01"}"#,
    ),
    (T::RegisterDeclared, r#"{"type":"register-declared","unit":"ozg","complete":false,"on":"2026-01-01"}"#),
    (
        T::ObjectionMade,
        r#"{"type":"objection-made","entry":"0197a3c2-5b7e-7c11-9d52-0242ac120002","on":"2024-09-01","says":"Im Einsatz erst seit September."}"#,
    ),
];
