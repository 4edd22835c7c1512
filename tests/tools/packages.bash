# What the scripts that install packages of other people share; to be sourced.
#
# The script has set `here`, the folder of the pins, and `tools`, the folder to install into. What is
# there already with the same pins is left alone.

fail() {
    printf '%s: %s\n' "$0" "$1" >&2
    exit 1
}

# is_done STAMP FILE…: the stamp holds the very content of the files.
is_done() {
    local stamp=$1
    shift
    [ -f "$stamp" ] && cat -- "$@" | cmp -s - "$stamp"
}

# python_packages FOLDER PINS
python_packages() {
    local folder=$tools/$1 pins=$here/$2 stamp=$tools/$1.stamp log=$tools/$1.log
    if is_done "$stamp" "$pins"; then
        echo "$1: there already"
        return
    fi
    command -v python3 >/dev/null || fail "python3 is missing (Debian: python3-venv)"
    rm -rf "$stamp" "$folder"
    python3 -m venv "$folder" >"$log" 2>&1 ||
        fail "no Python venv (Debian: python3-venv): $(tail -n 3 "$log")"
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$pins" >>"$log" 2>&1 ||
        fail "pip failed: $(tail -n 5 "$log")"
    cp "$pins" "$stamp"
    echo "$1: installed"
}

node_packages() {
    local stamp=$tools/node.stamp log=$tools/node.log
    local pins=("$here/package.json" "$here/package-lock.json")
    if is_done "$stamp" "${pins[@]}"; then
        echo "node: there already"
        return
    fi
    command -v npm >/dev/null || fail "npm is missing (Node 18 or newer; Debian: nodejs npm)"
    rm -rf "$stamp" "$tools/node"
    mkdir -p "$tools/node"
    cp "${pins[@]}" "$tools/node/"
    (cd "$tools/node" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 ||
        fail "npm failed: $(tail -n 5 "$log")"
    cat "${pins[@]}" >"$stamp"
    echo "node: installed"
}

mkdir -p "$tools"
