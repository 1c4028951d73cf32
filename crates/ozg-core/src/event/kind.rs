//! The kinds of values that fields take, and the form of each.

/// What kind of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the name of each says which word it takes; `form` describes it")]
pub enum Kind {
    Service,
    Services,
    Place,
    Area,
    Authority,
    Authorities,
    AuthorityKind,
    AuthorityKinds,
    Topic,
    Topics,
    Stage,
    Level,
    Unit,
    Measure,
    Date,
    Figure,
    Count,
    Flag,
    Text,
    RegionalKey,
    Id,
    Entry,
    EntryOrStanding,
    Source,
    Url,
    Subject,
    Status,
    Implementation,
    Outlook,
    Model,
    Slug,
    Members,
}

impl Kind {
    /// Tells whether a value is a text that somebody words freely, and no key, word, date or figure.
    #[must_use]
    pub fn is_free(self) -> bool {
        matches!(self, Kind::Text | Kind::Source | Kind::Url)
    }

    /// Returns how a value of the kind is written, for documentation.
    #[must_use]
    pub fn form(self) -> &'static str {
        match self {
            Kind::Service => "`ozg:10255`, `leika:99012001001000` or `dienst:<slug>`",
            Kind::Services => "a list of services",
            Kind::Place => {
                "`DE`, a Land (`BW`, `DE-BW`, `08`), an authority (`ags:01003000`) or a region (`region:rhein-neckar`)"
            }
            Kind::Area => "`DE` or a Land (`BW`, `DE-BW`, `08`)",
            Kind::Authority => "an authority (`ags:01003000`, `kreis:01051`, `abh:12054`)",
            Kind::Authorities => "a list of authorities",
            Kind::AuthorityKind => "a kind of authority (`gemeinde`, `meldebehoerde`)",
            Kind::AuthorityKinds => "a list of kinds of authorities",
            Kind::Topic => "a topic (`bauen_wohnen`)",
            Kind::Topics => "a list of topics",
            Kind::Stage => "a stage (`live`)",
            Kind::Level => "a level with its model (`1.1:3`)",
            Kind::Unit => "`ozg`, `leika` or `dienst`",
            Kind::Measure => "a measure (`services_rolled_out`)",
            Kind::Date => {
                "a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)"
            }
            Kind::Figure => "a number, or as printed (`\">270\"`, `\"ca. 300\"`, `\"knapp 100\"`)",
            Kind::Count => "a whole number from 0",
            Kind::Flag => "`true` or `false` (`ja`, `nein`)",
            Kind::Text => "a text",
            Kind::RegionalKey => "12 digits",
            Kind::Id => "a UUID (`0197a3c2-5b7e-7c11-9d52-0242ac120002`)",
            Kind::Entry => "its position (`16586`) or its id (UUID)",
            Kind::EntryOrStanding => "its position (`16586`), its id (UUID), or `standing`",
            Kind::Source => "a name, or an object with `name`, `url`, `published`",
            Kind::Url => "an http or https address",
            Kind::Subject => "`topic:<topic>`, `strategy:<slug>` or `block:<slug>`",
            Kind::Status => "`kritisch`, `massnahmen` or `unkritisch`",
            Kind::Implementation => "`am_anfang`, `fortgeschritten` or `abgeschlossen`",
            Kind::Outlook => "a list of objects with `year`, `status`, `implementation`",
            Kind::Model => "`1.1` or `2.0`",
            Kind::Slug => "lower-case letters, digits, `-` and `_`, such as `rhein-neckar`",
            Kind::Members => "a list of Länder and Kreise (`RP`, `kreis:08221`)",
        }
    }
}
