//! The binary `ozg`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ozg::run(std::env::args_os())
}
