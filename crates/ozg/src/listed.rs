//! The lists that are commands, and their arguments, which follow from the tables of the lists.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};
use ozg_http::{ListParameter, list_parameters};
use std::fmt::Debug;
use std::marker::PhantomData;

/// A list that is a command.
pub(crate) trait Listed: Debug + Clone + Send + Sync + 'static {
    /// Name of the list, as in its address.
    const NAME: &'static str;
}

/// Entries of the log.
#[derive(Debug, Clone)]
pub(crate) struct Entries;

impl Listed for Entries {
    const NAME: &'static str = "entries";
}

/// Authorities that lack a stage.
#[derive(Debug, Clone)]
pub(crate) struct Missing;

impl Listed for Missing {
    const NAME: &'static str = "missing";
}

/// Plans whose stage has not come.
#[derive(Debug, Clone)]
pub(crate) struct Due;

impl Listed for Due {
    const NAME: &'static str = "due";
}

/// Services of the catalogue.
#[derive(Debug, Clone)]
pub(crate) struct Services;

impl Listed for Services {
    const NAME: &'static str = "services";
}

/// Published figures that contradict each other.
#[derive(Debug, Clone)]
pub(crate) struct Conflicts;

impl Listed for Conflicts {
    const NAME: &'static str = "conflicts";
}

/// Published figures by age.
#[derive(Debug, Clone)]
pub(crate) struct Stale;

impl Listed for Stale {
    const NAME: &'static str = "stale";
}

/// Where anything was said.
#[derive(Debug, Clone)]
pub(crate) struct Coverage;

impl Listed for Coverage {
    const NAME: &'static str = "coverage";
}

/// What changed in meaning or in the past.
#[derive(Debug, Clone)]
pub(crate) struct Changes;

impl Listed for Changes {
    const NAME: &'static str = "changes";
}

/// The parameters of a list that were given.
#[derive(Debug, Clone)]
pub(crate) struct ListParameters<L: Listed>(pub(crate) Vec<(&'static str, String)>, PhantomData<L>);

impl<L: Listed> Args for ListParameters<L> {
    fn augment_args(command: Command) -> Command {
        let argument = |ListParameter { name, doc, is_required }| {
            let argument = Arg::new(name).long(name.replace('_', "-")).value_name(name.to_uppercase());
            argument.help(doc).required(is_required)
        };
        command.args(list_parameters(L::NAME).map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<L: Listed> FromArgMatches for ListParameters<L> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<ListParameters<L>, Error> {
        // The office of the environment is the one that writes, not the one whose entries are asked for.
        let is_given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
        let names = list_parameters(L::NAME).map(|parameter| parameter.name).filter(|name| is_given(name));
        let given = names.filter_map(|name| Some((name, matches.get_one::<String>(name)?.clone())));
        Ok(ListParameters(given.collect(), PhantomData))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = ListParameters::from_arg_matches(matches)?;
        Ok(())
    }
}
