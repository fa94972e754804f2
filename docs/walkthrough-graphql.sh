#!/usr/bin/env bash
# A stay, a request, a cancellation and both reviews, over GraphQL alone.
#
#   API=http://127.0.0.1:8080 MAIL=./sojourn-data/mail docs/walkthrough-graphql.sh
#
# API is the URL of `sojourn serve`, MAIL the folder of its mail files (written if SOJOURN_MAIL_URL is not set).
# Requires curl and jq. Every step prints its operation; the first unexpected response stops the script.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/walkthrough-common.sh"

# send TOKEN DOCUMENT [VARIABLES]: sends a document and stores the response in $answer.
send() {
    local body
    body=$(jq -cn --arg query "$2" --argjson variables "${3:-null}" '{$query, $variables}')
    local arguments=(-sS "$API/graphql" -H 'Accept: application/graphql-response+json' -H 'Content-Type: application/json')
    [[ -z $1 ]] || arguments+=(-H "Authorization: Bearer $1")
    answer=$(curl "${arguments[@]}" --data "$body")
    local name=${2%%[({]*}
    printf '%s\n' "${name% }"
}

# ask TOKEN DOCUMENT [VARIABLES]: sends a document that succeeds.
ask() {
    send "$@"
    [[ $(jq '.errors' <<<"$answer") == null ]] || fail 'errors'
}

# refused CODE TOKEN DOCUMENT [VARIABLES]: sends a document that fails with the code.
refused() {
    send "${@:2}"
    expect '.errors[0].extensions.code' "$1" code
}

# join NAME: registers, verifies the address with the token from the mail, and logs in; stores the access token in $token.
join() {
    local email="$1-$run@graphql.example" password="four quiet lanterns $1"
    ask '' 'mutation Register($input: RegisterUserInput!) { registerUser(input: $input) { account { id } } }' \
        "{\"input\": {\"email\": \"$email\", \"password\": \"$password\", \"firstName\": \"$1\", \"lastName\": \"Walker\"}}"
    ask '' 'mutation Verify($token: String!) { verifyEmail(input: {token: $token}) { done } }' \
        "{\"token\": \"$(mailed_token "$email")\"}"
    ask '' 'mutation LogIn($input: LogInInput!) { logIn(input: $input) { accessToken } }' \
        "{\"input\": {\"email\": \"$email\", \"password\": \"$password\"}}"
    token=$(at .data.logIn.accessToken)
}

# reserve TOKEN FROM TO: books the days from today on; stores the id in $booking.
reserve() {
    ask "$1" "$BOOK" "{\"input\": {\"propertyId\": \"$property\", \"checkIn\": \"$(later "$2")\", \"checkOut\": \"$(later "$3")\",
        \"guests\": {\"adults\": 2}}}"
    booking=$(at .data.createBooking.booking.id)
}

BOOK='mutation Book($input: CreateBookingInput!) { createBooking(input: $input) { booking { id status } } }'
PAY='mutation Pay($id: UUID!, $card: String!) {
  payBooking(input: {bookingId: $id, paymentMethod: $card}) { payment { status } } }'
CANCEL='mutation Cancel($id: UUID!) {
  cancelBooking(input: {bookingId: $id, reason: "Another year"}) { booking { status payment { refunded { amount } } } } }'
REVIEW='mutation Review($input: WriteReviewInput!) { writeReview(input: $input) { review { id publishedAt } } }'
UPDATE='mutation Update($input: UpdatePropertyInput!) { updateProperty(input: $input) { property { bookingMode } } }'

echo '# A host and two guests register'
join hannah; host=$token
join gus; guest=$token
join gina; other=$token

echo '# The host lists a cabin'
ask "$host" 'mutation Draft { createProperty(input: {title: "Cabin by the lake"}) { property { id } } }'
property=$(at .data.createProperty.property.id)
publish='mutation Publish($id: UUID!) { publishProperty(input: {propertyId: $id}) { property { status } } }'
refused validation_failed "$host" "$publish" "{\"id\": \"$property\"}"
ask "$host" "$UPDATE" "{\"input\": {\"propertyId\": \"$property\", \"changes\": {
  \"description\": \"Wood stove, canoe, no neighbours.\", \"propertyType\": \"CABIN\", \"roomType\": \"ENTIRE_PLACE\",
  \"address\": {\"line1\": \"1 Lake Road\", \"city\": \"Walkertown\", \"country\": \"US\"},
  \"location\": {\"latitude\": 42.65258, \"longitude\": -73.75623}, \"timeZone\": \"UTC\", \"maxGuests\": 4,
  \"bathrooms\": 1.5, \"amenities\": [\"wifi\", \"kitchen\"], \"cancellationPolicy\": \"FLEXIBLE\",
  \"pricing\": {\"nightly\": {\"amount\": 10000, \"currency\": \"USD\"}, \"cleaningFee\": {\"amount\": 4000, \"currency\": \"USD\"}},
  \"stayRules\": {\"checkInFrom\": \"00:00\", \"checkOutUntil\": \"23:59\"}}}}"
ask "$host" "$publish" "{\"id\": \"$property\"}"
expect .data.publishProperty.property.status LISTED status

echo '# A guest searches, books and pays'
ask '' 'query Search($search: PropertySearchInput!) {
  properties(first: 5, search: $search) { edges { node { id total { amount } host { firstName } } } } }' \
    "{\"search\": {\"city\": \"walkertown\", \"checkIn\": \"$today\", \"checkOut\": \"$(later 2)\", \"guests\": 2}}"
reserve "$guest" 0 2
stay=$booking
refused dates_unavailable "$other" "$BOOK" "{\"input\": {\"propertyId\": \"$property\", \"checkIn\": \"$today\",
    \"checkOut\": \"$(later 2)\", \"guests\": {\"adults\": 2}}}"
ask "$other" 'query Foreign($id: UUID!) { booking(id: $id) { id } }' "{\"id\": \"$stay\"}"
expect .data.booking null booking
refused card_declined "$guest" "$PAY" "{\"id\": \"$stay\", \"card\": \"pm_card_chargeDeclined\"}"
ask "$guest" "$PAY" "{\"id\": \"$stay\", \"card\": \"pm_card_visa\"}"
expect .data.payBooking.payment.status CAPTURED payment

echo '# Another guest books a later stay, cancels it, and is refunded in full'
reserve "$other" 60 63
ask "$other" "$PAY" "{\"id\": \"$booking\", \"card\": \"pm_card_visa\"}"
ask "$other" 'query Cancellation($id: UUID!) { cancellation(bookingId: $id) { refund { amount } } }' "{\"id\": \"$booking\"}"
refund=$(at .data.cancellation.refund.amount)
ask "$other" "$CANCEL" "{\"id\": \"$booking\"}"
expect .data.cancelBooking.booking.status CANCELLED status
expect .data.cancelBooking.booking.payment.refunded.amount "$refund" refunded

echo '# The host wants to be asked, and accepts a request'
ask "$host" "$UPDATE" "{\"input\": {\"propertyId\": \"$property\", \"changes\": {\"bookingMode\": \"REQUEST\"}}}"
reserve "$other" 80 83
ask "$other" "$PAY" "{\"id\": \"$booking\", \"card\": \"pm_card_visa\"}"
expect .data.payBooking.payment.status AUTHORIZED payment
ask "$host" 'mutation Accept($id: UUID!) { acceptBooking(input: {bookingId: $id}) { booking { status } } }' "{\"id\": \"$booking\"}"
expect .data.acceptBooking.booking.status CONFIRMED status

echo '# The first guest checks in; the host has to end the stay that day, and both parties write reviews'
ask "$guest" 'mutation CheckIn($id: UUID!) { checkIn(input: {bookingId: $id}) { booking { status } } }' "{\"id\": \"$stay\"}"
refused wrong_state "$guest" "$REVIEW" "{\"input\": {\"bookingId\": \"$stay\", \"rating\": 5, \"publicComment\": \"Too early.\"}}"
ask "$host" "$CANCEL" "{\"id\": \"$stay\"}"
ask "$guest" "$REVIEW" "{\"input\": {\"bookingId\": \"$stay\", \"rating\": 5, \"publicComment\": \"Quiet and kind.\"}}"
review=$(at .data.writeReview.review.id)
ask "$host" "$REVIEW" "{\"input\": {\"bookingId\": \"$stay\", \"rating\": 4, \"publicComment\": \"Left it spotless.\"}}"
ask "$host" 'mutation Respond($id: UUID!) {
  respondToReview(input: {reviewId: $id, text: "Come again."}) { review { response } } }' "{\"id\": \"$review\"}"
ask '' 'query Page($id: UUID!) { property(id: $id) { rating { count } reviews(first: 5) { edges { node { response } } } } }' \
    "{\"id\": \"$property\"}"
expect .data.property.rating.count 1 ratings
expect '.data.property.reviews.edges[0].node.response' 'Come again.' response

echo 'The stay is over, the request is accepted, and both reviews are published.'
