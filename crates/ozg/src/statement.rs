//! Arguments that follow from tables: the fields of each type of event, and the parameters of series.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, Subcommand};
use ozg_core::event::{EventType, Need};
use ozg_core::query::PARAMETERS;

/// The argument of `milestone-ended` that ends everything at a place.
pub(crate) const ALL_SERVICES: &str = "all_services";
/// Fields that `--all-services` fills in.
const FOUND: [&str; 2] = ["service", "stage"];

/// One statement, as its fields were given.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// Name of the type of the event.
    pub(crate) name: &'static str,
    /// Names and values of the fields that were given.
    pub(crate) fields: Vec<(&'static str, String)>,
    /// Whether everything at the place is meant.
    pub(crate) all_services: bool,
}

impl Subcommand for Statement {
    fn augment_subcommands(command: Command) -> Command {
        let command = command.subcommand_required(true).arg_required_else_help(true);
        EventType::all().fold(command, |command, event_type| command.subcommand(of_type(event_type)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        EventType::all().any(|event_type| event_type.id() == name)
    }
}

impl FromArgMatches for Statement {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Statement, Error> {
        let (name, matches) =
            matches.subcommand().ok_or_else(|| Error::new(clap::error::ErrorKind::MissingSubcommand))?;
        let event_type = EventType::all().find(|event_type| event_type.id() == name);
        let event_type = event_type.ok_or_else(|| Error::new(clap::error::ErrorKind::InvalidSubcommand))?;
        let given = event_type
            .fields()
            .filter_map(|(field, _)| Some((field.name, matches.get_one::<String>(field.name)?.clone())));
        let all_services = matches.try_get_one::<bool>(ALL_SERVICES).ok().flatten().copied().unwrap_or(false);
        Ok(Statement { name: event_type.id(), fields: given.collect(), all_services })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Statement::from_arg_matches(matches)?;
        Ok(())
    }
}

fn of_type(event_type: EventType) -> Command {
    let may_find = event_type.id() == "milestone-ended";
    let arguments = event_type.fields().map(|(field, need)| {
        let argument = Arg::new(field.name)
            .long(field.name.replace('_', "-"))
            .value_name(field.name.to_uppercase())
            .help(format!("{}: {}", field.doc, field.kind.form()))
            .allow_hyphen_values(true);
        match need {
            Need::Required if may_find && FOUND.contains(&field.name) => {
                argument.required_unless_present(ALL_SERVICES).conflicts_with(ALL_SERVICES)
            }
            Need::Required => argument.required(true),
            Need::Optional => argument,
        }
    });
    let command = Command::new(event_type.id()).about(event_type.row().doc).args(arguments);
    if !may_find {
        return command;
    }
    let all = Arg::new(ALL_SERVICES).long("all-services").action(ArgAction::SetTrue);
    command.arg(all.help("Ends every stage of every service at the place, which went offline"))
}

/// The parameters of a series that were given.
#[derive(Debug, Clone)]
pub(crate) struct SeriesParameters(pub(crate) Vec<(&'static str, String)>);

impl Args for SeriesParameters {
    fn augment_args(command: Command) -> Command {
        let arguments = PARAMETERS.iter().map(|row| {
            Arg::new(row.name)
                .long(row.name.replace('_', "-"))
                .value_name(row.name.to_uppercase())
                .help(row.doc)
        });
        command.args(arguments)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SeriesParameters {
    fn from_arg_matches(matches: &ArgMatches) -> Result<SeriesParameters, Error> {
        let given = PARAMETERS
            .iter()
            .filter_map(|row| Some((row.name, matches.get_one::<String>(row.name)?.clone())));
        Ok(SeriesParameters(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = SeriesParameters::from_arg_matches(matches)?;
        Ok(())
    }
}
