-- Of several stays of a guest at a property within some days, one review counts for the rating. Reviews that were
-- published before stay counted.
ALTER TABLE reviews ADD COLUMN counted BOOLEAN NOT NULL DEFAULT TRUE
    CONSTRAINT reviews_counted_check CHECK (counted OR published_at IS NOT NULL);
