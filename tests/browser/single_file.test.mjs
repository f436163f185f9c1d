// The page as one file, opened as by a double click: with everything in it, and nothing asked for.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { after, before } from 'node:test';

import { saved, test } from './browsers.mjs';
import { assertClose, commandLine, readNumber } from './numbers.mjs';
import { DIST, ROOT, control, drawn, eventually, openSite, pick, settled, type } from './support.mjs';

const WORK_TIMEOUT_MS = 60_000;

let site;
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dipole-portal-'));
  execFileSync('node', [fileURLToPath(new URL('xtask/node/single_file.mjs', ROOT)), DIST, folder]);
  site = await openSite();
  // Nothing that a page might want of it.
  await site.stopServing();
});
after(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const ENGLISH = 'dipole-portal-explorer.html';
const GERMAN = 'dipole-portal-explorer.de.html';

// Opens a file, and expects that it looks for nothing but another such file.
function opened(name, file, options, check) {
  test(name, async () => {
    const visitor = await site.openPage({ keeps: true, address: pathToFileURL(join(folder, file)).href, ...options });
    try {
      await check(visitor.page, visitor);
      assert.deepEqual(visitor.problems, []);
      assert.deepEqual(visitor.requests.filter((address) => !address.startsWith('blob:') && !/^file:.*\/dipole-portal-explorer(\.de)?\.html(#.*)?$/.test(address)), []);
    } finally {
      await visitor.close();
    }
  });
}

async function computes(page, sentence) {
  await page.click('[data-precise]');
  await page.waitForSelector('html[data-workshop]');
  await drawn(page);
  await page.locator('[data-cancel]').waitFor({ state: 'hidden', timeout: WORK_TIMEOUT_MS });
  assert.equal(await page.textContent('[data-work-status]'), sentence);
  assert.ok(page.workers().length > 0);
}

opened('it is live, and its state is in the address', ENGLISH, { hash: 'mass=3' }, async (page) => {
  await settled(page);
  const { coupling_per_GeV: [limit] } = await commandLine('limit', '--experiment', 'dresden-ii', '--mass', '3');
  assertClose(readNumber(await page.textContent('[data-opinion="dresden-ii"] > :nth-child(4)')), limit, 1e-2);
  await type(page, 'mass', '4');
  await eventually(() => assert.match(page.url(), /#.*mass=4/));
});

opened('its workers compute, and what is saved is what they have computed', ENGLISH, {}, async (page) => {
  await computes(page, 'curves on 200 masses are drawn');
  const { bytes } = await saved(page, () => page.click('[data-take="verdict json"]'));
  const { mass } = JSON.parse(bytes.toString());
  assert.equal(mass, await control(page, 'mass').inputValue());
});

opened('workshop, guide, notes, lecture, tables of other flavours and the model are in it', ENGLISH, {}, async (page) => {
  await page.click('[data-assumptions-drawer] > summary');
  await page.waitForSelector('html[data-workshop]');
  await eventually(async () => assert.ok(await page.locator('[data-assumptions] tr').count() > 20));
  await page.click('[data-guide] > summary');
  await page.waitForSelector('[data-tour]');
  const [model] = await Promise.all([page.context().waitForEvent('page'), page.click('[data-guide-text] a[href="model.html"]')]);
  await model.locator('math').first().waitFor();
  assert.match(await model.textContent('[data-sources]'), /dresden/);
  // Its style has come with it.
  await eventually(async () => assert.notEqual(await model.evaluate(() => getComputedStyle(document.body).maxWidth), 'none'));
  await model.close();
  await pick(page, 'flavor', 'tau');
  await settled(page);
  assert.match(await page.textContent('[data-curves]'), /DONUT/);
  await page.click('[data-keys]');
  await page.locator('[data-keys-list]').waitFor();
  await page.keyboard.press('Escape');
  await page.click('[data-modes]');
  await page.waitForSelector('html[data-lecture]');
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).overflow), 'visible', 'the style of the lecture');
});

opened('the German one is beside it, with the same state', ENGLISH, { hash: 'mass=3' }, async (page) => {
  await settled(page);
  await page.click('[hreflang="de"]');
  await page.waitForSelector('html[lang="de"][data-ready]', { state: 'attached' });
  assert.equal(await control(page, 'mass').inputValue(), '3');
  await computes(page, 'Kurven mit 200 Massen sind gezeichnet');
  await page.click('[data-guide] > summary');
  await page.waitForSelector('[data-tour]');
  assert.match(await page.textContent('[data-guide-text]'), /Das Modell: Gleichungen/);
  await page.click('[hreflang="en"]');
  await page.waitForSelector('html[lang="en"][data-ready]', { state: 'attached' });
});

for (const file of [ENGLISH, GERMAN]) {
  test(`its policy lets nothing run but what is in it: ${file}`, async () => {
    const html = await readFile(join(folder, file), 'utf8');
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html);
    assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src 'sha256-[^']+' 'sha256-[^']+'; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'$/);
    const { page, close } = await site.openPage({ address: pathToFileURL(join(folder, file)).href });
    // In a task of the page: what a test runs itself is beyond its policy.
    const [ran, refused] = await page.evaluate(() => new Promise((tried) => { setTimeout(() => {
      const refusals = [];
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) => refusals.push(blockedURI));
      const script = document.createElement('script');
      script.textContent = 'globalThis.inline = true';
      document.head.append(script);
      try {
        globalThis.eval('globalThis.evaluated = true');
      } catch {
        // As it should be.
      }
      // Browsers say it in a task after this one.
      setTimeout(() => tried([['inline', 'evaluated'].filter((name) => name in globalThis), refusals.sort()]), 100);
    }); }));
    assert.deepEqual(ran, []);
    assert.deepEqual(refused, ['eval', 'inline']);
    await close();
  });
}
