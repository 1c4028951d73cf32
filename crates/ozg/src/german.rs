//! The help of the commands with which offices record, in German. What clap itself says stays English.

use crate::statement::ALL_SERVICES;
use clap::Command;
use ozg_core::event::EventType;
use ozg_core::words::Language;
use ozg_formats::sheets::explain;

/// Says what a command is for: its name and its help.
const ABOUT: [(&str, &str); 3] = [
    (
        "import",
        "Zeichnet jede Datei ganz oder gar nicht auf: Tabellen (CSV, XLSX, ODS), Ereignisse, Verzeichnisse, Kataloge, Archive",
    ),
    ("template", "Schreibt eine XLSX-Tabelle zum Ausfüllen, mit Auswahllisten und Anleitung"),
    ("record", "Zeichnet eine Angabe auf"),
];

/// Says what an argument is for: the command, the argument and its help.
const ARGUMENTS: [(&str, &str, &str); 12] = [
    ("import", "files", "Dateien, jede eine eigene Sendung; - ist die Standardeingabe"),
    ("import", "kind", "Art der Dateien, wenn sie nicht am Inhalt erkannt werden soll"),
    ("import", "dry_run", "Prüft die Dateien und zeichnet nichts auf"),
    ("import", "on_conflict", "Was mit einer Angabe geschieht, die einer geltenden widerspricht"),
    ("import", "on", "Tag, den ein Katalog oder Export beschreibt, wenn die Datei ihn nicht nennt"),
    ("import", "accept_jump", "Nimmt einen Stand an, der mehr als 20 % des Vorhandenen beginnt oder beendet"),
    ("import", "report", "Schreibt eine Tabelle mit Fehlern als XLSX zurück, die Fehler neben den Zellen"),
    ("import", "verbose", "Zeigt alle Unterschiede und Bemerkungen, nicht nur die ersten zehn"),
    ("template", "kind", "Art der Zeilen"),
    ("template", "xlsx", "Schreibt XLSX, die einzige Form"),
    ("template", "lang", "Sprache der Überschriften und Wörter, sonst die des Terminals"),
    ("template", "out", "Datei, die geschrieben wird; - ist die Standardausgabe"),
];

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

    #[test]
    fn every_text_belongs_to_a_command_and_differs_from_the_english_one() {
        let (english, german) = (Cli::command(), in_german(Cli::command()));
        let help = |command: &Command, name: &str, argument: &str| {
            let command = command.find_subcommand(name)?;
            let argument = command.get_arguments().find(|known| known.get_id() == argument)?;
            argument.get_help().map(ToString::to_string)
        };
        for (name, argument, text) in ARGUMENTS {
            assert_eq!(help(&german, name, argument).as_deref(), Some(text), "{name} {argument}");
            assert_ne!(help(&english, name, argument).as_deref(), Some(text), "{name} {argument}");
        }
        let record = german.find_subcommand("record").expect("the command");
        for field in EventType::all().flat_map(|event_type| {
            let command = record.find_subcommand(event_type.id()).expect("a command");
            command.get_arguments().map(|field| field.get_help().map(ToString::to_string).unwrap_or_default())
        }) {
            assert!(!field.contains("the ") && !field.contains("whether "), "{field}");
        }
    }
}
