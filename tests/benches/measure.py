"""Measures the release binary on a desktop of its own and prints a table for tests/bench.md.

Wall clocks of a busy machine say little, so CPU time stands beside them; whatever is compared is
interleaved with what it is compared to.
"""

import argparse
import os
import platform
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "journeys"))
import journeys  # noqa: E402
import peers  # noqa: E402
from quiet import Screen  # noqa: E402
from window import Window, accessibility, desktop  # noqa: E402

START_ROUNDS = 15
IDLE_SECONDS = 20
# Who touches nothing for half a minute does something else, the window thinks.
LEFT_ALONE = 32


def first_frame(binary, arguments, folder):
    """Milliseconds from the start of the process to the first picture with text in it."""
    screen = Screen()

    def colors():
        return len(screen.row(27, 360))

    costs = []
    for number in range(START_ROUNDS + 1):
        home = os.path.join(folder, str(number))
        os.makedirs(home)
        # Where the name of the program stands, whether the window is placed at the corner or not.
        before = time.perf_counter()
        process = subprocess.Popen([binary, *arguments], env=dict(os.environ, HOME=home), stderr=subprocess.DEVNULL)
        while colors() < 8:
            if time.perf_counter() - before > 20 or process.poll() is not None:
                raise SystemExit("the window did not show anything")
            time.sleep(0.001)
        if number > 0:
            costs.append((time.perf_counter() - before) * 1000)
        process.terminate()
        process.wait()
        while colors() > 1:
            time.sleep(0.01)
    return costs


def ticks(pid):
    """CPU seconds of a process so far."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle(binary, folder):
    """A signed-in window with its countdown running, left alone; then its memory."""
    window = Window(binary, ["demo"], folder, folder, "idle")
    window.press(journeys.ROW_DEMO)
    window.press(journeys.SIGN_IN)
    window.see_focus(journeys.PASSWORD)
    window.type(journeys.ANA_PASSWORD)
    window.key("Return")
    first = window.see(journeys.TIMER).description
    pid = window.process.pid
    for read, wait, how in (
        (False, 4, "just used"),
        (False, LEFT_ALONE, "not used for half a minute"),
        (True, LEFT_ALONE, "not used for half a minute, with a screen reader on the bus"),
    ):
        accessibility(read)
        window.key("Tab")
        time.sleep(wait)
        before = ticks(pid)
        time.sleep(IDLE_SECONDS)
        share = (ticks(pid) - before) / IDLE_SECONDS * 100
        goal = "≤ 0.5" if wait == LEFT_ALONE else ""
        yield f"window in front, countdown running, {how}: % of a core in {IDLE_SECONDS} s", f"{share:.2f}", goal
    rollup = {}
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        for line in lines:
            name, *rest = line.split()
            if name in ("Rss:", "Pss:"):
                rollup[name] = int(rest[0]) / 1024
    yield "resident memory, signed in: PSS / RSS MiB", f"{rollup['Pss:']:.0f} / {rollup['Rss:']:.0f}", ""
    accessibility(True)
    if window.see(journeys.TIMER).description == first:
        raise SystemExit("the countdown does not run, so nothing was measured")
    window.close()


def main():
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--srp", required=True)
    parser.add_argument("--frames", required=True)
    options = parser.parse_args()
    rows = []
    _, _, ours, _, theirs = options.srp.split()
    rows.append(("SRP, client, CPU ms: Poolkey / aws-cognito-srp 0.2.6", f"{int(ours) / 1000:.1f} / {int(theirs) / 1000:.1f}", ""))
    rows.append(("ratio", f"{int(ours) / int(theirs):.2f}", "≤ 0.33"))
    for line in options.frames.splitlines():
        _, what, _, median, _, slowest = line.split()
        rows.append((f"one frame with 5,000 profiles, {what}: layout and tessellation, CPU ms p50 / p99", f"{int(median) / 1000:.1f} / {int(slowest) / 1000:.1f}", "p99 ≤ 4"))
    tmp = os.environ["TMPDIR"]
    # Before there is a window manager: it would move the window.
    for name, arguments in (("first run", ["--secret-store", "memory"]), ("`poolkey demo`", ["demo"])):
        costs = first_frame(options.binary, arguments, os.path.join(tmp, name.strip("`").replace(" ", "-")))
        rows.append((f"process start to the first picture, {name}: wall ms p50 / p95", peers.both(costs), ""))
    processes = desktop()
    try:
        rows.extend(peers.measure(options.binary, os.path.join(tmp, "peers")))
        rows.extend(idle(options.binary, os.path.join(tmp, "idle")))
    finally:
        for process in processes:
            process.terminate()
    load = os.getloadavg()[0]
    print(f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} cores, {platform.freedesktop_os_release()['PRETTY_NAME']}, load {load:.1f}\n")
    print("| what | measured | goal |\n|---|---|---|")
    for what, measured, goal in rows:
        print(f"| {what} | {measured} | {goal} |")


main()
