// In which browser the page tests run, and which of them cannot run in Firefox.
//
// `cargo xtask test chromium` and `cargo xtask test firefox` run them in one of the two; by hand, `PAGE_BROWSER=firefox node --test
// tests/browser/NAME.test.mjs` does. WebKit has a suite of its own in tests/browser/webkit/, since playwright cannot drive the one of Debian.

import { createRequire } from 'node:module';
import { test as nodeTest } from 'node:test';

export const BROWSER = process.env.PAGE_BROWSER ?? 'chromium';

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
const playwright = createRequire(new URL('../../target/tools/npm/package.json', import.meta.url))('playwright-core');

const LAUNCHES = {
  chromium: () => playwright.chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS }),
  // A Firefox as it is published, through WebDriver BiDi: playwright's own is another build.
  firefox: () => playwright.firefox.launch({ channel: 'moz-firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr' }),
};

export function launch() {
  const start = LAUNCHES[BROWSER];
  if (!start) throw new Error(`PAGE_BROWSER is ${BROWSER}; allowed: ${Object.keys(LAUNCHES).join(', ')}`);
  return start();
}

const DEVTOOLS = 'needs the DevTools protocol';

// Tests that are not for Firefox, by their whole names, and why. tests/browser/browsers.test.mjs fails for a name that no test has.
export const NOT_IN_FIREFOX = new Map([
]);

// Node's `test` but for those that this browser cannot run: they are reported as skipped, with the reason.
export function test(name, check) {
  const reason = BROWSER === 'firefox' && NOT_IN_FIREFOX.get(name);
  return nodeTest(name, { skip: reason || false }, check);
}
