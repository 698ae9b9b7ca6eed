//! Programs from outside: found, started, fed, and ended.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Finds a program in `PATH`.
///
/// # Panics
///
/// When it is not there: with the Debian package that has it.
pub fn find(program: &str, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .unwrap_or_else(|| {
            panic!(
                "`{program}` is missing: Debian's package `{package}` has it \
                 (`apt-get install --no-install-recommends {package}`), and `tests/run` installs it"
            )
        })
}

/// Runs a program to its end with `input` as its standard input.
///
/// # Panics
///
/// When it can't be started, or its output can't be read.
pub fn feed(command: &mut Command, input: &[u8]) -> Output {
    let name = command.get_program().to_os_string();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("`{}` does not start: {error}", name.display()));
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_vec();
    // On a thread of its own: a program may print before it has read everything. One that ends early closes
    // the pipe, and its exit code says more than the failed write.
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output();
    let _ = writer.join();
    output.unwrap_or_else(|error| panic!("`{}` can't be read: {error}", name.display()))
}

/// A program that runs in the background, and is ended when this is dropped.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
    lines: Receiver<String>,
    printed: Arc<Mutex<String>>,
}

impl Running {
    /// Starts a program. What it prints is read all the time, so that it never waits for a reader.
    ///
    /// # Panics
    ///
    /// When it can't be started.
    pub fn start(command: &mut Command) -> Self {
        let program = Path::new(command.get_program()).to_owned();
        let name = program.file_name().unwrap_or_default().display().to_string();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("`{}` does not start: {error}", program.display()));
        let (sender, lines) = mpsc::channel();
        let printed = Arc::default();
        let stdout = child.stdout.take().expect("standard output is a pipe");
        let stderr = child.stderr.take().expect("standard error is a pipe");
        read_lines(stdout, sender.clone(), Arc::clone(&printed));
        read_lines(stderr, sender, Arc::clone(&printed));
        Self { name, child, lines, printed }
    }

    /// Reads lines until `pick` takes something from one of them.
    ///
    /// # Panics
    ///
    /// When the program ends before, or `limit` has passed: with all that it has printed.
    pub fn line<T>(&self, limit: Duration, pick: impl Fn(&str) -> Option<T>) -> T {
        let deadline = Instant::now() + limit;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let why = match self.lines.recv_timeout(left) {
                Ok(line) => match pick(&line) {
                    Some(picked) => return picked,
                    None => continue,
                },
                Err(RecvTimeoutError::Timeout) => format!("after {limit:?}"),
                Err(RecvTimeoutError::Disconnected) => "before it ended".to_owned(),
            };
            panic!("`{}` did not say what was expected {why}:\n{}", self.name, self.printed());
        }
    }

    /// Everything that the program has printed so far.
    pub fn printed(&self) -> String {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when the program has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_lines(pipe: impl Read + Send + 'static, sender: mpsc::Sender<String>, printed: Arc<Mutex<String>>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
            printed.push_str(&line);
            printed.push('\n');
            drop(printed);
            // Nobody may be interested any more: the pipe is emptied all the same.
            let _ = sender.send(line);
        }
    });
}
