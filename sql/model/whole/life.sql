-- The life of an event and what others say or do there: nothing new at an event
-- that is cancelled, nothing else at one that is closed but by who organizes
-- it, and then it stands in the history.

-- The argument: whether nothing new is entered at a cancelled event.
CREATE FUNCTION _life() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    old_row jsonb := to_jsonb(OLD);
    new_row jsonb := to_jsonb(NEW);
    e record;
    old_event bigint := _event_of(old_row);
    new_event bigint := _event_of(new_row);
BEGIN
    -- it follows the event, or nothing changes
    IF old_row - 'event_is_off' = new_row - 'event_is_off' THEN
        RETURN NULL;
    END IF;
    FOR e IN
        SELECT x.event_id, x.is_off, x.is_closed
        FROM event x
        WHERE x.event_id IN (old_event, new_event) AND (x.is_off OR x.is_closed)
    LOOP
        IF e.is_off AND TG_ARGV[0] = 'new'
           AND (TG_OP = 'INSERT'
                OR (TG_OP = 'UPDATE' AND old_event IS DISTINCT FROM new_event AND e.event_id = new_event)
                OR (TG_OP = 'UPDATE' AND new_row ->> 'status_code' <> old_row ->> 'status_code'
                    AND new_row ->> 'status_code' NOT IN ('cancelled', 'declined', 'withdrawn', 'rejected'))) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format(salon.say('event %s is cancelled: nothing new is entered there'), e.event_id),
                HINT = salon.say('Plan the event anew first.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, CONSTRAINT = own_table || '_is_not_of_a_cancelled_event';
        END IF;
        CONTINUE WHEN NOT e.is_closed;
        IF NOT (pg_has_role((SELECT c.relowner FROM pg_class c WHERE c.oid = TG_RELID), 'USAGE')
                OR _organizes_all() OR salon._among(e.event_id, '_organized_event', 50)) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format(salon.say('event %s is closed: it took place and was put away'), e.event_id),
                HINT = salon.say('Ask who organizes it to enter or change that.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, CONSTRAINT = own_table || '_is_not_of_a_closed_event';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _life() IS
'Trigger of tables of what others say or do at an event: refuses with 23514 what is new at a cancelled event, and at a closed one what is not by who organizes it';

CREATE TRIGGER registration_life AFTER INSERT OR UPDATE OR DELETE ON registration
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER attendee_life AFTER INSERT OR UPDATE OR DELETE ON attendee
    FOR EACH ROW EXECUTE FUNCTION _life();
CREATE TRIGGER check_pass_life AFTER INSERT OR UPDATE OR DELETE ON check_pass
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER booking_life AFTER INSERT OR UPDATE OR DELETE ON booking
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER talk_life AFTER INSERT OR UPDATE OR DELETE ON talk
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER talk_speaker_life AFTER INSERT OR UPDATE OR DELETE ON talk_speaker
    FOR EACH ROW EXECUTE FUNCTION _life();
CREATE TRIGGER talk_review_life AFTER INSERT OR UPDATE OR DELETE ON talk_review
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER talk_vote_life AFTER INSERT OR UPDATE OR DELETE ON talk_vote
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER agreement_life AFTER INSERT OR UPDATE OR DELETE ON agreement
    FOR EACH ROW EXECUTE FUNCTION _life();
CREATE TRIGGER event_duty_life AFTER INSERT OR UPDATE OR DELETE ON event_duty
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER invitation_life AFTER INSERT OR UPDATE OR DELETE ON invitation
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER travel_leg_life AFTER INSERT OR UPDATE OR DELETE ON travel_leg
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER response_life AFTER INSERT OR UPDATE OR DELETE ON response
    FOR EACH ROW EXECUTE FUNCTION _life();
CREATE TRIGGER respondent_life AFTER INSERT OR UPDATE OR DELETE ON respondent
    FOR EACH ROW EXECUTE FUNCTION _life();
CREATE TRIGGER answer_life AFTER INSERT OR UPDATE OR DELETE ON answer
    FOR EACH ROW EXECUTE FUNCTION _life();
CREATE TRIGGER consent_life AFTER INSERT OR UPDATE OR DELETE ON consent
    FOR EACH ROW EXECUTE FUNCTION _life();
CREATE TRIGGER outcome_life AFTER INSERT OR UPDATE OR DELETE ON outcome
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER team_life AFTER INSERT OR UPDATE OR DELETE ON team
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER team_member_life AFTER INSERT OR UPDATE OR DELETE ON team_member
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER submission_life AFTER INSERT OR UPDATE OR DELETE ON submission
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER score_life AFTER INSERT OR UPDATE OR DELETE ON score
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER comparison_life AFTER INSERT OR UPDATE OR DELETE ON comparison
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER contribution_life AFTER INSERT OR UPDATE OR DELETE ON contribution
    FOR EACH ROW EXECUTE FUNCTION _life('new');
CREATE TRIGGER asset_person_life AFTER INSERT OR UPDATE OR DELETE ON asset_person
    FOR EACH ROW EXECUTE FUNCTION _life();

-- Where a table has no history, it has one from when the event is closed.
CREATE TRIGGER registration_closed_history AFTER INSERT OR UPDATE OR DELETE ON registration
    FOR EACH ROW EXECUTE FUNCTION _history('registration_id', 'secret_hash ticket', 'side seats status_code', 'closed');
CREATE TRIGGER attendee_closed_history AFTER INSERT OR UPDATE OR DELETE ON attendee
    FOR EACH ROW EXECUTE FUNCTION _history('registration_id', '', '', 'closed');
CREATE TRIGGER check_pass_closed_history AFTER INSERT OR UPDATE OR DELETE ON check_pass
    FOR EACH ROW EXECUTE FUNCTION _history('check_pass_id', '', 'event_check_id seat passed_at', 'closed');
CREATE TRIGGER booking_closed_history AFTER INSERT OR UPDATE OR DELETE ON booking
    FOR EACH ROW EXECUTE FUNCTION _history('booking_id', '', 'session_id seat status_code seats cancelled_at', 'closed');
CREATE TRIGGER talk_speaker_closed_history AFTER INSERT OR UPDATE OR DELETE ON talk_speaker
    FOR EACH ROW EXECUTE FUNCTION _history('talk_speaker_id', '', '', 'closed');
CREATE TRIGGER talk_review_closed_history AFTER INSERT OR UPDATE OR DELETE ON talk_review
    FOR EACH ROW EXECUTE FUNCTION _history('talk_review_id', '', '', 'closed');
CREATE TRIGGER talk_vote_closed_history AFTER INSERT OR UPDATE OR DELETE ON talk_vote
    FOR EACH ROW EXECUTE FUNCTION _history('talk_vote_id', '', '', 'closed');
CREATE TRIGGER travel_leg_closed_history AFTER INSERT OR UPDATE OR DELETE ON travel_leg
    FOR EACH ROW EXECUTE FUNCTION _history('travel_leg_id', '', '', 'closed');
CREATE TRIGGER response_closed_history AFTER INSERT OR UPDATE OR DELETE ON response
    FOR EACH ROW EXECUTE FUNCTION _history('response_id', '', '', 'closed');
CREATE TRIGGER respondent_closed_history AFTER INSERT OR UPDATE OR DELETE ON respondent
    FOR EACH ROW EXECUTE FUNCTION _history('response_id', '', '', 'closed');
CREATE TRIGGER answer_closed_history AFTER INSERT OR UPDATE OR DELETE ON answer
    FOR EACH ROW EXECUTE FUNCTION _history('answer_id', '', '', 'closed');
CREATE TRIGGER asset_person_closed_history AFTER INSERT OR UPDATE OR DELETE ON asset_person
    FOR EACH ROW EXECUTE FUNCTION _history('asset_person_id', '', '', 'closed');

-- What a cancelled event would need again, and others have now or it would have
-- twice.  Whatever is given free when an event is cancelled has a branch here.
CREATE FUNCTION _event_clash(event_id bigint) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    WITH s AS MATERIALIZED (
        SELECT x.session_id, x.room_id,
               tstzrange(x.starts_at, x.ends_at + make_interval(mins => coalesce(x.changeover, x.room_changeover))) AS occupied
        FROM session x
        WHERE x.event_id = _event_clash.event_id AND x.room_id IS NOT NULL AND x.ends_at > x.starts_at
    ), w AS MATERIALIZED (
        SELECT 'speaker' AS subject, k.speaker_id AS subject_id, k.person_id AS party_id, tstzmultirange(k.during) AS during, k.event_id, true AS is_exclusive, false AS is_timed
        FROM speaker k
        WHERE k.event_id = _event_clash.event_id AND NOT k.is_declined
        UNION ALL
        SELECT 'event_duty', d.event_duty_id, d.party_id,
               CASE WHEN d.starts_at IS NOT NULL THEN coalesce(d.hours, tstzmultirange(tstzrange(d.starts_at, d.ends_at))) ELSE d.hours END,
               d.event_id, d.starts_at IS NOT NULL AND NOT d.whole_event, d.starts_at IS NOT NULL
        FROM event_duty d
        WHERE d.event_id = _event_clash.event_id AND d.party_id IS NOT NULL AND d.status_code <> 'declined' AND (d.starts_at IS NOT NULL OR d.is_on_site)
        UNION ALL
        SELECT 'travel_leg', l.travel_leg_id, l.person_id, tstzmultirange(tstzrange(l.departs_at, l.arrives_at)), NULL, true, false
        FROM travel_leg l
        JOIN invitation i ON i.invitation_id = l.invitation_id
        WHERE i.event_id = _event_clash.event_id AND i.status_code <> 'declined'
    )
    SELECT salon.label('room ', '会议室 ') || coalesce(r.name, r.room_id::text) || salon.label(' by session ', ' 被环节占用：')
           || o.session_id || salon.label(' of event ', ' @ 活动 ') || o.event_id AS taken
    FROM s
    JOIN room r ON r.room_id = s.room_id
    JOIN session o ON salon._overlap(salon._point(o.room_id), salon._point(s.room_id)) AND o.occupied && s.occupied
                  AND o.room_id IS NOT NULL AND NOT isempty(o.occupied)
    WHERE o.event_id <> _event_clash.event_id
    UNION
    SELECT salon.label('room ', '会议室 ') || coalesce(r.name, r.room_id::text) || salon.label(' by session ', ' 被环节占用：')
           || s.session_id || salon.label(' and session ', ' 与 ') || o.session_id
    FROM s
    JOIN room r ON r.room_id = s.room_id
    JOIN s o ON o.room_id = s.room_id AND o.occupied && s.occupied AND o.session_id > s.session_id
    UNION
    SELECT party_label(w.party_id) || salon.label(' by ', '：') || p.subject || ' ' || p.subject_id
    FROM w
    JOIN presence p ON salon._overlap(salon._point(p.party_id), salon._point(w.party_id)) AND p.during && w.during
                   AND (p.event_id IS DISTINCT FROM w.event_id OR (p.is_exclusive AND w.is_exclusive))
    UNION
    SELECT party_label(w.party_id) || salon.label(' by ', '：') || w.subject || ' ' || w.subject_id || salon.label(' and ', ' 与 ') || p.subject || ' ' || p.subject_id
    FROM w
    JOIN w p ON p.party_id = w.party_id AND p.during && w.during AND (p.subject, p.subject_id) > (w.subject, w.subject_id)
            AND (p.event_id IS DISTINCT FROM w.event_id OR (p.is_exclusive AND w.is_exclusive) OR (p.is_timed AND w.is_timed))
    UNION
    SELECT party_label(t.party_id) || salon.label(' by turn ', ' 另有轮值：') || o.turn_id || salon.label(' on ', '，') || to_char(lower(o.apart), 'YYYY-MM-DD')
    FROM turn t
    JOIN turn o ON o.series_id = t.series_id AND o.party_id = t.party_id AND o.turn_id <> t.turn_id AND o.apart && t.apart
               AND NOT o.event_is_off AND (o.season_id = t.season_id OR o.event_id IS NOT NULL)
    WHERE t.event_id = _event_clash.event_id
    UNION
    SELECT resource_label(s.resource_code) || salon.label(' of supply ', '，供给 ') || s.supply_id || salon.label(' by commitment ', ' 已由承诺占用：')
           || o.commitment_id || coalesce(salon.label(' of event ', ' @ 活动 ') || o.event_id, '')
    FROM (SELECT c.supply_id, sum(coalesce(c.quantity, 1)) AS quantity
          FROM commitment c
          WHERE c.event_id = _event_clash.event_id AND c.kind <> 'money' AND c.status_code IN ('proposed', 'reserved', 'signed', 'fulfilled')
          GROUP BY c.supply_id) n
    JOIN supply s ON s.supply_id = n.supply_id AND s.is_used_up AND s.quantity - s.committed < n.quantity
    JOIN commitment o ON o.supply_id = s.supply_id AND o.takes > 0
    UNION
    SELECT salon.label('package ', '套餐 ') || coalesce(salon.label(k.name_en, k.name_zh), k.package_id::text)
           || salon.label(' by agreement ', ' 已由协议占用：') || o.agreement_id || salon.label(' of event ', ' @ 活动 ') || o.event_id
    FROM (SELECT a.package_id, count(*) AS number
          FROM agreement a
          WHERE a.event_id = _event_clash.event_id AND a.status_code IN ('reserved', 'signed', 'fulfilled')
          GROUP BY a.package_id) n
    JOIN package k ON k.package_id = n.package_id AND k.quantity - k.claimed < n.number
    JOIN agreement o ON o.package_id = k.package_id AND NOT o.event_is_off AND o.status_code IN ('reserved', 'signed', 'fulfilled')
                    AND _lapses(o.status_code, o.sign_by) IS NOT TRUE
    WHERE k.quantity < n.number + (SELECT count(*) FROM agreement x
                                   WHERE x.package_id = k.package_id AND NOT x.event_is_off AND x.status_code IN ('reserved', 'signed', 'fulfilled')
                                     AND _lapses(x.status_code, x.sign_by) IS NOT TRUE);
END;

COMMENT ON FUNCTION _event_clash(bigint) IS
'What a cancelled event had and others have now, or it has twice: rooms, speakers, helpers, turns, supplies, places of packages, one each; for planning it anew';

CREATE FUNCTION _event_is_free_again() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    taken text;
BEGIN
    SELECT string_agg(c, salon.say('; ') ORDER BY c) INTO taken FROM _event_clash(NEW.event_id) c;
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'exclusion_violation',
            MESSAGE = format(salon.say('event %s cannot be planned anew: what it needs is taken'), NEW.event_id),
            DETAIL = format(salon.say('Taken: %s.'), taken),
            HINT = salon.say('Change the session, speaker, helper, turn or agreement of one of them first.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _event_is_free_again() IS
'Trigger of event: refuses with 23P01 to plan a cancelled event anew when what it needs is taken, by others or twice by itself, and names all of it. SECURITY DEFINER: who plans one event may not see the others';

CREATE TRIGGER event_is_free_again BEFORE UPDATE OF status_code ON event
    FOR EACH ROW WHEN (OLD.is_off AND NEW.status_code <> OLD.status_code) EXECUTE FUNCTION _event_is_free_again();

-- Parts of a whole go along with it; what somebody else said or did never does.
-- Deleted by a foreign key, such a row stands against it; deleted by itself it
-- goes.  Arguments: the whole that it is a part of all the same, and its key.
CREATE FUNCTION _stays() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    there boolean := true;
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_NARGS > 0 THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %1$I w WHERE w.%2$I = ($1).%2$I)', TG_ARGV[0], TG_ARGV[1]) INTO there USING OLD;
    END IF;
    IF there THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('%s %s stands against that: somebody else said or did it'), own_table, to_jsonb(OLD) ->> (own_table || '_id')),
            HINT = salon.say('Delete it by itself first, if it must go.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, CONSTRAINT = TG_NAME;
    END IF;
    RETURN OLD;
END
$$;

COMMENT ON FUNCTION _stays() IS
'Trigger of tables of what others say or do: refuses with 23503 that it is deleted, or forgets what it is about, along with something else';

CREATE TRIGGER registration_stays BEFORE DELETE ON registration
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER check_pass_stays BEFORE DELETE ON check_pass
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER booking_stays BEFORE DELETE ON booking
    FOR EACH ROW WHEN (OLD.cancelled_at IS NULL) EXECUTE FUNCTION _stays('registration', 'registration_id');
CREATE TRIGGER talk_stays BEFORE DELETE ON talk
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER talk_review_stays BEFORE DELETE ON talk_review
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER talk_vote_stays BEFORE DELETE ON talk_vote
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER invitation_stays BEFORE DELETE ON invitation
    FOR EACH ROW WHEN (OLD.status_code <> 'invited') EXECUTE FUNCTION _stays();
CREATE TRIGGER response_stays BEFORE DELETE ON response
    FOR EACH ROW WHEN (OLD.registration_id IS NULL) EXECUTE FUNCTION _stays();
CREATE TRIGGER response_stays_with_its_registration BEFORE DELETE ON response
    FOR EACH ROW WHEN (OLD.registration_id IS NOT NULL) EXECUTE FUNCTION _stays('registration', 'registration_id');
CREATE TRIGGER consent_stays BEFORE DELETE ON consent
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER outcome_stays BEFORE DELETE ON outcome
    FOR EACH ROW WHEN (OLD.offer_id IS NULL) EXECUTE FUNCTION _stays();
CREATE TRIGGER post_stays BEFORE DELETE ON post
    FOR EACH ROW WHEN (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION _stays();
CREATE TRIGGER post_stays_with_its_asset BEFORE UPDATE OF asset_id ON post
    FOR EACH ROW WHEN (OLD.posted_at IS NOT NULL AND NEW.asset_id IS NULL) EXECUTE FUNCTION _stays();
CREATE TRIGGER asset_stays BEFORE DELETE ON asset
    FOR EACH ROW WHEN (OLD.session_id IS NOT NULL AND OLD.state IN ('ready', 'published')) EXECUTE FUNCTION _stays();
CREATE TRIGGER season_stays BEFORE DELETE ON season
    FOR EACH ROW WHEN (OLD.status_code = 'accepted') EXECUTE FUNCTION _stays();
CREATE TRIGGER agreement_stays BEFORE DELETE ON agreement
    FOR EACH ROW WHEN (OLD.status_code IN ('reserved', 'signed', 'fulfilled', 'declined')) EXECUTE FUNCTION _stays();
CREATE TRIGGER delivery_stays BEFORE DELETE ON delivery
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER event_duty_stays BEFORE DELETE ON event_duty
    FOR EACH ROW WHEN (OLD.status_code IN ('confirmed', 'declined')) EXECUTE FUNCTION _stays();
CREATE TRIGGER team_stays BEFORE DELETE ON team
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER submission_stays BEFORE DELETE ON submission
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER score_stays BEFORE DELETE ON score
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER comparison_stays BEFORE DELETE ON comparison
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER contribution_stays BEFORE DELETE ON contribution
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER signature_stays_with_its_agreement BEFORE DELETE ON signature
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER opening_stays BEFORE DELETE ON opening
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER applicant_stays BEFORE DELETE ON applicant
    FOR EACH ROW EXECUTE FUNCTION _stays();
CREATE TRIGGER answer_stays BEFORE DELETE ON answer
    FOR EACH ROW EXECUTE FUNCTION _stays('response', 'response_id');

CREATE FUNCTION _event_facts(event_id bigint, OUT relation text, OUT number bigint) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    SELECT f.relation, f.number
    FROM (
        SELECT 'registration', count(*) FROM registration x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'check_pass', count(*) FROM check_pass x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'talk', count(*) FROM talk x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'talk_review', count(*) FROM talk_review x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'talk_vote', count(*) FROM talk_vote x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'invitation', count(*) FROM invitation x WHERE x.event_id = _event_facts.event_id AND x.status_code <> 'invited'
        UNION ALL
        SELECT 'response', count(*) FROM response x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'consent', count(*) FROM consent x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'outcome', count(*) FROM outcome x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'team', count(*) FROM team x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'contribution', count(*) FROM contribution x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'award_winner', count(*) FROM award_winner x WHERE x.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'post', count(*) FROM post x WHERE x.event_id = _event_facts.event_id AND x.posted_at IS NOT NULL
        UNION ALL
        SELECT 'agreement', count(*) FROM agreement x WHERE x.event_id = _event_facts.event_id AND x.status_code IN ('reserved', 'signed', 'fulfilled', 'declined')
        UNION ALL
        SELECT 'signature', count(*) FROM signature x JOIN agreement a ON a.agreement_id = x.agreement_id WHERE a.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'delivery', count(*) FROM delivery x JOIN commitment c ON c.commitment_id = x.commitment_id WHERE c.event_id = _event_facts.event_id
        UNION ALL
        SELECT 'cost', count(*) FROM cost x WHERE x.event_id = _event_facts.event_id AND num_nonnulls(x.payer_id, x.actual) = 2
        UNION ALL
        SELECT 'asset', count(*) FROM asset x JOIN session s ON s.session_id = x.session_id
        WHERE s.event_id = _event_facts.event_id AND x.state IN ('ready', 'published')
        UNION ALL
        SELECT 'event_duty', count(*) FROM event_duty x WHERE x.event_id = _event_facts.event_id AND x.status_code IN ('confirmed', 'declined')
    ) f (relation, number)
    WHERE f.number > 0;
END;

COMMENT ON FUNCTION _event_facts(bigint) IS 'What others said or did at an event: how much, table by table';

CREATE FUNCTION _event_goes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    facts text := (SELECT string_agg(_history_subject(f.relation) || salon.say(': ') || f.number, salon.say(', ') ORDER BY f.relation) FROM _event_facts(OLD.event_id) f);
BEGIN
    IF facts IS NULL AND OLD.is_open AND OLD.status_code <> 'announced' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = 'foreign_key_violation',
        MESSAGE = format(salon.say('event %s stays: '), OLD.event_id) || CASE WHEN facts IS NULL THEN salon.say('it is ') || OLD.status_code ELSE salon.say('others said or did something there') END,
        DETAIL = coalesce(salon.say('There is ') || facts || salon.say('.'), salon.say('Only an idea or a plan can go.')),
        HINT = CASE WHEN OLD.is_open THEN salon.say('Cancel it: set status_code to cancelled, and cancelled_reason.') ELSE salon.say('Put it away: set archived_at.') END,
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END
$$;

COMMENT ON FUNCTION _event_goes() IS
'Trigger of event: refuses with 23503 to delete one that is more than an idea or a plan, or where others said or did something. SECURITY DEFINER: who deletes an event may not see all that is said there';

CREATE TRIGGER event_goes BEFORE DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION _event_goes();
