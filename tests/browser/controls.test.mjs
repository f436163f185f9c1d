// Every choice, by mouse and by keyboard: what is chosen counts, and the page follows.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { readNumber } from './numbers.mjs';
import { control, drag, dragSlider, drawn, eventually, facts, openSite, pick, settled, slider, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const CAPTION = '[data-chart="spectrum"] [data-caption]';

// What each choice does that a visitor sees: a selector, and the text or attribute that must appear there.
const GROUPS = {
  experiment: {
    'dresden-ii': [CAPTION, /^Dresden-II/],
    'coherent-csi': [CAPTION, /^COHERENT CsI/],
    xenon1t: [CAPTION, /^XENON1T/],
    'pandax-4t': [CAPTION, /^PandaX-4T/],
  },
  flavor: {
    e: ['[data-message]', /^$/],
    mu: ['[data-message]', /no νμ.*It has ν̄e\./],
    tau: ['[data-message]', /no ντ.*It has ν̄e\./],
  },
  quenching: {
    fef: ['[data-fact="totals.dipole_nucleus"]', /^79\.68 /],
    ybe: ['[data-fact="totals.dipole_nucleus"]', /^(?!79\.68 )/],
    lindhard: ['[data-fact="totals.dipole_nucleus"]', /^(?!79\.68 )/],
  },
  view: {
    recoil: ['[data-chart="spectrum"] caption', /nuclear recoil energy/],
    data: ['[data-chart="spectrum"] caption', /ionisation energy/],
  },
  dof: {
    1: ['[data-opinions] th:nth-child(2)', /^Δχ² from the best fit$/],
    2: ['[data-opinions] th:nth-child(2)', /^Δχ² from the best fit \(2 d\.o\.f\.\)$/],
  },
};

// Tries every choice of every group in turn, in this order within each; the groups end at their first choice.
async function choose(page, order, means) {
  for (const [name, choices] of Object.entries(GROUPS)) {
    for (const value of order(Object.keys(choices))) {
      await means(name, value);
      assert.deepEqual(await checked(page, name), [value]);
      const [selector, expected] = choices[value];
      await eventually(async () => assert.match(await page.textContent(selector), expected));
    }
  }
}

visit('a click chooses experiment, flavour, quenching, view and degrees of freedom, and the page follows', {}, async (page) => {
  // Backwards, so that each click changes something.
  await choose(page, (values) => values.toReversed(), (name, value) => pick(page, name, value));
});

visit('the arrow keys choose experiment, flavour, quenching, view and degrees of freedom, and the page follows', {}, async (page) => {
  await choose(page, ([first, ...others]) => [...others, first], async (name) => {
    await page.locator(`[name="${name}"]:checked`).press('ArrowRight');
  });
});

const checked = (page, name) =>
  page.$$eval(`[name="${name}"]`, (radios) => radios.filter((radio) => radio.checked).map((radio) => radio.value));


const SWITCHES = {
  'printed-sign': async (page) => (await facts(page))['totals.dipole_nucleus'],
  parts: (page) => page.textContent('[data-chart="spectrum"] tr:has(th)'),
};

for (const [name, look] of Object.entries(SWITCHES)) {
  visit(`a click or the space bar switches ${name} on and off`, {}, async (page) => {
    const off = await look(page);
    for (const toggle of [() => page.locator('label', { has: control(page, name) }).click(), () => control(page, name).press('Space')]) {
      await toggle();
      assert.equal(await control(page, name).isChecked(), true);
      await eventually(async () => assert.notEqual(await look(page), off));
      await toggle();
      assert.equal(await control(page, name).isChecked(), false);
      await eventually(async () => assert.equal(await look(page), off));
    }
  });
}

// Paper of the themes, as the chart is drawn in them.
const PAPER = { light: 'rgb(255, 255, 255)', dark: 'rgb(20, 22, 27)', projector: 'rgb(255, 255, 255)' };

visit('each theme colours page and chart alike', {}, async (page) => {
  for (const theme of ['dark', 'projector', 'light']) {
    await control(page, 'theme').selectOption(theme);
    await drawn(page);
    assert.equal(await page.getAttribute('html', 'data-theme'), theme);
    assert.deepEqual(await papers(page), { page: PAPER[theme], chart: PAPER[theme] });
  }
});

visit('the keyboard chooses a theme', {}, async (page) => {
  await control(page, 'theme').focus();
  // A closed list takes first letters on every system; arrow keys open it on some.
  await page.keyboard.press('d');
  await drawn(page);
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
});

visit('larger type of the projector theme reaches the labels of the chart', {}, async (page) => {
  const light = await page.evaluate(picture);
  await control(page, 'theme').selectOption('projector');
  await drawn(page);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), '18px');
  assert.notEqual(await page.evaluate(picture), light);
});

const picture = () => document.querySelector('[data-chart="spectrum"] canvas').toDataURL();

// The colour behind the page and that in the corner of the chart.
const papers = (page) => page.evaluate(() => {
  // A copy of the corner, because Chromium warns of reading the same canvas again and again.
  const corner = new OffscreenCanvas(1, 1).getContext('2d');
  corner.drawImage(document.querySelector('[data-chart="spectrum"] canvas'), 0, 0);
  const [red, green, blue] = corner.getImageData(0, 0, 1, 1).data;
  return { page: getComputedStyle(document.body).backgroundColor, chart: `rgb(${red}, ${green}, ${blue})` };
});

visit('Lindhard k can be changed only where it has an effect, and has one there', {}, async (page) => {
  const enabled = async () => [await control(page, 'lindhard-k').isEnabled(), await slider(page, 'lindhard-k').isEnabled()];
  assert.deepEqual(await enabled(), [false, false]);
  await pick(page, 'quenching', 'lindhard');
  await drawn(page);
  assert.deepEqual(await enabled(), [true, true]);
  const before = readNumber((await facts(page))['totals.cevns']);
  await control(page, 'lindhard-k').fill('0.25');
  const after = readNumber((await facts(page))['totals.cevns']);
  // More of the recoil is seen as ionisation: more counts above threshold.
  assert.ok(after > before, `${after} > ${before}`);
  await pick(page, 'quenching', 'ybe');
  await drawn(page);
  assert.deepEqual(await enabled(), [false, false]);
});

visit('germanium quenching is offered for germanium only', {}, async (page) => {
  for (const [experiment, offered] of [['dresden-ii', true], ['coherent-csi', false], ['xenon1t', false], ['dresden-ii', true]]) {
    await pick(page, 'experiment', experiment);
    await drawn(page);
    for (const name of ['quenching', 'lindhard-k']) {
      assert.equal(await control(page, name).first().isVisible(), offered, `${name} with ${experiment}`);
    }
  }
});

visit('flavours that the source lacks are marked as such', {}, async (page) => {
  const missing = () => page.$$eval('[name="flavor"]', (radios) =>
    radios.filter((radio) => radio.nextElementSibling.matches('.missing')).map((radio) => radio.value));
  for (const [experiment, expected] of [['dresden-ii', ['mu', 'tau']], ['coherent-csi', ['tau']], ['xenon1t', []]]) {
    await pick(page, 'experiment', experiment);
    await drawn(page);
    assert.deepEqual(await missing(), expected, experiment);
  }
});

visit('a change is undone and done again by buttons and keys, and everything is reset', {}, async (page) => {
  const button = (name) => page.locator(`[data-past="${name}"]`);
  const isDead = (name) => button(name).getAttribute('aria-disabled');
  assert.deepEqual([await isDead('undo'), await isDead('redo'), await isDead('reset')], ['true', 'true', 'true']);
  await dragSlider(page, 'mass', 0.8);
  await drawn(page);
  const mass = await control(page, 'mass').inputValue();
  assert.notEqual(mass, '1');
  await pick(page, 'flavor', 'mu');
  await button('undo').click();
  await drawn(page);
  assert.equal(await control(page, 'flavor', 'e').isChecked(), true);
  // The whole drag is one step.
  await page.keyboard.press('ControlOrMeta+z');
  await drawn(page);
  assert.equal(await control(page, 'mass').inputValue(), '1');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await drawn(page);
  assert.equal(await control(page, 'mass').inputValue(), mass);
  await button('reset').click();
  await settled(page);
  assert.equal(await control(page, 'mass').inputValue(), '1');
  assert.equal(await page.evaluate(() => location.hash), '');
});

visit('a drag of the point is one step', {}, async (page) => {
  const box = await page.locator('[data-chart="exclusion"] canvas').boundingBox();
  const at = (x, y) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  await drag(page, at(0.4, 0.4), at(0.6, 0.6));
  await drag(page, at(0.6, 0.6), at(0.5, 0.3));
  await page.locator('[data-past="undo"]').click();
  await page.locator('[data-past="undo"]').click();
  await drawn(page);
  assert.equal(await control(page, 'mass').inputValue(), '1');
  assert.equal(await page.locator('[data-past="undo"]').getAttribute('aria-disabled'), 'true');
});
