# Access with real sessions: attacks that need a login or a committed row, COPY,
# cursors; and forget, after which a dump has not a word of the person.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('access');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->start;
$node->safe_psql('postgres', q{
	CREATE ROLE owner LOGIN;
	CREATE ROLE visitor LOGIN;
	CREATE ROLE member LOGIN;
	CREATE ROLE organizer LOGIN;
	CREATE ROLE administrator LOGIN;
	CREATE ROLE application LOGIN NOINHERIT;
	GRANT visitor, member, organizer, administrator TO application;
	CREATE DATABASE db OWNER owner});

# What a role says and hears in a session of its own.
sub as
{
	my ($role, $sql) = @_;
	my ($status, $stdout, $stderr) =
	  $node->psql('db', "SET search_path = club, salon;\n\\set VERBOSITY terse\n$sql", extra_params => [ '-U', $role ], on_error_stop => 0);
	return join("\n", grep { $_ ne '' } $stdout, map { s/^psql:<stdin>:\d+: //r } split /\n/, $stderr);
}

as('owner', q{
	CREATE EXTENSION salon;
	SELECT salon.create_space('club');
	INSERT INTO party (kind, name_en) VALUES ('organization', 'company A'), ('organization', 'company B'), ('person', 'speaker 1');
	SELECT plan_event('Open', starts_at => '2031-01-05 14:00+08', ends_at => '2031-01-05 17:00+08', host_id => 1);
	SELECT plan_event('HIDDEN', starts_at => '2031-02-05 14:00+08', ends_at => '2031-02-05 17:00+08', host_id => 2);
	UPDATE event SET status_code = 'announced' WHERE event_id = 1;
	INSERT INTO remark (event_id, note) VALUES (1, 'HIDDEN');
	INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 3), (2, 'on_site', 3);
	INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1), (2, 'venue', 1);
	INSERT INTO remark (supply_id, note) SELECT supply_id, 'HIDDEN' FROM supply;
	INSERT INTO contact (party_id, kind, address) VALUES (1, 'email', 'a@example.org'), (2, 'email', 'HIDDEN@example.org');
	SELECT salon.grant_access('club', 'visitor', 'visitor'), salon.grant_access('club', 'member', 'member', 1),
	       salon.grant_access('club', 'organizer', 'organizer', 1), salon.grant_access('club', 'administrator', 'administrator')});
is(as('owner', 'SELECT database_role, level, party FROM access_list ORDER BY 1'),
	"administrator|administrator|\nmember|member|company A\norganizer|organizer|company A\nvisitor|visitor|", 'the owner sees who has what');
is(as('visitor', 'SELECT database_role FROM access_list'), 'visitor', 'others see their own');

# Becoming somebody else
like(as('visitor', 'SET ROLE administrator'), qr/permission denied to set role/, 'SET ROLE needs the role');
like(as('visitor', 'SET SESSION AUTHORIZATION administrator'), qr/permission denied to set session authorization/, 'SET SESSION AUTHORIZATION a superuser');
like(as('visitor', q{SELECT set_config('role', 'administrator', false)}), qr/permission denied to set role/, 'a setting neither');
like(as('visitor', q{ALTER ROLE visitor SET role = 'administrator'; SELECT 1}), qr/permission denied to set role|1/, 'nor one of the role');
like(as('visitor', 'SELECT count(*), max(my_level()) FROM event'), qr/^1\|visitor\b/, 'which remains what it is');
as('visitor', 'ALTER ROLE visitor RESET ALL');
is(as('application', 'SET ROLE visitor; SELECT my_level(); SET ROLE member; SELECT my_level(), my_parties(); RESET ROLE'),
	"visitor\nmember|{1}", 'an application takes the roles of its users');
like(as('application', 'SELECT count(*) FROM club.event'), qr/permission denied for schema club/, 'and has nothing by itself');
like(as('application', 'SET ROLE visitor; SELECT count(*) FROM contact'), qr/permission denied for table contact/, 'a role that is set gives no more than its own');
is(as('application', q{SET ROLE organizer; BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT count(*) FROM event_duty; COMMIT;
		SET ROLE visitor; FETCH c; SELECT count(*) FROM session; SELECT count(*) FROM event_duty}),
	"20\n0\nERROR:  permission denied for table event_duty", 'a cursor keeps what its session read, and nothing new');

# COPY
is(as('visitor', 'COPY (SELECT name_en FROM event) TO STDOUT'), 'Open', 'COPY of a query tells what shows');
like(as('visitor', 'COPY remark TO STDOUT'), qr/permission denied for table remark/, 'COPY of a table needs the right to read it');
like(as('visitor', 'COPY event TO STDOUT'), qr/^1\t[^\n]*Open[^\n]*$/, 'COPY of a table has the rows that show');
is(as('visitor', 'COPY event (event_id, name_en) TO STDOUT'), "1\tOpen", 'so has COPY of columns');
is(as('member', 'COPY contact (address) TO STDOUT'), 'a@example.org', 'COPY of what is personal those of the party');
like(as('visitor', q{COPY (SELECT 1) TO PROGRAM 'true'}), qr/permission denied to COPY to or from an external program|must be superuser/, 'no programs');
like(as('member', "COPY contact (party_id, kind, address) FROM STDIN;\n2\temail\tx\n\\.\n"), qr/COPY FROM not supported with row-level security/, 'COPY FROM does not go round policies');

# Of an event that was committed before nobody becomes host.
for my $sql (
	q{INSERT INTO event_party (event_id, party_id, part_code) VALUES (2, 1, 'host')},
	q{INSERT INTO event_party (event_id, party_id, part_code) VALUES (2, 1, 'co_organizer') ON CONFLICT DO NOTHING},
	q{UPDATE event_party SET event_id = 2},
	q{WITH n AS (INSERT INTO event (event_id, name_en) VALUES (2, 'x') ON CONFLICT DO NOTHING) INSERT INTO event_party (event_id, party_id, part_code) VALUES (2, 1, 'host')},
	q{WITH n AS (INSERT INTO event (event_id, name_en) VALUES (2, 'x') ON CONFLICT (event_id) DO UPDATE SET name_zh = 'x') INSERT INTO event_party (event_id, party_id, part_code) VALUES (2, 1, 'host')},
	q{UPDATE event SET event_id = 2 WHERE event_id = 1})
{
	unlike(as('organizer', $sql) . as('owner', 'SELECT name_en, name_zh FROM event WHERE event_id = 1'), qr/HIDDEN/, "no word by $sql");
	is(as('owner', 'SELECT party_id, part_code FROM event_party WHERE event_id = 2'), '2|host', 'and it has its host');
}
is(as('organizer', q{BEGIN; SAVEPOINT s; SELECT plan_event('Own', host_id => 1) > 2; RELEASE s; COMMIT; SELECT count(*) FROM event_duty WHERE event_id > 2}),
	"t\n20", 'an organizer plans an event of its own party, in a subtransaction too');
is(as('organizer', q{SELECT plan_event('Other', host_id => 2)}), 'ERROR:  you plan events that your own party hosts', 'and none of another');

# Capacity holds though those who register do not see each other.
is(as('member', q{SELECT status_code FROM register(1, seats => 2, party_id => 1); SELECT status_code FROM register(1, seats => 2, party_id => 1)}),
	"registered\nwaiting", 'seats are counted for those who may not count them');
is(as('owner', 'SELECT taken, waiting FROM seating WHERE event_id = 1'), '2|2', 'by the database');
is(as('member', q{SELECT register(1, party_id => 2)}), 'ERROR:  new row violates row-level security policy for table "registration"', 'nobody registers another party');
is(as('member', q{SELECT moved_up_registration_id FROM cancel_registration(1); SELECT status_code FROM registration ORDER BY registration_id}),
	"2\ncancelled\nregistered", 'who cancels lets the next move up');

# One login for many: in each session the setting comes before the library is
# loaded, and ends with the transaction.
$node->safe_psql('postgres', 'CREATE ROLE web LOGIN; CREATE ROLE form LOGIN');
as('owner', q{SELECT salon.grant_access('club', 'web', 'application'), salon.grant_access('club', 'form', 'form'), salon.grant_access('club', 3, 'organizer', 1)});
is(as('web', 'BEGIN; SET LOCAL salon.party = 1; SELECT my_level(), my_parties(), (SELECT string_agg(address, $$,$$) FROM contact); COMMIT; SELECT my_level(), (SELECT count(*) FROM contact)'),
	"member|{1}|a\@example.org\nvisitor|0", 'an application acts for a party in a transaction');
is(as('web', q{BEGIN; SELECT set_config('salon.party', '3', true); SELECT my_level(), my_parties(); SET LOCAL salon.party = 2; SELECT my_parties(), (SELECT count(*) FROM contact WHERE address ~ '^a'); ROLLBACK}),
	"3\norganizer|{1,3}\n{2}|0", 'and for another one');
like(as('web', q{BEGIN; SET LOCAL salon.party = 'x'; SELECT count(*) FROM event; ROLLBACK; BEGIN; SET LOCAL salon.party = 99; SELECT count(*) FROM event; ROLLBACK}),
	qr/salon[.]party cannot be "x".*party 99 does not exist/s, 'but for nobody who is not there');
is(as('web', q{BEGIN; SET LOCAL salon.party = 1; PREPARE q AS SELECT count(*) FROM contact; EXECUTE q; COMMIT; EXECUTE q; BEGIN; SET LOCAL salon.party = 2; EXECUTE q; SELECT string_agg(address, ',') FROM contact; COMMIT}),
	"1\n0\n1\nHIDDEN\@example.org", 'what was prepared for one shows nothing of it to the next');
is(as('visitor', q{SET salon.party = 1; SELECT my_level(), my_parties()}), 'visitor|{}', 'nobody else acts for a party');
is(as('web', q{SET SESSION AUTHORIZATION DEFAULT; SELECT my_level(); SET salon.party = 1; SELECT salon.grant_access('club', 'web', 'administrator')}),
	"visitor\nERROR:  must be owner of space \"club\"", 'nor does who acts for one grant anything');
my ($registered, $secret) = split /\|/, as('form', q{SELECT registration_id, secret FROM register(1, name => 'by form')});
is(as('form', 'SELECT count(*) FROM registration; SELECT count(*) FROM attendee'), "0\n0", 'a form reads no registration');
is(as('form', "BEGIN; SET LOCAL salon.secret = '$secret'; SELECT name FROM attendee; COMMIT"), 'by form', 'but with the secret that one');
like(as('form', "SELECT count(*) FROM cancel_registration(1, '$secret')"), qr/registration 1 does not exist/, 'and no other');
like(as('web', "SELECT count(*) FROM cancel_registration($registered)"), qr/registration $registered does not exist/, 'nor without it');
is(as('form', "SELECT count(*) FROM cancel_registration($registered, '$secret')"), '0', 'which it cancels');
my ($dump) = run_command([ 'pg_dump', '--host', $node->host, '--port', $node->port, 'db' ]);
unlike($dump, qr/$secret/, 'the database does not keep the secret');
as('owner', q{SELECT salon.revoke_access('club', 'web'), salon.revoke_access('club', 'form'), salon.revoke_access('club', 3)});

# What is asked of who reads holds until something is written, by whomever.
my $page = 'SELECT count(*) FROM event;';

# What a page shows, and whether it asked: counts may be of earlier transactions too.
sub page_asks
{
	my ($session) = @_;
	my $asked = q{SELECT sum(seq_scan + idx_scan) FROM pg_stat_xact_user_tables WHERE relname = 'access';};
	my ($before, $shown, $after) = split /\n/, $session->query_safe("BEGIN; $asked $page $asked COMMIT");
	return $shown . ($before eq $after ? '' : ' asked');
}
my $session = $node->background_psql('db', on_error_stop => 1, extra_params => [ '-U', 'member' ]);
$session->query_safe('SET search_path = club, salon');
is(page_asks($session), '2 asked', 'a session asks what it has once');
is(page_asks($session), '2', 'and not in the next transaction');
my $writer = $node->background_psql('db', on_error_stop => 1, extra_params => [ '-U', 'owner' ]);
$writer->query_safe('SET search_path = club, salon; BEGIN; SELECT salon.grant_access($$club$$, $$member$$, $$member$$, 2)');
is($session->query_safe($page), '2', 'what another transaction does shows');
$session->query_safe($page);
is(page_asks($session), '2', '(it is asked for no more while that runs)');
$session->query_safe('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
$writer->query_safe('COMMIT');
is($session->query_safe($page), '2', 'not to who looks at how it was');
$session->query_safe('COMMIT');
is($session->query_safe($page), '3', 'but at once when it ends');
$writer->query_safe('BEGIN; SAVEPOINT s; SELECT salon.revoke_access($$club$$, $$member$$, 2); ROLLBACK TO s');
is($session->query_safe($page), '3', 'nor what is undone');
$writer->query_safe('SELECT salon.revoke_access($$club$$, $$member$$, 2); COMMIT');
is($session->query_safe($page), '2', 'and so it ends');
# Of many that write neither the first nor the last ends, within one transaction of the reader.
my @others = map { $node->background_psql('db', on_error_stop => 1, extra_params => [ '-U', 'owner' ]) } 0 .. 19;
$others[$_]->query_safe('BEGIN; ' . ($_ == 10 ? 'INSERT INTO club.access (database_role, level, party_id) VALUES ($$member$$, $$member$$, 2)' : 'SELECT txid_current()')) for 0 .. 19;
$writer->query_safe('SELECT txid_current()');
is($session->query_safe("BEGIN; $page"), '2', 'many write');
$others[10]->query_safe('COMMIT');
is($session->query_safe($page), '3', 'what one of them granted shows in the same transaction');
$session->query_safe('COMMIT');
$_->query_safe('COMMIT') for @others[ 0 .. 9, 11 .. 19 ];
$writer->query_safe('SELECT salon.revoke_access($$club$$, $$member$$, 2)');
is($session->query_safe($page), '2', 'until it is taken');
$_->quit for $session, $writer, @others;

# Refusals of grant_access
my %refused = (
	q{SELECT salon.grant_access('nowhere', 'visitor', 'visitor')} => '"nowhere" is not a space',
	q{SELECT salon.grant_access('club', 'nobody', 'visitor')} => 'role "nobody" does not exist',
	q{SELECT salon.grant_access('club', 'visitor', 'king')} => 'there is no level "king"',
	q{SELECT salon.grant_access('club', 'visitor', 'member')} => 'a member is member of a party',
	q{SELECT salon.grant_access('club', 'visitor', 'member', 99)} => 'party 99 does not exist',
	q{SELECT salon.grant_access('club', 'visitor', 'administrator', 1)} => 'the level "administrator" is not of a party',
	q{SELECT salon.grant_access('club', 'owner', 'visitor')} => 'role "owner" owns space "club"',
	q{SELECT salon.revoke_access('club', 'application')} => 'role "application" has no access to space "club"',
	q{SELECT salon.revoke_access('club', 'member', 2)} => 'role "member" has no access to space "club" for party 2');
is(as('owner', $_), "ERROR:  $refused{$_}", $_) for sort keys %refused;
is(as('administrator', q{SELECT salon.grant_access('club', 'visitor', 'administrator')}), 'ERROR:  must be owner of space "club"', 'an administrator of the data grants nothing');

# A role that is dropped leaves a row that does nothing.
$node->safe_psql('postgres', 'CREATE ROLE passing LOGIN');
as('owner', q{SELECT salon.grant_access('club', 'passing', 'member', 1)});
like($node->psql('db', 'DROP ROLE passing') ? ($node->psql('db', 'DROP ROLE passing'))[2] : '', qr/cannot be dropped because some objects depend on it/, 'a role with access is not dropped just so');
$node->safe_psql('db', 'DROP OWNED BY passing; DROP ROLE passing');
is(as('owner', 'SELECT role_exists, level_code FROM access_list WHERE NOT role_exists'), 'f|member', 'but with what it has');
# Nor does it for another role of that name, which is a visitor by another role.
$node->safe_psql('postgres', 'CREATE ROLE passing LOGIN IN ROLE visitor');
as('owner', q{INSERT INTO access (database_role, level) VALUES ('passing', 'administrator'), ('no "such" role', 'visitor')});
is(as('passing', 'SELECT my_level(), my_parties(), (SELECT count(*) FROM event); SELECT count(*) FROM contact'), "visitor|{}|1\nERROR:  permission denied for table contact", 'nor are they of another role of that name');
as('owner', q{SELECT salon._secure('club'), salon._grant('club', 'visitor'::regrole)});
is(as('passing', 'SELECT my_level(), my_parties(), (SELECT count(*) FROM event); SELECT count(*) FROM contact'), "visitor|{}|1\nERROR:  permission denied for table contact", 'when all is granted anew');
is(as('owner', q{SELECT database_role, role_exists, is_granted, level_code FROM access_list WHERE NOT is_granted ORDER BY 1, 4}),
	qq{no "such" role|f|f|visitor\npassing|t|f|administrator\npassing|t|f|member}, 'the list tells');
is(as('owner', q{SELECT count(*) FROM (SELECT salon.grant_access('club', 'passing', 'member', 2)) x; SELECT level_code, party_id, is_granted FROM access_list WHERE database_role = 'passing'}),
	"1\nmember|2|t", 'what it is given is all that it has');
is(as('passing', 'SELECT my_level(), my_parties()'), 'member|{2}', 'and it has that');
$node->safe_psql('postgres', 'ALTER ROLE passing RENAME TO passed');
is(as('passed', 'SELECT my_level(), my_parties()'), 'visitor|{}', 'a role that is renamed is another');
is(as('owner', q{SELECT role_exists, is_granted FROM access_list WHERE database_role = 'passing'}), 'f|f', 'which the list tells');
as('owner', q{DELETE FROM access WHERE database_role IN ('passing', 'no "such" role')});
$node->safe_psql('db', 'DROP OWNED BY passed; DROP ROLE passed');
is(as('owner', q{SELECT salon._secure('club'); SELECT count(*) FROM pg_policy}) =~ s/^\s+//r, $node->safe_psql('db', 'SELECT count(*) FROM pg_policy'), 'and making policies anew goes on');

#
# Forgetting
#
# A person in every place where one can stand, each with a word of its own.
my $number = 0;
my @places;

sub word
{
	push @places, $_[0];
	return sprintf 'forgetme%03d', ++$number;
}
sub t { return "'" . word(@_) . "'" }
sub u { return "'https://" . word(@_) . ".example.org/x'" }

my $fill = q{
	SET search_path = club, salon;
	UPDATE seating SET capacity = 30;
	INSERT INTO city (city_code, name_en) VALUES ('hz', 'Hangzhou'), ('bj', 'Beijing');
	INSERT INTO party (party_id, kind, name_en) VALUES (51, 'person', 'keep51');
	INSERT INTO party (party_id, kind, name_en, name_zh, city_code, website, introduction) VALUES
		(50, 'person', } . join(', ', t('party.name_en'), t('party.name_zh'), q{'hz'}, u('party.website'), t('party.introduction')) . q{);
	INSERT INTO party_source (party_id, external_id) VALUES (50, } . t('party_source.external_id') . q{), (51, 'keep51');
	INSERT INTO remark (party_id, note) VALUES (50, } . t('remark on party') . q{), (51, 'keep51');
	INSERT INTO party_role (party_id, role_code) VALUES (50, 'developer');
	INSERT INTO affiliation (person_id, organization_id, title) VALUES (50, 1, } . t('affiliation.title') . q{), (51, 1, 'keep51');
	INSERT INTO contact (party_id, kind, address) VALUES (50, 'email', } . t('contact.address') . q{), (50, 'phone', } . t('contact.address') . q{), (51, 'email', 'keep51');
	INSERT INTO product (party_id, name, website, introduction) VALUES (50, } . join(', ', t('product.name'), u('product.website'), t('product.introduction')) . q{), (51, 'keep51', NULL, NULL);
	INSERT INTO venue (venue_id, party_id, name, address) VALUES (50, 50, } . join(', ', t('venue.name'), t('venue.address')) . q{);
	INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 50, 'guest_company');
	INSERT INTO remark (event_party_id, note) SELECT event_party_id, } . t('remark on event_party') . q{ FROM event_party WHERE party_id = 50;
	INSERT INTO session (session_id, event_id, format_code, title_en) VALUES (50, 1, 'mini_talk', 'keeptalk');
	INSERT INTO speaker (session_id, person_id) VALUES (50, 50), (50, 51);
	INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (1, 'host', 50);
	INSERT INTO remark (event_duty_id, note) SELECT event_duty_id, } . t('remark on event_duty') . q{ FROM event_duty WHERE party_id = 50;
	INSERT INTO consent (person_id, status_code, evidence) VALUES (51, 'given', 'keep51');
	INSERT INTO asset (asset_kind_code, party_id, state, url, body) VALUES ('photo', 50, 'ready', } . join(', ', u('asset.url'), t('asset.body')) . q{);
	INSERT INTO asset (asset_kind_code, event_id, party_id, state, url) VALUES ('photo', 1, 50, 'ready', } . u('asset.url') . q{), ('photo', 1, 51, 'ready', 'https://keep51.example.org');
	INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (50, 50, 'speaker', 2);
	INSERT INTO remark (supply_id, note) VALUES (50, } . t('remark on supply') . q{);
	INSERT INTO demand (demand_id, party_id, resource_code, metric) VALUES (50, 50, 'influence', } . t('demand.metric') . q{);
	INSERT INTO remark (demand_id, note) VALUES (50, } . t('remark on demand') . q{);
	INSERT INTO commitment (supply_id, demand_id, quantity) SELECT 50, min(demand_id), 1 FROM demand WHERE event_id = 1;
	INSERT INTO remark (commitment_id, note) SELECT commitment_id, } . t('remark on commitment') . q{ FROM commitment WHERE supply_id = 50;
	INSERT INTO registration (registration_id, event_id, seats, party_id, note) VALUES (50, 1, 1, 50, } . t('registration.note') . q{), (51, 1, 1, 51, 'keep51');
	INSERT INTO attendee (registration_id, name, contact_kind, contact) VALUES (50, } . join(', ', t('attendee.name'), q{'email'}, t('attendee.contact')) . q{), (51, 'keep51', 'email', 'keep51');
	INSERT INTO cost (event_id, cost_kind_code, payer_id, planned) VALUES (1, 'tea', 50, 100);
	INSERT INTO remark (cost_id, note) SELECT cost_id, } . t('remark on cost') . q{ FROM cost WHERE payer_id = 50;
	INSERT INTO channel (channel_id, party_id, platform_code, name, url) VALUES (50, 50, 'website', } . join(', ', t('channel.name'), u('channel.url')) . q{);
	INSERT INTO remark (channel_id, note) VALUES (50, } . t('remark on channel') . q{);
	INSERT INTO channel (channel_id, party_id, platform_code, name) VALUES (52, 50, 'website', } . t('channel.name') . q{);
	INSERT INTO post (event_id, channel_id, planned_at, url) VALUES (1, 50, now(), } . u('post.url') . q{);
	INSERT INTO remark (post_id, note) SELECT post_id, } . t('remark on post') . q{ FROM post WHERE channel_id = 50;
	INSERT INTO metric (party_id, kind, name_en, name_zh, original_text) VALUES (50, 'process', } . join(', ', t('metric.name_en'), t('metric.name_zh'), t('metric.original_text')) . q{);
	INSERT INTO remark (metric_id, note) SELECT metric_id, } . t('remark on metric') . q{ FROM metric WHERE party_id = 50;
	INSERT INTO blackout (party_id, since, until, reason) VALUES (50, '2031-01-01', '2031-02-01', } . t('blackout.reason') . q{);
	INSERT INTO audience (party_id, planned) VALUES (50, 10);
	INSERT INTO remark (audience_id, note) SELECT audience_id, } . t('remark on audience') . q{ FROM audience WHERE party_id = 50;
	INSERT INTO package (package_id, event_id, name_en, benefits) VALUES (50, 1, 'package', 'booth:1');
	INSERT INTO agreement (agreement_id, package_id, event_id, party_id, status_code) VALUES (50, 50, 1, 50, 'signed');
	INSERT INTO remark (agreement_id, note) VALUES (50, } . t('remark on agreement') . q{);
	INSERT INTO delivery (commitment_id, evidence) SELECT commitment_id, } . t('delivery.evidence') . q{ FROM commitment WHERE agreement_id = 50 AND resource_code = 'booth';
	INSERT INTO talk (talk_id, event_id, title_en, submitter_id) VALUES (50, 1, 'keeptalk', 50), (51, 1, 'keeptalk', 51), (52, 1, 'keeptalk', 3);
	INSERT INTO remark (talk_id, note) VALUES (50, } . t('remark on talk') . q{), (51, 'keep51');
	INSERT INTO talk_review (talk_id, reviewer_id, score, remark) VALUES (52, 50, 4, } . t('talk_review.remark') . q{), (50, 3, 5, } . t('talk_review.remark') . q{);
	INSERT INTO invitation (invitation_id, event_id, person_id) VALUES (50, 1, 50);
	INSERT INTO remark (invitation_id, note) VALUES (50, } . t('remark on invitation') . q{);
	INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at, reference, note)
		VALUES (50, 'train', 'hz', 'bj', '2031-01-04 10:00+08', '2031-01-04 14:00+08', } . join(', ', t('travel_leg.reference'), t('travel_leg.note')) . q{);
	INSERT INTO absence (person_id, starts_at, ends_at) VALUES (50, '2031-03-01', '2031-03-02');
	INSERT INTO remark (absence_id, note) SELECT absence_id, } . t('remark on absence') . q{ FROM absence WHERE person_id = 50;
	INSERT INTO availability (party_id, is_available, starts_at, ends_at, note) VALUES (50, true, '2031-03-03', '2031-03-04', } . t('availability.note') . q{);
	INSERT INTO helper (party_id) VALUES (50);
	INSERT INTO remark (helper_id, note) VALUES (50, } . t('remark on helper') . q{);
	INSERT INTO duty_preference (party_id, duty_code, note) VALUES (50, 'photo', } . t('duty_preference.note') . q{);
	INSERT INTO apart (one_id, other_id, note) VALUES (50, 51, } . t('apart.note') . q{);
	INSERT INTO consent (person_id, status_code, evidence) VALUES (50, 'given', } . t('consent.evidence') . q{);
	INSERT INTO outcome (event_id, outcome_kind_code, party_id, description, note) VALUES (1, 'kol', 50, } . join(', ', t('outcome.description'), t('outcome.note')) . q{);
	INSERT INTO survey (survey_id, event_id) VALUES (50, 1);
	INSERT INTO question (question_id, survey_id, question_code, kind, text_en) VALUES (50, 50, 'wish', 'text', 'What do you wish?');
	INSERT INTO response (response_id, survey_id) VALUES (50, 50), (51, 50);
	INSERT INTO respondent (response_id, respondent, party_id) VALUES (50, } . t('respondent.respondent') . q{, 50), (51, 'keep51', 51);
	INSERT INTO answer (response_id, question_id, body) VALUES (50, 50, } . t('answer.body') . q{), (51, 50, 'keep51');
};
$node->safe_psql('db', $fill);

sub dump_of_words
{
	my ($out, $err);
	IPC::Run::run([ 'pg_dump', '--host', $node->host, '--port', $node->port, 'db' ], '>', \$out, '2>', \$err) or die $err;
	my %found = map { $_ => 1 } $out =~ /forgetme\d+/g;
	return (join(', ', map { $places[ substr($_, 8) - 1 ] } sort keys %found), scalar(() = $out =~ /keep51/g));
}
my ($words, $kept) = dump_of_words();
is($words, join(', ', @places), 'the dump has every word of the person');
my $counts = q{
	SELECT (SELECT count(*) FROM party), (SELECT count(*) FROM speaker), (SELECT count(*) FROM registration), (SELECT sum(taken) FROM seating),
	       (SELECT count(*) FROM event_party), (SELECT sum(quantity) FROM commitment), (SELECT sum(planned) FROM cost), (SELECT sum(committed) FROM supply),
	       (SELECT count(*) FROM delivery), (SELECT count(*) FROM agreement), (SELECT sum(score) FROM talk_review), (SELECT count(*) FROM answer), (SELECT count(*) FROM outcome), (SELECT count(*) FROM post)};
my $before = as('owner', $counts);
like(as('member', 'SELECT forget(50)'), qr/permission denied for function forget/, 'a member forgets nobody');
like(as('organizer', 'SELECT forget(50)'), qr/permission denied for function forget/, 'nor does an organizer');
like(as('administrator', 'SELECT forget(50)'), qr/^[1-9]\d+$/, 'an administrator does');
my ($left, $kept_after) = dump_of_words();
is($left, '', 'the dump has not a word of the person');
is($kept_after, $kept, 'and all of others');
is(as('owner', $counts), $before, 'what is counted is as it was');
is(as('owner', 'SELECT party_label(50)'), 'party 50', 'the party has its number for a name');
is(as('administrator', 'SELECT forget(50)'), '0', 'forgetting twice changes nothing');
is(as('owner', 'SELECT forget(1)'), 'ERROR:  party 1 is an organization', 'an organization is not forgotten');
is(as('owner', 'SELECT forget(99)'), 'ERROR:  party 99 does not exist', 'nor who is not there');

$node->stop;
done_testing();
