// What a visitor takes away: the same as the command line gives, and as it is shown.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { saved } from './browsers.mjs';
import { commandLineText } from './numbers.mjs';
import { control, eventually, goTo, openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const ADDRESSES = ['', 'mass=2&coupling=3e-8&view=data', 'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6&view=data&curves=bbn', 'experiment=xenon1t&flavor=tau&view=data'];

// Presses a button, wherever it is folded away, and gives what is saved.
async function save(page, asked) {
  await settled(page);
  const button = page.locator(`[data-take="${asked}"]`);
  await button.evaluate((element) => { element.closest('details')?.setAttribute('open', ''); });
  return saved(page, () => button.click());
}

visit('numbers are the same bytes as the command line writes', {}, async (page) => {
  for (const address of ADDRESSES) {
    await goTo(page, address);
    for (const asked of ['spectrum csv', 'spectrum json', 'spectrum svg', 'plane csv', 'plane svg', 'verdict csv', 'verdict bib', 'verdict txt']) {
      const [what, format] = asked.split(' ');
      const { name, bytes } = await save(page, asked);
      assert.match(name, new RegExp(`^dipole-.*-${what}-.*\\.${format}$`));
      const expected = await commandLineText('export', '--address', address, '--what', what, '--format', format);
      // Not a difference in full: it would be long.
      assert.ok(bytes.toString() === expected, `${asked} of ${address}: ${bytes.length} bytes against ${expected.length}`);
    }
  }
});

visit('what is drawn is in the file: the limits of the table and the point', { hash: 'mass=2' }, async (page) => {
  const table = JSON.parse((await save(page, 'verdict json')).bytes.toString());
  const limit = table.tables[0].columns.indexOf('limit [GeV^-1]');
  const row = table.tables[0].rows.find(([name]) => name === 'Dresden-II');
  const shown = await page.textContent('[data-opinion="dresden-ii"] > :nth-child(4)');
  assert.ok(Math.abs(row[limit] / 9.5e-8 - 1) < 0.2, String(row[limit]));
  assert.equal(Number(row[limit].toPrecision(3)), Number(shown.replace(' × 10⁻⁸ GeV⁻¹', 'e-8')));
  assert.equal(table.mass, '2');
  assert.equal(table.address, 'mass=2');
});

visit('a picture has twice the size of what is shown, with a band above and below', {}, async (page) => {
  for (const what of ['spectrum', 'plane']) {
    const { name, bytes } = await save(page, `${what} png`);
    assert.match(name, /\.png$/);
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    const chart = what === 'plane' ? 'exclusion' : what;
    const box = await page.locator(`[data-chart="${chart}"] canvas`).boundingBox();
    assert.ok(Math.abs(width - 2 * box.width) <= 2, `${width} for ${box.width}`);
    assert.ok(height > 2 * box.height + 80, `${height} for ${box.height}`);
    // The screen, which has one dot to a pixel, is not left with more than it can show.
    await eventually(async () => assert.equal(await page.$eval(`[data-chart="${chart}"] canvas`, (canvas) => canvas.width), Math.round(box.width)));
  }
});

visit('a link that is copied opens the same page, and the limit is copied as it is shown', { hash: 'mass=3', permissions: ['clipboard-read', 'clipboard-write'] }, async (page, { problems }) => {
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await settled(page);
  await page.click('[data-take="link"]');
  await eventually(async () => assert.match(await page.textContent('[data-taken]'), /^Copied http/));
  await eventually(async () => assert.equal(await clipboard(), page.url()));
  await page.click('[data-take="limit"]');
  const limit = await page.textContent('[data-opinion="dresden-ii"] > :nth-child(4)');
  await eventually(async () => assert.equal(await clipboard(), limit));
  await page.goto('about:blank');
  await page.goto(`${site.url}#mass=3`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  assert.equal(await control(page, 'mass').inputValue(), '3');
  assert.deepEqual(problems, []);
});

visit('a clipboard that refuses is said to, with what there is to copy', { hash: 'mass=3', prepare: (page) => page.addInitScript(() => {
  Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => ({ writeText: () => Promise.reject(new Error('refused')) }) });
}) }, async (page) => {
  await settled(page);
  await page.click('[data-take="link"]');
  await eventually(async () => assert.match(await page.textContent('[data-taken]'), /does not let the page copy; here it is: http.*mass=3/));
});

visit('what is saved right after a change is what has changed', {}, async (page) => {
  // The second time its program is there, and nothing waits for it.
  await save(page, 'verdict json');
  await page.fill('#mass', '7');
  await page.press('#mass', 'Enter');
  const { bytes } = await saved(page, () => page.click('[data-take="verdict json"]'));
  assert.equal(JSON.parse(bytes.toString()).mass, '7');
});

visit('without a connection the button says so, and works when it is back', {}, async (page, { problems }) => {
  await settled(page);
  await page.route('**/workshop*', (route) => route.abort());
  await page.click('[data-take="verdict csv"]');
  await eventually(async () => assert.match(await page.textContent('[data-taken]'), /could not be fetched/));
  await page.unroute('**/workshop*');
  problems.length = 0;
  assert.ok((await save(page, 'verdict csv')).bytes.length > 100);
});

visit('nothing of it is fetched before it is asked for', {}, async (page, { requests }) => {
  await settled(page);
  assert.deepEqual(requests.filter((request) => request.includes('workshop')), []);
});
