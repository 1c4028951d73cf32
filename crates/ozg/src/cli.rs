//! The arguments of all commands. What statements and series take follows from the tables of ozg-core.

use crate::statement::{SeriesParameters, Statement};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ozg_formats::series::FORMATS;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Who is how far with online services: an append-only log of dated milestones, and every series that follows from it.
#[derive(Debug, Parser)]
#[command(name = "ozg", version, max_term_width = 110)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What all commands take.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where")]
pub(crate) struct Global {
    /// Data folder [default: ./data]; where a server has it in use, commands speak to that server
    #[arg(long, global = true, value_name = "DIR", env = "OZG_DATA", hide_env_values = true)]
    pub(crate) data: Option<PathBuf>,
    /// Address of a server elsewhere
    #[arg(long, global = true, value_name = "URL", env = "OZG_SERVER", hide_env_values = true)]
    pub(crate) server: Option<String>,
    /// Token of an office, for writing to a server elsewhere
    #[arg(long, global = true, env = "OZG_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    /// Office that writes, where no token says it [default: the only one that there is]
    #[arg(long, global = true, value_name = "ID", env = "OZG_OFFICE", hide_env_values = true)]
    pub(crate) office: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves pages, series, metrics and the log, and takes what offices record
    Serve(Serve),
    /// Records files whole or not at all: events, sheets as CSV and XLSX, registers, catalogues, availability, archives
    Import(Import),
    /// Writes an XLSX sheet to fill in, with drop-down lists and instructions
    Template(Template),
    /// Records one statement
    Record {
        #[command(subcommand)]
        statement: Statement,
    },
    /// Answers with a series
    Series(Series),
    /// Writes the whole log, all samples, or everything in one archive to standard output
    Export(Export),
    /// Looks after the log
    Log {
        #[command(subcommand)]
        command: LogCommand,
    },
    /// Copies the log into a new file while everything goes on, verifying it
    Backup { file: PathBuf },
    /// Puts a backup into a data folder that has no log, verifying it
    Restore { file: PathBuf },
    /// Looks after offices and their tokens
    Office {
        #[command(subcommand)]
        command: OfficeCommand,
    },
    /// Fills a log with generated entries; it is marked as simulated for ever
    Simulate(Simulate),
    /// Writes completions for a shell to standard output
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Serves published figures that ship with it, or a simulated log [default folder: ./data-demo]
    #[arg(long, value_name = "KIND", value_enum, num_args = 0..=1, default_missing_value = "published")]
    pub(crate) demo: Option<Demo>,
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8017")]
    pub(crate) listen: SocketAddr,
    /// Who runs the tracker, as citations name it
    #[arg(long, value_name = "NAME", env = "OZG_OPERATOR", hide_env_values = true)]
    pub(crate) operator: Option<String>,
    /// Licence of the data
    #[arg(long, value_name = "ID", env = "OZG_LICENCE", hide_env_values = true)]
    pub(crate) licence: Option<String>,
    /// What stands before the path in permalinks
    #[arg(long, value_name = "URL", env = "OZG_PUBLIC_URL", hide_env_values = true)]
    pub(crate) public_url: Option<String>,
    /// Form of the server's own record on standard error; RUST_LOG says how much of it
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) log: LogForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Demo {
    /// Published figures of 2018 to 2026, with sources
    Published,
    /// 200,000 generated entries
    Simulated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files; `-` is standard input. Each is one request
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long = "as", value_name = "KIND", help = kinds())]
    pub(crate) kind: Option<String>,
    /// Checks everything and records nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What to do where a statement is at odds with one that stands
    #[arg(long, value_name = "HOW", value_parser = ["reject", "replace", "skip"], default_value = "reject")]
    pub(crate) on_conflict: String,
    /// The day for which a catalogue or an export holds that does not say so itself
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// Takes an edition although it begins or ends more than 20 % of what stood
    #[arg(long)]
    pub(crate) accept_jump: bool,
    /// Where there are mistakes in a sheet: writes it back as XLSX with the mistakes beside their cells
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Tells all differences and remarks, not only the first of them
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// Lists the kinds of input that can be named.
fn kinds() -> String {
    let ids: Vec<&str> = ozg_formats::input::INPUTS.iter().map(|input| input.id).collect();
    format!("What the files are, where it shall not be guessed from what stands in them: {}", ids.join(", "))
}

#[derive(Debug, Args)]
pub(crate) struct Template {
    /// What the rows of the sheet are
    #[arg(value_parser = sheets())]
    pub(crate) kind: String,
    /// As XLSX, the only form that there is
    #[arg(long)]
    pub(crate) xlsx: bool,
    /// Language of headings and words [default: that of the terminal]
    #[arg(long, value_parser = ["de", "en"])]
    pub(crate) lang: Option<String>,
    /// Where to write it [default: KIND.xlsx in this folder; - is standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Lists the sheets of which there are templates.
fn sheets() -> clap::builder::PossibleValuesParser {
    ozg_formats::sheets::SheetKind::all().map(ozg_formats::sheets::SheetKind::id).collect::<Vec<_>>().into()
}

#[derive(Debug, Args)]
pub(crate) struct Series {
    /// The measure, such as services_rolled_out
    pub(crate) measure: String,
    #[command(flatten)]
    pub(crate) parameters: SeriesParameters,
    /// Form of the answer [default: table, with a chart on a terminal]
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(series_forms()))]
    pub(crate) format: Option<String>,
    /// File that is written instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Forms of a series that are made here, not by the server.
pub(crate) const TABLE: &str = "table";
pub(crate) const CHART: &str = "chart";

/// Lists the forms of a series: those for a terminal, and every format.
fn series_forms() -> impl Iterator<Item = &'static str> {
    [TABLE, CHART].into_iter().chain(FORMATS.iter().map(|format| format.id))
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[arg(value_enum)]
    pub(crate) form: ExportForm,
    /// Samples of these series only, such as ozg_reuses{area="BB"}; may be given again
    #[arg(long = "match", value_name = "SELECTOR")]
    pub(crate) selectors: Vec<String>,
    /// First day of samples; a partial date means its first [default: the first value]
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Last day of samples; a partial date means its last [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// Samples as they were known: a day such as 2027-01-31 or a position such as p1042; of a data package a day [default: now]
    #[arg(long, value_name = "STATE")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportForm {
    /// The log, one entry a line
    Ndjson,
    /// Every series of the query API, one sample a day, to fill a Prometheus with
    Openmetrics,
    /// Everything in one ZIP: entries, lists, series and their description (Frictionless Data Package)
    Datapackage,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Tells where the log ends
    Head,
    /// Verifies the chain of the log and every entry
    Verify,
    /// Writes the log to standard output, with all that is needed to load it again just as it was
    Dump,
    /// Loads a dump, or the archive of a day, into an empty log, or goes on where the log ends
    Load { file: PathBuf },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OfficeCommand {
    /// Gives an office a token, printed this once
    Add {
        /// Id: lower-case letters, digits, - and _
        id: String,
        /// Areas that it may write about, separated by commas; none means all
        #[arg(long, value_delimiter = ',', value_name = "AREAS")]
        areas: Vec<String>,
        /// Topics that it may write about, separated by commas; none means all
        #[arg(long, value_delimiter = ',', value_name = "TOPICS")]
        topics: Vec<String>,
        /// The last day of the token, or the instant from which it is no longer valid
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
    },
    /// Lists offices and their tokens, without the tokens
    List,
    /// Revokes all tokens of an office
    Revoke { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// Entries, catalogue and registry included
    #[arg(long, value_name = "N")]
    pub(crate) entries: usize,
    /// The same seed gives the same statements
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Entries of a batch
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) batch: usize,
}
