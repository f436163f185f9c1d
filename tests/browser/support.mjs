// What every page test needs: the built site under a path of its own, one browser, and pages that keep a record of
// everything that went wrong on them.
//
// `cargo xtask test browser` installs what is needed, builds dist/ and runs them all; after that, one of them alone is
// `node --test tests/browser/NAME.test.mjs`, in Chromium if `PAGE_BROWSER` does not say otherwise.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { serve } from '../../xtask/node/serve.mjs';
import { isOfPlaywright, launch, prepareConsole, test } from './browsers.mjs';
import { readNumber } from './numbers.mjs';

// The project's directory.
export const ROOT = new URL('../../', import.meta.url);
export const DIST = fileURLToPath(new URL('dist', ROOT));
const SCREENSHOTS = fileURLToPath(new URL('target/screenshots/', ROOT));

// Not at the root of the host: a page with an absolute address in it fails here as it would on many static hosts.
const BASE = '/some/where/';

// Long enough for a busy machine; a page that takes it is broken.
const READY_TIMEOUT_MS = 30_000;
const SETTLED_TIMEOUT_MS = 10_000;

// Makes `visit(name, options, check)`: a test that opens a page with these options, runs `check(page, opened)` on it, and fails for
// anything on the console, whatever else it looks at. `site` gives what `openSite` gave, once there is one.
export function visits(site) {
  return (name, options, check) => test(name, async () => {
    const opened = await site().openPage(options);
    try {
      await check(opened.page, opened);
      assert.deepEqual(opened.problems, []);
    } finally {
      await opened.close();
    }
  });
}

// Serves dist/ and starts the browser. One for each test file, in `before`; `close` it in `after`.
export async function openSite() {
  const server = await serve(DIST, { base: BASE });
  const { url } = server;
  let browser;
  try {
    browser = await launch();
  } catch (error) {
    await server.close();
    throw error;
  }
  let serving = true;
  async function stopServing() {
    if (serving) await server.close();
    serving = false;
  }
  return {
    url,
    openPage: (options) => openPage(browser, url, options),
    // From here on the same address is answered from this directory, with these options; a page that is still loading is not refused anything.
    serveFrom: (directory, options) => server.change(directory, options),
    // Pulls the plug: from here on no request is answered.
    stopServing,
    async close() {
      await browser.close();
      await stopServing();
    },
  };
}

// Opens the page as a new visitor with an empty cache, and waits until its first charts are drawn.
//
// - `hash`, `query`: parts of the address, without `#` and `?`;
// - `viewport`: `{ width, height }`;
// - `ready: false` does not wait;
// - `keeps: true` lets the page be kept for visits without a network, as browsers do; else this one refuses, as some do, and a test is of what comes from the server;
// - `prepare(page)` is run before the page is loaded, for instance to stand in the way of a request;
// - `address`: another address than the served one's, for instance that of the file;
// - everything else goes to playwright's newContext: `colorScheme`, `reducedMotion`, `deviceScaleFactor`, `hasTouch`, ...
//
// Returns playwright's page with the records that `record` describes.
async function openPage(browser, url, options = {}) {
  const { hash = '', query = '', viewport = { width: 1440, height: 900 }, ready = true, keeps = false, prepare = () => {}, address = url, ...context } = options;
  const visitor = await browser.newContext({ viewport, ...context });
  const page = await visitor.newPage();
  const { problems, requests } = record(page, new URL(address).origin);
  if (!keeps) await page.addInitScript('delete Navigator.prototype.serviceWorker');
  await prepareConsole(page);
  await prepare(page);
  await page.goto(address + (query && `?${query}`) + (hash && `#${hash}`));
  if (ready) await untilReady(page, problems);
  return {
    page,
    problems,
    requests,
    screenshot: (name, how) => screenshot(page, name, how),
    close: () => visitor.close(),
  };
}

// `problems`: one line for each console message of any kind, uncaught error, failed or refused request, and request to another
// host; a sound page has none. `requests`: every address that was asked for.
export function record(page, origin) {
  const problems = [];
  const requests = [];
  page.on('console', (message) => {
    const { url, lineNumber } = message.location();
    problems.push(`console ${message.type()}: ${message.text()} (${url}:${lineNumber})`);
  });
  page.on('pageerror', (error) => { if (!isOfPlaywright(error)) problems.push(`uncaught: ${error.stack ?? error}`); });
  page.on('request', (request) => {
    const address = new URL(request.url());
    requests.push(address.href);
    const local = ['data:', 'blob:'].includes(address.protocol);
    if (!local && address.origin !== origin) problems.push(`request to another host: ${address.href}`);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} (${request.failure()?.errorText})`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  return { problems, requests };
}

// Waits by selector and not with page.waitForFunction, which the page's content-security policy may forbid.
async function untilReady(page, problems) {
  try {
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: READY_TIMEOUT_MS });
  } catch (error) {
    // Why it is not ready is usually among these, and the time-out alone does not say it.
    throw new Error(`the page did not become ready; ${problems.length} problems:\n${problems.join('\n')}`, { cause: error });
  }
}

// Writes target/screenshots/NAME.png, the whole page unless `how` (options of playwright) says otherwise.
async function screenshot(page, name, how = {}) {
  await mkdir(SCREENSHOTS, { recursive: true });
  const path = `${SCREENSHOTS}${name}.png`;
  await page.screenshot({ path, fullPage: true, ...how });
  return path;
}

// Tries `check` until it passes. If it never does, its last failure is the failure: a time-out alone would not say what is wrong.
export async function eventually(check) {
  for (const start = Date.now(); ;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() - start > SETTLED_TIMEOUT_MS) throw error;
    }
    await pause(20);
  }
}

// Changes the address as a visitor does who edits it or follows a link on the page: to another state, without loading anything.
export async function goTo(page, hash) {
  await page.evaluate((address) => new Promise((done) => {
    addEventListener('hashchange', done, { once: true });
    const before = location.href;
    location.hash = address;
    // The address that is there already is no news.
    if (location.href === before) done();
  }), hash);
  await drawn(page);
}

// Loads the page again.
export async function reload(page) {
  await page.reload();
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
}

// Waits until nothing is left to compute or to draw, and the address and the tables have followed.
export async function settled(page) {
  await page.waitForSelector('html[data-settled]', { state: 'attached', timeout: READY_TIMEOUT_MS });
}

// Waits until what was asked for by now is drawn: the page draws in the next frame, and the one after that comes later.
export function drawn(page) {
  return page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
}

// The numbers beside the chart as texts, by their keys, once they are up to date.
export async function facts(page) {
  await drawn(page);
  return page.$$eval('[data-fact]', (facts) => Object.fromEntries(facts.map((fact) => [fact.dataset.fact, fact.textContent])));
}

// One of those numbers as a number.
export async function fact(page, key) {
  return readNumber((await facts(page))[key]);
}

// The control of this name; of a group of radio buttons, the one with this value.
export function control(page, name, value) {
  return page.locator(value === undefined ? `[name="${name}"]` : `[name="${name}"][value="${value}"]`);
}

// Clicks one of a group of radio buttons, on what a visitor sees of it.
export function pick(page, name, value) {
  return page.locator('label', { has: control(page, name, value) }).click();
}

// The slider that belongs to a number box.
export function slider(page, name) {
  return page.locator(`[data-slider="${name}"]`);
}

// Types a value into a number box as a visitor does: over what is there, key by key. The focus stays in the box.
export async function type(page, name, text) {
  const box = control(page, name);
  await box.click({ clickCount: 3 });
  await box.press('ControlOrMeta+a');
  await box.pressSequentially(text);
}

// Presses the mouse on one point, moves it to another in steps of a hand, and lets go. `each` is called after every step.
export async function drag(page, from, to, { steps = 10, each = () => {} } = {}) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step += 1) {
    const along = (a, b) => a + ((b - a) * step) / steps;
    await page.mouse.move(along(from.x, to.x), along(from.y, to.y));
    await each(step);
  }
  await page.mouse.up();
}

// Drags a slider by its thumb to a fraction of its length: 0 is its left end, 1 its right.
export async function dragSlider(page, name, fraction, how) {
  const track = slider(page, name);
  // As much as is needed, and no more: not every engine keeps to that when playwright asks for it.
  await track.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
  const { x, y, width, height } = await track.boundingBox();
  const now = await track.evaluate(({ valueAsNumber, min, max }) => (valueAsNumber - min) / (max - min));
  // The thumb's middle stays within the track: half a thumb is as wide as half of Chromium's 16 pixels.
  const at = (part) => ({ x: x + 8 + part * (width - 16), y: y + height / 2 });
  await drag(page, at(now), at(fraction), how);
}
