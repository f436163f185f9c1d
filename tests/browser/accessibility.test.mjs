// Who does not see the page, or has no mouse, or needs other colours, gets the same from it.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { control, drawn, eventually, goTo, openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// What Chromium tells a screen reader: every node that is not ignored, with role, name and properties.
async function accessibilityTree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.filter((node) => !node.ignored).map((node) => ({
    role: node.role?.value,
    name: node.name?.value ?? '',
    description: node.description?.value ?? '',
    value: node.value?.value,
  }));
}

const NAMED = ['textbox', 'slider', 'radio', 'checkbox', 'combobox', 'button', 'link', 'image', 'img', 'radiogroup', 'table', 'form', 'progressbar', 'DisclosureTriangle'];
const STATES = ['experiment=coherent-csi&view=data', 'experiment=xenon1t&flavor=tau', 'quenching=lindhard&theme=dark'];

async function openDrawers(page) {
  for (const drawer of await page.locator('details:visible').all()) await drawer.evaluate((details) => { details.open = true; });
  await drawn(page);
}

visit('a screen reader hears a name for every control, chart, table and link', {}, async (page) => {
  for (const hash of STATES) {
    await goTo(page, hash);
    await openDrawers(page);
    const nodes = (await accessibilityTree(page)).filter(({ role }) => NAMED.includes(role));
    assert.ok(nodes.length > 30, `${nodes.length} nodes`);
    assert.deepEqual(nodes.filter(({ name }) => name.trim() === ''), [], hash);
    // Two of a kind with one name cannot be told apart by ear.
    const names = nodes.filter(({ role }) => ['textbox', 'slider', 'radiogroup', 'combobox'].includes(role)).map(({ role, name }) => `${role} ${name}`);
    assert.deepEqual(names, [...new Set(names)], hash);
  }
});

visit('a screen reader hears what is wrong with a typed value, and in which unit a slider counts', {}, async (page) => {
  await control(page, 'mass').fill('heavy');
  const nodes = await accessibilityTree(page);
  const box = nodes.find(({ role, name }) => role === 'textbox' && /^mass/.test(name));
  assert.match(box.description, /got 'heavy'/);
  assert.ok(nodes.some(({ role }) => role === 'alert'), 'no alert');
  const texts = await page.$$eval('[data-slider]', (sliders) => sliders.map((slider) => [slider.dataset.slider, slider.getAttribute('aria-valuetext')]));
  // Not the logarithm that the slider's position is.
  assert.equal(Object.fromEntries(texts).coupling, '1 × 10⁻⁷ GeV⁻¹');
  assert.equal(Object.fromEntries(texts).cl, '90 %');
});

// What a stop of the Tab key is called here, whether it is seen, and how its focus shows.
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  // Radio buttons are invisible; what follows them is painted in their place.
  const painted = element.type === 'radio' ? element.nextElementSibling : element;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(painted);
  // The middle of what lies in the window: Firefox does not scroll for the rest.
  const { left, top, right, bottom } = painted.getBoundingClientRect();
  const middle = (from, to, size) => (Math.max(from, 0) + Math.min(to, size)) / 2;
  const at = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
  return {
    name: element.name || element.dataset.slider || element.dataset.curve || (element.tagName === 'CANVAS' && element.closest('[data-chart]').dataset.chart) || element.textContent,
    tag: element.tagName,
    outline: [outlineStyle, parseFloat(outlineWidth), outlineColor],
    covered: at !== element && at !== painted && !painted.contains(at) && !element.contains(at),
  };
});

async function tabStops(page, key = 'Tab') {
  const stops = [];
  for (let press = 0; press < 150; press += 1) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    if (!stop) return stops;
    stops.push(stop);
  }
  throw new Error('Tab never leaves the page');
}

for (const [width, height] of [[1440, 900], [390, 844]]) {
  visit(`the Tab key reaches every control and chart, in sight and with a visible focus, ${width} px wide`, { viewport: { width, height }, hash: 'quenching=lindhard' }, async (page) => {
    const stops = await tabStops(page);
    const names = stops.map(({ name }) => name);
    const expected = await page.$$eval('input, select, canvas, summary, button', (all) => all
      .filter((element) => element.checkVisibility() && !element.disabled && !(element.type === 'radio' && !element.checked))
      .map((element) => element.name || element.dataset.slider || element.dataset.curve || (element.tagName === 'CANVAS' && element.closest('[data-chart]').dataset.chart) || element.textContent));
    for (const name of expected) assert.ok(names.includes(name), `${name} is not among ${names}`);
    assert.equal(names.filter((name) => name === 'spectrum').length, 1);
    for (const { name, outline: [style, thickness] } of stops) assert.ok(style !== 'none' && thickness >= 2, `no visible focus on ${name}`);
    assert.deepEqual(stops.filter(({ covered }) => covered).map(({ name }) => name), [], 'these have the focus behind something else');
  });
}

// A phone, held either way, and a screen of 1440 by 900 at 300 %: there the chart that stays in sight must not hide what is used.
for (const [width, height] of [[390, 844], [844, 390], [480, 300]]) {
  visit(`no control that has the focus lies behind the chart, whichever way the Tab key goes, ${width} by ${height}`, { viewport: { width, height } }, async (page) => {
    const stops = { Tab: await tabStops(page) };
    // From the last one on a page that the focus has not left: what it returns to from outside is another matter, and Firefox does not give it back.
    const again = await site.openPage({ viewport: { width, height } });
    try {
      for (let press = 0; press < stops.Tab.length; press += 1) await again.page.keyboard.press('Tab');
      stops['Shift+Tab'] = await tabStops(again.page, 'Shift+Tab');
    } finally {
      await again.close();
    }
    for (const [key, all] of Object.entries(stops)) {
      assert.ok(all.length > 15, `${all.length} stops`);
      assert.deepEqual(all.filter(({ covered }) => covered).map(({ name }) => name), [], key);
    }
  });
}

visit('on a phone the plane comes into sight as a whole, over the spectrum that stays above the controls', { viewport: { width: 360, height: 740 } }, async (page) => {
  const plane = page.locator('[data-chart="exclusion"] canvas');
  await plane.evaluate((canvas) => canvas.closest('figure').scrollIntoView({ block: 'end' }));
  const { x, y, width, height } = await plane.boundingBox();
  assert.ok(y >= 0 && y + height <= 740, `${y} to ${y + height}`);
  for (const share of [0.02, 0.5, 0.98]) {
    const hit = await page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.closest('[data-chart]')?.dataset.chart, [x + width / 2, y + share * height]);
    assert.equal(hit, 'exclusion', `at ${share} of its height`);
  }
});

// Runs in the page: texts with too little contrast to what is behind them, as WCAG 2 computes it.
const faintTexts = () => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    const [, , , alpha = 1] = channels(color);
    return alpha === 1 ? color : behind(element.parentElement);
  };
  const texts = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data.trim()).join('') || element.value;
    // Disabled controls are exempt: they are meant to step back.
    if (!text || !element.checkVisibility() || element.disabled || element.closest('noscript, option')) continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((x, y) => y - x);
    texts.push({ text: String(text).slice(0, 40), contrast: (a + 0.05) / (b + 0.05) });
  }
  return { count: texts.length, faint: texts.filter(({ contrast }) => contrast < 4.5) };
};

for (const theme of ['light', 'dark', 'projector']) {
  visit(`every text stands out from what is behind it in the ${theme} theme`, { hash: `theme=${theme}&flavor=tau&colour=red` }, async (page) => {
    await openDrawers(page);
    await control(page, 'mass').fill('-1');
    await drawn(page);
    const { count, faint } = await page.evaluate(faintTexts);
    assert.ok(count > 60, `${count} texts`);
    assert.deepEqual(faint, []);
  });
}

visit('the page follows the system between light and dark while it is open, unless a theme was chosen', { colorScheme: 'light' }, async (page) => {
  const look = () => page.evaluate(() => [document.documentElement.dataset.theme, document.querySelector('canvas').toDataURL()]);
  const [light, lightChart] = await look();
  assert.equal(light, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(async () => {
    const [dark, darkChart] = await look();
    assert.equal(dark, 'dark');
    assert.notEqual(darkChart, lightChart);
  });
  await control(page, 'theme').selectOption('light');
  await eventually(async () => assert.deepEqual(await look(), ['light', lightChart]));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await drawn(page);
  assert.deepEqual(await look(), ['light', lightChart]);
});

// Runs in the page: controls and their rows that are wider than their place. Text for the ear alone is wider by design.
const tooWide = () => [document.documentElement, ...document.querySelectorAll('.masthead, .controls, .controls *')]
  .filter((element) => element.checkVisibility() && element.clientWidth > 0 && element.scrollWidth > element.clientWidth && !element.matches('input, select, option, .visually-hidden'))
  .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 20)}: ${element.scrollWidth} > ${element.clientWidth}`);

for (const theme of ['light', 'dark', 'projector']) {
  for (const width of [320, 360, 390]) {
    visit(`the controls fit on a screen of ${width} px in the ${theme} theme`, { viewport: { width, height: 700 }, hash: `theme=${theme}&quenching=lindhard` }, async (page) => {
      for (const unit of ['GeV^-1', 'MeV^-1', 'mu_B']) {
        await control(page, 'coupling-unit').selectOption(unit);
        await drawn(page);
        assert.deepEqual(await page.evaluate(tooWide), [], unit);
      }
    });
  }
}

visit('what a finger presses is at least 44 px high', { hash: 'pins=mass:5', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
  await settled(page);
  const small = await page.$$eval('button, summary, select, .segments span, input:not([type="radio"], [type="checkbox"]), .check, .masthead a', (all) => all
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => `${one.name || one.textContent.trim()}: ${one.getBoundingClientRect().height} px`));
  assert.deepEqual(small, []);
});
