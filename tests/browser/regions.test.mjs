// Each part of the page has its own troubles: one that cannot go on says so in its place, and the others do.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { test } from './browsers.mjs';
import { drawn, eventually, facts, openSite, pick, settled, slider, type, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// Charts, and what their places for problems are called.
const REGIONS = { spectrum: 'spectrum', exclusion: 'plane' };
const NOT_DRAWN = /^This chart cannot be drawn/;

const canvas = (page, chart) => page.locator(`[data-chart="${chart}"] canvas`);
const picture = (page, chart) => canvas(page, chart).evaluate((element) => element.toDataURL());
const problem = (page, region) => page.locator(`[data-problem="${region}"]`);
const table = (page, chart) => page.$$eval(`[data-chart="${chart}"] td`, (cells) => cells.map(({ textContent }) => textContent).join(' '));
const card = (page) => page.locator('[data-crash]');

// Everything that follows a slider, chart by chart.
async function everything(page) {
  await settled(page);
  return {
    facts: await facts(page),
    verdict: await page.textContent('[data-opinions]'),
    pictures: Object.fromEntries(await Promise.all(Object.keys(REGIONS).map(async (chart) => [chart, await picture(page, chart)]))),
    tables: Object.fromEntries(await Promise.all(Object.keys(REGIONS).map(async (chart) => [chart, await table(page, chart)]))),
  };
}

for (const [lost, region] of Object.entries(REGIONS)) {
  test(`where the browser gives the ${lost} nothing to draw on, a sentence says so there, and everything else goes on`, async () => {
    const refuse = (name) => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function refused(...options) {
        return this.closest('[data-chart]')?.dataset.chart === name ? null : getContext.apply(this, options);
      };
    };
    const { page, problems, close } = await site.openPage({ prepare: (opened) => opened.addInitScript(refuse, lost) });
    const other = Object.keys(REGIONS).find((chart) => chart !== lost);
    assert.match(await problem(page, region).innerText(), NOT_DRAWN);
    assert.equal(await problem(page, REGIONS[other]).isVisible(), false);
    assert.equal(await card(page).isVisible(), false);
    const before = await everything(page);
    await slider(page, 'coupling').press('ArrowRight');
    await slider(page, 'flux').press('ArrowRight');
    const after = await everything(page);
    assert.notDeepEqual(after.facts, before.facts);
    assert.notEqual(after.verdict, before.verdict);
    assert.notEqual(after.pictures[other], before.pictures[other]);
    // Its values are there all the same.
    for (const chart of Object.keys(REGIONS)) assert.notEqual(after.tables[chart], before.tables[chart], chart);
    assert.match(await problem(page, region).innerText(), NOT_DRAWN);
    // The browser's reason, once, for those who look for it.
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0], /no 2d context/);
    await close();
  });
}

for (const [chart, region] of Object.entries(REGIONS)) {
  visit(`a drawing of the ${chart} that the browser takes back is missed, and drawn again when it may be`, {}, async (page, { problems }) => {
    await settled(page);
    const before = await picture(page, chart);
    await canvas(page, chart).evaluate((element) => {
      element.getContext('2d').clearRect(0, 0, element.width, element.height);
      element.dispatchEvent(new Event('contextlost'));
    });
    await eventually(async () => assert.match(await problem(page, region).innerText(), NOT_DRAWN));
    assert.equal(problems.length, 1, problems.join('\n'));
    problems.length = 0;
    await canvas(page, chart).evaluate((element) => element.dispatchEvent(new Event('contextrestored')));
    await eventually(async () => assert.equal(await picture(page, chart), before));
    assert.equal(await problem(page, region).isVisible(), false);
  });
}

test('a panic of the program is seen on the page, in plain words, with its place among the details', async () => {
  const { page, problems, close } = await site.openPage({ hash: 'mass=2', permissions: ['clipboard-read', 'clipboard-write'] });
  assert.equal(await card(page).isVisible(), false);
  // A frame in the middle of an event is what no browser does, and what the program does not expect.
  await page.evaluate(() => { globalThis.requestAnimationFrame = (frame) => { frame(); return 0; }; });
  await slider(page, 'mass').press('ArrowRight');
  await card(page).waitFor();
  assert.match(await card(page).innerText(), /has failed, and what is shown may no longer be right/);
  assert.doesNotMatch(await card(page).innerText(), /panicked/);
  await card(page).locator('summary').click();
  assert.match(await card(page).innerText(), /panicked at src\/web\/\w+\.rs:\d+/);
  // The report has all that is needed to see it again, and the state comes back with the page.
  await eventually(async () => assert.equal(await page.evaluate(() => location.hash), '#mass=2.04'));
  await card(page).locator('[data-crash-copy]').click();
  await eventually(async () => assert.equal(await card(page).locator('[data-crash-copy]').textContent(), 'Copied'));
  const report = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [/panicked at src/, /workshop\.js\?[0-9a-f]{16}/, /#mass=2\.04$/m, /Mozilla/]) assert.match(report, part);
  assert.equal(await page.textContent('[data-crash-details]'), report);
  await card(page).locator('[data-crash-reload]').click();
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  assert.equal(await page.inputValue('#mass'), '2.04');
  assert.ok(problems.length > 0, 'those who look into the console find it there, too');
  await close();
});

visit('a fault while the page draws leaves no part of it silent: the card says so', {}, async (page, { problems }) => {
  await page.evaluate(() => {
    CanvasRenderingContext2D.prototype.fillRect = () => { throw new Error('the ink has run out'); };
    CanvasRenderingContext2D.prototype.stroke = () => { throw new Error('the ink has run out'); };
  });
  await slider(page, 'mass').press('ArrowRight');
  await drawn(page);
  await card(page).waitFor();
  problems.length = 0;
});

// A fault that leaves the program in the middle of its work: it answers nothing any more, and may not look as if it did.
test('a program that has died says so again whatever is done to it, also after its card is closed', async () => {
  const { page, close } = await site.openPage();
  await settled(page);
  await page.evaluate(() => {
    const { now } = Performance.prototype;
    Performance.prototype.now = function once() {
      Performance.prototype.now = now;
      throw new Error('the clock has stopped');
    };
  });
  await slider(page, 'mass').press('ArrowRight');
  await card(page).waitFor();
  for (const act of [() => slider(page, 'mass').press('ArrowRight'), () => pick(page, 'experiment', 'xenon1t'), () => type(page, 'coupling', '1')]) {
    await card(page).locator('[data-crash-close]').click();
    await act();
    await card(page).waitFor();
  }
  await close();
});

// Browsers refuse when a page changes its address too often.
visit('an address that the browser refuses to write is written later, and what is shown is complete meanwhile', {}, async (page, { problems }) => {
  await settled(page);
  const before = await table(page, 'spectrum');
  await page.evaluate(() => {
    const { replaceState } = History.prototype;
    globalThis.refusals = 0;
    History.prototype.replaceState = function refused(...options) {
      globalThis.refusals += 1;
      if (globalThis.refusals > 1) History.prototype.replaceState = replaceState;
      throw new DOMException('too many calls', 'SecurityError');
    };
  });
  await type(page, 'mass', '3');
  await eventually(async () => assert.equal(await page.evaluate(() => globalThis.refusals), 1));
  assert.notEqual(await table(page, 'spectrum'), before);
  assert.equal(await card(page).isVisible(), false);
  await eventually(async () => assert.match(await page.evaluate(() => location.hash), /mass=3/));
  await settled(page);
  assert.match(problems.splice(0).join('\n'), /too many calls/);
});
