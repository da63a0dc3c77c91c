'use strict';
// Pages are made by one template: html`<p>${value}</p>` escapes every value but
// what it made itself, so that no text of the database is a tag.

class Html {
    constructor(text) { this.text = text; }
}

const escape = (value) => value instanceof Html ? value.text
    : Array.isArray(value) ? value.map(escape).join('')
    : value === null || value === undefined || value === false ? ''
    : String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt()};`);

const html = (parts, ...values) => new Html(parts.reduce((done, part, i) => done + escape(values[i - 1]) + part));

// A document that the database made, in which it escaped every text.
const made = (text) => new Html(text);

const style = `
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 0 auto; padding: 0 1rem 3rem; overflow-wrap: break-word }
header, footer { display: flex; gap: 1rem; padding: .5rem 0; border-bottom: thin solid }
header a:first-child { margin-right: auto }
h1, h2 { line-height: 1.2 }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: thin solid #8888 }
label { display: block; margin: .5rem 0 }
input, select, button { font: inherit; padding: .25rem .5rem; max-width: 100%; box-sizing: border-box }
.off, .error { border-left: .3rem solid #c00; padding-left: .75rem }
.logos img { height: 3rem; max-width: 12rem; margin-right: 1rem; background: #fff }
.poster { width: 15rem; max-width: 100% }
.ticket svg { width: 15rem; max-width: 100%; display: block }
`;

// t says it in the language of the page.
const page = ({ lang, t, path, signedIn }, title, body) => html`<!DOCTYPE html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/style.css"></head><body>
<header><a href="/">${t('Events', '活动')}</a>
${signedIn ? html`<form method="post" action="/sign-out"><button>${t('Sign out', '退出')}</button></form>` : ''}
<a href="/organizer">${t('Organizers', '组织者')}</a>
<a href="${path}?lang=${t('zh', 'en')}" hreflang="${t('zh', 'en')}">${t('中文', 'English')}</a></header>
<main><h1>${title}</h1>${body}</main></body></html>`.text;

module.exports = { html, made, page, style };
