// Between the address and the first chart: what waits, and what is said when a part of the page does not come.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { test } from './browsers.mjs';
import { ROOT, control, eventually, openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// The parts of the page by their names in dist/; a hash stands in each but the first.
const STYLE = /\.css$/;
const START = /\/start-\w+\.js$/;
const GLUE = /\/explorer-\w+\.js$/;
const PROGRAM = /\.wasm$/;

// What a visitor reads: not what is hidden, and not details that are folded away.
const read = (page) => page.locator('body').innerText();
// What engines say to programmers, in the words of any of them.
const ENGINE_WORDS = /\b\w*Error\b|dynamically imported|instantiate|compile\(|@\+?\d|undefined|unreachable|\bnull\b|NetworkError|Failed to fetch/i;

const enabled = (page) => page.$$eval('input:enabled, select:enabled, button:enabled', (controls) => controls
  .filter((control) => control.checkVisibility() && !control.closest('[data-crash]')).map(({ name, textContent }) => name || textContent));

const lost = (route) => route.abort();
const missing = (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'not found' });
// As hosts do that answer every address with one page.
const otherPage = (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>Welcome</title>' });
// The first half of a file, with the type that it has, or another one.
const half = (contentType) => async (route) => {
  const response = await route.fetch();
  const body = await response.body();
  await route.fulfill({ response, ...(contentType && { contentType }), body: body.subarray(0, body.length / 2) });
};
const never = () => {};

const NOT_STARTED = /still loading, or its program could not be started/;
const NOT_FETCHED = /could not be fetched/;
const DAMAGED = /arrived damaged or incomplete/;
const FORBIDDEN = /has to allow wasm-unsafe-eval/;
const UNSTYLED = /style sheet, has not arrived/;

// What stands in the way, of which requests, and what the visitor then reads.
const FAILURES = [
  ['without-style', [[STYLE, lost]], UNSTYLED],
  ['half-a-style', [[STYLE, async (route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ contentType: 'text/css', body: body.slice(0, body.length / 2) });
  }]], UNSTYLED],
  ['without-start', [[START, lost]], NOT_STARTED],
  ['without-style-and-start', [[STYLE, lost], [START, lost]], UNSTYLED],
  ['without-glue', [[GLUE, lost]], NOT_FETCHED],
  ['glue-is-missing', [[GLUE, missing]], NOT_FETCHED],
  ['glue-is-a-page', [[GLUE, otherPage]], NOT_FETCHED],
  ['glue-is-cut', [[GLUE, half('text/javascript')]], DAMAGED],
  ['without-program', [[PROGRAM, lost]], NOT_FETCHED],
  ['program-is-missing', [[PROGRAM, missing]], NOT_FETCHED],
  ['program-is-a-page', [[PROGRAM, otherPage]], DAMAGED],
  ['program-is-cut', [[PROGRAM, half('application/wasm')]], DAMAGED],
  ['policy-forbids-it', [[/some\/where\/$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "default-src 'self'" } });
  }]], FORBIDDEN],
  ['program-never-comes', [[PROGRAM, never]], NOT_STARTED],
  ['nothing-comes', [[/\.(css|js|wasm)$/, lost]], UNSTYLED],
];

// Opens the page with these options, expects the sentence where a visitor sees it, and that nothing else pretends to work.
// Returns what was asked for, and the sizes of the canvases.
async function fail(name, options, sentence) {
  const { page, requests, screenshot, close } = await site.openPage({ ready: false, viewport: { width: 1000, height: 700 }, ...options });
  try {
    await eventually(async () => assert.match(await read(page), sentence));
    // This sentence is there before any script: what a script then does must have had its time.
    if (sentence === UNSTYLED) await page.waitForLoadState('networkidle');
    await screenshot(`failure-${name}`, { fullPage: false });
    const text = await read(page);
    assert.doesNotMatch(text, ENGINE_WORDS);
    assert.deepEqual(await enabled(page), [], 'controls look alive');
    assert.equal(await page.locator('html[data-ready]').count(), 0);
    const canvases = await page.$$eval('canvas', (all) => all.map(({ width, height }) => [width, height]));
    return { requests, canvases };
  } finally {
    await close();
  }
}

for (const [name, routes, sentence] of FAILURES) {
  test(`says so in plain words when a part does not come: ${name}`, async () => {
    const prepare = async (page) => { for (const [address, answer] of routes) await page.route(address, answer); };
    const { requests, canvases } = await fail(name, { prepare }, sentence);
    assert.deepEqual(canvases, [[640, 400], [640, 400]], 'something was drawn, or a canvas grew');
    if (sentence === UNSTYLED) assert.deepEqual(requests.filter((address) => PROGRAM.test(address)), [], 'the program was started');
  });
}

// All that is fetched until the first charts and the curves of the plane are drawn, by the measure of `gzip -9`.
for (const language of ['', 'de.html']) {
  test(`the first load is within 300 kB: ./${language}`, async () => {
    const { page, requests, close } = await site.openPage({ address: site.url + language });
    try {
      await settled(page);
      const files = new Set(requests.map((request) => new URL(request).pathname.replace(/.*\//, '') || 'index.html'));
      assert.ok(files.size >= 5, [...files].join(' '));
      const sizes = [...files].map((file) => execFileSync('gzip', ['-9', '--stdout', fileURLToPath(new URL(`dist/${file}`, ROOT))], { maxBuffer: 1e7 }).length);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(total <= 300_000, `${total} bytes: ${[...files].map((file, place) => `${file} ${sizes[place]}`).join(', ')}`);
    } finally {
      await close();
    }
  });
}

// What comes when it is asked for. A drawer that lacks it has its sentence and nothing that can be used, and is filled when it is opened again.
const ON_DEMAND = ['workshop.js', 'workshop_bg.wasm', 'drawers.js', 'drawers.de.html', 'words.de.txt'];
const ANSWERS = {
  lost,
  missing,
  page: otherPage,
  empty: async (route) => route.fulfill({ response: await route.fetch(), body: '' }),
  half: half(),
};
for (const part of ON_DEMAND) {
  test(`a drawer whose ${part} does not come, or comes in part, says so, is dead, and works when it has come`, async () => {
    for (const [name, answer] of Object.entries(ANSWERS)) {
      const at = `**/${part}*`;
      const { page, close } = await site.openPage({ address: `${site.url}de.html`, prepare: (opened) => opened.route(at, answer) });
      try {
        const drawer = page.locator('[data-own-drawer]');
        await drawer.locator('summary').click();
        const problem = page.locator('[data-problem="own"]');
        await eventually(async () => assert.match(await problem.innerText(), /nicht holen|beschädigt oder unvollständig/, name));
        assert.doesNotMatch(await problem.innerText(), ENGINE_WORDS, name);
        assert.equal(await drawer.locator('button, select, textarea, input').count(), 0, name);
        assert.equal(await page.locator('html[data-workshop]').count(), 0, name);
        await page.unroute(at);
        for (let press = 0; press < 2; press += 1) await drawer.locator('summary').click();
        await page.waitForSelector('html[data-workshop]');
        assert.equal(await problem.isVisible(), false, name);
        assert.ok(await drawer.locator('option').count() > 3, name);
      } finally {
        await close();
      }
    }
  });
}

// What was empty is asked for again, too: under its old address it would stay empty.
for (const [part, button, there] of [
  ['guide.js', '[data-guide] > summary', '[data-guide] .drawing'],
  ['modes.js', '[data-modes]', 'html[data-lecture]'],
  ['notes.js', '[data-keys]', '[data-keys-list][open]'],
]) {
  test(`what a button brings and has come empty is said, and comes with the next press: ${part}`, async () => {
    const at = `**/${part}*`;
    const { page, close } = await site.openPage({ prepare: (opened) => opened.route(at, ANSWERS.empty) });
    try {
      await page.locator(button).click();
      await eventually(async () => assert.match(await read(page), /could not be fetched/));
      await page.unroute(at);
      for (let press = part === 'guide.js' ? 0 : 1; press < 2; press += 1) await page.locator(button).click();
      await page.waitForSelector(there);
    } finally {
      await close();
    }
  });
}

test('says so when the document has come in part', async () => {
  for (const share of [0.3, 0.5, 0.9]) {
    const { page, close } = await site.openPage({
      ready: false,
      prepare: (opened) => opened.route(/\/$/, async (route) => {
        const response = await route.fetch();
        const body = await response.body();
        await route.fulfill({ response, body: body.subarray(0, share * body.length) });
      }),
    });
    try {
      await eventually(async () => assert.match(await read(page), DAMAGED, `${share}`));
      assert.deepEqual(await enabled(page), [], 'controls look alive');
    } finally {
      await close();
    }
  }
});

test('says so in plain words when JavaScript is switched off', async () => {
  await fail('no-javascript', { javaScriptEnabled: false }, /JavaScript is switched off/);
});

test('says so in plain words when it is opened as a file', async () => {
  await fail('file', { address: new URL('dist/index.html', ROOT).href }, /Opened as a file it cannot run: serve its folder/);
});

test('says so in plain words when the browser has no WebAssembly', async () => {
  await fail('no-webassembly', { prepare: (page) => page.addInitScript('delete globalThis.WebAssembly') }, /needs WebAssembly, which/);
});

test('says so in plain words when the program dies in its start', async () => {
  const trap = () => { WebAssembly.instantiate = async () => { throw new WebAssembly.RuntimeError('unreachable'); }; };
  await fail('dies-in-its-start', { prepare: (page) => page.addInitScript(trap) }, /The program of this page could not be started/);
});

// As WebKit's engine does now and then to a program that is sound.
const dieInStart = () => {
  const real = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...what) => {
    const { exports } = await real(...what);
    return { instance: { exports: { ...exports, __wbindgen_start() { throw new WebAssembly.RuntimeError('Out of bounds memory access'); } } } };
  };
  return () => { WebAssembly.instantiate = real; };
};

test('a program that the engine lets die in its start is begun once more, and then the card says so', async () => {
  for (const deaths of [1, 2]) {
    const prepare = (opened) => opened.addInitScript(`if (${deaths} > 1 || performance.getEntriesByType('navigation')[0].type !== 'reload') (${dieInStart})()`);
    const { page, close } = await site.openPage({ ready: false, hash: 'mass=2', prepare });
    try {
      if (deaths === 1) {
        await page.waitForSelector('html[data-ready]');
        assert.equal(await control(page, 'mass').inputValue(), '2');
        assert.equal(await page.locator('[data-crash]').isVisible(), false);
      } else await eventually(async () => assert.match(await read(page), /The program of this page could not be started/));
    } finally {
      await close();
    }
  }
});

test('a workshop that the engine lets die in its start is begun afresh by the next press', async () => {
  const { page, close } = await site.openPage();
  try {
    await page.evaluate(`globalThis.live = (${dieInStart})()`);
    const drawer = page.locator('[data-own-drawer]');
    await drawer.locator('summary').click();
    await page.locator('[data-problem="own"]:visible').waitFor();
    await eventually(async () => assert.match(await page.locator('[data-problem="own"]').innerText(), /could not be fetched/));
    await page.evaluate(() => globalThis.live());
    for (let press = 0; press < 2; press += 1) await drawer.locator('summary').click();
    await page.waitForSelector('html[data-workshop]');
    assert.ok(await drawer.locator('option').count() > 3);
  } finally {
    await close();
  }
});

test('the engine\'s own words are in the details, for a report', async () => {
  const { page, close } = await site.openPage({ ready: false, prepare: (opened) => opened.route(PROGRAM, missing) });
  await page.locator('[data-crash] summary').click();
  assert.match(await read(page), /status 404 for .*\.wasm/);
  await close();
});

// Hosts that do not know the type are common, and the bytes are right.
for (const contentType of ['application/octet-stream', 'text/plain', '']) {
  visit(`runs from a host that calls the program ${contentType || 'nothing'}`, {
    prepare: (page) => page.route(PROGRAM, async (route) => route.fulfill({ status: 200, contentType, body: await (await route.fetch()).body() })),
  }, async (page) => {
    assert.equal(await page.locator('[data-crash]').isVisible(), false);
  });
}

visit('asks for the program once, by the script that uses it', {}, async (page, { requests }) => {
  assert.equal(requests.filter((address) => PROGRAM.test(address)).length, 1);
  assert.equal(await page.locator('link[rel="preload"]').count(), 0, 'WebKit fetches such a file for nothing');
  const [entry] = await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).map(({ initiatorType }) => initiatorType));
  assert.equal(entry, 'fetch');
});

// Where controls and charts are. Numbers and tables below them are filled by the program and have no place before.
const places = (page) => page.$$eval('h1, .theme, fieldset, .quantity, .plot, figcaption', (elements) => elements
  .filter((element) => element.checkVisibility()).map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [element.className || element.tagName, ...[x, y, width, height].map((length) => Math.round(length))].join(' ');
  }));

for (const [width, height] of [[1440, 900], [390, 844]]) {
  let arrive;
  const arrival = new Promise((resolve) => { arrive = resolve; });
  visit(`while the program loads the controls are off and a word says so, and nothing moves when they come on, ${width} px wide`, {
    viewport: { width, height },
    ready: false,
    prepare: (page) => page.route(PROGRAM, async (route) => { await arrival; await route.continue(); }),
  }, async (page, { screenshot }) => {
    await page.getByText('Loading the program …').waitFor();
    assert.deepEqual(await enabled(page), []);
    const mu = control(page, 'flavor', 'mu');
    await page.locator('label', { has: mu }).click({ force: true });
    assert.equal(await mu.isChecked(), false);
    const before = await places(page);
    await screenshot(`loading-${width}`, { fullPage: false });
    arrive();
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    assert.equal(await page.getByText('Loading the program …').isVisible(), false);
    assert.equal(await page.locator('[data-until-ready]:disabled').count(), 0);
    assert.deepEqual(await places(page), before);
    await page.locator('label', { has: mu }).click();
    assert.equal(await mu.isChecked(), true);
  });
}

const card = (page) => page.locator('[data-crash]');

// Runs `fault` in the page and expects the card of a failure with `words` among its details.
function failsLater(name, fault, words) {
  test(`a failure after the start is shown: ${name}`, async () => {
    const { page, screenshot, close } = await site.openPage();
    assert.equal(await card(page).isVisible(), false);
    await page.evaluate(fault);
    await card(page).waitFor();
    assert.match(await card(page).innerText(), /has failed, and what is shown may no longer be right/);
    assert.doesNotMatch(await card(page).innerText(), ENGINE_WORDS);
    await screenshot(`failure-${name}`, { fullPage: false });
    await card(page).locator('summary').click();
    assert.match(await card(page).innerText(), words);
    await card(page).locator('[data-crash-close]').click();
    assert.equal(await card(page).isVisible(), false);
    // The same again is no news.
    await page.evaluate(fault);
    await page.waitForTimeout(100);
    assert.equal(await card(page).isVisible(), false);
    await close();
  });
}

failsLater('exception', () => {
  globalThis.fault ??= new Error('the bowl of petunias');
  setTimeout(() => { throw globalThis.fault; });
}, /the bowl of petunias/);
failsLater('rejection', () => {
  Promise.reject('not again');
}, /not again/);

test('what the program has left about its end is kept', async () => {
  const { page, close } = await site.openPage();
  await page.evaluate(() => {
    document.querySelector('[data-crash-details]').textContent = 'panicked at a line of the program';
    document.querySelector('[data-crash]').hidden = false;
    setTimeout(() => { throw new Error('unreachable executed'); });
  });
  await page.waitForTimeout(100);
  assert.equal(await page.locator('[data-crash-details]').textContent(), 'panicked at a line of the program');
  await close();
});

test('what browsers remark about their layout is no failure', async () => {
  const { page, close } = await site.openPage();
  const remark = await page.evaluate(() => new Promise((heard) => {
    addEventListener('error', ({ message }) => heard(message), { once: true });
    const box = document.createElement('div');
    document.body.append(box);
    new ResizeObserver(() => { box.style.height = `${box.clientHeight + 1}px`; }).observe(box);
  }));
  assert.match(remark, /ResizeObserver loop/);
  assert.equal(await card(page).isVisible(), false);
  await close();
});
