CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TABLE __diesel_schema_migrations (
    version character varying(50) NOT NULL,
    run_on timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE audit_log (
    number bigint NOT NULL,
    at timestamp without time zone NOT NULL,
    actor_id uuid,
    address text,
    action text NOT NULL,
    subject_kind text,
    subject_id uuid,
    was text,
    became text,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_log_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT audit_log_number_check CHECK ((number >= 1)),
    CONSTRAINT audit_log_previous_hash_check CHECK ((length(previous_hash) = 64)),
    CONSTRAINT audit_log_subject_check CHECK (((subject_kind IS NULL) = (subject_id IS NULL))),
    CONSTRAINT audit_log_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['user'::text, 'property'::text, 'booking'::text, 'payment'::text, 'session'::text])))
);
CREATE TABLE booked_nights (
    property_id uuid NOT NULL,
    night date NOT NULL,
    kind text NOT NULL,
    booking_id uuid,
    CONSTRAINT booked_nights_holder_check CHECK (((booking_id IS NOT NULL) OR (kind = ANY (ARRAY['blocked'::text, 'imported'::text])))),
    CONSTRAINT booked_nights_kind_check CHECK ((kind = ANY (ARRAY['booked'::text, 'held'::text, 'blocked'::text, 'preparation'::text, 'imported'::text])))
);
CREATE TABLE bookings (
    property_id uuid NOT NULL,
    id uuid NOT NULL,
    host_id uuid NOT NULL,
    guest_id uuid NOT NULL,
    check_in date NOT NULL,
    check_out date NOT NULL,
    guests text NOT NULL,
    preparation_nights integer NOT NULL,
    status text NOT NULL,
    total bigint NOT NULL,
    currency text NOT NULL,
    price text NOT NULL,
    policy text NOT NULL,
    terms text NOT NULL,
    mode text NOT NULL,
    zone text NOT NULL,
    check_in_from time without time zone NOT NULL,
    check_out_until time without time zone NOT NULL,
    message text,
    payment_id uuid,
    requested_at timestamp without time zone,
    confirmation text,
    cancellation text,
    history text NOT NULL,
    due_at timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    version bigint NOT NULL,
    alteration text,
    CONSTRAINT bookings_currency_check CHECK ((length(currency) = 3)),
    CONSTRAINT bookings_status_check CHECK ((status = ANY (ARRAY['pending_payment'::text, 'awaiting_host'::text, 'confirmed'::text, 'checked_in'::text, 'completed'::text, 'cancelled'::text, 'declined'::text, 'expired'::text, 'no_show'::text]))),
    CONSTRAINT bookings_stay_check CHECK ((check_in < check_out)),
    CONSTRAINT bookings_version_check CHECK ((version >= 1))
);
CREATE TABLE calendar_rules (
    property_id uuid NOT NULL,
    night date NOT NULL,
    price bigint,
    currency text,
    min_nights integer,
    max_nights integer,
    closed_to_arrival boolean NOT NULL,
    closed_to_departure boolean NOT NULL,
    note text,
    CONSTRAINT calendar_rules_currency_check CHECK (((price IS NULL) = (currency IS NULL))),
    CONSTRAINT calendar_rules_price_check CHECK ((price > 0))
);
CREATE TABLE host_accounts (
    host_id uuid NOT NULL,
    currency text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT host_accounts_currency_check CHECK ((length(currency) = 3)),
    CONSTRAINT host_accounts_version_check CHECK ((version >= 1))
);
CREATE TABLE idempotency_keys (
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    claimed_at timestamp without time zone NOT NULL,
    status integer,
    headers text,
    body bytea,
    CONSTRAINT idempotency_keys_answer_check CHECK ((((status IS NULL) = (headers IS NULL)) AND ((status IS NULL) = (body IS NULL))))
);
CREATE TABLE jobs (
    id uuid NOT NULL,
    notice text NOT NULL,
    attempts bigint NOT NULL,
    due_at timestamp without time zone,
    last_error text,
    CONSTRAINT jobs_attempts_check CHECK ((attempts >= 0))
);
CREATE TABLE journal (
    property_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    cause text NOT NULL,
    source uuid NOT NULL,
    host_id uuid NOT NULL,
    currency text NOT NULL,
    at timestamp without time zone NOT NULL,
    guest_receivable bigint NOT NULL,
    processor_cash bigint NOT NULL,
    host_payable bigint NOT NULL,
    platform_revenue bigint NOT NULL,
    tax_payable bigint NOT NULL,
    CONSTRAINT journal_balance_check CHECK ((((((guest_receivable + processor_cash) + host_payable) + platform_revenue) + tax_payable) = 0)),
    CONSTRAINT journal_cause_check CHECK ((cause = ANY (ARRAY['sale'::text, 'alteration'::text, 'cancellation'::text, 'goodwill'::text, 'reversal'::text, 'capture'::text, 'refund'::text, 'payout'::text, 'offset'::text]))),
    CONSTRAINT journal_currency_check CHECK ((length(currency) = 3))
);
CREATE TABLE one_time_tokens (
    token_hash text NOT NULL,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    CONSTRAINT one_time_tokens_hash_check CHECK ((length(token_hash) = 64)),
    CONSTRAINT one_time_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'reset_password'::text])))
);
CREATE TABLE payment_calls (
    property_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    id uuid NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    method text,
    reason text,
    at timestamp without time zone NOT NULL,
    against uuid,
    borne_by text,
    CONSTRAINT payment_calls_amount_check CHECK ((amount >= 0)),
    CONSTRAINT payment_calls_borne_by_check CHECK ((borne_by = ANY (ARRAY['host'::text, 'admin'::text]))),
    CONSTRAINT payment_calls_kind_check CHECK ((kind = ANY (ARRAY['authorize'::text, 'capture'::text, 'void'::text, 'refund'::text, 'payout'::text])))
);
CREATE TABLE payment_entries (
    property_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    "position" integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    at timestamp without time zone NOT NULL,
    reason text,
    reference text,
    against uuid,
    borne_by text,
    CONSTRAINT payment_entries_amount_check CHECK ((amount >= 0)),
    CONSTRAINT payment_entries_borne_by_check CHECK ((borne_by = ANY (ARRAY['host'::text, 'admin'::text]))),
    CONSTRAINT payment_entries_kind_check CHECK ((kind = ANY (ARRAY['authorization'::text, 'capture'::text, 'void'::text, 'refund'::text, 'payout'::text, 'failure'::text, 'payout_failure'::text])))
);
CREATE TABLE payments (
    property_id uuid NOT NULL,
    id uuid NOT NULL,
    booking_id uuid NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    reference text,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    version bigint NOT NULL,
    method text,
    CONSTRAINT payments_amount_check CHECK ((amount >= 0)),
    CONSTRAINT payments_currency_check CHECK ((length(currency) = 3)),
    CONSTRAINT payments_version_check CHECK ((version >= 1))
);
CREATE TABLE payouts (
    property_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    "position" integer NOT NULL,
    id uuid NOT NULL,
    host_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    amount bigint NOT NULL,
    withheld bigint NOT NULL,
    currency text NOT NULL,
    due_at timestamp without time zone NOT NULL,
    status text NOT NULL,
    paid_at timestamp without time zone,
    call_id uuid,
    CONSTRAINT payouts_amount_check CHECK ((amount > 0)),
    CONSTRAINT payouts_call_check CHECK (((status <> 'sending'::text) OR (call_id IS NOT NULL))),
    CONSTRAINT payouts_currency_check CHECK ((length(currency) = 3)),
    CONSTRAINT payouts_paid_check CHECK (((status = 'paid'::text) = (paid_at IS NOT NULL))),
    CONSTRAINT payouts_status_check CHECK ((status = ANY (ARRAY['scheduled'::text, 'sending'::text, 'paid'::text]))),
    CONSTRAINT payouts_withheld_check CHECK (((withheld >= 0) AND (withheld <= amount)))
);
CREATE TABLE properties (
    id uuid NOT NULL,
    host_id uuid NOT NULL,
    status text NOT NULL,
    details text NOT NULL,
    search_text text NOT NULL,
    city_key text,
    country text,
    latitude double precision,
    longitude double precision,
    max_guests integer,
    bedrooms integer NOT NULL,
    property_type text NOT NULL,
    room_type text NOT NULL,
    instant boolean NOT NULL,
    nightly bigint,
    currency text,
    min_nights integer NOT NULL,
    max_nights integer NOT NULL,
    preparation_nights integer NOT NULL,
    rating_sum bigint NOT NULL,
    rating_count bigint NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    version bigint NOT NULL,
    rating bigint GENERATED ALWAYS AS (
CASE
    WHEN (rating_count >= 3) THEN (((200 * rating_sum) + rating_count) / (2 * rating_count))
    ELSE (0)::bigint
END) STORED,
    relevance bigint GENERATED ALWAYS AS (((rating_count * 1000) +
CASE
    WHEN (rating_count >= 3) THEN (((200 * rating_sum) + rating_count) / (2 * rating_count))
    ELSE (0)::bigint
END)) STORED,
    CONSTRAINT properties_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
    CONSTRAINT properties_listed_check CHECK (((status <> 'listed'::text) OR ((nightly IS NOT NULL) AND (max_guests IS NOT NULL)))),
    CONSTRAINT properties_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
    CONSTRAINT properties_min_nights_check CHECK ((min_nights >= 1)),
    CONSTRAINT properties_nightly_check CHECK ((nightly > 0)),
    CONSTRAINT properties_nights_check CHECK ((min_nights <= max_nights)),
    CONSTRAINT properties_place_check CHECK (((latitude IS NULL) = (longitude IS NULL))),
    CONSTRAINT properties_preparation_check CHECK (((preparation_nights >= 0) AND (preparation_nights <= 2))),
    CONSTRAINT properties_price_check CHECK (((nightly IS NULL) = (currency IS NULL))),
    CONSTRAINT properties_rating_check CHECK (((rating_sum >= 0) AND (rating_count >= 0))),
    CONSTRAINT properties_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'listed'::text, 'unlisted'::text, 'suspended'::text]))),
    CONSTRAINT properties_version_check CHECK ((version >= 1))
);
CREATE TABLE property_amenities (
    property_id uuid NOT NULL,
    amenity text NOT NULL
);
CREATE TABLE refresh_tokens (
    token_hash text NOT NULL,
    session_id uuid NOT NULL,
    used_at timestamp without time zone,
    CONSTRAINT refresh_tokens_hash_check CHECK ((length(token_hash) = 64))
);
CREATE TABLE reviews (
    property_id uuid NOT NULL,
    id uuid NOT NULL,
    booking_id uuid,
    reviewer_id uuid NOT NULL,
    addressee_id uuid NOT NULL,
    subject text NOT NULL,
    overall integer NOT NULL,
    scores text NOT NULL,
    public_comment text NOT NULL,
    private_note text,
    response text,
    window_ends_at timestamp without time zone NOT NULL,
    published_at timestamp without time zone,
    respond_by timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT reviews_overall_check CHECK (((overall >= 1) AND (overall <= 5))),
    CONSTRAINT reviews_subject_check CHECK ((subject = ANY (ARRAY['property'::text, 'guest'::text]))),
    CONSTRAINT reviews_version_check CHECK ((version >= 1))
);
CREATE TABLE second_factors (
    user_id uuid NOT NULL,
    sealed_secret text NOT NULL,
    confirmed_at timestamp without time zone,
    last_step bigint NOT NULL,
    recovery text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT second_factors_version_check CHECK ((version >= 1))
);
CREATE TABLE sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp without time zone NOT NULL,
    last_used_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    user_agent text,
    address text
);
CREATE TABLE terms_versions (
    version bigint NOT NULL,
    terms text NOT NULL,
    in_force_from timestamp without time zone NOT NULL,
    CONSTRAINT terms_versions_version_check CHECK ((version >= 1))
);
CREATE TABLE users (
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    email_verified boolean NOT NULL,
    password_hash text,
    first_name text NOT NULL,
    last_name text NOT NULL,
    phone text,
    locale text,
    currency text,
    role text NOT NULL,
    suspended_at timestamp without time zone,
    erased_at timestamp without time zone,
    rating_sum bigint NOT NULL,
    rating_count bigint NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT users_currency_check CHECK ((length(currency) = 3)),
    CONSTRAINT users_rating_check CHECK (((rating_sum >= 0) AND (rating_count >= 0))),
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['member'::text, 'admin'::text]))),
    CONSTRAINT users_version_check CHECK ((version >= 1))
);
INSERT INTO __diesel_schema_migrations VALUES ('20261101000001', '2026-11-27 17:55:16.984397');
INSERT INTO __diesel_schema_migrations VALUES ('20261101000002', '2026-11-27 17:55:17.041117');
INSERT INTO __diesel_schema_migrations VALUES ('20261121000003', '2026-11-27 17:55:17.262262');
INSERT INTO __diesel_schema_migrations VALUES ('20261121000004', '2026-11-27 17:55:17.335103');
INSERT INTO __diesel_schema_migrations VALUES ('20261121000005', '2026-11-27 17:55:17.338552');
INSERT INTO audit_log VALUES (1, '2026-11-27 17:55:19.896884', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '127.0.0.1', 'logged_in', 'session', '01a21e25-bed8-722a-82d7-ec25f18881f9', NULL, NULL, '0000000000000000000000000000000000000000000000000000000000000000', '56dfad6ac615da36243d1d10305b20407ac6c9f0ddbc5581497282203d719590');
INSERT INTO audit_log VALUES (2, '2026-11-27 17:55:20.841843', '01a21e25-bf07-7772-a095-9609f73a7370', '127.0.0.1', 'logged_in', 'session', '01a21e25-c289-718f-8bb5-409ccd55d1e0', NULL, NULL, '56dfad6ac615da36243d1d10305b20407ac6c9f0ddbc5581497282203d719590', 'b94358916f555d902a37264308cd7ac4ddce144a81728db9de8ed99fdc9150ef');
INSERT INTO audit_log VALUES (3, '2026-11-27 17:55:21.344026', NULL, NULL, 'account_changed', 'user', '01a21e25-c480-776f-a483-3c6d3d784248', NULL, 'admin, appointed from the command line', 'b94358916f555d902a37264308cd7ac4ddce144a81728db9de8ed99fdc9150ef', 'ccd2bac01d32b298d9679f388b4425008be3de86fa16a5c411ab15729a7a4409');
INSERT INTO audit_log VALUES (4, '2026-11-27 17:55:23.302459', '01a21e25-c480-776f-a483-3c6d3d784248', '127.0.0.1', 'logged_in', 'session', '01a21e25-cc26-7353-8beb-67b17f4fc9a8', NULL, NULL, 'ccd2bac01d32b298d9679f388b4425008be3de86fa16a5c411ab15729a7a4409', '942202ff14b9751fc6839e83ecf166720a6e066945bd98335a0c83e59cd3922c');
INSERT INTO audit_log VALUES (5, '2026-11-27 17:55:23.749059', '01a21e25-c480-776f-a483-3c6d3d784248', '127.0.0.1', 'booking_cancelled', 'booking', '01a21e25-cda7-734a-a6b9-04c90d5e385a', 'confirmed', 'cancelled, 262.24 USD back: dispute', '942202ff14b9751fc6839e83ecf166720a6e066945bd98335a0c83e59cd3922c', '939ded766dbefea15d8168ebe88d58c29eab8e83e424b7081db204e0da25ed66');
INSERT INTO audit_log VALUES (6, '2026-11-27 17:55:24.313262', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '127.0.0.1', 'refund_given', 'payment', '01a21e25-ccea-7571-8202-c9acaca5e4a7', NULL, '10.00 USD: sorry', '939ded766dbefea15d8168ebe88d58c29eab8e83e424b7081db204e0da25ed66', '3dadaf59e11dcfb52021a566e7ecbb026e6093f8be1dddb990174883a09a3427');
INSERT INTO audit_log VALUES (7, '2026-11-27 17:55:24.32963', '01a21e25-c480-776f-a483-3c6d3d784248', '127.0.0.1', 'property_suspended', 'property', '01a21e25-c2b5-716e-8b08-65bf2620bdec', 'listed', 'suspended: look', '3dadaf59e11dcfb52021a566e7ecbb026e6093f8be1dddb990174883a09a3427', '327475f23a3b505bf9ca62a7fa0b8284ab04db01d807f50f523f954c6ca29e1d');
INSERT INTO audit_log VALUES (8, '2026-11-27 17:55:24.337625', '01a21e25-c480-776f-a483-3c6d3d784248', '127.0.0.1', 'property_reinstated', 'property', '01a21e25-c2b5-716e-8b08-65bf2620bdec', 'suspended', 'unlisted: fine', '327475f23a3b505bf9ca62a7fa0b8284ab04db01d807f50f523f954c6ca29e1d', '8405bf8a8d33c62b4014ac33a19f847e05767c7a95aa5974670aab7cef7d1bac');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2026-12-07', 'held', '01a21e25-cccf-7414-b19a-fcddd64f85c8');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2026-12-08', 'held', '01a21e25-cccf-7414-b19a-fcddd64f85c8');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2026-12-17', 'booked', '01a21e25-ccde-705c-aec0-cb3eff62eef4');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2026-12-18', 'booked', '01a21e25-ccde-705c-aec0-cb3eff62eef4');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2026-12-19', 'booked', '01a21e25-ccde-705c-aec0-cb3eff62eef4');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2026-12-20', 'booked', '01a21e25-ccde-705c-aec0-cb3eff62eef4');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-06', 'blocked', '01a21e25-cd57-77f4-89fc-81a7f472b1c6');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-07', 'blocked', '01a21e25-cd57-77f4-89fc-81a7f472b1c6');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-08', 'blocked', '01a21e25-cd57-77f4-89fc-81a7f472b1c6');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-09', 'blocked', '01a21e25-cd57-77f4-89fc-81a7f472b1c6');
INSERT INTO booked_nights VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '2026-12-07', 'held', '01a21e25-ce16-7211-a34a-120f8832d3be');
INSERT INTO booked_nights VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '2026-12-08', 'held', '01a21e25-ce16-7211-a34a-120f8832d3be');
INSERT INTO booked_nights VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '2026-12-27', 'booked', '01a21e25-cec3-708d-bcf1-3b649ffbabf7');
INSERT INTO booked_nights VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '2026-12-28', 'booked', '01a21e25-cec3-708d-bcf1-3b649ffbabf7');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-26', 'booked', '01a21e25-cf13-70f6-9991-5904ffa616cd');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-27', 'booked', '01a21e25-cf13-70f6-9991-5904ffa616cd');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-28', 'booked', '01a21e25-cf13-70f6-9991-5904ffa616cd');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-29', 'booked', '01a21e25-cf13-70f6-9991-5904ffa616cd');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-30', 'booked', '01a21e25-cf13-70f6-9991-5904ffa616cd');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-01-31', 'booked', '01a21e25-cf13-70f6-9991-5904ffa616cd');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-05', 'booked', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-06', 'booked', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-07', 'booked', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-08', 'booked', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-15', 'booked', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-16', 'booked', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-17', 'booked', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2027-02-18', 'booked', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2026-11-27', 'booked', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2026-11-28', 'booked', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5');
INSERT INTO booked_nights VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '2026-11-29', 'booked', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-07', 'blocked', NULL);
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-08', 'blocked', NULL);
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-09', 'blocked', NULL);
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-27', 'held', '01a21e25-d054-751e-bd35-e3200e6b84e7');
INSERT INTO booked_nights VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-28', 'held', '01a21e25-d054-751e-bd35-e3200e6b84e7');
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccde-705c-aec0-cb3eff62eef4', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-12-17', '2026-12-21', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'confirmed', 52448, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-18","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-19","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-20","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', 'We are two.', '01a21e25-ccea-7571-8202-c9acaca5e4a7', NULL, '{"at":"2026-11-27T17:55:23.508993Z","code":"HJHFS4G3QT"}', NULL, '[{"at":"2026-11-27T17:55:23.485611Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.508993Z","from":"pending_payment","to":"confirmed","by":"system","reason":null}]', '2026-12-21 23:00:00', '2026-11-27 17:55:23.485611', '2026-11-27 17:55:23.508993', 3, NULL);
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-11-27', '2026-11-28', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'completed', 16688, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":1,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":10000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":1988,"currency":"USD"},"amount":{"amount":1988,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":700,"currency":"USD"},"amount":{"amount":700,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-11-27","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":16688,"currency":"USD"},"host_fee":{"amount":420,"currency":"USD"},"host_payout":{"amount":13580,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cc66-700b-b354-18cec03f4f66', NULL, '{"at":"2026-11-27T17:55:23.394127Z","code":"76CSW35EY5"}', NULL, '[{"at":"2026-11-27T17:55:23.338360Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.394127Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:23.420914Z","from":"confirmed","to":"checked_in","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.430162Z","from":"checked_in","to":"completed","by":"guest","reason":null}]', NULL, '2026-11-27 17:55:23.33836', '2026-11-27 17:55:23.430162', 7, NULL);
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cccf-7414-b19a-fcddd64f85c8', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-12-07', '2026-12-09', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'pending_payment', 28608, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-08","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, NULL, NULL, NULL, NULL, '[{"at":"2026-11-27T17:55:23.470247Z","from":null,"to":"pending_payment","by":"guest","reason":null}]', '2026-11-27 18:10:23.470247', '2026-11-27 17:55:23.470247', '2026-11-27 17:55:23.470247', 1, NULL);
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd12-7518-9425-46c4ce7d161e', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-12-27', '2026-12-31', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'cancelled', 52448, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-28","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-29","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-30","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cd1e-7063-97f5-9f0002b604a6', NULL, '{"at":"2026-11-27T17:55:23.558499Z","code":"86K628N8E9"}', '{"by":"guest","at":"2026-11-27T17:55:23.577658Z","reason":"ill","refund":{"lines":[{"kind":"nights","paid":{"amount":40000,"currency":"USD"},"refunded":{"amount":40000,"currency":"USD"}},{"kind":"cleaning_fee","paid":{"amount":4000,"currency":"USD"},"refunded":{"amount":4000,"currency":"USD"}},{"kind":"service_fee","paid":{"amount":6248,"currency":"USD"},"refunded":{"amount":6248,"currency":"USD"}},{"kind":"tax","paid":{"amount":2200,"currency":"USD"},"refunded":{"amount":2200,"currency":"USD"}}],"refund":{"amount":52448,"currency":"USD"},"kept":{"amount":0,"currency":"USD"}},"host_fee":null}', '[{"at":"2026-11-27T17:55:23.537246Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.558499Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:23.577658Z","from":"confirmed","to":"cancelled","by":"guest","reason":"ill"}]', NULL, '2026-11-27 17:55:23.537246', '2026-11-27 17:55:23.577658', 4, NULL);
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2027-01-06', '2027-01-10', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'cancelled', 52448, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-01-06","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-08","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-09","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cd66-76d8-9914-a9aed534817e', NULL, '{"at":"2026-11-27T17:55:23.634219Z","code":"MNAYFD7BYY"}', '{"by":"host","at":"2026-11-27T17:55:23.660322Z","reason":"roof","refund":{"lines":[{"kind":"nights","paid":{"amount":40000,"currency":"USD"},"refunded":{"amount":40000,"currency":"USD"}},{"kind":"cleaning_fee","paid":{"amount":4000,"currency":"USD"},"refunded":{"amount":4000,"currency":"USD"}},{"kind":"service_fee","paid":{"amount":6248,"currency":"USD"},"refunded":{"amount":6248,"currency":"USD"}},{"kind":"tax","paid":{"amount":2200,"currency":"USD"},"refunded":{"amount":2200,"currency":"USD"}}],"refund":{"amount":52448,"currency":"USD"},"kept":{"amount":0,"currency":"USD"}},"host_fee":{"amount":5000,"currency":"USD"}}', '[{"at":"2026-11-27T17:55:23.606621Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.634219Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:23.660322Z","from":"confirmed","to":"cancelled","by":"host","reason":"roof"}]', NULL, '2026-11-27 17:55:23.606621', '2026-11-27 17:55:23.660322', 4, NULL);
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cda7-734a-a6b9-04c90d5e385a', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2027-01-16', '2027-01-20', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'cancelled', 52448, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-01-16","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-18","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-19","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cdb8-745e-ad51-1cb1e35c4b86', NULL, '{"at":"2026-11-27T17:55:23.713515Z","code":"EP4Q43FPV4"}', '{"by":"admin","at":"2026-11-27T17:55:23.749059Z","reason":"dispute","refund":{"lines":[{"kind":"nights","paid":{"amount":40000,"currency":"USD"},"refunded":{"amount":20000,"currency":"USD"}},{"kind":"cleaning_fee","paid":{"amount":4000,"currency":"USD"},"refunded":{"amount":2000,"currency":"USD"}},{"kind":"service_fee","paid":{"amount":6248,"currency":"USD"},"refunded":{"amount":3124,"currency":"USD"}},{"kind":"tax","paid":{"amount":2200,"currency":"USD"},"refunded":{"amount":1100,"currency":"USD"}}],"refund":{"amount":26224,"currency":"USD"},"kept":{"amount":26224,"currency":"USD"}},"host_fee":null}', '[{"at":"2026-11-27T17:55:23.686562Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.713515Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:23.749059Z","from":"confirmed","to":"cancelled","by":"admin","reason":"dispute"}]', NULL, '2026-11-27 17:55:23.686562', '2026-11-27 17:55:23.749059', 4, NULL);
INSERT INTO bookings VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ce16-7211-a34a-120f8832d3be', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-12-07', '2026-12-09', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'awaiting_host', 28608, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-08","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'request', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-ce25-7455-a17a-a2fbcc73e327', '2026-11-27 17:55:23.824435', NULL, NULL, '[{"at":"2026-11-27T17:55:23.797559Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.824435Z","from":"pending_payment","to":"awaiting_host","by":"system","reason":null}]', '2026-11-28 17:55:23.824435', '2026-11-27 17:55:23.797559', '2026-11-27 17:55:23.824435', 3, NULL);
INSERT INTO bookings VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ce4a-76e5-8fdf-f0fda39332a4', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-12-17', '2026-12-19', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'declined', 28608, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-18","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'request', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-ce5f-7139-8da6-3a8eb35a320b', '2026-11-27 17:55:23.886546', NULL, NULL, '[{"at":"2026-11-27T17:55:23.849222Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.886546Z","from":"pending_payment","to":"awaiting_host","by":"system","reason":null},{"at":"2026-11-27T17:55:23.923797Z","from":"awaiting_host","to":"declined","by":"host","reason":"no"}]', NULL, '2026-11-27 17:55:23.849222', '2026-11-27 17:55:23.923797', 4, NULL);
INSERT INTO bookings VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-cec3-708d-bcf1-3b649ffbabf7', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-12-27', '2026-12-29', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'confirmed', 28608, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-28","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'request', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-ced7-726a-aa00-1a5cda737f38', '2026-11-27 17:55:23.999279', '{"at":"2026-11-27T17:55:24.028462Z","code":"7JPJHDAA4T"}', NULL, '[{"at":"2026-11-27T17:55:23.970919Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:23.999279Z","from":"pending_payment","to":"awaiting_host","by":"system","reason":null},{"at":"2026-11-27T17:55:24.028462Z","from":"awaiting_host","to":"confirmed","by":"host","reason":null}]', '2026-12-29 23:00:00', '2026-11-27 17:55:23.970919', '2026-11-27 17:55:24.028462', 5, NULL);
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf13-70f6-9991-5904ffa616cd', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2027-01-26', '2027-02-01', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'confirmed', 76288, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":6,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":60000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":9088,"currency":"USD"},"amount":{"amount":9088,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":3200,"currency":"USD"},"amount":{"amount":3200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-01-26","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-28","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-29","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-30","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-31","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":76288,"currency":"USD"},"host_fee":{"amount":1920,"currency":"USD"},"host_payout":{"amount":62080,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cf1d-72da-a6d1-60f3bb51c47f', NULL, '{"at":"2026-11-27T17:55:24.069521Z","code":"2MTZJT3AQW"}', NULL, '[{"at":"2026-11-27T17:55:24.050916Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:24.069521Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:24.096634Z","from":"confirmed","to":"confirmed","by":"guest","reason":"alteration proposed"},{"at":"2026-11-27T17:55:24.096634Z","from":"confirmed","to":"confirmed","by":"system","reason":"alteration accepted"},{"at":"2026-11-27T17:55:24.118850Z","from":"confirmed","to":"confirmed","by":"system","reason":"alteration paid"}]', '2027-02-01 23:00:00', '2026-11-27 17:55:24.050916', '2026-11-27 17:55:24.11885', 5, NULL);
INSERT INTO bookings VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2027-02-05', '2027-02-09', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'confirmed', 52448, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-02-05","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-06","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-08","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}', 'strict', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cf7f-7447-809d-75d4d9187195', NULL, '{"at":"2026-11-27T17:55:24.166790Z","code":"EJHJ63CHVS"}', NULL, '[{"at":"2026-11-27T17:55:24.150586Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:24.166790Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:24.182391Z","from":"confirmed","to":"confirmed","by":"host","reason":"alteration proposed"}]', '2026-11-28 17:55:24.182391', '2026-11-27 17:55:24.150586', '2026-11-27 17:55:24.182391', 4, '{"id":"01a21e25-cf96-7630-9203-ecb4e59acf29","by":"host","stay":{"check_in":"2027-02-05","check_out":"2027-02-10"},"guests":{"adults":2,"children":0,"infants":0,"pets":0},"price":{"lines":[{"kind":"nights","label":"Nights","quantity":5,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":50000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":7668,"currency":"USD"},"amount":{"amount":7668,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2700,"currency":"USD"},"amount":{"amount":2700,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-02-05","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-06","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-08","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-09","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":64368,"currency":"USD"},"host_fee":{"amount":1620,"currency":"USD"},"host_payout":{"amount":52380,"currency":"USD"}},"proposed_at":"2026-11-27T17:55:24.182391Z","expires_at":"2026-11-28T17:55:24.182391Z","charge":null}');
INSERT INTO bookings VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2027-02-15', '2027-02-19', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'confirmed', 52448, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-02-15","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-16","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-18","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}', 'strict', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cfad-72f4-a678-22ea4b157ebb', NULL, '{"at":"2026-11-27T17:55:24.212180Z","code":"E79TB8D8BZ"}', NULL, '[{"at":"2026-11-27T17:55:24.192596Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:24.212180Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:24.233923Z","from":"confirmed","to":"confirmed","by":"host","reason":"alteration proposed"},{"at":"2026-11-27T17:55:24.253164Z","from":"confirmed","to":"confirmed","by":"host","reason":"alteration withdrawn"}]', '2027-02-19 23:00:00', '2026-11-27 17:55:24.192596', '2026-11-27 17:55:24.253164', 5, NULL);
INSERT INTO bookings VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-11-27', '2026-11-30', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'checked_in', 40528, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":3,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":30000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":4828,"currency":"USD"},"amount":{"amount":4828,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1700,"currency":"USD"},"amount":{"amount":1700,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-11-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-11-28","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-11-29","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":40528,"currency":"USD"},"host_fee":{"amount":1020,"currency":"USD"},"host_payout":{"amount":32980,"currency":"USD"}}', 'strict', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, '01a21e25-cfee-714f-8edc-a955cc885aec', NULL, '{"at":"2026-11-27T17:55:24.277570Z","code":"R3SGDWCWYB"}', NULL, '[{"at":"2026-11-27T17:55:24.261969Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:24.277570Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:24.300846Z","from":"confirmed","to":"checked_in","by":"host","reason":null}]', '2026-12-01 00:00:00', '2026-11-27 17:55:24.261969', '2026-11-27 17:55:24.300846', 4, NULL);
INSERT INTO bookings VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-d054-751e-bd35-e3200e6b84e7', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', '2027-03-27', '2027-03-29', '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'pending_payment', 28608, 'USD', '{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-03-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-03-28","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}', 'flexible', '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', 'instant', 'UTC', '00:00:00', '23:00:00', NULL, NULL, NULL, NULL, NULL, '[{"at":"2026-11-27T17:55:24.371905Z","from":null,"to":"pending_payment","by":"guest","reason":null}]', '2026-11-27 18:10:24.371905', '2026-11-27 17:55:24.371905', '2026-11-27 17:55:24.371905', 1, NULL);
INSERT INTO calendar_rules VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-07', NULL, NULL, NULL, NULL, false, false, 'painting');
INSERT INTO calendar_rules VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-08', NULL, NULL, NULL, NULL, false, false, 'painting');
INSERT INTO calendar_rules VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-09', NULL, NULL, NULL, NULL, false, false, 'painting');
INSERT INTO calendar_rules VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-17', 20000, 'USD', NULL, NULL, false, false, NULL);
INSERT INTO calendar_rules VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '2027-03-18', 20000, 'USD', NULL, NULL, false, false, NULL);
INSERT INTO idempotency_keys VALUES ('01a21e25-bf07-7772-a095-9609f73a7370', 'kept-key-of-the-past', '36f1e78de5927057635442a2240bc51018ccc489988ad882ddc7ddb02c930e7f', '2026-11-27 17:55:24.369086', 201, '[["content-type","application/json"],["location","/v1/bookings/01a21e25-d054-751e-bd35-e3200e6b84e7"],["etag","\"1-9e2c8815dfd17e0c\""]]', '\x7b226964223a2230316132316532352d643035342d373531652d626433352d653332303065366238346537222c2270726f70657274795f6964223a2230316132316532352d633239372d373239302d386538352d346564613138383936656361222c22686f73745f6964223a2230316132316532352d623965382d373561632d626239312d343663626333633233373534222c2267756573745f6964223a2230316132316532352d626630372d373737322d613039352d393630396637336137333730222c22636865636b5f696e223a22323032372d30332d3237222c22636865636b5f6f7574223a22323032372d30332d3239222c226e6967687473223a322c22677565737473223a7b226164756c7473223a322c226368696c6472656e223a302c22696e66616e7473223a302c2270657473223a307d2c22737461747573223a2270656e64696e675f7061796d656e74222c22636f6e6669726d6174696f6e5f636f6465223a6e756c6c2c226c696e6573223a5b7b226b696e64223a226e6967687473222c226c6162656c223a224e6967687473222c227175616e74697479223a322c22756e69745f616d6f756e74223a7b22616d6f756e74223a31303030302c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a32303030302c2263757272656e6379223a22555344227d2c2272756c65223a226e696768742e62617365227d2c7b226b696e64223a22636c65616e696e675f666565222c226c6162656c223a22436c65616e696e6720666565222c227175616e74697479223a312c22756e69745f616d6f756e74223a7b22616d6f756e74223a343030302c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a343030302c2263757272656e6379223a22555344227d2c2272756c65223a22636c65616e696e675f666565227d2c7b226b696e64223a22736572766963655f666565222c226c6162656c223a225365727669636520666565222c227175616e74697479223a312c22756e69745f616d6f756e74223a7b22616d6f756e74223a333430382c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a333430382c2263757272656e6379223a22555344227d2c2272756c65223a2267756573745f666565227d2c7b226b696e64223a22746178222c226c6162656c223a224369747920746178222c227175616e74697479223a312c22756e69745f616d6f756e74223a7b22616d6f756e74223a313230302c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a313230302c2263757272656e6379223a22555344227d2c2272756c65223a227461782e70657263656e74227d5d2c22746f74616c223a7b22616d6f756e74223a32383630382c2263757272656e6379223a22555344227d2c22686f73745f7061796f7574223a7b22616d6f756e74223a32333238302c2263757272656e6379223a22555344227d2c2263616e63656c6c6174696f6e5f706f6c696379223a22666c657869626c65222c22686f6c645f657870697265735f6174223a22323032362d31312d32375431383a31303a32342e3337313930355a222c22726573706f6e645f6279223a6e756c6c2c227061796d656e745f6964223a6e756c6c2c226d657373616765223a6e756c6c2c22616c7465726174696f6e223a6e756c6c2c22686973746f7279223a5b7b226174223a22323032362d31312d32375431373a35353a32342e3337313930355a222c2266726f6d223a6e756c6c2c22746f223a2270656e64696e675f7061796d656e74222c226279223a226775657374222c22726561736f6e223a6e756c6c7d5d2c2276657273696f6e223a312c22637265617465645f6174223a22323032362d31312d32375431373a35353a32342e3337313930355a222c22757064617465645f6174223a22323032362d31312d32375431373a35353a32342e3337313930355a227d');
INSERT INTO jobs VALUES ('01a21e25-cc4a-77ad-b638-da7615591698', '{"kind":"booking_changed","booking_id":"01a21e25-cc4e-76a7-b4ca-8e88e7da1a51"}', 0, '2026-11-27 17:55:23.33836', NULL);
INSERT INTO jobs VALUES ('01a21e25-cc82-7cb6-86f4-ce2884e331cc', '{"kind":"booking_changed","booking_id":"01a21e25-cc4e-76a7-b4ca-8e88e7da1a51"}', 0, '2026-11-27 17:55:23.394127', NULL);
INSERT INTO jobs VALUES ('01a21e25-cc9c-7c92-832e-61fed4b4d45c', '{"kind":"booking_changed","booking_id":"01a21e25-cc4e-76a7-b4ca-8e88e7da1a51"}', 0, '2026-11-27 17:55:23.420914', NULL);
INSERT INTO jobs VALUES ('01a21e25-cca6-79c8-82aa-2fba5959661b', '{"kind":"booking_changed","booking_id":"01a21e25-cc4e-76a7-b4ca-8e88e7da1a51"}', 0, '2026-11-27 17:55:23.430162', NULL);
INSERT INTO jobs VALUES ('01a21e25-ccbf-7e87-ab5c-5d45c92a9717', '{"kind":"review_published","review_id":"01a21e25-ccbd-76f8-a4c2-6e41c34e1901"}', 0, '2026-11-27 17:55:23.45503', NULL);
INSERT INTO jobs VALUES ('01a21e25-ccbf-7501-8f42-5979eb207993', '{"kind":"review_published","review_id":"01a21e25-ccad-7498-8eca-db0460792234"}', 0, '2026-11-27 17:55:23.45503', NULL);
INSERT INTO jobs VALUES ('01a21e25-ccce-77bc-8893-39bc67372975', '{"kind":"booking_changed","booking_id":"01a21e25-cccf-7414-b19a-fcddd64f85c8"}', 0, '2026-11-27 17:55:23.470247', NULL);
INSERT INTO jobs VALUES ('01a21e25-ccdd-7689-926a-f44f663a040b', '{"kind":"booking_changed","booking_id":"01a21e25-ccde-705c-aec0-cb3eff62eef4"}', 0, '2026-11-27 17:55:23.485611', NULL);
INSERT INTO jobs VALUES ('01a21e25-ccf4-70cf-9b5f-df6bb53fdb0e', '{"kind":"booking_changed","booking_id":"01a21e25-ccde-705c-aec0-cb3eff62eef4"}', 0, '2026-11-27 17:55:23.508993', NULL);
INSERT INTO jobs VALUES ('01a21e25-cd11-7857-bbb6-46702169b2c0', '{"kind":"booking_changed","booking_id":"01a21e25-cd12-7518-9425-46c4ce7d161e"}', 0, '2026-11-27 17:55:23.537246', NULL);
INSERT INTO jobs VALUES ('01a21e25-cd26-7ebb-ba46-34e6d538f791', '{"kind":"booking_changed","booking_id":"01a21e25-cd12-7518-9425-46c4ce7d161e"}', 0, '2026-11-27 17:55:23.558499', NULL);
INSERT INTO jobs VALUES ('01a21e25-cd39-73f3-82a5-5d373ec80456', '{"kind":"booking_changed","booking_id":"01a21e25-cd12-7518-9425-46c4ce7d161e"}', 0, '2026-11-27 17:55:23.577658', NULL);
INSERT INTO jobs VALUES ('01a21e25-cd56-7433-a976-609d9dd9130d', '{"kind":"booking_changed","booking_id":"01a21e25-cd57-77f4-89fc-81a7f472b1c6"}', 0, '2026-11-27 17:55:23.606621', NULL);
INSERT INTO jobs VALUES ('01a21e25-cd72-7f2f-b71a-82cb93e47135', '{"kind":"booking_changed","booking_id":"01a21e25-cd57-77f4-89fc-81a7f472b1c6"}', 0, '2026-11-27 17:55:23.634219', NULL);
INSERT INTO jobs VALUES ('01a21e25-cd8c-7b69-854e-a7396d05ec0b', '{"kind":"booking_changed","booking_id":"01a21e25-cd57-77f4-89fc-81a7f472b1c6"}', 0, '2026-11-27 17:55:23.660322', NULL);
INSERT INTO jobs VALUES ('01a21e25-cda6-7e73-835c-c284145f49ee', '{"kind":"booking_changed","booking_id":"01a21e25-cda7-734a-a6b9-04c90d5e385a"}', 0, '2026-11-27 17:55:23.686562', NULL);
INSERT INTO jobs VALUES ('01a21e25-cdc1-78b4-a400-088105d04b6a', '{"kind":"booking_changed","booking_id":"01a21e25-cda7-734a-a6b9-04c90d5e385a"}', 0, '2026-11-27 17:55:23.713515', NULL);
INSERT INTO jobs VALUES ('01a21e25-cde5-7dff-bdf5-f23f586be620', '{"kind":"booking_changed","booking_id":"01a21e25-cda7-734a-a6b9-04c90d5e385a"}', 0, '2026-11-27 17:55:23.749059', NULL);
INSERT INTO jobs VALUES ('01a21e25-ce15-798c-9390-7cb98d6b02df', '{"kind":"booking_changed","booking_id":"01a21e25-ce16-7211-a34a-120f8832d3be"}', 0, '2026-11-27 17:55:23.797559', NULL);
INSERT INTO jobs VALUES ('01a21e25-ce30-7e12-a339-e7779ee0462c', '{"kind":"booking_changed","booking_id":"01a21e25-ce16-7211-a34a-120f8832d3be"}', 0, '2026-11-27 17:55:23.824435', NULL);
INSERT INTO jobs VALUES ('01a21e25-ce49-712d-877e-fbd5f9346142', '{"kind":"booking_changed","booking_id":"01a21e25-ce4a-76e5-8fdf-f0fda39332a4"}', 0, '2026-11-27 17:55:23.849222', NULL);
INSERT INTO jobs VALUES ('01a21e25-ce6e-7e68-b9db-e7d453a1928d', '{"kind":"booking_changed","booking_id":"01a21e25-ce4a-76e5-8fdf-f0fda39332a4"}', 0, '2026-11-27 17:55:23.886546', NULL);
INSERT INTO jobs VALUES ('01a21e25-ce93-78b0-bcce-3469f2c84732', '{"kind":"booking_changed","booking_id":"01a21e25-ce4a-76e5-8fdf-f0fda39332a4"}', 0, '2026-11-27 17:55:23.923797', NULL);
INSERT INTO jobs VALUES ('01a21e25-cec2-7263-afff-e844a2868aa9', '{"kind":"booking_changed","booking_id":"01a21e25-cec3-708d-bcf1-3b649ffbabf7"}', 0, '2026-11-27 17:55:23.970919', NULL);
INSERT INTO jobs VALUES ('01a21e25-cedf-7705-8d11-a58fa8c23c90', '{"kind":"booking_changed","booking_id":"01a21e25-cec3-708d-bcf1-3b649ffbabf7"}', 0, '2026-11-27 17:55:23.999279', NULL);
INSERT INTO jobs VALUES ('01a21e25-cefc-7d9b-a2fa-be675e675a32', '{"kind":"booking_changed","booking_id":"01a21e25-cec3-708d-bcf1-3b649ffbabf7"}', 0, '2026-11-27 17:55:24.028462', NULL);
INSERT INTO jobs VALUES ('01a21e25-cf12-7290-9b74-67b081a34f2c', '{"kind":"booking_changed","booking_id":"01a21e25-cf13-70f6-9991-5904ffa616cd"}', 0, '2026-11-27 17:55:24.050916', NULL);
INSERT INTO jobs VALUES ('01a21e25-cf25-7636-ba16-4d83e9ef4dda', '{"kind":"booking_changed","booking_id":"01a21e25-cf13-70f6-9991-5904ffa616cd"}', 0, '2026-11-27 17:55:24.069521', NULL);
INSERT INTO jobs VALUES ('01a21e25-cf40-7b9d-ab0f-ee2d64b11307', '{"kind":"booking_changed","booking_id":"01a21e25-cf13-70f6-9991-5904ffa616cd"}', 0, '2026-11-27 17:55:24.096634', NULL);
INSERT INTO jobs VALUES ('01a21e25-cf56-7d3f-ab73-e2ad240b2bb1', '{"kind":"booking_changed","booking_id":"01a21e25-cf13-70f6-9991-5904ffa616cd"}', 0, '2026-11-27 17:55:24.11885', NULL);
INSERT INTO jobs VALUES ('01a21e25-cf76-7c3a-8726-e9fce30df4e4', '{"kind":"booking_changed","booking_id":"01a21e25-cf77-72e1-8bbf-8feb8027ad8b"}', 0, '2026-11-27 17:55:24.150586', NULL);
INSERT INTO jobs VALUES ('01a21e25-cf86-76a8-9168-715d5c49a148', '{"kind":"booking_changed","booking_id":"01a21e25-cf77-72e1-8bbf-8feb8027ad8b"}', 0, '2026-11-27 17:55:24.16679', NULL);
INSERT INTO jobs VALUES ('01a21e25-cf96-7d6b-81ee-677695550464', '{"kind":"booking_changed","booking_id":"01a21e25-cf77-72e1-8bbf-8feb8027ad8b"}', 0, '2026-11-27 17:55:24.182391', NULL);
INSERT INTO jobs VALUES ('01a21e25-cfa0-7350-9f82-557ff326a8fc', '{"kind":"booking_changed","booking_id":"01a21e25-cfa1-70ff-8e0f-76bb02ac6261"}', 0, '2026-11-27 17:55:24.192596', NULL);
INSERT INTO jobs VALUES ('01a21e25-cfb4-7067-899a-45a233250450', '{"kind":"booking_changed","booking_id":"01a21e25-cfa1-70ff-8e0f-76bb02ac6261"}', 0, '2026-11-27 17:55:24.21218', NULL);
INSERT INTO jobs VALUES ('01a21e25-cfc9-7e7b-8e1e-9bcd6bceb2b1', '{"kind":"booking_changed","booking_id":"01a21e25-cfa1-70ff-8e0f-76bb02ac6261"}', 0, '2026-11-27 17:55:24.233923', NULL);
INSERT INTO jobs VALUES ('01a21e25-cfdd-7d35-882b-94715684b7b3', '{"kind":"booking_changed","booking_id":"01a21e25-cfa1-70ff-8e0f-76bb02ac6261"}', 0, '2026-11-27 17:55:24.253164', NULL);
INSERT INTO jobs VALUES ('01a21e25-cfe5-7563-baa6-50be31a75423', '{"kind":"booking_changed","booking_id":"01a21e25-cfe6-7423-bd3d-f1ffe62786f5"}', 0, '2026-11-27 17:55:24.261969', NULL);
INSERT INTO jobs VALUES ('01a21e25-cff5-7dcf-a0f4-4b9a1dbbb425', '{"kind":"booking_changed","booking_id":"01a21e25-cfe6-7423-bd3d-f1ffe62786f5"}', 0, '2026-11-27 17:55:24.27757', NULL);
INSERT INTO jobs VALUES ('01a21e25-d00c-76ff-8a59-fe4475387f4e', '{"kind":"booking_changed","booking_id":"01a21e25-cfe6-7423-bd3d-f1ffe62786f5"}', 0, '2026-11-27 17:55:24.300846', NULL);
INSERT INTO jobs VALUES ('01a21e25-d053-701a-953c-6977077aa5bd', '{"kind":"booking_changed","booking_id":"01a21e25-d054-751e-bd35-e3200e6b84e7"}', 0, '2026-11-27 17:55:24.371905', NULL);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', 'sale', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.394127', 16688, 0, -13580, -2408, -700);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', 'capture', '01a21e25-cc66-700b-b354-18cd8de6f9f8', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.394127', -16688, 16688, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccde-705c-aec0-cb3eff62eef4', 'sale', '01a21e25-ccde-705c-aec0-cb3eff62eef4', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.508993', 52448, 0, -42680, -7568, -2200);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccde-705c-aec0-cb3eff62eef4', 'capture', '01a21e25-ccea-7571-8202-c9abaf47b2df', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.508993', -52448, 52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd12-7518-9425-46c4ce7d161e', 'sale', '01a21e25-cd12-7518-9425-46c4ce7d161e', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.558499', 52448, 0, -42680, -7568, -2200);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd12-7518-9425-46c4ce7d161e', 'capture', '01a21e25-cd1e-7063-97f5-9eff0123b21d', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.558499', -52448, 52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd12-7518-9425-46c4ce7d161e', 'cancellation', '01a21e25-cd12-7518-9425-46c4ce7d161e', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.577658', -52448, 0, 42680, 7568, 2200);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd12-7518-9425-46c4ce7d161e', 'refund', '01a21e25-cd39-7689-bcfb-86720d03a90b', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.59061', 52448, -52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', 'sale', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.634219', 52448, 0, -42680, -7568, -2200);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', 'capture', '01a21e25-cd66-76d8-9914-a9ad686d50a9', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.634219', -52448, 52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', 'cancellation', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.660322', -52448, 0, 47680, 2568, 2200);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', 'refund', '01a21e25-cd8c-75df-a227-350cdb710c79', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.670975', 52448, -52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cda7-734a-a6b9-04c90d5e385a', 'sale', '01a21e25-cda7-734a-a6b9-04c90d5e385a', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.713515', 52448, 0, -42680, -7568, -2200);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cda7-734a-a6b9-04c90d5e385a', 'capture', '01a21e25-cdb8-745e-ad51-1cb06e056a34', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.713515', -52448, 52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cda7-734a-a6b9-04c90d5e385a', 'cancellation', '01a21e25-cda7-734a-a6b9-04c90d5e385a', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.749059', -26224, 0, 21340, 3784, 1100);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cda7-734a-a6b9-04c90d5e385a', 'refund', '01a21e25-cde5-7771-b6ce-66afa36bd4aa', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:23.775532', 26224, -26224, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-cec3-708d-bcf1-3b649ffbabf7', 'sale', '01a21e25-cec3-708d-bcf1-3b649ffbabf7', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.028462', 28608, 0, -23280, -4128, -1200);
INSERT INTO journal VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-cec3-708d-bcf1-3b649ffbabf7', 'capture', '01a21e25-cef4-751e-ba91-0ba86b7cdb46', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.028462', -28608, 28608, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf13-70f6-9991-5904ffa616cd', 'sale', '01a21e25-cf13-70f6-9991-5904ffa616cd', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.069521', 52448, 0, -42680, -7568, -2200);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf13-70f6-9991-5904ffa616cd', 'capture', '01a21e25-cf1d-72da-a6d1-60f268409f5c', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.069521', -52448, 52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf13-70f6-9991-5904ffa616cd', 'alteration', '01a21e25-cf40-7780-8e3c-7de5af09f8fa', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.11885', 23840, 0, -19400, -3440, -1000);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf13-70f6-9991-5904ffa616cd', 'capture', '01a21e25-cf42-70f5-b6b6-49a8d98d0cd2', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.11885', -23840, 23840, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b', 'sale', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.16679', 52448, 0, -42680, -7568, -2200);
INSERT INTO journal VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b', 'capture', '01a21e25-cf7e-710f-ad3a-56f5350bdaf6', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.16679', -52448, 52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261', 'sale', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.21218', 52448, 0, -42680, -7568, -2200);
INSERT INTO journal VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261', 'capture', '01a21e25-cfad-72f4-a678-22e930593d2d', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.21218', -52448, 52448, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5', 'sale', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.27757', 40528, 0, -32980, -5848, -1700);
INSERT INTO journal VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5', 'capture', '01a21e25-cfee-714f-8edc-a9546cab84f0', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.27757', -40528, 40528, 0, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccde-705c-aec0-cb3eff62eef4', 'goodwill', '01a21e25-d019-72a7-83a7-1346744398d5', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.313262', -1000, 0, 1000, 0, 0);
INSERT INTO journal VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccde-705c-aec0-cb3eff62eef4', 'refund', '01a21e25-d019-72a7-83a7-1346744398d5', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'USD', '2026-11-27 17:55:24.321256', 1000, -1000, 0, 0, 0);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cc66-700b-b354-18cec03f4f66', 0, '01a21e25-cc66-700b-b354-18cd8de6f9f8', 'capture', 16688, '2026-11-27 17:55:23.394127', NULL, 'sim_paid_16688USD_01a21e25-cc66-700b-b354-18cd8de6f9f8', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccea-7571-8202-c9acaca5e4a7', 0, '01a21e25-ccea-7571-8202-c9abaf47b2df', 'capture', 52448, '2026-11-27 17:55:23.508993', NULL, 'sim_paid_52448USD_01a21e25-ccea-7571-8202-c9abaf47b2df', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd1e-7063-97f5-9f0002b604a6', 0, '01a21e25-cd1e-7063-97f5-9eff0123b21d', 'capture', 52448, '2026-11-27 17:55:23.558499', NULL, 'sim_paid_52448USD_01a21e25-cd1e-7063-97f5-9eff0123b21d', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd1e-7063-97f5-9f0002b604a6', 1, '01a21e25-cd39-7689-bcfb-86720d03a90b', 'refund', 52448, '2026-11-27 17:55:23.59061', 'ill', 'sim_01a21e25-cd39-7689-bcfb-86720d03a90b', '01a21e25-cd1e-7063-97f5-9eff0123b21d', NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd66-76d8-9914-a9aed534817e', 0, '01a21e25-cd66-76d8-9914-a9ad686d50a9', 'capture', 52448, '2026-11-27 17:55:23.634219', NULL, 'sim_paid_52448USD_01a21e25-cd66-76d8-9914-a9ad686d50a9', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd66-76d8-9914-a9aed534817e', 1, '01a21e25-cd8c-75df-a227-350cdb710c79', 'refund', 52448, '2026-11-27 17:55:23.670975', 'roof', 'sim_01a21e25-cd8c-75df-a227-350cdb710c79', '01a21e25-cd66-76d8-9914-a9ad686d50a9', NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cdb8-745e-ad51-1cb1e35c4b86', 0, '01a21e25-cdb8-745e-ad51-1cb06e056a34', 'capture', 52448, '2026-11-27 17:55:23.713515', NULL, 'sim_paid_52448USD_01a21e25-cdb8-745e-ad51-1cb06e056a34', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cdb8-745e-ad51-1cb1e35c4b86', 1, '01a21e25-cde5-7771-b6ce-66afa36bd4aa', 'refund', 26224, '2026-11-27 17:55:23.775532', 'dispute', 'sim_01a21e25-cde5-7771-b6ce-66afa36bd4aa', '01a21e25-cdb8-745e-ad51-1cb06e056a34', NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ce25-7455-a17a-a2fbcc73e327', 0, '01a21e25-ce25-7455-a17a-a2facaa1d697', 'authorization', 28608, '2026-11-27 17:55:23.824435', NULL, 'sim_auth_28608USD_01a21e25-ce25-7455-a17a-a2facaa1d697', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ce5f-7139-8da6-3a8eb35a320b', 0, '01a21e25-ce5f-7139-8da6-3a8d7d62ebd5', 'authorization', 28608, '2026-11-27 17:55:23.886546', NULL, 'sim_auth_28608USD_01a21e25-ce5f-7139-8da6-3a8d7d62ebd5', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ce5f-7139-8da6-3a8eb35a320b', 1, '01a21e25-ce93-7569-b4dc-fe43606878d0', 'void', 28608, '2026-11-27 17:55:23.943519', NULL, 'sim_01a21e25-ce93-7569-b4dc-fe43606878d0', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ced7-726a-aa00-1a5cda737f38', 0, '01a21e25-ced7-726a-aa00-1a5bf8177c3e', 'authorization', 28608, '2026-11-27 17:55:23.999279', NULL, 'sim_auth_28608USD_01a21e25-ced7-726a-aa00-1a5bf8177c3e', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ced7-726a-aa00-1a5cda737f38', 1, '01a21e25-cef4-751e-ba91-0ba86b7cdb46', 'capture', 28608, '2026-11-27 17:55:24.028462', NULL, 'sim_paid_28608USD_01a21e25-cef4-751e-ba91-0ba86b7cdb46', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf1d-72da-a6d1-60f3bb51c47f', 0, '01a21e25-cf1d-72da-a6d1-60f268409f5c', 'capture', 52448, '2026-11-27 17:55:24.069521', NULL, 'sim_paid_52448USD_01a21e25-cf1d-72da-a6d1-60f268409f5c', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf1d-72da-a6d1-60f3bb51c47f', 1, '01a21e25-cf42-70f5-b6b6-49a8d98d0cd2', 'capture', 23840, '2026-11-27 17:55:24.11885', NULL, 'sim_paid_23840USD_01a21e25-cf42-70f5-b6b6-49a8d98d0cd2', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cf7f-7447-809d-75d4d9187195', 0, '01a21e25-cf7e-710f-ad3a-56f5350bdaf6', 'capture', 52448, '2026-11-27 17:55:24.16679', NULL, 'sim_paid_52448USD_01a21e25-cf7e-710f-ad3a-56f5350bdaf6', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfad-72f4-a678-22ea4b157ebb', 0, '01a21e25-cfad-72f4-a678-22e930593d2d', 'capture', 52448, '2026-11-27 17:55:24.21218', NULL, 'sim_paid_52448USD_01a21e25-cfad-72f4-a678-22e930593d2d', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfee-714f-8edc-a955cc885aec', 0, '01a21e25-cfee-714f-8edc-a9546cab84f0', 'capture', 40528, '2026-11-27 17:55:24.27757', NULL, 'sim_paid_40528USD_01a21e25-cfee-714f-8edc-a9546cab84f0', NULL, NULL);
INSERT INTO payment_entries VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccea-7571-8202-c9acaca5e4a7', 1, '01a21e25-d019-72a7-83a7-1346744398d5', 'refund', 1000, '2026-11-27 17:55:24.321256', 'sorry', 'sim_01a21e25-d019-72a7-83a7-1346744398d5', '01a21e25-ccea-7571-8202-c9abaf47b2df', 'host');
INSERT INTO payments VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cc66-700b-b354-18cec03f4f66', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', 16688, 'USD', 'sim_paid_16688USD_01a21e25-cc66-700b-b354-18cd8de6f9f8', '2026-11-27 17:55:23.366937', '2026-11-27 17:55:23.394127', 2, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd1e-7063-97f5-9f0002b604a6', '01a21e25-cd12-7518-9425-46c4ce7d161e', 52448, 'USD', 'sim_paid_52448USD_01a21e25-cd1e-7063-97f5-9eff0123b21d', '2026-11-27 17:55:23.550848', '2026-11-27 17:55:23.59061', 4, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cd66-76d8-9914-a9aed534817e', '01a21e25-cd57-77f4-89fc-81a7f472b1c6', 52448, 'USD', 'sim_paid_52448USD_01a21e25-cd66-76d8-9914-a9ad686d50a9', '2026-11-27 17:55:23.622301', '2026-11-27 17:55:23.670975', 4, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cdb8-745e-ad51-1cb1e35c4b86', '01a21e25-cda7-734a-a6b9-04c90d5e385a', 52448, 'USD', 'sim_paid_52448USD_01a21e25-cdb8-745e-ad51-1cb06e056a34', '2026-11-27 17:55:23.704055', '2026-11-27 17:55:23.775532', 4, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ce25-7455-a17a-a2fbcc73e327', '01a21e25-ce16-7211-a34a-120f8832d3be', 28608, 'USD', 'sim_auth_28608USD_01a21e25-ce25-7455-a17a-a2facaa1d697', '2026-11-27 17:55:23.813123', '2026-11-27 17:55:23.824435', 2, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ce5f-7139-8da6-3a8eb35a320b', '01a21e25-ce4a-76e5-8fdf-f0fda39332a4', 28608, 'USD', 'sim_auth_28608USD_01a21e25-ce5f-7139-8da6-3a8d7d62ebd5', '2026-11-27 17:55:23.871434', '2026-11-27 17:55:23.943519', 4, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ced7-726a-aa00-1a5cda737f38', '01a21e25-cec3-708d-bcf1-3b649ffbabf7', 28608, 'USD', 'sim_paid_28608USD_01a21e25-cef4-751e-ba91-0ba86b7cdb46', '2026-11-27 17:55:23.9915', '2026-11-27 17:55:24.028462', 4, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf1d-72da-a6d1-60f3bb51c47f', '01a21e25-cf13-70f6-9991-5904ffa616cd', 76288, 'USD', 'sim_paid_23840USD_01a21e25-cf42-70f5-b6b6-49a8d98d0cd2', '2026-11-27 17:55:24.061477', '2026-11-27 17:55:24.11885', 4, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cf7f-7447-809d-75d4d9187195', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b', 52448, 'USD', 'sim_paid_52448USD_01a21e25-cf7e-710f-ad3a-56f5350bdaf6', '2026-11-27 17:55:24.159005', '2026-11-27 17:55:24.16679', 2, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfad-72f4-a678-22ea4b157ebb', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261', 52448, 'USD', 'sim_paid_52448USD_01a21e25-cfad-72f4-a678-22e930593d2d', '2026-11-27 17:55:24.205216', '2026-11-27 17:55:24.21218', 2, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfee-714f-8edc-a955cc885aec', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5', 40528, 'USD', 'sim_paid_40528USD_01a21e25-cfee-714f-8edc-a9546cab84f0', '2026-11-27 17:55:24.270134', '2026-11-27 17:55:24.27757', 2, 'pm_card_visa');
INSERT INTO payments VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccea-7571-8202-c9acaca5e4a7', '01a21e25-ccde-705c-aec0-cb3eff62eef4', 52448, 'USD', 'sim_paid_52448USD_01a21e25-ccea-7571-8202-c9abaf47b2df', '2026-11-27 17:55:23.498368', '2026-11-27 17:55:24.321256', 4, 'pm_card_visa');
INSERT INTO payouts VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cc66-700b-b354-18cec03f4f66', 0, '01a21e25-cc82-73f2-93f1-2d2a1bc0f830', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', 13580, 0, 'USD', '2026-11-28 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO payouts VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cdb8-745e-ad51-1cb1e35c4b86', 0, '01a21e25-cde5-7771-b6ce-66b0aed0e46b', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-cda7-734a-a6b9-04c90d5e385a', 21340, 0, 'USD', '2027-01-17 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO payouts VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-ced7-726a-aa00-1a5cda737f38', 0, '01a21e25-cefc-724f-aa94-40094cb5af15', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-cec3-708d-bcf1-3b649ffbabf7', 23280, 0, 'USD', '2026-12-28 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO payouts VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-cf1d-72da-a6d1-60f3bb51c47f', 0, '01a21e25-cf57-7182-9946-4b11bb2b64da', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-cf13-70f6-9991-5904ffa616cd', 62080, 0, 'USD', '2027-01-27 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO payouts VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cf7f-7447-809d-75d4d9187195', 0, '01a21e25-cf86-7162-a53e-b2dfec9183e7', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-cf77-72e1-8bbf-8feb8027ad8b', 42680, 0, 'USD', '2027-02-06 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO payouts VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfad-72f4-a678-22ea4b157ebb', 0, '01a21e25-cfb4-70e9-b290-4a04e734a79a', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-cfa1-70ff-8e0f-76bb02ac6261', 42680, 0, 'USD', '2027-02-16 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO payouts VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-cfee-714f-8edc-a955cc885aec', 0, '01a21e25-cff5-70e2-9466-eaa5f11e20fb', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-cfe6-7423-bd3d-f1ffe62786f5', 32980, 0, 'USD', '2026-11-28 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO payouts VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccea-7571-8202-c9acaca5e4a7', 0, '01a21e25-d019-72a7-83a7-1347074c6205', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-ccde-705c-aec0-cb3eff62eef4', 41680, 0, 'USD', '2026-12-18 00:00:00', 'scheduled', NULL, NULL);
INSERT INTO properties VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'listed', '{"title":"Cabin instant","description":"By the lake","property_type":"cabin","room_type":"entire_place","address":{"line1":"1 Lake Road","line2":null,"city":"São Paulo","region":null,"postal_code":null,"country":"BR"},"location":{"latitude":42.65258,"longitude":-73.75623},"time_zone":"UTC","max_guests":4,"max_pets":0,"bedrooms":0,"beds":0,"half_bathrooms":0,"amenities":["wifi"],"house_rules":null,"pricing":{"nightly":{"amount":10000,"currency":"USD"},"weekend":null,"cleaning_fee":{"amount":4000,"currency":"USD"},"extra_guest_fee":null,"pet_fee":null,"weekly_discount_bps":1000,"monthly_discount_bps":0,"length_of_stay_discounts":[],"early_bird":null,"last_minute":null,"non_refundable_discount_bps":null,"taxes":[{"name":"City tax","rate":{"kind":"percent","bps":500},"exempt_from_nights":null}]},"stay_rules":{"min_nights":1,"max_nights":31,"advance_notice_hours":0,"booking_window_days":365,"preparation_nights":0,"check_in_from":"00:00:00","check_out_until":"23:00:00","weekdays":[]},"booking_mode":"instant","cancellation_policy":"strict","long_stay_policy":"long_term_firm"}', 'cabin instant
by the lake
são paulo', 'são paulo', 'BR', 42.65258, -73.75623, 4, 0, 'cabin', 'entire_place', true, 10000, 'USD', 1, 31, 0, 0, 0, '2026-11-27 17:55:20.918928', '2026-11-27 17:55:20.931494', 2, DEFAULT, DEFAULT);
INSERT INTO properties VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'listed', '{"title":"Cabin instant","description":"By the lake","property_type":"cabin","room_type":"entire_place","address":{"line1":"1 Lake Road","line2":null,"city":"São Paulo","region":null,"postal_code":null,"country":"BR"},"location":{"latitude":42.65258,"longitude":-73.75623},"time_zone":"UTC","max_guests":4,"max_pets":0,"bedrooms":0,"beds":0,"half_bathrooms":0,"amenities":["wifi"],"house_rules":null,"pricing":{"nightly":{"amount":10000,"currency":"USD"},"weekend":null,"cleaning_fee":{"amount":4000,"currency":"USD"},"extra_guest_fee":null,"pet_fee":null,"weekly_discount_bps":1000,"monthly_discount_bps":0,"length_of_stay_discounts":[],"early_bird":null,"last_minute":null,"non_refundable_discount_bps":null,"taxes":[{"name":"City tax","rate":{"kind":"percent","bps":500},"exempt_from_nights":null}]},"stay_rules":{"min_nights":1,"max_nights":31,"advance_notice_hours":0,"booking_window_days":365,"preparation_nights":0,"check_in_from":"00:00:00","check_out_until":"23:00:00","weekdays":[]},"booking_mode":"instant","cancellation_policy":"flexible","long_stay_policy":"long_term_firm"}', 'cabin instant
by the lake
são paulo', 'são paulo', 'BR', 42.65258, -73.75623, 4, 0, 'cabin', 'entire_place', true, 10000, 'USD', 1, 31, 0, 5, 1, '2026-11-27 17:55:20.855024', '2026-11-27 17:55:20.873027', 2, DEFAULT, DEFAULT);
INSERT INTO properties VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'unlisted', '{"title":"Cabin request","description":"By the lake","property_type":"cabin","room_type":"entire_place","address":{"line1":"1 Lake Road","line2":null,"city":"São Paulo","region":null,"postal_code":null,"country":"BR"},"location":{"latitude":42.65258,"longitude":-73.75623},"time_zone":"UTC","max_guests":4,"max_pets":0,"bedrooms":0,"beds":0,"half_bathrooms":0,"amenities":["wifi"],"house_rules":null,"pricing":{"nightly":{"amount":10000,"currency":"USD"},"weekend":null,"cleaning_fee":{"amount":4000,"currency":"USD"},"extra_guest_fee":null,"pet_fee":null,"weekly_discount_bps":1000,"monthly_discount_bps":0,"length_of_stay_discounts":[],"early_bird":null,"last_minute":null,"non_refundable_discount_bps":null,"taxes":[{"name":"City tax","rate":{"kind":"percent","bps":500},"exempt_from_nights":null}]},"stay_rules":{"min_nights":1,"max_nights":31,"advance_notice_hours":0,"booking_window_days":365,"preparation_nights":0,"check_in_from":"00:00:00","check_out_until":"23:00:00","weekdays":[]},"booking_mode":"request","cancellation_policy":"flexible","long_stay_policy":"long_term_firm"}', 'cabin request
by the lake
são paulo', 'são paulo', 'BR', 42.65258, -73.75623, 4, 0, 'cabin', 'entire_place', false, 10000, 'USD', 1, 31, 0, 0, 0, '2026-11-27 17:55:20.885074', '2026-11-27 17:55:24.337625', 4, DEFAULT, DEFAULT);
INSERT INTO property_amenities VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', 'wifi');
INSERT INTO property_amenities VALUES ('01a21e25-c2d6-74a8-b296-3a847e34e196', 'wifi');
INSERT INTO property_amenities VALUES ('01a21e25-c2b5-716e-8b08-65bf2620bdec', 'wifi');
INSERT INTO refresh_tokens VALUES ('a185ab5e8f8eadebff5da4c299cf2044c2b6d020605bfdd2c9b6650955f1e49c', '01a21e25-bed8-722a-82d7-ec25f18881f9', NULL);
INSERT INTO refresh_tokens VALUES ('d3a0057b4f6eb429b8e2461c13a37885e8a7416650cd345af6a851a05d4c06c4', '01a21e25-c289-718f-8bb5-409ccd55d1e0', NULL);
INSERT INTO refresh_tokens VALUES ('63ab8cb3e37cb552ad4a75952afa0d9e1840e3c5318c22a37a5fdfb9981f4362', '01a21e25-cc26-7353-8beb-67b17f4fc9a8', NULL);
INSERT INTO reviews VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccbd-76f8-a4c2-6e41c34e1901', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '01a21e25-bf07-7772-a095-9609f73a7370', 'guest', 5, '{"overall":5,"categories":{"cleanliness":5}}', 'A good stay.', 'Come again.', NULL, '2026-12-11 17:55:23.430162', '2026-11-27 17:55:23.45503', '2026-12-27 17:55:23.45503', '2026-11-27 17:55:23.45503', '2026-11-27 17:55:23.45503', 1);
INSERT INTO reviews VALUES ('01a21e25-c297-7290-8e85-4eda18896eca', '01a21e25-ccad-7498-8eca-db0460792234', '01a21e25-cc4e-76a7-b4ca-8e88e7da1a51', '01a21e25-bf07-7772-a095-9609f73a7370', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'property', 5, '{"overall":5,"categories":{"cleanliness":5}}', 'A good stay.', 'Come again.', NULL, '2026-12-11 17:55:23.430162', '2026-11-27 17:55:23.45503', '2026-12-27 17:55:23.45503', '2026-11-27 17:55:23.441685', '2026-11-27 17:55:23.45503', 2);
INSERT INTO sessions VALUES ('01a21e25-bed8-722a-82d7-ec25f18881f9', '01a21e25-b9e8-75ac-bb91-46cbc3c23754', '2026-11-27 17:55:19.896884', '2026-11-27 17:55:19.896884', '2026-12-27 17:55:19.896884', 'Python-urllib/3.11', '127.0.0.1');
INSERT INTO sessions VALUES ('01a21e25-c289-718f-8bb5-409ccd55d1e0', '01a21e25-bf07-7772-a095-9609f73a7370', '2026-11-27 17:55:20.841843', '2026-11-27 17:55:20.841843', '2026-12-27 17:55:20.841843', 'Python-urllib/3.11', '127.0.0.1');
INSERT INTO sessions VALUES ('01a21e25-cc26-7353-8beb-67b17f4fc9a8', '01a21e25-c480-776f-a483-3c6d3d784248', '2026-11-27 17:55:23.302459', '2026-11-27 17:55:23.302459', '2026-12-27 17:55:23.302459', 'Python-urllib/3.11', '127.0.0.1');
INSERT INTO terms_versions VALUES (1, '{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}', '2026-11-27 17:55:17.440254');
INSERT INTO users VALUES ('01a21e25-b9e8-75ac-bb91-46cbc3c23754', 'host@example.org', 'host@example.org', true, '$argon2id$v=19$m=19456,t=2,p=1$rLOYFeFbGD/tLVmOimofPg$qLDW5ft0fbO4KI3SYQ3zQCzEkJ6px/xz3/LIXYm09h4', 'Host', 'Example', NULL, NULL, NULL, 'member', NULL, NULL, 0, 0, '2026-11-27 17:55:18.632813', '2026-11-27 17:55:19.662053', 2);
INSERT INTO users VALUES ('01a21e25-c480-776f-a483-3c6d3d784248', 'admin@example.org', 'admin@example.org', true, '$argon2id$v=19$m=19456,t=2,p=1$vK/TA5DeEFe48/aZN3bAGw$Y84q4WLNYBmvXsK1TMYNmSLo4cfzncvZu3/FK9Mu8sA', 'Operator', 'Operator', NULL, NULL, NULL, 'admin', NULL, NULL, 0, 0, '2026-11-27 17:55:21.344026', '2026-11-27 17:55:21.344026', 1);
INSERT INTO users VALUES ('01a21e25-bf07-7772-a095-9609f73a7370', 'guest@example.org', 'guest@example.org', true, '$argon2id$v=19$m=19456,t=2,p=1$lIcyGV2w/BM1QtVYejlIqg$FmapD/RKi3d9iuNuve609TGyooK1VdCaopMCV9cRmQU', 'Guest', 'Example', NULL, NULL, NULL, 'member', NULL, NULL, 5, 1, '2026-11-27 17:55:19.943857', '2026-11-27 17:55:20.754173', 2);
ALTER TABLE ONLY __diesel_schema_migrations
    ADD CONSTRAINT __diesel_schema_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY audit_log
    ADD CONSTRAINT audit_log_hash_key UNIQUE (hash);
ALTER TABLE ONLY audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (number);
ALTER TABLE ONLY booked_nights
    ADD CONSTRAINT booked_nights_pkey PRIMARY KEY (property_id, night);
ALTER TABLE ONLY bookings
    ADD CONSTRAINT bookings_id_key UNIQUE (id);
ALTER TABLE ONLY bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (property_id, id);
ALTER TABLE ONLY calendar_rules
    ADD CONSTRAINT calendar_rules_pkey PRIMARY KEY (property_id, night);
ALTER TABLE ONLY host_accounts
    ADD CONSTRAINT host_accounts_pkey PRIMARY KEY (host_id, currency);
ALTER TABLE ONLY idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);
ALTER TABLE ONLY jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (property_id, booking_id, cause, source);
ALTER TABLE ONLY one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY payment_calls
    ADD CONSTRAINT payment_calls_id_key UNIQUE (id);
ALTER TABLE ONLY payment_calls
    ADD CONSTRAINT payment_calls_pkey PRIMARY KEY (property_id, payment_id, id);
ALTER TABLE ONLY payment_entries
    ADD CONSTRAINT payment_entries_id_key UNIQUE (id);
ALTER TABLE ONLY payment_entries
    ADD CONSTRAINT payment_entries_pkey PRIMARY KEY (property_id, payment_id, "position");
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_booking_key UNIQUE (property_id, booking_id);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_id_key UNIQUE (id);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (property_id, id);
ALTER TABLE ONLY payouts
    ADD CONSTRAINT payouts_id_key UNIQUE (id);
ALTER TABLE ONLY payouts
    ADD CONSTRAINT payouts_pkey PRIMARY KEY (property_id, payment_id, "position");
ALTER TABLE ONLY properties
    ADD CONSTRAINT properties_pkey PRIMARY KEY (id);
ALTER TABLE ONLY property_amenities
    ADD CONSTRAINT property_amenities_pkey PRIMARY KEY (property_id, amenity);
ALTER TABLE ONLY refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_booking_key UNIQUE (booking_id, subject);
ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_id_key UNIQUE (id);
ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (property_id, id);
ALTER TABLE ONLY second_factors
    ADD CONSTRAINT second_factors_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY terms_versions
    ADD CONSTRAINT terms_versions_pkey PRIMARY KEY (version);
ALTER TABLE ONLY users
    ADD CONSTRAINT users_email_key UNIQUE (email_key);
ALTER TABLE ONLY users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE INDEX audit_log_action_index ON audit_log USING btree (action, at, number);
CREATE INDEX audit_log_actor_index ON audit_log USING btree (actor_id, at, number);
CREATE INDEX audit_log_at_index ON audit_log USING btree (at, number);
CREATE INDEX audit_log_subject_index ON audit_log USING btree (subject_id, subject_kind, at, number);
CREATE INDEX booked_nights_booking_index ON booked_nights USING btree (property_id, booking_id) WHERE (booking_id IS NOT NULL);
CREATE INDEX bookings_created_index ON bookings USING btree (created_at, id);
CREATE INDEX bookings_due_index ON bookings USING btree (due_at, id) WHERE (due_at IS NOT NULL);
CREATE INDEX bookings_guest_index ON bookings USING btree (guest_id, created_at, id);
CREATE INDEX bookings_host_index ON bookings USING btree (host_id, created_at, id);
CREATE INDEX bookings_property_index ON bookings USING btree (property_id, created_at, id);
CREATE INDEX idempotency_keys_claimed_index ON idempotency_keys USING btree (claimed_at);
CREATE INDEX jobs_due_index ON jobs USING btree (due_at, id) WHERE (due_at IS NOT NULL);
CREATE INDEX journal_at_index ON journal USING btree (at, booking_id, cause, source);
CREATE INDEX journal_booking_index ON journal USING btree (booking_id, at, cause, source);
CREATE INDEX journal_currency_index ON journal USING btree (currency, at, booking_id, cause, source);
CREATE INDEX journal_debts_index ON journal USING btree (host_id, currency, property_id, booking_id, at, host_payable);
CREATE INDEX journal_host_index ON journal USING btree (host_id, at, booking_id, cause, source);
CREATE INDEX one_time_tokens_user_index ON one_time_tokens USING btree (user_id, purpose);
CREATE INDEX payment_calls_at_index ON payment_calls USING btree (at);
CREATE INDEX payment_entries_refund_index ON payment_entries USING btree (at, id) WHERE (kind = 'refund'::text);
CREATE INDEX payments_booking_index ON payments USING btree (booking_id);
CREATE INDEX payments_created_index ON payments USING btree (created_at, id);
CREATE INDEX payouts_all_index ON payouts USING btree (due_at, id);
CREATE INDEX payouts_due_index ON payouts USING btree (due_at, id) WHERE (status = 'scheduled'::text);
CREATE INDEX payouts_host_index ON payouts USING btree (host_id, due_at, id);
CREATE INDEX payouts_property_index ON payouts USING btree (property_id, due_at, id);
CREATE INDEX properties_city_index ON properties USING btree (city_key, relevance, id) WHERE (status = 'listed'::text);
CREATE INDEX properties_country_index ON properties USING btree (country, relevance, id) WHERE (status = 'listed'::text);
CREATE INDEX properties_created_index ON properties USING btree (created_at, id);
CREATE INDEX properties_host_created_index ON properties USING btree (host_id, created_at, id);
CREATE INDEX properties_host_index ON properties USING btree (host_id, status);
CREATE INDEX properties_map_index ON properties USING btree (latitude, longitude) INCLUDE (relevance, id, nightly, currency, max_guests, min_nights, max_nights, preparation_nights) WHERE (status = 'listed'::text);
CREATE INDEX properties_nightly_index ON properties USING btree (nightly, id) WHERE (status = 'listed'::text);
CREATE INDEX properties_rating_index ON properties USING btree (rating, id) WHERE (status = 'listed'::text);
CREATE INDEX properties_relevance_index ON properties USING btree (relevance, id) WHERE (status = 'listed'::text);
CREATE INDEX properties_status_index ON properties USING btree (status, created_at, id);
CREATE INDEX refresh_tokens_session_index ON refresh_tokens USING btree (session_id, used_at);
CREATE INDEX reviews_addressee_index ON reviews USING btree (addressee_id, subject, published_at, id) WHERE (published_at IS NOT NULL);
CREATE INDEX reviews_due_index ON reviews USING btree (window_ends_at, id) WHERE (published_at IS NULL);
CREATE INDEX reviews_published_index ON reviews USING btree (property_id, subject, published_at, id) WHERE (published_at IS NOT NULL);
CREATE INDEX reviews_reviewer_index ON reviews USING btree (reviewer_id, created_at, id);
CREATE INDEX sessions_address_index ON sessions USING btree (user_id, address);
CREATE INDEX sessions_user_index ON sessions USING btree (user_id, last_used_at);
CREATE INDEX users_role_index ON users USING btree (role, id);
CREATE INDEX users_state_index ON users USING btree ((
CASE
    WHEN (erased_at IS NOT NULL) THEN 'erased'::text
    WHEN (suspended_at IS NOT NULL) THEN 'suspended'::text
    WHEN email_verified THEN 'active'::text
    ELSE 'unverified'::text
END), id);
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON payment_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ONLY booked_nights
    ADD CONSTRAINT booked_nights_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings(property_id, id);
ALTER TABLE ONLY booked_nights
    ADD CONSTRAINT booked_nights_property_fkey FOREIGN KEY (property_id) REFERENCES properties(id) ON DELETE CASCADE;
ALTER TABLE ONLY bookings
    ADD CONSTRAINT bookings_guest_fkey FOREIGN KEY (guest_id) REFERENCES users(id);
ALTER TABLE ONLY bookings
    ADD CONSTRAINT bookings_host_fkey FOREIGN KEY (host_id) REFERENCES users(id);
ALTER TABLE ONLY bookings
    ADD CONSTRAINT bookings_property_fkey FOREIGN KEY (property_id) REFERENCES properties(id);
ALTER TABLE ONLY calendar_rules
    ADD CONSTRAINT calendar_rules_property_fkey FOREIGN KEY (property_id) REFERENCES properties(id) ON DELETE CASCADE;
ALTER TABLE ONLY host_accounts
    ADD CONSTRAINT host_accounts_host_fkey FOREIGN KEY (host_id) REFERENCES users(id);
ALTER TABLE ONLY journal
    ADD CONSTRAINT journal_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings(property_id, id);
ALTER TABLE ONLY journal
    ADD CONSTRAINT journal_host_fkey FOREIGN KEY (host_id) REFERENCES users(id);
ALTER TABLE ONLY one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE ONLY payment_calls
    ADD CONSTRAINT payment_calls_against_fkey FOREIGN KEY (against) REFERENCES payment_entries(id);
ALTER TABLE ONLY payment_calls
    ADD CONSTRAINT payment_calls_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments(property_id, id);
ALTER TABLE ONLY payment_entries
    ADD CONSTRAINT payment_entries_against_fkey FOREIGN KEY (against) REFERENCES payment_entries(id);
ALTER TABLE ONLY payment_entries
    ADD CONSTRAINT payment_entries_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments(property_id, id);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings(property_id, id);
ALTER TABLE ONLY payouts
    ADD CONSTRAINT payouts_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings(property_id, id);
ALTER TABLE ONLY payouts
    ADD CONSTRAINT payouts_host_fkey FOREIGN KEY (host_id) REFERENCES users(id);
ALTER TABLE ONLY payouts
    ADD CONSTRAINT payouts_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments(property_id, id);
ALTER TABLE ONLY properties
    ADD CONSTRAINT properties_host_fkey FOREIGN KEY (host_id) REFERENCES users(id);
ALTER TABLE ONLY property_amenities
    ADD CONSTRAINT property_amenities_property_fkey FOREIGN KEY (property_id) REFERENCES properties(id) ON DELETE CASCADE;
ALTER TABLE ONLY refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_addressee_fkey FOREIGN KEY (addressee_id) REFERENCES users(id);
ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings(property_id, id);
ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_property_fkey FOREIGN KEY (property_id) REFERENCES properties(id);
ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_reviewer_fkey FOREIGN KEY (reviewer_id) REFERENCES users(id);
ALTER TABLE ONLY second_factors
    ADD CONSTRAINT second_factors_user_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE ONLY sessions
    ADD CONSTRAINT sessions_user_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
