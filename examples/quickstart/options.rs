//! The command line, read by hand: two options are no reason for a dependency.

/// What `--help` prints, and what follows a mistake.
pub(crate) const USAGE: &str = "\
Usage: quickstart [--port N] [--quiet]

  --port N   listen on 127.0.0.1:N; 0 takes any free port (default: 9464)
  --quiet    send no requests to itself, and leave the queue as it is: 3 tasks
  --help     print this";

/// What was asked for on the command line.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) quiet: bool,
    pub(crate) help: bool,
}

impl Options {
    /// Reads the arguments (without the program's own name), or says what is wrong with them.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { port: 9464, quiet: false, help: false };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--port" => options.port = port(arguments.next().as_deref())?,
                "--quiet" => options.quiet = true,
                "--help" | "-h" => options.help = true,
                other => match other.strip_prefix("--port=") {
                    Some(value) => options.port = port(Some(value))?,
                    None => return Err(format!("unknown argument `{other}`")),
                },
            }
        }
        Ok(options)
    }
}

fn port(value: Option<&str>) -> Result<u16, String> {
    let value = value.ok_or("`--port` needs a number, for example `--port 9464`")?;
    let expected = |_| format!("`--port {value}`: expected a number from 0 to 65535");
    value.parse().map_err(expected)
}
