// What the programs for PostGraphile have in common: what of a space is in the schema at
// each level, one event with all that hangs on it, a refused mutation.
'use strict';
const {execFileSync, spawnSync} = require('child_process');
const assert = require('assert');
const fs = require('fs');
const http = require('http');
const path = require('path');

const levels = ['visitor', 'member', 'organizer', 'application'];
let tests = 0, failed = 0;

// What a folder has of npm, or an end that says why not.
exports.brought = folder => {
	if (!fs.existsSync(path.join(__dirname, folder, 'node_modules'))) {
		console.log(`1..0 # SKIP test/clients/${folder} has no node_modules: npm ci there`);
		process.exit(0);
	}
	return require('module').createRequire(path.join(__dirname, folder, 'package.json'));
};

// Go on with a Node that is new enough: the one of npm where this one is older.
exports.atLeast = (major, folder) => {
	if (parseInt(process.versions.node) >= major)
		return;
	const node = path.join(__dirname, folder, `node_modules/node-linux-${process.arch}/bin/node`);
	if (!fs.existsSync(node)) {
		console.log(`1..0 # SKIP it wants Node ${major}, this is ${process.versions.node}, and npm brings none for ${process.platform} on ${process.arch}`);
		process.exit(0);
	}
	process.exit(spawnSync(node, process.argv.slice(1), {stdio: 'inherit'}).status ?? 1);
};

// What begins with a line is a space's own.  Keys of several columns have long names
// here, and views have no keys: an application says how it wants to go from an event
// to what hangs on it.
exports.tags = (own, omit) => [
	{kind: 'class', match: own, tags: omit},
	{kind: 'procedure', match: own, tags: omit},
	{kind: 'procedure', match: 'club.introductions', tags: {name: 'chains_of_introduction'}},
	{kind: 'constraint', match: 'club.session.session_follows_the_event', tags: {foreignFieldName: 'sessions'}},
	{kind: 'constraint', match: 'club.speaker.speaker_follows_the_session', tags: {foreignFieldName: 'speakers'}},
	{kind: 'constraint', match: 'club.speaker.speaker_is_a_person', tags: {fieldName: 'person'}},
	{kind: 'class', match: 'club.checklist', tags: {primaryKey: 'event_id,item_code', foreignKey: '(event_id) references club.event (event_id)|@fieldName of|@foreignFieldName checklist'}},
	{kind: 'class', match: 'club.proposal', tags: {foreignKey: '(event_id) references club.event (event_id)|@fieldName of|@foreignFieldName proposals'}},
];

function same(got, wanted, title) {
	let is = true;
	try {
		assert.deepStrictEqual(got, wanted);
	} catch (error) {
		is = false;
	}
	tests++;
	failed += !is;
	console.log(`${is ? 'ok' : 'not ok'} ${tests} - ${title}`);
	if (!is)
		console.log('# ' + JSON.stringify(got) + '\n# ' + JSON.stringify(wanted));
}

function ask(port, query) {
	return new Promise((resolve, reject) => {
		const request = http.request({host: '127.0.0.1', port, path: '/graphql', method: 'POST', headers: {'Content-Type': 'application/json'}}, response => {
			let body = '';
			response.on('data', part => body += part).on('end', () => resolve(JSON.parse(body)));
		}).on('error', reject);
		request.end(JSON.stringify({query}));
	});
}

// make(pool, seen) gives the schema and tells for each type and field of which table,
// view, column (as table.column) or function it is; listen(pool, server, settings) puts
// it on a server.
async function run(database, pg, make, listen) {
	console.warn = text => console.log('# ' + String(text).replace(/\n/g, '\n# '));
	execFileSync('sh', [path.join(__dirname, 'fixture'), database], {stdio: 'inherit'});
	const owner = new pg.Pool({database});

	// what a role may read or call is in the schema, and nothing else is
	for (const level of levels) {
		const role = 'clients_' + level;
		const pool = new pg.Pool({database, user: role});
		const found = [];
		const schema = await make(pool, found);
		const seen = new Set(found.filter(({type, field}) => schema.getType(type) && (!field || schema.getType(type).getFields()[field])).map(({name}) => name));
		await pool.end();
		const {rows} = await owner.query(`SELECT c.relname AS name FROM pg_class c
			WHERE c.relnamespace = 'club'::regnamespace AND c.relkind IN ('r', 'v') AND left(c.relname, 1) <> '_' AND has_table_privilege($1, c.oid, 'SELECT')
			UNION
			SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE c.relnamespace = 'club'::regnamespace AND c.relkind IN ('r', 'v') AND left(c.relname, 1) <> '_' AND has_table_privilege($1, c.oid, 'SELECT')
			UNION
			SELECT p.proname FROM pg_proc p
			WHERE p.pronamespace = 'club'::regnamespace AND left(p.proname, 1) <> '_' AND has_function_privilege($1, p.oid, 'EXECUTE') AND p.prorettype <> 'trigger'::regtype`, [role]);
		const may = rows.map(row => row.name);
		// it takes no function of which there are several
		same(may.filter(name => !seen.has(name)).sort(), level === 'organizer' || level === 'application' ? ['check_in', 'check_schedule', 'import_schedule'] : [], `${level}: nothing of ${may.length} tables, views, columns and functions is dropped but functions of which there are several`);
		same([...seen].filter(name => !may.includes(name)), [], `${level}: nothing else is listed`);
	}

	// one page in one question, on a server of an application that acts for somebody
	const pool = new pg.Pool({database, user: 'clients_application'});
	const server = http.createServer();
	await listen(pool, server, {'salon.party': '1'});
	await owner.query("SELECT salon.grant_access('club', 1, 'organizer', 1)");
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address();
	const answer = await ask(port, `{
		event(eventId: "1") {
			nameZh startsAt plannedOnSite
			sessions { nodes { titleEn speakers { nodes { person { nameZh } } } } }
			checklist(first: 3, orderBy: [ORDINAL_ASC]) { nodes { itemCode statusCode missing } }
			proposals(condition: {demandedCode: "small_gift"}) { nodes { demandedCode quantity } }
		}
	}`);
	same(answer.errors, undefined, 'an event is asked for with all that hangs on it');
	const event = answer.data && answer.data.event || {};
	same([event.nameZh, new Date(event.startsAt).toISOString(), event.plannedOnSite], ['春季沙龙', '2031-03-08T05:30:00.000Z', 40], 'its name, time and heads');
	same(event.sessions && event.sessions.nodes.map(s => [s.titleEn, s.speakers.nodes.length]), [['How WAL works', 1], ['How plans are made', 2]], 'its sessions with their speakers');
	same(event.checklist && event.checklist.nodes.length, 3, 'its checklist');
	same(event.proposals && event.proposals.nodes, [{demandedCode: 'small_gift', quantity: '40'}], 'and who can give what it needs');

	const stored = await ask(port, 'mutation { createVenue(input: {venue: {name: "library", timeZone: "Asia/Shanghai", equipment: "projector:1, 话筒:2"}}) { venue { name equipment } } }');
	same(stored.errors, undefined, 'a row with a bundle is made');
	same(stored.data && stored.data.createVenue && stored.data.createVenue.venue, {name: 'library', equipment: 'projector:1, 话筒:2'}, 'a bundle goes in and comes back');
	const refused = await ask(port, 'mutation { updateEvent(input: {eventId: "1", patch: {statusCode: "recapped"}}) { event { statusCode } } }');
	const error = refused.errors && refused.errors[0] || {};
	const told = error.errcode ? error : error.extensions && (error.extensions.exception || error.extensions) || {};
	same([told.errcode, told.constraint, /^From announced it can go to: /.test(told.hint)], ['23514', 'event_status_step', true], 'a refused mutation has its SQLSTATE, constraint and hint');

	server.closeAllConnections();
	await new Promise(resolve => server.close(resolve));
	await pool.end();
	await owner.end();
}

exports.main = (database, ...more) => run(database, ...more).catch(error => {
	failed++;
	console.log(`not ok ${++tests} - ${error.stack.replace(/\n/g, '\n# ')}`);
}).finally(() => {
	execFileSync('psql', ['-X', '-q', '-d', 'postgres', '-c', `DROP DATABASE ${database} WITH (FORCE)`]);
	console.log('1..' + tests);
	process.exit(failed > 0 ? 1 : 0);
});
