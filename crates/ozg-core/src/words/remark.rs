//! Remarks: what is recorded or read, and yet worth a second look (rule 6c).

use super::table::words;

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkOn {
    /// It follows from what the entry says, and stands beside the entry.
    Entry,
    /// It followed from what stood when the entry was accepted, and stands beside the entry.
    Acceptance,
    /// How a file was read, or how an edition differs from what stands. It stands in the receipt only.
    Reading,
}

words! {
    /// What is worth a second look though it is no mistake. The last column says what it is about. A remark of a reading has a
    /// code from 100 on: no log holds it.
    Remark with RemarkOn;
    0 ShareAboveOne "share_above_one" "Anteil über 1: Zähler und Nenner vertauscht?" "share above 1: are value and denominator swapped?" = RemarkOn::Entry;
    1 LiveAboveOf "live_above_of" "mehr im Einsatz, als es gibt: Zähler und Nenner vertauscht?" "in use at more than there are: are value and denominator swapped?" = RemarkOn::Entry;
    2 PublishedEarly "published_early" "vor dem Stichtag veröffentlicht" "published before the day that it is about" = RemarkOn::Entry;
    3 Jump "jump" "Sprung gegenüber dem Wert davor" "jump from the value before" = RemarkOn::Acceptance;
    4 NotListed "not_listed" "Leistung an diesem Tag nicht im Katalog; zählt nur an Tagen, an denen sie dort steht" "service not in the catalogue on that day; it counts only on days on which it is" = RemarkOn::Acceptance;
    5 WithdrawnBefore "withdrawn_before" "wurde früher zurückgezogen und jetzt erneut gemeldet" "was withdrawn before and is now said again" = RemarkOn::Acceptance;
    6 ReplacedRevision "replaced_revision" "ersetzt eine früher veröffentlichte Zahl derselben Quelle: eine Revision wird ohne „ersetzt“ (replaces) gemeldet" "replaces an earlier published figure of the same source: a revision is recorded without \"replaces\"" = RemarkOn::Acceptance;
    100 LeftOut "left_out" "ausgelassen" "left out" = RemarkOn::Reading;
    101 ReadAs "read_as" "anders gelesen, als es dasteht" "read otherwise than it is written" = RemarkOn::Reading;
    102 Differs "differs" "Stand und Einträge weichen voneinander ab" "edition and entries differ" = RemarkOn::Reading;
    103 MoreRemarks "more_remarks" "weitere Bemerkungen" "more remarks" = RemarkOn::Reading;
    110 ColumnsIgnored "columns_ignored" "Spalten nicht gelesen" "columns not read" = RemarkOn::Reading;
    111 RowsIgnored "rows_ignored" "Zeilen nicht gelesen" "rows not read" = RemarkOn::Reading;
    112 StillStands "still_stands" "die Tabelle sagt nein, und es steht etwas da" "the sheet says no, and something stands" = RemarkOn::Reading;
    113 RowsMissing "rows_missing" "in der Tabelle fehlen Einträge, die stehen" "entries that stand are missing in the sheet" = RemarkOn::Reading;
    120 SheetsIgnored "sheets_ignored" "Tabellenblatt nicht gelesen" "sheet not read" = RemarkOn::Reading;
    121 HiddenRead "hidden_read" "Ausgeblendetes oder Durchgestrichenes wurde gelesen" "what is hidden or struck through was read" = RemarkOn::Reading;
    122 EncodedTwice "encoded_twice" "doppelt kodierter Text" "text encoded twice" = RemarkOn::Reading;
    123 ContactInNote "contact_in_note" "Kontaktdaten in Anmerkung oder Grund" "contact in a note or reason" = RemarkOn::Reading;
    124 PercentBelowOne "percent_below_one" "Anteil unter 1 Prozent: ist ein Anteil von 1 gemeint?" "percentage below 1: is a share of 1 meant?" = RemarkOn::Reading;
}

impl Remark {
    /// Returns what the remark is about.
    #[must_use]
    pub fn on(self) -> RemarkOn {
        super::Word::word_row(self).columns
    }
}
