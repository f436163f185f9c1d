// The chart: what is drawn is there to be read by pointer, key, finger and table, sharp on every screen, and still while dragging.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { commandLine, readNumber } from './numbers.mjs';
import { control, dragSlider, drawn, eventually, openSite, pick, slider, visits } from './support.mjs';

const CANVAS = '[data-chart="spectrum"] canvas';
const READOUT = '[data-chart="spectrum"] .readout';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// The rows of the hidden table, each a list of texts; the first are the names of the columns.
const table = (page) => page.$$eval('[data-chart="spectrum"] tr', (rows) =>
  rows.map((row) => [...row.cells].map((cell) => cell.textContent)));

// A read-out as `{ T: 0.1255, SM: 538300, ... }`.
async function reading(page) {
  const lines = (await page.locator(READOUT).innerText()).split('\n');
  return Object.fromEntries(lines.map((line) => {
    const [, name, value] = /^(.*?)(?: =|:) (.*)$/.exec(line);
    return [name, readNumber(value)];
  }));
}

visit('the table holds the drawn values, and they are those of the command line', { hash: 'mass=0.5&coupling=2e-7' }, async (page) => {
  const drawnValues = await commandLine('spectrum', '--experiment', 'dresden-ii', '--flavor', 'e', '--mass', '0.5', '--coupling', '2e-7');
  const [head, ...rows] = await table(page);
  assert.deepEqual(head, ['T [keV]', 'SM [/keV]', 'SM + dipole [/keV]']);
  assert.ok(rows.length >= 20, `${rows.length} rows`);
  for (const [row, cells] of rows.entries()) {
    const index = row * 8;
    const { recoil_keV: energies, sm_per_keV: sm, dipole_per_keV: dipole } = drawnValues;
    const expected = [energies[index], sm[index], sm[index] + dipole[index]].map((value) => value.toExponential(5));
    assert.deepEqual(cells.map((cell) => Number(cell).toExponential(5)), expected);
  }
});

visit('the table follows when the hand rests', {}, async (page) => {
  const before = await table(page);
  await dragSlider(page, 'coupling', 1);
  await eventually(async () => {
    const now = await table(page);
    assert.equal(now.length, before.length);
    for (const [row, cells] of now.entries()) {
      if (row > 0) assert.ok(Number(cells[2]) > 1e4 * Number(before[row][2]), cells.join(' '));
    }
  });
});

visit('pointing at the chart reads out the drawn values there, and leaving it ends that', {}, async (page) => {
  const { recoil_keV: energies, sm_per_keV: sm, dipole_per_keV: dipole } =
    await commandLine('spectrum', '--experiment', 'dresden-ii', '--flavor', 'e');
  const { x, y, width, height } = await page.locator(CANVAS).boundingBox();
  const readings = [];
  for (const part of [0.2, 0.5, 0.8]) {
    await page.mouse.move(x + part * width, y + height / 2);
    const { T, SM, 'SM + dipole': total } = await reading(page);
    const index = energies.findIndex((energy) => Math.abs(energy / T - 1) < 1e-3);
    assert.ok(index >= 0, `nothing is drawn at ${T} keV`);
    assert.ok(Math.abs(SM / sm[index] - 1) < 1e-3 && Math.abs(total / (sm[index] + dipole[index]) - 1) < 1e-3);
    readings.push(T);
  }
  // Each value has a sample of its curve's colour before it, and no two the same.
  const samples = await page.$$eval(`${READOUT} span`, (lines) => lines.slice(1).map((line) => getComputedStyle(line, '::before').borderBottomColor));
  assert.ok(samples.length >= 2 && new Set(samples).size === samples.length && samples.every((colour) => colour.startsWith('rgb(')), samples.join(' '));
  // The axis is logarithmic over a factor of 200.
  assert.ok(readings[0] < 0.05 && readings[1] > 0.08 && readings[1] < 0.2 && readings[2] > 0.4, readings.join(' '));
  await page.mouse.move(x - 20, y + height / 2);
  assert.equal(await page.locator(READOUT).isVisible(), false);
});

visit('a finger on the chart reads out values', { hasTouch: true, viewport: { width: 390, height: 844 } }, async (page) => {
  const { x, y, width, height } = await page.locator(CANVAS).boundingBox();
  await page.touchscreen.tap(x + 0.6 * width, y + height / 2);
  await eventually(async () => assert.equal(await page.locator(READOUT).isVisible(), true));
});

visit('the arrow keys walk along the drawn values', {}, async (page) => {
  const canvas = page.locator(CANVAS);
  await canvas.focus();
  const walked = [];
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'ArrowLeft']) {
    await canvas.press(key);
    walked.push((await reading(page)).T);
  }
  const [first, next, far, back] = walked;
  assert.ok(first < next && next < back && back < far, walked.join(' '));
  // Ten steps with shift, on a logarithmic axis.
  assert.ok(Math.abs(Math.log(far / next) / Math.log(next / first) - 10) < 0.2, walked.join(' '));
  for (const [key, end] of [['Shift+ArrowRight', 2], ['Shift+ArrowLeft', 0.01]]) {
    for (let press = 0; press < 21; press += 1) await canvas.press(key);
    assert.equal((await reading(page)).T, end);
  }
  await control(page, 'mass').focus();
  assert.equal(await page.locator(READOUT).isVisible(), false);
});

visit('the arrow keys reach the values of both panels of the data', { hash: 'view=data' }, async (page) => {
  const canvas = page.locator(CANVAS);
  const names = new Set();
  // More than enough to walk through 130 bins of either panel.
  for (let press = 0; press < 60; press += 1) {
    await canvas.press('Shift+ArrowRight');
    for (const name of Object.keys(await reading(page))) names.add(name);
  }
  assert.ok(names.has('background'), [...names].join(', '));
  assert.ok(names.has('data − background'), [...names].join(', '));
});

visit('the read-out follows while a slider moves under the keyboard', {}, async (page) => {
  const { x, y, width, height } = await page.locator(CANVAS).boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  const before = await reading(page);
  await slider(page, 'coupling').press('ArrowRight');
  await drawn(page);
  const after = await reading(page);
  assert.equal(after.T, before.T);
  assert.equal(after.SM, before.SM);
  assert.ok(after['SM + dipole'] > before['SM + dipole']);
});

// How many pixels of the chart have each colour.
const colours = (page) => page.evaluate((selector) => {
  const canvas = document.querySelector(selector);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let index = 0; index < data.length; index += 4) {
    const colour = data.subarray(index, index + 3).join(' ');
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  return counts;
}, CANVAS);

visit('the curves are on the canvas, in the ink and the colour of the theme', { deviceScaleFactor: 2 }, async (page) => {
  const counts = await colours(page);
  const sum = Object.values(counts).reduce((a, b) => a + b);
  assert.ok(counts['255 255 255'] > 0.8 * sum && counts['255 255 255'] < 0.995 * sum, 'paper');
  // A line across the chart, two CSS pixels wide.
  const line = await page.locator(CANVAS).evaluate((canvas) => canvas.width);
  assert.ok(counts['22 24 29'] > 2 * line, 'ink: axes, labels and the SM');
  assert.ok(counts['150 20 75'] > 2 * line, 'SM and dipole');
});

visit('every experiment draws a chart of its own in both views', {}, async (page) => {
  const pictures = new Set();
  for (const experiment of ['dresden-ii', 'coherent-csi', 'xenon1t', 'pandax-4t']) {
    await pick(page, 'experiment', experiment);
    for (const view of ['recoil', 'data']) {
      await pick(page, 'view', view);
      await drawn(page);
      pictures.add(await page.locator(CANVAS).evaluate((canvas) => canvas.toDataURL()));
    }
  }
  assert.equal(pictures.size, 8);
});
