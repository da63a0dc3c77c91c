"""What faults and hostile stand on: a server of their own, the space club of the
demo with what ground.sql adds, and a call of each function that it has."""
import atexit
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import psycopg2

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(TOP, "test", "bench"))
import page  # noqa: E402,F401

LEVELS = ("host", "organizer", "member", "visitor", "form", "web")  # the first owns the space

# What the server's log never says: internal errors, crashes, what was left open.
NEVER = re.compile(r" XX00[012] (ERROR|FATAL|PANIC): |TRAP:|PANIC:|was terminated by signal|WARNING:.*(leak|detected write past|problem in alloc set|still active)")


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers are removed


class Server:
    """A throwaway server; like: with the data of another one that is stopped."""

    def __init__(self, name, like=None, environment=None, **settings):
        self.folder = tempfile.mkdtemp(prefix=name + ".", dir="/tmp")
        self.data = os.path.join(self.folder, "data")
        self.log = os.path.join(self.folder, "log")
        self.environment = dict(os.environ, PGHOST=self.folder, PGPORT="5432", PGUSER="postgres", **environment or {})
        self.settings = dict(listen_addresses="", unix_socket_directories=self.folder, port=5432, fsync="off", log_line_prefix="%m [%p] %e ", jit="off", log_min_messages="warning", **settings)
        if like:
            shutil.copytree(like.data, self.data)
            self.keys = like.keys
        else:
            subprocess.run(["initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", self.data], check=True, stdout=subprocess.DEVNULL, env=self.environment)
        with open(os.path.join(self.data, "postgresql.conf"), "a") as conf:
            conf.writelines("%s = '%s'\n" % setting for setting in self.settings.items())
        self.start()
        atexit.register(self.remove)

    def start(self):
        subprocess.run(["pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "120", "start"], check=True, stdout=subprocess.DEVNULL, env=self.environment)

    def stop(self, mode="fast"):
        subprocess.run(["pg_ctl", "-D", self.data, "-w", "-t", "120", "-m", mode, "stop"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment)

    def again(self, **settings):
        """Start anew with other settings; sessions end."""
        self.stop()
        with open(os.path.join(self.data, "postgresql.conf"), "a") as conf:
            conf.writelines("%s = '%s'\n" % setting for setting in settings.items())
        self.start()

    def pid(self):
        with open(os.path.join(self.data, "postmaster.pid")) as file:
            return int(file.readline())

    def remove(self):
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self, database="club", user="postgres", autocommit=True, **more):
        connection = psycopg2.connect(host=self.folder, port=5432, user=user, dbname=database, **more)
        connection.autocommit = autocommit
        return connection

    def psql(self, *arguments, user="postgres"):
        done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(self.environment, PGUSER=user), universal_newlines=True, check=False)
        if done.returncode:
            raise SystemExit("psql %s: %s" % (" ".join(arguments), done.stderr[-2000:]))
        return done.stdout

    def ground(self):
        """Database club, of its own owner: the demo and ground.sql.  Returns the keys for calls."""
        self.psql("-d", "postgres", "-c", "CREATE ROLE host LOGIN", "-c", "CREATE DATABASE club OWNER host")
        self.psql("-d", "club", "-c", "CREATE EXTENSION salon", user="host")
        self.psql("-d", "postgres", "-c", "ALTER ROLE host SUPERUSER")  # the demo makes roles, and is them
        for file in sorted(glob.glob(os.path.join(TOP, "demo", "[0-9]*_*.sql"))):
            self.psql("-d", "club", "-f", file, user="host")
        self.psql("-d", "postgres", "-c", "ALTER ROLE host NOSUPERUSER")
        return self.add()

    def add(self):
        """What ground.sql adds to the demo, and a role of each level."""
        self.psql("-d", "postgres", *(x for level in LEVELS[1:] for x in ("-c", "CREATE ROLE %s LOGIN" % level)))
        self.keys = json.loads(self.psql("-d", "club", "-f", os.path.join(TOP, "test", "long", "ground.sql"), user="host"))
        for level, access in zip(LEVELS[1:], ("organizer', {host}", "member', {company}", "visitor'", "form'", "application'")):
            self.psql("-d", "club", "-c", "SELECT salon.grant_access('club', '%s', '%s)" % (level, access.format(**self.keys)), user="host")
        self.psql("-d", "club", "-c", "SET session_replication_role = replica", "-c", "UPDATE club.history SET at = at - interval '2 years' WHERE history_id <= 20", "-c", "ANALYZE")
        return self.keys

    def says(self):
        """Lines of the log that should not be there."""
        with open(self.log, errors="replace") as file:
            return [line.rstrip() for line in file if NEVER.search(line)]


class Tap:
    """Prints TAP; what failed says why."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def ok(self, good, title, why=()):
        self.number += 1
        self.failed += not good
        print("%sok %d - %s" % ("" if good else "not ", self.number, title), flush=True)
        if not good:
            for line in list(why)[:40]:
                print("# " + str(line).replace("\n", "\n# "), flush=True)
        return good

    def done(self):
        print("1..%d" % self.number)
        sys.exit(self.failed > 0)


# A sensible call of each function that a community calls: its arguments, with the
# keys that ground.sql prints; and what is to be done before it.
CALLS = {
    "enter_team": dict(event_id="{hackathon}", name="'new team'", captain_id="{newcomer}"),
    "submit_work": dict(team_id="{team}", url="'https://example.org/next'"),
    "assign_judges": dict(hackathon_round_id="{round}", judges_per_work="1"),
    "advance_round": dict(hackathon_round_id="{round}"),
    "next_pair": dict(hackathon_round_id="{round}", judge_id="{judge}"),
    "pay_award": dict(award_winner_id="{winner}", evidence="'seen'"),
    "credit_hackathon": dict(event_id="{hackathon}"),
    "lapse_agreements": {},
    "deliver": dict(agreement_id="{agreement}", evidence="'seen'", basis="'measured'"),
    "give": dict(giver_id="{company}", event_id="{event}", resource_code="'tea'", quantity="2"),
    "agree_ring": dict(givers="ARRAY[{company}, {host}]", takers="ARRAY[{host}, {company}]", resources="ARRAY['poster_making', 'dinner']", event_id="{event}"),
    "fill_duties": dict(event_id="{event}", to_maximum="true"),
    "accept_duties": dict(event_id="{event}"),
    "make_slots": dict(event_id="{event}"),
    "build_agenda": dict(event_id="{event}"),
    "cancel_registration": dict(registration_id="{leaver}"),
    "move_up": dict(event_id="{event}"),
    "check_in": dict(registration_id="{registered}", check_code="'ticket'"),
    "book": dict(session_id="{session}", registration_id="{registered}"),
    "cancel_booking": dict(session_id="{session}", registration_id="{passed}", seats="1"),
    "check_answers": dict(survey_id="{survey}", answers="""'[{{"respondent": "a"}}]'"""),
    "import_answers": dict(survey_id="{survey}", answers="""(SELECT jsonb_agg(jsonb_build_object('respondent', n, q.question_code, 4)) FROM generate_series(1, 20) n, club.question q WHERE q.survey_id = {survey} AND q.kind = 'scale')"""),
    "answer_registration": dict(registration_id="{registered}", answers="""'{{"years": 3, "shirt": "s"}}'"""),
    "register": dict(event_id="{event}", name="'Zoe'", contact_kind="'email'", contact="'zoe@example.org'", answers="""'{{"years": 3}}'"""),
    "waive": dict(event_id="{event}", item_code="'C5'", reason="'not needed'"),
    "add_template": dict(event_id="{event}", template_code="'health_codes'"),
    "plan_event": dict(name_en="'planned'", name_zh="'zh'", starts_at="'2034-05-10 14:00+08'", ends_at="'2034-05-10 18:00+08'", host_id="{host}", venue_id="{venue}", series_id="{series}", planned_on_site="40"),
    "propose": dict(event_id="{event}"),
    "copy_template": dict(from_code="'salon'", to_code="'other'", name_en="'Other'"),
    "plan_season": dict(series_id="{series}", from_date="'2034-03-01'", to_date="'2034-08-31'"),
    "accept_season": dict(season_id="{season}"),
    "verify_certificate": dict(number="'{unknown}'"),
    "revise_question": dict(exam_question_id="{question}"),
    "draw_paper": dict(certification_level_id="{level}", person_id="{person}"),
    "draw_papers": dict(certification_level_id="{level}", persons="ARRAY[{person}, {person}]::bigint[]"),
    "submit_attempts": {},
    "swap_turn": dict(turn_id="{turn}", other_turn_id="{other_turn}"),
    "import_parties": dict(parties="""(SELECT jsonb_agg(jsonb_build_object('external_id', n, 'kind', 'person', 'name_en', 'n' || n, 'email', n || '@example.org', 'organization', 'o1')) FROM generate_series(1, 20) n)"""),
    "import_registrations": dict(event_id="{event}", registrations="""(SELECT jsonb_agg(jsonb_build_object('external_id', n, 'side', 'on_site', 'seats', 1, 'name', 'n' || n, 'party', CASE n WHEN 1 THEN 'p1' END)) FROM generate_series(1, 20) n)"""),
    "import_schedule": dict(event_id="{event}", schedule="""'[{{"external_id": "a", "format": "mini_talk", "title_en": "a", "starts_at": "2031-05-10 10:00", "ends_at": "2031-05-10 10:30", "speakers": "p1"}}]'"""),
    "copy_event": dict(event_id="{event}", starts_at="'2034-09-10 14:00+08'", agenda="'all'", with_parties="true", with_holders="true"),
    "move_event": dict(event_id="{event}", starts_at="'2034-09-11 14:00+08'"),
    "merge_party": dict(keep_id="{host}", gone_id="{double}"),
    "purge_history": {},
    "forget": dict(party_id="{person}"),
    "party_label": dict(party_id="{host}"),
    "barter_round": {},
    "agree_round": {},
    "ring_wish": {},
    "introductions": dict(party_id="{person}", resource_code="'venue'"),
    "offer_round": dict(intake_id="{intake}"),
    "prove_internship": dict(person_id="{person}", organization_id="{company}"),
    "hear": dict(event_id="{event}", party_id="{company}", offers="'student:3'", asks="'job:2'"),
    "year_review": dict(year="2031"),
    "year_plan": dict(year="2034"),
    "my_level": {},
    "my_parties": {},
    "event_label": dict(event_id="{event}"),
    "event_date": dict(event_id="{event}"),
    "session_label": dict(session_id="{session}"),
    "season_entitlement": dict(benefits="'talk_slot:3'", series_id="{series}", since="'2020-01-01'", until="'2040-01-01'"),
    "survey_label": dict(survey_id="{survey}"),
    "segment_label": dict(segment_id="1"),
    "channel_label": dict(channel_id="1"),
    "busiest_window": dict(event_id="3", length="'4 hours'"),
    "index_lift": dict(event_id="3", days="7"),
    "resource_label": dict(resource_code="'venue'"),
    "critical_path": dict(event_id="{event}", at="'2026-01-01'"),
    "check_parties": dict(parties="""'[{{"external_id": "x"}}]'"""),
    "check_registrations": dict(event_id="{event}", registrations="""'[{{"external_id": "x"}}]'"""),
    "check_schedule": dict(event_id="{event}", schedule="""'[{{"external_id": "x"}}]'"""),
    "sheet_registrations": dict(event_id="{event}", sheet="""'[{{"Order code": "A", "Positionid": "1", "Attendee name": "Ann", "Years?": "3", "x": null}}]'"""),
    "sheet_answers": dict(survey_id="{survey}", sheet="""(SELECT jsonb_agg(jsonb_build_object('respondent', n, q.text_en, 4, 'x', 'y')) FROM generate_series(1, 3) n, club.question q WHERE q.survey_id = {survey} AND q.kind = 'scale')"""),
    "paper_shortage": dict(certification_level_id="{level}"),
    "blueprint_label": dict(blueprint_id="{blueprint}"),
    "certification_level_label": dict(certification_level_id="{level}"),
    "item_statistic": dict(subjects="ARRAY[1, 1, 2, 2]::bigint[]", items="ARRAY[1, 2, 1, 2]::bigint[]", scores="ARRAY[0, 1, 1, 1]::float8[]"),
    "reliability": dict(subjects="ARRAY[1, 1, 2, 2]::bigint[]", items="ARRAY[1, 2, 1, 2]::bigint[]", scores="ARRAY[0, 1, 1, 1]::float8[]"),
    "brief": dict(event_id="{event}"),
    "brief_html": dict(event_id="{event}"),
    "brief_markdown": dict(event_id="{event}"),
    "attendee_page": dict(event_id="{event}"),
    "attendee_html": dict(event_id="{event}"),
    "organizer_page": dict(event_id="{event}"),
    "organizer_html": dict(event_id="{event}"),
    "poster_svg": dict(event_id="{event}"),
    "logo_wall_svg": dict(placement_code="'stage'"),
    "timeline_svg": dict(event_id="{event}", at="'2026-01-01'"),
    "exchange_svg": dict(event_id="{event}"),
    "exposure_svg": dict(event_id="{past}"),
    "city_svg": {},
    "recap_svg": dict(event_id="{past}"),
    "link_qr": dict(link_id="{link}"),
    "ticket_qr": dict(code="'{ticket}'", page="'https://example.org/ticket/'"),
    "certificate_qr": dict(number="'{number}'", page="'https://example.org/certificate/'"),
    "open_badge": dict(number="'{number}'", version="'2.0'", page="'https://example.org/certificate/'"),
    "icalendar": dict(event_id="{event}", detail="'all'"),
    "icalendar_feed": dict(series_id="{series}", speaker_id="{company}", since="'2020-01-01'", detail="'all'"),
    "icalendar_todo": dict(event_id="{event}", party_id="{host}"),
    "json_ld": dict(event_id="{event}"),
    "schedule_json": dict(event_id="{event}"),
    "schedule_xml": dict(event_id="{event}"),
}
BEFORE = {
    "accept_duties": "fill_duties({event})",
    "build_agenda": "make_slots({event})",
}


def call(name, arguments):
    return "%s(%s)" % (name, ", ".join("%s => %s" % argument for argument in arguments.items()))
