# No query of a space is compiled by jit, from the first of a session on, at any
# level of access; all others are, and salon.jit lets those of a space be.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "jit = on\njit_above_cost = 0\nmax_locks_per_transaction = 256");
$node->start;
if ($node->safe_psql('postgres', 'EXPLAIN SELECT sum(g) FROM generate_series(1, 9) g') !~ /JIT/)
{
	plan skip_all => 'this server does not compile';
}
$node->safe_psql('postgres', q{CREATE EXTENSION salon; SELECT salon.create_space('club');
CREATE TABLE space (name text); CREATE ROLE reader; SELECT salon.grant_access('club', 'reader', 'visitor')});

# Each in a session of its own.
sub is_compiled
{
	my ($query, $settings) = @_;
	return $node->safe_psql('postgres', ($settings // '') . "EXPLAIN $query") =~ /JIT/ ? 1 : 0;
}

my @views = split /\n/, $node->safe_psql('postgres',
	q{SELECT relname FROM pg_class WHERE relnamespace = 'club'::regnamespace AND relkind = 'v' AND relname !~ '^_' ORDER BY 1});
# of few columns of tables that have neither labels nor times
my $plain = join ' ', qw(award_payment contribution_points serves tutor_load);
is(join(' ', grep { is_compiled("SELECT * FROM club.$_") } @views), $plain, 'the first query of a session, of each view');
is(is_compiled(join(";\nEXPLAIN ", map { "SELECT * FROM club.$_" } @views), "SELECT salon.lang();\n"), 0, 'no query at all once something of the extension was called');
is(is_compiled('SELECT count(*) FROM club.event'), 0, 'the same of a table');
is(is_compiled('SELECT * FROM club.public_event', "SET ROLE reader;\n"), 0, 'for whoever reads it');
is(is_compiled('EXECUTE q', "SET plan_cache_mode = force_generic_plan; PREPARE q AS SELECT * FROM club.event_list;\nEXECUTE q;\n"), 0, 'a kept plan too');
is(is_compiled('EXECUTE q', "SET plan_cache_mode = force_generic_plan; PREPARE q AS SELECT * FROM club.event_list;\nEXECUTE q;\nSET salon.jit = on;\n"),
	1, 'which is compiled when salon.jit says so later');
is(is_compiled('SELECT * FROM club.checklist', "SET salon.jit = on;\n"), 1, 'salon.jit lets it be compiled');
is(is_compiled('SELECT sum(length(name)) FROM space', "SELECT salon.lang();\n"), 1, 'what is of no space is compiled as ever');
is(is_compiled('SELECT sum(length(n::text)) FROM generate_series(1, 9) n', "SELECT salon.lang();\nSET search_path = club, salon;\n"), 0, 'nor is what a function of a space asks of no table');
is(is_compiled('SELECT sum(length(name)) FROM public.space', "SELECT salon.lang();\nSET search_path = club, salon;\n"), 1, 'but of another table');

done_testing();
