'use strict';
// The web site of a community, straight from SQL: public pages, registration,
// tickets, check-in, the organizer's page.  doc/public.md says what stands behind
// each choice.

const http = require('http');
const crypto = require('crypto');
const { Pool, escapeIdentifier, types } = require('pg');
const { html, made, page, style } = require('./html');

const { HOST = '127.0.0.1', PORT = '8080', SPACE = 'club', FORM_USER, APPLICATION_USER, SALON_TOKEN, SALON_PARTY } = process.env;
const origin = process.env.ORIGIN || `http://${HOST}:${PORT}`;
const hours = 12;
const most = 64 * 1024;

types.setTypeParser(types.builtins.DATE, (value) => value); // a day has no time zone

/*
 * The database: a transaction for a request, which begins with all that it is
 * asked as.  Everybody comes by the role of a public form; who signed in by that
 * of an application, which acts for a party.
 */
const pools = {
    form: new Pool({ user: FORM_USER, statement_timeout: 10000, max: 10 }),
    application: new Pool({ user: APPLICATION_USER, statement_timeout: 10000, max: 10 }),
};

async function transaction(level, { lang, party = '', secret = '' }, work) {
    const client = await pools[level].connect();
    let failed;
    try {
        await client.query('BEGIN');
        await client.query(`SELECT set_config('search_path', $1, true), set_config('salon.lang', $2, true),
            set_config('salon.party', $3, true), set_config('salon.secret', $4, true)`,
            [`${escapeIdentifier(SPACE)}, salon, pg_temp`, lang, party, secret]);
        const result = await work(async (text, values) => (await client.query(text, values)).rows);
        await client.query('COMMIT');
        return result;
    } catch (error) {
        failed = await client.query('ROLLBACK').then(() => undefined, (lost) => lost);
        throw error;
    } finally {
        client.release(failed);
    }
}

// What is wrong and what to do: rules of the space say both; what a constraint
// alone refuses has its remedy in its comment.
async function explain(error, request) {
    const [rule] = error.hint || !error.constraint ? [] : await transaction('form', request, (sql) =>
        sql('SELECT remedy FROM remedy WHERE constraint_name = $1 LIMIT 1', [error.constraint]));
    return rule ? [rule.remedy] : [error.message, error.hint];
}

/*
 * Who signed in, in memory.
 */
const sessions = new Map();

const same = (a, b) => crypto.timingSafeEqual(...[a, b].map((text) => crypto.createHash('sha256').update(String(text)).digest()));

const cookie = (name, value, seconds) =>
    `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax; HttpOnly${origin.startsWith('https:') ? '; Secure' : ''}`;

function signedIn(request) {
    const session = sessions.get(request.cookies.session);
    if (session && session.until > Date.now()) return session.party;
    sessions.delete(request.cookies.session);
    return undefined;
}

/*
 * Public pages
 */
const free = (t, isOpen, seats) => !isOpen ? t('closed', '不开放') : seats === null ? t('open', '开放') : seats === '0' ? t('full, waiting list', '已满，可候补') : t(`${seats} free`, `余 ${seats} 席`);
const link = (url, text) => url ? html`<a href="${url}">${text ?? url}</a>` : text;

async function home(request, sql) {
    const { t } = request;
    const events = await sql('SELECT * FROM public_event ORDER BY is_over, CASE WHEN is_over THEN - extract(epoch FROM starts_at) ELSE extract(epoch FROM starts_at) END');
    return page(request, t('Events', '活动'), html`<table>${events.map((e) => html`<tr><td>${e.local_time}</td>
        <td><a href="/event/${e.event_id}">${e.event}</a><br>${[e.venue, e.city].filter(Boolean).join(', ')}</td>
        <td>${e.is_cancelled || e.is_over ? e.status : html`${t('on site', '现场')}: ${free(t, e.on_site_is_open, e.on_site_free)}<br>${t('online', '线上')}: ${free(t, e.online_is_open, e.online_free)}`}</td></tr>`)}</table>`);
}

async function event(request, sql, id) {
    const { t } = request;
    const [e] = await sql('SELECT * FROM public_event WHERE event_id = $1', [id]);
    if (!e) return undefined;
    const agenda = await sql('SELECT * FROM public_agenda WHERE event_id = $1 ORDER BY starts_at, room_id, session_id', [id]);
    const speakers = await sql('SELECT DISTINCT ON (person_id) * FROM public_speaker WHERE event_id = $1 ORDER BY person_id, speaker_id', [id]);
    const logos = await sql('SELECT * FROM public_logo WHERE event_id = $1 ORDER BY part_ordinal, party_id', [id]);
    const questions = await sql('SELECT DISTINCT ON (ordinal, question_code) * FROM registration_question WHERE event_id = $1 ORDER BY ordinal, question_code', [id]);
    const sides = [['on_site', t('on site', '现场')], ['online', t('online', '线上')]].filter(([side]) => e[`${side}_is_open`]);
    return page(request, e.event, html`
        ${e.is_cancelled && html`<p class="off"><strong>${t('This event is cancelled.', '本活动已取消。')}</strong></p>`}
        <p><time>${e.local_time}</time> (${e.time_zone})<br>${[e.venue, e.address, e.city].filter(Boolean).join(', ')}
        ${e.organizer && html`<br>${t('hosted by ', '主办：')}${link(e.organizer_url, e.organizer)}`}</p>
        <p>${e.introduction}</p>
        <p>${e.live_url && link(e.live_url, t('live stream', '直播'))} ${!e.is_cancelled && html`<a href="/event/${id}.ics">${t('calendar', '加入日历')}</a> <a href="/event/${id}/brief">${t('all of it on one page', '活动简介')}</a>`}</p>
        ${!e.is_cancelled && html`<p><a href="/event/${id}/poster.svg"><img class="poster" src="/event/${id}/poster.svg" alt="${t('poster', '海报')}"></a></p>`}
        ${agenda.length > 0 && html`<h2>${t('Agenda', '议程')}</h2><table>${agenda.map((s) => html`<tr><td>${s.local_time}</td><td><strong>${s.title}</strong><br>${s.speakers}<br>${s.abstract}</td><td>${s.room}</td></tr>`)}</table>`}
        ${speakers.length > 0 && html`<h2>${t('Speakers', '讲师')}</h2><ul>${speakers.map((s) => html`<li>${link(s.website, s.speaker)} ${s.introduction}</li>`)}</ul>`}
        ${logos.length > 0 && html`<h2>${t('With', '合作方')}</h2><p class="logos">${logos.map((l) => html`<span>${link(l.website, l.logo_url ? html`<img src="${l.logo_url}" alt="${l.party}">` : l.party)} (${l.part})</span> `)}</p>`}
        ${sides.length > 0 && html`<h2>${t('Register', '报名')}</h2><ul>${sides.map(([side, label]) => html`<li>${label}: <span id="free_${side}">${free(t, true, e[`${side}_free`])}</span></li>`)}</ul>
        <form method="post">
            <label>${t('where', '方式')} <select name="side">${sides.map(([side, label]) => html`<option value="${side}">${label}</option>`)}</select></label>
            <label>${t('seats', '席数')} <input name="seats" type="number" min="1" value="1" required></label>
            <label>${t('name', '姓名')} <input name="name" autocomplete="name" required maxlength="200"></label>
            <label>${t('e-mail', '邮箱')} <input name="contact" type="email" autocomplete="email" required maxlength="200"></label>
            ${questions.map((q) => html`<label>${q.question} ${q.options && html`<small>(${q.options})</small>`} <input name="answer_${q.question_code}" ${q.is_required ? html`required` : ''}></label>`)}
            <button>${t('Register', '报名')}</button></form>`}`);
}

async function register(request, sql, id) {
    const { side, seats, name, contact } = request.form;
    const answers = Object.fromEntries(Object.entries(request.form).filter(([key, value]) => key.startsWith('answer_') && value !== '').map(([key, value]) => [key.slice(7), value]));
    const [r] = await sql("SELECT * FROM register($1, $2, seats => $3, name => $4, contact_kind => 'email', contact => $5, answers => $6)",
        [id, side, seats, name, contact, Object.keys(answers).length > 0 ? answers : null]);
    return { to: `/registration/${r.registration_id}/${r.secret}` };
}

async function registration(request, sql, id) {
    const { t } = request;
    const [r] = await sql('SELECT * FROM registration_list WHERE registration_id = $1', [id]);
    if (!r) return undefined;
    const tickets = await sql('SELECT seat, code, passed_at, ticket_qr(code, $2) AS qr FROM ticket_list WHERE registration_id = $1 ORDER BY seat', [id, `${origin}/check-in/`]);
    const sheet = await sql('SELECT label, content FROM attendee_sheet WHERE event_id = $1 AND side = $2 ORDER BY ordinal', [r.event_id, r.side]);
    return page(request, r.event ?? t('Registration', '报名'), html`<p id="status" data-status="${r.status_code}"><strong>${r.status}</strong>, ${r.side_label}, ${t('seats: ', '席数：')}${r.seats}</p>
        ${r.status_code === 'waiting' && html`<p>${t('The event is full: you are on the waiting list, and move up when seats become free.', '名额已满：您在候补名单中，有空位时自动递补。')}</p>`}
        <p>${t('Keep the address of this page: whoever has it sees this and can cancel.', '请保存本页网址：持有者可查看并取消报名。')}</p>
        ${tickets.map((k) => html`<section class="ticket"><h2>${t('Ticket', '电子票')} ${k.seat}</h2>${made(k.qr)}<code>${k.code}</code> ${k.passed_at && t('checked in', '已签到')}</section>`)}
        <p><a href="${request.path}/guide">${t('All that you need on the day', '参会指南')}</a></p>
        <table>${sheet.map((s) => html`<tr><td>${s.label}</td><td>${s.content}</td></tr>`)}</table>
        ${['registered', 'waiting'].includes(r.status_code) && html`<form method="post"><button>${t('Cancel my registration', '取消报名')}</button></form>`}`);
}

async function cancel(request, sql, id) {
    await sql('SELECT FROM cancel_registration($1, $2)', [id, request.secret]);
    return { to: request.path };
}

async function certificate(request, sql, number) {
    const { t } = request;
    const [c] = await sql('SELECT * FROM verify_certificate($1)', [number]);
    return page(request, t('Certificate', '证书'), html`<p><strong>${c.state}</strong></p><p>${c.certificate}<br>${link(c.website, c.issuer)}<br>${c.holder}<br>${c.issued_on} ${c.expires_on && html`– ${c.expires_on}`}</p>`);
}

/*
 * Documents that the database makes
 */
async function calendar(request, sql, id) {
    const [c] = await sql('SELECT icalendar(event_id) AS text FROM public_event WHERE event_id = $1 AND NOT is_cancelled', [id]);
    return c && { type: 'text/calendar; charset=utf-8', body: c.text };
}

// Pages with a style sheet of their own.
const document = (row) => row && { style: "'unsafe-inline'", body: row.text };

// A picture is drawn where it is looked at, with the style it has in itself, and does nothing.
const picture = (row) => row && { type: 'image/svg+xml', style: "'unsafe-inline'", body: row.text };

const poster = async (request, sql, id) =>
    picture((await sql('SELECT poster_svg(event_id) AS text FROM public_event WHERE event_id = $1 AND NOT is_cancelled', [id]))[0]);

const timeline = async (request, sql, id) =>
    picture((await sql('SELECT timeline_svg($1) AS text', [id]))[0]);

const brief = async (request, sql, id) =>
    document((await sql('SELECT brief_html(event_id) AS text FROM public_event WHERE event_id = $1 AND NOT is_cancelled', [id]))[0]);

const guide = async (request, sql, id) =>
    document((await sql('SELECT attendee_html(event_id) AS text FROM registration WHERE registration_id = $1', [id]))[0]);

const handbook = async (request, sql, id) =>
    document((await sql('SELECT organizer_html($1) AS text', [id]))[0]);

/*
 * For who signed in
 */
async function ticket(request, sql, code) {
    const { t } = request;
    const [k] = await sql('SELECT l.*, a.name FROM ticket_list l LEFT JOIN attendee a USING (registration_id) WHERE l.ticket = left($1, 36)::uuid AND l.code = $1', [code]);
    return page(request, t('Check-in', '签到'), k ? html`<p>${k.event}<br><strong>${k.name}</strong>, ${k.side_label}, ${t('seat', '席位')} ${k.seat} / ${k.seats}</p>
        ${k.passed_at ? html`<p id="in">${t('Checked in', '已签到')}</p>` : html`<form method="post"><button>${t('Check in', '确认签到')}</button></form>`}`
        : html`<p class="error">${t('There is no such ticket at an event of yours: it was cancelled, or is of another event.', '您的活动没有此电子票：可能已取消，或属于其他活动。')}</p>`);
}

async function checkIn(request, sql, code) {
    await sql('SELECT check_in($1)', [code]);
    return { to: request.path };
}

async function events(request, sql) {
    const { t } = request;
    const list = await sql("SELECT l.* FROM event_list l JOIN checklist_summary c USING (event_id) ORDER BY l.held_on DESC NULLS FIRST");
    return page(request, t('Your events', '我的活动'), html`<table>${list.map((e) => html`<tr><td>${e.local_time}</td><td><a href="/organizer/${e.event_id}">${e.event}</a></td><td>${e.status}</td></tr>`)}</table>`);
}

async function organizer(request, sql, id) {
    const { t } = request;
    const [e] = await sql('SELECT * FROM event_list WHERE event_id = $1', [id]);
    if (!e) return undefined;
    const guests = await sql('SELECT l.*, a.name, a.contact FROM registration_list l LEFT JOIN attendee a USING (registration_id) WHERE l.event_id = $1 ORDER BY l.asked_at, l.registration_id', [id]);
    const items = await sql("SELECT item_code, item, status, missing, owner, due_at::date AS due_on FROM checklist WHERE event_id = $1 AND status_code <> 'not_needed' ORDER BY ordinal", [id]);
    const todo = await sql('SELECT kind, what, who, due_at::date AS due_on, is_overdue FROM todo WHERE event_id = $1 ORDER BY due_at, kind_code, code', [id]);
    return page(request, e.event, html`<p>${e.local_time} ${e.place}: ${e.status}, <a href="/organizer/${id}/handbook">${t('handbook', '组织者手册')}</a></p>
        <h2>${t('Registrations', '报名')}</h2><table id="registrations">${guests.map((g) => html`<tr><td>${g.name}<br>${g.contact}</td><td>${g.side_label}</td><td>${g.seats}</td><td>${g.status}</td><td>${g.checked_in !== '0' && t(`${g.checked_in} in`, `到场 ${g.checked_in}`)}</td></tr>`)}</table>
        <h2>${t('To do', '待办')}</h2><table id="todo">${todo.map((d) => html`<tr><td>${d.due_on}${d.is_overdue && '!'}</td><td>${d.kind}</td><td>${d.what}</td><td>${d.who}</td></tr>`)}</table>
        <h2>${t('Checklist', '检查表')}</h2><p><a href="/organizer/${id}/timeline.svg">${t('over time', '时间线')}</a></p><table id="checklist">${items.map((i) => html`<tr><td>${i.item_code}</td><td>${i.item}</td><td>${i.status}</td><td>${i.missing}</td><td>${i.owner}</td></tr>`)}</table>`);
}

/*
 * Signing in: one token for one party
 */
const signInPage = (request, wrong) => page(request, request.t('Sign in', '登录'), html`
    ${wrong && html`<p class="error">${request.t('That is not the token.', '口令不正确。')}</p>`}
    <form method="post" action="/sign-in"><input type="hidden" name="then" value="${request.form?.then ?? request.path}">
    <input name="username" autocomplete="username" value="organizer" hidden><label>${request.t('token', '口令')} <input name="token" type="password" autocomplete="current-password" required></label><button>${request.t('Sign in', '登录')}</button></form>`);

function signIn(request) {
    if (!SALON_TOKEN || !SALON_PARTY || !same(request.form.token, SALON_TOKEN)) return { status: 403, body: signInPage(request, true) };
    const session = crypto.randomBytes(32).toString('base64url');
    sessions.set(session, { party: SALON_PARTY, until: Date.now() + hours * 3600e3 });
    // to a page of this site only
    return { to: /^\/[a-z]/.test(request.form.then) ? request.form.then : '/organizer', cookies: [cookie('session', session, hours * 3600)] };
}

function signOut(request) {
    sessions.delete(request.cookies.session);
    return { to: '/', cookies: [cookie('session', '', 0)] };
}

const number = '([0-9]{1,18})';
const uuid = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const seat = uuid.replace(/\)$/, '-[0-9]{1,7})');
const routes = [
    ['GET', '/', home], ['GET', `/event/${number}`, event], ['POST', `/event/${number}`, register],
    ['GET', `/event/${number}\\.ics`, calendar], ['GET', `/event/${number}/brief`, brief], ['GET', `/event/${number}/poster\\.svg`, poster],
    ['GET', `/registration/${number}/${uuid}`, registration], ['POST', `/registration/${number}/${uuid}`, cancel],
    ['GET', `/registration/${number}/${uuid}/guide`, guide], ['GET', `/organizer/${number}/handbook`, handbook, 'application'],
    ['GET', `/organizer/${number}/timeline\\.svg`, timeline, 'application'],
    ['GET', '/certificate/([0-9A-Za-z-]{1,100})', certificate],
    ['GET', `/check-in/${seat}`, ticket, 'application'], ['POST', `/check-in/${seat}`, checkIn, 'application'],
    ['GET', '/organizer', events, 'application'], ['GET', `/organizer/${number}`, organizer, 'application'],
    ['GET', '/style.css', () => ({ type: 'text/css', body: style }), 'none'],
    ['GET', '/sign-in', (request) => signInPage(request), 'none'], ['POST', '/sign-in', signIn, 'none'], ['POST', '/sign-out', signOut, 'none'],
].map(([method, path, answer, level = 'form']) => ({ method, path: new RegExp(`^${path}$`), answer, level }));

async function answer(request) {
    const found = routes.map((route) => ({ ...route, match: route.path.exec(request.path) })).filter((route) => route.match);
    const route = found.find((each) => each.method === request.method);
    if (!route) return found.length > 0 ? { status: 405 } : undefined;
    // what changes something comes from a page of this site
    if (route.method === 'POST' && request.from !== request.host) return { status: 403, body: page(request, request.t('Not from here', '来源不符'), '') };
    const party = signedIn(request);
    request.signedIn = party !== undefined;
    if (route.level === 'none') return route.answer(request);
    if (route.level === 'application' && !request.signedIn) return request.method === 'GET' ? { status: 401, body: signInPage(request) } : { to: request.path };
    const [, key, secret] = route.match;
    request.secret = secret;
    return transaction(route.level, { lang: request.lang, secret, party: route.level === 'application' ? party : undefined },
        (sql) => route.answer(request, sql, key));
}

/*
 * What the database refuses is an answer: what is wrong, and what to do.
 */
const status = (code) => ({ 23503: 404, 42501: 403, '0A000': 501, 57014: 503 })[code] ?? (/^(22|23|53)/.test(code) ? 409 : 500);

async function refusal(error, request) {
    const known = /^[0-9A-Z]{5}$/.test(error.code) && status(error.code) !== 500;
    if (!known) console.error(error);
    const [what, hint] = known ? await explain(error, request)
        : [request.t('This did not work. Please try again later.', '操作未成功，请稍后再试。')];
    return { status: known ? status(error.code) : 500, body: page(request, request.t('That cannot be done', '无法完成'), html`<p class="error">${what}</p><p id="hint">${hint}</p>`) };
}

async function body(incoming) {
    let text = '';
    for await (const chunk of incoming.setEncoding('utf8')) {
        text += chunk;
        if (text.length > most) throw Object.assign(new Error('too long'), { tooLong: true });
    }
    return Object.fromEntries(new URLSearchParams(text));
}

async function serve(incoming, outgoing) {
    const url = new URL(incoming.url, origin);
    const cookies = Object.fromEntries((incoming.headers.cookie ?? '').split(/; */).map((each) => each.split('=')));
    const asked = [url.searchParams.get('lang'), cookies.lang, /\b(zh|en)\b/i.exec(incoming.headers['accept-language'])?.[1].toLowerCase()];
    const lang = asked.find((each) => ['en', 'zh'].includes(each)) ?? 'en';
    const request = {
        method: incoming.method === 'HEAD' ? 'GET' : incoming.method, path: url.pathname, cookies, lang, t: (en, zh) => lang === 'zh' ? zh : en,
        host: incoming.headers.host, from: /^https?:\/\/(.*)$/.exec(incoming.headers.origin ?? '')?.[1],
    };
    let reply;
    try {
        if (request.method === 'POST') request.form = await body(incoming);
        reply = await answer(request) ?? { status: 404, body: page(request, request.t('Not found', '没有此页'), '') };
    } catch (error) {
        reply = error.tooLong ? { status: 413 } : await refusal(error, request);
    }
    if (typeof reply === 'string') reply = { body: reply };
    outgoing.writeHead(reply.to ? 303 : reply.status ?? 200, {
        'Content-Type': reply.type ?? 'text/html; charset=utf-8',
        'Content-Security-Policy': `default-src 'none'; style-src ${reply.style ?? "'self'"}; img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
        'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin', 'Cache-Control': 'no-store',
        ...(reply.to && { Location: reply.to }),
        'Set-Cookie': [...(reply.cookies ?? []), ...(asked[0] === lang ? [cookie('lang', lang, 31536000)] : [])],
    });
    outgoing.end(incoming.method === 'HEAD' ? undefined : reply.body);
}

for (const pool of Object.values(pools)) pool.on('error', (error) => console.error(error.message));
const server = http.createServer((incoming, outgoing) => serve(incoming, outgoing).catch((error) => {
    console.error(error);
    outgoing.destroy();
})).listen(Number(PORT), HOST, () => console.log(`listening on ${origin}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { server.close(); server.closeAllConnections(); Promise.all(Object.values(pools).map((pool) => pool.end())); });
