# Rights: the owner of a database needs no superuser, and nobody else sees a
# thing that was not granted.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('privileges');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->start;
$node->safe_psql(
	'postgres', q{
	CREATE ROLE owner LOGIN;
	CREATE ROLE stranger LOGIN;
	CREATE ROLE reader LOGIN;
});
$node->safe_psql('postgres', 'CREATE DATABASE db OWNER owner');

sub as
{
	my ($role, $sql) = @_;
	my ($status, $stdout, $stderr) =
	  $node->psql('db', $sql, extra_params => [ '-U', $role ], on_error_stop => 1);
	return $status == 0 ? $stdout : $stderr;
}

like(as('stranger', 'CREATE EXTENSION salon'),
	qr/permission denied/,
	'a stranger cannot create the extension');
is(as('owner', 'CREATE EXTENSION salon'), '', 'the owner of the database can: it is trusted');
is(as('owner', q{SELECT salon.create_space('club')}), '', 'and can make a space');
is(as('owner', q{INSERT INTO club.party (kind, name_en) VALUES ('person', 'Somebody')}),
	'', 'and can write to it');

is( $node->safe_psql(
		'db', q{
		SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ',') FROM pg_class WHERE relnamespace = 'club'::regnamespace}),
	'owner',
	'all of the space belongs to its maker');

like(as('stranger', q{SELECT salon.create_space('mine')}),
	qr/permission denied for database db/,
	'who may not create a schema cannot make a space');
like(as('stranger', q{SELECT salon.drop_space('club', drop_rows => true)}),
	qr/permission denied|must be owner/,
	'a stranger cannot drop a space');
like(as('stranger', 'SELECT * FROM club.party'),
	qr/permission denied for schema club/, 'a stranger cannot read it');
is( as('stranger', 'SELECT space, version IS NULL FROM salon.spaces'),
	'club|t',
	'a stranger can see that there is a space, as with any schema, and no more');

# With the schema alone still nothing can be read or called that writes.
as('owner', 'GRANT USAGE ON SCHEMA club TO stranger');
my $relations = $node->safe_psql(
	'db', q{
	SELECT string_agg(oid::regclass::text, ',') FROM pg_class
	WHERE relnamespace = 'club'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
	  AND has_table_privilege('stranger', oid, 'SELECT, INSERT, UPDATE, DELETE')});
is($relations, '', 'no table and no view is granted to PUBLIC');

# A view gives no more than its reader may read in the tables beneath.  View
# remedy reads the system catalogs only, which are open to everybody, and views
# copy_decision and _verification read nothing.
my @views = split /\n/, $node->safe_psql(
	'db', q{
	SELECT oid::regclass FROM pg_class
	WHERE relnamespace = 'club'::regnamespace AND relkind = 'v' AND relname NOT IN ('remedy', 'copy_decision', '_verification') ORDER BY 1});
as('owner', "GRANT USAGE ON SCHEMA club TO reader; GRANT SELECT ON " . join(', ', @views) . ' TO reader') if @views;
# Some have the rights of their owner, for policies: they show nothing to who
# has no access.
my %own = map { $_ => 1 } split /\n/, $node->safe_psql(
	'db', q{
	SELECT oid::regclass FROM pg_class
	WHERE relnamespace = 'club'::regnamespace AND relkind = 'v' AND reloptions::text !~ 'security_invoker'});
for my $view (@views)
{
	# views that policies stand on tell a role of its own access, here none
	if (grep { $view eq "club.$_" } qw(_my_access _my_event _new_event))
	{
		like(as('reader', "SELECT count(*) FROM $view"), qr/^0$|permission denied/, "$view shows nothing to who has no access");
		next;
	}
	like(as('reader', "SELECT * FROM $view"),
		$own{$view} ? qr/^$|permission denied/ : qr/permission denied/, "$view does not lend its owner's rights");
}

# Objects planted before the extension is created make it fail: it never
# adopts what somebody else made.
$node->safe_psql('postgres', 'CREATE DATABASE planted OWNER owner');
$node->safe_psql('planted', q{
	CREATE SCHEMA salon;
	CREATE FUNCTION salon.label(text, text, text) RETURNS text LANGUAGE sql RETURN 'planted'});
my ($status, $stdout, $stderr) = $node->psql('planted', 'CREATE EXTENSION salon');
like($stderr, qr/has objects that are not of the extension.*function salon\.label/s, 'a planted function is not adopted');

$node->stop;
done_testing();
