-- The extension from 0.3.0 to 0.4.0.
-- @include schema@
-- @replace salon@
-- @include text@
-- @replace bundle@
-- @replace allocate@
-- @replace stable_match@
-- @replace barter@
-- @replace apportion@
-- @replace bradley_terry@
-- @replace recurrence@
-- @replace space@
DO $$ BEGIN DROP FUNCTION IF EXISTS _space_version(text); END $$;
-- @include help@
-- @replace access@
DO $$ BEGIN DROP FUNCTION IF EXISTS _access_enter(text, text); END $$;
