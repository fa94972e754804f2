#!/usr/bin/env bash
# A stay from registration to review, over HTTP.
#
#   API=http://127.0.0.1:8080 MAIL=./sojourn-data/mail docs/walkthrough.sh
#
# API is the URL of `sojourn serve`, MAIL the folder of its mail files (written if SOJOURN_MAIL_URL is not set).
# Requires curl and jq. Every step prints its request and status; the first unexpected response stops the script.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/walkthrough-common.sh"

echo '# A host and two guests register'
join hannah; host=$token
join gus; guest=$token
join gina; other=$token

echo '# The host lists a cabin'
call 201 POST /v1/properties/ "$host" '{"title": "Cabin by the lake"}'
property=$(at .id)
call 422 POST "/v1/properties/$property/publish" "$host"
call 200 PATCH "/v1/properties/$property/" "$host" '{
  "description": "Wood stove, canoe, no neighbours.", "property_type": "cabin", "room_type": "entire_place",
  "address": {"line1": "1 Lake Road", "city": "Walkertown", "country": "US"},
  "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC",
  "max_guests": 4, "bedrooms": 2, "beds": 3, "bathrooms": 1.5, "amenities": ["wifi", "kitchen"],
  "pricing": {"nightly": {"amount": 10000, "currency": "USD"}, "cleaning_fee": {"amount": 4000, "currency": "USD"}},
  "stay_rules": {"check_in_from": "00:00", "check_out_until": "23:59"}, "cancellation_policy": "flexible"}'
call 200 POST "/v1/properties/$property/publish" "$host"
expect .status listed

echo '# A guest searches, gets a quote, books and pays'
call 200 GET "/v1/properties/?city=walkertown&check_in=$today&check_out=$(later 2)&guests=2"
party='"guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0}'
stay="\"check_in\": \"$today\", \"check_out\": \"$(later 2)\""
call 200 POST "/v1/properties/$property/quote" '' "{$stay, $party}"
quote=$(at .token)
call 201 POST /v1/bookings/ "$guest" "{\"property_id\": \"$property\", $stay, $party, \"quote_token\": \"$quote\"}"
booking=$(at .id)
call 409 POST /v1/bookings/ "$other" "{\"property_id\": \"$property\", $stay, $party}"
expect .code dates_unavailable
call 404 GET "/v1/bookings/$booking/" "$other"
call 402 POST /v1/payments/ "$guest" "{\"booking_id\": \"$booking\", \"payment_method\": \"pm_card_chargeDeclined\"}"
call 201 POST /v1/payments/ "$guest" "{\"booking_id\": \"$booking\", \"payment_method\": \"pm_card_visa\"}"
expect .status captured

echo '# Another guest books a later stay, cancels it, and is refunded in full'
call 201 POST /v1/bookings/ "$other" "{\"property_id\": \"$property\", \"check_in\": \"$(later 60)\", \"check_out\": \"$(later 63)\", $party}"
second=$(at .id)
call 201 POST /v1/payments/ "$other" "{\"booking_id\": \"$second\", \"payment_method\": \"pm_card_visa\"}"
call 200 GET "/v1/bookings/$second/cancellation" "$other"
refund=$(at .refund.amount)
call 200 POST "/v1/bookings/$second/cancel" "$other" '{"reason": "Another year"}'
expect .status cancelled
payment=$(at .payment_id)
call 200 GET "/v1/payments/$payment/" "$other"
expect .status refunded
expect .refunded.amount "$refund"

echo '# The first guest checks in; the host has to end the stay that day, and both parties write reviews'
call 200 POST "/v1/bookings/$booking/check-in" "$guest"
call 409 POST /v1/reviews/ "$guest" "{\"booking_id\": \"$booking\", \"rating\": 5, \"public_comment\": \"Too early.\"}"
call 200 POST "/v1/bookings/$booking/cancel" "$host" '{"reason": "A burst pipe"}'
call 201 POST /v1/reviews/ "$guest" "{\"booking_id\": \"$booking\", \"rating\": 5, \"public_comment\": \"Quiet and kind.\", \"categories\": {\"cleanliness\": 5}}"
review=$(at .id)
call 404 GET "/v1/reviews/$review/" "$host"
call 201 POST /v1/reviews/ "$host" "{\"booking_id\": \"$booking\", \"rating\": 4, \"public_comment\": \"Left it spotless.\"}"
call 200 GET "/v1/reviews/$review/" "$host"
call 201 POST "/v1/reviews/$review/response" "$host" '{"text": "Come again."}'
call 200 GET "/v1/properties/$property/reviews"
call 200 GET "/v1/properties/$property/"
expect .rating.count 1

echo 'The stay is over, and both reviews are published.'
