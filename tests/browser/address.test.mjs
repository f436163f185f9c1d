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
  'printed-sign': '1',
  view: 'data',
  parts: '1',
  cl: '0.95',
  dof: '2',
  theme: 'dark',
};
const ADDRESS = Object.entries(CHANGED).map(([key, value]) => `${key}=${value}`).join('&');

// What the controls show, by name, as it would stand in the address but for the coupling, which is shown in its unit.
const shown = (page) => page.$$eval('input[name], select[name]', (controls) => Object.fromEntries(
  controls
    .filter(({ type, checked }) => type !== 'radio' || checked)
    .map(({ name, type, value, checked }) => [name, type === 'checkbox' ? String(Number(checked)) : value]),
));

visit('a link restores every control', { hash: ADDRESS }, async (page) => {
  assert.deepEqual(await shown(page), { ...CHANGED, coupling: '3e-10' });
  // COHERENT with these settings, not only its controls.
  assert.match(await page.textContent('[data-caption]'), /^COHERENT/);
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
});

visit('a link restores every control also where a messenger has escaped its signs', { hash: ADDRESS.replace('^', '%5E') }, async (page) => {
  assert.deepEqual(await shown(page), { ...CHANGED, coupling: '3e-10' });
});

visit('every control writes itself into the address, and its start value leaves it again', {}, async (page) => {
  const start = await shown(page);
  const set = async (key, value) => {
    const place = control(page, key).first();
    const kind = await place.evaluate((element) => element.type);
    if (kind === 'radio') await pick(page, key, value);
    else if (kind === 'checkbox') await place.setChecked(value === '1');
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
  const before = { controls: await shown(page), facts: await facts(page) };
  await reload(page);
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

// What is wrong, and what the list must say of it: which parameter, what it was, what would be allowed.
const WRONG = {
  'mass=-1': /^mass: got .*-1.*, allowed: .*0\.01|1e-2/,
  'coupling=1': /^coupling: got 1, allowed: 1e-12 to 1e-3/,
  'flux=NaN': /^flux: got .*NaN/,
  'lindhard-k=': /^lindhard-k: got ''/,
  'experiment=ship': /^experiment: got 'ship', allowed: dresden-ii, coherent-csi, xenon1t, pandax-4t/,
  'flavor=x': /^flavor: got 'x', allowed: e, mu, tau/,
  'parts=maybe': /^parts: got 'maybe', allowed: 0, 1/,
  'colour=red': /^parameter: got 'colour', allowed: experiment, /,
  view: /^view: got ''/,
  'mass=%E0%A4%A': /^mass: got /,
};

const problemList = (page) => page.$$eval('[data-problems] li', (items) => items.map((item) => item.textContent));

for (const [name, entries] of [['each bad parameter is', Object.keys(WRONG).slice(0, -1)], ['a broken escape sequence is', ['mass=%E0%A4%A']]]) {
  visit(`${name} listed with what is allowed, and the default is used`, { hash: `${entries.join('&')}&coupling-unit=mu_B` }, async (page) => {
    const items = await problemList(page);
    assert.equal(items.length, entries.length);
    for (const [index, entry] of entries.entries()) {
      assert.match(items[index], WRONG[entry]);
      assert.match(items[index], /; the default is used$/);
    }
    assert.equal(await page.locator('[data-problems]').isVisible(), true);
    // What was right is kept, the rest is as on a first visit.
    assert.deepEqual({ ...await shown(page), coupling: '' }, {
      experiment: 'dresden-ii', flavor: 'e', mass: '1', coupling: '', 'coupling-unit': 'mu_B', quenching: 'fef',
      'lindhard-k': '0.157', flux: '1', 'printed-sign': '0', view: 'recoil', parts: '0', cl: '0.9', dof: '1', theme: 'auto',
    });
    await eventually(async () => assert.equal(await hash(page), '#coupling-unit=mu_B'));
  });
}

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
