//! The help of the commands with which offices record, in German, and what each other command is for. What clap itself says stays English.

use crate::statement::ALL_SERVICES;
use clap::Command;
use ozg_core::event::EventType;
use ozg_core::words::Language;
use ozg_formats::sheets::explain;

/// Says what a command is for: its name and its help.
const ABOUT: [(&str, &str); 21] = [
    (
        "serve",
        "Stellt Seiten, Zeitreihen, Metriken und das Protokoll bereit und nimmt an, was Stellen melden",
    ),
    (
        "import",
        "Zeichnet jede Datei ganz oder gar nicht auf: Tabellen (CSV, XLSX, ODS), Ereignisse, Verzeichnisse, Kataloge, Archive",
    ),
    ("template", "Schreibt eine XLSX-Tabelle zum Ausfüllen, mit Auswahllisten und Anleitung"),
    ("record", "Zeichnet eine Angabe auf"),
    (
        "missing",
        "Listet die Behörden, die eine Leistung ausführen und denen eine Stufe fehlt, mit Plan und Tagen überfällig",
    ),
    ("due", "Listet die Pläne, deren Stufe noch nicht gekommen ist, überfällige zuerst"),
    ("conflicts", "Listet die veröffentlichten Zahlen, die einander widersprechen"),
    ("stale", "Listet die veröffentlichten Zahlen, die an einem Tag gelten, die ältesten zuerst"),
    (
        "coverage",
        "Listet, zu welcher Kennzahl es in welchem Land Angaben gibt, seit wann, zuletzt wann, und wo noch nie",
    ),
    (
        "changes",
        "Listet, was sich an Bedeutung oder Vergangenheit geändert hat: Korrekturen, Rücknahmen, Definitionen, Stände",
    ),
    (
        "entries",
        "Listet die Einträge des Protokolls, neueste zuerst: wer was gemeldet hat und was daraus wurde",
    ),
    (
        "services",
        "Listet die Leistungen des Katalogs mit ihren Schlüsseln; --search sucht sie nach Anfängen von Wörtern ihrer Namen",
    ),
    ("withdraw", "Zieht als einen Stapel zurück, was von einer Sendung noch steht"),
    ("series", "Zeigt eine Zeitreihe als Tabelle, als Diagramm oder in jedem Format"),
    ("export", "Schreibt das ganze Protokoll, alle Werte oder alles in einem Archiv auf die Standardausgabe"),
    ("log", "Zeigt, prüft, schreibt oder lädt das Protokoll"),
    ("backup", "Kopiert das Protokoll in eine neue Datei und prüft die Kopie; ein Server läuft dabei weiter"),
    ("restore", "Legt eine Sicherung in einen Ordner ohne Protokoll und prüft sie"),
    ("office", "Legt Stellen und ihre Token an, nennt und widerruft sie"),
    (
        "simulate",
        "Füllt ein leeres Protokoll mit erfundenen Einträgen; es bleibt für immer als simuliert markiert",
    ),
    ("completions", "Schreibt die Vervollständigungen einer Shell auf die Standardausgabe"),
];

/// Says what an argument is for: the command, the argument and its help.
const ARGUMENTS: [(&str, &str, &str); 100] = [
    (
        "import",
        "files",
        "Dateien; alle werden geprüft, bevor die erste aufgezeichnet wird. - ist die Standardeingabe",
    ),
    ("import", "kind", "Art der Dateien, wenn sie nicht am Inhalt erkannt werden soll"),
    ("import", "dry_run", "Prüft die Dateien und zeichnet nichts auf"),
    ("import", "on_conflict", "Was mit einer Angabe geschieht, die einer geltenden widerspricht"),
    (
        "import",
        "on",
        "Tag, an dem der Inhalt der Dateien gilt, wenn sie ihn nicht nennen: bei Katalog, Export, Tabelle mit ja und nein",
    ),
    ("import", "accept_jump", "Nimmt einen Stand an, der mehr als 20 % des Vorhandenen beginnt oder beendet"),
    ("import", "map", "Zuordnung der Spalten und Wörter der Tabelle, als JSON"),
    (
        "import",
        "map_name",
        "Zuordnung, die die Stelle unter diesem Namen hat; mit --map wird sie erst so abgelegt",
    ),
    (
        "import",
        "map_draft",
        "Schreibt eine Zuordnung für die Tabelle, soweit sie verstanden wird, und zeichnet nichts auf",
    ),
    (
        "import",
        "withdraw_missing",
        "Zieht die Einträge zurück, die eine heruntergeladene Tabelle nicht mehr hat",
    ),
    ("import", "reason", "Warum sie zurückgezogen werden"),
    (
        "import",
        "sheets",
        "Tabellenblatt einer Arbeitsmappe, das gelesen wird, mit seinem Namen; mehrmals für mehrere, „all“ für alle mit Daten; sonst das, das am meisten nach Daten aussieht",
    ),
    ("import", "report", "Schreibt eine Tabelle mit Fehlern als XLSX zurück, die Fehler neben den Zellen"),
    ("import", "force", "Ersetzt die Datei von --report, wenn es sie gibt"),
    ("import", "verbose", "Zeigt alle Unterschiede und Bemerkungen, nicht nur die ersten zehn"),
    ("template", "kind", "Art der Zeilen"),
    ("template", "xlsx", "Schreibt XLSX, die einzige Form"),
    ("template", "lang", "Sprache der Überschriften und Wörter, sonst die des Terminals"),
    ("template", "filled", "Mit dem, was steht, zum Ändern und Zurücksenden"),
    ("template", "area", "Ausgefüllt: nur über dieses Gebiet oder diese Region"),
    ("template", "service", "Ausgefüllt: nur über diese Leistung"),
    ("template", "out", "Datei, die geschrieben wird; - ist die Standardausgabe"),
    ("template", "force", "Ersetzt die Datei, wenn es sie gibt"),
    (
        "withdraw",
        "batch",
        "Position oder Kennung eines Eintrags des Stapels, etwa die letzte Position, die der Import nannte",
    ),
    ("withdraw", "reason", "Warum"),
    ("withdraw", "dry_run", "Prüft und zeichnet nichts auf"),
    ("missing", "service", "Die Leistung"),
    (
        "missing",
        "area",
        "Nur Behörden in diesem Gebiet oder dieser Region, oder nur diese Behörde; sonst ganz Deutschland",
    ),
    ("missing", "stage", "Die Stufe, die fehlt; sonst „im Einsatz“"),
    ("missing", "on", "Der Tag; sonst heute"),
    ("missing", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("missing", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("missing", "lang", "de oder en: Wörter und Überschriften in dieser Sprache; sonst die des Terminals"),
    (
        "due",
        "area",
        "Nur Pläne für dieses Gebiet, diese Region und die Behörden darin, oder für diese Behörde",
    ),
    ("due", "topic", "Nur Pläne für Leistungen dieses Themenfelds"),
    ("due", "service", "Nur Pläne für diese Leistung"),
    ("due", "stage", "Nur Pläne für diese Stufe"),
    ("due", "unit", "Nur Leistungen dieser Zähleinheit"),
    ("due", "office", "Nur Pläne dieser Stelle"),
    ("due", "until", "Nur was bis zu diesem Tag fällig ist; ein Monat oder Jahr meint den letzten Tag"),
    ("due", "on", "Der Tag; sonst heute"),
    ("due", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("due", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("due", "lang", "de oder en: Wörter und Überschriften in dieser Sprache; sonst die des Terminals"),
    ("services", "on", "Der Tag; sonst heute"),
    ("services", "topic", "Nur Leistungen dieses Themenfelds"),
    ("services", "unit", "Nur Leistungen dieser Zähleinheit"),
    (
        "services",
        "search",
        "Nur was so heißt: Anfänge von Wörtern in beliebiger Folge, mit Umlauten oder ae, oe, ue, auch mit einem Tippfehler",
    ),
    ("services", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("services", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("conflicts", "measure", "Nur diese Kennzahl"),
    (
        "conflicts",
        "area",
        "Nur Zahlen über dieses Gebiet, diese Region und die Behörden darin, oder über diese Behörde",
    ),
    ("conflicts", "topic", "Nur Zahlen über Leistungen dieses Themenfelds oder über das Themenfeld selbst"),
    ("conflicts", "service", "Nur Zahlen über diese Leistung"),
    ("conflicts", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("conflicts", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("conflicts", "lang", "de oder en: Wörter und Überschriften in dieser Sprache; sonst die des Terminals"),
    ("stale", "measure", "Nur diese Kennzahl"),
    (
        "stale",
        "area",
        "Nur Zahlen über dieses Gebiet, diese Region und die Behörden darin, oder über diese Behörde",
    ),
    ("stale", "topic", "Nur Zahlen über Leistungen dieses Themenfelds oder über das Themenfeld selbst"),
    ("stale", "service", "Nur Zahlen über diese Leistung"),
    ("stale", "min_age", "Nur Zahlen, die mindestens so viele Tage alt sind"),
    ("stale", "order", "oldest oder newest: die ältesten oder die neuesten zuerst; sonst die ältesten"),
    ("stale", "on", "Der Tag; sonst heute"),
    ("stale", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("stale", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("stale", "lang", "de oder en: Wörter und Überschriften in dieser Sprache; sonst die des Terminals"),
    ("coverage", "measure", "Nur diese Kennzahl"),
    ("coverage", "area", "Nur dieses Land, oder Deutschland (DE)"),
    ("coverage", "basis", "Nur was gezählt (counted) oder was veröffentlicht wurde (reported)"),
    ("coverage", "on", "Der Tag; sonst heute"),
    ("coverage", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("coverage", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("coverage", "lang", "de oder en: Wörter und Überschriften in dieser Sprache; sonst die des Terminals"),
    ("changes", "change", "Nur Änderungen dieser Art"),
    (
        "changes",
        "recorded_from",
        "Nur was an diesem Tag (Berlin) oder später aufgezeichnet wurde, oder ab diesem Zeitpunkt (RFC 3339)",
    ),
    (
        "changes",
        "recorded_to",
        "Nur was bis zum Ende dieses Tages (Berlin) oder bis zu diesem Zeitpunkt aufgezeichnet wurde",
    ),
    (
        "changes",
        "area",
        "Nur Änderungen über dieses Gebiet, diese Region und die Behörden darin, oder über diese Behörde",
    ),
    ("changes", "topic", "Nur Änderungen über Leistungen dieses Themenfelds oder über das Themenfeld selbst"),
    ("changes", "service", "Nur Änderungen über diese Leistung"),
    ("changes", "office", "Nur Änderungen dieser Stelle"),
    ("changes", "before", "Nur Änderungen vor dieser Position, wie die nächste Seite sie hat"),
    ("changes", "limit", "Höchstens so viele Änderungen; die Tabelle zeigt sonst 100"),
    ("changes", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("changes", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("changes", "lang", "de oder en: Wörter und Überschriften in dieser Sprache; sonst die des Terminals"),
    ("entries", "office", "Nur Einträge dieser Stelle"),
    (
        "entries",
        "recorded_from",
        "Nur was an diesem Tag (Berlin) oder später aufgezeichnet wurde, oder ab diesem Zeitpunkt (RFC 3339)",
    ),
    (
        "entries",
        "recorded_to",
        "Nur was bis zum Ende dieses Tages (Berlin) oder bis zu diesem Zeitpunkt aufgezeichnet wurde",
    ),
    (
        "entries",
        "from",
        "Nur Einträge über diesen Tag oder einen späteren; ein Monat oder Jahr meint den ersten Tag",
    ),
    (
        "entries",
        "to",
        "Nur Einträge über diesen Tag oder einen früheren; ein Monat oder Jahr meint den letzten Tag",
    ),
    (
        "entries",
        "area",
        "Nur Einträge über dieses Gebiet, diese Region und die Behörden darin, oder über diese Behörde",
    ),
    ("entries", "topic", "Nur Einträge über Leistungen dieses Themenfelds oder über das Themenfeld selbst"),
    ("entries", "service", "Nur Einträge über diese Leistung"),
    ("entries", "type", "Nur Einträge dieser Art"),
    ("entries", "before", "Nur Einträge vor dieser Position, wie die nächste Seite sie hat"),
    ("entries", "limit", "Höchstens so viele Einträge; eine Tabelle hat sonst 100, jedes andere Format alle"),
    ("entries", "position", "Datenstand: die letzte Sendung, die an dieser Position oder davor endet"),
    ("entries", "as_of", "Datenstand: das Ende eines Tages in Berlin oder ein Zeitpunkt (RFC 3339)"),
    ("entries", "lang", "de oder en: Wörter und Überschriften in dieser Sprache; sonst die des Terminals"),
];

/// The arguments that all commands take, with their help.
const GLOBAL: [(&str, &str); 4] = [
    (
        "data",
        "Datenordner, sonst ./data; Befehle sprechen mit dem Server, der ihn geöffnet hat, wenn es einen gibt",
    ),
    ("server", "Adresse eines Servers anderswo"),
    ("token", "Token einer Stelle, zum Schreiben auf einem Server anderswo"),
    ("office", "Stelle, die schreibt, wo kein Token sie nennt; sonst die einzige"),
];
/// What stands above them.
const WHERE: &str = "Wo";

/// The arguments that each command that shows a list has.
const OF_LISTS: [(&str, &str); 3] = [
    ("format", "Format der Antwort, sonst eine Tabelle"),
    ("out", "Datei, die statt der Standardausgabe geschrieben wird"),
    ("force", "Ersetzt die Datei von --out, wenn es sie gibt"),
];

/// The commands that show a list.
const LISTS: [&str; 8] =
    ["entries", "missing", "due", "services", "conflicts", "stale", "coverage", "changes"];

/// The help of `--all-services`.
const ENDS_ALL: &str = "Beendet jede Stufe jeder Leistung an diesem Ort, z. B. nach einem Ausfall";

/// Gives the commands of offices their German help.
pub(crate) fn in_german(command: Command) -> Command {
    let command = ABOUT.iter().fold(command, |command, (name, about)| {
        command.mut_subcommand(name, |command| command.about(*about))
    });
    let command = ARGUMENTS.iter().fold(command, |command, (name, argument, help)| {
        command.mut_subcommand(name, |command| command.mut_arg(argument, |argument| argument.help(*help)))
    });
    let command = GLOBAL.iter().fold(command, |command, (argument, help)| {
        command.mut_arg(argument, |argument| argument.help(*help).help_heading(WHERE))
    });
    let command = LISTS.iter().fold(command, |command, list| {
        command.mut_subcommand(list, |command| {
            OF_LISTS.iter().fold(command, |command, (argument, help)| {
                command.mut_arg(argument, |argument| argument.help(*help))
            })
        })
    });
    command.mut_subcommand("record", |record| EventType::all().fold(record, of_type))
}

/// Gives the command of a type its name and the help of its fields.
fn of_type(record: Command, event_type: EventType) -> Command {
    record.mut_subcommand(event_type.id(), |command| {
        let fields = event_type.fields().map(|(field, _)| field);
        let command = fields.fold(command.about(event_type.name().de), |command, field| {
            let help = explain(field, event_type, Language::German);
            command.mut_arg(field.name, |argument| argument.help(help))
        });
        if command.get_arguments().any(|argument| argument.get_id() == ALL_SERVICES) {
            return command.mut_arg(ALL_SERVICES, |argument| argument.help(ENDS_ALL));
        }
        command
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    /// The commands with which offices record; all of their help is in German.
    const WHOLLY: [&str; 4] = ["import", "record", "template", "withdraw"];

    #[test]
    fn every_help_of_an_office_has_a_german_text() {
        let (english, german) = (Cli::command(), in_german(Cli::command()));
        let mut same = Vec::new();
        for name in WHOLLY {
            let [english, german] =
                [&english, &german].map(|command| command.find_subcommand(name).expect("a command"));
            compare(name, english, german, &mut same);
        }
        arguments("ozg", &english, &german, &mut same);
        assert!(same.is_empty(), "without a German text: {same:?}");
        for (english, german) in english.get_subcommands().zip(german.get_subcommands()) {
            assert_ne!(about(english), about(german), "{}", english.get_name());
        }
    }

    /// Notes what is the same in both, of a command and of those below it.
    fn compare(path: &str, english: &Command, german: &Command, same: &mut Vec<String>) {
        if about(english) == about(german) {
            same.push(path.to_owned());
        }
        arguments(path, english, german, same);
        for below in english.get_subcommands() {
            let german = german.find_subcommand(below.get_name()).expect("the same command");
            compare(&format!("{path} {}", below.get_name()), below, german, same);
        }
    }

    fn arguments(path: &str, english: &Command, german: &Command, same: &mut Vec<String>) {
        let help = |argument: &clap::Arg| argument.get_help().map(ToString::to_string);
        for argument in english.get_arguments() {
            let other = german.get_arguments().find(|other| other.get_id() == argument.get_id());
            let heading = argument.get_help_heading();
            let is_same_heading = heading.is_some() && other.and_then(clap::Arg::get_help_heading) == heading;
            if help(argument) == other.and_then(help) || is_same_heading {
                same.push(format!("{path} --{}", argument.get_id()));
            }
        }
    }

    fn about(command: &Command) -> Option<String> {
        command.get_about().map(ToString::to_string)
    }

    #[test]
    fn fields_are_explained_in_german() {
        let german = in_german(Cli::command());
        let record = german.find_subcommand("record").expect("the command");
        for field in EventType::all().flat_map(|event_type| {
            let command = record.find_subcommand(event_type.id()).expect("a command");
            command.get_arguments().map(|field| field.get_help().map(ToString::to_string).unwrap_or_default())
        }) {
            assert!(!field.contains("the ") && !field.contains("whether "), "{field}");
        }
    }
}
