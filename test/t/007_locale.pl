# Databases whose language has letters of its own for i and I: Turkish, Azeri.
# Nothing that the extension says or compares hangs on the locale.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('locale');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->start;

my @databases = ('plain');
$node->safe_psql('postgres', "CREATE DATABASE plain");
for my $locale ('tr-TR', 'az-Latn-AZ')
{
	(my $name = lc $locale) =~ s/\W/_/g;
	my ($failed) = $node->psql('postgres',
		"CREATE DATABASE $name TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE '$locale'");
	push @databases, $name unless $failed;
}
plan skip_all => 'no ICU' if @databases == 1;

my %said;
for my $database (@databases)
{
	# one row in every table that takes it by name, all with a history
	$node->safe_psql('postgres', "ALTER DATABASE $database SET search_path = club, salon, public");
	$node->safe_psql($database, q{CREATE EXTENSION salon; SELECT salon.create_space('club')});
	$said{$database} = $node->safe_psql(
		$database, q{
		SET timezone = 'Asia/Shanghai';
		INSERT INTO city (city_code, name_en) VALUES ('istanbul', 'Istanbul');
		INSERT INTO party (kind, name_en, city_code) VALUES ('organization', 'INITIATIVE', 'istanbul'), ('organization', 'Ilk', NULL), ('person', 'Isik', NULL);
		INSERT INTO contact (party_id, kind, address) VALUES (3, 'email', 'INFO@EXAMPLE.ORG');
		INSERT INTO venue (name, city_code) VALUES ('Ipek', 'istanbul');
		INSERT INTO room (venue_id, name, capacity) VALUES (1, 'I', 20);
		SELECT plan_event('Istanbul', starts_at => '2031-05-01 14:00+08', ends_at => '2031-05-01 18:00+08', planned_on_site => 20, needs => 'venue:1, speaker:2');
		INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1), (3, 'speaker', 1);
		SELECT propose(1);
		UPDATE agreement SET status_code = 'signed';
		INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 1);
		SELECT x.status_code FROM register(1, name => 'A', contact_kind => 'email', contact => 'info@example.org') r JOIN registration x USING (registration_id);
		INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES (1, 'mini_talk', 'Indexes', 1, '2031-05-01 14:00+08', '2031-05-01 15:00+08');
		INSERT INTO speaker (session_id, person_id) VALUES (1, 3);
		INSERT INTO talk (event_id, title_en, submitter_id) VALUES (1, 'Indices', 3);
		INSERT INTO survey (event_id, name_en) VALUES (1, 'IF');
		INSERT INTO question (survey_id, question_code, ordinal, kind, text_en) VALUES (1, 'i', 1, 'text', 'Which?');
		SELECT import_answers(1, '[{"respondent": "INFO@EXAMPLE.ORG", "i": "III"}]');
		SELECT count(*) FROM respondent;
		SELECT item_code, status_code FROM checklist WHERE event_id = 1 ORDER BY item_code COLLATE "C";
		SELECT count(*) FROM salon.help(word => 'INVITATION');
		SELECT operation, subject, count(*) FROM history GROUP BY 1, 2 ORDER BY operation COLLATE "C", subject COLLATE "C";
		SELECT count(*) FROM party_duplicate});
	my ($status, $out, $error) = $node->psql($database, q{SELECT register(1, name => 'B', contact_kind => 'email', contact => 'INFO@EXAMPLE.ORG')});
	like($error, qr/attendee_/, "$database: one address in two cases registers once");
	is($node->safe_psql($database, q{SELECT count(*) > 0 FROM salon.help(word => 'INVITATION')}), 't', "$database: what is looked for is found in either case");
}
like($said{plain}, qr/^insert\|event\|1$/m, 'there is a history');
is($said{$_}, $said{plain}, "$_: all is as in another language") for @databases[ 1 .. $#databases ];

done_testing();
