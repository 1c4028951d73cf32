//! The commands, a file each.

mod backup;
mod demo;
mod difference;
mod export;
mod import;
mod listing;
mod log;
mod mapping;
pub(crate) mod office;
mod record;
pub(crate) mod remarks;
mod rows;
mod series;
mod serve;
pub(crate) mod simulate;
mod template;
mod withdraw;

use crate::cli::{Cli, Command, Global};
use crate::connection::{Connection, Purpose};
use crate::failure::Failure;
use clap::CommandFactory;
use std::io::Write;

/// Runs a command.
pub(crate) async fn run(cli: Cli) -> Result<(), Failure> {
    let global = cli.global;
    match cli.command {
        Command::Serve(serve) => serve::run(&global, serve).await,
        Command::Simulate(arguments) => simulate::run(&global, &arguments).await,
        Command::Restore { file } => backup::restore(&global, &file).await,
        Command::Log { command: crate::cli::LogCommand::Load { file } } => log::load(&global, &file).await,
        Command::Template(arguments) if !arguments.filled => template::run(&arguments),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "ozg", &mut script);
            Ok(std::io::stdout().lock().write_all(&script)?)
        }
        command => over(&global, command).await,
    }
}

/// Runs a command that is made of requests.
async fn over(global: &Global, command: Command) -> Result<(), Failure> {
    let connection = Connection::open(global, purpose(&command)).await?;
    let done = match command {
        Command::Import(arguments) => import::run(&connection, &arguments).await,
        Command::Record { statement } => record::run(&connection, statement).await,
        Command::Template(arguments) => template::filled(&connection, &arguments).await,
        Command::Withdraw(arguments) => withdraw::run(&connection, &arguments).await,
        Command::Series(arguments) => series::run(&connection, &arguments).await,
        Command::Entries(arguments) => listing::run(&connection, &arguments).await,
        Command::Missing(arguments) => listing::run(&connection, &arguments).await,
        Command::Due(arguments) => listing::run(&connection, &arguments).await,
        Command::Services(arguments) => listing::run(&connection, &arguments).await,
        Command::Conflicts(arguments) => listing::run(&connection, &arguments).await,
        Command::Stale(arguments) => listing::run(&connection, &arguments).await,
        Command::Coverage(arguments) => listing::run(&connection, &arguments).await,
        Command::Changes(arguments) => listing::run(&connection, &arguments).await,
        Command::Export(arguments) => export::run(&connection, &arguments).await,
        Command::Log { command } => log::run(&connection, &command).await,
        Command::Backup { file } => backup::run(&connection, &file).await,
        Command::Office { command } => office::run(&connection, command).await,
        Command::Serve(_) | Command::Simulate(_) | Command::Restore { .. } | Command::Completions { .. } => {
            Ok(())
        }
    };
    connection.close().await;
    done
}

fn purpose(command: &Command) -> Purpose {
    match command {
        Command::Office { command: crate::cli::OfficeCommand::List } => Purpose::Ask,
        Command::Import(_) | Command::Record { .. } | Command::Withdraw(_) | Command::Office { .. } => {
            Purpose::Write
        }
        _ => Purpose::Ask,
    }
}
