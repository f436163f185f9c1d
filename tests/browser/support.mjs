// What every page test needs: the built site under a path of its own, one Chromium, and pages that keep a record of
// everything that went wrong on them.
//
// `cargo xtask test browser` installs what is needed, builds dist/ and runs them all; after that, one of them alone is
// `node --test tests/browser/NAME.test.mjs`.

import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { serve } from '../../xtask/node/serve.mjs';

const ROOT = new URL('../../', import.meta.url);
const DIST = fileURLToPath(new URL('dist', ROOT));
const SCREENSHOTS = fileURLToPath(new URL('target/screenshots/', ROOT));

// Not at the root of the host: a page with an absolute address in it fails here as it would on many static hosts.
const BASE = '/some/where/';

// Long enough for a busy machine; a page that takes it is broken.
const READY_TIMEOUT_MS = 30_000;

// Without these Chromium does not run as root, or does things of its own on the network. The profile is new for each start.
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The package is where `cargo xtask` puts it, which is not where Node.js would look.
const { chromium } = createRequire(new URL('target/tools/npm/package.json', ROOT))('playwright-core');

// Serves dist/ and starts Chromium. One for each test file, in `before`; `close` it in `after`.
export async function openSite() {
  const server = await serve(DIST, { base: BASE });
  let browser;
  try {
    browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS });
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    url: server.url,
    openPage: (options) => openPage(browser, server.url, options),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

// Opens the page as a new visitor with an empty cache, and waits until its first charts are drawn.
//
// - `hash`, `query`: parts of the address, without `#` and `?`;
// - `viewport`: `{ width, height }`;
// - `ready: false` does not wait;
// - everything else goes to playwright's newContext: `colorScheme`, `reducedMotion`, `deviceScaleFactor`, `hasTouch`, ...
//
// Returns playwright's page with the records that `record` describes.
async function openPage(browser, url, options = {}) {
  const { hash = '', query = '', viewport = { width: 1440, height: 900 }, ready = true, ...context } = options;
  const visitor = await browser.newContext({ viewport, ...context });
  const page = await visitor.newPage();
  const { problems, requests } = record(page, new URL(url).origin);
  await page.goto(url + (query && `?${query}`) + (hash && `#${hash}`));
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
function record(page, origin) {
  const problems = [];
  const requests = [];
  page.on('console', (message) => {
    const { url, lineNumber } = message.location();
    problems.push(`console ${message.type()}: ${message.text()} (${url}:${lineNumber})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error}`));
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
