// Text from others (addresses, names of pins, tables) stays text: no element is made of it, no link runs a script, and files hold it as what it is. The page keeps nothing
// but a preference, and asks no other host for anything.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';

import { saved } from './browsers.mjs';
import { ROOT, drawn, eventually, goTo, openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const IMAGE = '<img src=x onerror=alert(1)>';
// The last reads backwards, has letters of no width, and an end of line.
const HOSTILE = [IMAGE, '"><script>alert(1)</script>', 'javascript:alert(1)', '\'"><svg/onload=alert(1)>', '&lt;b&gt;&#60;i&#62;', '\u202egnp.exe\u202c\u200b\u2066x\u2069', '=cmd|\'/C calc\'!A0'];
// Of these, none leads to a page of the web.
const LINKS = ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:x', '//example.org/', '"onmouseover=alert(1) x="', 'file:///etc/passwd'];

// Every key of an address, as the program has them.
async function keys() {
  const source = await readFile(new URL('src/page/parameters/address.rs', ROOT), 'utf8');
  const [, list] = /pub const KEYS: \[&str; \d+\] = \[([^\]]+)\]/.exec(source);
  const found = [...list.matchAll(/"([^"]+)"/g)].map(([, key]) => key);
  assert.ok(found.length > 30 && found.includes('own') && found.includes('pins'));
  return found;
}

// Anything in the document that only markup could have made, and links that are none.
const foreign = (page) => page.evaluate(() => {
  const elements = [...document.querySelectorAll('img, svg, iframe, object, embed, base, body script, body style, form form, b, i, marquee, [style*="url"]')].map((element) => element.outerHTML.slice(0, 200));
  const handlers = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].filter(({ name }) => /^on|^srcdoc$|^formaction$/.test(name)).map(({ name, value }) => `${name}=${value}`));
  // Within the page, to its sisters, and to pages of the web.
  const links = [...document.querySelectorAll('[href], [src], [action]')].flatMap((element) => ['href', 'src', 'action'].map((name) => element.getAttribute(name)).filter(Boolean))
    .filter((address) => !/^(\?$|(?:\/some\/where\/)?#|https?:\/\/|[\w.-]+\.(html|js|css)(\?[\w-]+)?$|\.?\/[\w.-]+\.(js|css|wasm)(\?\w+)?$|data:image\/svg\+xml,)/.test(address));
  return [...elements, ...handlers, ...links];
});

// The title and the headings are as they were, nothing asks for an answer, and nothing has run.
async function assertText(page, about) {
  await drawn(page);
  assert.deepEqual(await foreign(page), [], about);
  assert.equal(await page.title(), 'Dipole Portal Explorer');
  assert.deepEqual(await page.$$eval('h1', (all) => all.map(({ textContent }) => textContent)), ['Dipole Portal Explorer']);
}

// A dialog would be a script that has run.
function watch(page) {
  const dialogs = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  return dialogs;
}

visit('markup in every parameter of the address stays text', {}, async (page) => {
  const dialogs = watch(page);
  const all = await keys();
  for (const text of HOSTILE) {
    const value = encodeURIComponent(text);
    for (let at = 0; at < all.length; at += 5) {
      const some = all.slice(at, at + 5);
      await goTo(page, some.map((key) => `${key}=${value}`).join('&'));
      await assertText(page, `${some}: ${text}`);
    }
    // As a key, as a part of one, and as it is; a complaint repeats it as text.
    await goTo(page, `${value}=1&dresden-ii.${value}=${value}&${value}.exposure=1&pins=name:${value},${value}:${value};mass:${value}&mass=2`);
    await settled(page);
    await assertText(page, text);
    const problems = await page.locator('[data-problems]').textContent();
    // An address is taken apart at this sign.
    assert.ok(problems.includes(text.replace(/&.*/, '').slice(0, 8)), `${text}: ${problems}`);
    await page.evaluate((raw) => { location.hash = raw; }, text);
    await assertText(page, `as it is: ${text}`);
  }
  assert.deepEqual(dialogs, []);
});

for (const query of ['embed', 'lecture', 'fuzz']) {
  visit(`markup behind ? and in the iframe that is offered stays text: ${query}`, { query: `${query}=${encodeURIComponent(IMAGE)}&events=5&x="><script>alert(1)</script>`, hash: `pins=name:${encodeURIComponent('"><b>')}` }, async (page) => {
    const dialogs = watch(page);
    await page.waitForSelector(`html[data-${query}]`, { state: 'attached' });
    await page.evaluate(() => document.querySelector('[data-take="iframe"]').click());
    await eventually(async () => assert.match(await page.locator('[data-taken]').textContent(), /<iframe src="[^"<>]*" width="800"/));
    await assertText(page, query);
    assert.deepEqual(dialogs, []);
  });
}

visit('markup in the name of a pin stays text, also in what is saved', { hash: 'pins=mass:2;mass:3' }, async (page) => {
  const dialogs = watch(page);
  for (const text of HOSTILE) {
    const box = page.locator('[data-pin-name="0"]');
    await box.fill(text);
    await box.dispatchEvent('change');
    await page.locator('[data-pin-name="1"]').focus();
    await settled(page);
    await assertText(page, text);
    // The address carries it, and gives it back.
    await page.reload();
    await settled(page);
    assert.equal(await page.locator('[data-pin-name="0"]').inputValue(), text);
    await assertText(page, `again: ${text}`);
    for (const subject of ['spectrum', 'plane']) await assertFiles(page, subject, text);
  }
  assert.deepEqual(dialogs, []);
});

// A file as a text, by pressing its button.
async function file(page, what) {
  await page.locator(`[data-take="${what}"]`).evaluate((button) => { button.closest('details')?.setAttribute('open', ''); });
  return (await saved(page, () => page.locator(`[data-take="${what}"]`).click())).bytes.toString();
}

// Drawings have no element but of drawings, and tables no cell that is a formula.
async function assertFiles(page, subject, text) {
  const svg = await file(page, `${subject} svg`);
  const drawing = await page.evaluate((source) => {
    const read = new DOMParser().parseFromString(source, 'image/svg+xml');
    const elements = [...read.querySelectorAll('*')];
    return {
      names: [...new Set(elements.map(({ localName }) => localName))],
      handlers: elements.flatMap(({ attributes }) => [...attributes].map(({ name }) => name)).filter((name) => /^on|href$/.test(name)),
      text: read.documentElement.textContent,
    };
  }, svg);
  assert.deepEqual(drawing.names.filter((name) => !['svg', 'title', 'desc', 'rect', 'text', 'tspan', 'line', 'polyline', 'polygon', 'path', 'circle', 'g', 'defs', 'clipPath', 'pattern'].includes(name)), [], text);
  assert.deepEqual(drawing.handlers, [], text);
  const table = await file(page, `${subject} csv`);
  for (const line of table.split('\n')) {
    if (line.startsWith('#')) continue;
    // A field that begins with one of these, and is no number.
    const formula = /(?:^|,)"?(?:[=@\t\r]|[+-](?![\d.]))[^,]*/.exec(line);
    assert.equal(formula, null, `${text}: ${line}`);
  }
  const { tables } = JSON.parse(await file(page, `${subject} json`));
  const whole = JSON.stringify(tables);
  return whole;
}

// A table with hostile texts in its name, its header and some of its rows: all of them would be too long for an address, and with it for a file.
const HOSTILE_ROWS = ['name', 'exposure', 'background-counts', 'detector-size'];
async function hostileTable(text, link) {
  const table = await readFile(new URL('data/templates/reactor-counting.csv', ROOT), 'utf8');
  const cell = (content) => `"${content.replace(/"/g, '""')}"`;
  return table.split('\n').map((line) => {
    if (/^# link: /.test(line)) return `# link: ${link}`;
    if (/^# (title|source|status): /.test(line)) return line.replace(/: .*/, () => `: ${text}`);
    const [key, value, unit] = /^(key|#|###)/.test(line) || line === '' ? [] : line.split(',');
    if (!HOSTILE_ROWS.includes(key)) return line;
    return [key, key === 'name' ? cell(`${text} mine`) : value, unit, cell(`${text} label`), cell(`${text} source`), cell(link)].join(',');
  }).join('\n');
}

visit('markup in every text of a table of one\'s own stays text, its links lead to pages of the web or nowhere, and files are sound', { viewport: { width: 1200, height: 900 } }, async (page) => {
  const dialogs = watch(page);
  await page.locator('[data-own-drawer] > summary').click();
  await page.waitForSelector('html[data-workshop]', { state: 'attached' });
  for (const [place, text] of HOSTILE.entries()) {
    const link = LINKS[place % LINKS.length];
    await page.locator('[data-own-text]').fill(await hostileTable(text, link));
    await page.locator('[data-own="add"]').click();
    await settled(page);
    const problem = await page.locator('[data-problem="own"]').textContent();
    if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) {
      // Within a sentence such a name would turn that round, too.
      assert.match(problem, /allowed: a name without signs that turn the direction of writing/);
      await assertText(page, text);
      continue;
    }
    assert.equal(problem, '', text);
    for (const drawer of ['inputs', 'combine', 'curves', 'sensitivity', 'assumptions', 'nuisance']) {
      await page.locator(`[data-${drawer}-drawer]`).evaluate((details) => { details.open = true; });
    }
    await settled(page);
    await assertText(page, text);
    // It is there: as a text in each of these.
    for (const where of ['[data-own-added]', '[data-opinions]', '[data-inputs]', '[data-combine]', '[data-curves]', '[data-assumptions]', '[data-experiments]']) {
      const shown = await page.locator(where).textContent();
      assert.ok(shown.includes(text), `${where}: ${text}`);
    }
    const whole = await assertFiles(page, 'plane', text);
    assert.ok(whole.includes(JSON.stringify(`${text} mine`).slice(1, -1)), `${text} is not in the file`);
    const bib = await file(page, 'verdict bib');
    for (const entry of bib.split('@').slice(1)) assert.equal(entry.split('{').length, entry.split('}').length, entry);
    await page.evaluate(() => document.querySelector('[data-own-added] button').click());
    await settled(page);
  }
  // Links one by one, and the same table from an address.
  for (const link of LINKS) {
    await goTo(page, `own=${encodeURIComponent((await hostileTable('Own', link)).replace(/[;~%]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`))}&experiment=own-mine`);
    await settled(page);
    await assertText(page, link);
  }
  assert.deepEqual(dialogs, []);
});

visit('nothing is kept but the switch of single letters, and no other host is asked', {}, async (page, { requests }) => {
  const kept = () => page.evaluate(async () => ({
    local: { ...localStorage }, session: { ...sessionStorage }, databases: await indexedDB.databases(), caches: await caches.keys(), cookie: document.cookie, name: window.name,
  }));
  const nothing = { local: {}, session: {}, databases: [], caches: [], cookie: '', name: '' };
  await page.locator('[data-guide] > summary').click();
  await page.locator('[data-inputs-drawer] > summary').click();
  await page.locator('[name="theme"]').selectOption('dark');
  await page.locator('[name="flavor"][value="mu"]').dispatchEvent('click');
  await page.locator('[data-precise]').click();
  await settled(page);
  assert.deepEqual(await kept(), nothing);
  await page.locator('[data-keys]').click();
  await page.locator('dialog input[type="checkbox"]').click();
  await eventually(async () => assert.deepEqual(await kept(), { ...nothing, local: { letters: 'off' } }));
  assert.deepEqual(await page.context().cookies(), []);
  const { origin } = new URL(site.url);
  assert.ok(requests.length > 10);
  assert.deepEqual(requests.filter((address) => !address.startsWith(origin) && !/^(data|blob):/.test(address)), []);
});
