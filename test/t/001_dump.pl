# pg_dump and pg_restore: a space is ordinary objects, so everything comes back,
# what the community added too, and life goes on afterwards.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FindBin;
use lib $FindBin::Bin;
use Space;

my $node = PostgreSQL::Test::Cluster->new('dump');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE source');
$node->safe_psql('postgres', 'CREATE ROLE reader; CREATE ROLE helper');
$node->safe_psql(
	'source', q{
	CREATE EXTENSION salon;
	SELECT salon.create_space('club');
	SELECT salon.create_space('other');
});

# Rows of the community's own, in club only.
$node->safe_psql(
	'source', q{
	SET search_path = club, salon;
	INSERT INTO city (city_code, name_en) VALUES ('testville', 'Testville');
	INSERT INTO party (kind, name_en, city_code) VALUES
		('organization', 'Vendor One', 'testville'),
		('organization', 'School Two', NULL),
		('person', 'Somebody', 'testville');
	INSERT INTO party_role (party_id, role_code)
		SELECT p.party_id, r.role_code FROM party p, role r WHERE p.kind = 'organization';
	INSERT INTO affiliation (person_id, organization_id, title)
		SELECT a.party_id, b.party_id, 'speaker' FROM party a, party b
		WHERE a.kind = 'person' AND b.name_en = 'Vendor One';
	UPDATE role SET name_en = 'renamed' WHERE role_code = (SELECT min(role_code) FROM role);
	INSERT INTO role (role_code, name_en) VALUES ('own_role', 'our own role');

	-- an event with its checklist, a supply and demands, agreements proposed
	INSERT INTO supply (party_id, resource_code, quantity)
		SELECT party_id, resource_code, 5 FROM party p, resource WHERE p.name_en = 'Vendor One';
	SELECT plan_event('Own salon', starts_at => '2030-01-05 14:00+08', ends_at => '2030-01-05 17:00+08',
					  city_code => 'testville', planned_on_site => 30, needs => 'speaker:2');
	INSERT INTO event_party (event_id, party_id, part_code)
		SELECT event_id, party_id, (SELECT min(part_code) FROM part) FROM event, party p WHERE p.name_en = 'School Two';
	INSERT INTO demand (party_id, resource_code, quantity)
		SELECT party_id, resource_code, 2 FROM party p, resource WHERE p.name_en = 'School Two';
	SELECT propose((SELECT min(event_id) FROM event));

	-- what a community may add to the tables
	ALTER TABLE party ADD COLUMN own_column text DEFAULT 'own';
	UPDATE party SET own_column = 'own value' WHERE kind = 'person';
	CREATE INDEX own_index ON party (own_column);
	CREATE POLICY own_policy ON product FOR SELECT TO reader USING (is_open_source);
	CREATE VIEW own_view WITH (security_invoker) AS
		SELECT p.party_id, p.own_column, party_label(p.party_id) AS label FROM party p;
	COMMENT ON COLUMN party.own_column IS 'Own column';
	SELECT salon.grant_access('club', 'reader', 'visitor'), salon.grant_access('club', 'helper', 'member', 1),
	       salon.grant_access('club', 'helper', 'organizer', 2);
	INSERT INTO product (party_id, name, is_open_source)
		SELECT party_id, name, open FROM party, (VALUES ('free', true), ('closed', false)) v (name, open)
		WHERE name_en = 'Vendor One';
});

my %digests = map { $_ => digests($node, 'source', $_) } qw(club other);
my %definitions = map { $_ => definitions($node, 'source', $_) } qw(club other);

is( $node->safe_psql(
		'source', q{
		SELECT (SELECT count(*) FROM club.checklist), (SELECT count(*) > 0 FROM club.commitment),
		       (SELECT count(*) > 0 FROM club.satisfaction)}),
	'28|t|t',
	'the space is in use');
isnt($digests{club}, $digests{other}, 'what is done in one space does not show in the other');
is( $node->safe_psql('source', 'SELECT count(*) FROM other.party'),
	'0', 'the other space has no parties');

# Into a fresh database, and from that into another one: archive and plain.
my $file = PostgreSQL::Test::Utils::tempdir . '/dump';
for my $format (qw(custom plain))
{
	my $target = "target_$format";
	$node->safe_psql('postgres', "CREATE DATABASE $target TEMPLATE template0");
	my ($out, $err);
	$node->command_ok([ 'pg_dump', "--format=$format", "--file=$file", 'source' ],
		"$format: pg_dump works");
	my @restore =
	  $format eq 'custom'
	  ? ('pg_restore', '--exit-on-error', "--dbname=$target", $file)
	  : ('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $target, '-f', $file);
	IPC::Run::run([ 'env', 'PGHOST=' . $node->host, 'PGPORT=' . $node->port, @restore ],
		'>', \$out, '2>', \$err);
	is($?, 0, "$format: restore works");
	is($out . $err, '', "$format: restore prints nothing");
	for my $space (qw(club other))
	{
		is_same(digests($node, $target, $space), $digests{$space}, "$format: every table and view of $space answers the same");
		is_same(unnamed(definitions($node, $target, $space)), unnamed($definitions{$space}), "$format: everything in $space is defined the same");
	}

	is( $node->safe_psql(
			$target, q{SELECT own_column FROM club.own_view WHERE party_id = (SELECT max(party_id) FROM club.party)}),
		'own value',
		"$format: the own column and view are there");
	is( $node->safe_psql(
			$target, q{SET ROLE reader; SELECT string_agg(name, ',') FROM club.product}),
		'free',
		"$format: the own policy decides");
	is( $node->safe_psql(
			$target, q{SET ROLE helper; SELECT club.my_level(), club.my_parties(), (SELECT count(*) FROM club.party), (SELECT count(*) FROM club.access_list)}),
		'organizer|{1,2}|3|2',
		"$format: access is as it was");

	# Life goes on: numbers continue, rules hold, the other space is as it was.
	is( $node->safe_psql(
			$target, q{INSERT INTO club.party (kind, name_en) VALUES ('person', 'New')
			RETURNING party_id > (SELECT max(party_id) FROM club.party)}),
		't',
		"$format: the next number follows the last");
	my ($status, $stdout, $stderr) =
	  $node->psql($target, q{INSERT INTO club.party (kind, name_en) VALUES ('robot', 'New')});
	like($stderr, qr/party_kind_is_known/, "$format: rules hold");
	is( $node->safe_psql(
			$target, q{UPDATE club.role SET name_en = 'edited' WHERE shipped AND role_code = (SELECT max(role_code) FROM club.role WHERE shipped)
			RETURNING shipped}),
		'f',
		"$format: an edited row loses its mark");
	is_same(digests($node, $target, 'other'), $digests{other}, "$format: the other space is as it was");
	is( $node->safe_psql($target, q{SELECT string_agg(concat_ws(' ', space, is_current), ', ' ORDER BY space) FROM salon.spaces}),
		'club t, other t',
		"$format: salon.spaces lists both");
}

# One space alone, by its schema.
$node->safe_psql('postgres', 'CREATE DATABASE alone TEMPLATE template0');
$node->safe_psql('alone', 'CREATE EXTENSION salon');
$node->command_ok([ 'pg_dump', '--format=custom', '--schema=club', "--file=$file", 'source' ],
	'pg_dump of one schema works');
$node->command_ok([ 'pg_restore', '--exit-on-error', '--dbname=alone', $file ],
	'its restore works');
is_same(digests($node, 'alone', 'club'), $digests{club}, 'the space alone answers the same');

# Rows alone, restored by the owner of a new space, who is no superuser: no row
# is added, counted twice or refused by a trigger.
$node->safe_psql('source', q{
	SET ROLE helper; -- organizes the events of party 2
	SELECT club.plan_event('Evening of School Two', host_id => 2, needs => 'speaker:1');
	INSERT INTO club.seating (event_id, side, capacity) SELECT max(event_id), 'on_site', 3 FROM club.event WHERE name_en ~ 'School Two';
	INSERT INTO club.registration (event_id, party_id, seats) SELECT max(event_id), 3, 1 FROM club.event WHERE name_en ~ 'School Two';
	RESET ROLE;
	INSERT INTO club.registration (event_id, party_id, seats) SELECT max(event_id), 1, 2 FROM club.event WHERE name_en ~ 'School Two';
	SELECT count(*) FROM club.cancel_registration((SELECT max(registration_id) FROM club.registration));
	INSERT INTO club.registration (event_id, party_id, seats) SELECT max(event_id), 2, 3 FROM club.event WHERE name_en ~ 'School Two';
	UPDATE club.party SET name_en = 'School 2' WHERE party_id = 2;
	INSERT INTO club.consent (person_id, status_code) VALUES (3, 'given');
});
$node->safe_psql('postgres', 'CREATE ROLE keeper LOGIN; CREATE ROLE own_reader; CREATE ROLE own_helper');
fill($node, 'filled', 'keeper', 4);
for my $from (qw(filled source))
{
	my $target = "rows_of_$from";
	my ($out, $err);
	$node->safe_psql('postgres', "CREATE DATABASE $target TEMPLATE template0; GRANT CREATE ON DATABASE $target TO keeper");
	$node->safe_psql($target, 'CREATE EXTENSION salon');
	$node->safe_psql($target, q{SET ROLE keeper; SELECT salon.create_space('club'); ALTER TABLE club.party ADD COLUMN own_column text;
		SELECT salon.begin_restore('club')});
	IPC::Run::run([ 'pg_dump', '-h', $node->host, '-p', $node->port, '--data-only', '--schema=club', '--exclude-table=club.own_*', "--file=$file", $from ], '2>', \$err);
	# a table that refers to itself comes back in one command, which is checked at its end
	unlike($err, qr/among these tables|error/, "$from: rows alone are dumped, and no tables refer to each other in a circle");
	IPC::Run::run([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-h', $node->host, '-p', $node->port, '-U', 'keeper', '-d', $target, '-f', $file ],
		'>', \$out, '2>', \$err);
	is($err, '', "$from: the owner restores them");
	$node->safe_psql($target, q{SET ROLE keeper; SELECT salon.end_restore('club')});
	is_same(digests($node, $target, 'club', 'r'), join("\n", grep { !/^own_/ } split /\n/, digests($node, $from, 'club', 'r')), "$from: every table has the rows that it had");
}
is($node->safe_psql('rows_of_source', q{SELECT count(*), (SELECT count(*) FROM club.assent WHERE party_id = 3) FROM club.registration WHERE party_id = 3}), '1|0', 'nobody agreed to what others entered');
is($node->safe_psql('rows_of_source', q{SELECT bool_or(is_granted) FROM club.access_list}), 'f', 'access is there, and gives nothing');
$node->safe_psql('rows_of_source', q{SET ROLE keeper; SELECT salon.grant_access('club', database_role, level_code, party_id) FROM club.access_list WHERE NOT is_granted});
is($node->safe_psql('rows_of_source', 'SET ROLE helper; SELECT club.my_level(), club.my_parties()'), 'organizer|{1,2}', 'until it is given again');
is($node->safe_psql('rows_of_source', q{INSERT INTO club.party (kind, name_en) VALUES ('person', 'New') RETURNING party_id > (SELECT max(party_id) FROM club.party)}),
	't', 'the next number follows the last');
is($node->safe_psql('rows_of_source', q{SELECT coalesce(max(history_id), 0) AS last FROM club.history \gset
	UPDATE club.event SET introduction = 'after the restore' WHERE event_id = (SELECT min(event_id) FROM club.event); SELECT count(*) FROM club.history WHERE history_id > :last}),
	'1', 'and triggers work');

# Dropping: the extension cannot take data along, a space does not take the other.
my ($status, $stdout, $stderr) = $node->psql('alone', 'DROP EXTENSION salon');
like($stderr, qr/cannot drop extension salon because other objects depend on it/,
	'DROP EXTENSION is refused while there is a space');
($status, $stdout, $stderr) = $node->psql('source', q{SELECT salon.drop_space('club')});
like($stderr, qr/space "club" has rows/, 'a space with rows is not dropped just so');
$node->safe_psql(
	'source', q{SET client_min_messages = warning;
	SELECT salon.drop_space('club', drop_rows => true)});
is_same(digests($node, 'source', 'other'), $digests{other}, 'dropping one space leaves the other');

# Where a role is missing, what it had is told, does nothing, also for another
# role of that name, and can be given again in one command.
$node->command_ok([ 'pg_dump', '--format=plain', "--file=$file", 'target_plain' ], 'what was restored is dumped');
$node->safe_psql('postgres', 'CREATE DATABASE elsewhere TEMPLATE template0; ALTER ROLE helper RENAME TO helper_away');
my ($out, $err);
IPC::Run::run([ 'psql', '-X', '-q', '-o', '/dev/null', '-h', $node->host, '-p', $node->port, '-d', 'elsewhere', '-f', $file ], '>', \$out, '2>', \$err);
is(join(', ', sort grep { !/role "helper" does not exist/ } split /\n(?=\S+ERROR)/, $err), '', 'a restore misses the role, and nothing else');
my $list = q{SELECT level_code, party_id, role_exists, is_granted FROM club.access_list WHERE database_role = 'helper' ORDER BY party_id};
is($node->safe_psql('elsewhere', $list), "member|1|f|f\norganizer|2|f|f", 'its rows are there');
$node->safe_psql('postgres', 'CREATE ROLE helper IN ROLE reader');
is($node->safe_psql('elsewhere', $list), "member|1|t|f\norganizer|2|t|f", 'and do nothing');
is($node->safe_psql('elsewhere', 'SET ROLE helper; SELECT club.my_level(), club.my_parties()'), 'visitor|{}', 'for a new role of that name');
$node->safe_psql('elsewhere', q{SELECT salon.grant_access('club', database_role, level_code, party_id) FROM club.access_list WHERE NOT is_granted});
is($node->safe_psql('elsewhere', 'SET ROLE helper; SELECT club.my_level(), club.my_parties()'), 'organizer|{1,2}', 'it is given again');
$node->stop;
done_testing();
