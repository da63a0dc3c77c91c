-- Cities.  Venues and rooms stand in venue.sql, for a venue belongs to a party.

CREATE TABLE city (
    city_code  text PRIMARY KEY
               CONSTRAINT city_code_is_ascii CHECK (city_code ~ '^[a-z][a-z0-9_]*$'),
    name_en    text,
    name_zh    text,
    shipped    boolean NOT NULL DEFAULT false,
    CONSTRAINT city_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT city_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh))
);

COMMENT ON TABLE city IS 'Cities in which the community is active (C28, D1) / 城市';
COMMENT ON COLUMN city.city_code IS 'Short code, such as hangzhou';
COMMENT ON COLUMN city.name_en IS 'English name';
COMMENT ON COLUMN city.name_zh IS 'Chinese name';
COMMENT ON COLUMN city.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT city_code_is_ascii ON city IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT city_has_a_name ON city IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT city_texts_are_not_blank ON city IS 'A text shows something: leave it NULL, or give one that is not blank';
