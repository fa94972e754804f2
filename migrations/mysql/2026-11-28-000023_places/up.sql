-- The place of a property, for suggestions of cities: the key is compared, the name is shown. Both are written with the
-- version of the search columns. They are added unless an interrupted run has added them.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'properties' AND column_name = 'place_key') = 0,
    'ALTER TABLE properties ADD COLUMN place_key VARCHAR(410), ADD COLUMN place_name VARCHAR(210),
        ADD INDEX properties_place_index (status, place_key, place_name, latitude, longitude)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
