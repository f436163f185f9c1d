// The main paths of the page in WebKitGTK, from the first chart to what is taken away. What each of them shows in detail is tested in Chromium and
// Firefox: here it is that they work in a third engine, too, and that nothing goes wrong on the way.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { assertClose, commandLine, commandLineText, readNumber } from '../numbers.mjs';
import { eventually, open, openSite, reload } from './site.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

// A test that opens an address of the page and fails for anything on its console.
function visit(name, { address = '', ...options }, check) {
  test(name, async () => {
    await open(site, address, options);
    await check(site.browser);
    assert.deepEqual(await site.browser.run(() => globalThis.problems), []);
    await site.browser.enter();
  });
}

const text = (browser, selector) => browser.run((of) => document.querySelector(of).textContent, selector);
const value = (browser, selector) => browser.run((of) => document.querySelector(of).value, selector);
const hash = (browser) => browser.run(() => location.hash);
// What is drawn on a chart.
const picture = (browser, chart) => browser.run((name) => document.querySelector(`[data-chart="${name}"] canvas`).toDataURL(), chart);
// What is to be seen of the state in words.
const seen = async (browser) => ({
  dipole: readNumber(await text(browser, '[data-fact="totals.dipole_nucleus"]')),
  verdict: await text(browser, '[data-verdict]'),
  spectrum: await picture(browser, 'spectrum'),
  plane: await picture(browser, 'exclusion'),
});
const limit = async (browser) => readNumber(await text(browser, '[data-opinion="dresden-ii"] [data-column="limit on d at this mass"]'));

// Waits until nothing is left to compute or to draw.
const settled = (browser) => eventually(async () => assert.ok(await browser.run(() => 'settled' in document.documentElement.dataset)));
const drawn = (browser) => browser.run(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); }));
const isWorkshop = (browser) => eventually(async () => assert.ok(await browser.run(() => 'workshop' in document.documentElement.dataset)));

// Unfolds what an element is folded away in.
const unfold = (browser, selector) => browser.run((of) => document.querySelector(of).closest('details')?.setAttribute('open', ''), selector);

// Drags a slider by its thumb by a part of its length.
async function dragSlider(browser, name, part) {
  const track = `[data-slider="${name}"]`;
  const { x, y, width, height } = await browser.box(track);
  const now = await browser.run((of) => { const { valueAsNumber, min, max } = document.querySelector(of); return (valueAsNumber - min) / (max - min); }, track);
  const at = (place) => ({ x: x + 8 + place * (width - 16), y: y + height / 2 });
  await browser.drag([0, 1, 2, 3, 4, 5].map((step) => at(now + (part * step) / 5)));
  await drawn(browser);
}

// Presses a button that saves something, and gives the file that has come.
async function saved(browser, asked) {
  const before = new Set(await downloads());
  await unfold(browser, `[data-take="${asked}"]`);
  await browser.click(`[data-take="${asked}"]`);
  return eventually(async () => {
    const [name] = (await downloads()).filter((file) => !before.has(file) && !/\.(part|wkdownload)$/.test(file));
    assert.ok(name, `nothing is saved; the page says: ${await text(browser, '[data-taken]')}`);
    const bytes = await readFile(name);
    assert.ok(bytes.length > 0);
    return { name, bytes };
  });
}

// All that has been saved by now.
async function downloads() {
  const files = await readdir(site.home, { recursive: true });
  return files.filter((name) => /(^|\/)dipole-[^/]*$/.test(name)).map((name) => `${site.home}/${name}`);
}

visit('the page loads: two charts, a verdict, and the numbers of the command line', {}, async (browser) => {
  await settled(browser);
  assert.match(await text(browser, '[data-verdict]'), /\w{3}/);
  for (const chart of ['spectrum', 'exclusion']) {
    const colours = await browser.run((name) => {
      const canvas = document.querySelector(`[data-chart="${name}"] canvas`);
      return new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
    }, chart);
    assert.ok(colours > 20, `${colours} colours on ${chart}`);
  }
  const { coupling_per_GeV: [expected] } = await commandLine('limit', '--experiment', 'dresden-ii', '--mass', '1');
  assertClose(await limit(browser), expected, 2e-3);
});

visit('a slider that is dragged moves spectrum, plane, verdict and address', {}, async (browser) => {
  await settled(browser);
  const before = await seen(browser);
  await dragSlider(browser, 'mass', 0.2);
  await settled(browser);
  const after = await seen(browser);
  assert.ok(Number(await value(browser, '#mass')) > 3, await value(browser, '#mass'));
  assert.ok(after.dipole < before.dipole, `${after.dipole} ${before.dipole}`);
  for (const part of ['verdict', 'spectrum', 'plane']) assert.notEqual(after[part], before[part], part);
  assert.match(await hash(browser), /mass=/);
});

visit('another flavour is another source', { address: '#experiment=coherent-csi&mass=20&coupling=1e-6' }, async (browser) => {
  await settled(browser);
  const before = await seen(browser);
  await browser.click('label:has([name="flavor"][value="mu"])');
  await settled(browser);
  const after = await seen(browser);
  assert.ok(after.dipole > 1.5 * before.dipole, `${after.dipole} ${before.dipole}`);
  assert.notEqual(after.spectrum, before.spectrum);
  assert.match(await hash(browser), /flavor=mu/);
});

visit('the data of every experiment are drawn', {}, async (browser) => {
  const pictures = new Set();
  for (const experiment of ['dresden-ii', 'coherent-csi', 'xenon1t', 'pandax-4t']) {
    await browser.click(`label:has([name="experiment"][value="${experiment}"])`);
    for (const view of ['recoil', 'data']) {
      await browser.click(`label:has([name="view"][value="${view}"])`);
      await settled(browser);
      pictures.add(await picture(browser, 'spectrum'));
    }
  }
  assert.equal(pictures.size, 8);
});

visit('a click puts the point into the plane, a drag and arrow keys move it', {}, async (browser) => {
  const canvas = '[data-chart="exclusion"] canvas';
  const point = async () => ({ mass: Number(await value(browser, '#mass')), coupling: Number(await value(browser, '#coupling')) });
  const { x, y, width, height } = await browser.box(canvas);
  const at = (across, down) => ({ x: x + across * width, y: y + down * height });
  await browser.drag([at(0.7, 0.3)]);
  await drawn(browser);
  const clicked = await point();
  assert.ok(clicked.mass > 1 && clicked.coupling > 1e-7, JSON.stringify(clicked));
  await browser.drag([at(0.7, 0.3), at(0.6, 0.4), at(0.5, 0.5)]);
  await drawn(browser);
  const dragged = await point();
  assert.ok(dragged.mass < clicked.mass && dragged.coupling < clicked.coupling, JSON.stringify(dragged));
  await browser.run((of) => document.querySelector(of).focus(), canvas);
  await browser.keys('ArrowRight', 'ArrowUp');
  await drawn(browser);
  const pressed = await point();
  assert.ok(pressed.mass > dragged.mass && pressed.coupling > dragged.coupling, JSON.stringify(pressed));
});

visit('workers compute precisely what the command line does', {}, async (browser) => {
  await browser.click('[data-precise]');
  await eventually(async () => assert.equal(await text(browser, '[data-work-status]'), 'curves on 200 masses are drawn'));
  await eventually(async () => {
    const [head, ...rows] = await browser.run(() => [...document.querySelectorAll('[data-chart="exclusion"] tr')].map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.ok(rows.length > 20, `${rows.length} rows`);
    const column = head.indexOf('Dresden-II [GeV⁻¹]');
    const { coupling_per_GeV: limits } = await commandLine('limit', '--experiment', 'dresden-ii', '--mass', rows.map(([mass]) => mass).join(','));
    for (const [row, expected] of limits.entries()) {
      if (expected !== null && expected < 1e-3) assertClose(Number(rows[row][column]), expected, 1e-3);
    }
  });
});

visit('every theme has its paper', {}, async (browser) => {
  const papers = new Set();
  for (const theme of ['light', 'dark', 'projector']) {
    await browser.run((name) => {
      const select = document.querySelector('[name="theme"]');
      select.value = name;
      select.dispatchEvent(new Event('input', { bubbles: true }));
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, theme);
    await drawn(browser);
    papers.add(await browser.run(() => [...document.querySelector('[data-chart="exclusion"] canvas').getContext('2d').getImageData(3, 3, 1, 1).data].join(' ') + getComputedStyle(document.body).color));
  }
  assert.equal(papers.size, 3, [...papers].join(', '));
});

visit('an address is a state, also one that is typed or gone back to', { address: '#mass=2&coupling=3e-8&view=data' }, async (browser) => {
  assert.equal(await value(browser, '#mass'), '2');
  // As a visitor does it: WebKit takes nobody back to what a script alone has put into the history.
  await browser.open(`${site.url}#mass=5`);
  await settled(browser);
  assert.equal(await value(browser, '#mass'), '5');
  await browser.back();
  await eventually(async () => assert.equal(await value(browser, '#mass'), '2'));
  assert.equal(await hash(browser), '#mass=2&coupling=3e-8&view=data');
  await reload(browser);
  assert.equal(await value(browser, '#mass'), '2');
});

visit('what if: an input is changed in the workshop, with the limit of the command line', {}, async (browser) => {
  await settled(browser);
  const before = await limit(browser);
  await browser.click('[data-inputs-drawer] > summary');
  await isWorkshop(browser);
  await settled(browser);
  await browser.type('[name="dresden-ii.exposure"]', '964');
  await browser.keys('Enter');
  await eventually(async () => assert.equal(await hash(browser), '#dresden-ii.exposure=964'));
  await settled(browser);
  const { coupling_per_GeV: [expected] } = await commandLine('limit', '--experiment', 'dresden-ii', '--mass', '1', '--set', 'exposure=964');
  assertClose(await limit(browser), expected, 2e-3);
  await browser.click('[data-past="undo"]');
  await settled(browser);
  assert.equal(await limit(browser), before);
});

visit('the German page speaks German and computes the same', { address: 'de.html#mass=2' }, async (browser) => {
  await settled(browser);
  assert.equal(await browser.run(() => document.documentElement.lang), 'de');
  assert.match(await text(browser, '[data-verdict]'), /ausgeschlossen|verträglich|Grenze/);
  const { coupling_per_GeV: [expected] } = await commandLine('limit', '--experiment', 'dresden-ii', '--mass', '2');
  assert.ok((await text(browser, '[data-opinion="dresden-ii"]')).includes((expected * 1e8).toPrecision(3)), await text(browser, '[data-opinion="dresden-ii"]'));
  await browser.click('[data-guide] summary');
  await eventually(async () => assert.match(await text(browser, '[data-guide-text]'), /Der Artikel in acht Schritten/));
});

// Before files are saved: then the window has a bar with them, and the lower end of the frame lies behind it.
visit('on a window as narrow as a phone nothing is wider than it, and the page works', { address: 'phone.html' }, async (browser) => {
  await browser.enter('iframe');
  await eventually(async () => assert.ok(await browser.run(() => 'ready' in document.documentElement.dataset)));
  await settled(browser);
  assert.equal(await browser.run(() => innerWidth), 390);
  assert.ok(await browser.run(() => document.documentElement.scrollWidth <= innerWidth));
  const before = await seen(browser);
  const { x, y, width, height } = await browser.box('label:has([name="quenching"][value="ybe"])');
  await browser.drag([{ x: x + width / 2, y: y + height / 2 }]);
  await eventually(async () => assert.notEqual((await seen(browser)).verdict, before.verdict));
  await eventually(async () => assert.match(await hash(browser), /quenching=ybe/));
  assert.ok(await browser.run(() => document.documentElement.scrollWidth <= innerWidth));
});

visit('files are saved: the bytes of the command line, and a picture', { address: '#mass=2&view=data' }, async (browser) => {
  await settled(browser);
  for (const asked of ['spectrum csv', 'plane svg', 'verdict json']) {
    const [what, format] = asked.split(' ');
    const { name, bytes } = await saved(browser, asked);
    assert.match(name, new RegExp(`/dipole-.*-${what}-.*\\.${format}$`));
    const expected = await commandLineText('export', '--address', 'mass=2&view=data', '--what', what, '--format', format);
    // Lines that differ are enough to read.
    const lines = expected.split('\n');
    const differing = bytes.toString().split('\n').filter((line, number) => line !== lines[number]);
    assert.ok(bytes.toString() === expected, `${asked}: ${bytes.length} bytes against ${expected.length}; ${differing.slice(0, 3).join(' | ')}`);
  }
  const { bytes } = await saved(browser, 'plane png');
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
});
