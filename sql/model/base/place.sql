-- Cities.  Venues and rooms stand in venue.sql, for a venue belongs to a party.

CREATE TABLE city (
    city_code  text PRIMARY KEY,
    name_en    text,
    name_zh    text,
    shipped    boolean NOT NULL DEFAULT false
);

COMMENT ON TABLE city IS 'Cities in which the community is active (C28, D1) / 城市';
COMMENT ON COLUMN city.city_code IS 'Short code, such as hangzhou';
