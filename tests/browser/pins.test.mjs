// Points that are kept to compare with, the exercise, the walk along a limit, and tables that come later.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { saved } from './browsers.mjs';
import { commandLine, commandLineText, readNumber } from './numbers.mjs';
import { control, drawn, eventually, goTo, openSite, pick, settled, type, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash.slice(1)));
const names = (page) => page.$$eval('[data-pin-name]', (boxes) => boxes.map(({ value, placeholder }) => value || placeholder));
const cell = (page, pin, column) => page.textContent(`[data-pinned="${pin}"] td:nth-of-type(${column})`);

visit('three quenching models at one point', { hash: 'coupling=2e-7&view=data' }, async (page) => {
  await page.click('[data-pin="add"]');
  await eventually(async () => assert.equal(await page.textContent('[data-pin="add"]'), 'This point is pinned'));
  await pick(page, 'quenching', 'ybe');
  // The key does the same, and does nothing in a box.
  await page.locator('[data-chart="exclusion"] canvas').press('p');
  await control(page, 'mass').press('p');
  await type(page, 'mass', '1');
  await pick(page, 'quenching', 'lindhard');
  await settled(page);
  assert.deepEqual(await names(page), ['fef', 'ybe']);
  assert.equal(await hash(page), 'coupling=2e-7&quenching=lindhard&view=data&pins=coupling:2e-7;coupling:2e-7,quenching:ybe');
  // Limits are those of the command line, and held against the first.
  const limit = async (quenching) => (await commandLine('limit', '--experiment', 'dresden-ii', '--flavor', 'e', '--mass', '1', '--quenching', quenching)).coupling_per_GeV[0];
  const [fef, ybe] = await Promise.all(['fef', 'ybe'].map(limit));
  assert.ok(Math.abs(readNumber(await cell(page, 1, 2)) / fef - 1) < 0.01, await cell(page, 1, 2));
  assert.ok(Math.abs(readNumber(await cell(page, 2, 2)) / ybe - 1) < 0.01, await cell(page, 2, 2));
  assert.equal(await cell(page, 2, 3), `× ${(ybe / fef).toFixed(2)}`);
  const curves = await page.textContent('[data-chart="exclusion"] table');
  assert.match(curves, /1: fef/);
  assert.match(await page.textContent('[data-chart="spectrum"] table'), /2: ybe/);
});

visit('a pin is named, shown, put first and given up', { hash: 'pins=mass:5;flavor:mu,experiment:coherent-csi' }, async (page, { problems }) => {
  await settled(page);
  await page.fill('[data-pin-name="0"]', '<b>heavy</b> & more');
  await page.press('[data-pin-name="0"]', 'Tab');
  await settled(page);
  assert.match(await page.textContent('[data-chart="spectrum"] table'), /1: <b>heavy<\/b> & more/);
  const address = await page.evaluate(() => location.hash.slice(1));
  await page.reload();
  await settled(page);
  assert.deepEqual(await names(page), ['<b>heavy</b> & more', 'COHERENT CsI, dipole of νμ']);
  assert.equal(await page.evaluate(() => location.hash.slice(1)), address);
  await page.click('[data-pin="first 1"]');
  await page.click('[data-pin="show 0"]');
  await settled(page);
  assert.equal(await control(page, 'experiment', 'coherent-csi').isChecked(), true);
  assert.equal((await names(page))[0], 'as now');
  await page.click('[data-pin="remove 0"]');
  await page.click('[data-pin="remove 0"]');
  await settled(page);
  assert.equal(await page.locator('[data-pins-drawer]').isVisible(), false);
  await page.click('[data-past="undo"]');
  await settled(page);
  assert.deepEqual(await names(page), ['<b>heavy</b> & more']);
  assert.deepEqual(problems, []);
});

visit('a ratio, an axis of choice, and one that is held', { hash: 'coupling=2e-7&pins=coupling:1e-7' }, async (page) => {
  await settled(page);
  const table = () => page.textContent('[data-chart="spectrum"] table');
  const before = await table();
  await control(page, 'ratio').check();
  await settled(page);
  assert.notEqual(await table(), before);
  assert.match(await hash(page), /ratio=1/);
  await control(page, 'ratio').uncheck();
  await page.selectOption('#axis', 'linear');
  await control(page, 'held').check();
  await type(page, 'coupling', '1e-6');
  await settled(page);
  assert.match(await hash(page), /axis=linear&held=0,\d/);
  // Another spectrum has another range.
  await pick(page, 'view', 'data');
  await eventually(async () => assert.equal(await control(page, 'held').isChecked(), false));
});

visit('arrow keys walk along the limit after W', {}, async (page) => {
  const plane = page.locator('[data-chart="exclusion"] canvas');
  await plane.press('w');
  for (let steps = 0; steps < 5; steps += 1) await plane.press('Shift+ArrowRight');
  await settled(page);
  assert.match(await page.textContent('[data-chart="exclusion"] figcaption'), /along Dresden-II/);
  assert.match(await page.textContent('[data-opinion="dresden-ii"] td:nth-of-type(4)'), /^× 1\.0[01]$/);
  assert.ok(Number(await control(page, 'mass').inputValue()) > 2);
});

visit('the best fit is a secret until it is shown', { hash: 'quenching=lindhard&coupling=1e-7' }, async (page) => {
  await page.click('[data-match-drawer] > summary');
  await page.waitForSelector('html[data-workshop]');
  await settled(page);
  assert.match(await page.textContent('[data-match]'), /^χ² = [\d.]+ at this point; lowest found by hand so far: [\d.]+\.$/);
  await page.click('[data-best-fit]');
  await settled(page);
  const [, here, lowest, best] = /χ² = ([\d.]+) at.*far: ([\d.]+)\. The best fit has ([\d.]+):/.exec(await page.textContent('[data-match]'));
  const { chi2 } = await commandLine('best-fit', '--experiment', 'dresden-ii', '--quenching', 'lindhard');
  assert.equal(best, chi2.toFixed(2));
  assert.ok(Math.abs(here - best) < 0.02 && Number(lowest) > Number(best), `${here} ${lowest} ${best}`);
});

visit('published limits of another flavour come when it is shown', {}, async (page, { problems }) => {
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await pick(page, 'flavor', 'tau');
  await settled(page);
  assert.equal(asked.filter((path) => path.endsWith('tables.txt')).length, 1);
  assert.match(await page.textContent('[data-curves]'), /DONUT/);
  await pick(page, 'flavor', 'mu');
  await settled(page);
  assert.match(await page.textContent('[data-curves]'), /NOMAD/);
  assert.equal(asked.filter((path) => path.endsWith('tables.txt')).length, 1);
  assert.deepEqual(problems, []);
});

visit('without a connection it says so, and the rest goes on', {}, async (page, { problems }) => {
  await page.route('**/tables.txt*', (route) => route.abort());
  await pick(page, 'flavor', 'tau');
  await eventually(async () => assert.match(await page.textContent('[data-problem="plane"]'), /could not be fetched/));
  await settled(page);
  assert.match(await page.textContent('[data-verdict]'), /XENON1T|None of the experiments/);
  await page.unroute('**/tables.txt*');
  problems.length = 0;
  await pick(page, 'flavor', 'mu');
  await settled(page);
  assert.equal(await page.locator('[data-problem="plane"]').isVisible(), false);
  assert.match(await page.textContent('[data-curves]'), /NOMAD/);
});

visit('pins are in what is taken away, as the command line writes it', { hash: 'coupling=2e-7&pins=quenching:ybe,name:other' }, async (page) => {
  await settled(page);
  for (const what of ['spectrum', 'plane', 'verdict']) {
    await page.evaluate(() => { for (const drawer of document.querySelectorAll('.save')) drawer.open = true; });
    const text = (await saved(page, () => page.click(`[data-take="${what} csv"]`))).bytes.toString();
    assert.match(text, /1: other/);
    assert.equal(text, await commandLineText('export', '--address', await hash(page), '--what', what, '--format', 'csv'));
  }
});

visit('the table of pins is a list on a phone', { hash: 'pins=mass:5;quenching:ybe', viewport: { width: 390, height: 844 } }, async (page) => {
  await drawn(page);
  await settled(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const heights = await page.$$eval('[data-pinned] td[data-column]', (cells) => cells.map((one) => one.getBoundingClientRect().right));
  assert.ok(heights.every((right) => right <= 390));
});

visit('a legend that grows with the pins moves the frames of everything that is drawn', { hash: 'experiment=lz-er&view=data&coupling=2e-8&mass=0.1' }, async (page) => {
  await page.waitForSelector('html[data-workshop][data-settled]');
  for (const flavor of ['e', 'mu', 'tau']) {
    await pick(page, 'flavor', flavor);
    await page.locator('[data-chart="spectrum"] canvas').press('p');
    await settled(page);
  }
  const picture = () => page.$eval('[data-chart="spectrum"] canvas', (canvas) => canvas.toDataURL());
  await page.mouse.move(2, 2);
  await page.evaluate(() => document.activeElement.blur());
  await settled(page);
  const grown = await picture();
  // Drawn at once, with all pins from the beginning.
  await page.reload();
  await page.waitForSelector('html[data-workshop][data-settled]');
  await eventually(async () => assert.equal(await picture() === grown, true));
});
