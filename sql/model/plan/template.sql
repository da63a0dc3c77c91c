-- A template made of another.

CREATE FUNCTION copy_template(from_code text, to_code text, name_en text DEFAULT NULL, name_zh text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    PERFORM _known(EXISTS (SELECT FROM template t WHERE t.template_code = from_code),
                   salon.say('template "%s" does not exist'), from_code, (SELECT format(salon.say('Choose one of: %s.'), string_agg(t.template_code, ', ' ORDER BY t.template_code)) FROM template t));
    IF EXISTS (SELECT FROM template t WHERE t.template_code = to_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = format(salon.say('template "%s" exists already'), to_code),
            HINT = salon.say('Choose another code, or delete that template first.');
    END IF;
    INSERT INTO template (template_code, name_en, name_zh)
    VALUES (to_code, coalesce(copy_template.name_en, CASE WHEN copy_template.name_zh IS NULL THEN to_code END), copy_template.name_zh);

    INSERT INTO checklist_item (item_code, template_code, ordinal, phase_code, name_en, name_zh, rule_code, argument,
                                needed_when, due_anchor, due_offset, duty_code, lasts, not_before, created_at)
    SELECT i.item_code, to_code, i.ordinal, i.phase_code, i.name_en, i.name_zh, i.rule_code, i.argument,
           i.needed_when, i.due_anchor, i.due_offset, i.duty_code, i.lasts, i.not_before, i.created_at
    FROM checklist_item i
    WHERE i.template_code = from_code
    ORDER BY i.ordinal, i.item_code;

    INSERT INTO item_dependency (template_code, item_code, needs_code)
    SELECT to_code, d.item_code, d.needs_code
    FROM item_dependency d
    WHERE d.template_code = from_code
    ORDER BY d.item_dependency_id;

    INSERT INTO template_duty (template_code, duty_code, minimum, maximum, needed_when)
    SELECT to_code, d.duty_code, d.minimum, d.maximum, d.needed_when
    FROM template_duty d
    WHERE d.template_code = from_code
    ORDER BY d.template_duty_id;

    INSERT INTO template_format (template_code, format_code, ordinal, at_least, at_most, minutes)
    SELECT to_code, f.format_code, f.ordinal, f.at_least, f.at_most, f.minutes
    FROM template_format f
    WHERE f.template_code = from_code
    ORDER BY f.template_format_id;

    INSERT INTO template_resource (template_code, direction, resource_code, quantity, priority, needed_when)
    SELECT to_code, r.direction, r.resource_code, r.quantity, r.priority, r.needed_when
    FROM template_resource r
    WHERE r.template_code = from_code
    ORDER BY r.template_resource_id;
END
$$;

COMMENT ON FUNCTION copy_template(text, text, text, text) IS
'Make a template of another: its checklist with dependencies, its duties, its formats, its needs and offers, to be edited; without names it is called by its code. Errors: 23503 no such template, 23505 the new one exists already / 复制模板';
