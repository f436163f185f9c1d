// The page as a visitor meets it: it starts, and does nothing behind the visitor's back.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before } from 'node:test';

import { test } from './browsers.mjs';
import { openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

test('becomes ready under a path of its own, with nothing on the console and no request elsewhere', async () => {
  const { page, problems, requests, close } = await site.openPage();
  // What the browser holds against a page it says late: preloads nobody used are reported seconds after loading.
  await page.waitForTimeout(4000);
  assert.deepEqual(problems, []);
  for (const address of requests) assert.ok(/^(data|blob):/.test(address) || address.startsWith(site.url), address);
  assert.ok(requests.some((address) => address.endsWith('.wasm')), 'no wasm file was loaded');
  await close();
});

test('loads each file once', async () => {
  const { requests, close } = await site.openPage();
  const files = requests.filter((address) => address.startsWith('http'));
  assert.deepEqual(files, [...new Set(files)]);
  await close();
});

test('refuses scripts and connections that its content-security policy does not name', async () => {
  const { page, close } = await site.openPage();
  const refused = await page.evaluate(async () => {
    const directives = [];
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    await fetch('https://example.invalid/').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve));
    return { injected: 'injected' in window, directives };
  });
  assert.deepEqual(refused, { injected: false, directives: ['script-src-elem', 'connect-src'] });
  await close();
});

test('notes what goes wrong, so the tests above cannot pass blindly', async () => {
  const { page, problems, close } = await site.openPage();
  await page.evaluate(async () => {
    console.warn('a warning');
    setTimeout(() => { throw new Error('an error'); });
    await fetch('missing.json');
  });
  await page.waitForTimeout(100);
  for (const part of ['console warning: a warning', 'uncaught: Error: an error', 'status 404: ']) {
    assert.ok(problems.some((problem) => problem.startsWith(part)), `${part} is not among ${problems}`);
  }
  await close();
});

test('the server gives wasm its type, serves nothing outside of its directory and lets nobody cache', async () => {
  const { requests, close } = await site.openPage();
  const wasm = await fetch(requests.find((address) => address.endsWith('.wasm')));
  assert.equal(wasm.headers.get('content-type'), 'application/wasm');
  assert.equal(wasm.headers.get('cache-control'), 'no-store');
  // Each is sent as it stands: fetch would tidy the dots away.
  for (const path of ['../Cargo.toml', '%2e%2e/Cargo.toml', '..%2fCargo.toml', '%', '%00', '../../../etc/passwd']) {
    assert.equal(await status(new URL(site.url), path), 404, path);
  }
  await close();
});

// The status of the answer to a request for this path below the site's, unchanged.
function status({ hostname, port, pathname }, path) {
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: pathname + path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

for (const [width, height] of [[1440, 900], [390, 844]]) {
  visit(`nothing moves while the page loads, ${width} px wide`, {
    viewport: { width, height },
    prepare: (page) => page.addInitScript(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    }),
  }, async (page) => {
    await settled(page);
    const shift = await page.evaluate(() => globalThis.shift);
    assert.ok(shift < 0.01, String(shift));
  });
}

visit('the values of a chart are a table below it when asked for', {}, async (page) => {
  await settled(page);
  await page.click('[data-chart="exclusion"] .save > summary');
  await page.click('[data-chart="exclusion"] [data-values]');
  const table = page.locator('[data-chart="exclusion"] .values');
  assert.ok((await table.boundingBox()).height > 100);
  assert.match(await table.textContent(), /Dresden-II \[GeV⁻¹\]/);
  await page.click('[data-chart="exclusion"] [data-values]');
  assert.ok((await table.boundingBox()).height < 2);
});
