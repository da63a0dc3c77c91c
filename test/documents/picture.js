// Looks at pictures in the browser: whether texts fit and can be read, and what
// they look like in grey.  Pictures: [{name, svg, width, harmed}], width in pixels for a
// grey picture of it, and harmed for some of what it is without a shape.
"use strict";

const filled = "rect, circle, path";

function parse(text) {
	const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
	if (parsed.querySelector("parsererror")) throw new Error("not well-formed");
	return document.importNode(parsed.documentElement, true);
}

// Each in a tree of its own, since their style sheets differ.
function show(svg) {
	const host = document.body.appendChild(document.createElement("div"));
	host.attachShadow({mode: "open"}).appendChild(svg);
	return host;
}

function light(colour) {
	const [r, g, b] = colour.match(/[\d.]+/g).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
	const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
	return (a + 0.05) / (b + 0.05);
}

// What is filled below a place, and what above; of what is drawn before or after n.
function around(shapes, n, x, y) {
	const point = new DOMPoint(x, y);
	let below = null, above = null;
	for (const shape of shapes)
		if (shape.fill !== "none" && x >= shape.box.x && x <= shape.box.x + shape.box.width && y >= shape.box.y && y <= shape.box.y + shape.box.height && shape.element.isPointInFill(point)) {
			if (shape.n < n) below = shape;
			else above = above || shape;
		}
	return {below, above};
}

function look(svg) {
	const host = show(svg), all = [...svg.querySelectorAll("*")];
	const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
	const shapes = all.map((element, n) => ({element, n})).filter(s => s.element.matches(filled))
		.map(s => ({...s, fill: getComputedStyle(s.element).fill, box: s.element.getBBox()}));
	const texts = all.map((element, n) => ({element, n})).filter(t => t.element.matches("text"))
		.map(t => ({...t, text: t.element.firstChild.data, box: t.element.getBBox(), fill: getComputedStyle(t.element).fill, length: t.element.getComputedTextLength()}));
	const found = {texts: texts.length, outside: [], beyond: [], crossing: [], hidden: [], pale: [], least: 99};
	for (const t of texts) {
		const {x, y, width: w, height: h} = t.box, middle = y + h * 0.55;
		if (x < 0 || y < -1 || x + w > width || y + h > height + 1 || t.length > width) found.outside.push(t.text);
		for (const at of [x + 1, x + w / 2, x + w - 1]) {
			const {below, above} = around(shapes, t.n, at, middle);
			if (above) found.hidden.push(t.text);
			const ratio = below ? contrast(t.fill, below.fill) : 0;
			found.least = Math.min(found.least, ratio);
			if (ratio < 4.5) found.pale.push([t.text, t.fill, below && below.fill, ratio]);
		}
		// a text that begins on a panel ends on it
		const panel = shapes.filter(s => s.n < t.n && s.element.matches(".panel") && around([s], t.n, x + 1, middle).below).pop();
		if (panel && (x + w > panel.box.x + panel.box.width || y + h > panel.box.y + panel.box.height + 1)) found.beyond.push(t.text);
	}
	for (let i = 0; i < texts.length; i++)
		for (let k = i + 1; k < texts.length; k++) {
			const a = texts[i].box, b = texts[k].box;
			if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 &&
				Math.min(a.y + a.height * 0.8, b.y + b.height * 0.8) - Math.max(a.y + a.height * 0.25, b.y + b.height * 0.25) > 1)
				found.crossing.push([texts[i].text, texts[k].text]);
		}
	host.remove();
	return found;
}

async function image(svg) {
	const drawn = new Image();
	drawn.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], {type: "image/svg+xml"}));
	await drawn.decode();
	return drawn;
}

// The picture in grey, and below it once more without its texts, which fonts make
// a little different from one machine to another.
async function grey(svg, width) {
	const whole = await image(svg);
	svg.querySelectorAll("text").forEach(text => text.remove());
	const shapes = await image(svg), height = Math.round(width * whole.height / whole.width);
	const canvas = Object.assign(document.createElement("canvas"), {width, height: 2 * height});
	const context = canvas.getContext("2d");
	context.drawImage(whole, 0, 0, width, height);
	context.drawImage(shapes, 0, height, width, height);
	const {data} = context.getImageData(0, 0, width, 2 * height);
	const levels = [];
	for (let i = 0; i < data.length; i += 4) levels.push(String.fromCharCode(Math.round(0.3 * data[i] + 0.59 * data[i + 1] + 0.11 * data[i + 2])));
	return {width, height: 2 * height, levels: btoa(levels.join(""))};
}

// The picture without its first, a middle and its last shape, and with one moved.
async function harmed(text, width) {
	const pictures = [];
	const shapes = svg => [...svg.querySelectorAll("rect, circle")].filter(s => !s.matches(".ground"));
	const count = shapes(parse(text)).length;
	for (const n of [...new Set([0, Math.floor(count / 2), count - 1])]) {
		const without = parse(text), moved = parse(text);
		shapes(without)[n].remove();
		shapes(moved)[n].setAttribute("transform", "translate(24 16)");
		pictures.push(await grey(without, width), await grey(moved, width));
	}
	return pictures;
}

async function main(pictures) {
	const results = [];
	for (const {name, svg, width, harmed: is_harmed} of pictures) {
		const result = {name, ...look(parse(svg))};
		if (width) {
			result.grey = await grey(parse(svg), width);
			if (is_harmed) result.harmed = await harmed(svg, width);
		}
		results.push(result);
	}
	return results;
}

addEventListener("load", async () => {
	const out = document.getElementById("out");
	try {
		const results = await main(JSON.parse(document.getElementById("pictures").textContent));
		document.body.replaceChildren(out);
		out.textContent = JSON.stringify(results);
	} catch (error) {
		out.textContent = JSON.stringify({error: String(error && error.stack)});
	}
});
