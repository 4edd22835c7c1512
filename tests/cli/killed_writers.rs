//! Many exports at once into one file, some killed at any moment: nothing is lost, broken or left.
//!
//! The long version, beside other programs, is `tests/benches/killed_writers.py`.

use std::process::{Child, Stdio};
use std::time::Instant;

use crate::local::DEADLINE;
use crate::support::{Home, POOLKEY};

const ROUNDS: usize = 10;
const WRITERS: usize = 24;
const NAMES: usize = 10;
const CONFIG: &str = ".aws/config";

/// Other people's text before and behind ours.
const HEAD: &str =
    "# keep the order\r\n[profile work]\r\nregion=eu-west-1\r\n; a comment\r\noutput = json\r\n";
const TAIL: &str = "# by hand\n[profile zed]\nregion   =   us-west-2\nmy_tool = {a: 1}\n\n\n";

/// Small numbers in no order; the same ones in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// `poolkey export` of one section, with a region of its own.
struct Writer {
    name: String,
    region: String,
    child: Child,
    started: Instant,
    ended: Option<Instant>,
    well: bool,
    killed: bool,
}

impl Writer {
    fn start(home: &Home, name: usize, number: usize) -> Self {
        let (name, region) = (format!("app-{name}"), format!("us-east-{number}"));
        let started = Instant::now();
        let mut command = home.command(POOLKEY);
        command
            .args(["export", "dev", "--to", "credential-process"])
            .args(["--aws-profile", &name, "--region", &region])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Self {
            child: command.spawn().unwrap(),
            name,
            region,
            started,
            ended: None,
            well: false,
            killed: false,
        }
    }

    fn kill(&mut self) {
        if self.ended.is_none() {
            self.child.kill().unwrap();
        }
    }

    /// Whether it ended just now.
    fn has_ended(&mut self) -> bool {
        if self.ended.is_some() {
            return false;
        }
        let Some(status) = self.child.try_wait().unwrap() else {
            return false;
        };
        self.ended = Some(Instant::now());
        self.well = status.success();
        self.killed = status.code().is_none();
        assert!(
            self.well || self.killed,
            "{} ended with {status}",
            self.name
        );
        true
    }
}

/// All writers of a round to their ends. Whenever something happens, one more may be killed, so that
/// the kills fall into every moment of a writer's life.
fn write(home: &Home, round: usize, dice: &mut Dice) -> Vec<Writer> {
    let mut writers = Vec::new();
    let deadline = Instant::now() + DEADLINE;
    let mut left = WRITERS;
    while left > 0 {
        let mut happened = writers
            .iter_mut()
            .filter_map(|w: &mut Writer| w.has_ended().then_some(()))
            .count();
        left -= happened;
        if writers.len() < WRITERS {
            let number = round * WRITERS + writers.len() + 1;
            writers.push(Writer::start(home, dice.below(NAMES), number));
            happened += 1;
        }
        for _ in 0..happened {
            if dice.below(2) == 0 {
                let victim = dice.below(writers.len());
                writers[victim].kill();
            }
        }
        assert!(Instant::now() < deadline, "writers that do not end");
        std::thread::yield_now();
    }
    writers
}

/// The region of each section of ours; every section is whole.
fn regions(text: &str) -> Vec<(String, String)> {
    let sections = text.split("# managed by Poolkey").skip(1);
    sections
        .map(|section| {
            let mut lines = section.lines().skip(1);
            let mut line = |start: &str, end: &str| {
                let line = lines.next().unwrap_or_default();
                let inner = line
                    .strip_prefix(start)
                    .and_then(|rest| rest.strip_suffix(end));
                inner
                    .unwrap_or_else(|| panic!("{line:?} in\n{text}"))
                    .to_owned()
            };
            let name = line("[profile ", "]");
            line("credential_process = ", " credential-process dev");
            (name, line("region = ", ""))
        })
        .collect()
}

/// The section has the value of a writer that ended well or was killed, unless one that ended well
/// began after that; without any that ended well it may be as it was.
fn judge(name: &str, writers: &[Writer], before: Option<&String>, now: Option<&String>) {
    let mine: Vec<_> = writers
        .iter()
        .filter(|writer| writer.name == name)
        .collect();
    let is_over = |writer: &&Writer| {
        mine.iter()
            .any(|later| later.well && Some(later.started) > writer.ended)
    };
    let may_be_last = |region: &String| {
        mine.iter()
            .filter(|writer| !is_over(writer))
            .any(|writer| writer.region == *region)
    };
    let none_well = !mine.iter().any(|writer| writer.well);
    let is_right = now.is_some_and(may_be_last) || (none_well && now == before);
    assert!(is_right, "{name}: {before:?} became {now:?}");
}

#[test]
fn killed_writers_lose_nothing() {
    let home = Home::new();
    home.poolkey(&[
        "profile",
        "add",
        "dev",
        "--user-pool-id",
        "us-east-1_aB3dE5gH7",
        "--client-id",
        "1h57kf5cpq17m0eml12example",
        "--identity-pool-id",
        "us-east-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e",
    ])
    .ok();
    home.write(CONFIG, format!("{HEAD}{TAIL}"));
    let mut dice = Dice(7);
    let (mut well, mut killed) = (0, 0);
    let mut known = Vec::new();
    for round in 0..ROUNDS {
        let writers = write(&home, round, &mut dice);
        well += writers.iter().filter(|writer| writer.well).count();
        killed += writers.iter().filter(|writer| writer.killed).count();
        let text = home.read(CONFIG);
        assert!(text.starts_with(HEAD) && text.contains(TAIL), "{text}");
        let found = regions(&text);
        for name in (0..NAMES).map(|number| format!("app-{number}")) {
            let of = |known: &[(String, String)]| {
                let mut values = known.iter().filter(|(known, _)| *known == name);
                let value = values.next().map(|(_, region)| region.clone());
                assert!(values.next().is_none(), "{name} twice in\n{text}");
                value
            };
            judge(&name, &writers, of(&known).as_ref(), of(&found).as_ref());
        }
        known = found;
    }
    assert!(
        well > WRITERS && killed > WRITERS,
        "{well} ended well, {killed} were killed"
    );

    // The next one does not wait for the dead, and leaves nothing of theirs.
    let ours = [
        "export",
        "dev",
        "--to",
        "credential-process",
        "--aws-profile",
    ];
    home.poolkey(&[&ours[..], &["last"]].concat()).ok();
    let mut files: Vec<_> = std::fs::read_dir(home.path(".aws"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, [".config.poolkey-lock", "config"]);
}
