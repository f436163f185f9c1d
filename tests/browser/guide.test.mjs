// The guide: what the page is, a tour by links, examples, and the model.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { commandLine, readNumber } from './numbers.mjs';
import { control, drawn, eventually, openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

async function open(page) {
  await page.click('[data-guide] summary');
  await page.waitForSelector('[data-tour]');
}

const hash = (page) => page.evaluate(() => location.hash);
const current = (page) => page.$$eval('[data-tour] a[aria-current="step"]', (links) => links.map((link) => link.getAttribute('href')));

visit('a tour goes step by step, by buttons and arrow keys, and can be left and taken back', {}, async (page) => {
  await open(page);
  const links = await page.$$eval('[data-tour] a', (all) => all.map((link) => link.getAttribute('href')));
  assert.equal(links.length, 8);
  await page.click('[data-way="next"]');
  for (const [index, link] of links.entries()) {
    await drawn(page);
    assert.deepEqual(await current(page), [link]);
    assert.equal(await page.locator('[data-tour] li:visible').count(), 1);
    // Counted as the guide counts it.
    assert.equal(await page.$eval('[data-tour]', (list) => list.start), index + 1);
    assert.ok(await page.locator('[data-told]').count() === 1, `nothing stands out in step ${index + 1}`);
    // The charts stay in sight while the text is read.
    const { y, height } = await page.locator('[data-chart="spectrum"] canvas').boundingBox();
    assert.ok(y + height / 2 < 900, `the chart is at ${y}`);
    assert.equal(await page.locator('[data-problems]').isVisible(), false);
    if (index + 1 < links.length) await page.keyboard.press('ArrowRight');
  }
  assert.equal(await control(page, 'experiment', 'xenon1t').isChecked(), true);
  await page.keyboard.press('ArrowLeft');
  await drawn(page);
  assert.equal(await control(page, 'mass').inputValue(), '29.8');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('[data-tour]').isVisible(), false);
  assert.equal(await page.locator('[data-told]').count(), 0);
  await page.click('[data-past="undo"]');
  await drawn(page);
  assert.equal(await control(page, 'experiment', 'xenon1t').isChecked(), true);
});

visit('every example opens a page without complaint that stays at its address', {}, async (page) => {
  await open(page);
  const links = await page.$$eval('[data-guide] a[href^="#"]', (all) => all.map((link) => link.getAttribute('href')));
  assert.ok(links.length > 15);
  for (const link of links) {
    await page.evaluate((address) => { location.hash = address; }, link);
    await settled(page);
    assert.equal(await page.locator('[data-problems]').isVisible(), false, link);
    const wanted = new URLSearchParams(link.slice(1));
    const got = new URLSearchParams((await hash(page)).slice(1));
    for (const [key, value] of got) assert.equal(value, wanted.get(key), link);
  }
});

visit('the numbers that the guide names are those of the command line', {}, async (page) => {
  await open(page);
  const text = await page.textContent('[data-guide-text]');
  const limit = async (...options) => (await commandLine('limit', ...options)).coupling_per_GeV[0];
  const named = (before) => readNumber(text.slice(text.indexOf(before) + before.length).trimStart());
  const cases = [
    ['At 1 MeV the limit is', await limit('--experiment', 'dresden-ii', '--mass', '1')],
    ['with fef,', await limit('--experiment', 'dresden-ii', '--quenching', 'ybe', '--mass', '1')],
    ['with ybe and', await limit('--experiment', 'dresden-ii', '--quenching', 'lindhard', '--mass', '1')],
    ['goes from', await limit('--experiment', 'coherent-csi', '--flavor', 'mu', '--mass', '40')],
    ['2.04 × 10⁻⁶ to', await limit('--experiment', 'coherent-csi', '--flavor', 'mu', '--mass', '40', '--printed-sign')],
  ];
  // To the digits that are named.
  for (const [before, expected] of cases) assert.ok(Math.abs(named(before) / expected - 1) < 0.04, `${before} ${named(before)} against ${expected}`);
});

visit('nothing of it is fetched before it is opened, and without a connection it says so', {}, async (page, { problems, requests }) => {
  await settled(page);
  assert.deepEqual(requests.filter((request) => /guide|model/.test(request)), []);
  await page.route('**/guide.*', (route) => route.abort());
  await page.click('[data-guide] summary');
  const misses = (file) => eventually(async () => assert.equal(await page.textContent('[data-guide-text]'), `This could not be fetched (${file}). Please check the connection and reload the page.`));
  await misses('guide.js');
  // What it needs besides is named, too.
  for (const file of ['sheet.js', 'guide.en.html']) {
    await page.unrouteAll();
    await page.route(`**/${file}*`, (route) => route.abort());
    for (const _ of ['closed', 'open']) await page.click('[data-guide] summary');
    await misses(file);
  }
  problems.length = 0;
});

visit('the page of the model has its equations and every table with its source', {}, async (page, { problems }) => {
  await page.goto(`${site.url}model.html`);
  assert.ok(await page.locator('math[display="block"]').count() >= 9);
  const rows = await page.locator('[data-sources] tr').count();
  assert.ok(rows > 45, `${rows} tables`);
  assert.equal(await page.locator('[data-sources] a[href^="https://arxiv.org/"]').count() > 20, true);
  assert.deepEqual(await page.$$eval('[data-sources] tr', (all) => all.filter((row) => row.cells[1].textContent === '' || row.cells[2].textContent === '').length), 0);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  assert.deepEqual(problems, []);
});

for (const [width, name] of [[1440, 'validation.html'], [320, 'validation.html'], [320, 'validation.de.html']]) {
  visit(`the guide leads to what is published beside ours: ${name}, ${width} px wide`, { viewport: { width, height: 800 } }, async (page, { problems }) => {
    await page.goto(`${site.url}model${name.replace('validation', '')}`);
    await page.click(`main a[href="${name}"]`);
    await page.waitForSelector('[data-published] tr');
    const rows = await page.$$eval('[data-published] tr', (all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
    assert.ok(rows.length >= 25, `${rows.length} rows`);
    assert.deepEqual(rows.filter((row) => row.length !== 5 || row.some((cell) => cell === '')), []);
    assert.ok(await page.locator('[data-reference] tr').count() > 10);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    assert.deepEqual(problems, []);
  });
}
