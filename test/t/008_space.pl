# What is done to a space as a whole: too few locks, upgrades that are
# interrupted, twice at once and under load; and settings before the first call.
use strict;
use warnings;
use File::Copy;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $config = $ENV{PG_CONFIG} || 'pg_config';
chomp(my $extensions = `$config --sharedir`);
$extensions .= '/extension';
plan skip_all => "cannot write to $extensions" if !-w $extensions;

# The latest release, from which spaces are upgraded.
my ($old) = map { m{salon--(.*)\.sql\.gz$} } (sort glob 'test/release/*.gz')[-1];
my $script = "$extensions/salon--$old.sql";
my $is_mine = !-e $script;
END { unlink $script if $is_mine; }
system("gzip -dc test/release/salon--$old.sql.gz >'$script'") == 0 or die if $is_mine;
my ($version) = slurp_file('salon.control') =~ /default_version *= *'(.*)'/;
plan skip_all => "$version is the latest release" if $old eq $version;

my $node = PostgreSQL::Test::Cluster->new('space');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "fsync = off\nrestart_after_crash = on\nmax_connections = 20\nmax_locks_per_transaction = 10\n");
$node->start;

#
# Settings, before a function of the extension is called
#
$node->safe_psql('postgres', 'CREATE EXTENSION salon');
my ($status, $stdout, $stderr) = $node->psql('postgres', 'SHOW salon.match_memory');
like($stderr, qr/unrecognized configuration parameter "salon.match_memory"/, 'a new session knows no setting yet');
is($node->safe_psql('postgres', 'SELECT count(*) > 5 FROM salon.settings(); SHOW salon.match_memory'), "t\n1GB", 'settings() lists them, and SHOW knows them');
$node->safe_psql('postgres', q{ALTER DATABASE postgres SET session_preload_libraries = 'salon'});
is($node->safe_psql('postgres', 'SHOW salon.match_memory'), '1GB', 'a session that begins with the library knows them');
($status, $stdout, $stderr) = $node->psql('postgres', 'SET salon.match_memry = 1');
like($stderr, qr/salon.match_memry/, 'and refuses what is none');

#
# Too few locks
#
my $hint = qr/out of shared memory\nHINT:  To make, upgrade or drop a space takes up to 6000 locks, and the server promises room for 200:/;
($status, $stdout, $stderr) = $node->psql('postgres', q{SELECT salon.create_space('club')});
like($stderr, $hint, 'who makes a space is told how many locks it takes');
is($node->safe_psql('postgres', 'SELECT count(*) FROM salon.spaces'), '0', 'and nothing is made');
$node->append_conf('postgresql.conf', 'max_locks_per_transaction = 300');
$node->restart;
$node->safe_psql('postgres', q{SELECT salon.create_space('club')});
$node->append_conf('postgresql.conf', 'max_locks_per_transaction = 10');
$node->restart;
($status, $stdout, $stderr) = $node->psql('postgres', q{SELECT salon.drop_space('club')});
like($stderr, $hint, 'so is who drops one');
is($node->safe_psql('postgres', 'SELECT is_current FROM salon.spaces'), 't', 'and nothing is dropped');
$node->append_conf('postgresql.conf', 'max_locks_per_transaction = 300');
$node->restart;
$node->safe_psql('postgres', q{SELECT salon.drop_space('club')});

#
# An upgrade that is interrupted, at chosen commands
#
my $fingerprint = slurp_file('test/lint/fingerprint.sql');
sub seen
{
	my $rows = join ";\n", split /\n/, $node->safe_psql('work', q{
		SELECT format('SELECT %L, count(*), md5(string_agg(x::text, chr(10) ORDER BY x::text COLLATE "C")) FROM club.%I x', relname, relname)
		FROM pg_class WHERE relnamespace = 'club'::regnamespace AND relkind = 'r' ORDER BY relname});
	return $node->safe_psql('work', "SET client_min_messages = warning;\n\\set space club\n$fingerprint") . "\n" . $node->safe_psql('work', $rows);
}

$node->safe_psql('postgres', 'CREATE DATABASE work');
$node->safe_psql('work', qq{CREATE EXTENSION salon VERSION '$old'; SELECT salon.create_space('club')});
$node->safe_psql('work', q{
	INSERT INTO club.party (kind, name_en) VALUES ('organization', 'Vendor'), ('person', 'Ann');
	INSERT INTO club.supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1);
	SELECT club.plan_event('Evening', needs => 'venue:1, tea:2');
	SELECT count(*) FROM club.propose(1)});
$node->safe_psql('work', 'ALTER EXTENSION salon UPDATE');
$node->safe_psql('work', q{
	CREATE SEQUENCE command;
	CREATE FUNCTION interrupt() RETURNS event_trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF nextval('public.command') = current_setting('test.at', true)::bigint THEN
			IF current_setting('test.how') = 'cancel' THEN
				PERFORM pg_cancel_backend(pg_backend_pid());
			ELSE
				EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'kill -9 ' || pg_backend_pid());
			END IF;
			PERFORM pg_sleep(100);
		END IF;
	END $$;
	CREATE EVENT TRIGGER interrupt ON ddl_command_end EXECUTE FUNCTION interrupt();
	BEGIN;
	SELECT salon.upgrade_space('club');
	ROLLBACK});
my $commands = $node->safe_psql('work', 'SELECT last_value FROM command');
cmp_ok($commands, '>', 1000, 'an upgrade has many commands');
my $before = seen();
for my $how (qw(cancel kill))
{
	for my $part (0.01, 0.5, 0.999)
	{
		my $at = 1 + int($part * ($commands - 1));
		$node->psql('work', qq{SELECT setval('command', 1, false); SET test.at = $at; SET test.how = '$how'; SELECT salon.upgrade_space('club')}, stderr => \$stderr);
		like($stderr, $how eq 'cancel' ? qr/canceling statement/ : qr/server closed the connection|terminating connection/, "$how: an upgrade ends at command $at");
		$node->poll_query_until('work', 'SELECT true') or die;
		is(seen() eq $before ? 'the same' : 'changed', 'the same', 'and has done nothing');
	}
}
$node->safe_psql('work', 'DROP EVENT TRIGGER interrupt');

#
# Twice at once, while others write to two tables, each in its own order: nobody is
# ended, for the upgrade waits with no table in its hands
#
$node->safe_psql('work', q{
	CREATE TABLE written (session int, number int);
	CREATE PROCEDURE write(session int) LANGUAGE plpgsql AS $$
	BEGIN
		FOR number IN 1..1000 LOOP
			IF session = 1 THEN
				INSERT INTO club.skill (skill_code, name_en) VALUES (format('s%s_%s', number, session), 'skill');
			END IF;
			INSERT INTO club.city (city_code, name_en) VALUES (format('c%s_%s', number, session), 'city');
			PERFORM pg_sleep(0.002);
			IF session = 2 THEN
				INSERT INTO club.skill (skill_code, name_en) VALUES (format('s%s_%s', number, session), 'skill');
			END IF;
			INSERT INTO written VALUES (session, number);
			COMMIT;
			EXIT WHEN number > 20 AND (SELECT bool_and(is_current) FROM salon.spaces);
		END LOOP;
	END $$});
my @runs;
for my $sql ('CALL write(1)', 'CALL write(2)', (q{SET lock_timeout = '100s'; SELECT salon.upgrade_space('club')}) x 2)
{
	my ($out, $err) = ('', '');
	push @runs, [ IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-h', $node->host, '-p', $node->port, '-d', 'work', '-c', $sql ], '>', \$out, '2>', \$err), \$out, \$err ];
}
$_->[0]->finish for @runs;
is(join('|', map { ${ $_->[1] } . ${ $_->[2] } } @runs[2, 3]), "$version\n|$version\n", 'of two upgrades at once one does it, and both tell the version');
is(join('', map { ${ $_->[2] } } @runs[0, 1]), '', 'who writes meanwhile waits, and is not refused');
is($node->safe_psql('work', q{SELECT count(*) FROM written w WHERE NOT EXISTS (SELECT FROM club.skill s WHERE s.skill_code = format('s%s_%s', w.number, w.session))
		OR NOT EXISTS (SELECT FROM club.city c WHERE c.city_code = format('c%s_%s', w.number, w.session))}),
	'0', 'what was written meanwhile is there');
is($node->safe_psql('work', 'SELECT count(DISTINCT session) FROM written'), '2', 'as something was');
$node->stop;
done_testing();
