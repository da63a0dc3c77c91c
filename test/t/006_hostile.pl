# The superuser and the owners: who installs the extension, who owns a space,
# who owned the schema before, and what each of them left there for a superuser
# to run.
use strict;
use warnings;
use File::Basename;
use File::Copy;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $node = PostgreSQL::Test::Cluster->new('hostile');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE owner LOGIN; CREATE ROLE member LOGIN; CREATE ROLE reader LOGIN');
$node->safe_psql('postgres', 'CREATE DATABASE db OWNER owner');

sub as
{
	my ($role, $sql, $database) = @_;
	my ($status, $stdout, $stderr) =
	  $node->psql($database // 'db', $sql, extra_params => $role eq '' ? [] : [ '-U', $role ], on_error_stop => 1);
	return $status == 0 ? $stdout : $stderr;
}

# Nobody gained anything, whatever was tried.
sub still_small
{
	my ($title) = @_;
	is($node->safe_psql('postgres', q{SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolsuper AND rolname IN ('owner', 'member', 'reader')}),
		'', $title);
	$node->safe_psql('postgres', 'ALTER ROLE owner NOSUPERUSER; ALTER ROLE member NOSUPERUSER; ALTER ROLE reader NOSUPERUSER');
}

#
# The installer
#
my $planted = q{CREATE FUNCTION salon.format(text, text) RETURNS text LANGUAGE plpgsql AS $$
	BEGIN ALTER ROLE owner SUPERUSER; RETURN pg_catalog.format($1, VARIADIC ARRAY[$2]); END $$};
my $equal = q{CREATE FUNCTION salon.same(oid, regtype) RETURNS boolean LANGUAGE plpgsql AS $$
	BEGIN ALTER ROLE owner SUPERUSER; RETURN $1 = $2::oid; END $$;
	CREATE OPERATOR salon.= (LEFTARG = oid, RIGHTARG = regtype, FUNCTION = salon.same)};
for my $installer ('', 'owner')
{
	my $who = $installer || 'a superuser';
	as('owner', "CREATE SCHEMA salon; $planted; $equal");
	my $said = as($installer, 'CREATE EXTENSION salon');
	like($said, $installer ? qr/schema "salon" has objects that are not of the extension/ : qr/schema "salon" (belongs to|has objects)/,
		"$who does not install into what was planted");
	like($said, qr/function salon\.format\(text,text\)|belongs to role "owner"/, "and $who is told what stands there");
	still_small('nobody is superuser by it');
	as('owner', 'DROP SCHEMA salon CASCADE');
}
as('owner', 'CREATE SCHEMA salon');
like(as('', 'CREATE EXTENSION salon'), qr/schema "salon" belongs to role "owner"/, 'an empty schema of somebody else neither');
as('owner', 'GRANT CREATE ON SCHEMA salon TO member');
is(as('owner', 'CREATE EXTENSION salon'), '', 'the owner installs into an empty schema of its own');
is($node->safe_psql('db', q{SELECT u.rolsuper FROM pg_namespace n JOIN pg_roles u ON u.oid = n.nspowner WHERE n.nspname = 'salon'}),
	't', 'which belongs to a superuser from then on');
for my $who ('owner', 'member')
{
	like(as($who, $planted), qr/permission denied for schema salon/, "$who creates nothing there");
}
is(as('owner', q{DROP EXTENSION salon; CREATE EXTENSION salon}), '', 'its owner drops it and makes it again');

# From a release that left the schema to the installer.
SKIP:
{
	chomp(my $extensions = `@{[ $ENV{PG_CONFIG} || 'pg_config' ]} --sharedir`);
	$extensions .= '/extension';
	skip "cannot write to $extensions", 1 if !-w $extensions;
	for my $script (glob('test/release/salon--0.[1-3].0.sql.gz'))
	{
		my ($version) = $script =~ /salon--(.*)\.sql\.gz/;
		my $target = "$extensions/salon--$version.sql";
		my $is_there = -e $target;
		system("gzip -dc $script >'$target'") == 0 or die if !$is_there;
		$node->safe_psql('postgres', 'CREATE DATABASE old OWNER owner');
		as('owner', "CREATE EXTENSION salon VERSION '$version'", 'old');
		is(as('owner', $planted, 'old'), '', "$version: its installer plants a function");
		like(as('', 'ALTER EXTENSION salon UPDATE', 'old'), qr/has objects that are not of the extension.*function salon\.format\(text,text\)/s,
			"$version: an update refuses");
		still_small("$version: nobody is superuser by it");
		as('owner', 'DROP FUNCTION salon.format(text, text)', 'old');
		is(as('owner', 'ALTER EXTENSION salon UPDATE', 'old'), '', "$version: updated");
		like(as('owner', $planted, 'old'), qr/permission denied for schema salon/, "$version: nothing can be planted any more");
		$node->safe_psql('postgres', 'DROP DATABASE old');
		unlink $target if !$is_there;
	}
}

#
# The schema of a space to be
#
as('owner', 'CREATE SCHEMA club');
like(as('', q{SELECT salon.create_space('club')}), qr/others may create in schema "club"/, 'a superuser makes no space in a schema of somebody else');
as('owner', 'GRANT CREATE, USAGE ON SCHEMA club TO member');
like(as('owner', q{SELECT salon.create_space('club')}), qr/others may create in schema "club"/, 'nor its owner where others create');
as('owner', 'REVOKE ALL ON SCHEMA club FROM member');
is(as('owner', q{SELECT salon.create_space('club')}), '', 'but in its own');

#
# The owner of a space
#
my %gain = (
	'RESET ROLE' => 'RESET ROLE',
	'SET ROLE' => "SET ROLE @{[ $node->safe_psql('postgres', 'SELECT quote_ident(current_user)') ]}",
	'SET SESSION AUTHORIZATION' => 'SET SESSION AUTHORIZATION DEFAULT',
	'what runs at once' => 'SELECT 1',
);
as('owner', q{CREATE TABLE club.seen (who text)});
for my $how (sort keys %gain)
{
	for my $when ('AFTER', 'BEFORE', 'DEFERRED')
	{
		as( 'owner', qq{
			CREATE FUNCTION club.gain() RETURNS trigger LANGUAGE plpgsql AS \$\$
			BEGIN
				BEGIN EXECUTE '$gain{$how}'; EXCEPTION WHEN OTHERS THEN NULL; END;
				BEGIN INSERT INTO club.seen SELECT current_user; EXCEPTION WHEN OTHERS THEN NULL; END;
				BEGIN ALTER ROLE owner SUPERUSER; EXCEPTION WHEN OTHERS THEN NULL; END;
				RETURN coalesce(NEW, OLD);
			END \$\$;
			} . join(
				'',
				map {
					$when eq 'DEFERRED'
					  ? "CREATE CONSTRAINT TRIGGER gain AFTER INSERT OR UPDATE OR DELETE ON club.$_ DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION club.gain();"
					  : "CREATE TRIGGER gain $when INSERT OR UPDATE OR DELETE ON club.$_ FOR EACH ROW EXECUTE FUNCTION club.gain();"
				} ('access', 'space')));
		as('', q{SELECT salon.grant_access('club', 'reader', 'visitor')});
		as('', q{SELECT salon.revoke_access('club', 'reader')});
		as('', q{SELECT salon.upgrade_space('club')});
		still_small("$how in a trigger ($when) does not make the owner superuser");
		is($node->safe_psql('db', q{SELECT string_agg(DISTINCT who, ',') FROM club.seen WHERE who <> 'owner'}), '', "$how ($when): all ran as the owner");
		as('owner', 'DROP TRIGGER gain ON club.access; DROP TRIGGER gain ON club.space; DROP FUNCTION club.gain(); TRUNCATE club.seen');
	}
}

# A trigger that defers what it does until the superuser's own commit.
as('owner', q{
	CREATE TABLE club.later (n integer);
	CREATE FUNCTION club.gain() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ALTER ROLE owner SUPERUSER; RETURN NULL; END $$;
	CREATE CONSTRAINT TRIGGER gain AFTER INSERT ON club.later DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION club.gain();
	CREATE FUNCTION club.defer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN SET CONSTRAINTS ALL DEFERRED; INSERT INTO club.later VALUES (1); RETURN NULL; END $$;
	CREATE TRIGGER defer AFTER INSERT ON club.access FOR EACH ROW EXECUTE FUNCTION club.defer()});
like(as('', q{SELECT salon.grant_access('club', 'reader', 'visitor')}), qr/within security-restricted operation/, 'what would run at the end of the transaction is refused');
still_small('and nobody is superuser by it');
as('owner', 'DROP TRIGGER defer ON club.access; DROP TABLE club.later; DROP FUNCTION club.gain(); DROP FUNCTION club.defer()');

# Without any of it a superuser does all of it for an owner, and is itself again.
is(as('', q{SELECT salon.grant_access('club', 'reader', 'visitor'); SELECT current_user = session_user AND current_setting('role') = 'none'}), "\nt",
	'a superuser grants access on behalf of the owner');
is($node->safe_psql('db', q{SELECT string_agg(DISTINCT pg_get_userbyid(x.grantor), ',') FROM pg_class c CROSS JOIN aclexplode(c.relacl) x WHERE c.relnamespace = 'club'::regnamespace AND x.grantee = 'reader'::regrole}),
	'owner', 'in the name of the owner');
is(as('', q{SELECT salon.upgrade_space('club')}), as('', 'SELECT salon.version()'), 'and upgrades the space');
is(as('', q{SET search_path = public; SELECT salon.revoke_access('club', 'reader'); SHOW search_path}), "\npublic", 'settings are as they were');

#
# A view in place of the table, while a superuser waits for it
#
as('owner', q{CREATE FUNCTION club.gain() RETURNS text LANGUAGE plpgsql AS $$ BEGIN ALTER ROLE owner SUPERUSER; RETURN '0'; END $$});
for (
	[ space => q{SELECT version FROM salon.spaces WHERE space = 'club'} ],
	[ space => q{SELECT salon.grant_access('club', 'reader', 'visitor')} ],
	[ space => q{SELECT salon.upgrade_space('club')} ],
	[ absence => q{SELECT salon.drop_space('club')} ])
{
	my ($table, $call) = @$_;
	my ($in, $out, $err) = ('', '', '');
	my $swap = IPC::Run::start([ 'psql', '-X', '-q', '-U', 'owner', '-d', $node->connstr('db') ], '<', \$in, '>', \$out, '2>', \$err, IPC::Run::timer(60));
	$in = qq{BEGIN;
		ALTER TABLE club.$table RENAME TO was;
		CREATE VIEW club.$table AS SELECT true AS is_one, club.gain() AS version WHERE club.gain() IS NOT NULL;
		CREATE RULE kept AS ON UPDATE TO club.$table DO INSTEAD NOTHING;
		\\echo swapped
		};
	$swap->pump until $out =~ /swapped/ or $err ne '';
	is($err, '', 'the table is being swapped') or last;
	my $superuser = IPC::Run::start([ 'psql', '-X', '-q', '-d', $node->connstr('db'), '-c', $call ], '>', \my $said, '2>', \my $error, IPC::Run::timer(60));
	my $waits = 0;
	for (1 .. 100)
	{
		last if $waits = $node->safe_psql('db', q{SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'});
		$superuser->pump_nb;
		usleep(100_000);
	}
	ok($waits, "it waits for the table: $call") or diag("$said $error");
	$in = "COMMIT;\n\\q\n";
	$swap->finish;
	$superuser->finish;
	still_small("a view that takes the place of the table meanwhile runs nothing as superuser: $call");
	as('owner', "DROP VIEW club.$table; ALTER TABLE club.was RENAME TO $table");
}

done_testing();
