-- Of several stays of a guest at a property within some days, one review counts for the rating. Reviews that were
-- published before stay counted. The column is added unless an interrupted run has added it.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'reviews' AND column_name = 'counted') = 0,
    'ALTER TABLE reviews ADD COLUMN counted BOOLEAN NOT NULL DEFAULT TRUE,
        ADD CONSTRAINT reviews_counted_check CHECK (counted OR published_at IS NOT NULL)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
