# shellcheck shell=bash
# Functions shared by the walkthroughs, which source this file. Requires curl and jq.
set -euo pipefail
API="${API:-http://127.0.0.1:8080}"
MAIL="${MAIL:-./sojourn-data/mail}"
run="${RUN:-$RANDOM$RANDOM}" # makes addresses unique, so that it can run twice on one database
today=$(date -u +%F)
answer=null

fail() {
    printf '%s in\n%s\n' "$1" "$answer" >&2
    exit 1
}

# call EXPECTED METHOD PATH [TOKEN [BODY]]: sends a request, prints its status, and stores the response in $answer.
call() {
    local expected=$1 method=$2 path=$3 token=${4:-} body=${5:-} status
    local arguments=(-sS -X "$method" "$API$path" -o /dev/stdout -w '\n%{http_code}' -H 'Accept: application/json')
    [[ -z $token ]] || arguments+=(-H "Authorization: Bearer $token")
    [[ -z $body ]] || arguments+=(-H 'Content-Type: application/json' --data "$body")
    answer=$(curl "${arguments[@]}")
    status=${answer##*$'\n'}
    answer=${answer%$'\n'*}
    printf '%s %s -> %s\n' "$method" "$path" "$status"
    [[ $status == "$expected" ]] || fail "expected $expected, got $status"
}

# at FILTER: the result of the jq filter on $answer; fails if there is none.
at() {
    jq -er "$1" <<<"$answer" || fail "nothing at $1"
}

# expect FILTER VALUE [NAME]: checks and prints the result of the jq filter on $answer.
expect() {
    local found
    found=$(jq -r "$1" <<<"$answer")
    [[ $found == "$2" ]] || fail "$1: expected $2, got $found"
    printf '   %s: %s\n' "${3:-${1#.}}" "$found"
}

# later DAYS: the date DAYS days from today.
later() {
    date -u -d "$today + $1 days" +%F
}

# log_in EMAIL PASSWORD: stores the access token in $token.
log_in() {
    call 200 POST /v1/auth/login '' "{\"email\": \"$1\", \"password\": \"$2\"}"
    token=$(at .access_token)
}

# mailed_token EMAIL: prints the one-time token of the first mail to the address.
mailed_token() {
    local mailed=''
    for _ in $(seq 100); do
        mailed=$(grep -lrF --include='*.eml' "$1" "$MAIL" 2>/dev/null | head -n 1 || true)
        [[ -z $mailed ]] || break
        sleep 0.1
    done
    [[ -n $mailed ]] || { echo "no mail to $1 in $MAIL" >&2; return 1; }
    sed -nE 's/.*[?&]token=([A-Za-z0-9_-]+).*/\1/p' "$mailed" | head -n 1
}

# join NAME: registers, verifies the address with the token from the mail, and logs in; stores the access token in $token.
join() {
    local email="$1-$run@walk.example" password="four quiet lanterns $1" mailed=''
    call 201 POST /v1/users/ '' \
        "{\"email\": \"$email\", \"password\": \"$password\", \"first_name\": \"$1\", \"last_name\": \"Walker\"}"
    call 401 POST /v1/auth/login '' "{\"email\": \"$email\", \"password\": \"$password\"}"
    mailed=$(mailed_token "$email")
    call 204 POST /v1/auth/email/verify '' "{\"token\": \"$mailed\"}"
    log_in "$email" "$password"
}
