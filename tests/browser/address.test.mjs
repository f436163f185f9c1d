// The address: what a visitor sees can be sent to another, and nothing in it can do harm.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { control, dragSlider, drawn, eventually, facts, goTo, openSite, pick, reload, slider, type, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const hash = (page) => page.evaluate(() => location.hash);

// Every control at another value than the one it has when the page opens.
const CHANGED = {
  experiment: 'coherent-csi',
  flavor: 'mu',
  mass: '20',
  coupling: '3e-7',
  'coupling-unit': 'MeV^-1',
  quenching: 'lindhard',
  'lindhard-k': '0.2',
  flux: '0.77',
  'reactor-flux': 'kopeikin-mueller',
  'nuclei-only': '1',
  'printed-sign': '1',
  view: 'data',
  parts: '1',
  axis: 'linear',
  'plane-mass-from': '0.1',
  'plane-mass-to': '20',
  'plane-from': '1e-8',
  'plane-to': '1e-5',
  cl: '0.95',
  dof: '2',
  sides: 'one',
  expected: '1',
  'decay-lines': 'majorana',
  weights: '1:0.5:0',
  theme: 'dark',
};
// What is set elsewhere than in its own control: a range as it is drawn, and what there is with pins only.
const MORE = { held: '0.5,200', ratio: '1', pins: 'mass:5' };
const ADDRESS = Object.entries({ ...CHANGED, ...MORE }).map(([key, value]) => `${key}=${value}`).join('&');

// What the controls show, by name, as it would stand in the address but for the coupling, which is shown in its unit.
const shown = (page) => page.$$eval('input[name], select[name]', (controls) => Object.fromEntries(
  controls
    .filter(({ type, checked, name }) => (type !== 'radio' || checked) && !name.includes('.'))
    .map(({ name, type, value, checked }) => [name, type === 'checkbox' ? String(Number(checked)) : value]),
));

// Couplings are shown in their unit: here MeV^-1.
const IN_UNIT = { coupling: '3e-10', 'plane-from': '1e-11', 'plane-to': '1e-8' };

visit('a link restores every control', { hash: ADDRESS }, async (page) => {
  await page.waitForSelector('html[data-workshop][data-settled]');
  assert.deepEqual(await shown(page), { ...CHANGED, ...IN_UNIT, held: '1', ratio: '1' });
  // COHERENT with these settings, not only its controls.
  assert.match(await page.textContent('[data-caption]'), /^COHERENT/);
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
});

visit('a link restores every control also where a messenger has escaped its signs', { hash: ADDRESS.replace('^', '%5E') }, async (page) => {
  await page.waitForSelector('html[data-workshop][data-settled]');
  assert.deepEqual(await shown(page), { ...CHANGED, ...IN_UNIT, held: '1', ratio: '1' });
});

visit('every control writes itself into the address, and its start value leaves it again', {}, async (page) => {
  await page.click('[data-inputs-drawer] > summary');
  await page.waitForSelector('html[data-workshop][data-settled]');
  const start = await shown(page);
  await page.locator('[data-ranges]').evaluate((ranges) => { ranges.open = true; });
  const set = async (key, value) => {
    const place = control(page, key).first();
    const kind = await place.evaluate((element) => element.type);
    if (kind === 'radio') await pick(page, key, value);
    else if (kind === 'checkbox') await place.setChecked(value === '1');
    else if (kind === 'text' && value === '') await place.fill('');
    else if (kind === 'text') await type(page, key, value);
    else await place.selectOption(value);
  };
  for (const [key, value] of Object.entries(CHANGED)) {
    if (key === 'lindhard-k') await pick(page, 'quenching', 'lindhard');
    await set(key, value);
    const expected = key === 'lindhard-k' ? `#quenching=lindhard&${key}=${value}` : `#${key}=${value}`;
    await eventually(async () => assert.equal(decodeURIComponent(await hash(page)), expected));
    await set(key, start[key]);
    if (key === 'lindhard-k') await pick(page, 'quenching', 'fef');
    // Not even a lone # is left.
    await eventually(async () => assert.equal(page.url(), site.url));
  }
});

visit('a drag leaves one address and no entries in the history', {}, async (page) => {
  const entries = await page.evaluate(() => history.length);
  await dragSlider(page, 'mass', 0.75, { steps: 30 });
  const mass = await control(page, 'mass').inputValue();
  await eventually(async () => assert.equal(await hash(page), `#mass=${mass}`));
  assert.equal(await page.evaluate(() => history.length), entries);
});

visit('reloading shows the same', { hash: ADDRESS }, async (page) => {
  await page.waitForSelector('html[data-workshop][data-settled]');
  const before = { controls: await shown(page), facts: await facts(page) };
  await reload(page);
  await page.waitForSelector('html[data-workshop][data-settled]');
  assert.deepEqual({ controls: await shown(page), facts: await facts(page) }, before);
});

visit('an address changed by hand counts at once, and Back returns to the one before', {}, async (page) => {
  const before = await facts(page);
  await goTo(page, 'mass=3');
  assert.equal(await control(page, 'mass').inputValue(), '3');
  assert.notDeepEqual(await facts(page), before);
  await goTo(page, 'mass=5&view=data');
  assert.equal(await control(page, 'view', 'data').isChecked(), true);
  await page.goBack();
  await eventually(async () => assert.equal(await control(page, 'mass').inputValue(), '3'));
  assert.equal(await control(page, 'view', 'recoil').isChecked(), true);
});

visit('an address changed by hand counts also for the box that has the focus', {}, async (page) => {
  await control(page, 'mass').focus();
  await goTo(page, 'mass=3');
  assert.equal(await slider(page, 'mass').inputValue(), '0.48');
  assert.equal(await control(page, 'mass').inputValue(), '3');
});

// What is wrong, what the list must say of it (which parameter, what it was, what would be allowed), and what then counts.
const NO_VALUES = {
  'flux=NaN': [/^flux: got 'NaN', allowed: a number, 0\.1 to 10$/, '1'],
  'lindhard-k=': [/^lindhard-k: got nothing, allowed: a number, /, '0.157'],
  'experiment=ship': [/^experiment: got 'ship', allowed: dresden-ii, coherent-csi, xenon1t, pandax-4t$/, 'dresden-ii'],
  'flavor=x': [/^flavor: got 'x', allowed: e, mu, tau$/, 'e'],
  'parts=maybe': [/^parts: got 'maybe', allowed: 0, 1$/, '0'],
  view: [/^view: got nothing, allowed: recoil, data$/, 'recoil'],
  'mass=%E0%A4%A': [/^mass: got '%E0%A4%A', allowed: a number, 0\.01 to 100 MeV$/, '1'],
  'colour=red': [/^parameter: got 'colour', allowed: experiment, /],
};

// What is a number, but too small or too large.
const OUT_OF_RANGE = {
  'mass=-1': ['mass: -1 is too small, 0.01 MeV is taken', '0.01'],
  'mass=1e300': ['mass: 1e300 is too large, 100 MeV is taken', '100'],
  'coupling=1': ['coupling: 1 is too large, 0.001 GeV⁻¹ is taken', '0.001', '1e-3'],
  'flux=20': ['flux: 20 is too large, 10 is taken', '10'],
  'cl=0.1': ['cl: 0.1 is too small, 0.5 is taken', '0.5'],
};

const problemList = (page) => page.$$eval('[data-problems] li', (items) => items.map((item) => item.textContent));
const keyOf = (entry) => entry.split('=')[0];

visit('what is no value is listed with what is allowed, and the default is used', {}, async (page) => {
  const start = await shown(page);
  for (const [entry, [said, taken]] of Object.entries(NO_VALUES)) {
    await goTo(page, `${entry}&coupling-unit=MeV^-1`);
    // Of an experiment that the live page does not know, the workshop says it, once it is there.
    await eventually(async () => {
      const items = await problemList(page);
      assert.equal(items.length, 1, items.join('\n'));
      assert.match(items[0], said);
    });
    assert.equal(await page.locator('[data-problems]').isVisible(), true);
    // What was right is kept, the rest is as on a first visit.
    const inUnit = { coupling: '1e-10', 'plane-from': '1e-12', 'plane-to': '1e-7' };
    assert.deepEqual(await shown(page), { ...start, ...inUnit, 'coupling-unit': 'MeV^-1' });
    if (taken !== undefined) assert.equal((await shown(page))[keyOf(entry)], taken);
    await eventually(async () => assert.equal(await hash(page), '#coupling-unit=MeV^-1'));
  }
});

visit('of a number out of range the nearest allowed one is taken, and the list says so', {}, async (page) => {
  for (const [entry, [said, taken, written = taken]] of Object.entries(OUT_OF_RANGE)) {
    await goTo(page, entry);
    assert.deepEqual(await problemList(page), [said]);
    assert.equal((await shown(page))[keyOf(entry)], taken);
    await eventually(async () => assert.equal(await hash(page), `#${keyOf(entry)}=${written}`));
  }
});

const GARBAGE = Array.from({ length: 25_000 }, (_, index) => `x${index}=1`).join('&');

visit('garbage in the address is a handful of sentences with a count, gone when the value is corrected', { hash: `${GARBAGE}&mass=heavy&flavor=x` }, async (page) => {
  const list = page.locator('[data-problems]');
  const items = await problemList(page);
  assert.ok(items.length >= 2 && items.length <= 6, `${items.length} complaints`);
  // What belongs to a parameter is not lost among the rest.
  assert.ok(items.some((item) => /^mass: got 'heavy'/.test(item)) && items.some((item) => /^flavor: got 'x'/.test(item)), items.join('\n'));
  assert.equal(items.at(-1), 'and 24997 more problems');
  for (const item of items) assert.ok(item.length < 300, item);
  await type(page, 'mass', '3');
  await drawn(page);
  assert.deepEqual(await problemList(page), ["flavor: got 'x', allowed: e, mu, tau"]);
  await pick(page, 'flavor', 'mu');
  await drawn(page);
  assert.equal(await list.isVisible(), false);
  await eventually(async () => assert.equal(await hash(page), '#flavor=mu&mass=3'));
});

visit('the list of bad parameters comes and goes with the address', {}, async (page) => {
  const list = page.locator('[data-problems]');
  assert.equal(await list.isVisible(), false);
  await goTo(page, 'mass=heavy');
  assert.match((await problemList(page)).join(), /^mass: got 'heavy'/);
  assert.equal(await list.isVisible(), true);
  await goTo(page, 'mass=2');
  assert.equal(await list.isVisible(), false);
});

visit('markup in the address stays text', { hash: 'mass=<img src=x onerror=alert(1)>&<b>=1' }, async (page) => {
  await drawn(page);
  assert.equal(await page.locator('[data-problems] img, [data-problems] b').count(), 0);
  assert.match((await problemList(page))[0], /<img src=x onerror=alert\(1\)>/);
});
