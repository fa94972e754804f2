-- Wish lists of accounts: names, the secret by which a list is shared, and the saved properties.
CREATE TABLE IF NOT EXISTS wishlists (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    name VARCHAR(100) NOT NULL,
    share_token VARCHAR(64),
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT wishlists_pkey PRIMARY KEY (id),
    CONSTRAINT wishlists_share_key UNIQUE (share_token),
    CONSTRAINT wishlists_name_check CHECK (CHAR_LENGTH(name) BETWEEN 1 AND 100),
    CONSTRAINT wishlists_version_check CHECK (version >= 1),
    INDEX wishlists_user_index (user_id, created_at, id),
    CONSTRAINT wishlists_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS wishlist_items (
    wishlist_id BINARY(16) NOT NULL,
    property_id BINARY(16) NOT NULL,
    note VARCHAR(500),
    added_at DATETIME(6) NOT NULL,
    CONSTRAINT wishlist_items_pkey PRIMARY KEY (wishlist_id, property_id),
    CONSTRAINT wishlist_items_note_check CHECK (CHAR_LENGTH(note) BETWEEN 1 AND 500),
    INDEX wishlist_items_property_index (property_id),
    CONSTRAINT wishlist_items_wishlist_fkey FOREIGN KEY (wishlist_id) REFERENCES wishlists (id) ON DELETE CASCADE,
    CONSTRAINT wishlist_items_property_fkey FOREIGN KEY (property_id) REFERENCES properties (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
