// Moving about in the plane, and pointing at its curves.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { doubleClick } from './browsers.mjs';
import { assertClose } from './numbers.mjs';
import { control, drawn, eventually, openSite, settled, type, visits } from './support.mjs';

const CANVAS = '[data-chart="exclusion"] canvas';
const READOUT = '[data-chart="exclusion"] .readout';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// A place on the plane in fractions of its canvas, on the screen.
async function at(page, across, down) {
  const canvas = page.locator(CANVAS);
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await canvas.boundingBox();
  return { x: x + across * width, y: y + down * height };
}

// The part of the plane in view, as its boxes say it.
async function view(page) {
  await drawn(page);
  const number = async (key) => Number(await control(page, key).inputValue());
  return { mass: [await number('plane-mass-from'), await number('plane-mass-to')], coupling: [await number('plane-from'), await number('plane-to')] };
}

const START = { mass: [0.01, 100], coupling: [1e-9, 1e-4] };
const decades = ([low, high]) => Math.log10(high / low);
const readout = async (page) => (await page.locator(READOUT).isVisible() ? page.textContent(READOUT) : '');

// The mass and the coupling under the pointer, as they are read out.
async function under(page) {
  const [, mass, coupling] = (await readout(page)).match(/^m = (.*) MeV, d = (.*) GeV/);
  const number = (text) => {
    const [digits, power = '10⁰'] = text.split(' × ');
    const exponent = power.slice(2).replace(/./gu, (sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.includes(sign) ? '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign) : '-');
    return Number(digits) * 10 ** Number(exponent);
  };
  return { mass: number(mass), coupling: number(coupling) };
}

visit('the wheel makes larger what is under the pointer, and scrolls the page while the plane has no focus', {}, async (page) => {
  const { x, y } = await at(page, 0.6, 0.4);
  await page.mouse.move(x, y);
  await drawn(page);
  const before = await under(page);
  await page.mouse.wheel(0, -300);
  assert.deepEqual(await view(page), START);
  await page.locator(CANVAS).focus();
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -300);
  await eventually(async () => assert.ok(decades((await view(page)).mass) < 3));
  await page.mouse.move(x + 1, y);
  await page.mouse.move(x, y);
  await drawn(page);
  const after = await under(page);
  assertClose(after.mass, before.mass, 0.02);
  assertClose(after.coupling, before.coupling, 0.03);
  // Out again, and no farther than the plane.
  for (let turn = 0; turn < 8; turn += 1) await page.mouse.wheel(0, 400);
  await eventually(async () => assert.deepEqual(await view(page), { mass: [0.01, 100], coupling: [1e-12, 1e-3] }));
});

visit('a double click, keys and buttons do the same, and it travels in the address', {}, async (page) => {
  const { x, y } = await at(page, 0.55, 0.5);
  await doubleClick(page, x, y);
  assertClose(decades((await view(page)).mass), 2, 0.01);
  assertClose(decades((await view(page)).coupling), 2.5, 0.01);
  await page.locator(CANVAS).press('0');
  assert.deepEqual(await view(page), START);
  await page.locator(CANVAS).press('+');
  assertClose((await view(page)).mass[0], 0.1, 1e-9);
  await page.locator(CANVAS).press('Alt+ArrowRight');
  const moved = await view(page);
  assert.ok(moved.mass[0] > 0.1 && moved.mass[1] > 10, JSON.stringify(moved));
  await settled(page);
  assert.match(page.url(), /plane-mass-from=/);
  await page.reload();
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  assert.deepEqual(await view(page), moved);
  await page.click('[data-plane="all"]');
  assert.deepEqual((await view(page)).coupling, [1e-12, 1e-3]);
  await page.click('[data-plane="start"]');
  await settled(page);
  assert.doesNotMatch(page.url(), /plane-/);
  // One step at a time is taken back.
  await page.click('[data-past="undo"]');
  assert.deepEqual((await view(page)).coupling, [1e-12, 1e-3]);
});

visit('ranges can be typed, in any order', {}, async (page) => {
  await page.click('[data-ranges] summary');
  await type(page, 'plane-mass-from', '50');
  await type(page, 'plane-mass-to', '500 keV');
  await settled(page);
  const { x, y } = await at(page, 0.99 * 0.95, 0.5);
  await page.click('[data-ranges] summary');
  await page.mouse.move(x, y);
  await drawn(page);
  const right = (await under(page)).mass;
  assert.ok(right > 25 && right < 50, String(right));
});

visit('a drag with shift takes the plane along and not the point', {}, async (page) => {
  await page.locator(CANVAS).press('+');
  const before = await view(page);
  const point = await control(page, 'mass').inputValue();
  const [from, to] = [await at(page, 0.6, 0.5), await at(page, 0.4, 0.6)];
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const after = await view(page);
  assert.ok(after.mass[0] > 1.3 * before.mass[0] && after.coupling[0] > 1.3 * before.coupling[0], JSON.stringify(after));
  assertClose(decades(after.mass), decades(before.mass), 0.01);
  assert.equal(await control(page, 'mass').inputValue(), point);
});

visit('two fingers make the plane larger', { hasTouch: true, viewport: { width: 390, height: 844 } }, async (page) => {
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const { x, y } = await at(page, 0.55, 0.5);
  const point = await control(page, 'mass').inputValue();
  const fingers = (apart) => [{ x: x - apart, y: y - apart, id: 0 }, { x: x + apart, y: y + apart, id: 1 }];
  await touch('touchStart', ...fingers(30));
  for (const apart of [40, 50, 60]) await touch('touchMove', ...fingers(apart));
  await touch('touchEnd');
  const after = await view(page);
  assertClose(decades(after.mass), 2, 0.05);
  assertClose(decades(after.coupling), 2.5, 0.05);
  assert.equal(await control(page, 'mass').inputValue(), point);
});

visit('pointing at a curve says what it is, at which level and whose, and how it compares', {}, async (page) => {
  // The level of Dresden-II's curve at low masses, from the table of what is drawn.
  const target = { mass: 0.1, coupling: 5.0e-7 };
  const box = await page.locator(CANVAS).boundingBox();
  // Where the frame is: two places that are read out say it.
  const place = async (x, y) => {
    await page.mouse.move(box.x + x, box.y + y);
    await drawn(page);
    return under(page);
  };
  const [a, b] = [await place(150, 150), await place(350, 350)];
  const along = (from, to, value, start, end) => start + ((end - start) * Math.log(value / from)) / Math.log(to / from);
  await page.mouse.move(box.x + along(a.mass, b.mass, target.mass, 150, 350), box.y + along(a.coupling, b.coupling, target.coupling, 150, 350));
  await drawn(page);
  const said = (await readout(page)).split('\n');
  assert.match(said[1], /PandaX-4T/);
  assert.match(said[2], /computed in this page/);
  // 4.99e-7 against 6.7e-8.
  const [, ratio] = said[3].match(/: × (.*) that of Dresden-II$/);
  assertClose(Number(ratio), 7.4, 0.05);
  await page.locator(CANVAS).focus();
  await page.keyboard.press('Escape');
  await drawn(page);
  assert.equal(await readout(page), '');
});

visit('a curve of the list is found in the plane by pointing at its name, and by keyboard', {}, async (page) => {
  await page.click('[data-curves-drawer] summary');
  const picture = () => page.locator(CANVAS).evaluate((canvas) => canvas.toDataURL());
  await settled(page);
  const before = await picture();
  await page.locator('li:has([data-curve="sn1987a"])').hover();
  await drawn(page);
  assert.match(await readout(page), /^SN1987A.*\n.*arXiv/);
  assert.match(await readout(page), /× [\d.]+ that of Dresden-II/);
  assert.ok(await picture() !== before, 'nothing stands out');
  await page.mouse.move(0, 0);
  await drawn(page);
  assert.equal(await readout(page), '');
  await page.locator('[data-curve="pandax-4t"]').focus();
  await drawn(page);
  assert.match(await readout(page), /^PandaX-4T\n/);
});
