-- The schema that the other databases reached by their migrations up to this version. MySQL and MariaDB commit every
-- statement that changes a schema by itself, so all of them can be run again after a crash. Times are in UTC, ids are
-- UUIDs of 16 bytes; texts compare by their bytes. A text is VARCHAR where an index has it.
-- Neither database has partial indexes: the column of the condition leads the index instead.

CREATE TABLE IF NOT EXISTS users (
    id BINARY(16) NOT NULL,
    email TEXT NOT NULL,
    email_key VARCHAR(700) NOT NULL,
    email_verified BOOLEAN NOT NULL,
    password_hash TEXT,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    phone TEXT,
    locale TEXT,
    currency VARCHAR(16),
    role VARCHAR(32) NOT NULL,
    suspended_at DATETIME(6),
    erased_at DATETIME(6),
    rating_sum BIGINT NOT NULL,
    rating_count BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    search_name TEXT NOT NULL DEFAULT (''),
    search_version INTEGER NOT NULL DEFAULT 0,
    state VARCHAR(16) GENERATED ALWAYS AS (CASE WHEN erased_at IS NOT NULL THEN 'erased'
        WHEN suspended_at IS NOT NULL THEN 'suspended' WHEN email_verified THEN 'active' ELSE 'unverified' END) VIRTUAL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email_key),
    CONSTRAINT users_currency_check CHECK (CHAR_LENGTH(currency) = 3),
    CONSTRAINT users_role_check CHECK (role IN ('member', 'admin')),
    CONSTRAINT users_version_check CHECK (version >= 1),
    CONSTRAINT users_rating_check CHECK (rating_sum >= 0 AND rating_count >= 0),
    INDEX users_role_index (role, id),
    INDEX users_state_index (state, id),
    INDEX users_search_version_index (search_version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sessions (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    last_used_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    user_agent TEXT,
    address VARCHAR(64),
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    INDEX sessions_user_index (user_id, last_used_at),
    INDEX sessions_address_index (user_id, address)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS refresh_tokens (
    token_hash VARCHAR(64) NOT NULL,
    session_id BINARY(16) NOT NULL,
    used_at DATETIME(6),
    -- The successor of a used token, sealed for the holder of that token.
    successor TEXT,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash),
    CONSTRAINT refresh_tokens_hash_check CHECK (CHAR_LENGTH(token_hash) = 64),
    CONSTRAINT refresh_tokens_session_fkey FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE,
    INDEX refresh_tokens_session_index (session_id, used_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS one_time_tokens (
    token_hash VARCHAR(64) NOT NULL,
    user_id BINARY(16) NOT NULL,
    purpose VARCHAR(32) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    CONSTRAINT one_time_tokens_pkey PRIMARY KEY (token_hash),
    CONSTRAINT one_time_tokens_hash_check CHECK (CHAR_LENGTH(token_hash) = 64),
    CONSTRAINT one_time_tokens_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT one_time_tokens_purpose_check CHECK (purpose IN ('verify_email', 'reset_password')),
    INDEX one_time_tokens_user_index (user_id, purpose)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One without `confirmed_at` is not required yet. Recovery codes are stored as their digests, in a JSON array.
CREATE TABLE IF NOT EXISTS second_factors (
    user_id BINARY(16) NOT NULL,
    sealed_secret TEXT NOT NULL,
    confirmed_at DATETIME(6),
    last_step BIGINT NOT NULL,
    recovery TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT second_factors_pkey PRIMARY KEY (user_id),
    CONSTRAINT second_factors_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT second_factors_version_check CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A job without `due_at` is set aside for an operator; one that a worker has leased is due again when its lease ends.
-- `origin_id` is the job of the first recipient of the same notification.
CREATE TABLE IF NOT EXISTS jobs (
    id BINARY(16) NOT NULL,
    kind VARCHAR(64) NOT NULL DEFAULT 'email',
    notice MEDIUMTEXT NOT NULL,
    recipient VARCHAR(32),
    origin_id BINARY(16),
    attempts BIGINT NOT NULL,
    due_at DATETIME(6),
    leased_until DATETIME(6),
    last_error TEXT,
    CONSTRAINT jobs_pkey PRIMARY KEY (id),
    CONSTRAINT jobs_attempts_check CHECK (attempts >= 0),
    CONSTRAINT jobs_recipient_check CHECK (recipient IN ('guest', 'host')),
    INDEX jobs_due_index (kind, due_at, id),
    INDEX jobs_set_aside_index (due_at, kind, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A row without `next_try_at` is set aside for an operator.
CREATE TABLE IF NOT EXISTS job_failures (
    kind VARCHAR(64) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    id BINARY(16) NOT NULL,
    attempts BIGINT NOT NULL,
    next_try_at DATETIME(6),
    last_error TEXT NOT NULL,
    CONSTRAINT job_failures_pkey PRIMARY KEY (kind, subject_id),
    CONSTRAINT job_failures_id_key UNIQUE (id),
    CONSTRAINT job_failures_attempts_check CHECK (attempts >= 0),
    INDEX job_failures_set_aside_index (next_try_at, kind, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS worker_heartbeats (
    worker_id BINARY(16) NOT NULL,
    kind VARCHAR(64) NOT NULL,
    last_seen_at DATETIME(6) NOT NULL,
    CONSTRAINT worker_heartbeats_pkey PRIMARY KEY (worker_id, kind)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A row is claimed by an attempt until `leased_until`; none is running when that is absent. `outcome` is the JSON of the
-- resource that the work changed, stored in the transaction of the work by the attempt that did it.
CREATE TABLE IF NOT EXISTS idempotency_keys (
    scope VARCHAR(500) NOT NULL,
    `key` VARCHAR(255) NOT NULL,
    fingerprint TEXT NOT NULL,
    claimed_at DATETIME(6) NOT NULL,
    attempt BINARY(16) NOT NULL,
    leased_until DATETIME(6),
    outcome TEXT,
    status INTEGER,
    headers TEXT,
    body MEDIUMBLOB,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, `key`),
    CONSTRAINT idempotency_keys_answer_check CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL)),
    INDEX idempotency_keys_claimed_index (claimed_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The mails of the last hour to an address that anyone could cause; one row for each, in at most as many slots as are
-- permitted.
CREATE TABLE IF NOT EXISTS address_mails (
    address_hash VARCHAR(64) NOT NULL,
    slot INTEGER NOT NULL,
    at DATETIME(6) NOT NULL,
    CONSTRAINT address_mails_pkey PRIMARY KEY (address_hash, slot),
    INDEX address_mails_at_index (at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Everything below a property carries `property_id` in its keys, so that a payment cannot name another property
-- than its booking. JSON is kept as text; what is searched, joined or constrained has columns of its own. A deleted
-- property that has bookings is kept for them.
CREATE TABLE IF NOT EXISTS properties (
    id BINARY(16) NOT NULL,
    host_id BINARY(16) NOT NULL,
    status VARCHAR(32) NOT NULL,
    details MEDIUMTEXT NOT NULL,
    search_text MEDIUMTEXT NOT NULL,
    city_key VARCHAR(700),
    country VARCHAR(32),
    latitude DOUBLE,
    longitude DOUBLE,
    max_guests INTEGER,
    bedrooms INTEGER NOT NULL,
    property_type VARCHAR(64) NOT NULL,
    room_type VARCHAR(64) NOT NULL,
    instant BOOLEAN NOT NULL,
    nightly BIGINT,
    currency VARCHAR(16),
    min_nights INTEGER NOT NULL,
    max_nights INTEGER NOT NULL,
    preparation_nights INTEGER NOT NULL,
    weekend BIGINT,
    search_version INTEGER NOT NULL DEFAULT 0,
    deleted_at DATETIME(6),
    rating_sum BIGINT NOT NULL,
    rating_count BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    -- Hundredths of the mean, half up; 0 below three reviews.
    rating BIGINT GENERATED ALWAYS AS
        (CASE WHEN rating_count >= 3 THEN (200 * rating_sum + rating_count) DIV (2 * rating_count) ELSE 0 END) STORED,
    relevance BIGINT GENERATED ALWAYS AS
        (rating_count * 1000 + CASE WHEN rating_count >= 3 THEN (200 * rating_sum + rating_count) DIV (2 * rating_count) ELSE 0 END) STORED,
    CONSTRAINT properties_pkey PRIMARY KEY (id),
    CONSTRAINT properties_host_fkey FOREIGN KEY (host_id) REFERENCES users (id),
    CONSTRAINT properties_status_check CHECK (status IN ('draft', 'listed', 'unlisted', 'suspended')),
    CONSTRAINT properties_latitude_check CHECK (latitude BETWEEN -90 AND 90),
    CONSTRAINT properties_longitude_check CHECK (longitude BETWEEN -180 AND 180),
    CONSTRAINT properties_nightly_check CHECK (nightly > 0),
    CONSTRAINT properties_weekend_check CHECK (weekend > 0),
    CONSTRAINT properties_min_nights_check CHECK (min_nights >= 1),
    CONSTRAINT properties_version_check CHECK (version >= 1),
    CONSTRAINT properties_nights_check CHECK (min_nights <= max_nights),
    CONSTRAINT properties_preparation_check CHECK (preparation_nights BETWEEN 0 AND 2),
    CONSTRAINT properties_rating_check CHECK (rating_sum >= 0 AND rating_count >= 0),
    CONSTRAINT properties_price_check CHECK ((nightly IS NULL) = (currency IS NULL)),
    CONSTRAINT properties_place_check CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CONSTRAINT properties_listed_check CHECK (status <> 'listed' OR (nightly IS NOT NULL AND max_guests IS NOT NULL)),
    INDEX properties_host_index (host_id, status),
    INDEX properties_host_created_index (host_id, created_at, id),
    INDEX properties_created_index (created_at, id),
    INDEX properties_status_index (status, created_at, id),
    INDEX properties_search_version_index (search_version),
    INDEX properties_relevance_index (status, relevance, id),
    INDEX properties_rating_index (status, rating, id),
    INDEX properties_nightly_index (status, nightly, id),
    INDEX properties_city_index (status, city_key, relevance, id),
    INDEX properties_country_index (status, country, relevance, id),
    INDEX properties_currency_index (status, currency),
    -- The columns that a search on a map reads of most properties, so that those it does not show need not be read.
    INDEX properties_map_index (status, latitude, longitude, relevance, id, nightly, currency, max_guests, min_nights,
        max_nights, preparation_nights)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS property_amenities (
    property_id BINARY(16) NOT NULL,
    amenity VARCHAR(500) NOT NULL,
    CONSTRAINT property_amenities_pkey PRIMARY KEY (property_id, amenity),
    CONSTRAINT property_amenities_property_fkey FOREIGN KEY (property_id) REFERENCES properties (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS calendar_rules (
    property_id BINARY(16) NOT NULL,
    night DATE NOT NULL,
    price BIGINT,
    currency VARCHAR(16),
    min_nights INTEGER,
    max_nights INTEGER,
    closed_to_arrival BOOLEAN NOT NULL,
    closed_to_departure BOOLEAN NOT NULL,
    note TEXT,
    CONSTRAINT calendar_rules_pkey PRIMARY KEY (property_id, night),
    CONSTRAINT calendar_rules_property_fkey FOREIGN KEY (property_id) REFERENCES properties (id) ON DELETE CASCADE,
    CONSTRAINT calendar_rules_price_check CHECK (price > 0),
    CONSTRAINT calendar_rules_currency_check CHECK ((price IS NULL) = (currency IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS bookings (
    property_id BINARY(16) NOT NULL,
    id BINARY(16) NOT NULL,
    host_id BINARY(16) NOT NULL,
    guest_id BINARY(16) NOT NULL,
    check_in DATE NOT NULL,
    check_out DATE NOT NULL,
    guests TEXT NOT NULL,
    preparation_nights INTEGER NOT NULL,
    status VARCHAR(32) NOT NULL,
    total BIGINT NOT NULL,
    currency VARCHAR(16) NOT NULL,
    price MEDIUMTEXT NOT NULL,
    policy MEDIUMTEXT NOT NULL,
    terms TEXT NOT NULL,
    mode TEXT NOT NULL,
    zone TEXT NOT NULL,
    check_in_from TIME(6) NOT NULL,
    check_out_until TIME(6) NOT NULL,
    message TEXT,
    payment_id BINARY(16),
    requested_at DATETIME(6),
    confirmation MEDIUMTEXT,
    cancellation MEDIUMTEXT,
    alteration MEDIUMTEXT,
    -- Conditions by which alterations are priced, and the number of applied ones.
    conditions MEDIUMTEXT NOT NULL DEFAULT ('{}'),
    alterations INTEGER NOT NULL DEFAULT 0,
    history MEDIUMTEXT NOT NULL,
    -- The next time at which a timeout changes the booking.
    due_at DATETIME(6),
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT bookings_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT bookings_id_key UNIQUE (id),
    CONSTRAINT bookings_property_fkey FOREIGN KEY (property_id) REFERENCES properties (id),
    CONSTRAINT bookings_host_fkey FOREIGN KEY (host_id) REFERENCES users (id),
    CONSTRAINT bookings_guest_fkey FOREIGN KEY (guest_id) REFERENCES users (id),
    CONSTRAINT bookings_status_check CHECK (status IN (
        'pending_payment', 'awaiting_host', 'confirmed', 'checked_in', 'completed', 'cancelled', 'declined', 'expired', 'no_show')),
    CONSTRAINT bookings_currency_check CHECK (CHAR_LENGTH(currency) = 3),
    CONSTRAINT bookings_alterations_check CHECK (alterations >= 0),
    CONSTRAINT bookings_version_check CHECK (version >= 1),
    CONSTRAINT bookings_stay_check CHECK (check_in < check_out),
    INDEX bookings_due_index (due_at, id),
    INDEX bookings_guest_index (guest_id, created_at, id),
    INDEX bookings_host_index (host_id, created_at, id),
    INDEX bookings_created_index (created_at, id),
    INDEX bookings_property_index (property_id, created_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Claims on nights: at most one on each, whatever races for it.
CREATE TABLE IF NOT EXISTS booked_nights (
    property_id BINARY(16) NOT NULL,
    night DATE NOT NULL,
    kind VARCHAR(32) NOT NULL,
    booking_id BINARY(16),
    CONSTRAINT booked_nights_pkey PRIMARY KEY (property_id, night),
    CONSTRAINT booked_nights_property_fkey FOREIGN KEY (property_id) REFERENCES properties (id) ON DELETE CASCADE,
    CONSTRAINT booked_nights_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT booked_nights_kind_check CHECK (kind IN ('booked', 'held', 'blocked', 'preparation', 'imported')),
    CONSTRAINT booked_nights_holder_check CHECK (booking_id IS NOT NULL OR kind IN ('blocked', 'imported')),
    INDEX booked_nights_booking_index (property_id, booking_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS payments (
    property_id BINARY(16) NOT NULL,
    id BINARY(16) NOT NULL,
    booking_id BINARY(16) NOT NULL,
    amount BIGINT NOT NULL,
    currency VARCHAR(16) NOT NULL,
    reference TEXT,
    method TEXT,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT payments_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT payments_id_key UNIQUE (id),
    CONSTRAINT payments_booking_key UNIQUE (property_id, booking_id),
    CONSTRAINT payments_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT payments_amount_check CHECK (amount >= 0),
    CONSTRAINT payments_currency_check CHECK (CHAR_LENGTH(currency) = 3),
    CONSTRAINT payments_version_check CHECK (version >= 1),
    INDEX payments_created_index (created_at, id),
    INDEX payments_booking_index (booking_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The events of a payment. Append-only.
CREATE TABLE IF NOT EXISTS payment_entries (
    property_id BINARY(16) NOT NULL,
    payment_id BINARY(16) NOT NULL,
    position INTEGER NOT NULL,
    id BINARY(16) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    amount BIGINT NOT NULL,
    at DATETIME(6) NOT NULL,
    reason TEXT,
    -- The gateway's reference of a charge.
    reference TEXT,
    -- The capture that is refunded.
    against BINARY(16),
    -- The side that bears a refund beyond the policy.
    borne_by VARCHAR(32),
    CONSTRAINT payment_entries_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payment_entries_id_key UNIQUE (id),
    CONSTRAINT payment_entries_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id),
    CONSTRAINT payment_entries_against_fkey FOREIGN KEY (against) REFERENCES payment_entries (id),
    CONSTRAINT payment_entries_kind_check CHECK (kind IN (
        'authorization', 'capture', 'void', 'refund', 'payout', 'failure', 'payout_failure')),
    CONSTRAINT payment_entries_amount_check CHECK (amount >= 0),
    CONSTRAINT payment_entries_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    INDEX payment_entries_refund_index (kind, at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Calls that the gateway has not answered.
CREATE TABLE IF NOT EXISTS payment_calls (
    property_id BINARY(16) NOT NULL,
    payment_id BINARY(16) NOT NULL,
    id BINARY(16) NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(32) NOT NULL,
    amount BIGINT NOT NULL,
    method TEXT,
    reason TEXT,
    at DATETIME(6) NOT NULL,
    against BINARY(16),
    borne_by VARCHAR(32),
    CONSTRAINT payment_calls_pkey PRIMARY KEY (property_id, payment_id, id),
    CONSTRAINT payment_calls_id_key UNIQUE (id),
    CONSTRAINT payment_calls_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id),
    CONSTRAINT payment_calls_against_fkey FOREIGN KEY (against) REFERENCES payment_entries (id),
    CONSTRAINT payment_calls_kind_check CHECK (kind IN ('authorize', 'capture', 'void', 'refund', 'payout')),
    CONSTRAINT payment_calls_amount_check CHECK (amount >= 0),
    CONSTRAINT payment_calls_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    INDEX payment_calls_at_index (at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS reviews (
    property_id BINARY(16) NOT NULL,
    id BINARY(16) NOT NULL,
    booking_id BINARY(16),
    reviewer_id BINARY(16) NOT NULL,
    addressee_id BINARY(16) NOT NULL,
    subject VARCHAR(32) NOT NULL,
    overall INTEGER NOT NULL,
    scores TEXT NOT NULL,
    public_comment MEDIUMTEXT NOT NULL,
    private_note TEXT,
    response TEXT,
    window_ends_at DATETIME(6) NOT NULL,
    published_at DATETIME(6),
    respond_by DATETIME(6),
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT reviews_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT reviews_id_key UNIQUE (id),
    CONSTRAINT reviews_booking_key UNIQUE (booking_id, subject),
    CONSTRAINT reviews_property_fkey FOREIGN KEY (property_id) REFERENCES properties (id),
    CONSTRAINT reviews_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT reviews_reviewer_fkey FOREIGN KEY (reviewer_id) REFERENCES users (id),
    CONSTRAINT reviews_addressee_fkey FOREIGN KEY (addressee_id) REFERENCES users (id),
    CONSTRAINT reviews_subject_check CHECK (subject IN ('property', 'guest')),
    CONSTRAINT reviews_overall_check CHECK (overall BETWEEN 1 AND 5),
    CONSTRAINT reviews_version_check CHECK (version >= 1),
    INDEX reviews_published_index (property_id, subject, published_at, id),
    INDEX reviews_addressee_index (addressee_id, subject, published_at, id),
    INDEX reviews_reviewer_index (reviewer_id, created_at, id),
    INDEX reviews_due_index (published_at, window_ends_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Payouts to hosts. The withheld part pays the debts of other bookings, which brought less than was paid out for them.
CREATE TABLE IF NOT EXISTS payouts (
    property_id BINARY(16) NOT NULL,
    payment_id BINARY(16) NOT NULL,
    position INTEGER NOT NULL,
    id BINARY(16) NOT NULL,
    host_id BINARY(16) NOT NULL,
    booking_id BINARY(16) NOT NULL,
    amount BIGINT NOT NULL,
    withheld BIGINT NOT NULL,
    currency VARCHAR(16) NOT NULL,
    due_at DATETIME(6) NOT NULL,
    status VARCHAR(32) NOT NULL,
    paid_at DATETIME(6),
    -- The call to the gateway that makes the payout.
    call_id BINARY(16),
    CONSTRAINT payouts_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payouts_id_key UNIQUE (id),
    CONSTRAINT payouts_host_fkey FOREIGN KEY (host_id) REFERENCES users (id),
    CONSTRAINT payouts_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id),
    CONSTRAINT payouts_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT payouts_amount_check CHECK (amount > 0),
    CONSTRAINT payouts_currency_check CHECK (CHAR_LENGTH(currency) = 3),
    CONSTRAINT payouts_status_check CHECK (status IN ('scheduled', 'sending', 'paid')),
    CONSTRAINT payouts_withheld_check CHECK (withheld BETWEEN 0 AND amount),
    CONSTRAINT payouts_paid_check CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
    CONSTRAINT payouts_call_check CHECK (status <> 'sending' OR call_id IS NOT NULL),
    INDEX payouts_due_index (status, due_at, id),
    INDEX payouts_host_index (host_id, due_at, id),
    INDEX payouts_all_index (due_at, id),
    INDEX payouts_property_index (property_id, due_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Debits are positive, credits negative, and every entry sums to zero. A cause posts once. Append-only.
CREATE TABLE IF NOT EXISTS journal (
    property_id BINARY(16) NOT NULL,
    booking_id BINARY(16) NOT NULL,
    cause VARCHAR(32) NOT NULL,
    source BINARY(16) NOT NULL,
    host_id BINARY(16) NOT NULL,
    currency VARCHAR(16) NOT NULL,
    at DATETIME(6) NOT NULL,
    guest_receivable BIGINT NOT NULL,
    processor_cash BIGINT NOT NULL,
    host_payable BIGINT NOT NULL,
    platform_revenue BIGINT NOT NULL,
    tax_payable BIGINT NOT NULL,
    CONSTRAINT journal_pkey PRIMARY KEY (property_id, booking_id, cause, source),
    CONSTRAINT journal_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT journal_host_fkey FOREIGN KEY (host_id) REFERENCES users (id),
    CONSTRAINT journal_cause_check CHECK (cause IN (
        'sale', 'alteration', 'cancellation', 'goodwill', 'reversal', 'capture', 'refund', 'payout', 'offset')),
    CONSTRAINT journal_currency_check CHECK (CHAR_LENGTH(currency) = 3),
    CONSTRAINT journal_balance_check CHECK (
        guest_receivable + processor_cash + host_payable + platform_revenue + tax_payable = 0),
    INDEX journal_at_index (at, booking_id, cause, source),
    INDEX journal_currency_index (currency, at, booking_id, cause, source),
    INDEX journal_booking_index (booking_id, at, cause, source),
    INDEX journal_host_index (host_id, at, booking_id, cause, source),
    INDEX journal_debts_index (host_id, currency, property_id, booking_id, at, host_payable)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Counts the payouts to a host that withheld something, so that two at once never withhold for the same debt.
CREATE TABLE IF NOT EXISTS host_accounts (
    host_id BINARY(16) NOT NULL,
    currency VARCHAR(16) NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT host_accounts_pkey PRIMARY KEY (host_id, currency),
    CONSTRAINT host_accounts_host_fkey FOREIGN KEY (host_id) REFERENCES users (id),
    CONSTRAINT host_accounts_currency_check CHECK (CHAR_LENGTH(currency) = 3),
    CONSTRAINT host_accounts_version_check CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every version of the marketplace's fees and windows.
CREATE TABLE IF NOT EXISTS terms_versions (
    version BIGINT NOT NULL,
    terms TEXT NOT NULL,
    in_force_from DATETIME(6) NOT NULL,
    CONSTRAINT terms_versions_pkey PRIMARY KEY (version),
    CONSTRAINT terms_versions_version_check CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Each line refers to the one before it by its hash, and outlives the accounts that it names. Append-only. Values before
-- and after are in `was` and `became`.
CREATE TABLE IF NOT EXISTS audit_log (
    number BIGINT NOT NULL,
    at DATETIME(6) NOT NULL,
    actor_id BINARY(16),
    address VARCHAR(64),
    action VARCHAR(64) NOT NULL,
    subject_kind VARCHAR(32),
    subject_id BINARY(16),
    was MEDIUMTEXT,
    became MEDIUMTEXT,
    previous_hash VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (number),
    CONSTRAINT audit_log_hash_key UNIQUE (hash),
    CONSTRAINT audit_log_number_check CHECK (number >= 1),
    CONSTRAINT audit_log_subject_kind_check CHECK (subject_kind IN ('user', 'property', 'booking', 'payment', 'session')),
    CONSTRAINT audit_log_previous_hash_check CHECK (CHAR_LENGTH(previous_hash) = 64),
    CONSTRAINT audit_log_hash_check CHECK (CHAR_LENGTH(hash) = 64),
    CONSTRAINT audit_log_subject_check CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
    INDEX audit_log_at_index (at, number),
    INDEX audit_log_actor_index (actor_id, at, number),
    INDEX audit_log_subject_index (subject_id, subject_kind, at, number),
    INDEX audit_log_action_index (action, at, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows that transactions lock in turn: here, those that append to the audit log.
CREATE TABLE IF NOT EXISTS advisory_locks (
    id BIGINT NOT NULL,
    CONSTRAINT advisory_locks_pkey PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO advisory_locks (id) VALUES (7205759403792793601) ON DUPLICATE KEY UPDATE id = id;

-- TRUNCATE runs no trigger: it takes the privilege DROP, which the account of the program need not have after a migration.
DROP TRIGGER IF EXISTS payment_entries_update;
CREATE TRIGGER payment_entries_update BEFORE UPDATE ON payment_entries FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payment_entries is append-only';
DROP TRIGGER IF EXISTS payment_entries_delete;
CREATE TRIGGER payment_entries_delete BEFORE DELETE ON payment_entries FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payment_entries is append-only';
DROP TRIGGER IF EXISTS journal_update;
CREATE TRIGGER journal_update BEFORE UPDATE ON journal FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal is append-only';
DROP TRIGGER IF EXISTS journal_delete;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal is append-only';
DROP TRIGGER IF EXISTS audit_log_update;
CREATE TRIGGER audit_log_update BEFORE UPDATE ON audit_log FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';
DROP TRIGGER IF EXISTS audit_log_delete;
CREATE TRIGGER audit_log_delete BEFORE DELETE ON audit_log FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only';
