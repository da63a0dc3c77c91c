-- Spaces from 0.2.0 to 0.3.0.
-- @include registration@
-- @include registration_rows@
-- @include package@
-- @include money@
-- @include reach@
-- @include reach_rows@
-- @include channel@
-- @include channel_rows@
-- @include outcome@
-- @include goal@
-- @include rotation@
-- @include survey@
ALTER TABLE asset_kind ADD COLUMN is_recording boolean NOT NULL DEFAULT false;
UPDATE asset_kind SET is_recording = true WHERE asset_kind_code IN ('video', 'short_video');
-- @include consent@
-- @include recap@
