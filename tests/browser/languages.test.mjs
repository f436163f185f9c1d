// Other languages than English: complete, without a word of English on the page, and with the same numbers.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before } from 'node:test';

import { languages, saidIn, textsOf } from '../../xtask/node/languages.mjs';
import { complaints, opened } from './axe.mjs';
import { saved, test } from './browsers.mjs';
import { ROOT, control, drawn, eventually, facts, openSite, pick, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);
// A visitor of the German page.
const german = (name, hash, options, check) => test(name, async () => {
  const opened = await site.openPage({ address: `${site.url}de.html`, hash, ...options });
  try {
    await check(opened.page, opened);
    assert.deepEqual(opened.problems, []);
  } finally {
    await opened.close();
  }
});

const read = (name) => readFile(new URL(name, ROOT), 'utf8');
const spoken = await languages(new URL('www', ROOT).pathname);

// A table's rows as cells: enough for tables whose quotes hold no line breaks.
const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain);

// Every text that a visitor may read and that stands in the program, its tables, its scripts or the document.
async function everything() {
  const texts = new Set([...textsOf(await read('index.html')), ...textsOf(await read('www/drawers.html'))]);
  for (const name of await readdir(new URL('www', ROOT))) if (name.endsWith('.js')) for (const text of saidIn(await read(`www/${name}`))) texts.add(text);
  for (const name of await readdir(new URL('src', ROOT), { recursive: true })) {
    if (name.endsWith('.rs') && name !== 'language.rs') for (const text of saidIn(await read(`src/${name}`))) texts.add(text);
  }
  const experiments = (await readdir(new URL('data/experiments', ROOT))).map((name) => `data/experiments/${name}`);
  for (const name of [...experiments, 'data/standard_model.csv']) {
    const [head, ...rows] = (await read(name)).trim().split('\n').filter((line) => !line.startsWith('#')).map(cells);
    for (const row of rows) {
      texts.add(row[head.indexOf('label')]);
      if (row[0] === 'remark') texts.add(row[1]);
      // A name with something said of it; others are the same in every language.
      if (row[0] === 'name' && row[1].includes(' (')) texts.add(row[1]);
      if (!['efficiency-table', 'data'].includes(row[0])) continue;
      const [, status] = /^# status: ((?:surrogate|digitised): .*)$/m.exec(await read(`data/${row[1]}.csv`)) ?? [];
      if (status) texts.add(`${row[1]}: ${status}`);
    }
  }
  texts.add(/^# status: (.*)$/m.exec(await read('data/recast/texono.csv'))[1]);
  texts.add(cells((await read('data/recast/texono.csv')).split('\n').find((line) => line.startsWith('name,')))[1]);
  // Names of published curves, and what they are.
  for (const name of await readdir(new URL('data/limits', ROOT))) {
    for (const [, text] of (await read(`data/limits/${name}`)).matchAll(/^# (?:title|label): (.*)$/gm)) texts.add(text);
  }
  // Shipped experiments are offered by their titles.
  for (const folder of ['templates', 'projections']) {
    for (const name of await readdir(new URL(`data/${folder}`, ROOT))) texts.add(/^# title: (.*)$/m.exec(await read(`data/${folder}/${name}`))[1]);
  }
  for (const name of experiments) {
    const text = await read(name);
    if (/^# workshop: /m.test(text)) texts.add(/^# title: (.*)$/m.exec(text)[1]);
  }
  for (const line of (await read('data/reactor_models.csv')).split('\n').filter((row) => /^[a-z]+-[a-z]+-/.test(row))) texts.add(cells(line)[3]);
  // Keys of the address, named where something is wrong with them.
  const [keys] = /pub const KEYS[^]*?\];/.exec(await read('src/page/parameters/address.rs'));
  for (const [, key] of keys.matchAll(/"(.*)"/g)) texts.add(key);
  // Kinds of published curves are named where they are parsed.
  const [kinds] = /pub enum CurveKind[^}]*/.exec(await read('src/analysis/literature/curve.rs'));
  for (const [, kind] of kinds.matchAll(/= "(.*)",$/gm)) texts.add(kind);
  return texts;
}

for (const { language, words } of spoken) {
  test(`${language}: every text has its translation, with the same gaps, and there is none of what nobody says`, async () => {
    const texts = await everything();
    assert.ok(texts.size > 350, `${texts.size} texts`);
    assert.deepEqual([...texts].filter((text) => !words.has(text)), [], 'without translation');
    assert.deepEqual([...words.keys()].filter((text) => !texts.has(text)), [], 'of nothing');
    const gaps = (text) => text.match(/\{\d*\}/g)?.length ?? 0;
    for (const [english, other] of words) if (other) assert.equal(gaps(other), gaps(english), english);
  });

  for (const name of ['guide', 'notes', 'offer', 'model', 'validation']) {
    test(`${language}: ${name} is built as in English, with the same numbers`, async () => {
      const [english, other] = await Promise.all([read(['model', 'validation'].includes(name) ? `www/${name}.html` : `www/${name}.en.html`), read(`www/${name}.${language}.html`)]);
      const shape = (html) => html.replace(/(aria-label|alt|title)="[^"]*"/g, '$1').replace(`lang="${language}"`, 'lang="en"').replaceAll(`model.${language}.html`, 'model.html').replaceAll(`validation.${language}.html`, 'validation.html').replace(`${language}.html`, './').match(/<[^>]*>/g);
      assert.deepEqual(shape(other), shape(english));
      // One language may say in a word what is a number in the other.
      const numbers = (html) => [...new Set(html.replace(/<[^>]*>/g, ' ').match(/\d+(\.\d+)?/g))].sort();
      assert.deepEqual(numbers(other), numbers(english));
    });
  }
}

// Every text in sight and every one that is read to somebody.
const texts = (page) => page.evaluate(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    // What a table of inputs says of itself is a citation.
    if (!parent.closest('script, code, style, [data-assumptions] td, [data-inputs] .hint')) found.push(walker.currentNode.textContent.trim());
  }
  for (const element of document.querySelectorAll('[aria-label], [aria-valuetext]')) found.push(element.ariaLabel ?? '', element.ariaValueText ?? '');
  // A heading of a table has a unit behind its name.
  return found.map((text) => text.replace(/ \[[^\]]*\]$/, '')).filter((text) => /\p{L}{3}/u.test(text));
});

// Names, and words that are the same in German.
const SAME = /^(Dipole Portal Explorer|Dresden-II|COHERENT CsI|XENON1T|PandaX-4T|Lindhard( k)?|Experiment|Deutsch|English|linear|[-\d. ×⁰-⁹⁻]*([kMG]eV[⁻⁰-⁹¹²³]*|g\/mol)|BibTeX|NuFIT|arXiv:.*|fef|ybe|SNS(, .*)?|Parameter|Target|Detektor|Fit|BBN|CMB|LEP|Borexino|CHARM-II|MiniBooNE|NOMAD|XENON1T \(4\.5 keV\)|DARWIN|DONUT|IceCube|SM, prompt|LSND|LSND \(universal\)|SHiP|SuperCDMS|Super-K atm\.|\d: (m = 5 MeV, )?(fef|ybe)|CSV|SN1987A.*|Li, Li|PNG|auto)$/;

const STATES = [
  'view=data&parts=1&quenching=lindhard&pins=mass:5;quenching:ybe,mass:heavy',
  'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6&view=data&parts=1',
  'experiment=xenon1t&flavor=tau&view=data&coupling=1e-6',
  'experiment=pandax-4t&flavor=tau&parts=1',
  'mass=50&dof=2&flux-sun=9&flux-reactor=3',
  'flavor=tau&mass=schwer&v=9',
];

german('no word of English is left on the German page', STATES[0], {}, async (page) => {
  const { page: other, close } = await site.openPage({ hash: STATES[0] });
  for (const state of STATES) {
    const both = [];
    for (const at of [page, other]) {
      await at.evaluate((address) => { location.hash = address; }, state);
      await settled(at);
      await at.click('[data-match-drawer] summary');
      await at.waitForSelector('html[data-workshop]');
      await settled(at);
      both.push(new Set(await texts(at)));
    }
    const same = [...both[0]].filter((text) => both[1].has(text) && !SAME.test(text) && !/^[\d.e+-]* ?[kM]eV(\^-\d)?$/.test(text));
    assert.deepEqual(same, [], state);
    // Nor a part of a sentence.
    const mixed = [...both[0]].filter((text) => /\b(the|of|and|with|where|which|are|is|this|at|for|from|by|counts?|day|signal|excluded|limit)\b/.test(text));
    assert.deepEqual(mixed, [], state);
    assert.ok(both[0].size > 80);
  }
  await close();
});

german('the page in the other language is at the same place, with the same numbers', 'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6', {}, async (page) => {
  await settled(page);
  const numbers = async () => Object.values(await facts(page)).map((text) => text.match(/[-−+\d.×⁰-⁹⁻ ]+/)?.[0].trim());
  const before = await numbers();
  const hash = await page.evaluate(() => location.hash);
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('de.html')), page.click('[hreflang="en"]')]);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  await settled(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(await page.evaluate(() => location.hash), hash);
  assert.deepEqual(await numbers(), before);
  await page.click('[hreflang="de"]');
  await page.waitForSelector('html[lang="de"][data-ready]', { state: 'attached' });
  assert.equal(await control(page, 'mass').inputValue(), '20');
});

german('guide, notes, keys, lecture and model speak German', 'mass=2', {}, async (page) => {
  await page.click('[data-guide] summary');
  await page.waitForSelector('[data-tour]');
  assert.match(await page.textContent('[data-guide-text]'), /Der Artikel in acht Schritten/);
  await page.keyboard.press('Escape');
  await page.click('[data-keys]');
  await eventually(async () => assert.equal(await page.textContent('#keys-title'), 'Tasten'));
  await page.keyboard.press('Escape');
  await page.click('[data-modes]');
  await eventually(async () => assert.equal(await page.getByRole('button', { name: 'Vorlesung beenden' }).isVisible(), true));
  await page.getByRole('button', { name: 'Vorlesung beenden' }).click();
  await page.goto(`${site.url}model.de.html`);
  assert.ok(await page.locator('[data-sources] tr').count() > 20);
  assert.deepEqual(await complaints(page), []);
});

german('pictures speak German, numbers are those of the command line', 'mass=2', {}, async (page) => {
  const file = async (asked) => {
    const { bytes } = await saved(page, () => page.evaluate((what) => document.querySelector(`[data-take="${what}"]`).click(), asked));
    return bytes.toString();
  };
  const svg = await file('plane svg');
  assert.match(svg, /Masse von N {2}\[MeV\]/);
  assert.match(svg, /Grenzen/);
  assert.match(await file('plane csv'), /curve,kind,mass \[MeV\],coupling \[GeV\^-1\]/);
  assert.doesNotMatch(await file('spectrum csv'), /Ereignisse/);
  assert.match(await file('spectrum svg'), /Rückstoßenergie/);
  await eventually(async () => assert.match(await page.textContent('[data-taken]'), /gesichert\.$/));
});

german('what fails says so in German', '', { ready: false, prepare: (page) => page.route('**/*.wasm', (route) => route.abort()) }, async (page, { problems }) => {
  await eventually(async () => assert.match(await page.textContent('[data-crash-sentence]'), /^Das Programm dieser Seite ließ sich nicht holen/));
  problems.length = 0;
});

for (const [width, height] of [[1440, 900], [768, 1024], [320, 700]]) {
  german(`axe finds nothing in German, ${width} px wide, and nothing is too wide`, '', { viewport: { width, height } }, async (page) => {
    for (const state of STATES) {
      await page.evaluate((address) => { location.hash = address; }, state);
      await settled(page);
      assert.deepEqual(await opened(page), { complaints: [], fits: true }, state);
    }
  });
}

visit('a missing flavour is said so in words in each language', { hash: 'experiment=dresden-ii' }, async (page) => {
  const said = () => page.evaluate(() => getComputedStyle(document.querySelector('.segments .missing'), '::before').content);
  assert.equal(await said(), '"no "');
  await page.goto(`${site.url}de.html`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  await pick(page, 'experiment', 'dresden-ii');
  await drawn(page);
  assert.equal(await said(), '"kein "');
});
