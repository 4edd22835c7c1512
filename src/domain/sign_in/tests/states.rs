//! The diagram in the module's documentation is what the machine does.

use super::*;

/// The lines of the diagram: state, input, state.
fn diagram() -> BTreeSet<[&'static str; 3]> {
    let text = include_str!("../states.md");
    let inner = text.split("```").nth(1).unwrap();
    let lines = inner.lines().filter(|line| line.contains("--"));
    lines
        .map(|line| {
            let (from, rest) = line.split_once("--").unwrap();
            let (input, rest) = rest.split_once("-->").unwrap();
            // A remark may follow, two spaces away.
            let (to, _) = rest.trim().split_once("  ").unwrap_or((rest, ""));
            [from.trim(), input.trim(), to.trim()]
        })
        .collect()
}

fn lines(edges: &BTreeSet<[&'static str; 3]>, others: &BTreeSet<[&'static str; 3]>) -> String {
    let missing = edges.difference(others);
    missing
        .map(|[from, input, to]| format!("{from} --{input}--> {to}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_diagram_and_the_machine_agree() {
    let mut log = Log::default();
    for (_, scenario) in [
        accounts::ALL,
        challenges::ALL,
        choices::ALL,
        devices::ALL,
        passwords::ALL,
        restarts::ALL,
        rules::ALL,
        ways_in::ALL,
    ]
    .concat()
    {
        scenario(&mut log);
    }
    let drawn = diagram();
    let undrawn = lines(&log.0, &drawn);
    let untrue = lines(&drawn, &log.0);
    assert!(undrawn.is_empty(), "not in the diagram:\n{undrawn}");
    assert!(untrue.is_empty(), "never happens:\n{untrue}");
}
