// What the page says of a point must be true, and say whose word it is and at which level.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { assertClose, readNumber } from './numbers.mjs';
import { control, drawn, facts, goTo, openSite, pick, settled, type, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const verdict = async (page) => { await drawn(page); return page.textContent('[data-verdict]'); };
const row = (page, experiment) => page.$$eval(`[data-opinion="${experiment}"] > *`, (cells) => cells.map((cell) => cell.textContent));

// The page's own experiments; published limits come after the last semicolon.
const ours = (sentence) => sentence.split('; ').slice(0, -1).join('; ');
const published = (sentence) => sentence.split('; ').at(-1);

visit('published limits stand with their own level, whatever the visitor\'s', { hash: 'flavor=mu&mass=0.1&coupling=1e-6' }, async (page) => {
  for (const level of ['0.9', '0.99']) {
    await type(page, 'cl', level);
    const said = published(await verdict(page));
    assert.match(said, /^published limits that exclude it: /);
    assert.match(said, /Borexino \(90 %\)/);
    for (const name of said.replace(/^.*?: |\.$/g, '').split(/, (?![^(]*\))/)) {
      assert.match(name, /\((\d+(\.\d+)? %|no level stated)\)$/, name);
    }
    assert.match(ours(await verdict(page)), new RegExp(` at ${100 * Number(level)} %`));
  }
});

visit('BBN and CMB exclude what is above their curves and not what is below', {}, async (page) => {
  for (const [coupling, excluded] of [['1e-10', true], ['1e-12', false]]) {
    await goTo(page, `mass=1&coupling=${coupling}`);
    for (const name of ['BBN', 'CMB']) assert.equal(published(await verdict(page)).includes(name), excluded, `${name} at ${coupling}`);
  }
});

visit('a point below the best fit is disfavoured from below and never called excluded', { hash: 'experiment=coherent-csi&flavor=mu&mass=1&coupling=1e-12&flux=0.5' }, async (page) => {
  const said = await verdict(page);
  assert.doesNotMatch(said, /Excluded at/);
  assert.match(said, /disfavoured from below at 90 % by COHERENT CsI/);
  const [, , confidence] = await row(page, 'coherent-csi');
  assert.match(confidence, /^not: below best fit/);
  assert.equal(await page.locator('[data-opinion="coherent-csi"] .out').count(), 0);
  // The plane marks the best fit: a picture with it is another one than without.
  const picture = async () => { await settled(page); return page.locator('[data-chart="exclusion"] canvas').evaluate((canvas) => canvas.toDataURL()); };
  const marked = await picture();
  await page.locator('[data-curves-drawer] summary').click();
  await type(page, 'flux', '1');
  assert.doesNotMatch(await verdict(page), /disfavoured/);
  assert.notEqual(await picture(), marked);
  // Well above the limit it is excluded as ever.
  await type(page, 'flux', '0.5');
  await type(page, 'coupling', '5e-6');
  assert.match(await verdict(page), /^Excluded at 90 % by .*COHERENT CsI/);
});

visit('a flux belongs to one source: that of the chosen experiment', {}, async (page) => {
  const counts = async () => { await drawn(page); return Object.fromEntries(await Promise.all(['dresden-ii', 'coherent-csi', 'xenon1t', 'pandax-4t'].map(async (name) => [name, readNumber((await row(page, name))[5])]))); };
  const SOURCES = { 'dresden-ii': ['reactor', ['dresden-ii']], 'coherent-csi': ['SNS', ['coherent-csi']], 'pandax-4t': ['Sun', ['xenon1t', 'pandax-4t']] };
  for (const [experiment, [source, members]] of Object.entries(SOURCES)) {
    await goTo(page, `experiment=${experiment}`);
    const before = await counts();
    await type(page, 'flux', '1.5');
    assert.match(await page.textContent('[data-flux]'), new RegExp(`^${source}\\b`));
    for (const [name, count] of Object.entries(await counts())) {
      // Three digits of each.
      assertClose(count, (members.includes(name) ? 1.5 : 1) * before[name], 1e-2);
    }
  }
});

visit('where the SM alone is above a bound everything is excluded, in those words, and the curve does not vanish', { hash: 'experiment=pandax-4t&flavor=tau&flux=2&coupling=1e-9' }, async (page) => {
  assert.match(await verdict(page), /for PandaX-4T everything is excluded: the SM alone is above the bound/);
  const [, , confidence, limit] = await row(page, 'pandax-4t');
  assert.match(`${confidence} ${limit}`, /everything: SM above the bound everything excluded/);
  await settled(page);
  const head = await page.$$eval('[data-chart="exclusion"] th', (cells) => cells.map((cell) => cell.textContent));
  assert.ok(head.some((name) => name.startsWith('PandaX-4T')), head.join(', '));
});

visit('where the SM itself does not fit the page warns of it', {}, async (page) => {
  const warnings = async () => { await drawn(page); return page.locator('[data-warnings]').innerText(); };
  assert.equal((await warnings()).trim(), '');
  await type(page, 'flux', '5');
  assert.match(await warnings(), /the SM itself does not fit Dresden-II \(χ² = .* in 130 bins, p = /);
  await type(page, 'flux', '1');
  assert.equal((await warnings()).trim(), '');
});

visit('at a level at which nothing is published the page says so, in verdict, table and list', { hash: 'flavor=tau' }, async (page) => {
  const about = () => page.locator('li', { has: page.locator('[data-curve="xenon1t"]') }).locator('[data-about]').textContent();
  for (const [name, value] of [['cl', '0.901'], ['dof', '2']]) {
    await goTo(page, 'flavor=tau');
    const before = await about();
    if (name === 'cl') await type(page, name, value);
    else await pick(page, name, value);
    await settled(page);
    assert.match(await verdict(page), /^No experiment here has a result for this flavour at 90/);
    assert.equal((await row(page, 'xenon1t'))[2], 'no result: bound for 90 %, 1 d.o.f., two sides');
    // The box stays as the visitor has it, and why there is no curve stands beside it.
    assert.equal(await page.locator('[data-curve="xenon1t"]').isChecked(), true);
    assert.notEqual(await about(), before);
    assert.match(await about(), /XENON1T gives no result for .*there is .*90 %/);
  }
  await goTo(page, 'flavor=e&cl=0.901');
  assert.match(await verdict(page), /XENON1T and PandaX-4T published nothing at this level/);
});

visit('every difference of chi-squares says from what it is counted, and every fit how good it is', {}, async (page) => {
  assert.equal(await page.textContent('[data-opinions] th:nth-child(2)'), 'Δχ² from the best fit');
  const names = await page.$$eval('[data-facts] dt', (terms) => terms.map((term) => term.textContent));
  assert.ok(names.includes('this point’s χ² less that of the SM'), names.join(', '));
  const { chi2, chi2_sm: sm } = await facts(page);
  for (const text of [chi2, sm]) assert.match(text, /in 130 bins, 124 d\.o\.f\., p = 0\.\d+$/);
});

visit('the dipole alone can be seen in every view of every experiment, and every Data view has data', {}, async (page) => {
  const columns = async () => { await settled(page); return page.$$eval('[data-chart="spectrum"] th', (cells) => cells.map((cell) => cell.textContent)); };
  for (const experiment of ['dresden-ii', 'coherent-csi', 'xenon1t', 'pandax-4t']) {
    await goTo(page, `experiment=${experiment}&flavor=${experiment === 'dresden-ii' ? 'e' : 'mu'}`);
    for (const view of ['recoil', 'data']) {
      await pick(page, 'view', view);
      const without = await columns();
      await control(page, 'parts').check();
      const added = (await columns()).filter((name) => !without.includes(name));
      assert.ok(added.some((name) => /dipole/.test(name)), `${experiment}, ${view}: ${without} and then ${added}`);
      await control(page, 'parts').uncheck();
      if (view === 'data') assert.ok(without.some((name) => /data|bound|observed/i.test(name)), `${experiment}: ${without}`);
    }
  }
});
