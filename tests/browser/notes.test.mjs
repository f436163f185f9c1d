// Notes on controls and symbols, the list of keys, headings and skip links.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';

import { complaints } from './axe.mjs';
import { test } from './browsers.mjs';
import { ROOT, control, drag, drawn, eventually, goTo, openSite, pick, reload, settled, slider, type, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const TOUCH = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
// Longer than anything that a note waits for.
const LONG_MS = 1200;

const note = (page) => page.locator('#note:not([hidden])');
const said = (page) => page.$eval('#note', ({ hidden, textContent }) => (hidden ? '' : textContent));
// What a screen reader describes something with.
const description = (page, selector) => page.$eval(selector, (element) => (element.getAttribute('aria-describedby') ?? '').split(' ')
  .map((id) => document.getElementById(id)?.textContent ?? '').join(' '));

async function rest(page, selector, about) {
  await page.locator(selector).first().scrollIntoViewIfNeeded();
  await drawn(page);
  await page.hover(selector);
  await note(page).waitFor();
  assert.match(await said(page), about);
}

async function isGone(page) {
  await note(page).waitFor({ state: 'hidden' });
}

// The module and its words; asking for them is what pointing at something does.
async function load(page) {
  await page.hover('[for="mass"]');
  await note(page).waitFor();
  await page.keyboard.press('Escape');
  await isGone(page);
}

const words = async () => readFile(new URL('www/notes.en.html', ROOT), 'utf8');

// Runs in the page: every control by what it is, with the name of its note.
const notesOfControls = async () => {
  const { nameOf } = await import(new URL(document.querySelector('[data-noted]').dataset.noted, location.href));
  // The card of a failure says itself what its buttons do, when nothing else may work any more.
  const controls = [...document.querySelectorAll('input, select, button, summary, canvas ~ figcaption, legend:not(.visually-hidden), .name, dt, [data-opinions] thead th')];
  return controls.filter((element) => !element.closest('[data-crash], dialog'))
    .map((element) => [element.name || element.dataset.slider || element.dataset.take || element.textContent.trim(), nameOf(element)]);
};

const STATES = ['quenching=lindhard&pins=mass:5;mass:3', 'experiment=coherent-csi&view=data', 'experiment=xenon1t&flavor=tau'];

visit('every control, every group, every column and every number has a note, and every note has its place', {}, async (page) => {
  const file = await words();
  const written = [...file.matchAll(/data-note="([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(written, [...new Set(written)]);
  const found = new Set();
  for (const state of STATES) {
    await goTo(page, state);
    await settled(page);
    for (const drawer of await page.locator('details:visible').all()) await drawer.evaluate((details) => { details.open = true; });
    await page.waitForSelector('[data-tour]');
    await page.waitForSelector('html[data-workshop]');
    await settled(page);
    const all = await page.evaluate(notesOfControls);
    assert.ok(all.length > 70, `${all.length} controls`);
    assert.deepEqual(all.filter(([, name]) => !written.includes(name)).map(([what]) => what), [], `without a note: ${state}`);
    for (const [, name] of all) found.add(name);
  }
  const elsewhere = ['spectrum', 'plane', 'leads', 'pin-columns', 'offer-take', 'offer-later'];
  assert.deepEqual(written.filter((name) => !found.has(name) && !elsewhere.includes(name)), []);
  const places = await page.evaluate(async () => (await import(new URL(document.querySelector('[data-noted]').dataset.noted, location.href))).names);
  assert.deepEqual([...places].sort(), [...written].sort());
  for (const [, others] of file.matchAll(/data-with="([^"]+)"/g)) for (const name of others.split(' ')) assert.ok(written.includes(name), name);
});

// Rows of an experiment's table; what stands in quotes may have commas.
async function table(experiment) {
  const text = await readFile(new URL(`data/experiments/${experiment}.csv`, ROOT), 'utf8');
  const rows = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(rows.map((line) => [line.split(',')[0], { value: line.split(',')[1], line }]));
}

test('a number in a note is that of the table that the program reads', async () => {
  const file = await words();
  const numbers = [...file.matchAll(/<data data-(row|source)="([^ ]+) ([^"]+)"(?: value="([^"]+)")?>([^<]+)<\/data>/g)];
  assert.ok(numbers.length >= 8, `${numbers.length} numbers`);
  for (const [, kind, experiment, key, value, text] of numbers) {
    const row = (await table(experiment)).get(key);
    if (kind === 'row') assert.equal(Number(value ?? text), Number(row.value), `${experiment} ${key}`);
    else assert.ok(row.line.includes(value), `${value} is not in ${row.line}`);
    // As people write it.
    if (value) assert.equal(Number(text.replace(' × 10', 'e').replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit))), Number(value));
  }
  for (const experiment of ['dresden-ii', 'coherent-csi', 'xenon1t', 'pandax-4t']) {
    const [, text] = new RegExp(`data-note="${experiment}">(.*)</p>`).exec(file);
    const [reference] = /PRL \d+, \d+/.exec(text);
    assert.ok((await table(experiment)).get('name').line.includes(reference), reference);
  }
  // Every other figure is a name, a year, an equation of the paper, a key, or the level of the published bounds.
  assert.ok((await table('xenon1t')).get('flux-bound').line.includes('90 %'));
  const notes = file.slice(0, file.indexOf('<dialog')).replace(/<!--[^]*?-->/g, '').replace(/<data[^]*?<\/data>/g, '').replace(/data-[a-z]+="[^"]*"/g, '');
  const known = /PRL \d+, \d+|XENON1T|PandaX-4T|\((?:19|20)\d\d\)|of 1963|eq\. \d+( and \d+)?|fig\. 1|90 %|1\/T|<var>d<\/var>\/2|× 1 |efficiency 1|<strong>(?:[12]|2026)<\/strong>|key 0|utf-8/g;
  assert.deepEqual(notes.replace(known, '').match(/.{0,20}\d.{0,20}/g) ?? [], []);
});

visit('a note comes after a rest, is connected to its control, stays under the pointer, and goes with it', {}, async (page) => {
  await rest(page, '[for="mass"]', /^Mass mN, in MeV/);
  assert.equal(await page.locator('#note').getAttribute('role'), 'tooltip');
  assert.match(await description(page, '#mass'), /^\s*Mass mN|Mass mN/);
  // The complaints of the box keep their place in the description.
  assert.match(await page.locator('#mass').getAttribute('aria-describedby'), /mass-error/);
  const { x, y, width, height } = await page.locator('#note').boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 12 });
  await page.waitForTimeout(LONG_MS);
  assert.match(await said(page), /^Mass/);
  await page.mouse.move(900, 860);
  await isGone(page);
  assert.equal(await page.locator('#mass').getAttribute('aria-describedby'), 'mass-error');
});

visit('passing over names shows nothing, and Escape sends a note away until the pointer has been elsewhere', {}, async (page) => {
  await load(page);
  for (const name of ['mass', 'coupling', 'flux']) {
    await page.hover(`[for="${name}"]`);
    assert.equal(await said(page), '');
  }
  await rest(page, '[for="flux"]', /^Flux/);
  await page.keyboard.press('Escape');
  await isGone(page);
  const { x, y } = await page.locator('[for="flux"]').boundingBox();
  await page.mouse.move(x + 3, y + 5);
  await page.waitForTimeout(LONG_MS);
  assert.equal(await said(page), '');
  await page.mouse.move(900, 860);
  await rest(page, '[for="flux"]', /^Flux/);
});

visit('a note comes with the focus of the keyboard, and not with a click into a box', {}, async (page) => {
  await load(page);
  await page.click('#mass');
  await page.waitForTimeout(LONG_MS);
  assert.equal(await said(page), '');
  await page.keyboard.press('Tab');
  // For the ear at once.
  await eventually(async () => assert.match(await description(page, '[data-slider="mass"]'), /Mass mN/));
  await note(page).waitFor();
  assert.match(await said(page), /^Mass/);
  await page.keyboard.press('Tab');
  await eventually(async () => assert.match(await said(page), /^Coupling d/));
  assert.doesNotMatch(await description(page, '[data-slider="mass"]'), /Mass|Coupling/);
  // What is typed is not for the note to cover.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('5');
  await isGone(page);
  await page.keyboard.press('Tab');
  await note(page).waitFor();
  const before = await page.evaluate(() => location.hash);
  await page.keyboard.press('Escape');
  await isGone(page);
  assert.equal(await page.evaluate(() => location.hash), before);
});

visit('no note comes while a slider or the point is dragged', {}, async (page) => {
  await load(page);
  await rest(page, '[for="coupling"]', /^Coupling/);
  const { x, y, width, height } = await slider(page, 'coupling').boundingBox();
  const at = { x: x + 0.55 * width, y: y + height / 2 };
  const label = await page.locator('[for="flux"]').boundingBox();
  // The hand leaves the track, and rests over a name.
  await drag(page, at, { x: label.x + 5, y: label.y + 5 }, { steps: 6, each: async (step) => {
    if (step === 6) await page.waitForTimeout(LONG_MS);
    assert.equal(await said(page), '', `step ${step}`);
  } });
  const plane = await page.locator('[data-chart="exclusion"] canvas').boundingBox();
  const tools = await page.locator('[data-plane="all"]').boundingBox();
  await drag(page, { x: plane.x + plane.width / 2, y: plane.y + plane.height / 2 }, { x: tools.x + 5, y: tools.y + 5 }, { steps: 6, each: async (step) => {
    if (step === 6) await page.waitForTimeout(LONG_MS);
    assert.equal(await said(page), '', `step ${step}`);
  } });
});

visit('a note goes when the page scrolls or anything is pressed', { viewport: { width: 1440, height: 600 } }, async (page) => {
  await rest(page, '[for="mass"]', /^Mass/);
  await page.mouse.wheel(0, 120);
  await isGone(page);
  // What comes under a pointer that rests is not pointed at.
  await page.waitForTimeout(LONG_MS);
  assert.equal(await said(page), '');
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(900, 300);
  await rest(page, '[data-plane="all"]', /^All/);
  await page.mouse.down();
  await isGone(page);
  await page.mouse.up();
});

// Runs in the page: whether the note lies within the page, and over none of what it must not cover.
const lies = () => {
  const { left, top, right, bottom } = document.getElementById('note').getBoundingClientRect();
  const inside = left >= 0 && top >= 0 && right <= document.documentElement.clientWidth && bottom <= document.documentElement.clientHeight;
  const over = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.left < right && box.right > left && box.top < bottom && box.bottom > top;
  };
  return { inside, over: (selector) => [...document.querySelectorAll(selector)].some(over) };
};

for (const [theme, viewport] of [['light', { width: 1440, height: 900 }], ['dark', { width: 390, height: 844 }], ['projector', { width: 320, height: 700 }]]) {
  visit(`a note lies in sight and not over its control, ${viewport.width} px wide, ${theme}`, { ...TOUCH, viewport, hash: `theme=${theme}&quenching=lindhard` }, async (page) => {
    await page.locator('[for="mass"]').tap();
    await note(page).waitFor();
    for (const name of ['mass', 'coupling', 'lindhard-k', 'flux', 'cl']) {
      const label = page.locator(`[for="${name}"]`);
      await label.scrollIntoViewIfNeeded();
      // The first one is open: a second tap would close it.
      if (name !== 'mass') await label.tap();
      await note(page).waitFor();
      const { inside, covers } = await page.evaluate(`(() => { const { inside, over } = (${lies})(); return { inside, covers: ['[for="${name}"]', '#${name}', '[data-slider="${name}"]'].filter(over) }; })()`);
      assert.ok(inside, `the note on ${name} is out of sight`);
      assert.deepEqual(covers, []);
      // The name has been asked; the keyboard of the screen stays away.
      assert.equal(await page.evaluate(() => document.activeElement.id), '');
      // Nothing makes the page scroll sideways.
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
    }
    assert.deepEqual(await complaints(page), []);
  });
}

visit('a tap on the name of a group tells its options, a second one closes it, and a finger held down asks a button', TOUCH, async (page) => {
  const name = page.locator('#quenching-name');
  await name.scrollIntoViewIfNeeded();
  await name.tap();
  await note(page).waitFor();
  assert.match(await said(page), /^Germanium quenching.*fef.*ybe.*Lindhard/s);
  await name.tap();
  await isGone(page);
  // A tap on an option chooses it and no more.
  await pick(page, 'quenching', 'ybe');
  await page.waitForTimeout(LONG_MS);
  assert.equal(await said(page), '');
  assert.equal(await control(page, 'quenching', 'ybe').isChecked(), true);
  const button = page.locator('[data-past="undo"]');
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await button.boundingBox();
  const session = await page.context().newCDPSession(page);
  const touchPoints = [{ x: x + width / 2, y: y + height / 2 }];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await note(page).waitFor();
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  assert.match(await said(page), /^Undo/);
  await drawn(page);
  assert.equal(await control(page, 'quenching', 'ybe').isChecked(), true, 'the button was pressed, too');
});

visit('columns of the verdict say what they are, as a head or as a list', {}, async (page) => {
  await rest(page, '[data-opinions] thead th:nth-child(5)', /^Point against limit/);
  // The numbers below it can be read on.
  assert.equal(await page.evaluate(`(${lies})().over('[data-opinions] td')`), false);
  await page.hover('[data-opinions] td:nth-child(5)');
  await isGone(page);
  await page.waitForTimeout(LONG_MS);
  assert.equal(await said(page), '');
  await page.setViewportSize({ width: 700, height: 900 });
  await rest(page, '[data-opinions] td:nth-child(5)', /^Point against limit/);
});

visit('the list of keys opens with ? and with its button, closes with Escape and its button, and gives the focus back', {}, async (page) => {
  const dialog = page.locator('[data-keys-list]');
  const focus = () => page.evaluate(() => document.activeElement.dataset.slider ?? document.activeElement.textContent);
  await slider(page, 'flux').focus();
  await page.keyboard.press('?');
  await dialog.waitFor();
  assert.equal(await focus(), 'Close');
  assert.deepEqual(await complaints(page), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await focus(), 'flux');
  await page.click('[data-keys]');
  await dialog.waitFor();
  await dialog.getByText('Close').click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await focus(), 'Keys');
  await page.keyboard.press('?');
  await dialog.waitFor();
  await page.keyboard.press('?');
  await dialog.waitFor({ state: 'hidden' });
  // In a text box it is a sign like any other.
  await control(page, 'mass').focus();
  await page.keyboard.press('?');
  await drawn(page);
  assert.equal(await dialog.isVisible(), false);
  assert.match(await control(page, 'mass').inputValue(), /\?/);
});

visit('keys of one letter can be switched off, in the list of keys, and stay so', {}, async (page) => {
  const dialog = page.locator('[data-keys-list]');
  const pins = () => page.locator('[data-pin-name]').count();
  const press = async (...keys) => {
    await slider(page, 'flux').focus();
    for (const key of keys) await page.keyboard.press(key);
    await settled(page);
  };
  await page.click('[data-keys]');
  await dialog.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await press('p', '?', 'l');
  assert.deepEqual([await pins(), await dialog.isVisible(), await page.getAttribute('html', 'data-lecture')], [0, false, null]);
  // A letter is a letter in a box.
  await type(page, 'mass', '3 MeV');
  await eventually(() => assert.match(page.url(), /mass=3\b/));
  await reload(page);
  await press('p');
  assert.equal(await pins(), 0);
  await page.click('[data-keys]');
  assert.equal(await dialog.getByRole('checkbox').isChecked(), false);
  await dialog.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await press('p');
  assert.equal(await pins(), 1);
});

visit('the list of keys holds what the help of the charts says, and what it lists is so', {}, async (page) => {
  await page.keyboard.press('?');
  const text = await page.textContent('[data-keys-list]');
  for (const keys of ['Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+Y', 'Alt+←', 'Shift', 'Home', 'Enter', 'Esc']) assert.ok(text.includes(keys), keys);
  await page.keyboard.press('Escape');
  const state = () => page.evaluate(() => new URLSearchParams(location.hash.slice(1)));
  const at = (keys, expected) => async () => {
    await page.keyboard.press(keys);
    await settled(page);
    assert.equal(expected.test(await page.evaluate(() => location.hash)), true, `${keys}: ${await page.evaluate(() => location.hash)}`);
  };
  await state();
  await page.locator('[data-chart="exclusion"] canvas').focus();
  for (const step of [at('ArrowRight', /mass=1\.0/), at('Shift+ArrowUp', /coupling=1\.\d+e-7/), at('+', /plane-mass-from/), at('Alt+ArrowLeft', /plane-mass-to/), at('0', /^(?!.*plane-)/), at('Control+z', /plane-mass-to/), at('Control+y', /^(?!.*plane-)/)]) await step();
});

for (const [presses, target, next] of [[1, 'controls', 'experiment'], [2, 'charts', 'Save'], [3, 'verdict', 'Copy link']]) {
  for (const width of [1440, 390]) {
    visit(`skip links come first, move the focus and leave the address alone: ${target}, ${width} px wide`, { hash: 'mass=2', viewport: { width, height: 850 } }, async (page) => {
      const hash = await page.evaluate(() => location.hash);
      await settled(page);
      for (let press = 0; press < presses; press += 1) await page.keyboard.press('Tab');
      const { x, y, width: length, height } = await page.locator('.skip:focus').boundingBox();
      assert.ok(x >= 0 && y >= 0 && length > 50 && height > 15, 'the link is not seen');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), target);
      assert.equal(await page.evaluate(() => location.hash), hash);
      assert.equal(await page.locator('[data-problems]').isVisible(), false);
      await page.keyboard.press('Tab');
      assert.match(await page.evaluate(() => document.activeElement.name || document.activeElement.textContent), new RegExp(`^${next}`));
    });
  }
}

visit('headings and landmarks name the parts of the page in order', {}, async (page) => {
  await page.click('[data-guide] summary');
  await page.waitForSelector('[data-tour]');
  const headings = await page.$$eval('h1, h2, h3, h4', (all) => all.map(({ tagName, textContent }) => `${tagName} ${textContent}`));
  assert.deepEqual(headings, ['H1 Dipole Portal Explorer', 'H2 Guide', 'H3 The paper in eight steps', 'H3 More to open', 'H2 Settings', 'H2 Spectrum', 'H2 Plane of limits', 'H2 Verdict', 'H2 Numbers', 'H2 Assumptions']);
  for (const [role, name] of [['banner'], ['main'], ['contentinfo'], ['form', 'Settings'], ['region', 'Guide'], ['region', 'Verdict'], ['region', 'Numbers']]) {
    assert.equal(await page.getByRole(role, { name, exact: true }).count(), 1, `${role} ${name ?? ''}`);
  }
});

visit('nothing of it is fetched before something is pointed at', {}, async (page, { requests }) => {
  await settled(page);
  assert.deepEqual(requests.filter((request) => /notes/.test(request)), []);
  await load(page);
  const fetched = requests.filter((request) => /notes/.test(request));
  assert.deepEqual(fetched.map((request) => /notes[\w.]*/.exec(request)[0]).sort(), ['notes.css', 'notes.en.html', 'notes.js']);
  // Hosts keep files: the address changes with what is in them.
  for (const request of fetched) assert.match(request, /\?[0-9a-f]{16}$/);
});

for (const lost of ['notes.js', 'notes.css', 'notes.en.html']) {
  visit(`without a connection a sentence says so, and everything goes on: ${lost}`, {}, async (page, { problems }) => {
    const stop = (route) => route.abort();
    await page.route(`**/${lost}*`, stop);
    await page.hover('[for="mass"]');
    await page.waitForTimeout(LONG_MS);
    const sentence = () => page.textContent('[data-noted]');
    assert.equal(await sentence(), '', 'nobody has asked');
    await page.keyboard.press('?');
    await eventually(async () => assert.match(await sentence(), /could not be fetched\. Please check the connection/));
    assert.equal(await page.locator('[data-crash]').isVisible(), false);
    await slider(page, 'mass').press('ArrowRight');
    await drawn(page);
    assert.equal(await control(page, 'mass').inputValue(), '1.02');
    for (const problem of problems.splice(0)) assert.match(problem, /notes|console warning/);
    // When it is back, who asks again gets it.
    await page.unroute(`**/${lost}*`, stop);
    await page.keyboard.press('?');
    await page.locator('[data-keys-list]').waitFor();
    assert.equal(await sentence(), '');
    await page.keyboard.press('Escape');
    await rest(page, '[for="flux"]', /^Flux/);
  });
}

for (const theme of ['light', 'dark', 'projector']) {
  visit(`axe finds nothing with a note and with the list of keys open, ${theme}`, { hash: `theme=${theme}`, viewport: { width: 320, height: 700 } }, async (page) => {
    await page.click('[for="coupling"]');
    await note(page).waitFor();
    assert.deepEqual(await complaints(page), []);
    await page.keyboard.press('Escape');
    await slider(page, 'coupling').focus();
    await page.keyboard.press('?');
    await page.locator('[data-keys-list]').waitFor();
    assert.deepEqual(await complaints(page), []);
    assert.ok(await page.$eval('[data-keys-list]', (dialog) => dialog.scrollWidth <= dialog.clientWidth), 'the list is too wide');
  });
}

visit('in forced colours a note has a border, and without motion nothing moves', { forcedColors: 'active', reducedMotion: 'reduce' }, async (page) => {
  await rest(page, '[for="mass"]', /^Mass/);
  const look = await page.$eval('#note', (element) => {
    const { borderTopStyle, borderTopWidth, backgroundColor, animationName, transitionDuration } = getComputedStyle(element);
    return { borderTopStyle, borderTopWidth, opaque: !/, 0\)|transparent/.test(backgroundColor), animationName, transitionDuration };
  });
  assert.deepEqual(look, { borderTopStyle: 'solid', borderTopWidth: '1px', opaque: true, animationName: 'none', transitionDuration: '0s' });
});

visit('what was pressed before the notes were there is not covered by its note', {}, async (page) => {
  await settled(page);
  await page.route('**/notes.js*', async (route) => { await new Promise((go) => { setTimeout(go, 400); }); await route.continue(); });
  await page.click('[data-guide] > summary');
  await page.waitForSelector('[data-tour]');
  // Longer than a note takes to come.
  await page.waitForSelector('#note', { state: 'attached' });
  await page.waitForTimeout(1200);
  assert.equal(await page.isVisible('#note'), false);
  // Elsewhere and back again, it comes.
  await page.hover('[data-modes]');
  await page.hover('[data-guide] > summary');
  await page.waitForSelector('#note:not([hidden])');
});
