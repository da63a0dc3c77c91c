-- Talks that are submitted for an event, reviews and votes on them, and their
-- ranking.  Nobody judges a talk of their own or of their company.

-- What a person has an interest in changes with its affiliations.  Each change
-- gives its row here a new edition.  Talks, reviews and votes follow by foreign
-- key, so each of them is looked at again, also one that another session just
-- entered; and whoever reads a row here keeps changes waiting.
--
-- Locks are taken in this order: the turn, reviews and votes, talks by key,
-- interests.
CREATE TABLE interest (
    person_id    bigint PRIMARY KEY,
    person_kind  text NOT NULL GENERATED ALWAYS AS ('person') STORED,
    edition      integer NOT NULL DEFAULT 0,
    UNIQUE (person_id, edition),
    CONSTRAINT interest_is_of_a_person FOREIGN KEY (person_id, person_kind) REFERENCES party (party_id, kind) ON DELETE CASCADE
);
CREATE INDEX interest_person_id_idx ON interest (person_id, person_kind);

COMMENT ON TABLE interest IS 'Persons with affiliations, talks, reviews or votes: kept by the database / 利益关系版本';
COMMENT ON COLUMN interest.edition IS 'Goes up with each change of its affiliations';
COMMENT ON CONSTRAINT interest_is_of_a_person ON interest IS 'It must be a party of kind person';

-- Edition of a person; a change of it waits for this transaction.
CREATE FUNCTION _interest_edition(person_id bigint) RETURNS integer
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    found_edition integer;
BEGIN
    INSERT INTO interest (person_id)
    SELECT p.party_id FROM party p
    WHERE p.party_id = _interest_edition.person_id AND p.kind = 'person'
    ON CONFLICT DO NOTHING;
    SELECT i.edition INTO found_edition FROM interest i WHERE i.person_id = _interest_edition.person_id FOR KEY SHARE;
    RETURN found_edition;
END
$$;

COMMENT ON FUNCTION _interest_edition(bigint) IS
'Edition of the interests of a person, which cannot change until the end of the transaction; NULL: no such person';

-- A change of interests, or of who speaks, reaches talks and what was judged of
-- them on many ways: what was judged is locked before the talks, which who judges
-- locks last.
CREATE FUNCTION _talk_lock(talks bigint[], persons bigint[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM FROM space FOR NO KEY UPDATE; -- the turn: who enters a speaker takes it only where there is a talk
    PERFORM FROM talk_review r
    WHERE r.talk_id = ANY (talks) OR r.reviewer_id = ANY (persons)
    ORDER BY r.talk_review_id FOR NO KEY UPDATE;
    PERFORM FROM talk_vote v
    WHERE v.preferred_id = ANY (talks) OR v.other_id = ANY (talks) OR v.voter_id = ANY (persons)
    ORDER BY v.talk_vote_id FOR NO KEY UPDATE;
    PERFORM FROM talk t WHERE t.talk_id = ANY (talks) ORDER BY t.talk_id FOR UPDATE;
END
$$;

COMMENT ON FUNCTION _talk_lock(bigint[], bigint[]) IS
'Locks talks that get a new edition, and before them what was judged of them or by persons';

CREATE FUNCTION _affiliation_interest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE interest SET edition = edition + 1;
        RETURN NULL;
    END IF;
    PERFORM _talk_lock(ARRAY(SELECT t.talk_id FROM talk t WHERE t.submitter_id IN (OLD.person_id, NEW.person_id)
                             UNION
                             SELECT k.talk_id FROM talk_speaker k WHERE k.person_id IN (OLD.person_id, NEW.person_id)),
                       ARRAY[OLD.person_id, NEW.person_id]);
    INSERT INTO interest AS i (person_id)
    SELECT x.person_id
    FROM (SELECT OLD.person_id WHERE TG_OP <> 'INSERT'
          UNION
          SELECT NEW.person_id WHERE TG_OP <> 'DELETE') x
    ORDER BY x.person_id
    ON CONFLICT ON CONSTRAINT interest_pkey DO UPDATE SET edition = i.edition + 1;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _affiliation_interest() IS
'Trigger of affiliation: what the person has judged, and what was judged of its talks, is looked at again. SECURITY DEFINER: nobody writes by hand the editions of interests';

CREATE TRIGGER affiliation_interest AFTER INSERT OR UPDATE OR DELETE ON affiliation
    FOR EACH ROW EXECUTE FUNCTION _affiliation_interest();

CREATE TRIGGER affiliation_interest_truncate AFTER TRUNCATE ON affiliation
    FOR EACH STATEMENT EXECUTE FUNCTION _affiliation_interest();

INSERT INTO status (subject, status_code, ordinal, name_en, name_zh, is_first) VALUES
    ('talk', 'submitted', 1, 'submitted', '已提交', true),
    ('talk', 'accepted',  2, 'accepted',  '已录用', true),
    ('talk', 'scheduled', 3, 'scheduled', '已排期', true),
    ('talk', 'rejected',  4, 'rejected',  '未录用', false),
    ('talk', 'withdrawn', 5, 'withdrawn', '已撤回', false);

INSERT INTO step (subject, from_code, to_code) VALUES
    ('talk', 'submitted', 'accepted'),
    ('talk', 'submitted', 'rejected'),
    ('talk', 'submitted', 'withdrawn'),
    ('talk', 'accepted',  'scheduled'),
    ('talk', 'scheduled', 'accepted'),
    ('talk', 'accepted',  'rejected'),
    ('talk', 'accepted',  'withdrawn'),
    ('talk', 'rejected',  'accepted'),
    ('talk', 'rejected',  'submitted'),
    ('talk', 'scheduled', 'withdrawn'),
    ('talk', 'withdrawn', 'submitted');

CREATE TABLE talk (
    talk_id            bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id           bigint NOT NULL,
    event_is_off       boolean NOT NULL DEFAULT false,
    status_subject     text NOT NULL GENERATED ALWAYS AS ('talk') STORED,
    status_code        text NOT NULL DEFAULT 'submitted',
    format_code        text NOT NULL DEFAULT 'mini_talk' REFERENCES session_format,
    title_en           text,
    title_zh           text,
    abstract           text,
    minutes            integer CONSTRAINT talk_minutes_is_known CHECK (minutes BETWEEN 1 AND 1440),
    submitter_id       bigint NOT NULL,
    submitter_edition  integer NOT NULL,
    organization_id    bigint,
    organization_kind  text NOT NULL GENERATED ALWAYS AS ('organization') STORED,
    submitted_at       timestamptz NOT NULL DEFAULT now(),
    session_id         bigint UNIQUE DEFERRABLE,
    during             tstzrange,
    edition            integer NOT NULL DEFAULT 0,
    FOREIGN KEY (status_subject, status_code) REFERENCES status (subject, status_code),
    UNIQUE (talk_id, event_id, edition),
    CONSTRAINT talk_follows_the_event FOREIGN KEY (event_id, event_is_off)
        REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT talk_has_a_title CHECK (num_nonnulls(title_en, title_zh) > 0),
    CONSTRAINT talk_submitter_is_a_person FOREIGN KEY (submitter_id, submitter_edition)
        REFERENCES interest (person_id, edition) ON UPDATE CASCADE,
    CONSTRAINT talk_organization_is_an_organization FOREIGN KEY (organization_id, organization_kind)
        REFERENCES party (party_id, kind),
    CONSTRAINT talk_session_is_of_its_event FOREIGN KEY (session_id, event_id)
        REFERENCES session (session_id, event_id) ON DELETE SET NULL (session_id),
    CONSTRAINT talk_follows_the_session FOREIGN KEY (session_id, during)
        REFERENCES session (session_id, during) ON UPDATE CASCADE ON DELETE SET NULL,
    CONSTRAINT talk_is_scheduled_with_a_time CHECK ((status_code = 'scheduled') = coalesce(NOT isempty(during), false)),
    CONSTRAINT talk_session_has_its_range CHECK (num_nulls(session_id, during) <> 1)
);
CREATE INDEX talk_event_id_idx ON talk (event_id, event_is_off);
CREATE INDEX talk_status_code_idx ON talk (status_subject, status_code);
CREATE INDEX talk_format_code_idx ON talk (format_code);
CREATE INDEX talk_submitter_id_idx ON talk (submitter_id, submitter_edition);
CREATE INDEX talk_organization_id_idx ON talk (organization_id, organization_kind);
CREATE INDEX talk_session_id_idx ON talk (session_id, event_id);
CREATE INDEX talk_during_idx ON talk (session_id, during);

COMMENT ON TABLE talk IS 'Talks submitted for an event (C12, C16) / 议题申请';
COMMENT ON COLUMN talk.status_code IS 'submitted, accepted, rejected or withdrawn, moves along table step; scheduled while its session has a time';
COMMENT ON COLUMN talk.format_code IS 'Format, such as mini_talk';
COMMENT ON COLUMN talk.title_en IS 'Title in English';
COMMENT ON COLUMN talk.title_zh IS 'Title in Chinese';
COMMENT ON COLUMN talk.abstract IS 'What it is about (C16)';
COMMENT ON COLUMN talk.minutes IS 'Length that it needs; NULL: that of its format at the event';
COMMENT ON COLUMN talk.submitter_id IS 'Who submitted it: a party of kind person';
COMMENT ON COLUMN talk.submitter_edition IS 'Edition of the interests of the submitter: kept by the database';
COMMENT ON COLUMN talk.organization_id IS 'Company whose talk it is; NULL: none';
COMMENT ON COLUMN talk.submitted_at IS 'When it was submitted';
COMMENT ON COLUMN talk.session_id IS 'Its session in the agenda, which shows its format, titles, abstract and speakers; NULL: none yet';
COMMENT ON COLUMN talk.during IS 'The range of the session: filled in and kept the same by the database';
COMMENT ON COLUMN talk.edition IS 'Goes up when its submitter, its speakers, its company or the affiliations of these change: kept by the database';
COMMENT ON CONSTRAINT talk_has_a_title ON talk IS 'Give an English or a Chinese title';
COMMENT ON CONSTRAINT talk_minutes_is_known ON talk IS 'minutes is 1 to 1440; leave it NULL for the length of the format';
COMMENT ON CONSTRAINT talk_submitter_is_a_person ON talk IS 'submitter_id must be a party of kind person; leave submitter_edition out';
COMMENT ON CONSTRAINT talk_organization_is_an_organization ON talk IS 'organization_id must be a party of kind organization';
COMMENT ON CONSTRAINT talk_session_is_of_its_event ON talk IS 'session_id must be a session of the event';
COMMENT ON CONSTRAINT talk_follows_the_session ON talk IS 'session_id must be a session; leave during out';
COMMENT ON CONSTRAINT talk_is_scheduled_with_a_time ON talk IS 'A talk is scheduled when its session has a time: accept it, give it a session, and give that a time';
COMMENT ON CONSTRAINT talk_session_has_its_range ON talk IS 'Leave during out: it is filled in';

CREATE TABLE talk_speaker (
    talk_speaker_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    talk_id          bigint NOT NULL REFERENCES talk ON DELETE CASCADE,
    person_id        bigint NOT NULL,
    person_edition   integer NOT NULL,
    UNIQUE (talk_id, person_id),
    CONSTRAINT talk_speaker_is_a_person FOREIGN KEY (person_id, person_edition)
        REFERENCES interest (person_id, edition) ON UPDATE CASCADE
);
CREATE INDEX talk_speaker_person_id_idx ON talk_speaker (person_id, person_edition);

COMMENT ON TABLE talk_speaker IS 'Who would speak; once the talk has a session, who speaks in that: entered at either / 议题讲师';
COMMENT ON COLUMN talk_speaker.person_id IS 'The speaker: a party of kind person';
COMMENT ON COLUMN talk_speaker.person_edition IS 'Edition of the interests of the speaker: kept by the database';
COMMENT ON CONSTRAINT talk_speaker_is_a_person ON talk_speaker IS 'person_id must be a party of kind person; leave person_edition out';

CREATE TABLE talk_review (
    talk_review_id    bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    talk_id           bigint NOT NULL,
    event_id          bigint NOT NULL,
    talk_edition      integer NOT NULL,
    reviewer_id       bigint NOT NULL,
    reviewer_edition  integer NOT NULL,
    score             smallint NOT NULL
                      CONSTRAINT talk_review_score_is_1_to_5 CHECK (score BETWEEN 1 AND 5),
    remark            text,
    judged_at         timestamptz NOT NULL,
    judged_on         date NOT NULL,
    void_code         text,
    UNIQUE (talk_id, reviewer_id),
    CONSTRAINT talk_review_follows_the_talk FOREIGN KEY (talk_id, event_id, talk_edition)
        REFERENCES talk (talk_id, event_id, edition) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT talk_review_is_by_a_person FOREIGN KEY (reviewer_id, reviewer_edition)
        REFERENCES interest (person_id, edition) ON UPDATE CASCADE,
    CONSTRAINT talk_review_void_is_known CHECK (void_code IN ('submitter', 'speaker', 'company', 'colleague'))
);
CREATE INDEX talk_review_talk_id_idx ON talk_review (talk_id, event_id, talk_edition);
CREATE INDEX talk_review_reviewer_id_idx ON talk_review (reviewer_id, reviewer_edition);
CREATE INDEX talk_review_event_id_idx ON talk_review (event_id);

COMMENT ON TABLE talk_review IS 'Reviews of talks with a score / 议题评审';
COMMENT ON COLUMN talk_review.event_id IS 'Event of the talk: filled in';
COMMENT ON COLUMN talk_review.talk_edition IS 'Edition of the talk that interests were checked against: kept by the database';
COMMENT ON COLUMN talk_review.reviewer_id IS 'Who reviews: a party of kind person';
COMMENT ON COLUMN talk_review.reviewer_edition IS 'Edition of the interests of the reviewer: kept by the database';
COMMENT ON COLUMN talk_review.score IS '1 (least) to 5 (most)';
COMMENT ON COLUMN talk_review.remark IS 'What the reviewer says of it';
COMMENT ON COLUMN talk_review.judged_at IS 'When it was entered or last changed: filled in';
COMMENT ON COLUMN talk_review.judged_on IS 'That day in the time zone of the community: affiliations valid on it count';
COMMENT ON COLUMN talk_review.void_code IS 'NULL: it counts; else why it does not, by what was entered later: the reviewer is submitter or speaker, belongs to the company of the talk, or to one of a speaker or submitter (colleague)';
COMMENT ON CONSTRAINT talk_review_score_is_1_to_5 ON talk_review IS 'score is 1 (least) to 5 (most)';
COMMENT ON CONSTRAINT talk_review_follows_the_talk ON talk_review IS 'talk_id must be a talk; leave event_id and talk_edition out';
COMMENT ON CONSTRAINT talk_review_is_by_a_person ON talk_review IS 'reviewer_id must be a party of kind person; leave reviewer_edition out';
COMMENT ON CONSTRAINT talk_review_void_is_known ON talk_review IS 'Leave void_code out: it is kept by the database';

CREATE TABLE talk_vote (
    talk_vote_id       bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id           bigint NOT NULL,
    preferred_id       bigint NOT NULL,
    preferred_edition  integer NOT NULL,
    other_id           bigint NOT NULL,
    other_edition      integer NOT NULL,
    voter_id           bigint NOT NULL,
    voter_edition      integer NOT NULL,
    judged_at          timestamptz NOT NULL,
    judged_on          date NOT NULL,
    void_code          text,
    CONSTRAINT talk_vote_prefers_one_to_another CHECK (preferred_id <> other_id),
    CONSTRAINT talk_vote_follows_the_preferred FOREIGN KEY (preferred_id, event_id, preferred_edition)
        REFERENCES talk (talk_id, event_id, edition) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT talk_vote_follows_the_other FOREIGN KEY (other_id, event_id, other_edition)
        REFERENCES talk (talk_id, event_id, edition) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT talk_vote_is_by_a_person FOREIGN KEY (voter_id, voter_edition)
        REFERENCES interest (person_id, edition) ON UPDATE CASCADE,
    CONSTRAINT talk_vote_void_is_known CHECK (void_code IN ('submitter', 'speaker', 'company', 'colleague'))
);
CREATE UNIQUE INDEX talk_vote_is_cast_once ON talk_vote (voter_id, least(preferred_id, other_id), greatest(preferred_id, other_id));
CREATE INDEX talk_vote_preferred_id_idx ON talk_vote (preferred_id, event_id, preferred_edition);
CREATE INDEX talk_vote_other_id_idx ON talk_vote (other_id, event_id, other_edition);
CREATE INDEX talk_vote_voter_id_idx ON talk_vote (voter_id, voter_edition);
CREATE INDEX talk_vote_event_id_idx ON talk_vote (event_id);

COMMENT ON TABLE talk_vote IS 'Votes: somebody prefers one talk to another of the same event; one vote a pair / 议题投票';
COMMENT ON COLUMN talk_vote.event_id IS 'Event of both talks: filled in';
COMMENT ON COLUMN talk_vote.preferred_id IS 'The talk that is preferred';
COMMENT ON COLUMN talk_vote.preferred_edition IS 'Its edition that interests were checked against: kept by the database';
COMMENT ON COLUMN talk_vote.other_id IS 'The other talk';
COMMENT ON COLUMN talk_vote.other_edition IS 'Its edition that interests were checked against: kept by the database';
COMMENT ON COLUMN talk_vote.voter_id IS 'Who votes: a party of kind person';
COMMENT ON COLUMN talk_vote.voter_edition IS 'Edition of the interests of the voter: kept by the database';
COMMENT ON COLUMN talk_vote.judged_at IS 'When it was cast or last changed: filled in';
COMMENT ON COLUMN talk_vote.judged_on IS 'That day in the time zone of the community: affiliations valid on it count';
COMMENT ON COLUMN talk_vote.void_code IS 'NULL: it counts; else why it does not, by what was entered later: see talk_review';
COMMENT ON CONSTRAINT talk_vote_prefers_one_to_another ON talk_vote IS 'A vote prefers one talk to another one';
COMMENT ON CONSTRAINT talk_vote_follows_the_preferred ON talk_vote IS 'Both must be talks of one event; leave event_id and the editions out';
COMMENT ON CONSTRAINT talk_vote_follows_the_other ON talk_vote IS 'Both must be talks of one event; leave event_id and the editions out';
COMMENT ON CONSTRAINT talk_vote_is_by_a_person ON talk_vote IS 'voter_id must be a party of kind person; leave voter_edition out';
COMMENT ON CONSTRAINT talk_vote_void_is_known ON talk_vote IS 'Leave void_code out: it is kept by the database';

-- Whom a person belonged to decides what was judged for good: who is no
-- administrator can leave, and take back what nothing rests on yet.
CREATE FUNCTION _affiliation_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    today date := (now() AT TIME ZONE (SELECT s.time_zone FROM space s))::date;
    said daterange := daterange(OLD.since, OLD.until) * daterange(NULL, today, '[]');
    stays daterange := 'empty';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.person_id, NEW.organization_id) = (OLD.person_id, OLD.organization_id) AND NEW.claimed_at IS NOT DISTINCT FROM OLD.claimed_at THEN
            stays := daterange(NEW.since, NEW.until);
        END IF;
    END IF;
    IF NOT said <@ stays
       AND (OLD.claimed_at IS NULL
            OR EXISTS (SELECT
                       FROM (SELECT r.talk_id, r.reviewer_id AS person_id, r.judged_at, r.judged_on FROM talk_review r
                             UNION ALL
                             SELECT t.talk_id, v.voter_id, v.judged_at, v.judged_on
                             FROM talk_vote v
                             CROSS JOIN unnest(ARRAY[v.preferred_id, v.other_id]) t (talk_id)) j
                       JOIN talk t USING (talk_id)
                       WHERE j.judged_on <@ said AND NOT j.judged_on <@ stays AND j.judged_at >= OLD.claimed_at
                         AND (OLD.person_id IN (j.person_id, t.submitter_id)
                              OR EXISTS (SELECT FROM talk_speaker k WHERE k.talk_id = t.talk_id AND k.person_id = OLD.person_id)))) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format(salon.say('affiliation %s stays as it was until today'), OLD.affiliation_id),
            DETAIL = CASE WHEN OLD.claimed_at IS NULL THEN salon.say('An administrator said it.')
                          ELSE salon.say('Reviews or votes rest on it.') END,
            HINT = format(salon.say('Where it ends now: UPDATE affiliation SET until = %L WHERE affiliation_id = %s. Other days have a row of their own; if it is wrong, an administrator corrects it.'),
                          today + 1, OLD.affiliation_id),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _affiliation_stays() IS
'Trigger of affiliation, for who may not write table step: refuses with 23514 to take back or claim anew days until today that an administrator said, or on which reviews or votes rest. SECURITY DEFINER: a member sees no reviews';

-- after affiliation_interest, by name: what another session judges is waited for
CREATE TRIGGER affiliation_stays AFTER UPDATE OR DELETE ON affiliation
    FOR EACH ROW WHEN (NOT _administers()) EXECUTE FUNCTION _affiliation_stays();

-- What a person has to do with a talk on a day.  What was judged counts whoever
-- the submitter says afterwards that it belongs to: nobody makes void a review of
-- its own talk by a row that it writes itself.
CREATE FUNCTION _talk_interest(talk_id bigint, person_id bigint, on_day date, judged_at timestamptz DEFAULT 'infinity') RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT CASE
                WHEN t.submitter_id = q.person_id THEN 'submitter'
                WHEN EXISTS (SELECT FROM talk_speaker k WHERE k.talk_id = q.talk_id AND k.person_id = q.person_id) THEN 'speaker'
                WHEN EXISTS (SELECT FROM affiliation a
                             WHERE a.person_id = q.person_id AND a.organization_id = t.organization_id
                               AND daterange(a.since, a.until) @> q.on_day AND coalesce(a.claimed_at <= q.judged_at, true)) THEN 'company'
                WHEN EXISTS (SELECT FROM affiliation a
                             JOIN affiliation b ON b.organization_id = a.organization_id AND daterange(b.since, b.until) @> q.on_day
                                                AND coalesce(b.claimed_at <= q.judged_at, true)
                             WHERE a.person_id = q.person_id AND daterange(a.since, a.until) @> q.on_day AND coalesce(a.claimed_at <= q.judged_at, true)
                               AND (b.person_id = t.submitter_id
                                    OR b.person_id IN (SELECT k.person_id FROM talk_speaker k WHERE k.talk_id = q.talk_id))) THEN 'colleague'
                END
            FROM (SELECT _talk_interest.talk_id, _talk_interest.person_id, _talk_interest.on_day, _talk_interest.judged_at) q
            JOIN talk t ON t.talk_id = q.talk_id);
END
$$;

COMMENT ON FUNCTION _talk_interest(bigint, bigint, date, timestamptz) IS
'What a person has to do with a talk on a day: submitter, speaker, company or colleague; NULL: nothing. judged_at: without the affiliations that were claimed after it';

CREATE FUNCTION _talk_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    IF (NEW.submitter_id, NEW.submitter_edition, NEW.organization_id) IS DISTINCT FROM (OLD.submitter_id, OLD.submitter_edition, OLD.organization_id) AND TG_OP = 'UPDATE' THEN
        PERFORM _talk_lock(ARRAY[OLD.talk_id]);
    END IF;
    IF TG_OP = 'INSERT' OR NEW.submitter_id IS DISTINCT FROM OLD.submitter_id THEN
        NEW.submitter_edition := _interest_edition(NEW.submitter_id);
        IF NEW.submitter_edition IS NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = format(salon.say('person %s does not exist'), coalesce(NEW.submitter_id::text, 'NULL')),
                HINT = salon.say('submitter_id must be a party of kind person.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'submitter_id', CONSTRAINT = 'talk_submitter_is_a_person';
        END IF;
    END IF;
    IF NEW.session_id IS NOT NULL AND NEW.status_code NOT IN ('accepted', 'scheduled') THEN
        IF TG_OP = 'UPDATE' AND OLD.session_id = NEW.session_id THEN
            NEW.session_id := NULL;  -- it leaves the agenda
        ELSE
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format(salon.say('talk %s is %s'), NEW.talk_id, NEW.status_code),
                HINT = salon.say('Accept it before it gets a session.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'session_id', CONSTRAINT = 'talk_in_the_agenda_is_accepted';
        END IF;
    END IF;
    IF NEW.session_id IS NULL THEN
        NEW.during := NULL;
    ELSIF TG_OP = 'INSERT' OR NEW.session_id IS DISTINCT FROM OLD.session_id THEN
        NEW.during := (SELECT s.during FROM session s WHERE s.session_id = NEW.session_id FOR KEY SHARE);
        IF NEW.during IS NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = format(salon.say('session %s does not exist'), NEW.session_id),
                HINT = salon.say('Enter the session first.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'session_id', CONSTRAINT = 'talk_follows_the_session';
        END IF;
    END IF;
    -- accepted and scheduled are told apart by the session
    IF NEW.status_code IN ('accepted', 'scheduled') AND (TG_OP = 'INSERT' OR NEW.status_code = OLD.status_code) THEN
        NEW.status_code := CASE WHEN NOT isempty(NEW.during) THEN 'scheduled' ELSE 'accepted' END;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _talk_kept() IS
'Trigger of talk: fills in the range of its session and whether it is scheduled; refuses with 23503 an unknown person or session, with 23514 a session for a talk that is not accepted. SECURITY DEFINER: who submits a talk may not write the edition of its interests';

CREATE TRIGGER talk_follows_the_event BEFORE INSERT OR UPDATE OF event_id ON talk
    FOR EACH ROW EXECUTE FUNCTION _follow('event', 'event_id', 'event_is_off=is_off');

CREATE TRIGGER talk_kept BEFORE INSERT OR UPDATE ON talk
    FOR EACH ROW EXECUTE FUNCTION _talk_kept();

-- A talk is told once: the session that it has shows its format, titles and
-- abstract, and both have the same speakers.  A session that it left shows them
-- no more; what build_agenda made for it goes, unless links or assets hang on it.
CREATE FUNCTION _talk_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    is_moved boolean := true;
    stood boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        is_moved := NEW.session_id IS DISTINCT FROM OLD.session_id;
    END IF;
    IF TG_OP <> 'INSERT' AND is_moved AND NOT EXISTS (SELECT FROM talk t WHERE t.session_id = OLD.session_id) THEN
        DELETE FROM speaker k WHERE k.session_id = OLD.session_id;
        DELETE FROM session s
        WHERE s.session_id = OLD.session_id AND s.is_placed
          AND NOT EXISTS (SELECT FROM link l WHERE l.session_id = s.session_id)
          AND NOT EXISTS (SELECT FROM asset a WHERE a.session_id = s.session_id);
        UPDATE session s
        SET title_en = NULL, title_zh = NULL, abstract = NULL,
            room_id = CASE WHEN NOT s.is_placed THEN s.room_id END,
            starts_at = CASE WHEN NOT s.is_placed THEN s.starts_at END,
            ends_at = CASE WHEN NOT s.is_placed THEN s.ends_at END
        WHERE s.session_id = OLD.session_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE session s
        SET format_code = t.format_code, title_en = t.title_en, title_zh = t.title_zh, abstract = t.abstract
        FROM talk t
        WHERE t.talk_id = NEW.talk_id AND s.session_id = t.session_id;
        IF TG_OP = 'UPDATE' AND is_moved THEN
            -- where another talk stood they are of that one, and go with it
            stood := EXISTS (SELECT FROM old_talk o WHERE o.session_id = NEW.session_id AND o.talk_id <> NEW.talk_id);
            IF stood THEN
                DELETE FROM speaker k
                WHERE k.session_id = NEW.session_id
                  AND NOT EXISTS (SELECT FROM talk_speaker x WHERE x.talk_id = NEW.talk_id AND x.person_id = k.person_id);
            END IF;
        END IF;
        IF is_moved THEN
            INSERT INTO talk_speaker (talk_id, person_id)
            SELECT NEW.talk_id, k.person_id FROM speaker k WHERE k.session_id = NEW.session_id
            ORDER BY k.speaker_id
            ON CONFLICT ON CONSTRAINT talk_speaker_talk_id_person_id_key DO NOTHING;
            INSERT INTO speaker (session_id, person_id)
            SELECT NEW.session_id, x.person_id FROM talk_speaker x WHERE x.talk_id = NEW.talk_id AND NEW.session_id IS NOT NULL
            ORDER BY x.talk_speaker_id
            ON CONFLICT ON CONSTRAINT speaker_session_id_person_id_key DO NOTHING;
        END IF;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _talk_session() IS
'Trigger of talk: its session shows its format, titles, abstract and speakers, and one that it left no more. SECURITY DEFINER: who changes or withdraws a talk may not write to the agenda';

CREATE TRIGGER talk_session_insert AFTER INSERT ON talk
    FOR EACH ROW WHEN (NEW.session_id IS NOT NULL) EXECUTE FUNCTION _talk_session();

CREATE TRIGGER talk_session_delete AFTER DELETE ON talk
    FOR EACH ROW WHEN (OLD.session_id IS NOT NULL) EXECUTE FUNCTION _talk_session();

CREATE TRIGGER talk_session AFTER UPDATE ON talk
    REFERENCING OLD TABLE AS old_talk
    FOR EACH ROW WHEN (NEW.session_id IS DISTINCT FROM OLD.session_id
        OR NEW.format_code IS DISTINCT FROM OLD.format_code
        OR NEW.title_en IS DISTINCT FROM OLD.title_en
        OR NEW.title_zh IS DISTINCT FROM OLD.title_zh
        OR NEW.abstract IS DISTINCT FROM OLD.abstract)
    EXECUTE FUNCTION _talk_session();

CREATE FUNCTION _session_talk() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    t talk;
BEGIN
    SELECT * INTO t FROM talk x WHERE x.session_id = NEW.session_id;
    IF FOUND AND (t.format_code, t.title_en, t.title_zh, t.abstract) IS DISTINCT FROM (NEW.format_code, NEW.title_en, NEW.title_zh, NEW.abstract) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format(salon.say('session %s shows talk %s'), NEW.session_id, t.talk_id),
            DETAIL = salon.say('Its format, titles and abstract are those of the talk.'),
            HINT = salon.say('Change the talk: its session shows it at once.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = 'session_shows_its_talk';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _session_talk() IS
'Trigger of session: refuses with 23514 another format, title or abstract than its talk has. SECURITY DEFINER: who plans a session may not see the talk';

CREATE TRIGGER session_talk BEFORE UPDATE OF format_code, title_en, title_zh, abstract ON session
    FOR EACH ROW EXECUTE FUNCTION _session_talk();

-- Not when the session itself goes.
CREATE FUNCTION _speaker_talk() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM talk_speaker x
        USING talk t
        JOIN session s ON s.session_id = t.session_id
        WHERE t.session_id = OLD.session_id AND x.talk_id = t.talk_id AND x.person_id = OLD.person_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO talk_speaker (talk_id, person_id)
        SELECT t.talk_id, NEW.person_id FROM talk t WHERE t.session_id = NEW.session_id
        ON CONFLICT ON CONSTRAINT talk_speaker_talk_id_person_id_key DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _speaker_talk() IS
'Trigger of speaker: who speaks in the session of a talk is a speaker of the talk. SECURITY DEFINER: who plans a session may not see what was judged of the talk';

CREATE TRIGGER speaker_talk AFTER INSERT OR DELETE ON speaker
    FOR EACH ROW EXECUTE FUNCTION _speaker_talk();
CREATE TRIGGER speaker_talk_update AFTER UPDATE ON speaker
    FOR EACH ROW WHEN ((NEW.session_id, NEW.person_id) IS DISTINCT FROM (OLD.session_id, OLD.person_id))
    EXECUTE FUNCTION _speaker_talk();

-- Who speaks where a talk stands makes it a new edition, whether it is entered
-- at the talk or at its session.
CREATE FUNCTION _talk_turn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    talks bigint[] := CASE WHEN salon._table_name(TG_TABLE_NAME) = 'talk_speaker' THEN ARRAY[(to_jsonb(NEW) ->> 'talk_id')::bigint]
                           ELSE ARRAY(SELECT t.talk_id FROM talk t WHERE t.session_id = (to_jsonb(NEW) ->> 'session_id')::bigint) END;
BEGIN
    IF cardinality(talks) > 0 THEN
        PERFORM _talk_lock(talks);
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _talk_turn() IS
'Trigger of talk_speaker and speaker: locks the talk first. SECURITY DEFINER: who plans a session may not see its talk';

-- their names come before those that lock what else the row is of
CREATE TRIGGER talk_speaker_after_its_talk BEFORE INSERT OR UPDATE OF talk_id, person_id ON talk_speaker
    FOR EACH ROW EXECUTE FUNCTION _talk_turn();
CREATE TRIGGER speaker_after_its_talk BEFORE INSERT OR UPDATE OF session_id, person_id ON speaker
    FOR EACH ROW EXECUTE FUNCTION _talk_turn();

CREATE FUNCTION _talk_speaker_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.person_id IS DISTINCT FROM OLD.person_id THEN
        NEW.person_edition := _interest_edition(NEW.person_id);
        IF NEW.person_edition IS NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = format(salon.say('person %s does not exist'), coalesce(NEW.person_id::text, 'NULL')),
                HINT = salon.say('person_id must be a party of kind person.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'person_id', CONSTRAINT = 'talk_speaker_is_a_person';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _talk_speaker_kept() IS
'Trigger of talk_speaker: fills in the edition of the person; refuses with 23503 an unknown one. SECURITY DEFINER: nobody writes by hand the editions of interests';

CREATE TRIGGER talk_speaker_kept BEFORE INSERT OR UPDATE OF person_id ON talk_speaker
    FOR EACH ROW EXECUTE FUNCTION _talk_speaker_kept();

-- A talk whose submitter, company or speakers change, or the affiliations of
-- these, has a new edition, and all that was judged of it is looked at again.
-- It is given by a statement of its own, which is over once reviews and votes
-- have followed: two new editions at a time would lose them.
CREATE FUNCTION _talk_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    UPDATE talk t SET edition = t.edition + 1 WHERE t.talk_id = NEW.talk_id;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _talk_changed() IS
'Trigger of talk: gives it a new edition when its submitter or company changes. SECURITY DEFINER: who changes a talk may not see what was judged of it';

CREATE TRIGGER talk_changed AFTER UPDATE ON talk
    FOR EACH ROW WHEN (NEW.submitter_id <> OLD.submitter_id OR NEW.submitter_edition <> OLD.submitter_edition
                       OR NEW.organization_id IS DISTINCT FROM OLD.organization_id)
    EXECUTE FUNCTION _talk_changed();

CREATE FUNCTION _talk_speaker_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE talk SET edition = edition + 1;
        RETURN NULL;
    END IF;
    PERFORM _talk_lock(ARRAY[OLD.talk_id, NEW.talk_id]);
    UPDATE talk t SET edition = t.edition + 1 WHERE t.talk_id IN (OLD.talk_id, NEW.talk_id);
    IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR (NEW.talk_id, NEW.person_id) IS DISTINCT FROM (OLD.talk_id, OLD.person_id)) THEN
        DELETE FROM speaker k USING talk t
        WHERE t.talk_id = OLD.talk_id AND k.session_id = t.session_id AND k.person_id = OLD.person_id;
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND (NEW.talk_id, NEW.person_id) IS DISTINCT FROM (OLD.talk_id, OLD.person_id)) THEN
        INSERT INTO speaker (session_id, person_id)
        SELECT t.session_id, NEW.person_id FROM talk t WHERE t.talk_id = NEW.talk_id AND t.session_id IS NOT NULL
        ON CONFLICT ON CONSTRAINT speaker_session_id_person_id_key DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _talk_speaker_changed() IS
'Trigger of talk_speaker: the talk has a new edition, and its session the same speakers. SECURITY DEFINER: who changes speakers may not see what was judged of the talk';

CREATE TRIGGER talk_speaker_changed AFTER INSERT OR UPDATE OR DELETE ON talk_speaker
    FOR EACH ROW EXECUTE FUNCTION _talk_speaker_changed();

CREATE TRIGGER talk_speaker_truncated AFTER TRUNCATE ON talk_speaker
    FOR EACH STATEMENT EXECUTE FUNCTION _talk_speaker_changed();

CREATE FUNCTION _talk_refuse(talk_id bigint, person_id bigint, void_code text, judgement text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation',
        MESSAGE = format(salon.say('party %s cannot judge talk %s'), _talk_refuse.person_id, _talk_refuse.talk_id),
        DETAIL = format(salon.say('%s %s.'), party_label(_talk_refuse.person_id),
                        CASE _talk_refuse.void_code
                            WHEN 'submitter' THEN salon.say('submitted it')
                            WHEN 'speaker' THEN salon.say('speaks in it')
                            WHEN 'company' THEN salon.say('belongs to the company whose talk it is')
                            ELSE salon.say('belongs to a company of its speakers or of its submitter') END),
        HINT = salon.say('Nobody judges a talk of their own or of their company: SELECT * FROM talk_interest shows who cannot.'),
        TABLE = judgement, CONSTRAINT = judgement || '_has_no_interest';
END
$$;

COMMENT ON FUNCTION _talk_refuse(bigint, bigint, text, text) IS
'Refuses with 23514 a review or vote of somebody who has an interest in the talk';

-- Refused when it is entered; void when an interest comes up afterwards, for a
-- true affiliation or speaker must be enterable; and it counts again when that
-- turns out to be wrong.
CREATE FUNCTION _talk_review_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    is_judged boolean := TG_OP = 'INSERT';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- a remark that is only taken away is no judgement
        is_judged := (NEW.talk_id, NEW.reviewer_id, NEW.score, coalesce(NEW.remark, OLD.remark), NEW.judged_at, NEW.judged_on)
                     IS DISTINCT FROM (OLD.talk_id, _party_now(OLD.reviewer_id), OLD.score, OLD.remark, OLD.judged_at, OLD.judged_on);
        IF NEW.reviewer_id <> OLD.reviewer_id AND NOT is_judged THEN
            NEW.reviewer_edition := _interest_edition(NEW.reviewer_id);
        END IF;
    END IF;
    IF is_judged THEN
        SELECT t.event_id, t.edition INTO NEW.event_id, NEW.talk_edition
        FROM talk t WHERE t.talk_id = NEW.talk_id
        FOR KEY SHARE;
        NEW.reviewer_edition := _interest_edition(NEW.reviewer_id);
        IF NEW.reviewer_edition IS NULL OR NEW.event_id IS NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = CASE WHEN NEW.reviewer_edition IS NULL THEN format(salon.say('person %s does not exist'), coalesce(NEW.reviewer_id::text, 'NULL'))
                               ELSE format(salon.say('talk %s does not exist'), coalesce(NEW.talk_id::text, 'NULL')) END,
                HINT = salon.say('talk_id must be a talk, reviewer_id a party of kind person.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                CONSTRAINT = CASE WHEN NEW.reviewer_edition IS NULL THEN 'talk_review_is_by_a_person' ELSE 'talk_review_follows_the_talk' END;
        END IF;
        NEW.judged_at := now();
        NEW.judged_on := (now() AT TIME ZONE (SELECT s.time_zone FROM space s))::date;
    END IF;
    NEW.void_code := _talk_interest(NEW.talk_id, NEW.reviewer_id, NEW.judged_on, CASE WHEN is_judged THEN 'infinity' ELSE NEW.judged_at END);
    IF is_judged AND NEW.void_code IS NOT NULL THEN
        PERFORM _talk_refuse(NEW.talk_id, NEW.reviewer_id, NEW.void_code, 'talk_review');
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _talk_review_kept() IS
'Trigger of talk_review: refuses with 23514 a review of somebody who has an interest in the talk; makes one void when an interest comes up afterwards. SECURITY DEFINER: an interest may be one that the reviewer does not see';

-- Of a talk that the user does not see nothing is told.
CREATE FUNCTION _talk_asked() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    hidden bigint := (SELECT n.value::bigint
                      FROM jsonb_each_text(to_jsonb(NEW)) n
                      WHERE n.key IN ('talk_id', 'preferred_id', 'other_id') AND n.value IS NOT NULL
                        AND NOT EXISTS (SELECT FROM talk t WHERE t.talk_id = n.value::bigint)
                      ORDER BY n.key DESC LIMIT 1);
BEGIN
    IF hidden IS NOT NULL AND row_security_active('talk'::regclass) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('talk %s does not exist'), hidden),
            HINT = salon.say('Choose a talk of an event that you organize.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _talk_asked() IS
'Trigger of talk_review and talk_vote: refuses with 23503 a talk that the user does not see';

CREATE TRIGGER talk_review_asked BEFORE INSERT OR UPDATE OF talk_id ON talk_review
    FOR EACH ROW EXECUTE FUNCTION _talk_asked();
CREATE TRIGGER talk_vote_asked BEFORE INSERT OR UPDATE OF preferred_id, other_id ON talk_vote
    FOR EACH ROW EXECUTE FUNCTION _talk_asked();

CREATE TRIGGER talk_review_kept BEFORE INSERT OR UPDATE ON talk_review
    FOR EACH ROW EXECUTE FUNCTION _talk_review_kept();

CREATE FUNCTION _talk_vote_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    is_judged boolean := TG_OP = 'INSERT';
    other_event bigint;
    talk_void text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        is_judged := (NEW.preferred_id, NEW.other_id, NEW.voter_id, NEW.judged_at, NEW.judged_on)
                     IS DISTINCT FROM (OLD.preferred_id, OLD.other_id, _party_now(OLD.voter_id), OLD.judged_at, OLD.judged_on);
        IF NEW.voter_id <> OLD.voter_id AND NOT is_judged THEN
            NEW.voter_edition := _interest_edition(NEW.voter_id);
        END IF;
    END IF;
    IF is_judged THEN
        PERFORM FROM talk t WHERE t.talk_id IN (NEW.preferred_id, NEW.other_id) ORDER BY t.talk_id FOR KEY SHARE;
        NEW.voter_edition := _interest_edition(NEW.voter_id);
        SELECT t.event_id, t.edition INTO NEW.event_id, NEW.preferred_edition FROM talk t WHERE t.talk_id = NEW.preferred_id;
        SELECT t.event_id, t.edition INTO other_event, NEW.other_edition FROM talk t WHERE t.talk_id = NEW.other_id;
        IF NEW.voter_edition IS NULL OR NEW.event_id IS NULL OR other_event IS NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = CASE WHEN NEW.voter_edition IS NULL THEN format(salon.say('person %s does not exist'), coalesce(NEW.voter_id::text, 'NULL'))
                               ELSE format(salon.say('talk %s does not exist'),
                                           coalesce(CASE WHEN NEW.event_id IS NULL THEN NEW.preferred_id ELSE NEW.other_id END::text, 'NULL')) END,
                HINT = salon.say('preferred_id and other_id must be talks, voter_id a party of kind person.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                CONSTRAINT = CASE WHEN NEW.voter_edition IS NULL THEN 'talk_vote_is_by_a_person'
                                  WHEN NEW.event_id IS NULL THEN 'talk_vote_follows_the_preferred' ELSE 'talk_vote_follows_the_other' END;
        END IF;
        IF other_event <> NEW.event_id THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format(salon.say('talks %s and %s belong to different events'), NEW.preferred_id, NEW.other_id),
                HINT = salon.say('Vote on two talks of one event.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'other_id', CONSTRAINT = 'talk_vote_follows_the_other';
        END IF;
        NEW.judged_at := now();
        NEW.judged_on := (now() AT TIME ZONE (SELECT s.time_zone FROM space s))::date;
    END IF;
    NEW.void_code := _talk_interest(NEW.preferred_id, NEW.voter_id, NEW.judged_on, CASE WHEN is_judged THEN 'infinity' ELSE NEW.judged_at END);
    talk_void := _talk_interest(NEW.other_id, NEW.voter_id, NEW.judged_on, CASE WHEN is_judged THEN 'infinity' ELSE NEW.judged_at END);
    IF is_judged AND coalesce(NEW.void_code, talk_void) IS NOT NULL THEN
        PERFORM _talk_refuse(CASE WHEN NEW.void_code IS NULL THEN NEW.other_id ELSE NEW.preferred_id END,
                             NEW.voter_id, coalesce(NEW.void_code, talk_void), 'talk_vote');
    END IF;
    NEW.void_code := coalesce(NEW.void_code, talk_void);
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _talk_vote_kept() IS
'Trigger of talk_vote: refuses with 23514 a vote of somebody who has an interest in one of the talks; makes one void when an interest comes up afterwards. SECURITY DEFINER: an interest may be one that the voter does not see';

CREATE TRIGGER talk_vote_kept BEFORE INSERT OR UPDATE ON talk_vote
    FOR EACH ROW EXECUTE FUNCTION _talk_vote_kept();

CREATE FUNCTION _talk_interest_label(void_code text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE void_code
    WHEN 'submitter' THEN salon.label('submitted it', '是提交人')
    WHEN 'speaker' THEN salon.label('speaks in it', '是讲师')
    WHEN 'company' THEN salon.label('belongs to its company', '属于该议题的企业')
    WHEN 'colleague' THEN salon.label('belongs to a company of its speakers or submitter', '与讲师或提交人同属一家企业')
END;

COMMENT ON FUNCTION _talk_interest_label(text) IS 'Label of an interest in a talk';

CREATE VIEW talk_interest WITH (security_invoker) AS
SELECT t.event_id, t.talk_id, salon.label(t.title_en, t.title_zh) AS title,
       c.person_id, party_label(c.person_id) AS person, i.interest_code,
       _talk_interest_label(i.interest_code) AS interest,
       event_label(t.event_id) AS event, event_date(t.event_id) AS held_on
FROM talk t
CROSS JOIN LATERAL (
    SELECT t.submitter_id AS person_id
    UNION
    SELECT k.person_id FROM talk_speaker k WHERE k.talk_id = t.talk_id
    UNION
    SELECT a.person_id FROM affiliation a WHERE a.organization_id = t.organization_id
    UNION
    SELECT a.person_id
    FROM affiliation b
    JOIN affiliation a USING (organization_id)
    WHERE b.person_id = t.submitter_id OR b.person_id IN (SELECT k.person_id FROM talk_speaker k WHERE k.talk_id = t.talk_id)) c
CROSS JOIN LATERAL (
    SELECT _talk_interest(t.talk_id, c.person_id, (now() AT TIME ZONE (SELECT s.time_zone FROM space s))::date) AS interest_code) i
WHERE i.interest_code IS NOT NULL;

COMMENT ON VIEW talk_interest IS 'Who cannot judge which talk today, and why / 需回避的人';
COMMENT ON COLUMN talk_interest.title IS 'Title of the talk';
COMMENT ON COLUMN talk_interest.person_id IS 'Who cannot judge it';
COMMENT ON COLUMN talk_interest.interest_code IS 'submitter, speaker, company or colleague';

CREATE VIEW talk_judgement WITH (security_invoker) AS
SELECT r.event_id, 'review' AS kind, r.talk_review_id AS judgement_id, r.talk_id, NULL::bigint AS other_id,
       r.reviewer_id AS person_id, party_label(r.reviewer_id) AS person, r.score::bigint AS score, r.remark, r.judged_at,
       r.void_code IS NULL AS counts, _talk_interest_label(r.void_code) AS void_reason,
       event_label(r.event_id) AS event, event_date(r.event_id) AS held_on
FROM talk_review r
UNION ALL
SELECT v.event_id, 'vote', v.talk_vote_id, v.preferred_id, v.other_id,
       v.voter_id, party_label(v.voter_id), NULL, NULL, v.judged_at, v.void_code IS NULL, _talk_interest_label(v.void_code),
       event_label(v.event_id) AS event, event_date(v.event_id) AS held_on
FROM talk_vote v;

COMMENT ON VIEW talk_judgement IS 'Reviews and votes on talks, and which do not count because an interest came up afterwards / 评审与投票';
COMMENT ON COLUMN talk_judgement.kind IS 'review or vote';
COMMENT ON COLUMN talk_judgement.judgement_id IS 'Key of the review or vote';
COMMENT ON COLUMN talk_judgement.talk_id IS 'The talk reviewed, or preferred';
COMMENT ON COLUMN talk_judgement.other_id IS 'The talk that it is preferred to; NULL: a review';
COMMENT ON COLUMN talk_judgement.person_id IS 'Who judged';
COMMENT ON COLUMN talk_judgement.person IS 'Label of who judged';
COMMENT ON COLUMN talk_judgement.score IS 'Score of a review';
COMMENT ON COLUMN talk_judgement.remark IS 'Remark of a review';
COMMENT ON COLUMN talk_judgement.judged_at IS 'When';
COMMENT ON COLUMN talk_judgement.counts IS 'Whether it counts';
COMMENT ON COLUMN talk_judgement.void_reason IS 'Why it does not count; NULL: it does';

-- One more win and loss for each talk against a talk in the middle keeps the
-- strength of one that always won finite.
CREATE VIEW talk_ranking WITH (security_invoker) AS
SELECT t.event_id, t.talk_id, salon.label(t.title_en, t.title_zh) AS title, _status_at(t.event_is_off, t.status_code) AS status_code,
       r.reviews, r.mean_score,
       CASE WHEN r.mean_score IS NOT NULL THEN rank() OVER (PARTITION BY t.event_id ORDER BY r.mean_score DESC NULLS LAST) END AS score_rank,
       coalesce(b.won, 0)::bigint AS won, coalesce(b.lost, 0)::bigint AS lost,
       round(b.strength::numeric, 3) AS strength, round(b.standard_error::numeric, 3) AS standard_error,
       CASE WHEN b.strength IS NOT NULL
            THEN rank() OVER (PARTITION BY t.event_id ORDER BY round(b.strength::numeric, 9) DESC NULLS LAST) END AS vote_rank,
       round((1 / (1 + exp(-b.strength)))::numeric, 3) AS vote_share,
       event_label(t.event_id) AS event, event_date(t.event_id) AS held_on
FROM talk t
CROSS JOIN LATERAL (
    SELECT count(*) AS reviews, round(avg(r.score), 3) AS mean_score
    FROM talk_review r
    WHERE r.talk_id = t.talk_id AND r.void_code IS NULL) r
LEFT JOIN (
    SELECT v.event_id, x.party, x.strength, x.standard_error, x.won, x.lost
    FROM (SELECT v.event_id, array_agg(v.preferred_id ORDER BY v.talk_vote_id) AS preferred, array_agg(v.other_id ORDER BY v.talk_vote_id) AS other
          FROM talk_vote v
          WHERE v.void_code IS NULL
          GROUP BY v.event_id) v
    CROSS JOIN LATERAL salon.bradley_terry(v.preferred, v.other, prior => 1) x) b ON b.event_id = t.event_id AND b.party = t.talk_id;

COMMENT ON VIEW talk_ranking IS 'Talks of each event by the scores of reviews and by votes; only what counts, and NULL: not reviewed, no vote / 议题排名';
COMMENT ON COLUMN talk_ranking.title IS 'Title of the talk';
COMMENT ON COLUMN talk_ranking.status_code IS 'Status of the talk; event_cancelled where the event is';
COMMENT ON COLUMN talk_ranking.reviews IS 'Reviews that count';
COMMENT ON COLUMN talk_ranking.mean_score IS 'Mean of their scores; NULL: not reviewed';
COMMENT ON COLUMN talk_ranking.score_rank IS 'Rank by mean score; NULL: not reviewed';
COMMENT ON COLUMN talk_ranking.won IS 'Votes that prefer it';
COMMENT ON COLUMN talk_ranking.lost IS 'Votes that prefer another';
COMMENT ON COLUMN talk_ranking.strength IS 'Strength by the Bradley-Terry model, with one win and one loss added for each talk; NULL: no vote';
COMMENT ON COLUMN talk_ranking.standard_error IS 'Standard error of the strength';
COMMENT ON COLUMN talk_ranking.vote_rank IS 'Rank by strength; NULL: no vote';
COMMENT ON COLUMN talk_ranking.vote_share IS 'Chance to be preferred to a talk of strength 0; NULL: no vote';

CREATE VIEW talk_list WITH (security_invoker) AS
SELECT t.event_id, event_label(t.event_id) AS event, t.talk_id, salon.label(t.title_en, t.title_zh) AS title,
       c.status_code, _status_label('talk', c.status_code) AS status,
       t.format_code, salon.label(f.name_en, f.name_zh, f.format_code) AS format, t.minutes::bigint AS minutes,
       t.organization_id, party_label(t.organization_id) AS organization,
       (SELECT string_agg(party_label(k.person_id), salon.say(', ') ORDER BY k.talk_speaker_id)
        FROM talk_speaker k WHERE k.talk_id = t.talk_id) AS speakers,
       t.session_id, s.room_id, (SELECT r.name FROM room r WHERE r.room_id = s.room_id) AS room, s.starts_at, s.ends_at, s.is_placed,
       event_date(t.event_id) AS held_on, t.submitted_at
FROM talk t
JOIN session_format f USING (format_code)
CROSS JOIN LATERAL (SELECT _status_at(t.event_is_off, t.status_code) AS status_code) c
LEFT JOIN session s ON s.session_id = t.session_id;

COMMENT ON VIEW talk_list IS 'Talks of each event: what, who, how far, and where it stands in the agenda (C12, C16) / 议题列表';
COMMENT ON COLUMN talk_list.title IS 'Title';
COMMENT ON COLUMN talk_list.status_code IS 'Status; event_cancelled where the event is';
COMMENT ON COLUMN talk_list.format_code IS 'Format';
COMMENT ON COLUMN talk_list.submitted_at IS 'When it was submitted';
COMMENT ON COLUMN talk_list.minutes IS 'Length that it needs; NULL: that of its format';
COMMENT ON COLUMN talk_list.organization_id IS 'Company whose talk it is';
COMMENT ON COLUMN talk_list.organization IS 'Label of the company';
COMMENT ON COLUMN talk_list.speakers IS 'Labels of its speakers; NULL: none yet';
COMMENT ON COLUMN talk_list.session_id IS 'Its session; NULL: none yet';
COMMENT ON COLUMN talk_list.room_id IS 'Room of the session';
COMMENT ON COLUMN talk_list.room IS 'Name of the room';
COMMENT ON COLUMN talk_list.starts_at IS 'Start of the session';
COMMENT ON COLUMN talk_list.ends_at IS 'End of the session';
COMMENT ON COLUMN talk_list.is_placed IS 'Whether build_agenda put it there and may move it';
