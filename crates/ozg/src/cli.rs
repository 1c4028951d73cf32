//! The arguments of all commands. Those of statements and series follow from tables of ozg-core (`statement.rs`).

use crate::listed::{
    Changes, Conflicts, Coverage, Due, Entries, ListParameters, Listed, Missing, Services, Stale,
};
use crate::statement::{SeriesParameters, Statement};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ozg_formats::series::FORMATS;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Tracks the progress of online services: an append-only log of dated milestones, and every series that follows from it
#[derive(Debug, Parser)]
#[command(name = "ozg", version, max_term_width = 110)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Arguments that all commands take.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where")]
pub(crate) struct Global {
    /// Data folder [default: ./data]; commands speak to the server that has it open, if there is one
    #[arg(long, global = true, value_name = "DIR", env = "OZG_DATA", hide_env_values = true)]
    pub(crate) data: Option<PathBuf>,
    /// Address of a server elsewhere
    #[arg(long, global = true, value_name = "URL", env = "OZG_SERVER", hide_env_values = true)]
    pub(crate) server: Option<String>,
    /// Token of an office, for writing to a server elsewhere
    #[arg(long, global = true, env = "OZG_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    /// Office that writes, where no token names it [default: the only office]
    #[arg(long, global = true, value_name = "ID", env = "OZG_OFFICE", hide_env_values = true)]
    pub(crate) office: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves pages, series, metrics and the log, and takes what offices record
    Serve(Serve),
    /// Records each file whole or not at all: events, CSV and XLSX sheets, registers, catalogues, availability, archives
    Import(Import),
    /// Writes an XLSX sheet to fill in, with drop-down lists and instructions
    Template(Template),
    /// Records one statement
    Record {
        #[command(subcommand)]
        statement: Statement,
    },
    /// Withdraws what still stands of one import or record, as one batch
    Withdraw(Withdraw),
    /// Shows a series as a table, a chart, or in any format
    Series(Series),
    /// Lists the entries of the log, newest first: who recorded what, and what became of it
    Entries(Listing<Entries>),
    /// Lists the authorities that execute a service and lack a stage of it, with plans and days overdue
    Missing(Listing<Missing>),
    /// Lists the plans whose stage has not come, overdue ones first
    Due(Listing<Due>),
    /// Lists the services of the catalogue with their keys; --search finds them by how words of their names begin
    Services(Listing<Services>),
    /// Lists the published figures that contradict each other
    Conflicts(Listing<Conflicts>),
    /// Lists the published figures that hold on a day, the oldest first
    Stale(Listing<Stale>),
    /// Lists of which measure anything was said in which Land, since when, when last, and where never
    Coverage(Listing<Coverage>),
    /// Lists what changed in meaning or in the past: corrections, withdrawals, definitions, editions
    Changes(Listing<Changes>),
    /// Writes the whole log, all samples, or everything in one archive to standard output
    Export(Export),
    /// Shows, verifies, dumps or loads the log
    Log {
        #[command(subcommand)]
        command: LogCommand,
    },
    /// Copies the log into a new file and verifies the copy; a server goes on meanwhile
    Backup { file: PathBuf },
    /// Puts a backup into a data folder that has no log, and verifies it
    Restore { file: PathBuf },
    /// Adds, lists and revokes offices and their tokens
    Office {
        #[command(subcommand)]
        command: OfficeCommand,
    },
    /// Fills an empty log with generated entries; the log stays marked as simulated for ever
    Simulate(Simulate),
    /// Writes a shell's completions to standard output
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Serves the published figures that ship with the command, or a simulated log [default folder: ./data-demo]
    #[arg(long, value_name = "KIND", value_enum, num_args = 0..=1, default_missing_value = "published")]
    pub(crate) demo: Option<Demo>,
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8017")]
    pub(crate) listen: SocketAddr,
    /// Name of the operator, as citations give it
    #[arg(long, value_name = "NAME", env = "OZG_OPERATOR", hide_env_values = true)]
    pub(crate) operator: Option<String>,
    /// Licence of the data
    #[arg(long, value_name = "ID", env = "OZG_LICENCE", hide_env_values = true)]
    pub(crate) licence: Option<String>,
    /// Address of the tracker, which permalinks begin with
    #[arg(long, value_name = "URL", env = "OZG_PUBLIC_URL", hide_env_values = true)]
    pub(crate) public_url: Option<String>,
    /// Whom to ask about the data, for open-data portals: an e-mail address or the address of a page
    #[arg(long, value_name = "ADDRESS", env = "OZG_CONTACT", hide_env_values = true)]
    pub(crate) contact: Option<String>,
    /// Id that GovData gave to who delivers the catalogue: http://dcat-ap.de/def/contributors/…
    #[arg(long, value_name = "URI", env = "OZG_CONTRIBUTOR", hide_env_values = true)]
    pub(crate) contributor: Option<String>,
    /// Form of the server's messages on standard error; RUST_LOG sets how many there are
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
    /// Files; all are checked before the first is recorded. - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long = "as", value_name = "KIND", help = kinds())]
    pub(crate) kind: Option<String>,
    /// Checks the files and records nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What to do with a statement that contradicts one that stands
    #[arg(long, value_name = "HOW", value_parser = ["reject", "replace", "skip"], default_value = "reject")]
    pub(crate) on_conflict: String,
    /// Day on which the content of the files holds, where they do not name it: of a catalogue, an export, a sheet with yes and no
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// Takes an edition that begins or ends more than 20 % of what stood before
    #[arg(long)]
    pub(crate) accept_jump: bool,
    /// Mapping of the sheet's columns and words, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// Mapping that the office keeps by this name; with --map it is kept so first
    #[arg(long, value_name = "NAME")]
    pub(crate) map_name: Option<String>,
    /// Writes a mapping for the sheet, as far as it is understood, and records nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["map_name", "dry_run"])]
    pub(crate) map_draft: Option<PathBuf>,
    /// Withdraws the entries that a downloaded sheet no longer has
    #[arg(long, requires = "reason")]
    pub(crate) withdraw_missing: bool,
    /// Why they are withdrawn
    #[arg(long, value_name = "TEXT", requires = "withdraw_missing")]
    pub(crate) reason: Option<String>,
    /// Sheet of a workbook that is read, by its name; may be given again, `all` reads all of data [default: the one that looks
    /// most like data]
    #[arg(long = "sheet", value_name = "NAME")]
    pub(crate) sheets: Vec<String>,
    /// Writes a sheet that has mistakes back as XLSX, with the mistakes beside their cells
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Replaces the file of --report if it exists
    #[arg(long, requires = "report")]
    pub(crate) force: bool,
    /// Shows all differences and remarks, not only the first ten
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

impl Import {
    /// Returns the sheets that are read as an address has them; none for the one that looks most like data.
    pub(crate) fn sheet(&self) -> Option<String> {
        (!self.sheets.is_empty()).then(|| self.sheets.join("/"))
    }
}

#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    /// Position or id of any entry of the batch, such as the last position that the import told
    #[arg(long, value_name = "ENTRY")]
    pub(crate) batch: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Checks and records nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Makes the help of `--as`: the ids of all kinds of input.
fn kinds() -> String {
    let ids: Vec<&str> = ozg_formats::input::INPUTS.iter().map(|input| input.id).collect();
    format!("Kind of the files [default: guessed from their content]: {}", ids.join(", "))
}

#[derive(Debug, Args)]
pub(crate) struct Template {
    /// Kind of the sheet's rows
    #[arg(value_parser = sheets())]
    pub(crate) kind: String,
    /// Writes XLSX, the only form
    #[arg(long)]
    pub(crate) xlsx: bool,
    /// Language of headings and words [default: that of the terminal]
    #[arg(long, value_parser = ["de", "en"])]
    pub(crate) lang: Option<String>,
    /// With what stands, to be changed and sent back
    #[arg(long)]
    pub(crate) filled: bool,
    /// Filled: only about this area or region
    #[arg(long, value_name = "AREA", requires = "filled")]
    pub(crate) area: Option<String>,
    /// Filled: only about this service
    #[arg(long, value_name = "SERVICE", requires = "filled")]
    pub(crate) service: Option<String>,
    /// File that is written; - is standard output [default: KIND.xlsx in this folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replaces the file if it exists
    #[arg(long)]
    pub(crate) force: bool,
}

/// Lists the kinds of sheets that have a template.
fn sheets() -> clap::builder::PossibleValuesParser {
    ozg_formats::sheets::SheetKind::all().map(ozg_formats::sheets::SheetKind::id).collect::<Vec<_>>().into()
}

#[derive(Debug, Args)]
pub(crate) struct Series {
    /// The measure, such as services_rolled_out
    pub(crate) measure: String,
    #[command(flatten)]
    pub(crate) parameters: SeriesParameters,
    /// Format of the answer [default: table, with a chart on a terminal]
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(series_forms()))]
    pub(crate) format: Option<String>,
    /// File that is written instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replaces the file of --out if it exists
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
}

/// Forms of a series that the command makes itself from the JSON answer.
pub(crate) const TABLE: &str = "table";
pub(crate) const CHART: &str = "chart";

/// The form of a list that is no text.
pub(crate) const XLSX: &str = "xlsx";

/// Lists the forms of a series: those for a terminal, and every format.
fn series_forms() -> impl Iterator<Item = &'static str> {
    [TABLE, CHART].into_iter().chain(FORMATS.iter().map(|format| format.id))
}

/// The arguments of a command that shows a list.
#[derive(Debug, Args)]
pub(crate) struct Listing<L: Listed> {
    #[command(flatten)]
    pub(crate) parameters: ListParameters<L>,
    /// Format of the answer [default: table]
    #[arg(long, value_name = "FORMAT", value_parser = [TABLE, "csv", "json", XLSX])]
    pub(crate) format: Option<String>,
    /// File that is written instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replaces the file of --out if it exists
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
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
    /// Data state: a day such as 2027-01-31 or a position such as p1042; for a data package a day [default: now]
    #[arg(long, value_name = "STATE")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportForm {
    /// The log, one entry a line
    Ndjson,
    /// Every series of the query API, one sample a day; promtool fills a Prometheus with it
    Openmetrics,
    /// Everything in one ZIP: entries, lists, series and their description (Frictionless Data Package)
    Datapackage,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Shows where the log ends: position, instant and hash of its chain
    Head,
    /// Verifies every entry and the chain of the log
    Verify,
    /// Lets a running server record again whose clock went further than time passed: the clock is right
    AcceptClock,
    /// Writes the log to standard output in the form that `log load` reads back
    Dump,
    /// Loads a dump or the archive of a day; a log that has its beginning is continued
    Load { file: PathBuf },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OfficeCommand {
    /// Gives an office a token, which is shown this once
    Add {
        /// Id of the office: lower-case letters, digits, - and _
        id: String,
        /// Länder, Kreise, authorities and regions that it may write about, separated by commas [default: all]
        #[arg(long, value_delimiter = ',', value_name = "AREAS")]
        areas: Vec<String>,
        /// Topics that the office may write about, separated by commas [default: all]
        #[arg(long, value_delimiter = ',', value_name = "TOPICS")]
        topics: Vec<String>,
        /// Lets it correct, end and withdraw what others said: in these areas, or in all that it may write about
        #[arg(long, value_delimiter = ',', value_name = "AREAS", num_args = 0..=1)]
        coordinates: Option<Vec<String>>,
        /// Last day of the token, or the instant at which it ends [default: it does not end]
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
    },
    /// Lists offices with areas, topics and the state of each token
    List,
    /// Revokes all tokens of an office
    Revoke { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// Number of entries, with those of the catalogue and the registry
    #[arg(long, value_name = "N")]
    pub(crate) entries: usize,
    /// Seed; the same seed gives the same statements
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of entries in a batch
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) batch: usize,
}
