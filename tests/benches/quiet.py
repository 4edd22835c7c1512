"""How quiet the window is beside KeePassXC and beside a window of the same toolkit with one word in it.

One run, one display without a window manager, the programs in rotating order: wall clock from the start of the process to the
first picture with something in it, private memory (what would be free again without the program), and CPU while nobody touches
it. Deliberately absent: a database in KeePassXC; it shows its welcome page.
"""

import argparse
import ctypes
import os
import signal
import statistics
import subprocess
import sys
import time

COLORS = 8
SETTLE = 3.0


class Screen:
    """Reads rows of the display, cheaply enough to ask every few milliseconds."""

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        pointer, integer, long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
        self.x.XOpenDisplay.restype = pointer
        self.x.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self.x.XDefaultRootWindow.restype = long
        self.x.XDefaultRootWindow.argtypes = [pointer]
        self.x.XGetImage.restype = pointer
        self.x.XGetImage.argtypes = [pointer, long, integer, integer, ctypes.c_uint, ctypes.c_uint, long, integer]
        self.x.XDestroyImage.argtypes = [pointer]
        self.display = self.x.XOpenDisplay(None)
        self.root = self.x.XDefaultRootWindow(self.display)

    def row(self, y, width=1180):
        """The colors of one row."""
        image = self.x.XGetImage(self.display, self.root, 0, y, width, 1, 0xFFFFFFFF, 2)
        # XImage: four ints, then the pointer to the pixels, four bytes each.
        data = ctypes.cast(image + 16, ctypes.POINTER(ctypes.c_void_p))[0]
        pixels = ctypes.string_at(data, width * 4)
        self.x.XDestroyImage(image)
        return {pixels[at : at + 4] for at in range(0, len(pixels), 4)}

    def has_text(self):
        """True when a row has as many colors as the edges of letters make."""
        return any(len(self.row(y)) >= COLORS for y in range(14, 380, 6))

    def is_bare(self):
        """True when no window is there."""
        return all(len(self.row(y)) == 1 for y in range(3, 760, 60))


def cpu(pid):
    """CPU seconds of the threads of a process."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as stat:
                total += int(stat.read().split()[0])
        except FileNotFoundError:
            pass
    return total / 1e9


def private(pid):
    """MiB that belong to the process alone."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        pages = [int(line.split()[1]) for line in lines if line.startswith("Private_")]
    return sum(pages) / 1024


class App:
    """A program with what it cost each time."""

    def __init__(self, name, command, prepare=None):
        self.name, self.command, self.prepare = name, command, prepare
        self.first, self.memory, self.idle = [], [], []

    def run(self, screen, home, idle):
        """Starts it, waits for its first picture, looks at it for a while, ends it."""
        os.makedirs(home)
        if self.prepare:
            self.prepare(home)
        environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home + "/.config")
        before = time.perf_counter()
        process = subprocess.Popen(self.command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while not screen.has_text():
            if time.perf_counter() - before > 20 or process.poll() is not None:
                raise SystemExit(f"{self.name} did not show anything")
            time.sleep(0.001)
        self.first.append((time.perf_counter() - before) * 1000)
        if idle:
            time.sleep(SETTLE)
            used = cpu(process.pid)
            time.sleep(idle)
            self.idle.append((cpu(process.pid) - used) / idle * 100)
            self.memory.append(private(process.pid))
        process.send_signal(signal.SIGTERM)
        process.wait()
        while not screen.is_bare():
            time.sleep(0.01)


def twenty(home):
    """Twenty profiles in four groups, as a person has who uses it."""
    folder = home + "/.config/poolkey"
    os.makedirs(folder)
    with open(folder + "/profiles.toml", "w", encoding="utf-8") as file:
        for number in range(20):
            file.write(
                f'[[profile]]\nname = "team-{number:02}"\ngroup = "Group {number // 5}"\n'
                f'user_pool_id = "eu-west-1_aB3dE5g{number:02}"\nclient_id = "1h57kf5cpq17m0eml12example"\n'
                f'identity_pool_id = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec4{number:02}"\nsign_in = "srp"\n'
                f'username = "ana{number}@acme.example"\n\n'
            )


def measure(binary, empty, folder, rounds, idle):
    """Rows for the table."""
    apps = [
        App("Poolkey, 20 profiles", [binary, "--secret-store", "memory"], twenty),
        App("KeePassXC", ["keepassxc"]),
        App("an empty eframe window", [empty]),
    ]
    screen = Screen()
    for number in range(rounds + 1):
        turn = number % len(apps)
        for app in apps[turn:] + apps[:turn]:
            home = os.path.join(folder, f"{number}-{apps.index(app)}")
            app.run(screen, home, idle if number in (1, 2) else 0)
    for app in apps:
        # The first round warms the disk's cache.
        app.first.pop(0)
    ours, *others = apps
    middle = statistics.median
    for app in apps:
        yield f"{app.name}: wall ms to the first picture", f"{middle(app.first):.0f}", ""
        yield f"{app.name}: private memory MiB", f"{middle(app.memory):.0f}", ""
        yield f"{app.name}: % of a core while idle", f"{middle(app.idle):.2f}", "0" if app is ours else ""
    for app, first, memory in zip(others, ("≤ 0.6", "≤ 1.2"), ("", "≤ 1.2"), strict=True):
        ratio = middle([mine / theirs for mine, theirs in zip(ours.first, app.first, strict=True)])
        yield f"first picture beside {app.name}", f"{ratio:.2f}", first
        yield f"private memory beside {app.name}", f"{middle(ours.memory) / middle(app.memory):.2f}", memory


def main():
    """Prints the rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--empty", required=True, help="the benchmark `empty_window`")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--idle", type=int, default=10, help="seconds")
    options = parser.parse_args()
    for row in measure(options.binary, options.empty, os.environ["TMPDIR"], options.rounds, options.idle):
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
