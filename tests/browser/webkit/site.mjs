// The built page as it is served to WebKit: with a probe in its head, and with a frame that is as narrow as a phone.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { serve } from '../../../xtask/node/serve.mjs';
import { start } from './driver.mjs';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));
const PROBE = new URL('probe.js', import.meta.url);
const TIMEOUT_MS = 30_000;

// JavaScriptCore on Linux fails in the start of a program that is sound: once in 1,400 loads on one machine, once in 65 on another (2.50.6, 5 of 325, each time elsewhere in the program).
const ENGINE_FAULT = /Out of bounds memory access/;

// Serves the page and starts WebKit: one window for all visits, with nothing of the one before. To be closed.
export async function openSite() {
  const folder = await mkdtemp(join(tmpdir(), 'dipole-webkit-'));
  const [pages, home] = [join(folder, 'site'), join(folder, 'home')];
  await cp(DIST, pages, { recursive: true });
  await cp(PROBE, join(pages, 'probe.js'));
  for (const name of ['index.html', 'de.html']) {
    const text = await readFile(join(pages, name), 'utf8');
    const probed = text.replace(/<meta name="?viewport/, '<script src="probe.js"></script>$&');
    assert.notEqual(probed, text, `${name} has no place for the probe`);
    await writeFile(join(pages, name), probed);
  }
  // WebKitGTK makes no window narrower than 430 to 500 px.
  await writeFile(join(pages, 'phone.html'), '<!doctype html><body style="margin:0"><iframe src="./" width="390" height="844" style="border:0"></iframe>');
  const server = await serve(pages, { base: '/some/where/' });
  const shut = async () => {
    await server.close();
    await rm(folder, { recursive: true });
  };
  try {
    const browser = await start(home);
    return {
      browser,
      home,
      url: server.url,
      async close() {
        await browser.close();
        await shut();
      },
    };
  } catch (error) {
    await shut();
    throw error;
  }
}

// Opens an address of the site as a new visitor, and waits until it can be used.
export async function open({ browser, url }, address = '', { width = 1440, height = 900 } = {}) {
  await browser.resize(width, height);
  for (let time = 0; ; time += 1) {
    // A change after `#` alone would load nothing.
    await browser.open('about:blank');
    await browser.open(url + address);
    if (await untilReady(browser, time > 1)) return;
  }
}

// Loads the page again.
export async function reload(browser) {
  // The driver may answer while the old document is still there.
  await browser.run(() => { globalThis.isOld = true; });
  await browser.reload();
  await eventually(async () => assert.equal(await browser.run(() => globalThis.isOld), null));
  assert.ok(await untilReady(browser, true));
}

async function untilReady(browser, again) {
  for (const begin = Date.now(); ;) {
    const { ready, problems } = await browser.run(() => ({ ready: 'ready' in document.documentElement.dataset || document.querySelector('iframe') !== null, problems: globalThis.problems ?? [] }));
    if (ready) return true;
    if (!again && problems.some((problem) => ENGINE_FAULT.test(problem))) return false;
    assert.ok(Date.now() - begin < TIMEOUT_MS, `the page did not become ready; problems: ${problems.join('\n')}`);
    await pause(50);
  }
}

// Tries `check` until it passes; if it never does, its last failure is the failure.
export async function eventually(check) {
  for (const begin = Date.now(); ;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() - begin > TIMEOUT_MS) throw error;
    }
    await pause(50);
  }
}
