// Who comes a second time needs no network, and gets one build of the page or another, never something of both.

import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { after, before } from 'node:test';

import { IN_DEVELOPMENT, serve } from '../../xtask/node/serve.mjs';
import { complaints } from './axe.mjs';
import { saved, test } from './browsers.mjs';
import { anotherBuild, built, buildOf, spoiled } from './builds.mjs';
import { DIST, control, drawn, eventually, openSite, pick, record, reload, settled, type } from './support.mjs';

const WORK_TIMEOUT_MS = 60_000;

let first;
let second;
let folder;
before(async () => {
  // It says so where one sees it, in what comes with the page and in what comes when it is asked for; and what it has in the place of the workshop does not work.
  folder = await anotherBuild((name, text) => {
    if (name === 'index.html') return text.replace('</h1>', ', again</h1>');
    if (name === 'guide.en.html') return `<p>The guide of another build.</p>${text}`;
    return name === 'workshop.js' ? 'throw new Error("the workshop of another build");' : text;
  });
  [first, second] = [await built(DIST), await built(folder)];
});
after(() => rm(folder, { recursive: true, force: true }));

// What was asked for is no longer wanted where a page is loaded again; Firefox blames the worker for it, and names no file.
const lasting = (problems) => problems.filter((problem) => !/net::ERR_ABORTED|NS_BINDING_ABORTED|Failed to load ‘’\. A ServiceWorker intercepted/.test(problem));

// Each test has a site of its own, because its server changes. It is closed whatever happens: what stays open keeps the tests from ending.
function alone(name, check) {
  test(name, async () => {
    const site = await openSite();
    try {
      await check(site);
    } finally {
      await site.close();
    }
  });
}

// `check(page, { site, ... })` gets the page when it is kept.
function kept(name, options, check) {
  alone(name, async (site) => {
    const opened = await site.openPage({ keeps: true, ...options });
    await isKept(opened.page);
    await check(opened.page, { site, ...opened });
    assert.deepEqual(lasting(opened.problems), []);
  });
}

// From now on the page gets everything from what is kept.
const isKept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { polling: 50 });
const caches = (page) => page.evaluate(async () => (await globalThis.caches.keys()).map((name) => name.split(' ').at(-1)).sort());

// One more page of the same visitor, with its problems.
async function another(page, address) {
  const more = await page.context().newPage();
  const { problems } = record(more, new URL(page.url()).origin);
  await more.goto(address);
  await more.waitForSelector('html[data-ready]', { state: 'attached' });
  return { more, problems };
}

const heading = (page) => page.textContent('h1');
const offer = (page) => page.locator('[data-offer-take]');
async function guide(page) {
  await page.click('[data-guide] > summary');
  await page.waitForSelector('[data-tour]');
  return page.textContent('[data-guide-text]');
}
async function computes(page) {
  await page.click('[data-precise]');
  await page.waitForSelector('html[data-workshop]');
  await drawn(page);
  await page.locator('[data-cancel]').waitFor({ state: 'hidden', timeout: WORK_TIMEOUT_MS });
  assert.equal(await page.textContent('[data-work-status]'), 'curves on 200 masses are drawn');
}

alone('what is kept is asked for when the page has nothing else to do', async (site) => {
  const { page, problems, requests } = await site.openPage({ keeps: true, ready: false, prepare: (opened) => opened.addInitScript(() => {
    new MutationObserver(() => { globalThis.rested ??= document.documentElement.hasAttribute('data-settled') ? performance.now() : undefined; })
      .observe(document, { subtree: true, attributeFilter: ['data-settled'] });
  }) });
  await isKept(page);
  const [rested, asked] = await page.evaluate(() => [globalThis.rested, performance.getEntriesByType('resource').find(({ name }) => name.includes('/offline.js')).startTime]);
  assert.ok(asked >= rested, `asked at ${asked} ms, at rest at ${rested} ms`);
  assert.equal(requests.filter((address) => /\/(workshop|guide|notes|modes|tables)\b/.test(address)).length, 0);
  assert.deepEqual(problems, []);
});

kept('a second visit works without a server: workshop, workers, guide, notes, lecture, tables, model, German', {}, async (page, { site }) => {
  await site.stopServing();
  const { more, problems } = await another(page, `${site.url}#mass=3`);
  assert.equal(await control(more, 'mass').inputValue(), '3');
  await computes(more);
  assert.match(await guide(more), /The model: equations/);
  await pick(more, 'flavor', 'tau');
  await settled(more);
  assert.match(await more.textContent('[data-curves]'), /DONUT/);
  await more.click('[data-keys]');
  await more.locator('[data-keys-list]').waitFor();
  await more.keyboard.press('Escape');
  const { name } = await saved(more, () => more.click('[data-take="verdict json"]'));
  assert.equal(name.endsWith('.json'), true);
  await more.click('[data-modes]');
  await more.waitForSelector('html[data-lecture]');
  await more.keyboard.press('Escape');
  await more.click('[hreflang="de"]');
  await more.waitForURL(/de\.html#/);
  await more.waitForSelector('html[lang="de"][data-ready]', { state: 'attached' });
  assert.equal(await control(more, 'mass').inputValue(), '3');
  await more.click('[data-assumptions-drawer] > summary');
  await more.waitForSelector('html[data-workshop]');
  assert.match(await guide(more), /Das Modell: Gleichungen/);
  await more.goto(`${site.url}model.html`);
  assert.ok(await more.locator('math').count() > 8);
  assert.notEqual(await more.evaluate(() => getComputedStyle(document.body).maxWidth), 'none');
  assert.deepEqual(problems, []);
});

for (const [address, sight] of [['index.html', 'html[data-ready]'], ['?lecture', 'html[data-lecture]'], ['?embed=plane#mass=5', 'html[data-embed="plane"]'], ['index.html?embed', 'html[data-embed]'], ['de.html?lecture', 'html[lang="de"][data-lecture]']]) {
  kept(`a second visit works without a server: ${address}`, {}, async (page, { site }) => {
    await site.stopServing();
    const { more, problems } = await another(page, site.url + address);
    await more.waitForSelector(sight, { state: 'attached' });
    assert.deepEqual(problems, []);
  });
}

kept('what is no part of the page comes from the server', {}, async (page, { site, problems }) => {
  const status = (address) => page.evaluate(async (asked) => (await fetch(asked).catch(() => ({ status: 0 }))).status, address);
  for (const address of ['missing.json', '../beside.html', 'guide.js']) {
    const expected = address === 'guide.js' ? 200 : 404;
    assert.equal(await status(address), expected, address);
  }
  await site.stopServing();
  for (const address of ['missing.json', '../beside.html', 'guide.js']) assert.equal(await status(address), 0, address);
  problems.length = 0;
});

kept('a new build is offered, and comes with the state when it is taken', {}, async (page, { site, screenshot }) => {
  await site.serveFrom(folder);
  await reload(page);
  // What is kept is there first.
  assert.equal(await buildOf(page), first.build);
  await type(page, 'mass', '4');
  await page.locator('.offer').waitFor();
  assert.match(await page.innerText('.offer'), /There is a new version of this page/);
  await screenshot('offer', { fullPage: false });
  assert.deepEqual(await complaints(page), []);
  await page.keyboard.press('Escape');
  for (const [button, words] of [[offer(page), /the settings stay/], [page.locator('[data-offer-later]'), /the next time/]]) {
    await button.hover();
    await eventually(async () => assert.match(await page.innerText('#note'), words));
  }
  await eventually(() => assert.match(page.url(), /mass=4/));
  await offer(page).click();
  await page.getByRole('heading', { name: 'Dipole Portal Explorer, again' }).waitFor();
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  assert.equal(await buildOf(page), second.build);
  assert.equal(await control(page, 'mass').inputValue(), '4');
  // The other is no longer kept.
  await eventually(async () => assert.deepEqual(await caches(page), [second.build]));
  await site.stopServing();
  await reload(page);
  assert.equal(await heading(page), 'Dipole Portal Explorer, again');
  assert.match(await guide(page), /^\s*The guide of another build/);
});

kept('in German it is offered in German, and can wait', {}, async (page, { site }) => {
  await page.goto(`${site.url}de.html`);
  await site.serveFrom(folder);
  await reload(page);
  await page.getByRole('button', { name: 'Mit der neuen Fassung neu laden' }).waitFor();
  await page.getByRole('button', { name: 'Später' }).click();
  assert.equal(await page.locator('.offer').count(), 0);
  assert.equal(await buildOf(page), first.build);
});

kept('a page stays whole while a newer build is on the server, and in another window', {}, async (page, { site }) => {
  await site.serveFrom(folder);
  const { more, problems } = await another(page, site.url);
  await offer(more).waitFor();
  await offer(page).waitFor();
  await offer(more).click();
  await more.getByRole('heading', { name: 'Dipole Portal Explorer, again' }).waitFor();
  assert.match(await guide(more), /^\s*The guide of another build/);
  // Nothing that it asks for from now on was there before.
  assert.equal(await buildOf(page), first.build);
  await page.locator('[data-offer-later]').click();
  assert.doesNotMatch(await guide(page), /another build/);
  await computes(page);
  await pick(page, 'flavor', 'tau');
  await settled(page);
  assert.match(await page.textContent('[data-curves]'), /DONUT/);
  // As long as it is open.
  await reload(more);
  await settled(more);
  await isKept(more);
  assert.deepEqual(await caches(more), [first.build, second.build].sort());
  await page.goto('about:blank');
  await reload(more);
  await eventually(async () => assert.deepEqual(await caches(more), [second.build]));
  assert.deepEqual(lasting(problems), []);
});

const lost = (response) => response.destroy();
const missing = (response) => response.writeHead(404).end();
const cut = (response, bytes) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end(bytes.subarray(0, bytes.length / 2));
const stale = (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
for (const [what, spoil] of Object.entries({ lost, missing, cut, stale })) {
  kept(`a new build of which a file is ${what} leaves what is kept whole`, {}, async (page, { site }) => {
    await site.stopServing();
    const upstream = await serve(folder, { base: new URL(site.url).pathname });
    const asked = [];
    const server = await spoiled(new URL(site.url).port, upstream.url, (address) => /tables\.txt/.test(address) && asked.push(address), spoil);
    try {
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        const tried = new Promise((end) => {
          registration.onupdatefound = () => { registration.installing.onstatechange = ({ target }) => { if (target.state !== 'installing') end(target.state); }; };
        });
        await registration.update();
        if (await tried !== 'redundant') throw new Error('it was taken');
      });
      assert.ok(asked.length > 0);
      assert.deepEqual(await caches(page), [first.build]);
    } finally {
      await Promise.all([server.close(), upstream.close()]);
    }
    await reload(page);
    assert.equal(await buildOf(page), first.build);
    await pick(page, 'flavor', 'tau');
    await settled(page);
    assert.match(await page.textContent('[data-curves]'), /DONUT/);
    assert.equal(await page.locator('.offer').count(), 0);
  });
}

// The worker that it gets is of the build that the server has by then.
alone('a page that its server has left behind mixes nothing', async (site) => {
  let go;
  const gone = new Promise((resolve) => { go = resolve; });
  const { page } = await site.openPage({ keeps: true, prepare: (opened) => opened.route('**/offline.js*', async (route) => { await gone; await route.continue(); }) });
  await site.serveFrom(folder);
  go();
  await isKept(page);
  await page.click('[data-guide] > summary');
  await eventually(async () => assert.match(await page.textContent('[data-guide-text]'), /could not be fetched \(guide\.[a-z.]+\)\. Please check the connection and reload the page/));
  await page.click('[data-precise]');
  await eventually(async () => assert.match(await page.innerText('[data-problem="work"]'), /could not be fetched/));
  await reload(page);
  assert.equal(await buildOf(page), second.build);
  assert.match(await guide(page), /^\s*The guide of another build/);
});

const refusals = {
  'has none': () => { delete Navigator.prototype.serviceWorker; },
  'refuses to have one': () => {
    // An empty page, which is no secure place, has none in Firefox.
    if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('not here', 'SecurityError'));
  },
  'refuses to speak of it': () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { throw new DOMException('not here', 'SecurityError'); } }),
};
for (const [what, refuse] of Object.entries(refusals)) {
  alone(`where a browser ${what}, the page is what it was`, async (site) => {
    const { page, problems } = await site.openPage({ keeps: true, prepare: (opened) => opened.addInitScript(refuse) });
    await settled(page);
    assert.match(await guide(page), /The model: equations/);
    // Long enough for what would have come.
    await page.waitForTimeout(1000);
    assert.equal(await page.locator('[data-crash]').isVisible(), false);
    assert.deepEqual(problems, []);
  });
}

kept('who works on the page sees what was built last', {}, async (page, { site }) => {
  await site.serveFrom(folder, { instead: IN_DEVELOPMENT });
  await reload(page);
  // A page from what was kept is offered what there is now.
  await offer(page).click();
  await page.getByRole('heading', { name: 'Dipole Portal Explorer, again' }).waitFor();
  await settled(page);
  await eventually(async () => assert.deepEqual(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then(({ length }) => length)), 0));
  assert.deepEqual(await caches(page), []);
  await site.serveFrom(DIST, { instead: IN_DEVELOPMENT });
  await reload(page);
  assert.equal(await buildOf(page), first.build);
});

test('every file of the site is kept, and another site is another build', async () => {
  const names = (await readdir(DIST)).filter((name) => name !== 'service-worker.js' && !name.startsWith('.'));
  assert.deepEqual(Object.keys(first.files).sort(), names.sort());
  assert.notEqual(first.build, second.build);
});
