-- Wish lists of accounts: names, the secret by which a list is shared, and the saved properties.
CREATE TABLE wishlists (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL CONSTRAINT wishlists_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL CONSTRAINT wishlists_name_check CHECK (length(name) BETWEEN 1 AND 100),
    share_token TEXT CONSTRAINT wishlists_share_key UNIQUE,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT wishlists_version_check CHECK (version >= 1)
);
CREATE INDEX wishlists_user_index ON wishlists (user_id, created_at, id);

CREATE TABLE wishlist_items (
    wishlist_id UUID NOT NULL CONSTRAINT wishlist_items_wishlist_fkey REFERENCES wishlists (id) ON DELETE CASCADE,
    property_id UUID NOT NULL CONSTRAINT wishlist_items_property_fkey REFERENCES properties (id) ON DELETE CASCADE,
    note TEXT CONSTRAINT wishlist_items_note_check CHECK (length(note) BETWEEN 1 AND 500),
    added_at TIMESTAMP NOT NULL,
    CONSTRAINT wishlist_items_pkey PRIMARY KEY (wishlist_id, property_id)
);
CREATE INDEX wishlist_items_property_index ON wishlist_items (property_id);
