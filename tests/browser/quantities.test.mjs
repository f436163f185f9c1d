// Every quantity, typed, dragged and stepped: the value that a visitor sets is the one that counts, in box, slider and numbers.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { assertClose } from './numbers.mjs';
import { control, dragSlider, drawn, fact, facts, openSite, pick, slider, type, visits } from './support.mjs';

// Of an independent computation, tests/data/reference.json: counts per day in Dresden-II at 1 MeV, 1e-7 GeV^-1.
const DIPOLE_PER_DAY = 79.6775;
// GeV^-1 in one of each unit.
const UNITS = { 'GeV^-1': 1, 'MeV^-1': 1e3, mu_B: 296.3 };
// Numbers on the page have four significant digits, values set by a slider three: half of the last one at worst.
const FOUR_DIGITS = 0.5e-3;
const THREE_DIGITS = 5e-3;

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// For each quantity: what is typed; where its slider must then be; a key of the facts that follows.
const BOXES = [
  { name: 'mass', typed: '3', position: Math.log10(3) },
  { name: 'coupling', typed: '3e-7', position: Math.log10(3e-7) },
  { name: 'flux', typed: '0.77', position: Math.log10(0.77) },
  { name: 'lindhard-k', typed: '0.2', position: 0.2, hash: 'quenching=lindhard' },
];

for (const { name, typed, position, hash } of BOXES) {
  visit(`typing ${typed} for ${name} counts, and slider and numbers follow`, { hash }, async (page) => {
    const before = await facts(page);
    await type(page, name, typed);
    const after = await facts(page);
    assert.equal(await control(page, name).inputValue(), typed);
    const { value, step } = await slider(page, name).evaluate((track) => ({ value: track.valueAsNumber, step: Number(track.step) }));
    assert.ok(Math.abs(value - position) <= step / 2 + 1e-9, `slider at ${value}, not ${position}`);
    assert.notEqual(after['totals.dipole_nucleus'], before['totals.dipole_nucleus']);
    assert.notEqual(after.chi2, before.chi2);
  });

  visit(`dragging the slider of ${name} from end to end changes box and numbers on the way`, { hash }, async (page) => {
    const seen = { values: new Set(), counts: new Set() };
    const each = async () => {
      seen.counts.add((await facts(page))['totals.dipole_nucleus']);
      seen.values.add(await control(page, name).inputValue());
    };
    await dragSlider(page, name, 0);
    assert.equal(await control(page, name).inputValue(), await limitOf(page, name, 'min'));
    await dragSlider(page, name, 1, { steps: 20, each });
    assert.equal(await control(page, name).inputValue(), await limitOf(page, name, 'max'));
    assert.equal(seen.values.size, 20);
    // For the heaviest N there is no dipole signal: those counts are all 0.
    assert.ok(seen.counts.size >= 12, `only ${seen.counts.size} different counts`);
  });

  visit(`the keys move ${name} in its slider and in its box, and the numbers follow`, { hash }, async (page) => {
    const before = await facts(page);
    const step = await slider(page, name).evaluate((track) => Number(track.step));
    const moved = async (place, key, steps) => {
      await place.press(key);
      assertClose(await number(page, name), valueAt(name, INITIAL[name] + steps * step), THREE_DIGITS);
    };
    await moved(slider(page, name), 'ArrowLeft', -1);
    assert.notEqual((await facts(page))['totals.dipole_nucleus'], before['totals.dipole_nucleus']);
    await moved(slider(page, name), 'ArrowRight', 0);
    const box = control(page, name);
    for (const [key, steps] of [['ArrowUp', 1], ['Shift+ArrowUp', 11], ['ArrowDown', 10], ['Shift+ArrowDown', 0]]) {
      await moved(box, key, steps);
    }
    for (const [key, end] of [['Home', 'min'], ['End', 'max']]) {
      await slider(page, name).press(key);
      assert.equal(await box.inputValue(), await limitOf(page, name, end));
    }
  });

  visit(`a wrong ${name} is refused with the reason beside its box, and the old value stays in force`, { hash }, async (page) => {
    const [before, old] = [await facts(page), await control(page, name).inputValue()];
    const error = page.locator(`#${name}-error`);
    const complaint = async () => [await error.isVisible(), await error.textContent(), await control(page, name).getAttribute('aria-invalid')];
    for (const wrong of ['abc', '', 'NaN', '1.2.3', '2 parsecs']) {
      await control(page, name).fill(wrong);
      assert.deepEqual(await facts(page), before);
      const [visible, text, invalid] = await complaint();
      assert.match(text, new RegExp(`^${name}: got .*, allowed: .*`), wrong);
      assert.deepEqual([visible, invalid], [true, 'true']);
      // Leaving the box shows what counts, without the complaint.
      await control(page, name).press('Tab');
      assert.equal(await control(page, name).inputValue(), old);
      assert.deepEqual(await complaint(), [false, '', 'false']);
      assert.deepEqual(await facts(page), before);
    }
  });
}

// What is typed, what counts then, and how the box writes it when it is left.
const WRITTEN = [
  ['coupling', '1,5e-10', '1.5e-10'],
  ['coupling', '3e-10 MeV^-1', '3e-7'],
  ['coupling', '1.5 × 10⁻⁷ GeV⁻¹', '1.5e-7'],
  ['mass', '2 MeV', '2'],
  ['mass', '500 keV', '0.5'],
  ['mass', '10^-1', '0.1'],
  ['cl', '95 %', '0.95'],
  ['cl', '90', '0.9'],
];

visit('numbers may be typed as people write them', {}, async (page) => {
  for (const [name, typed, counts] of WRITTEN) {
    await type(page, name, typed);
    await drawn(page);
    assert.equal(await page.textContent(`#${name}-error`), '', typed);
    assert.equal(await control(page, name).getAttribute('aria-invalid'), 'false', typed);
    // While it is typed in, the text is the visitor's.
    assert.equal(await control(page, name).inputValue(), typed);
    await control(page, name).press('Tab');
    assert.equal(await control(page, name).inputValue(), counts, typed);
    if (name === 'cl') assert.match(await page.textContent('[data-verdict]'), new RegExp(` at ${100 * Number(counts)} %`));
  }
});

// Beyond the ends: what is typed, and what is said of it.
const BEYOND = [
  ['mass', '200', 'mass: 200 is too large, 100 MeV is taken', '100'],
  ['mass', '-1', 'mass: -1 is too small, 0.01 MeV is taken', '0.01'],
  ['coupling', '1e300', 'coupling: 1e300 is too large, 0.001 GeV⁻¹ is taken', '0.001'],
  ['flux', '20', 'flux: 20 is too large, 10 is taken', '10'],
];

visit('of a value out of range the nearest allowed one counts, and the page says so, also when the box is left', {}, async (page) => {
  for (const [name, typed, said, counts] of BEYOND) {
    const before = await facts(page);
    await type(page, name, typed);
    assert.equal(await page.textContent(`#${name}-error`), said);
    assert.notDeepEqual(await facts(page), before);
    await control(page, name).press('Tab');
    assert.equal(await control(page, name).inputValue(), counts);
    assert.equal(await page.textContent(`#${name}-error`), said);
    // It goes with the next value.
    await slider(page, name).press('ArrowLeft');
    await slider(page, name).press('ArrowRight');
    assert.equal(await page.textContent(`#${name}-error`), '');
  }
});

// Where the sliders are when the page opens.
const INITIAL = { mass: 0, coupling: -7, flux: 0, 'lindhard-k': 0.157 };
const valueAt = (name, position) => (name === 'lindhard-k' ? position : 10 ** position);
const number = async (page, name) => Number(await control(page, name).inputValue());

// The value at an end of a slider, as the box writes it.
async function limitOf(page, name, end) {
  const value = valueAt(name, Number(await slider(page, name).getAttribute(end)));
  return value < 1e-3 ? value.toExponential() : String(Number(value.toPrecision(4)));
}

visit('the coupling keeps its value when its unit changes, and is typed in the unit shown', {}, async (page) => {
  for (const [unit, perGev] of Object.entries(UNITS)) {
    await control(page, 'coupling-unit').selectOption(unit);
    assertClose(await fact(page, 'totals.dipole_nucleus'), DIPOLE_PER_DAY, FOUR_DIGITS);
    assertClose(await number(page, 'coupling'), 1e-7 / perGev, FOUR_DIGITS);
  }
  for (const [unit, perGev] of Object.entries(UNITS)) {
    await control(page, 'coupling-unit').selectOption(unit);
    await type(page, 'coupling', (2e-7 / perGev).toExponential(5));
    assertClose(await fact(page, 'totals.dipole_nucleus'), 4 * DIPOLE_PER_DAY, FOUR_DIGITS);
  }
});

visit('the keyboard chooses the unit of the coupling', {}, async (page) => {
  await control(page, 'coupling-unit').focus();
  await page.keyboard.press('M');
  await drawn(page);
  assert.equal(await control(page, 'coupling-unit').inputValue(), 'MeV^-1');
  assertClose(await number(page, 'coupling'), 1e-10, FOUR_DIGITS);
});

visit('a complaint about the coupling names the unit that its numbers are in', {}, async (page) => {
  await control(page, 'coupling-unit').selectOption('mu_B');
  await type(page, 'coupling', '1');
  const text = await page.textContent('#coupling-error');
  // 1 mu_B is 296.3 GeV^-1, and 1e-3 GeV^-1 is allowed at most.
  assert.equal(text, 'coupling: 1 is too large, 3.375e-6 μB is taken');
  await type(page, 'coupling', 'much');
  assert.equal(await page.textContent('#coupling-error'), "coupling: got 'much', allowed: a number, 3.375e-15 to 3.375e-6 μB");
});

visit('ten times the coupling gives a hundred times the dipole events', {}, async (page) => {
  const one = await fact(page, 'totals.dipole_nucleus');
  assertClose(one, DIPOLE_PER_DAY, FOUR_DIGITS);
  await type(page, 'coupling', '1e-6');
  assertClose(await fact(page, 'totals.dipole_nucleus'), 100 * DIPOLE_PER_DAY, FOUR_DIGITS);
});

visit('half the flux gives half of all signals', {}, async (page) => {
  await type(page, 'flux', '0.5');
  const { 'totals.cevns': cevns, 'totals.dipole_nucleus': dipole } = await facts(page);
  assertClose(parseFloat(cevns), 119.8295 / 2, FOUR_DIGITS);
  assertClose(parseFloat(dipole), DIPOLE_PER_DAY / 2, FOUR_DIGITS);
  assert.match(await page.textContent('[data-flux]'), /^reactor, 2\.40 × 10¹³ /);
});

visit('Enter in a box takes the value and does not reload the page', {}, async (page) => {
  await page.evaluate(() => { window.same = true; });
  await type(page, 'mass', '2.50');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => window.same), true);
  assert.equal(await control(page, 'mass').inputValue(), '2.5');
});

visit('the ends of all sliders are computed without complaint in every experiment', {}, async (page) => {
  for (const experiment of ['dresden-ii', 'coherent-csi', 'xenon1t', 'pandax-4t']) {
    await pick(page, 'experiment', experiment);
    for (const view of ['recoil', 'data']) {
      await pick(page, 'view', view);
      for (const corner of ['Home Home Home', 'Home End Home', 'End Home End', 'End End End', 'Home End End']) {
        for (const [index, key] of corner.split(' ').entries()) {
          await slider(page, ['mass', 'coupling', 'flux'][index]).press(key);
        }
        const texts = Object.values(await facts(page));
        assert.ok(texts.length >= 4);
        // A dash stands for what is no number.
        for (const text of texts) assert.doesNotMatch(text, /^[–−]?(–|NaN|inf)/, `${experiment} ${view} ${corner}`);
      }
    }
  }
});
