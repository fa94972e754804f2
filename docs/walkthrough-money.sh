#!/usr/bin/env bash
# The money of a stay that is requested, altered and cancelled, over HTTP.
#
#   API=http://127.0.0.1:8080 MAIL=./sojourn-data/mail docs/walkthrough-money.sh
#
# See docs/walkthrough.sh. With ADMIN_EMAIL and ADMIN_PASSWORD of an administrator (`sojourn admin create`), the ledger
# is checked too. Requires the default terms: guests pay 14.2 %, hosts 3 %. Amounts are in cents.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/walkthrough-common.sh"

# reserve GUEST DAYS NIGHTS: reserves NIGHTS nights for two people, DAYS days from today; stores the id in $booking.
reserve() {
    call 201 POST /v1/bookings/ "$1" "{\"property_id\": \"$property\", $(stay "$2" "$3")}"
    booking=$(at .id)
    expect .status pending_payment
}

stay() {
    printf '"check_in": "%s", "check_out": "%s", ' "$(later "$1")" "$(later $(($1 + $2)))"
    printf '"guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0}'
}

# pay GUEST: pays the total of $booking by card; stores the id in $payment.
pay() {
    call 201 POST /v1/payments/ "$1" "{\"booking_id\": \"$booking\", \"payment_method\": \"pm_card_visa\"}"
    payment=$(at .id)
}

# booking_is STATUS TOTAL
booking_is() {
    call 200 GET "/v1/bookings/$booking/" "$guest"
    expect .status "$1"
    expect .total.amount "$2"
}

# payment_is STATUS CAPTURED REFUNDED
payment_is() {
    call 200 GET "/v1/payments/$payment/" "$guest"
    expect .status "$1"
    expect .captured.amount "$2"
    expect .refunded.amount "$3"
}

# host_has BALANCE PAYOUTS [OWED]: the earnings of the host, the scheduled payouts, and the amount withheld from them.
host_has() {
    call 200 GET /v1/payouts/balance "$host"
    expect '[.data[].balance.amount] | add // 0' "$1" balance
    expect '[.data[].owed.amount] | add // 0' "${3:-0}" owed
    call 200 GET '/v1/payouts/?status=scheduled' "$host"
    expect '[.data[].amount.amount] | add // 0' "$2" payouts
}

echo '# A host and two guests register'
join hilda; host=$token
join greta; guest=$token
join gil; other=$token

echo '# The host lists a loft that takes booking requests'
call 201 POST /v1/properties/ "$host" '{
  "title": "Loft over the bakery", "description": "Bread from five on.", "property_type": "loft",
  "room_type": "entire_place", "address": {"line1": "2 Mill Lane", "city": "Walkertown", "country": "US"},
  "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC",
  "max_guests": 2, "bedrooms": 1, "beds": 1, "bathrooms": 1, "amenities": ["wifi"],
  "pricing": {"nightly": {"amount": 10000, "currency": "USD"}, "cleaning_fee": {"amount": 4000, "currency": "USD"},
    "weekly_discount_bps": 1000, "taxes": [{"name": "Occupancy tax", "kind": "percent", "bps": 1000}]},
  "cancellation_policy": "moderate", "booking_mode": "request"}'
property=$(at .id)
call 200 POST "/v1/properties/$property/publish" "$host"
expect .booking_mode request

echo '# The price of three nights: 30000 + 4000 for the host, 4828 service fee, 3400 tax'
call 200 POST "/v1/properties/$property/quote" "$host" "{$(stay 4 3)}"
expect .host_payout.amount 32980 # 34000 less 3 %, for the host to see
call 200 POST "/v1/properties/$property/quote" '' "{$(stay 4 3), \"why\": true}"
expect .total.amount 42228
expect .host_payout null
because() { expect ".why[] | select(.rule == \"$1\") | \"\(.applied): \(.because)\"" "$2" "$1"; }
because night.base 'true: 3 of 3 nights'
because weekly_discount 'false: 3 nights, needs 7'
because guest_fee 'true: 14.2 % of 340.00 USD'
because tax.percent 'true: Occupancy tax: 10 % of 340.00 USD'

echo '# A guest requests them: the card is authorized, nothing is captured'
reserve "$guest" 4 3
pay "$guest"
booking_is awaiting_host 42228
payment_is authorized 0 0
host_has 0 0

echo '# The host declines another request: its authorization is voided, its nights are available again'
asked=$booking
reserve "$guest" 14 2
pay "$guest"
call 200 POST "/v1/bookings/$booking/decline" "$host" '{"reason": "The oven is mended then"}'
booking_is declined 29808
payment_is voided 0 0
call 200 POST "/v1/properties/$property/quote" '' "{$(stay 14 2)}"

echo '# The host accepts the first: it is confirmed, the payment is captured, the payout is scheduled'
booking=$asked
call 200 POST "/v1/bookings/$booking/accept" "$host"
booking_is confirmed 42228
payment=$(at .payment_id)
payment_is captured 42228 0
host_has 32980 32980

echo '# The guest proposes one more night; the difference is charged when the host accepts'
call 200 PATCH "/v1/bookings/$booking/" "$guest" "{\"check_out\": \"$(later 8)\"}"
expect .alteration.difference.amount 12420
payment_is captured 42228 0
call 403 POST "/v1/bookings/$booking/alteration/accept" "$guest"
call 200 POST "/v1/bookings/$booking/alteration/accept" "$host"
booking_is confirmed 54648
payment_is captured 54648 0
host_has 42680 42680

echo '# The host proposes one night less; the difference is refunded when the guest accepts'
call 200 PATCH "/v1/bookings/$booking/" "$host" "{\"check_out\": \"$(later 7)\"}"
expect .alteration.difference.amount -12420
call 200 POST "/v1/bookings/$booking/alteration/accept" "$guest"
booking_is confirmed 42228
payment_is partially_refunded 54648 12420
host_has 32980 32980

echo '# The guest cancels less than five days ahead: the host retains a night and half of the other two'
call 200 GET "/v1/bookings/$booking/cancellation" "$guest"
expect .refund.amount 15400 # a night, the cleaning fee, and the tax on both
expect .kept.amount 26828
call 200 POST "/v1/bookings/$booking/cancel" "$guest" '{"reason": "Hay fever"}'
expect .cancellation.refund.amount 15400
booking_is cancelled 42228
payment_is partially_refunded 54648 27820
host_has 19400 19400
kept=$booking

echo '# The host cancels twenty days ahead: the guest is refunded in full, and the host is charged a quarter of 34000'
reserve "$guest" 20 3
pay "$guest"
call 200 POST "/v1/bookings/$booking/accept" "$host"
payment_is captured 42228 0
host_has 52380 52380
call 200 GET "/v1/bookings/$booking/cancellation" "$host"
expect .refund.amount 42228
call 200 POST "/v1/bookings/$booking/cancel" "$host" '{"reason": "The roof leaks"}'
expect .cancellation.host_fee.amount 8500
booking_is cancelled 42228
payment_is refunded 42228 42228
host_has 10900 19400 8500

echo '# Those nights cannot be booked again, even if the host unblocks them'
nights="\"from\": \"$(later 20)\", \"to\": \"$(later 23)\""
call 409 POST /v1/bookings/ "$other" "{\"property_id\": \"$property\", $(stay 20 3)}"
expect .code dates_unavailable
call 200 PUT "/v1/properties/$property/calendar" "$host" "{$nights, \"blocked\": false}"
call 409 POST /v1/bookings/ "$other" "{\"property_id\": \"$property\", $(stay 20 3)}"
expect .code dates_unavailable

echo '# The statement of the host lists the changes of the balance, newest first'
call 200 GET /v1/payouts/statement "$host"
expect '[.data[] | "\(.cause) \(.amount.amount)"] | join(", ")' \
    'cancellation -41480, sale 32980, cancellation -13580, alteration -9700, alteration 9700, sale 32980' \
    statement

if [[ -n ${ADMIN_EMAIL:-} ]]; then
    echo '# An administrator reads the ledger: every entry and the sum of all accounts are zero'
    log_in "$ADMIN_EMAIL" "$ADMIN_PASSWORD"
    call 200 GET "/v1/admin/ledger?booking_id=$kept" "$token"
    expect '[.data[].cause] | sort | join(", ")' \
        'alteration, alteration, cancellation, capture, capture, refund, refund, sale' causes
    on() { expect "[.data[].postings.$1.amount] | add" "$2" "$1"; }
    expect '.data | all(.postings | map(.amount) | add == 0)' true 'every entry sums to zero'
    on processor_cash 26828 # captured less refunded
    on guest_receivable 0 # the guest owes nothing
    on host_payable -19400 # owed to the host
    on tax_payable -2000 # owed to the tax authorities, on the retained amount
    on platform_revenue -5428 # both service fees
    expect '.balances | length > 0 and all(.accounts | map(.amount) | add == 0)' true 'the accounts sum to zero'
fi

echo 'All amounts are as expected.'
