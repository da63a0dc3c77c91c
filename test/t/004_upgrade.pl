# Upgrades of the extension and of spaces: from every released version to this
# one, and along made-up versions that come after this one, so that the way
# there (make release, make next, migrations) is tried as well.  What has been
# upgraded is defined as what is new, and what the community added stays.
use strict;
use warnings;
use File::Basename;
use File::Copy;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $config = $ENV{PG_CONFIG} || 'pg_config';
chomp(my $extensions = `$config --sharedir`);
$extensions .= '/extension';
plan skip_all => "cannot write to $extensions" if !-w $extensions;

my $tree = PostgreSQL::Test::Utils::tempdir . '/tree';
my @installed;
END { unlink @installed; }

sub in_tree
{
	my ($title, $command) = @_;
	my $out = `cd '$tree' && ($command) 2>&1`;
	is($?, 0, $title) or diag($out);
}

# Change a file of the tree; the change must find its place.
sub edit
{
	my ($file, $change) = @_;
	my $text = -e "$tree/$file" ? slurp_file("$tree/$file") : '';
	local $_ = $text;
	$change->();
	isnt($_, $text, "$file is edited");
	open(my $handle, '>', "$tree/$file") or die $!;
	print $handle $_;
	close $handle;
}

#
# Two versions to come: 99.1.0 is released, 99.2.0 is being worked on.
#
mkdir $tree;
system("cp -R Makefile salon.control META.json CHANGELOG.md debian sql '$tree' && rm -rf '$tree/sql/built' && mkdir '$tree/test' && cp -R test/release '$tree/test'") == 0 or die;
my ($version) = slurp_file('salon.control') =~ /default_version *= *'(.*)'/;
my @released = map { m{sql/salon--([^-]+)\.sql$} ? $1 : () } split /\n/, slurp_file('sql/RELEASES');
if (!grep { $_ eq $version } @released)
{
	edit('CHANGELOG.md', sub { s/^(## \[\Q$version\E\] - ).*/${1}2001-01-01/m });
	in_tree("$version is released", 'make -s release');
}
in_tree('99.1.0 is begun', 'make -s next NEXT=99.1.0');

# a new file of the model, with all that a file can have
edit('Makefile', sub { s{^(MODEL\s*=(?:.*\\\n)*.*)}{$1 whole/extra}m });
edit('sql/model/whole/extra.sql', sub { $_ = q{-- Something new.

CREATE TABLE extra (
    extra_code  text PRIMARY KEY
                CONSTRAINT extra_code_is_short CHECK (length(extra_code) < 20),
    role_code   text REFERENCES role,
    shipped     boolean NOT NULL DEFAULT false
);
CREATE INDEX extra_role_code_idx ON extra (role_code);

COMMENT ON TABLE extra IS 'Something new';
COMMENT ON CONSTRAINT extra_code_is_short ON extra IS 'Shorter';

CREATE FUNCTION extra_label(extra_code text) RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT role_code FROM extra e WHERE e.extra_code = extra_label.extra_code;
END;

CREATE TRIGGER extra_edited BEFORE UPDATE ON extra
    FOR EACH ROW EXECUTE FUNCTION _edited();

CREATE POLICY extra_policy ON extra FOR SELECT USING (true);

INSERT INTO extra (extra_code, role_code, shipped) VALUES
    ('new', NULL, true);

CREATE FUNCTION extra_gone(extra_code text) RETURNS text LANGUAGE sql IMMUTABLE RETURN lower(extra_code);

COMMENT ON FUNCTION extra_gone(text) IS 'Goes in the next version';

CREATE VIEW extra_gone WITH (security_invoker) AS
SELECT extra_gone(e.extra_code) AS extra_code FROM extra e;

COMMENT ON FUNCTION extra_label(text) IS 'Something new';

CREATE VIEW extra_view WITH (security_invoker) AS
SELECT e.extra_code, extra_label(e.extra_code) AS label, k.definition
FROM extra e
LEFT JOIN remedy k ON k.constraint_name = 'extra_code_is_short' AND k.kind = 'c';

COMMENT ON VIEW extra_view IS 'Something new';
}});
# a column, a constraint, shipped rows, and a column at the end of a view
edit('sql/model/base/party.sql', sub {
	s/CREATE TABLE party \(\n/$&    added text CONSTRAINT party_added_is_short CHECK (length(added) < 10),\n    added_text text,\n/;
	$_ .= "\nCOMMENT ON COLUMN party.added IS 'Added';\nCOMMENT ON COLUMN party.added_text IS 'Added';\n";
});
edit('sql/model/market/exchange_rows.sql', sub {
	my ($roles, $rest) = /^(.*?\) AS v;)(.*)/s;
	$roles =~ s/(\('(?:vendor|school|community)',.*)'\w+'\)/$1'changed')/g;
	$_ = $roles . $rest;
});
edit('sql/model/base/space.sql', sub { s/(, q\.column_name)\n/$1, 'c'::text AS kind\n/ });
edit('sql/migration/' . "$version--99.1.0.sql", sub { $_ = q{-- Something new, and a note on parties.
ALTER TABLE party ADD COLUMN added text CONSTRAINT party_added_is_short CHECK (length(added) < 10), ADD COLUMN added_text text;
-- @include extra@
UPDATE role SET source = 'changed' WHERE role_code IN ('vendor', 'school', 'community') AND shipped;
}});
edit('sql/salon/salon.sql', sub { $_ .= "\nCREATE FUNCTION fresh() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 1;\n" });
edit('CHANGELOG.md', sub { s/unreleased/2001-01-02/ });
in_tree('99.1.0 is released', 'make -s release');
in_tree('what was released has its hashes', 'grep -v salon-- sql/RELEASES | sha256sum --check && grep "^$(sha256sum <sql/built/salon--99.1.0.sql | cut -c 1-64)  sql/salon--99.1.0.sql" sql/RELEASES');
unlike(slurp_file("$tree/sql/migration/$version--99.1.0.sql"), qr/\@include/, 'the migration is written out');
like(slurp_file("$tree/sql/migration/$version--99.1.0.sql"), qr/CREATE TABLE extra/, 'with the new table');
in_tree('a release builds as it was frozen',
	'rm -rf sql/built; make -s scripts && gzip -dc test/release/salon--99.1.0.sql.gz | cmp - sql/built/salon--99.1.0.sql');
in_tree('99.2.0 is begun', 'make -s next NEXT=99.2.0');

# what cannot be replaced: a column of a view before others, an argument
edit('sql/model/base/space.sql', sub { s/(SELECT) (q\.name AS constraint_name),/$1 c.relnamespace::bigint AS space,\n       $2,/ });
edit('sql/model/whole/extra.sql', sub { s/extra_label\(extra_code text\)/extra_label(extra_code text, other text DEFAULT NULL)/; s/extra_label\(text\)/extra_label(text, text)/; s/SELECT role_code/SELECT coalesce(role_code, other)/; s/'new', NULL/'newer', NULL/ });
edit('sql/model/whole/extra.sql', sub { s/(CREATE POLICY extra_policy ON extra FOR) SELECT/$1 ALL/; s/CREATE FUNCTION extra_gone.*?next version';\n\n//s; s/CREATE VIEW extra_gone.*?;\n\n//s });
edit('sql/migration/99.1.0--99.2.0.sql', sub { $_ = q{-- The view of remedies and labels; a column that views and a trigger use.
ALTER TABLE extra RENAME COLUMN role_code TO kind_of_role;
ALTER TABLE extra RENAME COLUMN kind_of_role TO role_code;
ALTER TABLE extra ALTER COLUMN role_code TYPE varchar;
ALTER TABLE extra ALTER COLUMN role_code TYPE text;
UPDATE extra SET extra_code = 'newer' WHERE extra_code = 'new' AND shipped;
}});
in_tree('scripts of 99.2.0 are built', 'make -s scripts');

# Old install scripts are kept for this test; the update scripts lead from each
# version straight to this one, and to 99.2.0.
in_tree('scripts of releases are there', 'gzip -d test/release/*.gz');
for my $file (glob("$tree/test/release/*.sql $tree/sql/built/*.sql"))
{
	my $target = "$extensions/" . basename($file);
	next if -e $target;
	copy($file, $target) or die "$target: $!";
	push @installed, $target;
}

#
# A space in use
#
my $node = PostgreSQL::Test::Cluster->new('upgrade');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE owner LOGIN; CREATE ROLE xown_reader LOGIN; CREATE ROLE stranger LOGIN');

my $fingerprint = slurp_file('test/lint/fingerprint.sql');

sub lines
{
	my ($database, $what, $name) = @_;
	return grep { !/xown_/ } split /\n/, $node->safe_psql($database, "SET client_min_messages = warning;\n\\set $what $name\n$fingerprint");
}

# Shipped rows as they are marked now, without numbers that are given.
sub shipped
{
	my ($database) = @_;
	my $queries = $node->safe_psql(
		$database, q{
		SELECT format('SELECT %L || (to_jsonb(t) - %L::text[])::text FROM %s t WHERE %s', c.relname || ' ',
		              array['xown_column'] || array_agg(a.attname::text) FILTER (WHERE a.attidentity <> ''), c.oid::regclass,
		              CASE WHEN bool_or(a.attname = 'shipped') THEN 'shipped' ELSE 'true' END)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		WHERE c.relnamespace = 'club'::regnamespace AND c.relkind = 'r'
		GROUP BY c.oid HAVING bool_or(a.attname = 'shipped') OR c.relname IN ('status', 'step')});
	return split /\n/, $node->safe_psql($database, join(' UNION ALL ', split(/\n/, $queries)));
}

sub data
{
	my ($database) = @_;
	return $node->safe_psql(
		$database, q{
		SELECT to_jsonb(t) - ARRAY['added', 'added_text', 'external_id', 'note', 'is_introducer'] FROM club.party t WHERE name_en <> 'Blank' ORDER BY party_id;
		SELECT event_id, name_en, starts_at, ends_at FROM club.event t ORDER BY event_id;
		SELECT party_id, resource_code, quantity FROM club.supply t WHERE party_id IS NOT NULL ORDER BY supply_id;
		SELECT to_jsonb(t) FROM club.role t WHERE NOT shipped ORDER BY role_code;
		SELECT count(*) > 0 FROM club.xown_view});
}

# What was promised and given, added up by event, series and currency, in the
# tables as they were and as they are.
sub amounts
{
	my ($database) = @_;
	my $of = $node->safe_psql($database, q{SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
		WHERE relnamespace = 'club'::regnamespace AND relname IN ('pledge', 'sponsorship', 'agreement')});
	my %kinds = (
		pledge => q{
		SELECT 'supplies' AS what, event_id, NULL::bigint AS series_id, 'in_kind' AS kind, status_code NOT IN ('declined', 'withdrawn') AS held,
		       sum(quantity) AS quantity, sum(value) AS amount FROM pledge GROUP BY 1, 2, 3, 4, 5},
		sponsorship => q{
		SELECT 'planned', s.event_id, s.whole_series_id, s.kind, s.status_code NOT IN ('lapsed', 'withdrawn'), NULL::numeric, sum(coalesce(s.planned_amount, p.price))
		FROM sponsorship s LEFT JOIN package p USING (package_id) GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'agreed', x.event_id, x.series_id, x.kind, x.held, sum(x.quantity), sum(x.amount)
		FROM (SELECT s.event_id, s.whole_series_id AS series_id, s.kind, s.status_code NOT IN ('lapsed', 'withdrawn') AS held, NULL::bigint AS quantity, s.agreed_amount AS amount
		      FROM sponsorship s WHERE s.signed_at IS NOT NULL
		      UNION ALL
		      SELECT event_id, series_id, kind, true, quantity, value FROM contribution WHERE sponsorship_id IS NULL) x
		GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'given', event_id, series_id, kind, true, sum(quantity), sum(value) FROM contribution GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'borne', event_id, NULL::bigint, 'money', sponsorship_id IS NOT NULL, NULL::numeric, sum(actual) FROM cost GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'benefits', s.event_id, NULL::bigint, 'in_kind', s.status_code NOT IN ('lapsed', 'withdrawn'), sum(g.quantity), NULL::numeric
		FROM benefit_grant g JOIN sponsorship s USING (sponsorship_id) GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'benefits delivered', s.event_id, NULL::bigint, 'in_kind', true, sum(d.quantity), NULL::numeric
		FROM delivery d JOIN sponsorship s USING (sponsorship_id) GROUP BY 1, 2, 3, 4, 5},
		agreement => q{
		SELECT 'supplies' AS what, c.event_id, c.series_id, c.kind, c.status_code NOT IN ('declined', 'withdrawn', 'lapsed') AS held,
		       sum(c.quantity) AS quantity, sum(c.value) AS amount FROM commitment c WHERE c.supply_id IS NOT NULL AND c.giver_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'planned', c.event_id, c.series_id, c.kind, c.status_code NOT IN ('lapsed', 'withdrawn'), NULL::numeric, sum(c.planned_amount)
		FROM commitment c WHERE c.supply_id IS NULL AND c.giver_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'agreed', c.event_id, c.series_id, c.kind, c.status_code NOT IN ('lapsed', 'withdrawn'), sum(c.quantity), sum(c.amount)
		FROM commitment c JOIN agreement a USING (agreement_id)
		WHERE c.supply_id IS NULL AND c.giver_id IS NOT NULL AND a.signed_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'given', c.event_id, c.series_id, d.kind, true, sum(d.quantity), sum(d.amount)
		FROM delivery d JOIN commitment c USING (commitment_id) WHERE c.supply_id IS NULL AND c.giver_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'borne', event_id, NULL::bigint, 'money', commitment_id IS NOT NULL, NULL::numeric, sum(actual) FROM cost GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'benefits', c.event_id, NULL::bigint, 'in_kind', c.status_code NOT IN ('lapsed', 'withdrawn'), sum(c.quantity), NULL::numeric
		FROM commitment c WHERE c.giver_id IS NULL GROUP BY 1, 2, 3, 4, 5
		UNION ALL
		SELECT 'benefits delivered', c.event_id, NULL::bigint, 'in_kind', true, sum(d.quantity), NULL::numeric
		FROM delivery d JOIN commitment c USING (commitment_id) WHERE c.giver_id IS NULL GROUP BY 1, 2, 3, 4, 5});
	my $rows = join(' UNION ALL ', map { $kinds{$_} } split / /, $of);
	my $totals = $of =~ /sponsorship|agreement/
		? q{SELECT 'total', t.event_id, t.series_id, t.party_id, t.money, t.in_kind, t.work, t.total, t.measured, t.claimed, t.hours
		    FROM contribution_total t LEFT JOIN event e ON e.event_id = t.event_id WHERE e.status_code IS DISTINCT FROM 'cancelled' ORDER BY 2, 3, 4;} : '';
	return $node->safe_psql($database, qq{SET search_path = club, salon;
		SELECT x.what, x.event_id, x.series_id, z.currency, x.kind, x.held, x.quantity, trim_scale(x.amount)
		FROM ($rows) x CROSS JOIN space z
		WHERE num_nonnulls(nullif(x.quantity, 0), nullif(x.amount, 0)) > 0 ORDER BY 1, 2, 3, 4, 5, 6; $totals});
}

sub difference
{
	my ($got, $expected) = @_;
	my %lines;
	$lines{$_}++ for @$expected;
	$lines{$_}-- for @$got;
	return map { ($lines{$_} > 0 ? 'lost: ' : 'new: ') . $_ } grep { $lines{$_} } sort keys %lines;
}

sub refused
{
	my ($database, $sql, $pattern, $title) = @_;
	my ($status, $stdout, $stderr) = $node->psql($database, "\\set VERBOSITY verbose\n$sql", on_error_stop => 1);
	like($stderr, $pattern, $title);
}

my $as_owner = 'SET ROLE owner; SET search_path = club, salon, pg_temp;';

sub space_in_use
{
	my ($database, $from) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER owner");
	$node->safe_psql($database, "SET ROLE owner; CREATE EXTENSION salon VERSION '$from'; SELECT salon.create_space('club')");
	$node->safe_psql(
		$database, $as_owner . q{
		INSERT INTO party (kind, name_en) VALUES ('organization', 'Vendor One'), ('organization', 'School Two'), ('person', 'Three');
		INSERT INTO supply (party_id, resource_code, quantity)
			SELECT party_id, resource_code, 5 FROM party p, resource WHERE p.name_en = 'Vendor One';
		SELECT plan_event('Own salon', starts_at => '2030-01-05 14:00+08', ends_at => '2030-01-05 17:00+08',
						  planned_on_site => 30, needs => 'speaker:2');
		SELECT propose((SELECT min(event_id) FROM event));

		-- texts that show nothing: refused from 0.4.0 on, where they are the model's
		CREATE TABLE xown_blanks AS SELECT false AS is_old;
		DO $$
		BEGIN
			INSERT INTO party (kind, name_en, introduction) VALUES ('organization', 'Blank', '');
			INSERT INTO product (party_id, name) SELECT party_id, n FROM party, unnest(ARRAY[' ', '', '-']) n WHERE name_en = 'Blank';
			UPDATE xown_blanks SET is_old = true;
		EXCEPTION WHEN check_violation THEN NULL;
		END $$;

		-- shipped rows: one edited, some deleted, one of its own
		UPDATE role SET name_en = 'an own name' WHERE role_code = 'school';
		DELETE FROM role_supply WHERE role_code = 'community';
		DELETE FROM role_demand WHERE role_code = 'community';
		DO $$
		BEGIN
			DELETE FROM wall_section_role WHERE role_code = 'community';
		EXCEPTION WHEN undefined_table THEN NULL;
		END $$;
		DELETE FROM role WHERE role_code = 'community';
		INSERT INTO role (role_code, name_en) VALUES ('own_role', 'our own role');

		-- things of its own: a column in every table, and one of each other kind
		DO $$
		DECLARE t regclass;
		BEGIN
			FOR t IN SELECT oid FROM pg_class WHERE relnamespace = 'club'::regnamespace AND relkind = 'r' LOOP
				EXECUTE format('ALTER TABLE %s ADD COLUMN xown_column text', t);
			END LOOP;
		END $$;
		UPDATE party SET xown_column = 'own value';
		UPDATE product SET xown_column = '';
		CREATE TABLE xown_table (party_id bigint REFERENCES party);
		INSERT INTO xown_table SELECT party_id FROM party;
		CREATE INDEX xown_index ON party (xown_column);
		ALTER TABLE party ADD CONSTRAINT xown_check CHECK (xown_column <> '');
		CREATE POLICY xown_policy ON product FOR SELECT TO xown_reader USING (is_open_source);
		CREATE FUNCTION xown_function() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
		CREATE TRIGGER xown_trigger BEFORE INSERT ON party FOR EACH ROW EXECUTE FUNCTION xown_function();
		CREATE VIEW xown_view WITH (security_invoker) AS
			SELECT s.supplied_code, s.demanded_code, party_label(1) AS label FROM serves s;
		GRANT USAGE ON SCHEMA club TO xown_reader;
		GRANT SELECT ON checklist, remedy TO xown_reader;
		GRANT SELECT (definition) ON remedy TO xown_reader WITH GRANT OPTION;
		ALTER TABLE event_item DISABLE TRIGGER event_item_said;
	});
	$node->safe_psql(
		$database, $as_owner . q{
		UPDATE pledge SET status_code = 'confirmed' WHERE pledge_id = (SELECT min(pledge_id) FROM pledge);
		INSERT INTO pledge (supply_id, demand_id, quantity, value, note)
			SELECT s.supply_id, d.demand_id, 2, 7.5, 'a remark'
			FROM supply s, demand d WHERE s.resource_code = 'tea' AND d.event_id IS NOT NULL LIMIT 1;
	}) if $from =~ /^0\.[123]\./;
	# remarks stood in the tables themselves
	$node->safe_psql(
		$database, $as_owner . q{
		UPDATE party SET note = 'a party stays' WHERE name_en = 'Vendor One';
		UPDATE event SET note = 'an event stays', future_plan = 'go on' WHERE name_en = 'Own salon';
		UPDATE supply SET note = 'of a supply it stays' WHERE supply_id = (SELECT min(supply_id) FROM supply);
		UPDATE demand SET note = 'what is wanted stays' WHERE demand_id = (SELECT min(demand_id) FROM demand);
	}) if $from =~ /^0\.[123]\./;
	$node->safe_psql(
		$database, $as_owner . q{
		INSERT INTO series (name_en) VALUES ('Own series');
		SELECT plan_event('Cancelled salon', starts_at => '2030-02-05 14:00+08', ends_at => '2030-02-05 17:00+08');
		INSERT INTO package (event_id, name_en, benefits, price) VALUES (1, 'gold', 'logo_place:2', 1000);
		INSERT INTO sponsorship (event_id, party_id, package_id) VALUES (1, 1, 1), (1, 2, 1);
		UPDATE sponsorship SET status_code = 'signed', agreed_amount = 900.50 WHERE party_id = 1;
		INSERT INTO delivery (sponsorship_id, benefit_code, evidence) VALUES (1, 'logo_place', ' ');
		INSERT INTO sponsorship (event_id, series_id, party_id, kind, planned_amount, note) VALUES
			(1, NULL, 3, 'in_kind', 50, 'cakes'), (1, NULL, 3, 'money', 300, NULL), (1, NULL, 2, 'work', 40, NULL), (NULL, 1, 2, 'money', 700, NULL),
			(2, NULL, 1, 'money', 123.45, 'of what is off');
		UPDATE sponsorship SET status_code = 'signed', agreed_amount = 45 WHERE party_id = 3 AND kind = 'in_kind';
		UPDATE sponsorship SET status_code = 'signed', agreed_amount = 650 WHERE whole_series_id = 1;
		UPDATE sponsorship SET status_code = 'signed', agreed_amount = 120 WHERE event_id = 2;
		UPDATE sponsorship SET status_code = 'withdrawn' WHERE party_id = 3 AND kind = 'money';
		INSERT INTO contribution (party_id, event_id, series_id, kind, resource_code, quantity, hours, value, value_basis, sponsorship_id, note) VALUES
			(1, 1, NULL, 'money', NULL, NULL, NULL, 400, 'measured', 1, NULL), (3, 1, NULL, 'in_kind', NULL, NULL, NULL, 55, 'claimed', NULL, 'flowers'),
			(3, 1, NULL, 'in_kind', NULL, NULL, NULL, 7, 'claimed', NULL, ' '), (2, 1, NULL, 'in_kind', 'tea', 2, NULL, NULL, NULL, NULL, NULL),
			(2, 1, NULL, 'in_kind', 'tea', 3, NULL, 31.2, 'measured', NULL, NULL), (3, 1, NULL, 'work', NULL, NULL, 3, 90, 'claimed', NULL, NULL),
			(2, NULL, 1, 'money', NULL, NULL, NULL, 80, 'measured', NULL, NULL), (2, NULL, NULL, 'money', NULL, NULL, NULL, 20, 'claimed', NULL, NULL),
			(1, 2, NULL, 'money', NULL, NULL, NULL, 60, 'measured', NULL, NULL);
		INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis, sponsorship_id) VALUES
			(1, 'venue', 1, 100, 66, 'measured', 1), (1, 'tea', 2, 10, 12, 'claimed', NULL), (2, 'tea', 2, 10, 9, 'measured', NULL);
		UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 2;
		INSERT INTO party (kind, name_en) VALUES ('person', 'Submitter');
		INSERT INTO talk (event_id, title_en, submitter_id) SELECT 1, 'A talk', max(party_id) FROM party;
		INSERT INTO talk_review (talk_id, reviewer_id, score) SELECT max(talk_id), 3, 5 FROM talk;
		UPDATE talk SET status_code = 'accepted' WHERE title_en = 'A talk';
		INSERT INTO session (event_id, format_code, title_en) VALUES (1, 'mini_talk', 'A talk');
		UPDATE talk SET session_id = (SELECT session_id FROM session WHERE title_en = 'A talk') WHERE title_en = 'A talk';
		INSERT INTO speaker (session_id, person_id) SELECT session_id, 3 FROM session WHERE title_en = 'A talk';
		INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at, time_zone) VALUES
			(901, 'Here', 'planned', '2021-03-08 10:00Z', '2021-03-10 12:00Z', 'UTC'), (902, 'There', 'planned', '2021-03-08 11:00Z', '2021-03-08 13:00Z', 'UTC'),
			(903, 'At night', 'planned', '2021-03-08 22:00Z', '2021-03-09 02:00Z', 'UTC');
		INSERT INTO event_duty (event_id, duty_code, party_id) SELECT e, 'host', (SELECT max(party_id) FROM party) FROM generate_series(901, 903) e;
		INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at, time_zone)
		SELECT n, 'Told or not ' || n, 'planned', '2031-03-08 10:00Z', '2031-03-08 12:00Z', 'UTC' FROM generate_series(904, 906) n;
		UPDATE event SET status_code = 'announced' WHERE event_id IN (904, 905);
		UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id IN (905, 906);
	}) if $from eq '0.3.0';
}

#
# From one version to another
#
my %fresh;

sub upgrade
{
	my ($from, $to) = @_;
	my $title = "$from to $to";
	(my $database = "from_${from}_to_$to") =~ s/\W/_/g;
	(my $new = "new_$to") =~ s/\W/_/g;
	if (!$fresh{$to}++)
	{
		$node->safe_psql('postgres', "CREATE DATABASE $new OWNER owner");
		$node->safe_psql($new, "SET ROLE owner; CREATE EXTENSION salon VERSION '$to'; SELECT salon.create_space('club')");
	}
	space_in_use($database, $from);
	is( $node->safe_psql(
			$database, q{
			SELECT q, salon.coverage('a:1', 'a:2')
			FROM (SELECT salon.allocate(s, d, v) OVER () AS q FROM (VALUES (1, 2, 1.5)) v (s, d, v)) x}),
		'1|0.5',
		"$title: this library serves the scripts of $from");
	my $before = data($database);

	$node->safe_psql($database, "SET ROLE owner; ALTER EXTENSION salon UPDATE TO '$to'");
	is(join("\n", difference([ lines($database, 'extension', 'salon') ], [ lines($new, 'extension', 'salon') ])),
		'', "$title: the extension is defined as a new one");
	is($node->safe_psql($database, 'SELECT version, is_current FROM salon.spaces'), "$from|f", "$title: the space is old");
	is(data($database), $before, "$title: and works");

	refused($database, q{SET ROLE stranger; SELECT salon.upgrade_space('club')},
		qr/42501: must be owner of space "club".*HINT:  It belongs to owner\./s, "$title: a stranger cannot upgrade it");
	return $database;
}

sub upgraded
{
	my ($database, $from, $to) = @_;
	my $title = "$from to $to";
	(my $new = "new_$to") =~ s/\W/_/g;
	my $before = data($database);
	my $amounts = amounts($database);
	is($node->safe_psql($database, q{SELECT salon.upgrade_space('club'), current_user}), "$to|" . $node->safe_psql($database, 'SELECT current_user'),
		"$title: a superuser upgrades the space");
	is($node->safe_psql($database, q{SELECT salon.upgrade_space('club')}), $to, "$title: twice is as once");
	is($node->safe_psql($database, 'SELECT version, is_current FROM salon.spaces'), "$to|t", "$title: it is current");
	is(data($database), $before, "$title: its rows are as they were");
	is( $node->safe_psql($database, q{SELECT is_old, count(party_id), count(p.introduction), string_agg(DISTINCT left(r.name, 1), ' '), count(DISTINCT r.name),
			count(DISTINCT r.name) FILTER (WHERE r.xown_column = '') FROM club.xown_blanks LEFT JOIN (club.party p JOIN club.product r USING (party_id)) ON p.name_en = 'Blank' GROUP BY 1}),
		$from =~ /^0\.[123]\./ ? 't|3|0|-|3|3' : 'f|0|0||0|0', "$title: texts that showed nothing are NULL or a dash, and the community's own as they were");
	is(amounts($database), $amounts, "$title: what was promised and given adds up to the same");
	like($amounts, qr{^given\|1\|.*^supplies\|1\|}ms, "$title: and there is something to add up") if $from eq '0.3.0';
	is(join("\n", difference([ lines($database, 'space', 'club') ], [ map { /trigger: CREATE TRIGGER event_item_said/ ? s/ O \//\ D \//r : $_ } lines($new, 'space', 'club') ])),
		'', "$title: it is defined as a new one");
	is( $node->safe_psql($database, q{SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'club'::regnamespace}),
		'owner', "$title: it belongs to its owner");
	my @rows = difference([ shipped($database) ], [ shipped($new) ]);
	is(scalar(grep { !/^lost: role .*"role_code": "(school|community)"/ && !/^lost: (role_(supply|demand)|wall_section_role) .*"role_code": "community"/ } @rows),
		0, "$title: shipped rows are those of a new one, less those edited and deleted") or diag(join "\n", @rows);
	is($node->safe_psql($database, q{SELECT name_en, source, shipped FROM club.role WHERE role_code IN ('school', 'community')}),
		$from eq '99.1.0' ? 'an own name|changed|f' : 'an own name|D44a|f', "$title: an edited row stays as it is, a deleted one stays away");
	is($node->safe_psql($database, q{SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%\_edited' AND tgenabled <> 'O'}),
		'0', "$title: edits are noticed again");
	is( $node->safe_psql(
			$database, $as_owner . q{
			INSERT INTO party (kind, name_en) VALUES ('person', 'New');
			SELECT count(*) > 0, max(label) FROM xown_view;
			SET ROLE xown_reader;
			SELECT count(*) FROM remedy WHERE false;
			SELECT has_column_privilege('remedy', 'definition', 'SELECT WITH GRANT OPTION'), has_table_privilege('remedy', 'INSERT')}
		),
		"t|Vendor One\n0\nt|f", "$title: own views and grants work");
}

for my $from (grep { $_ ne $version } @released)
{
	my $database = upgrade($from, $version);
	upgraded($database, $from, $version);
	is( $node->safe_psql(
			$database, $as_owner . q{
			DO $$ BEGIN PERFORM salon.grant_access('club', 'xown_reader', 'organizer'); END $$;
			SET ROLE xown_reader;
			INSERT INTO remark (commitment_id, note) SELECT commitment_id, 'written by a reader' FROM commitment c WHERE NOT EXISTS (SELECT FROM remark r WHERE r.commitment_id = c.commitment_id);
			RESET ROLE;
			SELECT DISTINCT by_role, withheld, before FROM history WHERE subject = 'remark'}),
		'xown_reader|{note}|', "$from to $version: who has access writes a remark, and it is recorded");
	is($node->safe_psql($database, q{SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
			WHERE c.relnamespace = 'club'::regnamespace AND a.attacl IS NOT NULL AND c.relname NOT LIKE 'xown%' AND a.attacl::text NOT LIKE '%xown%'}),
		'0', "$from to $version: no column has a privilege of its own");
	is( $node->safe_psql(
			$database, $as_owner . q{
			SELECT string_agg(concat_ws(' ', party_label(party_id), event_label(event_id), supply_id IS NOT NULL, demand_id IS NOT NULL, note), ', ' ORDER BY note) FROM remark WHERE note ~ 'stays';
			SELECT string_agg(plan, ', ') FROM follow_up}),
		"Vendor One f f a party stays, Own salon f f an event stays, t f of a supply it stays, f t what is wanted stays\ngo on", "$from to $version: remarks are where they were, and what comes next") if $from =~ /^0\.[123]\./;
	is( $node->safe_psql($database, $as_owner . q{SELECT string_agg(what || coalesce(' ' || amount, ''), ', ' ORDER BY commitment_id) FROM commitment WHERE what IS NOT NULL}),
		'cakes 45.00, flowers 55.00, - 7.00', "$from to $version: what was promised in a remark is said") if $from eq '0.3.0';
	is( $node->safe_psql($database, $as_owner . q{SELECT void_code FROM talk_review}),
		'speaker', "$from to $version: a review by who speaks in the session is void") if $from eq '0.3.0';
	is($node->safe_psql($database, q{SELECT string_agg(event_id || ' ' || status_code, ', ' ORDER BY event_id) FROM club.public_event WHERE event_id >= 904}),
		'904 announced, 905 cancelled', "$from to $version: what was announced is known, though it was called off since") if $from eq '0.3.0';
	is($node->safe_psql($database, q{SELECT event_id, problem FROM club.event_problem WHERE kind = 'event_duty'}),
		'902|is elsewhere then', "$from to $version: who was at two events stays there, and it is told") if $from eq '0.3.0';
}

for my $from ($version, '99.1.0')
{
	my $database = upgrade($from, '99.2.0');

	# What stands in the way is named, and nothing is changed.
	my @before = lines($database, 'space', 'club');
	my $try = q{SET ROLE owner; SELECT salon.upgrade_space('club')};
	$node->safe_psql($database, $as_owner . 'CREATE VIEW xown_remedy AS SELECT * FROM remedy');
	refused($database, $try, qr/2BP01: cannot upgrade space "club".*view xown_remedy depends on view remedy\..*HINT:  If what stands/s,
		'an own view on a view that cannot be replaced is named');
	$node->safe_psql($database, 'DROP VIEW club.xown_remedy');
	$node->safe_psql($database, $as_owner . q{
		CREATE TRIGGER xown_instead INSTEAD OF INSERT ON remedy FOR EACH ROW EXECUTE FUNCTION xown_function()});
	refused($database, $try, qr/2BP01: .*DETAIL:  .*trigger xown_instead on view remedy depends on view remedy\./s,
		'an own trigger on such a view is named');
	$node->safe_psql($database, 'DROP TRIGGER xown_instead ON club.remedy');
	if ($from eq '99.1.0')
	{
		$node->safe_psql($database, $as_owner . q{CREATE VIEW xown_gone AS SELECT extra_code FROM extra_gone});
		refused($database, $try, qr/2BP01: cannot upgrade space "club": version 99.2.0 no longer has what is used\nDETAIL:  view xown_gone depends on view extra_gone\./s,
			'an own view on one that goes is named');
		$node->safe_psql($database, $as_owner . q{DROP VIEW xown_gone; CREATE FUNCTION xown_label() RETURNS text BEGIN ATOMIC SELECT extra_label('new'); END});
		refused($database, $try, qr/0A000: cannot upgrade space "club": .*DETAIL:  function extra_label\(text\) depends on column.*function xown_label\(\) depends on function extra_label\(text\),/s,
			'an own function on one that keeps a column is named');
		$node->safe_psql($database, 'DROP FUNCTION club.xown_label()');
		$node->safe_psql($database, $as_owner . q{
			CREATE FUNCTION extra_label(xown_table) RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1;
			CREATE TABLE xown_uses (a bigint CHECK (party_label(a) <> 'never'))});
	}
	if ($from eq $version)
	{
		$node->safe_psql($database, $as_owner . 'CREATE VIEW extra_view AS SELECT 1 AS extra_code');
		refused($database, $try, qr/42710: .*DETAIL:  These are not of the model: view extra_view\./s, 'an own view with a new name is not replaced');
		$node->safe_psql($database, $as_owner . 'DROP VIEW extra_view; CREATE TABLE extra ()');
		refused($database, $try, qr/42P07: cannot upgrade space "club": relation "extra" already exists/s, 'nor is an own table');
		$node->safe_psql($database, $as_owner . 'DROP TABLE extra');
	}
	is(join("\n", difference([ lines($database, 'space', 'club') ], \@before)), '', 'a refused upgrade changes nothing');

	upgraded($database, $from, '99.2.0');
	is($node->safe_psql($database, 'SELECT extra_code, label, definition FROM club.extra_view'),
		'newer||CHECK ((length(extra_code) < 20))', 'what is new works');
	refused($database, q{INSERT INTO club.party (kind, added) VALUES ('person', 'too long for this')},
		qr/23514.*party_added_is_short/s, 'a new constraint holds');
}

# Spaces that cannot be upgraded.
$node->safe_psql('postgres', 'CREATE DATABASE others OWNER owner');
$node->safe_psql('others', "SET ROLE owner; CREATE EXTENSION salon VERSION '99.1.0'; SELECT salon.create_space('club')");
refused('others', q{SELECT salon.upgrade_space('nowhere')}, qr/3F000: "nowhere" is not a space/, 'a schema that is no space is named');
$node->safe_psql('others', q{UPDATE club.space SET version = '99.2.0'});
refused('others', q{SELECT salon.upgrade_space('club')},
	qr/55000: space "club" cannot be upgraded from version 99.2.0 to 99.1.0.*DETAIL:  The space is newer.*HINT:  Install a version/s,
	'a space newer than the extension is refused');
$node->safe_psql('others', q{UPDATE club.space SET version = 'own'});
refused('others', q{SELECT salon.upgrade_space('club')}, qr/55000: .*DETAIL:  No migration leads there/s, 'and one of an unknown version');

# Two at a time: the second waits, and has nothing to do.
$node->safe_psql('others', q{UPDATE club.space SET version = '99.1.0'; ALTER EXTENSION salon UPDATE TO '99.2.0'});
my $first = $node->background_psql('others', on_error_stop => 1);
$first->query_safe(q{BEGIN; SELECT salon.upgrade_space('club')});
my $second = $node->background_psql('others', on_error_stop => 1);
$second->query_until(qr/begun/, "\\echo begun\nSELECT salon.upgrade_space('club');\n");
$node->poll_query_until('others', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'}) or die;
$first->query_safe('COMMIT');
like($second->query_safe('SELECT 1'), qr/1/, 'of two upgrades at a time both succeed');
$first->quit;
$second->quit;
is($node->safe_psql('others', 'SELECT is_current FROM salon.spaces'), 't', 'and the space is current');

$node->stop;
done_testing();
