//! The command `ozg`, as a library for its binary, its tests and its benches.
//!
//! Every command but `serve`, `simulate`, `restore`, `log load`, `template` and `completions` is an HTTP request: to the
//! server of `--server`, to the server that has the log open, or to the same router in this process. The command decides
//! nothing that a server decides.

mod answer;
mod cli;
mod commands;
mod connection;
mod failure;
mod german;
mod language;
mod listed;
pub mod simulate;
mod statement;
mod written;

use clap::{CommandFactory, FromArgMatches};
use cli::Cli;
use failure::Failure;
use ozg_core::words::Language;
use std::ffi::OsString;
use std::process::ExitCode;

/// States are shared and freed across threads, where the allocator of the C library spends a third of an import.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the command that the arguments name and returns its exit code: 0 done, 1 failed, 2 arguments that name no command.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match language::of_terminal() {
        Language::German => german::in_german(Cli::command()),
        Language::English => Cli::command(),
    };
    let matches = command.try_get_matches_from(arguments);
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output, mistakes to standard error.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    report_panics();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Failure::said(error)),
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure),
    }
}

/// Leaves out the report of a panic that becomes an error.
fn report_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !ozg_log::is_guarded() {
            report(panic);
        }
    }));
}

fn fail(failure: &Failure) -> ExitCode {
    if failure.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    eprint!("{failure}");
    ExitCode::FAILURE
}
