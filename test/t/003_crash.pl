# A crash: what was committed is there, what was not is not, and numbers go on.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('crash');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->start;
$node->safe_psql(
	'postgres', q{
	CREATE EXTENSION salon;
	CHECKPOINT;
	SELECT salon.create_space('club');
	INSERT INTO club.party (kind, name_en) SELECT 'organization', 'party ' || i FROM generate_series(1, 1000) i;
});
my $before = $node->safe_psql('postgres', 'SELECT md5(string_agg(p::text, chr(10) ORDER BY party_id)) FROM club.party p');

# A transaction that is open when the server goes down.
my $open = $node->background_psql('postgres');
$open->query_safe(q{BEGIN; SELECT salon.create_space('half'); INSERT INTO club.party (kind, name_en) VALUES ('person', 'half')});
$node->stop('immediate');
$open->{run}->finish;
$node->start;

is( $node->safe_psql('postgres', 'SELECT md5(string_agg(p::text, chr(10) ORDER BY party_id)) FROM club.party p'),
	$before, 'what was committed is there');
is($node->safe_psql('postgres', 'SELECT string_agg(space, chr(44)) FROM salon.spaces'),
	'club', 'the half-made space is not');
is( $node->safe_psql(
		'postgres', q{INSERT INTO club.party (kind, name_en) VALUES ('person', 'after')
		RETURNING party_id > (SELECT max(party_id) FROM club.party)}),
	't',
	'numbers go on');
$node->command_ok([ 'pg_amcheck', '--all', '--heapallindexed', '--install-missing' ], 'tables and indexes are sound');

$node->stop;
done_testing();
