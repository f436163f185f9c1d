// In which browser the page tests run, which of them cannot run in Firefox, and what works in another way there.
//
// `cargo xtask test chromium` and `cargo xtask test firefox` run them in one of the two; by hand, `PAGE_BROWSER=firefox node --test
// tests/browser/NAME.test.mjs` does. WebKit has a suite of its own in tests/browser/webkit/, since playwright cannot drive the one of Debian.

import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as nodeTest } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

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

const SAVED_TIMEOUT_MS = 30_000;

// The package is where `cargo xtask` puts it, which is not where Node.js would look.
const playwright = createRequire(new URL('../../target/tools/npm/package.json', import.meta.url))('playwright-core');

// Where Firefox saves files: playwright does not hear of them.
let downloadsPath;

const LAUNCHES = {
  chromium: () => playwright.chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS }),
  // A Firefox as it is published, through WebDriver BiDi: playwright's own is another build.
  firefox() {
    if (!downloadsPath) {
      downloadsPath = mkdtempSync(join(tmpdir(), 'dipole-portal-saved-'));
      process.on('exit', () => rmSync(downloadsPath, { recursive: true, force: true }));
    }
    return playwright.firefox.launch({ channel: 'moz-firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', downloadsPath });
  },
};

export function launch() {
  const start = LAUNCHES[BROWSER];
  if (!start) throw new Error(`PAGE_BROWSER is ${BROWSER}; allowed: ${Object.keys(LAUNCHES).join(', ')}`);
  return start();
}

const DEVTOOLS = 'needs the DevTools protocol';
const TOUCH = 'needs a finger, which playwright does not have in Firefox';
const MEDIA = 'needs another medium or other preferences of the system, which playwright does not set in Firefox';
const PLAYWRIGHT = 'needs something that playwright cannot do in Firefox';
const SHIFTS = 'only Chromium counts shifts of the layout';

// Tests that are not for Firefox, by their whole names, and why. tests/browser/browsers.test.mjs fails for a name that no test has.
export const NOT_IN_FIREFOX = new Map([
  ['a screen reader hears a name for every control, chart, table and link', DEVTOOLS],
  ['a screen reader hears what is wrong with a typed value, and in which unit a slider counts', DEVTOOLS],
  ['a screen reader hears what the progress bar is about', DEVTOOLS],
  ['the chart becomes sharp when its window has moved to a finer screen', DEVTOOLS],
  ['events of sliders leave nothing behind', DEVTOOLS],
  ['two fingers make the plane larger', DEVTOOLS],
  ['a finger on the point drags it; elsewhere on the plane it scrolls the page and leaves the point', DEVTOOLS],
  ['the table of the limits is of what is drawn also on a slow machine', DEVTOOLS],
  ['what a finger presses is at least 44 px high', TOUCH],
  ['a finger on the chart reads out values', TOUCH],
  ['a tap of a finger on the plane puts the point there', TOUCH],
  ['a note lies in sight and not over its control, 1440 px wide, light', TOUCH],
  ['a note lies in sight and not over its control, 390 px wide, dark', TOUCH],
  ['a note lies in sight and not over its control, 320 px wide, projector', TOUCH],
  ['a tap on the name of a group tells its options, a second one closes it, and a finger held down asks a button', TOUCH],
  ['the page follows the system between light and dark while it is open, unless a theme was chosen', MEDIA],
  ['in forced colours a note has a border, and without motion nothing moves', MEDIA],
  ['both charts are drawn anew for paper, light, whole and sharp, and as before after it: frame', MEDIA],
  ['the paper has both charts, the verdict, what is set and the address, and nothing to press', MEDIA],
  ['Chromium prints it: charts at four dots to a pixel, on two pages', PLAYWRIGHT],
  ['says so in plain words when JavaScript is switched off', PLAYWRIGHT],
  // It lets files load modules there, as no visitor's Firefox does.
  ['says so in plain words when it is opened as a file', PLAYWRIGHT],
  // What is no longer wanted where a page is loaded again is a complaint on Firefox's console.
  ['a page stays whole while a newer build is on the server, and in another window', PLAYWRIGHT],
  // Nothing can be done within a worker.
  ['a worker that hangs is replaced, and the work is finished without it', PLAYWRIGHT],
  ['a worker that dies in the middle of its work is replaced, and the work is finished without it', PLAYWRIGHT],
  ['nothing moves while the page loads, 1440 px wide', SHIFTS],
  ['nothing moves while the page loads, 390 px wide', SHIFTS],
]);

// Node's `test` but for those that this browser cannot run: they are reported as skipped, with the reason.
export function test(name, check) {
  const reason = BROWSER === 'firefox' && NOT_IN_FIREFOX.get(name);
  return nodeTest(name, { skip: reason || false }, check);
}

// For a picture playwright puts a style into the page, which the page's policy forbids, and Firefox says so: this hash is that style's.
export const isOfPlaywright = (error) => String(error.stack ?? error).includes('sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=');

// Firefox's console has an error as an object, of which playwright knows no more than that: its words are put there instead.
export async function prepareConsole(page) {
  if (BROWSER !== 'firefox') return;
  await page.addInitScript(() => {
    for (const level of ['warn', 'error']) {
      const say = console[level];
      console[level] = (...what) => say.apply(console, what.map((thing) => (thing instanceof Error || thing instanceof DOMException ? String(thing) : thing)));
    }
  });
}

// Name and bytes of the file that the page saves when `act` is done.
export async function saved(page, act) {
  if (BROWSER !== 'firefox') {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }
  await act();
  let before;
  for (const begin = Date.now(); ;) {
    const names = await readdir(downloadsPath);
    // One that is not whole yet has a second file beside it, and for a moment a name of the browser's own.
    const [name] = names;
    const isThere = names.length === 1 && !name.endsWith('.part') && name === before;
    before = name;
    if (isThere) {
      const path = join(downloadsPath, name);
      const bytes = await readFile(path);
      if (bytes.length > 0) {
        await rm(path);
        return { name, bytes };
      }
    }
    if (Date.now() - begin > SAVED_TIMEOUT_MS) throw new Error(`nothing was saved: ${names}`);
    await pause(50);
  }
}

// Clicks twice. What is sent to Firefox does not count the clicks.
export async function doubleClick(page, x, y) {
  await page.mouse.dblclick(x, y);
  if (BROWSER !== 'firefox') return;
  await page.evaluate(([clientX, clientY]) => {
    document.elementFromPoint(clientX, clientY).dispatchEvent(new MouseEvent('dblclick', { clientX, clientY, bubbles: true, cancelable: true }));
  }, [x, y]);
}
