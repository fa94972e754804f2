"""A stay, a patch and a review through the client that openapi-python-client makes: URL and mail folder as arguments."""

import datetime
import os
import re
import sys
import time
from http import HTTPStatus
from pathlib import Path

from sojourn_client import AuthenticatedClient, Client, models
from sojourn_client.api.auth import log_in, verify_email
from sojourn_client.api.bookings import cancel_booking, check_in, create_booking
from sojourn_client.api.payments import create_payment
from sojourn_client.api.properties import create_property, publish_property, update_property
from sojourn_client.api.reviews import create_review
from sojourn_client.api.users import register_user

url, mail = sys.argv[1], Path(sys.argv[2])
today = datetime.datetime.now(datetime.timezone.utc).date()


def mailed_token(address: str) -> str:
    for _ in range(100):
        for file in mail.glob("*.eml"):
            text = file.read_text()
            found = re.search(r"[?&]token=([\w-]+)", text)
            if address in text and found:
                return found.group(1)
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address}")


def join(name: str) -> AuthenticatedClient:
    visitor = Client(base_url=url)
    address = f"{name}-{os.getpid()}-{time.time_ns()}@python.example"
    password = f"four quiet lanterns {name}"
    person = models.RegistrationInput(email=address, password=password, first_name=name, last_name="Walker")
    assert isinstance(register_user.sync(client=visitor, body=person), models.User)
    proof = models.EmailVerificationInput(token=mailed_token(address))
    assert verify_email.sync_detailed(client=visitor, body=proof).status_code == HTTPStatus.NO_CONTENT
    tokens = log_in.sync(client=visitor, body=models.LoginInput(email=address, password=password))
    assert isinstance(tokens, models.TokenPair)
    return AuthenticatedClient(base_url=url, token=tokens.access_token)


host, guest = join("hannah"), join("gus")
draft = create_property.sync(client=host, body=models.PropertyInput(title="Cabin by the lake"))
assert isinstance(draft, models.Property)
details = models.PropertyPatch(
    description="Wood stove, canoe, no neighbours.",
    property_type=models.PropertyType.CABIN,
    room_type=models.RoomType.ENTIRE_PLACE,
    address=models.AddressPatch(line1="1 Lake Road", city="Pythonville", country="US"),
    location=models.CoordinatesPatch(latitude=42.65258, longitude=-73.75623),
    time_zone="UTC",
    max_guests=4,
    pricing=models.PricingPatch(nightly=models.Money(amount=10000, currency=models.CurrencyCode.USD)),
    stay_rules=models.StayRulesPatch(min_nights=2, check_in_from="00:00", check_out_until="23:59"),
    cancellation_policy=models.CancellationPolicy.FLEXIBLE,
)
assert isinstance(update_property.sync(draft.id, client=host, body=details), models.Property)
rule = models.PropertyPatch(stay_rules=models.StayRulesPatch(max_nights=14))
patched = update_property.sync(draft.id, client=host, body=rule)
assert isinstance(patched, models.Property)
assert (patched.stay_rules.min_nights, patched.stay_rules.max_nights) == (2, 14)
assert isinstance(publish_property.sync(draft.id, client=host), models.Property)

stay = models.BookingInput(
    property_id=draft.id,
    check_in=today,
    check_out=today + datetime.timedelta(days=2),
    guests=models.GuestsInput(adults=2),
)
booking = create_booking.sync(client=guest, body=stay)
assert isinstance(booking, models.Booking)
paid = create_payment.sync(
    client=guest, body=models.PaymentInput(booking_id=booking.id, payment_method="pm_card_visa")
)
assert isinstance(paid, models.Payment) and paid.status is models.PaymentStatus.CAPTURED
assert isinstance(check_in.sync(booking.id, client=guest), models.Booking)
reason = models.CancelInput(reason="A burst pipe")
assert isinstance(cancel_booking.sync(booking.id, client=host, body=reason), models.Booking)
opinion = models.ReviewInput(booking_id=booking.id, rating=5, public_comment="Quiet and kind.")
review = create_review.sync(client=guest, body=opinion)
assert isinstance(review, models.Review) and review.rating == 5
again = create_review.sync(client=guest, body=opinion)
assert isinstance(again, models.CreateReviewConflictProblem), again
assert again.code == "already_reviewed", again
print("Python client: a stay, a patch and a review")
