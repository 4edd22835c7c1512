#!/usr/bin/env python3
"""Builds the fonts in this folder from their originals.

    python3 -m venv venv && venv/bin/pip install fonttools
    venv/bin/python build.py INTER_FOLDER JETBRAINS_MONO_FOLDER LUCIDE_FOLDER

INTER_FOLDER holds Inter-*.otf (Inter 4, OFL), JETBRAINS_MONO_FOLDER holds
JetBrainsMono-*.ttf (OFL), LUCIDE_FOLDER is the unpacked npm package
lucide-static (ISC). Each font is cut down to the scripts the window can show,
Inter's digits become its tabular ones, and the icons are numbered from U+E000
on in the order of ICONS, which is also the order in src/ui/theme/icons.rs.
"""

import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

TEXT = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),  # Latin-1, Latin Extended-A and -B
    *range(0x300, 0x330),  # combining accents
    *range(0x370, 0x400),  # Greek
    *range(0x400, 0x500),  # Cyrillic
    *range(0x1E00, 0x1F00),  # Latin Extended Additional
    *range(0x2010, 0x2028),
    *range(0x2030, 0x205F),
    *range(0x20A0, 0x20C0),
    0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x21B5, 0x21E7,
    0x2212, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x2318,
    0x25A1, 0x25B2, 0x25B4, 0x25B6, 0x25B8, 0x25BC, 0x25BE, 0x25CB, 0x25CF, 0x25FB,
    0x2713, 0x2717, 0xFFFD,
]  # fmt: skip

ICONS = [
    "settings", "plus", "check", "triangle-alert", "x", "eye", "eye-off",
    "copy", "chevron-down", "search", "key-round", "circle-alert",
    "arrow-right", "refresh-cw", "log-out", "trash-2", "lock", "user",
    "monitor", "sun", "moon", "play", "plug-zap", "file-key", "info",
]  # fmt: skip


def options(features):
    chosen = subset.Options()
    chosen.layout_features = features
    chosen.hinting = False
    chosen.desubroutinize = True
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    chosen.notdef_outline = True
    return chosen


def cut(font, codepoints, features):
    cutter = subset.Subsetter(options(features))
    cutter.populate(unicodes=codepoints)
    cutter.subset(font)


def tabular_digits(font):
    """Lets the digits' code points name the glyphs of the `tnum` feature."""
    table = font["GSUB"].table
    swaps = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[index].SubTable:
                part = getattr(part, "ExtSubTable", part)
                swaps.update(getattr(part, "mapping", {}))
    for cmap in font["cmap"].tables:
        for digit in range(0x30, 0x3A):
            name = cmap.cmap.get(digit)
            if name in swaps:
                cmap.cmap[digit] = swaps[name]


def build_text(source, target, tabular):
    font = TTFont(source)
    if tabular:
        tabular_digits(font)
    features = ["kern", "mark", "mkmk", "ccmp", "calt"] if tabular else ["mark", "mkmk", "ccmp"]
    cut(font, TEXT, features)
    font.save(HERE / target)


def build_icons(folder):
    font = TTFont(folder / "font" / "lucide.ttf")
    info = json.loads((folder / "font" / "info.json").read_text())
    old = [int(info[name]["encodedCode"].lstrip("\\"), 16) for name in ICONS]
    names = font.getBestCmap()
    new = {0xE000 + place: names[code] for place, code in enumerate(old)}
    cut(font, old, [])
    for cmap in font["cmap"].tables:
        cmap.cmap = dict(new)
    font.save(HERE / "icons.ttf")


def main():
    inter, mono, lucide = (Path(argument) for argument in sys.argv[1:4])
    for weight in ("Regular", "Medium", "SemiBold"):
        build_text(inter / f"Inter-{weight}.otf", f"Inter-{weight}.otf", True)
    build_text(mono / "JetBrainsMono-Regular.ttf", "JetBrainsMono-Regular.ttf", False)
    build_icons(lucide)


main()
