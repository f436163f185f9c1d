// Once it is loaded the page needs nobody: a lecture goes on when the network does not.

import assert from 'node:assert/strict';

import { test } from './browsers.mjs';
import { control, dragSlider, drawn, eventually, fact, facts, openSite, pick, slider } from './support.mjs';

// What Chromium fetches of its own accord after a change of the address, it fetches within this time.
const AFTERTHOUGHT_MS = 1000;

// Opens a page, takes its server away and runs `check(page)`. Each has a site of its own, because it ends.
function alone(name, check) {
  test(name, async () => {
    const site = await openSite();
    try {
      const { page, problems, requests } = await site.openPage();
      await site.stopServing();
      const loaded = requests.length;
      await check(page, { problems, requests });
      await page.waitForTimeout(AFTERTHOUGHT_MS);
      // But for the notes, which come when something is first pointed at: in vain, and without them everything goes on.
      assert.deepEqual(requests.slice(loaded).filter((request) => !/\/notes\./.test(request)), []);
      assert.deepEqual(problems.filter((problem) => !/notes\.js/.test(problem)), []);
    } finally {
      await site.close();
    }
  });
}

alone('every control goes on when the server is gone once the page is loaded', async (page) => {
  const before = await fact(page, 'totals.dipole_nucleus');
  await dragSlider(page, 'coupling', 0.7);
  assert.ok(await fact(page, 'totals.dipole_nucleus') > before);
  // None of these was asked for before: tables and code for them must be there already.
  for (const experiment of ['coherent-csi', 'xenon1t', 'pandax-4t', 'dresden-ii']) {
    await pick(page, 'experiment', experiment);
    for (const view of ['data', 'recoil']) await pick(page, 'view', view);
    assert.ok('totals.cevns' in await facts(page), experiment);
  }
  await control(page, 'theme').selectOption('projector');
  // But for the guide and the drawers of the workshop, which are fetched when they are opened.
  for (const drawer of await page.locator('summary:visible').all()) {
    if (!await drawer.evaluate((element) => element.parentElement.matches('[data-guide], [data-workshop]'))) await drawer.click();
  }
  await drawn(page);
  await eventually(async () => assert.match(await page.evaluate(() => location.hash), /theme=projector/));
});

// Workers load a script of their own from the server: without it the visitor is told so, and what is live stays live.
alone('the precise computation says what it lacks when the server is gone', async (page, { problems, requests }) => {
  await page.locator('[data-precise]').click();
  await eventually(async () => assert.match(await page.locator('[data-problem="work"]:visible').textContent(), /^This could not be fetched \((workshop|drawers)\.js\)\./));
  // That the workshop was asked for in vain is the server's absence, not the page's fault.
  for (const problem of problems.splice(0)) assert.match(problem, /workshop\.js|drawers\.js|notes\.js/);
  for (let at = requests.length - 1; at >= 0; at -= 1) if (/(workshop|drawers)\.js/.test(requests[at])) requests.splice(at, 1);
  const before = await fact(page, 'totals.dipole_nucleus');
  await slider(page, 'coupling').press('ArrowRight');
  await drawn(page);
  assert.notEqual(await fact(page, 'totals.dipole_nucleus'), before);
});
