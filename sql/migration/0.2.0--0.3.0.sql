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
ALTER TABLE checklist_item
    ADD COLUMN lasts interval CONSTRAINT checklist_item_lasts_is_not_negative CHECK (lasts >= interval '0'),
    ADD COLUMN not_before text CONSTRAINT checklist_item_not_before_is_known CHECK (not_before IN ('start', 'end')),
    ADD UNIQUE (item_code, template_code);
UPDATE checklist_item i SET lasts = v.lasts, not_before = v.not_before
FROM (VALUES
    ('C1', interval '2 days', NULL::text),
    ('C2', interval '2 days', NULL),
    ('C3', interval '7 days', NULL),
    ('C4', interval '7 days', NULL),
    ('C5', interval '7 days', NULL),
    ('C6', interval '5 days', NULL),
    ('C7', interval '1 day', NULL),
    ('C8', interval '1 day', NULL),
    ('C9', interval '1 day', NULL),
    ('C10', interval '1 day', NULL),
    ('C11', interval '2 days', NULL),
    ('C12', interval '7 days', NULL),
    ('C13', interval '1 day', NULL),
    ('C14', interval '5 days', NULL),
    ('C15', interval '1 day', NULL),
    ('C16', interval '3 days', NULL),
    ('C17', interval '3 days', NULL),
    ('C18', interval '3 days', NULL),
    ('C19', interval '3 days', NULL),
    ('C20', interval '3 days', NULL),
    ('C21', interval '3 days', NULL),
    ('C22', interval '2 days', NULL),
    ('C23', interval '1 day', 'end'),
    ('C24', interval '4 days', 'end'),
    ('C25', interval '2 days', 'end'),
    ('C26', interval '1 day', 'start'),
    ('C27', interval '2 days', NULL),
    ('C28', interval '2 days', NULL)
) v (item_code, lasts, not_before)
WHERE i.item_code = v.item_code AND i.shipped;
-- @include critical_path@
-- @include critical_path_rows@
ALTER TABLE link_kind ADD COLUMN is_lasting boolean NOT NULL DEFAULT false;
UPDATE link_kind SET is_lasting = true WHERE link_kind_code = 'group' AND shipped;
-- @include history@
-- Whoever may write what is recorded from now on must be able to record it.
DO $$
DECLARE
    writer record;
BEGIN
    FOR writer IN
        SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS role
        FROM pg_class c
        CROSS JOIN LATERAL (SELECT c.relacl AS acl
                            UNION ALL
                            SELECT t.attacl FROM pg_attribute t WHERE t.attrelid = c.oid AND NOT t.attisdropped) l
        CROSS JOIN LATERAL aclexplode(l.acl) a
        WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'history'::regclass)
          AND c.relname IN ('space', 'event', 'event_party', 'session', 'event_duty', 'event_item', 'supply', 'demand', 'pledge')
          AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE') AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('GRANT INSERT ON history TO %s', writer.role);
    END LOOP;
END
$$;
