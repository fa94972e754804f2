# shellcheck shell=bash
# Functions of the scripts that judge a running server, which source this file. It makes a temporary folder, $folder,
# which is removed at the end with the server in it; after a failure the end of $folder/log is shown.

folder="$(mktemp -d)"
: >"$folder/log"
server=''
stop() {
    local status=$?
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    ((status == 0)) || tail -n 20 "$folder/log" >&2 || true
    rm -rf "$folder"
}
trap stop EXIT

# start_server BINARY COMMAND: starts `serve` or `demo` with its data in $folder/data, and stores its address in $url.
start_server() {
    env -u DATABASE_URL -u REDIS_URL -u SOJOURN_API_BASE SOJOURN_LISTEN=127.0.0.1:0 SOJOURN_DATA_DIR="$folder/data" \
        SOJOURN_RATE_LIMITS=off RUST_LOG=warn "$1" "$2" >"$folder/log" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        url="$(sed -nE 's/^listening on (http.*)$/\1/p' "$folder/log")"
        if [[ -n $url ]]; then return 0; fi
        sleep 0.1
    done
    echo "the server did not start" >&2
    return 1
}

# earlier_file PATH: a file of the commit with which the interfaces are compared: $SOJOURN_API_BASE, else origin/main if
# it is older, else the commit before this one. Fails if that is not known.
earlier_file() {
    local base="${SOJOURN_API_BASE:-}"
    if [[ -z $base ]]; then
        base=HEAD^
        if [[ "$(git rev-parse --verify --quiet origin/main)" != "$(git rev-parse HEAD)" ]] &&
            git merge-base --is-ancestor origin/main HEAD 2>/dev/null; then base=origin/main; fi
    fi
    git show "$base:$1" 2>/dev/null
}
