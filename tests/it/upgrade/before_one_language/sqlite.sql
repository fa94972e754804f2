PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO __diesel_schema_migrations VALUES('20261101000001','2026-11-27 17:55:33');
INSERT INTO __diesel_schema_migrations VALUES('20261101000002','2026-11-27 17:55:34');
INSERT INTO __diesel_schema_migrations VALUES('20261121000003','2026-11-27 17:55:34');
INSERT INTO __diesel_schema_migrations VALUES('20261121000004','2026-11-27 17:55:34');
INSERT INTO __diesel_schema_migrations VALUES('20261121000005','2026-11-27 17:55:34');
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT users_id_check CHECK (length(id) = 16),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL CONSTRAINT users_email_key UNIQUE,
    email_verified BOOLEAN NOT NULL,
    password_hash TEXT,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    phone TEXT,
    locale TEXT,
    currency TEXT CONSTRAINT users_currency_check CHECK (length(currency) = 3),
    role TEXT NOT NULL CONSTRAINT users_role_check CHECK (role IN ('member', 'admin')),
    suspended_at TIMESTAMP,
    erased_at TIMESTAMP,
    rating_sum BIGINT NOT NULL,
    rating_count BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT users_version_check CHECK (version >= 1),
    CONSTRAINT users_rating_check CHECK (rating_sum >= 0 AND rating_count >= 0)
);
INSERT INTO users VALUES(X'01a21e25fe8673c0b4b63deb4742e640','host@example.org','host@example.org',1,'$argon2id$v=19$m=19456,t=2,p=1$K2QDCkAZo9YcAKI+pikHSA$kgQe191f6XvrhNlOLZgaM5PWIc21mxQpeZsA+eHqNGw','Host','Example',NULL,NULL,NULL,'member',NULL,NULL,0,0,'2026-11-27 17:55:36.198826','2026-11-27 17:55:36.513234',2);
INSERT INTO users VALUES(X'01a21e2600b5765bbbf4528955b55a11','guest@example.org','guest@example.org',1,'$argon2id$v=19$m=19456,t=2,p=1$mcvMsWwYgF/H3soxq75xSg$8EPuPzmz7B7BlrZj91Suuouq9/ndEQSGaHPJ2OeA+q0','Guest','Example',NULL,NULL,NULL,'member',NULL,NULL,5,1,'2026-11-27 17:55:36.757977','2026-11-27 17:55:37.583479',2);
INSERT INTO users VALUES(X'01a21e2607157125b14b7bcc7ad2b3ab','admin@example.org','admin@example.org',1,'$argon2id$v=19$m=19456,t=2,p=1$/WfpwREesnfg5OYfUbvHdg$OxT9ExOrkSj80lRA5ZQaMq4S9651W2HfQMtydq2ZggI','Operator','Operator',NULL,NULL,NULL,'admin',NULL,NULL,0,0,'2026-11-27 17:55:38.389879','2026-11-27 17:55:38.389879',1);
CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL CONSTRAINT sessions_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    user_agent TEXT
, address TEXT);
INSERT INTO sessions VALUES(X'01a21e26006971989e1ae8fdce266f19',X'01a21e25fe8673c0b4b63deb4742e640','2026-11-27 17:55:36.681643','2026-11-27 17:55:36.681643','2026-12-27 17:55:36.681643','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES(X'01a21e260457778c96f0c7f9ca76c507',X'01a21e2600b5765bbbf4528955b55a11','2026-11-27 17:55:37.687316','2026-11-27 17:55:37.687316','2026-12-27 17:55:37.687316','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES(X'01a21e260e5177b98d47ab15d1fd5b0f',X'01a21e2607157125b14b7bcc7ad2b3ab','2026-11-27 17:55:40.241445','2026-11-27 17:55:40.241445','2026-12-27 17:55:40.241445','Python-urllib/3.11','127.0.0.1');
CREATE TABLE refresh_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY CONSTRAINT refresh_tokens_hash_check CHECK (length(token_hash) = 64),
    session_id BLOB NOT NULL CONSTRAINT refresh_tokens_session_fkey REFERENCES sessions (id) ON DELETE CASCADE,
    used_at TIMESTAMP
) WITHOUT ROWID;
INSERT INTO refresh_tokens VALUES('12d4ca54350322af658cb5df1fc635ac9b593b8567818e6f3b2d340e0dd68b2f',X'01a21e26006971989e1ae8fdce266f19',NULL);
INSERT INTO refresh_tokens VALUES('3943fc4bf800c6ab31b271e8c8e900a440aa3e2934c030dd7693c883e550aa27',X'01a21e260457778c96f0c7f9ca76c507',NULL);
INSERT INTO refresh_tokens VALUES('cfca571899be171980d09623e649d67f93a9e8c6badb851e620c8e0dbba46270',X'01a21e260e5177b98d47ab15d1fd5b0f',NULL);
CREATE TABLE one_time_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY CONSTRAINT one_time_tokens_hash_check CHECK (length(token_hash) = 64),
    user_id BLOB NOT NULL CONSTRAINT one_time_tokens_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CONSTRAINT one_time_tokens_purpose_check CHECK (purpose IN ('verify_email', 'reset_password')),
    expires_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    notice TEXT NOT NULL,
    attempts BIGINT NOT NULL CONSTRAINT jobs_attempts_check CHECK (attempts >= 0),
    due_at TIMESTAMP,
    last_error TEXT
);
INSERT INTO jobs VALUES(X'01a21e260e5c757d913503d80b0a9311','{"kind":"booking_changed","booking_id":"01a21e26-0e5d-7591-99c9-ccd9f4735de1"}',0,'2026-11-27 17:55:40.252457',NULL);
INSERT INTO jobs VALUES(X'01a21e260e6b77769543b37ff7fef9ed','{"kind":"booking_changed","booking_id":"01a21e26-0e5d-7591-99c9-ccd9f4735de1"}',0,'2026-11-27 17:55:40.267216',NULL);
INSERT INTO jobs VALUES(X'01a21e260e78741f8fe58c60457ba525','{"kind":"booking_changed","booking_id":"01a21e26-0e5d-7591-99c9-ccd9f4735de1"}',0,'2026-11-27 17:55:40.280216',NULL);
INSERT INTO jobs VALUES(X'01a21e260e987162b300a46e9c63af15','{"kind":"booking_changed","booking_id":"01a21e26-0e5d-7591-99c9-ccd9f4735de1"}',0,'2026-11-27 17:55:40.312138',NULL);
INSERT INTO jobs VALUES(X'01a21e260ead7760a4caec631d97baff','{"kind":"review_published","review_id":"01a21e26-0eab-7357-a7d6-9b762a71e93d"}',0,'2026-11-27 17:55:40.333032',NULL);
INSERT INTO jobs VALUES(X'01a21e260ead744cab1282b03e3e0fb5','{"kind":"review_published","review_id":"01a21e26-0ea3-717c-8282-00149ade306e"}',0,'2026-11-27 17:55:40.333032',NULL);
INSERT INTO jobs VALUES(X'01a21e260eb473a686b2a95b5804d6e0','{"kind":"booking_changed","booking_id":"01a21e26-0eb5-7565-9018-c625a2244026"}',0,'2026-11-27 17:55:40.340935',NULL);
INSERT INTO jobs VALUES(X'01a21e260ebd764caf7597a76b5f7f5d','{"kind":"booking_changed","booking_id":"01a21e26-0ebd-7774-b5b9-9fe4623795de"}',0,'2026-11-27 17:55:40.349253',NULL);
INSERT INTO jobs VALUES(X'01a21e260ecf776694d98e7b91b5833d','{"kind":"booking_changed","booking_id":"01a21e26-0ebd-7774-b5b9-9fe4623795de"}',0,'2026-11-27 17:55:40.367432',NULL);
INSERT INTO jobs VALUES(X'01a21e260ee47588916287d7a01126f7','{"kind":"booking_changed","booking_id":"01a21e26-0ee4-754d-ae67-582714910451"}',0,'2026-11-27 17:55:40.388030',NULL);
INSERT INTO jobs VALUES(X'01a21e260efc7de2924aa065d6f967db','{"kind":"booking_changed","booking_id":"01a21e26-0ee4-754d-ae67-582714910451"}',0,'2026-11-27 17:55:40.412139',NULL);
INSERT INTO jobs VALUES(X'01a21e260f1175cea39f2454b4fedfd6','{"kind":"booking_changed","booking_id":"01a21e26-0ee4-754d-ae67-582714910451"}',0,'2026-11-27 17:55:40.433455',NULL);
INSERT INTO jobs VALUES(X'01a21e260f267e3e9c5339acf8cc98b1','{"kind":"booking_changed","booking_id":"01a21e26-0f26-74fc-a0d8-030e2b5a73f1"}',0,'2026-11-27 17:55:40.454148',NULL);
INSERT INTO jobs VALUES(X'01a21e260f3678c1bf9e5927700a3da7','{"kind":"booking_changed","booking_id":"01a21e26-0f26-74fc-a0d8-030e2b5a73f1"}',0,'2026-11-27 17:55:40.470847',NULL);
INSERT INTO jobs VALUES(X'01a21e260f4875f7b89695d073f45641','{"kind":"booking_changed","booking_id":"01a21e26-0f26-74fc-a0d8-030e2b5a73f1"}',0,'2026-11-27 17:55:40.488039',NULL);
INSERT INTO jobs VALUES(X'01a21e260f5f75828661bc30e5a97e69','{"kind":"booking_changed","booking_id":"01a21e26-0f60-70b5-ad60-afda6c2c87d4"}',0,'2026-11-27 17:55:40.511258',NULL);
INSERT INTO jobs VALUES(X'01a21e260f84707db98749eaa8bda391','{"kind":"booking_changed","booking_id":"01a21e26-0f60-70b5-ad60-afda6c2c87d4"}',0,'2026-11-27 17:55:40.548846',NULL);
INSERT INTO jobs VALUES(X'01a21e260f9f7774be86fbd020d4e68b','{"kind":"booking_changed","booking_id":"01a21e26-0f60-70b5-ad60-afda6c2c87d4"}',0,'2026-11-27 17:55:40.575464',NULL);
INSERT INTO jobs VALUES(X'01a21e260fb57609ac23622563dfce67','{"kind":"booking_changed","booking_id":"01a21e26-0fb6-7467-a910-4213a12847bf"}',0,'2026-11-27 17:55:40.597447',NULL);
INSERT INTO jobs VALUES(X'01a21e260fcc728ca4df2896f779e9d3','{"kind":"booking_changed","booking_id":"01a21e26-0fb6-7467-a910-4213a12847bf"}',0,'2026-11-27 17:55:40.620970',NULL);
INSERT INTO jobs VALUES(X'01a21e260fdf7b1b9f15d00dbee7b3e8','{"kind":"booking_changed","booking_id":"01a21e26-0fe0-7705-b9a8-94b5ca65e548"}',0,'2026-11-27 17:55:40.639344',NULL);
INSERT INTO jobs VALUES(X'01a21e260ff77187b20000b3873e65a1','{"kind":"booking_changed","booking_id":"01a21e26-0fe0-7705-b9a8-94b5ca65e548"}',0,'2026-11-27 17:55:40.663698',NULL);
INSERT INTO jobs VALUES(X'01a21e2610057e82ab44afd8cb774e5b','{"kind":"booking_changed","booking_id":"01a21e26-0fe0-7705-b9a8-94b5ca65e548"}',0,'2026-11-27 17:55:40.677418',NULL);
INSERT INTO jobs VALUES(X'01a21e26101974968a2b014c8079b472','{"kind":"booking_changed","booking_id":"01a21e26-1019-7279-aced-c9e36fa90035"}',0,'2026-11-27 17:55:40.697297',NULL);
INSERT INTO jobs VALUES(X'01a21e2610287178ab7c6168310faa31','{"kind":"booking_changed","booking_id":"01a21e26-1019-7279-aced-c9e36fa90035"}',0,'2026-11-27 17:55:40.712411',NULL);
INSERT INTO jobs VALUES(X'01a21e26103e728aa4d16cc9b3a1338d','{"kind":"booking_changed","booking_id":"01a21e26-1019-7279-aced-c9e36fa90035"}',0,'2026-11-27 17:55:40.734912',NULL);
INSERT INTO jobs VALUES(X'01a21e26104f7fec984db48d61307c4a','{"kind":"booking_changed","booking_id":"01a21e26-1050-741e-bbf7-55d4c8581c51"}',0,'2026-11-27 17:55:40.751703',NULL);
INSERT INTO jobs VALUES(X'01a21e2610657882b21a177322c98126','{"kind":"booking_changed","booking_id":"01a21e26-1050-741e-bbf7-55d4c8581c51"}',0,'2026-11-27 17:55:40.773630',NULL);
INSERT INTO jobs VALUES(X'01a21e2610857fe79b49af6ad11641e6','{"kind":"booking_changed","booking_id":"01a21e26-1050-741e-bbf7-55d4c8581c51"}',0,'2026-11-27 17:55:40.805542',NULL);
INSERT INTO jobs VALUES(X'01a21e26109470eaa435276d779e628d','{"kind":"booking_changed","booking_id":"01a21e26-1050-741e-bbf7-55d4c8581c51"}',0,'2026-11-27 17:55:40.820095',NULL);
INSERT INTO jobs VALUES(X'01a21e2610a37bebb539f3a4e406311e','{"kind":"booking_changed","booking_id":"01a21e26-10a3-709a-9b33-03d7a28e4b51"}',0,'2026-11-27 17:55:40.835181',NULL);
INSERT INTO jobs VALUES(X'01a21e2610b27be1b1261926e6ba432a','{"kind":"booking_changed","booking_id":"01a21e26-10a3-709a-9b33-03d7a28e4b51"}',0,'2026-11-27 17:55:40.850633',NULL);
INSERT INTO jobs VALUES(X'01a21e2610c270159377225eccb1fe22','{"kind":"booking_changed","booking_id":"01a21e26-10a3-709a-9b33-03d7a28e4b51"}',0,'2026-11-27 17:55:40.866321',NULL);
INSERT INTO jobs VALUES(X'01a21e2610cd73b2904e10052a701451','{"kind":"booking_changed","booking_id":"01a21e26-10cd-7586-9cfd-7a975f4506dc"}',0,'2026-11-27 17:55:40.877174',NULL);
INSERT INTO jobs VALUES(X'01a21e2610dc77f2b47b3b6de28804dd','{"kind":"booking_changed","booking_id":"01a21e26-10cd-7586-9cfd-7a975f4506dc"}',0,'2026-11-27 17:55:40.892110',NULL);
INSERT INTO jobs VALUES(X'01a21e2610ec72fb864f4a6c4671cf64','{"kind":"booking_changed","booking_id":"01a21e26-10cd-7586-9cfd-7a975f4506dc"}',0,'2026-11-27 17:55:40.908211',NULL);
INSERT INTO jobs VALUES(X'01a21e2610f97c9689b9f8ed621a28c7','{"kind":"booking_changed","booking_id":"01a21e26-10cd-7586-9cfd-7a975f4506dc"}',0,'2026-11-27 17:55:40.921415',NULL);
INSERT INTO jobs VALUES(X'01a21e26110374ce9fb2be148ea90f2d','{"kind":"booking_changed","booking_id":"01a21e26-1104-7395-8db1-aedaffdaddb9"}',0,'2026-11-27 17:55:40.931486',NULL);
INSERT INTO jobs VALUES(X'01a21e261115744daa9d2a13a31c732d','{"kind":"booking_changed","booking_id":"01a21e26-1104-7395-8db1-aedaffdaddb9"}',0,'2026-11-27 17:55:40.949031',NULL);
INSERT INTO jobs VALUES(X'01a21e2611267b16a80a3de703b679ed','{"kind":"booking_changed","booking_id":"01a21e26-1104-7395-8db1-aedaffdaddb9"}',0,'2026-11-27 17:55:40.966107',NULL);
INSERT INTO jobs VALUES(X'01a21e261173722abb6dd00a53ed3788','{"kind":"booking_changed","booking_id":"01a21e26-1174-708d-96e3-3f75a52da718"}',0,'2026-11-27 17:55:41.043860',NULL);
CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    status INTEGER,
    headers TEXT,
    body BLOB,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key),
    CONSTRAINT idempotency_keys_answer_check CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL))
);
INSERT INTO idempotency_keys VALUES('01a21e26-00b5-765b-bbf4-528955b55a11','kept-key-of-the-past','a83f8d4f6e32aa3e60f90ee3223a535e1d50144da9a4056cdef8a7777dae9641','2026-11-27 17:55:41.041461',201,'[["content-type","application/json"],["location","/v1/bookings/01a21e26-1174-708d-96e3-3f75a52da718"],["etag","\"1-04ecccecc1bcc3ac\""]]',X'7b226964223a2230316132316532362d313137342d373038642d393665332d336637356135326461373138222c2270726f70657274795f6964223a2230316132316532362d303436312d373734622d393736342d613832353130663730363332222c22686f73745f6964223a2230316132316532352d666538362d373363302d623462362d336465623437343265363430222c2267756573745f6964223a2230316132316532362d303062352d373635622d626266342d353238393535623535613131222c22636865636b5f696e223a22323032372d30332d3237222c22636865636b5f6f7574223a22323032372d30332d3239222c226e6967687473223a322c22677565737473223a7b226164756c7473223a322c226368696c6472656e223a302c22696e66616e7473223a302c2270657473223a307d2c22737461747573223a2270656e64696e675f7061796d656e74222c22636f6e6669726d6174696f6e5f636f6465223a6e756c6c2c226c696e6573223a5b7b226b696e64223a226e6967687473222c226c6162656c223a224e6967687473222c227175616e74697479223a322c22756e69745f616d6f756e74223a7b22616d6f756e74223a31303030302c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a32303030302c2263757272656e6379223a22555344227d2c2272756c65223a226e696768742e62617365227d2c7b226b696e64223a22636c65616e696e675f666565222c226c6162656c223a22436c65616e696e6720666565222c227175616e74697479223a312c22756e69745f616d6f756e74223a7b22616d6f756e74223a343030302c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a343030302c2263757272656e6379223a22555344227d2c2272756c65223a22636c65616e696e675f666565227d2c7b226b696e64223a22736572766963655f666565222c226c6162656c223a225365727669636520666565222c227175616e74697479223a312c22756e69745f616d6f756e74223a7b22616d6f756e74223a333430382c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a333430382c2263757272656e6379223a22555344227d2c2272756c65223a2267756573745f666565227d2c7b226b696e64223a22746178222c226c6162656c223a224369747920746178222c227175616e74697479223a312c22756e69745f616d6f756e74223a7b22616d6f756e74223a313230302c2263757272656e6379223a22555344227d2c22616d6f756e74223a7b22616d6f756e74223a313230302c2263757272656e6379223a22555344227d2c2272756c65223a227461782e70657263656e74227d5d2c22746f74616c223a7b22616d6f756e74223a32383630382c2263757272656e6379223a22555344227d2c22686f73745f7061796f7574223a7b22616d6f756e74223a32333238302c2263757272656e6379223a22555344227d2c2263616e63656c6c6174696f6e5f706f6c696379223a22666c657869626c65222c22686f6c645f657870697265735f6174223a22323032362d31312d32375431383a31303a34312e3034333836305a222c22726573706f6e645f6279223a6e756c6c2c227061796d656e745f6964223a6e756c6c2c226d657373616765223a6e756c6c2c22616c7465726174696f6e223a6e756c6c2c22686973746f7279223a5b7b226174223a22323032362d31312d32375431373a35353a34312e3034333836305a222c2266726f6d223a6e756c6c2c22746f223a2270656e64696e675f7061796d656e74222c226279223a226775657374222c22726561736f6e223a6e756c6c7d5d2c2276657273696f6e223a312c22637265617465645f6174223a22323032362d31312d32375431373a35353a34312e3034333836305a222c22757064617465645f6174223a22323032362d31312d32375431373a35353a34312e3034333836305a227d');
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
INSERT INTO properties VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e25fe8673c0b4b63deb4742e640','listed','{"title":"Cabin instant","description":"By the lake","property_type":"cabin","room_type":"entire_place","address":{"line1":"1 Lake Road","line2":null,"city":"São Paulo","region":null,"postal_code":null,"country":"BR"},"location":{"latitude":42.65258,"longitude":-73.75623},"time_zone":"UTC","max_guests":4,"max_pets":0,"bedrooms":0,"beds":0,"half_bathrooms":0,"amenities":["wifi"],"house_rules":null,"pricing":{"nightly":{"amount":10000,"currency":"USD"},"weekend":null,"cleaning_fee":{"amount":4000,"currency":"USD"},"extra_guest_fee":null,"pet_fee":null,"weekly_discount_bps":1000,"monthly_discount_bps":0,"length_of_stay_discounts":[],"early_bird":null,"last_minute":null,"non_refundable_discount_bps":null,"taxes":[{"name":"City tax","rate":{"kind":"percent","bps":500},"exempt_from_nights":null}]},"stay_rules":{"min_nights":1,"max_nights":31,"advance_notice_hours":0,"booking_window_days":365,"preparation_nights":0,"check_in_from":"00:00:00","check_out_until":"23:00:00","weekdays":[]},"booking_mode":"instant","cancellation_policy":"flexible","long_stay_policy":"long_term_firm"}',replace('cabin instant\nby the lake\nsão paulo','\n',char(10)),'são paulo','BR',42.65258000000000038,-73.756230000000002179,4,0,'cabin','entire_place',1,10000,'USD',1,31,0,5,1,'2026-11-27 17:55:37.697799','2026-11-27 17:55:37.707010',2);
INSERT INTO properties VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e25fe8673c0b4b63deb4742e640','unlisted','{"title":"Cabin request","description":"By the lake","property_type":"cabin","room_type":"entire_place","address":{"line1":"1 Lake Road","line2":null,"city":"São Paulo","region":null,"postal_code":null,"country":"BR"},"location":{"latitude":42.65258,"longitude":-73.75623},"time_zone":"UTC","max_guests":4,"max_pets":0,"bedrooms":0,"beds":0,"half_bathrooms":0,"amenities":["wifi"],"house_rules":null,"pricing":{"nightly":{"amount":10000,"currency":"USD"},"weekend":null,"cleaning_fee":{"amount":4000,"currency":"USD"},"extra_guest_fee":null,"pet_fee":null,"weekly_discount_bps":1000,"monthly_discount_bps":0,"length_of_stay_discounts":[],"early_bird":null,"last_minute":null,"non_refundable_discount_bps":null,"taxes":[{"name":"City tax","rate":{"kind":"percent","bps":500},"exempt_from_nights":null}]},"stay_rules":{"min_nights":1,"max_nights":31,"advance_notice_hours":0,"booking_window_days":365,"preparation_nights":0,"check_in_from":"00:00:00","check_out_until":"23:00:00","weekdays":[]},"booking_mode":"request","cancellation_policy":"flexible","long_stay_policy":"long_term_firm"}',replace('cabin request\nby the lake\nsão paulo','\n',char(10)),'são paulo','BR',42.65258000000000038,-73.756230000000002179,4,0,'cabin','entire_place',0,10000,'USD',1,31,0,0,0,'2026-11-27 17:55:37.715651','2026-11-27 17:55:41.014940',4);
INSERT INTO properties VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e25fe8673c0b4b63deb4742e640','listed','{"title":"Cabin instant","description":"By the lake","property_type":"cabin","room_type":"entire_place","address":{"line1":"1 Lake Road","line2":null,"city":"São Paulo","region":null,"postal_code":null,"country":"BR"},"location":{"latitude":42.65258,"longitude":-73.75623},"time_zone":"UTC","max_guests":4,"max_pets":0,"bedrooms":0,"beds":0,"half_bathrooms":0,"amenities":["wifi"],"house_rules":null,"pricing":{"nightly":{"amount":10000,"currency":"USD"},"weekend":null,"cleaning_fee":{"amount":4000,"currency":"USD"},"extra_guest_fee":null,"pet_fee":null,"weekly_discount_bps":1000,"monthly_discount_bps":0,"length_of_stay_discounts":[],"early_bird":null,"last_minute":null,"non_refundable_discount_bps":null,"taxes":[{"name":"City tax","rate":{"kind":"percent","bps":500},"exempt_from_nights":null}]},"stay_rules":{"min_nights":1,"max_nights":31,"advance_notice_hours":0,"booking_window_days":365,"preparation_nights":0,"check_in_from":"00:00:00","check_out_until":"23:00:00","weekdays":[]},"booking_mode":"instant","cancellation_policy":"strict","long_stay_policy":"long_term_firm"}',replace('cabin instant\nby the lake\nsão paulo','\n',char(10)),'são paulo','BR',42.65258000000000038,-73.756230000000002179,4,0,'cabin','entire_place',1,10000,'USD',1,31,0,0,0,'2026-11-27 17:55:37.732223','2026-11-27 17:55:37.743190',2);
CREATE TABLE property_amenities (
    property_id BLOB NOT NULL CONSTRAINT property_amenities_property_fkey REFERENCES properties (id) ON DELETE CASCADE,
    amenity TEXT NOT NULL,
    CONSTRAINT property_amenities_pkey PRIMARY KEY (property_id, amenity)
) WITHOUT ROWID;
INSERT INTO property_amenities VALUES(X'01a21e260461774b9764a82510f70632','wifi');
INSERT INTO property_amenities VALUES(X'01a21e26047374869d69c143b761e517','wifi');
INSERT INTO property_amenities VALUES(X'01a21e260484700e8531211dc8e0b808','wifi');
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
INSERT INTO calendar_rules VALUES(X'01a21e260461774b9764a82510f70632','2027-03-07',NULL,NULL,NULL,NULL,0,0,'painting');
INSERT INTO calendar_rules VALUES(X'01a21e260461774b9764a82510f70632','2027-03-08',NULL,NULL,NULL,NULL,0,0,'painting');
INSERT INTO calendar_rules VALUES(X'01a21e260461774b9764a82510f70632','2027-03-09',NULL,NULL,NULL,NULL,0,0,'painting');
INSERT INTO calendar_rules VALUES(X'01a21e260461774b9764a82510f70632','2027-03-17',20000,'USD',NULL,NULL,0,0,NULL);
INSERT INTO calendar_rules VALUES(X'01a21e260461774b9764a82510f70632','2027-03-18',20000,'USD',NULL,NULL,0,0,NULL);
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
    -- When time alone moves it next.
    due_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT bookings_version_check CHECK (version >= 1), alteration TEXT,
    CONSTRAINT bookings_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT bookings_stay_check CHECK (check_in < check_out)
);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260e5d759199c9ccd9f4735de1',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-11-27','2026-11-28','{"adults":2,"children":0,"infants":0,"pets":0}',0,'completed',16688,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":1,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":10000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":1988,"currency":"USD"},"amount":{"amount":1988,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":700,"currency":"USD"},"amount":{"amount":700,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-11-27","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":16688,"currency":"USD"},"host_fee":{"amount":420,"currency":"USD"},"host_payout":{"amount":13580,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e260e65723d8e68412ace10c0be',NULL,'{"at":"2026-11-27T17:55:40.267216Z","code":"3DPNXWZFTZ"}',NULL,'[{"at":"2026-11-27T17:55:40.252457Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.267216Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.280216Z","from":"confirmed","to":"checked_in","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.312138Z","from":"checked_in","to":"completed","by":"guest","reason":null}]',NULL,'2026-11-27 17:55:40.252457','2026-11-27 17:55:40.312138',7,NULL);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260eb575659018c625a2244026',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-12-07','2026-12-09','{"adults":2,"children":0,"infants":0,"pets":0}',0,'pending_payment',28608,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-08","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,NULL,NULL,NULL,NULL,'[{"at":"2026-11-27T17:55:40.340935Z","from":null,"to":"pending_payment","by":"guest","reason":null}]','2026-11-27 18:10:40.340935','2026-11-27 17:55:40.340935','2026-11-27 17:55:40.340935',1,NULL);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ebd7774b5b99fe4623795de',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-12-17','2026-12-21','{"adults":2,"children":0,"infants":0,"pets":0}',0,'confirmed',52448,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-18","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-19","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-20","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00','We are two.',X'01a21e260ec5708bb4d0b8900314d5ee',NULL,'{"at":"2026-11-27T17:55:40.367432Z","code":"4HAD2H3FYD"}',NULL,'[{"at":"2026-11-27T17:55:40.349253Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.367432Z","from":"pending_payment","to":"confirmed","by":"system","reason":null}]','2026-12-21 23:00:00','2026-11-27 17:55:40.349253','2026-11-27 17:55:40.367432',3,NULL);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ee4754dae67582714910451',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-12-27','2026-12-31','{"adults":2,"children":0,"infants":0,"pets":0}',0,'cancelled',52448,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-28","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-29","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-30","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e260eee71e6b79d820efcc7f49a',NULL,'{"at":"2026-11-27T17:55:40.412139Z","code":"DT42X93PMT"}','{"by":"guest","at":"2026-11-27T17:55:40.433455Z","reason":"ill","refund":{"lines":[{"kind":"nights","paid":{"amount":40000,"currency":"USD"},"refunded":{"amount":40000,"currency":"USD"}},{"kind":"cleaning_fee","paid":{"amount":4000,"currency":"USD"},"refunded":{"amount":4000,"currency":"USD"}},{"kind":"service_fee","paid":{"amount":6248,"currency":"USD"},"refunded":{"amount":6248,"currency":"USD"}},{"kind":"tax","paid":{"amount":2200,"currency":"USD"},"refunded":{"amount":2200,"currency":"USD"}}],"refund":{"amount":52448,"currency":"USD"},"kept":{"amount":0,"currency":"USD"}},"host_fee":null}','[{"at":"2026-11-27T17:55:40.388030Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.412139Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.433455Z","from":"confirmed","to":"cancelled","by":"guest","reason":"ill"}]',NULL,'2026-11-27 17:55:40.388030','2026-11-27 17:55:40.433455',4,NULL);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2674fca0d8030e2b5a73f1',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2027-01-06','2027-01-10','{"adults":2,"children":0,"infants":0,"pets":0}',0,'cancelled',52448,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-01-06","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-08","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-09","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e260f2f702e8aece01e35b088e8',NULL,'{"at":"2026-11-27T17:55:40.470847Z","code":"H5QAY89AWJ"}','{"by":"host","at":"2026-11-27T17:55:40.488039Z","reason":"roof","refund":{"lines":[{"kind":"nights","paid":{"amount":40000,"currency":"USD"},"refunded":{"amount":40000,"currency":"USD"}},{"kind":"cleaning_fee","paid":{"amount":4000,"currency":"USD"},"refunded":{"amount":4000,"currency":"USD"}},{"kind":"service_fee","paid":{"amount":6248,"currency":"USD"},"refunded":{"amount":6248,"currency":"USD"}},{"kind":"tax","paid":{"amount":2200,"currency":"USD"},"refunded":{"amount":2200,"currency":"USD"}}],"refund":{"amount":52448,"currency":"USD"},"kept":{"amount":0,"currency":"USD"}},"host_fee":{"amount":5000,"currency":"USD"}}','[{"at":"2026-11-27T17:55:40.454148Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.470847Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.488039Z","from":"confirmed","to":"cancelled","by":"host","reason":"roof"}]',NULL,'2026-11-27 17:55:40.454148','2026-11-27 17:55:40.488039',4,NULL);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f6070b5ad60afda6c2c87d4',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2027-01-16','2027-01-20','{"adults":2,"children":0,"infants":0,"pets":0}',0,'cancelled',52448,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-01-16","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-18","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-19","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e260f767308a22708eebf2e1136',NULL,'{"at":"2026-11-27T17:55:40.548846Z","code":"7C9BJ4SFVZ"}','{"by":"admin","at":"2026-11-27T17:55:40.575464Z","reason":"dispute","refund":{"lines":[{"kind":"nights","paid":{"amount":40000,"currency":"USD"},"refunded":{"amount":20000,"currency":"USD"}},{"kind":"cleaning_fee","paid":{"amount":4000,"currency":"USD"},"refunded":{"amount":2000,"currency":"USD"}},{"kind":"service_fee","paid":{"amount":6248,"currency":"USD"},"refunded":{"amount":3124,"currency":"USD"}},{"kind":"tax","paid":{"amount":2200,"currency":"USD"},"refunded":{"amount":1100,"currency":"USD"}}],"refund":{"amount":26224,"currency":"USD"},"kept":{"amount":26224,"currency":"USD"}},"host_fee":null}','[{"at":"2026-11-27T17:55:40.511258Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.548846Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.575464Z","from":"confirmed","to":"cancelled","by":"admin","reason":"dispute"}]',NULL,'2026-11-27 17:55:40.511258','2026-11-27 17:55:40.575464',4,NULL);
INSERT INTO bookings VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e260fb67467a9104213a12847bf',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-12-07','2026-12-09','{"adults":2,"children":0,"infants":0,"pets":0}',0,'awaiting_host',28608,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-08","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','request','UTC','00:00:00','23:00:00',NULL,X'01a21e260fc6723bab3bbf662c14c44a','2026-11-27 17:55:40.620970',NULL,NULL,'[{"at":"2026-11-27T17:55:40.597447Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.620970Z","from":"pending_payment","to":"awaiting_host","by":"system","reason":null}]','2026-11-28 17:55:40.620970','2026-11-27 17:55:40.597447','2026-11-27 17:55:40.620970',3,NULL);
INSERT INTO bookings VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e260fe07705b9a894b5ca65e548',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-12-17','2026-12-19','{"adults":2,"children":0,"infants":0,"pets":0}',0,'declined',28608,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-18","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','request','UTC','00:00:00','23:00:00',NULL,X'01a21e260fe87510985ba55d7e2abfd5','2026-11-27 17:55:40.663698',NULL,NULL,'[{"at":"2026-11-27T17:55:40.639344Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.663698Z","from":"pending_payment","to":"awaiting_host","by":"system","reason":null},{"at":"2026-11-27T17:55:40.677418Z","from":"awaiting_host","to":"declined","by":"host","reason":"no"}]',NULL,'2026-11-27 17:55:40.639344','2026-11-27 17:55:40.677418',4,NULL);
INSERT INTO bookings VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e2610197279acedc9e36fa90035',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-12-27','2026-12-29','{"adults":2,"children":0,"infants":0,"pets":0}',0,'confirmed',28608,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-12-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-12-28","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','request','UTC','00:00:00','23:00:00',NULL,X'01a21e261021734cbf36dc9d8aac99f7','2026-11-27 17:55:40.712411','{"at":"2026-11-27T17:55:40.734912Z","code":"4H35F6F8WJ"}',NULL,'[{"at":"2026-11-27T17:55:40.697297Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.712411Z","from":"pending_payment","to":"awaiting_host","by":"system","reason":null},{"at":"2026-11-27T17:55:40.734912Z","from":"awaiting_host","to":"confirmed","by":"host","reason":null}]','2026-12-29 23:00:00','2026-11-27 17:55:40.697297','2026-11-27 17:55:40.734912',5,NULL);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e261050741ebbf755d4c8581c51',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2027-01-26','2027-02-01','{"adults":2,"children":0,"infants":0,"pets":0}',0,'confirmed',76288,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":6,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":60000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":9088,"currency":"USD"},"amount":{"amount":9088,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":3200,"currency":"USD"},"amount":{"amount":3200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-01-26","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-28","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-29","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-30","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-01-31","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":76288,"currency":"USD"},"host_fee":{"amount":1920,"currency":"USD"},"host_payout":{"amount":62080,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e26105873548e34c337d3ed8459',NULL,'{"at":"2026-11-27T17:55:40.773630Z","code":"ZHFZF26SX2"}',NULL,'[{"at":"2026-11-27T17:55:40.751703Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.773630Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.805542Z","from":"confirmed","to":"confirmed","by":"guest","reason":"alteration proposed"},{"at":"2026-11-27T17:55:40.805542Z","from":"confirmed","to":"confirmed","by":"system","reason":"alteration accepted"},{"at":"2026-11-27T17:55:40.820095Z","from":"confirmed","to":"confirmed","by":"system","reason":"alteration paid"}]','2027-02-01 23:00:00','2026-11-27 17:55:40.751703','2026-11-27 17:55:40.820095',5,NULL);
INSERT INTO bookings VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610a3709a9b3303d7a28e4b51',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2027-02-05','2027-02-09','{"adults":2,"children":0,"infants":0,"pets":0}',0,'confirmed',52448,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-02-05","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-06","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-08","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}','strict','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e2610ac73108bdba914dbcf751d',NULL,'{"at":"2026-11-27T17:55:40.850633Z","code":"AJ6MSWCP74"}',NULL,'[{"at":"2026-11-27T17:55:40.835181Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.850633Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.866321Z","from":"confirmed","to":"confirmed","by":"host","reason":"alteration proposed"}]','2026-11-28 17:55:40.866321','2026-11-27 17:55:40.835181','2026-11-27 17:55:40.866321',4,'{"id":"01a21e26-10c2-7441-b253-1755e2d6a638","by":"host","stay":{"check_in":"2027-02-05","check_out":"2027-02-10"},"guests":{"adults":2,"children":0,"infants":0,"pets":0},"price":{"lines":[{"kind":"nights","label":"Nights","quantity":5,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":50000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":7668,"currency":"USD"},"amount":{"amount":7668,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2700,"currency":"USD"},"amount":{"amount":2700,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-02-05","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-06","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-07","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-08","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-09","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":64368,"currency":"USD"},"host_fee":{"amount":1620,"currency":"USD"},"host_payout":{"amount":52380,"currency":"USD"}},"proposed_at":"2026-11-27T17:55:40.866321Z","expires_at":"2026-11-28T17:55:40.866321Z","charge":null}');
INSERT INTO bookings VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610cd75869cfd7a975f4506dc',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2027-02-15','2027-02-19','{"adults":2,"children":0,"infants":0,"pets":0}',0,'confirmed',52448,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":4,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":40000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":6248,"currency":"USD"},"amount":{"amount":6248,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":2200,"currency":"USD"},"amount":{"amount":2200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-02-15","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-16","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-17","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-02-18","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":52448,"currency":"USD"},"host_fee":{"amount":1320,"currency":"USD"},"host_payout":{"amount":42680,"currency":"USD"}}','strict','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e2610d5777a90330bf3d1e638b7',NULL,'{"at":"2026-11-27T17:55:40.892110Z","code":"MCHMHCBDQH"}',NULL,'[{"at":"2026-11-27T17:55:40.877174Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.892110Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.908211Z","from":"confirmed","to":"confirmed","by":"host","reason":"alteration proposed"},{"at":"2026-11-27T17:55:40.921415Z","from":"confirmed","to":"confirmed","by":"host","reason":"alteration withdrawn"}]','2027-02-19 23:00:00','2026-11-27 17:55:40.877174','2026-11-27 17:55:40.921415',5,NULL);
INSERT INTO bookings VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e26110473958db1aedaffdaddb9',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2026-11-27','2026-11-30','{"adults":2,"children":0,"infants":0,"pets":0}',0,'checked_in',40528,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":3,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":30000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":4828,"currency":"USD"},"amount":{"amount":4828,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1700,"currency":"USD"},"amount":{"amount":1700,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2026-11-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-11-28","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2026-11-29","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":40528,"currency":"USD"},"host_fee":{"amount":1020,"currency":"USD"},"host_payout":{"amount":32980,"currency":"USD"}}','strict','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,X'01a21e26110c71bf8d9fd30a4cfd5d72',NULL,'{"at":"2026-11-27T17:55:40.949031Z","code":"JKX89CEXX6"}',NULL,'[{"at":"2026-11-27T17:55:40.931486Z","from":null,"to":"pending_payment","by":"guest","reason":null},{"at":"2026-11-27T17:55:40.949031Z","from":"pending_payment","to":"confirmed","by":"system","reason":null},{"at":"2026-11-27T17:55:40.966107Z","from":"confirmed","to":"checked_in","by":"host","reason":null}]','2026-12-01 00:00:00','2026-11-27 17:55:40.931486','2026-11-27 17:55:40.966107',4,NULL);
INSERT INTO bookings VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e261174708d96e33f75a52da718',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','2027-03-27','2027-03-29','{"adults":2,"children":0,"infants":0,"pets":0}',0,'pending_payment',28608,'USD','{"lines":[{"kind":"nights","label":"Nights","quantity":2,"unit_amount":{"amount":10000,"currency":"USD"},"amount":{"amount":20000,"currency":"USD"},"rule":"night.base"},{"kind":"cleaning_fee","label":"Cleaning fee","quantity":1,"unit_amount":{"amount":4000,"currency":"USD"},"amount":{"amount":4000,"currency":"USD"},"rule":"cleaning_fee"},{"kind":"service_fee","label":"Service fee","quantity":1,"unit_amount":{"amount":3408,"currency":"USD"},"amount":{"amount":3408,"currency":"USD"},"rule":"guest_fee"},{"kind":"tax","label":"City tax","quantity":1,"unit_amount":{"amount":1200,"currency":"USD"},"amount":{"amount":1200,"currency":"USD"},"rule":"tax.percent"}],"nights":[{"night":"2027-03-27","amount":{"amount":10000,"currency":"USD"},"line":0},{"night":"2027-03-28","amount":{"amount":10000,"currency":"USD"},"line":0}],"total":{"amount":28608,"currency":"USD"},"host_fee":{"amount":720,"currency":"USD"},"host_payout":{"amount":23280,"currency":"USD"}}','flexible','{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','instant','UTC','00:00:00','23:00:00',NULL,NULL,NULL,NULL,NULL,'[{"at":"2026-11-27T17:55:41.043860Z","from":null,"to":"pending_payment","by":"guest","reason":null}]','2026-11-27 18:10:41.043860','2026-11-27 17:55:41.043860','2026-11-27 17:55:41.043860',1,NULL);
CREATE TABLE booked_nights (
    property_id BLOB NOT NULL CONSTRAINT booked_nights_property_fkey REFERENCES properties (id) ON DELETE CASCADE,
    night DATE NOT NULL,
    kind TEXT NOT NULL CONSTRAINT booked_nights_kind_check CHECK (kind IN ('booked', 'held', 'blocked', 'preparation', 'imported')),
    booking_id BLOB,
    CONSTRAINT booked_nights_pkey PRIMARY KEY (property_id, night),
    CONSTRAINT booked_nights_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT booked_nights_holder_check CHECK (booking_id IS NOT NULL OR kind IN ('blocked', 'imported'))
) WITHOUT ROWID;
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2026-12-07','held',X'01a21e260eb575659018c625a2244026');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2026-12-08','held',X'01a21e260eb575659018c625a2244026');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2026-12-17','booked',X'01a21e260ebd7774b5b99fe4623795de');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2026-12-18','booked',X'01a21e260ebd7774b5b99fe4623795de');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2026-12-19','booked',X'01a21e260ebd7774b5b99fe4623795de');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2026-12-20','booked',X'01a21e260ebd7774b5b99fe4623795de');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-06','blocked',X'01a21e260f2674fca0d8030e2b5a73f1');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-07','blocked',X'01a21e260f2674fca0d8030e2b5a73f1');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-08','blocked',X'01a21e260f2674fca0d8030e2b5a73f1');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-09','blocked',X'01a21e260f2674fca0d8030e2b5a73f1');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-26','booked',X'01a21e261050741ebbf755d4c8581c51');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-27','booked',X'01a21e261050741ebbf755d4c8581c51');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-28','booked',X'01a21e261050741ebbf755d4c8581c51');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-29','booked',X'01a21e261050741ebbf755d4c8581c51');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-30','booked',X'01a21e261050741ebbf755d4c8581c51');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-01-31','booked',X'01a21e261050741ebbf755d4c8581c51');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-03-07','blocked',NULL);
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-03-08','blocked',NULL);
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-03-09','blocked',NULL);
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-03-27','held',X'01a21e261174708d96e33f75a52da718');
INSERT INTO booked_nights VALUES(X'01a21e260461774b9764a82510f70632','2027-03-28','held',X'01a21e261174708d96e33f75a52da718');
INSERT INTO booked_nights VALUES(X'01a21e26047374869d69c143b761e517','2026-12-07','held',X'01a21e260fb67467a9104213a12847bf');
INSERT INTO booked_nights VALUES(X'01a21e26047374869d69c143b761e517','2026-12-08','held',X'01a21e260fb67467a9104213a12847bf');
INSERT INTO booked_nights VALUES(X'01a21e26047374869d69c143b761e517','2026-12-27','booked',X'01a21e2610197279acedc9e36fa90035');
INSERT INTO booked_nights VALUES(X'01a21e26047374869d69c143b761e517','2026-12-28','booked',X'01a21e2610197279acedc9e36fa90035');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2026-11-27','booked',X'01a21e26110473958db1aedaffdaddb9');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2026-11-28','booked',X'01a21e26110473958db1aedaffdaddb9');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2026-11-29','booked',X'01a21e26110473958db1aedaffdaddb9');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-05','booked',X'01a21e2610a3709a9b3303d7a28e4b51');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-06','booked',X'01a21e2610a3709a9b3303d7a28e4b51');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-07','booked',X'01a21e2610a3709a9b3303d7a28e4b51');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-08','booked',X'01a21e2610a3709a9b3303d7a28e4b51');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-15','booked',X'01a21e2610cd75869cfd7a975f4506dc');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-16','booked',X'01a21e2610cd75869cfd7a975f4506dc');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-17','booked',X'01a21e2610cd75869cfd7a975f4506dc');
INSERT INTO booked_nights VALUES(X'01a21e260484700e8531211dc8e0b808','2027-02-18','booked',X'01a21e2610cd75869cfd7a975f4506dc');
CREATE TABLE payments (
    property_id BLOB NOT NULL,
    id BLOB NOT NULL CONSTRAINT payments_id_key UNIQUE,
    booking_id BLOB NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT payments_amount_check CHECK (amount >= 0),
    currency TEXT NOT NULL CONSTRAINT payments_currency_check CHECK (length(currency) = 3),
    reference TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT payments_version_check CHECK (version >= 1), method TEXT,
    CONSTRAINT payments_pkey PRIMARY KEY (property_id, id),
    CONSTRAINT payments_booking_key UNIQUE (property_id, booking_id),
    CONSTRAINT payments_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id)
);
INSERT INTO payments VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260e65723d8e68412ace10c0be',X'01a21e260e5d759199c9ccd9f4735de1',16688,'USD','sim_paid_16688USD_01a21e26-0e65-723d-8e68-412981156516','2026-11-27 17:55:40.261038','2026-11-27 17:55:40.267216',2,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ec5708bb4d0b8900314d5ee',X'01a21e260ebd7774b5b99fe4623795de',52448,'USD','sim_paid_52448USD_01a21e26-0ec5-708b-b4d0-b88f285662f5','2026-11-27 17:55:40.357584','2026-11-27 17:55:40.995194',4,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260eee71e6b79d820efcc7f49a',X'01a21e260ee4754dae67582714910451',52448,'USD','sim_paid_52448USD_01a21e26-0eee-71e6-b79d-820d1a1496f4','2026-11-27 17:55:40.398359','2026-11-27 17:55:40.442985',4,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2f702e8aece01e35b088e8',X'01a21e260f2674fca0d8030e2b5a73f1',52448,'USD','sim_paid_52448USD_01a21e26-0f2f-702e-8aec-e01dfb92463a','2026-11-27 17:55:40.463598','2026-11-27 17:55:40.498547',4,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f767308a22708eebf2e1136',X'01a21e260f6070b5ad60afda6c2c87d4',52448,'USD','sim_paid_52448USD_01a21e26-0f76-7308-a227-08ed436cb2ca','2026-11-27 17:55:40.534339','2026-11-27 17:55:40.585739',4,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e260fc6723bab3bbf662c14c44a',X'01a21e260fb67467a9104213a12847bf',28608,'USD','sim_auth_28608USD_01a21e26-0fc6-723b-ab3b-bf65c274d097','2026-11-27 17:55:40.614373','2026-11-27 17:55:40.620970',2,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e260fe87510985ba55d7e2abfd5',X'01a21e260fe07705b9a894b5ca65e548',28608,'USD','sim_auth_28608USD_01a21e26-0fe8-7510-985b-a55ceed63b8a','2026-11-27 17:55:40.648332','2026-11-27 17:55:40.685599',4,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e261021734cbf36dc9d8aac99f7',X'01a21e2610197279acedc9e36fa90035',28608,'USD','sim_paid_28608USD_01a21e26-1037-7318-b5a3-03768a02c7b0','2026-11-27 17:55:40.705763','2026-11-27 17:55:40.734912',4,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e26105873548e34c337d3ed8459',X'01a21e261050741ebbf755d4c8581c51',76288,'USD','sim_paid_23840USD_01a21e26-1087-725b-ab05-df83f8873b1f','2026-11-27 17:55:40.760819','2026-11-27 17:55:40.820095',4,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610ac73108bdba914dbcf751d',X'01a21e2610a3709a9b3303d7a28e4b51',52448,'USD','sim_paid_52448USD_01a21e26-10ac-7310-8bdb-a913572ac332','2026-11-27 17:55:40.844095','2026-11-27 17:55:40.850633',2,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610d5777a90330bf3d1e638b7',X'01a21e2610cd75869cfd7a975f4506dc',52448,'USD','sim_paid_52448USD_01a21e26-10d5-777a-9033-0bf2bf001b06','2026-11-27 17:55:40.885827','2026-11-27 17:55:40.892110',2,'pm_card_visa');
INSERT INTO payments VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e26110c71bf8d9fd30a4cfd5d72',X'01a21e26110473958db1aedaffdaddb9',40528,'USD','sim_paid_40528USD_01a21e26-110c-71bf-8d9f-d3097d58d963','2026-11-27 17:55:40.940213','2026-11-27 17:55:40.949031',2,'pm_card_visa');
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
INSERT INTO reviews VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ea3717c828200149ade306e',X'01a21e260e5d759199c9ccd9f4735de1',X'01a21e2600b5765bbbf4528955b55a11',X'01a21e25fe8673c0b4b63deb4742e640','property',5,'{"overall":5,"categories":{"cleanliness":5}}','A good stay.','Come again.',NULL,'2026-12-11 17:55:40.312138','2026-11-27 17:55:40.333032','2026-12-27 17:55:40.333032','2026-11-27 17:55:40.324843','2026-11-27 17:55:40.333032',2);
INSERT INTO reviews VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260eab7357a7d69b762a71e93d',X'01a21e260e5d759199c9ccd9f4735de1',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2600b5765bbbf4528955b55a11','guest',5,'{"overall":5,"categories":{"cleanliness":5}}','A good stay.','Come again.',NULL,'2026-12-11 17:55:40.312138','2026-11-27 17:55:40.333032','2026-12-27 17:55:40.333032','2026-11-27 17:55:40.333032','2026-11-27 17:55:40.333032',1);
CREATE TABLE payment_entries (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL CONSTRAINT payment_entries_id_key UNIQUE,
    kind TEXT NOT NULL CONSTRAINT payment_entries_kind_check CHECK (kind IN (
        'authorization', 'capture', 'void', 'refund', 'payout', 'failure', 'payout_failure')),
    amount BIGINT NOT NULL CONSTRAINT payment_entries_amount_check CHECK (amount >= 0),
    at TIMESTAMP NOT NULL,
    reason TEXT,
    -- The gateway's name of a charge.
    reference TEXT,
    -- The capture that a refund gives back of.
    against BLOB CONSTRAINT payment_entries_against_fkey REFERENCES payment_entries (id),
    -- Who gives beyond what the policy says.
    borne_by TEXT CONSTRAINT payment_entries_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    CONSTRAINT payment_entries_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payment_entries_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id)
) WITHOUT ROWID;
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260e65723d8e68412ace10c0be',0,X'01a21e260e65723d8e68412981156516','capture',16688,'2026-11-27 17:55:40.267216',NULL,'sim_paid_16688USD_01a21e26-0e65-723d-8e68-412981156516',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ec5708bb4d0b8900314d5ee',0,X'01a21e260ec5708bb4d0b88f285662f5','capture',52448,'2026-11-27 17:55:40.367432',NULL,'sim_paid_52448USD_01a21e26-0ec5-708b-b4d0-b88f285662f5',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ec5708bb4d0b8900314d5ee',1,X'01a21e26113a735eafa5e710847ff23e','refund',1000,'2026-11-27 17:55:40.995194','sorry','sim_01a21e26-113a-735e-afa5-e710847ff23e',X'01a21e260ec5708bb4d0b88f285662f5','host');
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260eee71e6b79d820efcc7f49a',0,X'01a21e260eee71e6b79d820d1a1496f4','capture',52448,'2026-11-27 17:55:40.412139',NULL,'sim_paid_52448USD_01a21e26-0eee-71e6-b79d-820d1a1496f4',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260eee71e6b79d820efcc7f49a',1,X'01a21e260f1176d99945833ca1ca0002','refund',52448,'2026-11-27 17:55:40.442985','ill','sim_01a21e26-0f11-76d9-9945-833ca1ca0002',X'01a21e260eee71e6b79d820d1a1496f4',NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2f702e8aece01e35b088e8',0,X'01a21e260f2f702e8aece01dfb92463a','capture',52448,'2026-11-27 17:55:40.470847',NULL,'sim_paid_52448USD_01a21e26-0f2f-702e-8aec-e01dfb92463a',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2f702e8aece01e35b088e8',1,X'01a21e260f48763b892e95cc6d25b4ad','refund',52448,'2026-11-27 17:55:40.498547','roof','sim_01a21e26-0f48-763b-892e-95cc6d25b4ad',X'01a21e260f2f702e8aece01dfb92463a',NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f767308a22708eebf2e1136',0,X'01a21e260f767308a22708ed436cb2ca','capture',52448,'2026-11-27 17:55:40.548846',NULL,'sim_paid_52448USD_01a21e26-0f76-7308-a227-08ed436cb2ca',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f767308a22708eebf2e1136',1,X'01a21e260f9f732a9940107bbc2f8cd7','refund',26224,'2026-11-27 17:55:40.585739','dispute','sim_01a21e26-0f9f-732a-9940-107bbc2f8cd7',X'01a21e260f767308a22708ed436cb2ca',NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e26105873548e34c337d3ed8459',0,X'01a21e26105873548e34c33628d424e7','capture',52448,'2026-11-27 17:55:40.773630',NULL,'sim_paid_52448USD_01a21e26-1058-7354-8e34-c33628d424e7',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e26105873548e34c337d3ed8459',1,X'01a21e261087725bab05df83f8873b1f','capture',23840,'2026-11-27 17:55:40.820095',NULL,'sim_paid_23840USD_01a21e26-1087-725b-ab05-df83f8873b1f',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e260fc6723bab3bbf662c14c44a',0,X'01a21e260fc6723bab3bbf65c274d097','authorization',28608,'2026-11-27 17:55:40.620970',NULL,'sim_auth_28608USD_01a21e26-0fc6-723b-ab3b-bf65c274d097',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e260fe87510985ba55d7e2abfd5',0,X'01a21e260fe87510985ba55ceed63b8a','authorization',28608,'2026-11-27 17:55:40.663698',NULL,'sim_auth_28608USD_01a21e26-0fe8-7510-985b-a55ceed63b8a',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e260fe87510985ba55d7e2abfd5',1,X'01a21e26100570368e38a10f154fa0f1','void',28608,'2026-11-27 17:55:40.685599',NULL,'sim_01a21e26-1005-7036-8e38-a10f154fa0f1',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e261021734cbf36dc9d8aac99f7',0,X'01a21e261021734cbf36dc9c39136efc','authorization',28608,'2026-11-27 17:55:40.712411',NULL,'sim_auth_28608USD_01a21e26-1021-734c-bf36-dc9c39136efc',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e261021734cbf36dc9d8aac99f7',1,X'01a21e2610377318b5a303768a02c7b0','capture',28608,'2026-11-27 17:55:40.734912',NULL,'sim_paid_28608USD_01a21e26-1037-7318-b5a3-03768a02c7b0',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610ac73108bdba914dbcf751d',0,X'01a21e2610ac73108bdba913572ac332','capture',52448,'2026-11-27 17:55:40.850633',NULL,'sim_paid_52448USD_01a21e26-10ac-7310-8bdb-a913572ac332',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610d5777a90330bf3d1e638b7',0,X'01a21e2610d5777a90330bf2bf001b06','capture',52448,'2026-11-27 17:55:40.892110',NULL,'sim_paid_52448USD_01a21e26-10d5-777a-9033-0bf2bf001b06',NULL,NULL);
INSERT INTO payment_entries VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e26110c71bf8d9fd30a4cfd5d72',0,X'01a21e26110c71bf8d9fd3097d58d963','capture',40528,'2026-11-27 17:55:40.949031',NULL,'sim_paid_40528USD_01a21e26-110c-71bf-8d9f-d3097d58d963',NULL,NULL);
CREATE TABLE payment_calls (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    id BLOB NOT NULL CONSTRAINT payment_calls_id_key UNIQUE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT payment_calls_kind_check CHECK (kind IN ('authorize', 'capture', 'void', 'refund', 'payout')),
    amount BIGINT NOT NULL CONSTRAINT payment_calls_amount_check CHECK (amount >= 0),
    method TEXT,
    reason TEXT,
    at TIMESTAMP NOT NULL,
    against BLOB CONSTRAINT payment_calls_against_fkey REFERENCES payment_entries (id),
    borne_by TEXT CONSTRAINT payment_calls_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    CONSTRAINT payment_calls_pkey PRIMARY KEY (property_id, payment_id, id),
    CONSTRAINT payment_calls_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id)
) WITHOUT ROWID;
CREATE TABLE payouts (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL CONSTRAINT payouts_id_key UNIQUE,
    host_id BLOB NOT NULL CONSTRAINT payouts_host_fkey REFERENCES users (id),
    booking_id BLOB NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT payouts_amount_check CHECK (amount > 0),
    withheld BIGINT NOT NULL,
    currency TEXT NOT NULL CONSTRAINT payouts_currency_check CHECK (length(currency) = 3),
    due_at TIMESTAMP NOT NULL,
    status TEXT NOT NULL CONSTRAINT payouts_status_check CHECK (status IN ('scheduled', 'sending', 'paid')),
    paid_at TIMESTAMP,
    -- The call that sends it.
    call_id BLOB,
    CONSTRAINT payouts_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payouts_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id),
    CONSTRAINT payouts_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT payouts_withheld_check CHECK (withheld BETWEEN 0 AND amount),
    CONSTRAINT payouts_paid_check CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
    CONSTRAINT payouts_call_check CHECK (status <> 'sending' OR call_id IS NOT NULL)
) WITHOUT ROWID;
INSERT INTO payouts VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260e65723d8e68412ace10c0be',0,X'01a21e260e6b7749aa7471eef9a23133',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e260e5d759199c9ccd9f4735de1',13580,0,'USD','2026-11-28 00:00:00','scheduled',NULL,NULL);
INSERT INTO payouts VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ec5708bb4d0b8900314d5ee',0,X'01a21e26113a735eafa5e711134da656',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e260ebd7774b5b99fe4623795de',41680,0,'USD','2026-12-18 00:00:00','scheduled',NULL,NULL);
INSERT INTO payouts VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f767308a22708eebf2e1136',0,X'01a21e260f9f732a9940107c270acabf',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e260f6070b5ad60afda6c2c87d4',21340,0,'USD','2027-01-17 00:00:00','scheduled',NULL,NULL);
INSERT INTO payouts VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e26105873548e34c337d3ed8459',0,X'01a21e26109474708842467893144670',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e261050741ebbf755d4c8581c51',62080,0,'USD','2027-01-27 00:00:00','scheduled',NULL,NULL);
INSERT INTO payouts VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e261021734cbf36dc9d8aac99f7',0,X'01a21e26103f77d38e55c4ac2a39b6ae',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2610197279acedc9e36fa90035',23280,0,'USD','2026-12-28 00:00:00','scheduled',NULL,NULL);
INSERT INTO payouts VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610ac73108bdba914dbcf751d',0,X'01a21e2610b277a4a17d80c6111c2ded',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2610a3709a9b3303d7a28e4b51',42680,0,'USD','2027-02-06 00:00:00','scheduled',NULL,NULL);
INSERT INTO payouts VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610d5777a90330bf3d1e638b7',0,X'01a21e2610dc7480ac9fdc62dc012023',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e2610cd75869cfd7a975f4506dc',42680,0,'USD','2027-02-16 00:00:00','scheduled',NULL,NULL);
INSERT INTO payouts VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e26110c71bf8d9fd30a4cfd5d72',0,X'01a21e26111572279d3e77fbf7b0ac75',X'01a21e25fe8673c0b4b63deb4742e640',X'01a21e26110473958db1aedaffdaddb9',32980,0,'USD','2026-11-28 00:00:00','scheduled',NULL,NULL);
CREATE TABLE journal (
    property_id BLOB NOT NULL,
    booking_id BLOB NOT NULL,
    cause TEXT NOT NULL CONSTRAINT journal_cause_check CHECK (cause IN (
        'sale', 'alteration', 'cancellation', 'goodwill', 'reversal', 'capture', 'refund', 'payout', 'offset')),
    source BLOB NOT NULL,
    host_id BLOB NOT NULL CONSTRAINT journal_host_fkey REFERENCES users (id),
    currency TEXT NOT NULL CONSTRAINT journal_currency_check CHECK (length(currency) = 3),
    at TIMESTAMP NOT NULL,
    guest_receivable BIGINT NOT NULL,
    processor_cash BIGINT NOT NULL,
    host_payable BIGINT NOT NULL,
    platform_revenue BIGINT NOT NULL,
    tax_payable BIGINT NOT NULL,
    CONSTRAINT journal_pkey PRIMARY KEY (property_id, booking_id, cause, source),
    CONSTRAINT journal_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT journal_balance_check CHECK (
        guest_receivable + processor_cash + host_payable + platform_revenue + tax_payable = 0)
) WITHOUT ROWID;
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260e5d759199c9ccd9f4735de1','capture',X'01a21e260e65723d8e68412981156516',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.267216',-16688,16688,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260e5d759199c9ccd9f4735de1','sale',X'01a21e260e5d759199c9ccd9f4735de1',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.267216',16688,0,-13580,-2408,-700);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ebd7774b5b99fe4623795de','capture',X'01a21e260ec5708bb4d0b88f285662f5',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.367432',-52448,52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ebd7774b5b99fe4623795de','goodwill',X'01a21e26113a735eafa5e710847ff23e',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.986643',-1000,0,1000,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ebd7774b5b99fe4623795de','refund',X'01a21e26113a735eafa5e710847ff23e',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.995194',1000,-1000,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ebd7774b5b99fe4623795de','sale',X'01a21e260ebd7774b5b99fe4623795de',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.367432',52448,0,-42680,-7568,-2200);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ee4754dae67582714910451','cancellation',X'01a21e260ee4754dae67582714910451',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.433455',-52448,0,42680,7568,2200);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ee4754dae67582714910451','capture',X'01a21e260eee71e6b79d820d1a1496f4',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.412139',-52448,52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ee4754dae67582714910451','refund',X'01a21e260f1176d99945833ca1ca0002',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.442985',52448,-52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260ee4754dae67582714910451','sale',X'01a21e260ee4754dae67582714910451',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.412139',52448,0,-42680,-7568,-2200);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2674fca0d8030e2b5a73f1','cancellation',X'01a21e260f2674fca0d8030e2b5a73f1',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.488039',-52448,0,47680,2568,2200);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2674fca0d8030e2b5a73f1','capture',X'01a21e260f2f702e8aece01dfb92463a',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.470847',-52448,52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2674fca0d8030e2b5a73f1','refund',X'01a21e260f48763b892e95cc6d25b4ad',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.498547',52448,-52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f2674fca0d8030e2b5a73f1','sale',X'01a21e260f2674fca0d8030e2b5a73f1',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.470847',52448,0,-42680,-7568,-2200);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f6070b5ad60afda6c2c87d4','cancellation',X'01a21e260f6070b5ad60afda6c2c87d4',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.575464',-26224,0,21340,3784,1100);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f6070b5ad60afda6c2c87d4','capture',X'01a21e260f767308a22708ed436cb2ca',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.548846',-52448,52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f6070b5ad60afda6c2c87d4','refund',X'01a21e260f9f732a9940107bbc2f8cd7',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.585739',26224,-26224,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e260f6070b5ad60afda6c2c87d4','sale',X'01a21e260f6070b5ad60afda6c2c87d4',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.548846',52448,0,-42680,-7568,-2200);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e261050741ebbf755d4c8581c51','alteration',X'01a21e26108573be9d632f5b537e3acd',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.820095',23840,0,-19400,-3440,-1000);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e261050741ebbf755d4c8581c51','capture',X'01a21e26105873548e34c33628d424e7',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.773630',-52448,52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e261050741ebbf755d4c8581c51','capture',X'01a21e261087725bab05df83f8873b1f',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.820095',-23840,23840,0,0,0);
INSERT INTO journal VALUES(X'01a21e260461774b9764a82510f70632',X'01a21e261050741ebbf755d4c8581c51','sale',X'01a21e261050741ebbf755d4c8581c51',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.773630',52448,0,-42680,-7568,-2200);
INSERT INTO journal VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e2610197279acedc9e36fa90035','capture',X'01a21e2610377318b5a303768a02c7b0',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.734912',-28608,28608,0,0,0);
INSERT INTO journal VALUES(X'01a21e26047374869d69c143b761e517',X'01a21e2610197279acedc9e36fa90035','sale',X'01a21e2610197279acedc9e36fa90035',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.734912',28608,0,-23280,-4128,-1200);
INSERT INTO journal VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610a3709a9b3303d7a28e4b51','capture',X'01a21e2610ac73108bdba913572ac332',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.850633',-52448,52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610a3709a9b3303d7a28e4b51','sale',X'01a21e2610a3709a9b3303d7a28e4b51',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.850633',52448,0,-42680,-7568,-2200);
INSERT INTO journal VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610cd75869cfd7a975f4506dc','capture',X'01a21e2610d5777a90330bf2bf001b06',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.892110',-52448,52448,0,0,0);
INSERT INTO journal VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e2610cd75869cfd7a975f4506dc','sale',X'01a21e2610cd75869cfd7a975f4506dc',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.892110',52448,0,-42680,-7568,-2200);
INSERT INTO journal VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e26110473958db1aedaffdaddb9','capture',X'01a21e26110c71bf8d9fd3097d58d963',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.949031',-40528,40528,0,0,0);
INSERT INTO journal VALUES(X'01a21e260484700e8531211dc8e0b808',X'01a21e26110473958db1aedaffdaddb9','sale',X'01a21e26110473958db1aedaffdaddb9',X'01a21e25fe8673c0b4b63deb4742e640','USD','2026-11-27 17:55:40.949031',40528,0,-32980,-5848,-1700);
CREATE TABLE host_accounts (
    host_id BLOB NOT NULL CONSTRAINT host_accounts_host_fkey REFERENCES users (id),
    currency TEXT NOT NULL CONSTRAINT host_accounts_currency_check CHECK (length(currency) = 3),
    version BIGINT NOT NULL CONSTRAINT host_accounts_version_check CHECK (version >= 1),
    CONSTRAINT host_accounts_pkey PRIMARY KEY (host_id, currency)
) WITHOUT ROWID;
CREATE TABLE terms_versions (
    version BIGINT NOT NULL PRIMARY KEY CONSTRAINT terms_versions_version_check CHECK (version >= 1),
    terms TEXT NOT NULL,
    in_force_from TIMESTAMP NOT NULL
);
INSERT INTO terms_versions VALUES(1,'{"version":1,"hold_minutes":15,"request_hours":24,"quote_minutes":15,"grace_hours":24,"grace_days_ahead":7,"guest_fee_bps":1420,"host_fee_bps":300,"review_days":14,"response_days":30,"payout_hours":24,"alteration_hours":24}','2026-11-27 17:55:34.215280');
CREATE TABLE second_factors (
    user_id BLOB NOT NULL CONSTRAINT second_factors_pkey PRIMARY KEY
        CONSTRAINT second_factors_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret TEXT NOT NULL,
    confirmed_at TIMESTAMP,
    last_step BIGINT NOT NULL,
    recovery TEXT NOT NULL,
    version BIGINT NOT NULL CONSTRAINT second_factors_version_check CHECK (version >= 1)
) WITHOUT ROWID;
CREATE TABLE audit_log (
    number BIGINT NOT NULL PRIMARY KEY CONSTRAINT audit_log_number_check CHECK (number >= 1),
    at TIMESTAMP NOT NULL,
    actor_id BLOB,
    address TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT CONSTRAINT audit_log_subject_kind_check CHECK (subject_kind IN ('user', 'property', 'booking', 'payment', 'session')),
    subject_id BLOB,
    was TEXT,
    became TEXT,
    previous_hash TEXT NOT NULL CONSTRAINT audit_log_previous_hash_check CHECK (length(previous_hash) = 64),
    hash TEXT NOT NULL CONSTRAINT audit_log_hash_key UNIQUE CONSTRAINT audit_log_hash_check CHECK (length(hash) = 64),
    CONSTRAINT audit_log_subject_check CHECK ((subject_kind IS NULL) = (subject_id IS NULL))
) WITHOUT ROWID;
INSERT INTO audit_log VALUES(1,'2026-11-27 17:55:36.681643',X'01a21e25fe8673c0b4b63deb4742e640','127.0.0.1','logged_in','session',X'01a21e26006971989e1ae8fdce266f19',NULL,NULL,'0000000000000000000000000000000000000000000000000000000000000000','eb03bd9daeba6dfce9850ab6f956ba0810442eb1f401875103858a2760fed8b5');
INSERT INTO audit_log VALUES(2,'2026-11-27 17:55:37.687316',X'01a21e2600b5765bbbf4528955b55a11','127.0.0.1','logged_in','session',X'01a21e260457778c96f0c7f9ca76c507',NULL,NULL,'eb03bd9daeba6dfce9850ab6f956ba0810442eb1f401875103858a2760fed8b5','bd3183ff78371916227d3ae1b44fe7ef3c3b509eca167527aae7ddddfd46f03a');
INSERT INTO audit_log VALUES(3,'2026-11-27 17:55:38.389879',NULL,NULL,'account_changed','user',X'01a21e2607157125b14b7bcc7ad2b3ab',NULL,'admin, appointed from the command line','bd3183ff78371916227d3ae1b44fe7ef3c3b509eca167527aae7ddddfd46f03a','867f01853e9f85b8694fb3cc881a7e9a56684da8a2355797487444fedbb4c9ee');
INSERT INTO audit_log VALUES(4,'2026-11-27 17:55:40.241445',X'01a21e2607157125b14b7bcc7ad2b3ab','127.0.0.1','logged_in','session',X'01a21e260e5177b98d47ab15d1fd5b0f',NULL,NULL,'867f01853e9f85b8694fb3cc881a7e9a56684da8a2355797487444fedbb4c9ee','14305cec7099fa3b4c2a925c0269a25aff7a726032e903b9619540e85aa26ce6');
INSERT INTO audit_log VALUES(5,'2026-11-27 17:55:40.575464',X'01a21e2607157125b14b7bcc7ad2b3ab','127.0.0.1','booking_cancelled','booking',X'01a21e260f6070b5ad60afda6c2c87d4','confirmed','cancelled, 262.24 USD back: dispute','14305cec7099fa3b4c2a925c0269a25aff7a726032e903b9619540e85aa26ce6','384c57ce027d468093a6dc61d7387ba5c45b750084654af3f2126acec11907b7');
INSERT INTO audit_log VALUES(6,'2026-11-27 17:55:40.986643',X'01a21e25fe8673c0b4b63deb4742e640','127.0.0.1','refund_given','payment',X'01a21e260ec5708bb4d0b8900314d5ee',NULL,'10.00 USD: sorry','384c57ce027d468093a6dc61d7387ba5c45b750084654af3f2126acec11907b7','8cdc3e71503c8e48be7bf15098ef276d0ddefce8d0f83d60a6d5fb4688654c36');
INSERT INTO audit_log VALUES(7,'2026-11-27 17:55:41.004868',X'01a21e2607157125b14b7bcc7ad2b3ab','127.0.0.1','property_suspended','property',X'01a21e26047374869d69c143b761e517','listed','suspended: look','8cdc3e71503c8e48be7bf15098ef276d0ddefce8d0f83d60a6d5fb4688654c36','da35d865519ecd6dc8a14d3e0eb79481a28af8125eb0c7945471b3ff53e934e6');
INSERT INTO audit_log VALUES(8,'2026-11-27 17:55:41.014940',X'01a21e2607157125b14b7bcc7ad2b3ab','127.0.0.1','property_reinstated','property',X'01a21e26047374869d69c143b761e517','suspended','unlisted: fine','da35d865519ecd6dc8a14d3e0eb79481a28af8125eb0c7945471b3ff53e934e6','267f3d966f899e2763169023d261aa8d696ed61b0953f4cf410b57c86b79601e');
CREATE INDEX users_role_index ON users (role, id);
CREATE INDEX sessions_user_index ON sessions (user_id, last_used_at);
CREATE INDEX refresh_tokens_session_index ON refresh_tokens (session_id, used_at);
CREATE INDEX one_time_tokens_user_index ON one_time_tokens (user_id, purpose);
CREATE INDEX jobs_due_index ON jobs (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX idempotency_keys_claimed_index ON idempotency_keys (claimed_at);
CREATE INDEX properties_host_index ON properties (host_id, status);
CREATE INDEX properties_relevance_index ON properties (relevance, id) WHERE status = 'listed';
CREATE INDEX properties_rating_index ON properties (rating, id) WHERE status = 'listed';
CREATE INDEX properties_nightly_index ON properties (nightly, id) WHERE status = 'listed';
CREATE INDEX properties_city_index ON properties (city_key, relevance, id) WHERE status = 'listed';
CREATE INDEX properties_country_index ON properties (country, relevance, id) WHERE status = 'listed';
CREATE INDEX bookings_due_index ON bookings (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX bookings_guest_index ON bookings (guest_id, created_at, id);
CREATE INDEX bookings_host_index ON bookings (host_id, created_at, id);
CREATE INDEX bookings_created_index ON bookings (created_at, id);
CREATE INDEX bookings_property_index ON bookings (property_id, created_at, id);
CREATE INDEX booked_nights_booking_index ON booked_nights (property_id, booking_id) WHERE booking_id IS NOT NULL;
CREATE INDEX payments_created_index ON payments (created_at, id);
CREATE INDEX payments_booking_index ON payments (booking_id);
CREATE INDEX reviews_published_index ON reviews (property_id, subject, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX reviews_addressee_index ON reviews (addressee_id, subject, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX reviews_reviewer_index ON reviews (reviewer_id, created_at, id);
CREATE INDEX reviews_due_index ON reviews (window_ends_at, id) WHERE published_at IS NULL;
CREATE TRIGGER payment_entries_update BEFORE UPDATE ON payment_entries
    BEGIN SELECT RAISE(ABORT, 'payment entries are never changed'); END;
CREATE TRIGGER payment_entries_delete BEFORE DELETE ON payment_entries
    BEGIN SELECT RAISE(ABORT, 'payment entries are never removed'); END;
CREATE INDEX payment_calls_at_index ON payment_calls (at);
CREATE INDEX payouts_due_index ON payouts (due_at, id) WHERE status = 'scheduled';
CREATE INDEX payouts_host_index ON payouts (host_id, due_at, id);
CREATE INDEX payouts_all_index ON payouts (due_at, id);
CREATE INDEX payouts_property_index ON payouts (property_id, due_at, id);
CREATE INDEX journal_at_index ON journal (at, booking_id, cause, source);
CREATE INDEX journal_currency_index ON journal (currency, at, booking_id, cause, source);
CREATE INDEX journal_booking_index ON journal (booking_id, at, cause, source);
CREATE INDEX journal_host_index ON journal (host_id, at, booking_id, cause, source);
CREATE INDEX journal_debts_index ON journal (host_id, currency, property_id, booking_id, at, host_payable);
CREATE TRIGGER journal_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never removed'); END;
CREATE INDEX properties_map_index ON properties (latitude, longitude, relevance, id, nightly, currency, max_guests, min_nights, max_nights, preparation_nights) WHERE status = 'listed';
CREATE INDEX sessions_address_index ON sessions (user_id, address);
CREATE INDEX audit_log_at_index ON audit_log (at, number);
CREATE INDEX audit_log_actor_index ON audit_log (actor_id, at, number);
CREATE INDEX audit_log_subject_index ON audit_log (subject_id, subject_kind, at, number);
CREATE INDEX audit_log_action_index ON audit_log (action, at, number);
CREATE TRIGGER audit_log_update BEFORE UPDATE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
CREATE TRIGGER audit_log_delete BEFORE DELETE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'audit lines are never removed'); END;
CREATE INDEX users_state_index ON users ((CASE WHEN erased_at IS NOT NULL THEN 'erased' WHEN suspended_at IS NOT NULL THEN 'suspended' WHEN email_verified THEN 'active' ELSE 'unverified' END), id);
CREATE INDEX properties_created_index ON properties (created_at, id);
CREATE INDEX properties_status_index ON properties (status, created_at, id);
CREATE INDEX properties_host_created_index ON properties (host_id, created_at, id);
CREATE INDEX payment_entries_refund_index ON payment_entries (at, id) WHERE kind = 'refund';
COMMIT;
