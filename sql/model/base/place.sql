-- Cities.  Venues and rooms stand in venue.sql, for a venue belongs to a party.

CREATE TABLE city (
    city_code  text PRIMARY KEY,
    name_en    text,
    name_zh    text,
    shipped    boolean NOT NULL DEFAULT false,
    latitude   numeric CONSTRAINT city_latitude_is_possible CHECK (latitude BETWEEN -90 AND 90),
    longitude  numeric CONSTRAINT city_longitude_is_possible CHECK (longitude BETWEEN -180 AND 180),
    CONSTRAINT city_coordinates_are_whole CHECK (num_nonnulls(latitude, longitude) IN (0, 2))
);

COMMENT ON TABLE city IS 'Cities in which the community is active (C28, D1) / 城市';
COMMENT ON COLUMN city.city_code IS 'Short code, such as hangzhou';
COMMENT ON COLUMN city.latitude IS 'Degrees north of the equator, south below zero; NULL: not known';
COMMENT ON COLUMN city.longitude IS 'Degrees east of Greenwich, west below zero; NULL: not known';
COMMENT ON CONSTRAINT city_latitude_is_possible ON city IS 'A latitude is -90 to 90 degrees';
COMMENT ON CONSTRAINT city_longitude_is_possible ON city IS 'A longitude is -180 to 180 degrees';
COMMENT ON CONSTRAINT city_coordinates_are_whole ON city IS 'Give latitude and longitude, or neither';
