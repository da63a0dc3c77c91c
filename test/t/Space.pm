# What stands in a space and what is defined in it, for tests that take it
# somewhere: before and after are compared line by line.
package Space;
use strict;
use warnings;
use Exporter 'import';
use Test::More;

our @EXPORT = qw(digests definitions unnamed is_same life_goes_on fill);

# A digest of every table and view of a space, a line each.  How late something
# is hangs on the moment: rows of that are counted, or it is left out.  Kinds are
# those of pg_class.
sub digests
{
	my ($node, $database, $space, $kinds) = (@_, 'rpvm');
	my $queries = $node->safe_psql(
		$database, qq{
		SELECT format('SELECT %L, count(*), sum(hashtextextended(%s, 0)::numeric) FROM %s x',
		              relname, CASE relname WHEN 'late_item' THEN 'event_id::text' WHEN 'report_checklist' THEN '(to_jsonb(x) - ''days_left'')::text' ELSE 'x::text' END, oid::regclass)
		FROM pg_class
		WHERE relnamespace = '$space'::regnamespace AND strpos('$kinds', relkind::text) > 0
		ORDER BY relname});
	return $node->safe_psql($database, join(";\n", "SET jit = off; SET search_path = $space, salon", split(/\n/, $queries)));
}

# What is defined in a space: columns, constraints, indexes, policies,
# triggers, functions, comments, rights.
sub definitions
{
	my ($node, $database, $space) = @_;
	return $node->safe_psql(
		$database, qq{
		WITH r AS (SELECT * FROM pg_class WHERE relnamespace = '$space'::regnamespace)
		SELECT d FROM (
			SELECT concat_ws(' ', 'column', r.oid::regclass, attname, attacl, format_type(atttypid, atttypmod), attnotnull,
			                 attidentity, attgenerated, pg_get_expr(adbin, adrelid), col_description(r.oid, attnum))
			FROM r JOIN pg_attribute ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped
			LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
			UNION ALL
			SELECT concat_ws(' ', 'relation', r.oid::regclass, relkind, reloptions, nullif(relacl::text, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)::text), relrowsecurity,
			                 obj_description(r.oid, 'pg_class'), CASE WHEN relkind = 'v' THEN pg_get_viewdef(r.oid) END) FROM r
			UNION ALL
			SELECT concat_ws(' ', 'constraint', r.oid::regclass, conname, pg_get_constraintdef(k.oid),
			                 obj_description(k.oid, 'pg_constraint')) FROM r JOIN pg_constraint k ON k.conrelid = r.oid
			UNION ALL
			SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid)) FROM r JOIN pg_index ON indrelid = r.oid
			UNION ALL
			SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid)) FROM r JOIN pg_trigger t ON tgrelid = r.oid
			WHERE NOT tgisinternal
			UNION ALL
			SELECT concat_ws(' ', 'policy', r.oid::regclass, polname, polcmd, polroles::regrole[],
			                 pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM r JOIN pg_policy ON polrelid = r.oid
			UNION ALL
			SELECT concat_ws(' ', 'function', pg_get_functiondef(oid), proacl, obj_description(oid, 'pg_proc'))
			FROM pg_proc WHERE pronamespace = '$space'::regnamespace) u (d)
		ORDER BY d COLLATE "C"});
}

# Compare line by line, and show only the lines that differ.
sub is_same
{
	my ($got, $expected, $title) = @_;
	my %lines;
	$lines{$_}++ for split(/\n/, $expected);
	$lines{$_}-- for split(/\n/, $got);
	my @different = map { ($lines{$_} > 0 ? 'lost: ' : 'new: ') . $_ } grep { $lines{$_} } sort keys %lines;
	is(join("\n", @different), '', $title);
}

# The names of columns that nobody named are written out by a restore.
sub unnamed
{
	my ($definitions) = @_;
	$definitions =~ s/ AS ("?)\w+\1//g;
	return $definitions;
}


# A space of synthetic events in a database of its own, which belongs to a role
# without rights, with what a community may add of each kind.
sub fill
{
	my ($node, $database, $owner, $events) = @_;
	(my $synthetic = __FILE__) =~ s{t/Space\.pm$}{bench/synthetic.sql};
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER $owner");
	$node->safe_psql($database, "SET ROLE $owner; CREATE EXTENSION salon; SELECT salon.create_space('club')");
	$node->safe_psql($database, "SET session_replication_role = replica; SET search_path = club, salon; BEGIN;
		\\set events $events\n\\set registrations 10\n\\i $synthetic\nCOMMIT");
	$node->safe_psql(
		$database, qq{
		SET ROLE $owner;
		SET search_path = club, salon;
		-- every offer beside every wish is another's test
		DELETE FROM supply s WHERE party_id > 30 AND NOT EXISTS (SELECT FROM commitment c WHERE c.supply_id = s.supply_id);
		DELETE FROM demand d WHERE party_id > 30 AND NOT EXISTS (SELECT FROM commitment c WHERE c.demand_id = d.demand_id);
		ALTER TABLE party ADD COLUMN own_column text DEFAULT 'own';
		UPDATE party SET own_column = 'own value' WHERE party_id % 7 = 0;
		CREATE INDEX own_index ON party (own_column) WHERE own_column <> 'own';
		CREATE STATISTICS own_statistics ON party_id, own_column FROM party;
		ALTER TABLE product ADD CONSTRAINT own_check CHECK (name <> 'own');
		CREATE POLICY own_policy ON product FOR SELECT TO own_reader USING (is_open_source);
		CREATE DOMAIN own_domain AS text CHECK (VALUE <> '');
		CREATE TABLE own_table (party_id bigint PRIMARY KEY REFERENCES party, said own_domain, what salon.bundle, noted integer NOT NULL DEFAULT 0);
		INSERT INTO own_table SELECT party_id, 'own', 'speaker:1' FROM party WHERE party_id <= 50;
		CREATE FUNCTION own_function() RETURNS trigger LANGUAGE plpgsql SET search_path = club, pg_temp
			AS 'BEGIN UPDATE own_table SET noted = noted + 1 WHERE party_id = NEW.party_id; RETURN NEW; END';
		CREATE TRIGGER own_trigger AFTER UPDATE ON party FOR EACH ROW EXECUTE FUNCTION own_function();
		CREATE VIEW own_view WITH (security_invoker) AS SELECT p.party_id, p.own_column, party_label(p.party_id) AS label FROM party p;
		CREATE MATERIALIZED VIEW own_result AS SELECT event_id, count(*) AS items FROM checklist GROUP BY event_id;
		GRANT SELECT ON own_view, own_table TO own_reader;
		SELECT salon.grant_access('club', 'own_reader', 'visitor'), salon.grant_access('club', 'own_helper', 'member', 1),
		       salon.grant_access('club', 'own_helper', 'organizer', 2);});
	$node->safe_psql($database, 'VACUUM ANALYZE');
}

# A row after the last, a rule, and what the community added.
sub life_goes_on
{
	my ($node, $database, $space, $title) = @_;
	is( $node->safe_psql(
			$database, qq{
			SET search_path = $space, salon;
			INSERT INTO party (kind, name_en) VALUES ('person', 'New') RETURNING party_id > (SELECT max(party_id) FROM party);
			UPDATE party SET introduction = 'changed' WHERE party_id = 2;
			SELECT noted > 0 FROM own_table WHERE party_id = 2;
			SELECT plan_event('After', starts_at => '2035-01-05 14:00+08', ends_at => '2035-01-05 17:00+08', needs => 'speaker:2')
				> (SELECT max(event_id) FROM event);
			SELECT count(*) > 0 FROM propose((SELECT max(event_id) FROM event));
			SELECT count(*) > 0 FROM history WHERE subject = 'event' AND event_id = (SELECT max(event_id) FROM event);
			SELECT * FROM invariant}),
		"t\nt\nt\nt\nt", "$title: life goes on, and no rule is broken");
	my ($status, $stdout, $stderr) = $node->psql($database, "INSERT INTO $space.party (kind, name_en) VALUES ('robot', 'New')");
	like($stderr, qr/party_kind_is_known/, "$title: rules hold");
}

1;
