-- Everything below a property carries `property_id` in its keys, so that a payment cannot name another property
-- than its booking. JSON is kept as text; what is searched, joined or constrained has columns of its own.
CREATE TABLE properties (
    id BLOB NOT NULL PRIMARY KEY,
    host_id BLOB NOT NULL CONSTRAINT properties_host_fkey REFERENCES users (id),
    status TEXT NOT NULL CONSTRAINT properties_status_check CHECK (status IN ('draft', 'listed', 'unlisted', 'suspended')),
    details TEXT NOT NULL,
    search_text TEXT NOT NULL,
    city_key TEXT,
    country TEXT,
    latitude DOUBLE PRECISION CONSTRAINT properties_latitude_check CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE PRECISION CONSTRAINT properties_longitude_check CHECK (longitude BETWEEN -180 AND 180),
    max_guests INTEGER,
    bedrooms INTEGER NOT NULL,
    property_type TEXT NOT NULL,
    room_type TEXT NOT NULL,
    instant BOOLEAN NOT NULL,
    nightly BIGINT CONSTRAINT properties_nightly_check CHECK (nightly > 0),
    currency TEXT,
    min_nights INTEGER NOT NULL CONSTRAINT properties_min_nights_check CHECK (min_nights >= 1),
    max_nights INTEGER NOT NULL,
    preparation_nights INTEGER NOT NULL,
    rating_sum BIGINT NOT NULL,
    rating_count BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT properties_version_check CHECK (version >= 1),
    -- Hundredths of the mean, half up; 0 below three reviews.
    rating BIGINT GENERATED ALWAYS AS
        (CASE WHEN rating_count >= 3 THEN (200 * rating_sum + rating_count) / (2 * rating_count) ELSE 0 END) STORED,
    relevance BIGINT GENERATED ALWAYS AS
        (rating_count * 1000 + CASE WHEN rating_count >= 3 THEN (200 * rating_sum + rating_count) / (2 * rating_count) ELSE 0 END) STORED,
    CONSTRAINT properties_nights_check CHECK (min_nights <= max_nights),
    CONSTRAINT properties_preparation_check CHECK (preparation_nights BETWEEN 0 AND 2),
    CONSTRAINT properties_rating_check CHECK (rating_sum >= 0 AND rating_count >= 0),
    CONSTRAINT properties_price_check CHECK ((nightly IS NULL) = (currency IS NULL)),
    CONSTRAINT properties_place_check CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CONSTRAINT properties_listed_check CHECK (status <> 'listed' OR (nightly IS NOT NULL AND max_guests IS NOT NULL))
);
CREATE INDEX properties_host_index ON properties (host_id, status);
CREATE INDEX properties_relevance_index ON properties (relevance, id) WHERE status = 'listed';
CREATE INDEX properties_rating_index ON properties (rating, id) WHERE status = 'listed';
CREATE INDEX properties_nightly_index ON properties (nightly, id) WHERE status = 'listed';
CREATE INDEX properties_city_index ON properties (city_key, relevance, id) WHERE status = 'listed';
CREATE INDEX properties_country_index ON properties (country, relevance, id) WHERE status = 'listed';
CREATE INDEX properties_place_index ON properties (latitude, longitude) WHERE status = 'listed';

CREATE TABLE property_amenities (
    property_id BLOB NOT NULL CONSTRAINT property_amenities_property_fkey REFERENCES properties (id) ON DELETE CASCADE,
    amenity TEXT NOT NULL,
    CONSTRAINT property_amenities_pkey PRIMARY KEY (property_id, amenity)
) WITHOUT ROWID;

CREATE TABLE calendar_rules (
    property_id BLOB NOT NULL CONSTRAINT calendar_rules_property_fkey REFERENCES properties (id) ON DELETE CASCADE,
    night DATE NOT NULL,
    price BIGINT CONSTRAINT calendar_rules_price_check CHECK (price > 0),
    currency TEXT,
    min_nights INTEGER,
    max_nights INTEGER,
    closed_to_arrival BOOLEAN NOT NULL,
    closed_to_departure BOOLEAN NOT NULL,
    note TEXT,
    CONSTRAINT calendar_rules_pkey PRIMARY KEY (property_id, night),
    CONSTRAINT calendar_rules_currency_check CHECK ((price IS NULL) = (currency IS NULL))
) WITHOUT ROWID;

CREATE TABLE bookings (
    property_id BLOB NOT NULL CONSTRAINT bookings_property_fkey REFERENCES properties (id),
    id BLOB NOT NULL CONSTRAINT bookings_id_key UNIQUE,
    host_id BLOB NOT NULL CONSTRAINT bookings_host_fkey REFERENCES users (id),
    guest_id BLOB NOT NULL CONSTRAINT bookings_guest_fkey REFERENCES users (id),
    check_in DATE NOT NULL,
    check_out DATE NOT NULL,
    guests TEXT NOT NULL,
    preparation_nights INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT bookings_status_check CHECK (status IN (
        'pending_payment', 'awaiting_host', 'confirmed', 'checked_in', 'completed', 'cancelled', 'declined', 'expired', 'no_show')),
    total BIGINT NOT NULL,
    currency TEXT NOT NULL CONSTRAINT bookings_currency_check CHECK (length(currency) = 3),
    price TEXT NOT NULL,
    policy TEXT NOT NULL,
    terms TEXT NOT NULL,
    mode TEXT NOT NULL,
    zone TEXT NOT NULL,
    check_in_from TIME NOT NULL,
    check_out_until TIME NOT NULL,
    message TEXT,
    payment_id BLOB,
    requested_at TIMESTAMP,
    confirmation TEXT,
    cancellation TEXT,
    history TEXT NOT NULL,
    -- The next time at which a timeout changes the booking.
    due_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT bookings_version_check CHECK (version >= 1),
    CONSTRAINT bookings_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT bookings_stay_check CHECK (check_in < check_out)
);
CREATE INDEX bookings_due_index ON bookings (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX bookings_guest_index ON bookings (guest_id, created_at, id);
CREATE INDEX bookings_host_index ON bookings (host_id, created_at, id);
CREATE INDEX bookings_created_index ON bookings (created_at, id);
CREATE INDEX bookings_property_index ON bookings (property_id, created_at, id);

-- Claims on nights: at most one on each, whatever races for it.
CREATE TABLE booked_nights (
    property_id BLOB NOT NULL CONSTRAINT booked_nights_property_fkey REFERENCES properties (id) ON DELETE CASCADE,
    night DATE NOT NULL,
    kind TEXT NOT NULL CONSTRAINT booked_nights_kind_check CHECK (kind IN ('booked', 'held', 'blocked', 'preparation', 'imported')),
    booking_id BLOB,
    CONSTRAINT booked_nights_pkey PRIMARY KEY (property_id, night),
    CONSTRAINT booked_nights_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT booked_nights_holder_check CHECK (booking_id IS NOT NULL OR kind IN ('blocked', 'imported'))
) WITHOUT ROWID;
CREATE INDEX booked_nights_booking_index ON booked_nights (property_id, booking_id) WHERE booking_id IS NOT NULL;

CREATE TABLE payments (
    property_id BLOB NOT NULL,
    id BLOB NOT NULL CONSTRAINT payments_id_key UNIQUE,
    booking_id BLOB NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT payments_amount_check CHECK (amount >= 0),
    currency TEXT NOT NULL CONSTRAINT payments_currency_check CHECK (length(currency) = 3),
    reference TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT payments_version_check CHECK (version >= 1),
    CONSTRAINT payments_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT payments_booking_key UNIQUE (property_id, booking_id),
    CONSTRAINT payments_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id)
);
CREATE INDEX payments_created_index ON payments (created_at, id);
CREATE INDEX payments_booking_index ON payments (booking_id);

-- The events of a payment. Append-only.
CREATE TABLE payment_entries (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL CONSTRAINT payment_entries_id_key UNIQUE,
    kind TEXT NOT NULL CONSTRAINT payment_entries_kind_check CHECK (kind IN ('authorization', 'capture', 'void', 'refund', 'failure')),
    amount BIGINT NOT NULL CONSTRAINT payment_entries_amount_check CHECK (amount >= 0),
    at TIMESTAMP NOT NULL,
    reason TEXT,
    CONSTRAINT payment_entries_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payment_entries_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id)
) WITHOUT ROWID;

-- Calls that the gateway has not answered.
CREATE TABLE payment_calls (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    id BLOB NOT NULL CONSTRAINT payment_calls_id_key UNIQUE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT payment_calls_kind_check CHECK (kind IN ('authorize', 'capture', 'void', 'refund')),
    amount BIGINT NOT NULL CONSTRAINT payment_calls_amount_check CHECK (amount >= 0),
    method TEXT,
    reason TEXT,
    at TIMESTAMP NOT NULL,
    CONSTRAINT payment_calls_pkey PRIMARY KEY (property_id, payment_id, id),
    CONSTRAINT payment_calls_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id)
) WITHOUT ROWID;
CREATE INDEX payment_calls_at_index ON payment_calls (at);

CREATE TABLE reviews (
    property_id BLOB NOT NULL CONSTRAINT reviews_property_fkey REFERENCES properties (id),
    id BLOB NOT NULL CONSTRAINT reviews_id_key UNIQUE,
    booking_id BLOB,
    reviewer_id BLOB NOT NULL CONSTRAINT reviews_reviewer_fkey REFERENCES users (id),
    addressee_id BLOB NOT NULL CONSTRAINT reviews_addressee_fkey REFERENCES users (id),
    subject TEXT NOT NULL CONSTRAINT reviews_subject_check CHECK (subject IN ('property', 'guest')),
    overall INTEGER NOT NULL CONSTRAINT reviews_overall_check CHECK (overall BETWEEN 1 AND 5),
    scores TEXT NOT NULL,
    public_comment TEXT NOT NULL,
    private_note TEXT,
    response TEXT,
    window_ends_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    respond_by TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT reviews_version_check CHECK (version >= 1),
    CONSTRAINT reviews_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT reviews_booking_key UNIQUE (booking_id, subject),
    CONSTRAINT reviews_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id)
);
CREATE INDEX reviews_published_index ON reviews (property_id, subject, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX reviews_addressee_index ON reviews (addressee_id, subject, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX reviews_reviewer_index ON reviews (reviewer_id, created_at, id);
CREATE INDEX reviews_due_index ON reviews (window_ends_at, id) WHERE published_at IS NULL;
