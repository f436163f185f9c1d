// A monkey (www/fuzz.js) at every control, chart, menu and drawer: whatever it does, nothing is said on the console, no number that is none is to be read, nothing is
// kept of an event, and the page comes back from its address.
//
// `MONKEY_EVENTS=100000 node --test tests/browser/monkey.test.mjs` lets it go on for longer, `MONKEY_SEED` with other input.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { BROWSER, test } from './browsers.mjs';
import { openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// In Firefox, where its hand is slower, it has a shorter walk.
const FEWER = BROWSER === 'firefox' ? 10 : 1;
const EVENTS = Number(process.env.MONKEY_EVENTS ?? 10_000 / FEWER);
const SEED = Number(process.env.MONKEY_SEED ?? 20_261_127);
// The first fifth of them: what is made once is made by then, programs, tables, analyses, and memory for the largest of them.
const WARM_UP = EVENTS / 5;
// After each of so many parts the page is opened anew from its address.
const LEGS = 4;
const PART = EVENTS / 5;
// Of what every event leaves behind, in bytes.
const MOST_PER_EVENT = 20;
// A busy machine; a monkey that needs this long per event is stuck.
const MS_PER_EVENT = 300;

const done = (page, events) => page.waitForSelector('html[data-fuzz="done"]', { state: 'attached', timeout: 60_000 + events * MS_PER_EVENT });
const told = (page) => page.evaluate(() => ({ ...document.documentElement.dataset }));

// Lets the monkey go on on the page as it is.
async function goOn(page, seed, events) {
  await page.evaluate((detail) => {
    document.documentElement.dataset.fuzz = 'running';
    dispatchEvent(new CustomEvent('fuzz', { detail }));
  }, { seed, events });
  await done(page, events);
}

// The page at its start with nothing opened, and bytes in use by its scripts after two collections, where there is a session of the DevTools protocol to ask for them, and by both
// programs, whose memory never shrinks.
async function memory(page, session) {
  await page.evaluate(() => { location.hash = ''; });
  await settled(page);
  await page.evaluate(() => { performance.clearMeasures(); performance.clearMarks(); performance.clearResourceTimings(); });
  for (let time = 0; time < 2; time += 1) await session?.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session?.send('Runtime.getHeapUsage') ?? { usedSize: 0 };
  const program = await page.evaluate(async () => {
    // Each glue is there already, and started twice it gives what it gave.
    const addresses = [document.querySelector('link[rel="modulepreload"]').href];
    if ('workshop' in document.documentElement.dataset) addresses.push(new URL(document.querySelector('[data-program]').dataset.program, location.href).href);
    const modules = await Promise.all(addresses.map((address) => import(address)));
    const started = await Promise.all(modules.map((module) => module.default()));
    return started.reduce((sum, { memory: { buffer } }) => sum + buffer.byteLength, 0);
  });
  return { scripts: usedSize, program };
}

// What is to be read, and how every control stands, a line for each; but for what the address does not hold: whether the precise computation has been asked for, what
// stands in the box for a table and what is wrong with it, and the switch for single letters.
const shown = (page) => page.evaluate(() => {
  const named = (element) => [...element.attributes].filter(({ name }) => /^(name|data-|aria-l)/.test(name)).map(({ name, value }) => `${name}=${value}`).join(' ');
  const texts = '[data-caption], [data-fact], [data-message], [data-verdict], [data-opinions] tr, [data-warnings], [data-pins] tr, [data-notes] li, [data-input], [data-inputs-sentence], [data-combine] label, [data-own-added], [data-assumptions] tr, [data-hint], [data-curves] label, [data-reset-input], [data-problem]:not([data-problem="work"], [data-problem="own"]), .error';
  const controls = '#controls input, #controls select, [name], [data-pins] input, [data-curves] input, [data-past], [data-pin]';
  const stands = (control) => (/radio|checkbox/.test(control.type) ? control.checked : control.value);
  return [
    ...[...document.querySelectorAll(texts)].filter((element) => element.checkVisibility()).map((element) => `${named(element)}: ${element.textContent}`),
    ...[...document.querySelectorAll(controls)].filter((control) => !control.matches('[data-own-drawer] *, dialog *, [data-past="undo"], [data-past="redo"]'))
      .map((control) => `${named(control)}: ${control.disabled ? 'disabled ' : ''}${stands(control)}`),
  ];
});

// No lecture, no walk along a limit, and every drawer of controls as it is at the start, but for that of the inputs, which is open: then both pages are the workshop.
async function opened(page) {
  if ((await told(page)).lecture) await page.evaluate(() => document.querySelector('[data-modes]').click());
  if (/\(W\)/.test(await page.locator('[data-chart="exclusion"] [data-caption]').textContent())) await page.locator('[data-chart="exclusion"] canvas').press('w');
  await page.evaluate(() => {
    for (const drawer of document.querySelectorAll('details[open]')) if (!drawer.matches('[data-inputs-drawer]')) drawer.open = false;
    const drawer = document.querySelector('[data-inputs-drawer]');
    if (!drawer.open) drawer.querySelector('summary').click();
  });
  await page.waitForSelector('html[data-workshop]', { state: 'attached' });
  await settled(page);
}

// The address, opened by a new visitor, gives what is to be seen.
async function assertRestorable(page) {
  await opened(page);
  const address = await page.evaluate(() => location.hash.slice(1));
  const again = await site.openPage({ hash: address });
  try {
    await opened(again.page);
    const [here, there] = [await shown(page), await shown(again.page)];
    const differ = (some, others) => some.filter((line) => !others.includes(line)).slice(0, 20);
    assert.deepEqual({ here: differ(here, there), there: differ(there, here) }, { here: [], there: [] }, address);
    assert.equal(here.length, there.length);
    assert.equal(await again.page.evaluate(() => location.hash.slice(1)), address);
    assert.deepEqual(again.problems, []);
  } finally {
    await again.close();
  }
}

visit('a monkey finds nothing, leaves nothing behind, and the page comes back from its address', { query: `fuzz=${SEED}&events=${WARM_UP}` }, async (page, { requests }) => {
  await done(page, WARM_UP);
  const session = BROWSER === 'chromium' ? await page.context().newCDPSession(page) : undefined;
  await session?.send('HeapProfiler.enable');
  await opened(page);
  const used = [await memory(page, session)];
  let missed = 0;
  for (let leg = 1; leg <= LEGS; leg += 1) {
    await goOn(page, SEED + leg, PART);
    const { fuzzFound, fuzzMissed, fuzzEvents } = await told(page);
    assert.equal(fuzzFound, undefined);
    assert.equal(Number(fuzzEvents), PART);
    // Some of what it reaches for is folded away, but most is there.
    assert.ok(Number(fuzzMissed) < PART / 2, `${fuzzMissed} of ${fuzzEvents} events found nothing`);
    missed += Number(fuzzMissed);
    await assertRestorable(page);
    used.push(await memory(page, session));
  }
  for (const heap of session ? ['scripts', 'program'] : ['program']) {
    const kept = used.slice(1).map((now, leg) => (now[heap] - used[leg][heap]) / PART);
    console.log(`# ${EVENTS} events, bytes of the ${heap} for each, by parts: ${kept.map((bytes) => bytes.toFixed(1)).join(', ')} (${used[0][heap]} to ${used[LEGS][heap]} bytes); ${missed} events found nothing`);
    // What every event leaves behind is there in every part; what is made once, for the largest experiment so far or for a function that has become warm, in one or two.
    const median = kept.sort((one, other) => one - other)[Math.floor((LEGS - 1) / 2)];
    // Ten thousand events are too few to tell what each keeps from what engines keep once they are warm.
    if (EVENTS >= 100_000) assert.ok(median < MOST_PER_EVENT, `${median} bytes of the ${heap} for each event`);
  }

  // It has seen the whole page, and kept to it.
  const cookies = await page.context().cookies();
  assert.deepEqual(cookies, []);
  const kept = await page.evaluate(async () => [Object.keys(localStorage), Object.keys(sessionStorage), (await indexedDB.databases()).length, (await caches.keys()).length]);
  assert.deepEqual([kept[0].filter((name) => name !== 'letters'), ...kept.slice(1)], [[], [], 0, 0]);
  for (const name of ['modes', 'guide', 'notes', 'workshop', 'worker']) assert.ok(requests.some((request) => request.includes(`/${name}.`)), `${name} was never asked for`);
});

test('the same seed is the same monkey, another one another', async () => {
  const digests = [];
  for (const seed of [7, 7, 8]) {
    const { page, problems, close } = await site.openPage({ query: `fuzz=${seed}&events=150` });
    await done(page, 150);
    digests.push((await told(page)).fuzzDigest);
    assert.deepEqual(problems, []);
    await close();
  }
  assert.equal(digests[0], digests[1]);
  assert.notEqual(digests[0], digests[2]);
});
