// The experiments: their numbers, their fitted parameters, and where every input is from.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';

import { assertClose, commandLine, readNumber } from './numbers.mjs';
import { ROOT, control, drawn, fact, facts, goTo, openSite, pick, type, visits } from './support.mjs';

const EXPERIMENTS = ['dresden-ii', 'coherent-csi', 'xenon1t', 'pandax-4t'];

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// Published values and those of an independent computation (tests/data/reference.json), with the last digit they are known to.
visit('Dresden-II fits the SM and its background as published', {}, async (page) => {
  assertClose(await fact(page, 'chi2_sm'), 103.81, 0.05 / 103.81);
  assertClose(await fact(page, 'totals.cevns'), 119.83, 2e-3);
  assertClose(await fact(page, 'totals.electron'), 0.031642, 2e-3);
  assertClose(await fact(page, 'totals.dipole_nucleus'), 79.678, 2e-3);
});

visit('COHERENT expects and fits the SM as published', { hash: 'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6' }, async (page) => {
  assertClose(await fact(page, 'chi2_sm'), 84.32, 0.05 / 84.32);
  assertClose(await fact(page, 'totals.cevns') + (await fact(page, 'totals.electron')), 316.26, 2e-3);
  assertClose(await fact(page, 'totals.dipole_nucleus'), 99.779, 2e-3);
});

// The bound on the flux over the flux of the standard solar model; the limit on d at 5 MeV of the independent computation.
const XENON = { xenon1t: { allowed: 1.4e7 / 5.16e6, limit: 1.0098e-6 }, 'pandax-4t': { allowed: 9.0e6 / 5.16e6, limit: 6.668e-7 } };

visit('XENON1T and PandaX-4T exclude what gives more events than their flux bounds allow, and nothing else', {}, async (page) => {
  for (const [experiment, { allowed, limit }] of Object.entries(XENON)) {
    // The reference is known to 1 %.
    for (const [factor, verdict] of [[0.985, 'allowed'], [1.015, 'excluded']]) {
      await goTo(page, `experiment=${experiment}&flavor=tau&mass=5&coupling=${(factor * limit).toExponential(4)}`);
      const shown = await facts(page);
      assertClose(readNumber(shown.largest_ratio), allowed, 5e-4);
      assert.equal(shown.excluded, verdict, `${experiment} at ${factor} times its limit`);
      const dipole = readNumber(shown['totals.dipole_nucleus']) + readNumber(shown['totals.dipole_electron']);
      const sm = readNumber(shown['totals.cevns']) + readNumber(shown['totals.electron']);
      assertClose(readNumber(shown.ratio), 1 + dipole / sm, 1e-3);
    }
  }
});

const STATES = [
  { experiment: 'dresden-ii', flavor: 'e', quenching: 'ybe', mass: '0.5', coupling: '2e-7' },
  { experiment: 'dresden-ii', flavor: 'e', quenching: 'lindhard', 'lindhard-k': '0.2', mass: '1', coupling: '4e-7' },
  { experiment: 'coherent-csi', flavor: 'e', mass: '10', coupling: '2e-6', flux: '1.1' },
  { experiment: 'xenon1t', flavor: 'mu', mass: '3', coupling: '8e-7', 'printed-sign': '1' },
  { experiment: 'pandax-4t', flavor: 'tau', mass: '0.1', coupling: '5e-7', flux: '2' },
];

// The number of an answer under a key of the page: `totals.cevns` is `cevns` in `totals`.
const under = (answer, key) => key.split('.').reduce((part, name) => part?.[name], answer);

visit('every number beside the chart is the one that dipole-portal events prints under its name', {}, async (page) => {
  for (const state of STATES) {
    const options = Object.entries(state).flatMap(([key, value]) => (key === 'printed-sign' ? [`--${key}`] : [`--${key}`, value]));
    const answer = await commandLine('events', ...options);
    await goTo(page, Object.entries(state).map((entry) => entry.join('=')).join('&'));
    const shown = await facts(page);
    assert.ok(Object.keys(shown).length >= 7, Object.keys(shown).join(' '));
    for (const [key, text] of Object.entries(shown)) {
      const expected = under(answer, key);
      assert.notEqual(expected, undefined, `the command line does not print ${key}`);
      // Chi-squares have two decimals, everything else four digits.
      const rounding = key.includes('chi2') ? 0.0051 : 0.00051 * Math.abs(expected);
      const agrees = typeof expected !== 'number' || Math.abs(readNumber(text) - expected) <= rounding;
      assert.ok(agrees, `${key} with ${options.join(' ')}: ${text} is not ${expected}`);
    }
  }
});

visit('changing the experiment keeps mass, coupling and flavour', { hash: 'flavor=mu&mass=3&coupling=2e-7' }, async (page) => {
  for (const experiment of [...EXPERIMENTS.slice(1), EXPERIMENTS[0]]) {
    await pick(page, 'experiment', experiment);
    await drawn(page);
    assert.equal(await control(page, 'mass').inputValue(), '3');
    assert.equal(await control(page, 'coupling').inputValue(), '2e-7');
    assert.equal(await control(page, 'flavor', 'mu').isChecked(), true);
  }
});

const rows = (page, table) => page.$$eval(`[${table}] tr`, (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));

// How many nuisance parameters each fit has, and how many of them have a prior.
const NUISANCES = { 'dresden-ii': [8, 2], 'coherent-csi': [4, 4] };

visit('the fitted nuisance parameters can be looked up where there is a fit, and follow it', { hash: 'coupling=3e-7' }, async (page) => {
  const drawer = page.locator('[data-nuisance-drawer]');
  for (const experiment of EXPERIMENTS) {
    await pick(page, 'experiment', experiment);
    await drawn(page);
    assert.equal(await drawer.isVisible(), experiment in NUISANCES, experiment);
    if (!(experiment in NUISANCES)) continue;
    if (!(await drawer.evaluate(({ open }) => open))) await drawer.locator('summary').click();
    await drawn(page);
    const [head, ...parameters] = await rows(page, 'data-nuisances');
    assert.deepEqual(head, ['parameter', 'fit', 'from its prior']);
    const [all, constrained] = NUISANCES[experiment];
    assert.equal(parameters.length, all);
    assert.equal(parameters.filter(([, , pull]) => /^−?\d+\.\d\d σ$/.test(pull)).length, constrained);
    for (const [label, value] of parameters) assert.ok(Number.isFinite(readNumber(value)), `${label}: ${value}`);
    await type(page, 'coupling', '5e-6');
    await drawn(page);
    assert.notDeepEqual((await rows(page, 'data-nuisances')).slice(1), parameters);
    await type(page, 'coupling', '3e-7');
  }
});

// Tables that stand behind an experiment without being named in its own.
const SHARED = {
  'dresden-ii': [/Antineutrinos|antineutrinos/, /Nuclides/, /binding energies/],
  'coherent-csi': [/Nuclides/, /binding energies/],
  xenon1t: [/8B/, /flavour probabilities/i, /Nuclides/],
  'pandax-4t': [/8B/, /flavour probabilities/i, /Nuclides/],
};

// A unit of a table as it is written: cm^-2 s^-1 with raised powers.
const shownUnit = (unit) => unit.replace(/\^(-?\d+)/g, (_, power) => [...power].map((sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]).join(''));

visit('every input of every experiment is listed with value, source and a link that opens nothing by itself', {}, async (page, { requests }) => {
  const loaded = requests.length;
  await page.locator('[data-assumptions-drawer] summary').click();
  await page.waitForSelector('html[data-workshop]');
  for (const experiment of EXPERIMENTS) {
    await pick(page, 'experiment', experiment);
    await drawn(page);
    const text = await readFile(new URL(`data/experiments/${experiment}.csv`, ROOT), 'utf8');
    const inputs = text.trim().split('\n').filter((line) => !line.startsWith('#')).slice(1);
    const listed = await rows(page, 'data-assumptions');
    const values = listed.map(([, value]) => value.trim());
    for (const line of inputs.filter((input) => input.includes('https://'))) {
      const [key, value, unit] = line.split(',');
      // A table is listed by its title, which says more than its name.
      if (key === 'data' || key.endsWith('-table')) continue;
      assert.ok(values.includes(`${value} ${shownUnit(unit)}`.trim()), `${experiment}: ${key}`);
    }
    for (const shared of [...SHARED[experiment], /Helm/, /g_n/]) {
      assert.ok(listed.some((cells) => shared.test(cells.join(' '))), `${experiment}: ${shared}`);
    }
    for (const [label] of listed) assert.notEqual(label.trim(), '');
    const links = await page.$$eval('[data-assumptions] a', (all) => all.map(({ href, textContent }) => ({ href, textContent })));
    const common = await readFile(new URL('data/standard_model.csv', ROOT), 'utf8');
    const linked = [...inputs, ...common.trim().split('\n').filter((line) => !line.startsWith('#'))].filter((line) => line.includes('https://'));
    // The last row is the dipole formula.
    assert.equal(links.length, linked.length + 1);
    for (const { href, textContent } of links) assert.ok(href.startsWith('https://') && textContent !== '', `${textContent}: ${href}`);
  }
  // The notes and what fetches their style sheet come with the first click, and the workshop and what is in its drawers with the drawer; nothing else does.
  assert.deepEqual(requests.slice(loaded).filter((address) => !/\/(notes|sheet|workshop|workshop_bg|drawers)\./.test(address)), []);
});

visit('numbers that rest on stand-ins say so, and only those', {}, async (page) => {
  for (const experiment of EXPERIMENTS) {
    await pick(page, 'experiment', experiment);
    await drawn(page);
    const notes = await page.$$eval('[data-notes] li', (items) => items.filter((item) => item.checkVisibility()).map((item) => item.textContent));
    if (experiment in NUISANCES) assert.deepEqual(notes, [], experiment);
    else assert.match(notes.join('\n'), /^xenon_efficiency_\w+: surrogate: /, experiment);
  }
});
