#!/usr/bin/env bash
# A stay from registration to review, over HTTP.
#
#   API=http://127.0.0.1:8080 MAIL=./sojourn-data/mail docs/walkthrough.sh
#
# API is where `sojourn serve` listens, MAIL where it writes its mails (it does while no SOJOURN_MAIL_URL is set).
# Needs curl. Every step prints what was asked and what came back; the first surprise stops the script.
set -euo pipefail
API="${API:-http://127.0.0.1:8080}"
MAIL="${MAIL:-./sojourn-data/mail}"
run="${RUN:-$RANDOM$RANDOM}" # so that it can be walked twice on one database

# call EXPECTED METHOD PATH [TOKEN [BODY]]: asks, prints, and leaves the answer in $answer.
call() {
    local expected=$1 method=$2 path=$3 token=${4:-} body=${5:-} status
    local arguments=(-sS -X "$method" "$API$path" -o /dev/stdout -w '\n%{http_code}' -H 'Accept: application/json')
    [[ -z $token ]] || arguments+=(-H "Authorization: Bearer $token")
    [[ -z $body ]] || arguments+=(-H 'Content-Type: application/json' --data "$body")
    answer=$(curl "${arguments[@]}")
    status=${answer##*$'\n'}
    answer=${answer%$'\n'*}
    printf '%s %s -> %s\n' "$method" "$path" "$status"
    if [[ $status != "$expected" ]]; then
        printf 'expected %s, got:\n%s\n' "$expected" "$answer" >&2
        exit 1
    fi
}

# field NAME: the first field of that name in $answer.
field() {
    tr ',{}[]' '\n' <<<"$answer" | sed -nE "s/^ *\"$1\": *\"?([^\"]*)\"?.*/\1/p" | head -n 1
}

expect() {
    if [[ $2 != "$3" ]]; then
        printf '%s: expected %s, got %s in\n%s\n' "$1" "$3" "$2" "$answer" >&2
        exit 1
    fi
    printf '   %s: %s\n' "$1" "$2"
}

# join NAME: registers, proves the address with the token from the mail, logs in; the access token is in $token.
join() {
    local email="$1-$run@walk.example" password="four quiet lanterns $1" mailed=''
    call 201 POST /v1/users/ '' \
        "{\"email\": \"$email\", \"password\": \"$password\", \"first_name\": \"$1\", \"last_name\": \"Walker\"}"
    call 401 POST /v1/auth/login '' "{\"email\": \"$email\", \"password\": \"$password\"}"
    for _ in $(seq 100); do
        mailed=$(grep -lrF --include='*.eml' "$email" "$MAIL" 2>/dev/null | head -n 1 || true)
        [[ -z $mailed ]] || break
        sleep 0.1
    done
    [[ -n $mailed ]] || { echo "no mail to $email in $MAIL" >&2; exit 1; }
    call 204 POST /v1/auth/email/verify '' "{\"token\": \"$(sed -nE 's/.*[?&]token=([A-Za-z0-9_-]+).*/\1/p' "$mailed" | head -n 1)\"}"
    call 200 POST /v1/auth/login '' "{\"email\": \"$email\", \"password\": \"$password\"}"
    token=$(field access_token)
}

echo '# A host and two guests join'
join hannah && host=$token
join gus && guest=$token
join gina && other=$token

echo '# The host lists a cabin'
call 201 POST /v1/properties/ "$host" '{"title": "Cabin by the lake"}'
property=$(field id)
call 422 POST "/v1/properties/$property/publish" "$host"
call 200 PATCH "/v1/properties/$property/" "$host" '{
  "description": "Wood stove, canoe, no neighbours.", "property_type": "cabin", "room_type": "entire_place",
  "address": {"line1": "1 Lake Road", "city": "Walkertown", "country": "US"},
  "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC",
  "max_guests": 4, "bedrooms": 2, "beds": 3, "bathrooms": 1.5, "amenities": ["wifi", "kitchen"],
  "pricing": {"nightly": {"amount": 10000, "currency": "USD"}, "cleaning_fee": {"amount": 4000, "currency": "USD"}},
  "stay_rules": {"check_in_from": "00:00", "check_out_until": "23:59"}, "cancellation_policy": "flexible"}'
call 200 POST "/v1/properties/$property/publish" "$host"
expect status "$(field status)" listed

today=$(date -u +%F)
later() { date -u -d "$today + $1 days" +%F; }

echo '# A guest looks for it, asks the price, books and pays'
call 200 GET "/v1/properties/?city=walkertown&check_in=$today&check_out=$(later 2)&guests=2"
party='"guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0}'
stay="\"check_in\": \"$today\", \"check_out\": \"$(later 2)\""
call 200 POST "/v1/properties/$property/quote" '' "{$stay, $party}"
quote=$(field token)
call 201 POST /v1/bookings/ "$guest" "{\"property_id\": \"$property\", $stay, $party, \"quote_token\": \"$quote\"}"
booking=$(field id)
call 409 POST /v1/bookings/ "$other" "{\"property_id\": \"$property\", $stay, $party}"
expect code "$(field code)" dates_unavailable
call 404 GET "/v1/bookings/$booking/" "$other"
call 402 POST /v1/payments/ "$guest" "{\"booking_id\": \"$booking\", \"payment_method\": \"pm_card_chargeDeclined\"}"
call 201 POST /v1/payments/ "$guest" "{\"booking_id\": \"$booking\", \"payment_method\": \"pm_card_visa\"}"
expect status "$(field status)" captured

echo '# Another guest books for later, thinks again, and gets everything back'
call 201 POST /v1/bookings/ "$other" "{\"property_id\": \"$property\", \"check_in\": \"$(later 60)\", \"check_out\": \"$(later 63)\", $party}"
second=$(field id)
call 201 POST /v1/payments/ "$other" "{\"booking_id\": \"$second\", \"payment_method\": \"pm_card_visa\"}"
call 200 GET "/v1/bookings/$second/cancellation" "$other"
refund=$(field amount)
call 200 POST "/v1/bookings/$second/cancel" "$other" '{"reason": "Another year"}'
expect status "$(field status)" cancelled
payment=$(field payment_id)
call 200 GET "/v1/payments/$payment/" "$other"
expect status "$(field status)" refunded
printf '   refunded as previewed: %s\n' "$refund"

echo '# The first guest arrives, leaves, and both write'
call 200 POST "/v1/bookings/$booking/check-in" "$guest"
call 200 POST "/v1/bookings/$booking/check-out" "$guest"
call 201 POST /v1/reviews/ "$guest" "{\"booking_id\": \"$booking\", \"rating\": 5, \"public_comment\": \"Quiet and kind.\", \"categories\": {\"cleanliness\": 5}}"
review=$(field id)
call 404 GET "/v1/reviews/$review/" "$host"
call 201 POST /v1/reviews/ "$host" "{\"booking_id\": \"$booking\", \"rating\": 4, \"public_comment\": \"Left it spotless.\"}"
call 200 GET "/v1/reviews/$review/" "$host"
call 201 POST "/v1/reviews/$review/response" "$host" '{"text": "Come again."}'
call 200 GET "/v1/properties/$property/reviews"
call 200 GET "/v1/properties/$property/"
expect count "$(field count)" 1

echo 'The stay is over, and everybody has had their say.'
