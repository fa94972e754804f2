-- The earlier version counts every published review.
UPDATE properties SET
    rating_sum = rating_sum + (SELECT COALESCE(SUM(overall), 0) FROM reviews
        WHERE reviews.property_id = properties.id AND NOT reviews.counted),
    rating_count = rating_count + (SELECT COUNT(*) FROM reviews
        WHERE reviews.property_id = properties.id AND NOT reviews.counted)
    WHERE EXISTS (SELECT 1 FROM reviews WHERE reviews.property_id = properties.id AND NOT reviews.counted);
UPDATE reviews SET counted = TRUE WHERE NOT counted;
ALTER TABLE reviews DROP CONSTRAINT reviews_counted_check, DROP COLUMN counted;
