// The page in a lecture hall, within another page, and on paper.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before } from 'node:test';

import { complaints } from './axe.mjs';
import { control, drawn, eventually, openSite, reload, settled, slider, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme);
const inLecture = (page) => page.evaluate(() => 'lecture' in document.documentElement.dataset);
const query = (page) => page.evaluate(() => location.search);
const hash = (page) => page.evaluate(() => location.hash);
const fontSize = (page, selector) => page.$eval(selector, (element) => parseFloat(getComputedStyle(element).fontSize));
const box = (page, chart) => page.locator(`[data-chart="${chart}"] canvas`).boundingBox();
const overflow = (page) => page.evaluate(() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return [Math.max(0, scrollWidth - innerWidth), Math.max(0, scrollHeight - innerHeight)];
});
// What lies outside of the window of what a visitor is to see.
const outside = (page, selectors) => page.$$eval(selectors, (all) => all.filter((element) => element.checkVisibility()).map((element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1 ? element.outerHTML.slice(0, 80) : '';
}).filter(Boolean));

async function lecture(page) {
  await eventually(async () => assert.equal(await inLecture(page), true));
  await settled(page);
}

async function over(page) {
  await eventually(async () => assert.equal(await inLecture(page), false));
  await settled(page);
}

// The browser's own full screen may have another size than the window of the test, and keeps the Esc key to itself.
const withoutFullScreen = (page) => page.addInitScript(() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no')); });

for (const [width, height] of [[1280, 720], [1920, 1080]]) {
  visit(`in a lecture both charts fill the window, and letters are large, ${width} x ${height}`, { hash: 'coupling=1e-7&theme=dark', viewport: { width, height }, prepare: withoutFullScreen }, async (page) => {
    const before = await box(page, 'spectrum');
    await page.keyboard.press('l');
    await lecture(page);
    await eventually(async () => assert.equal(await theme(page), 'projector'));
    for (const chart of ['spectrum', 'exclusion']) {
      const { width: across, height: down } = await box(page, chart);
      assert.ok(across > 0.46 * width && down > 0.6 * height, `${chart}: ${across} x ${down}`);
      assert.ok(across * down > 1.2 * before.width * before.height);
    }
    // A fortieth of the height for the verdict is what can be read from the last row.
    assert.ok(await fontSize(page, '[data-verdict]') > height / 30);
    assert.ok(Number(await page.getAttribute('html', 'data-lecture')) >= height / 41);
    assert.ok(await fontSize(page, '[name="mass"]') > height / 50);
    assert.deepEqual(await overflow(page), [0, 0]);
    assert.deepEqual(await outside(page, '[data-chart] canvas, [data-verdict], .controls input, .controls button'), []);
    for (const name of ['mass', 'coupling', 'flavor', 'experiment']) assert.equal(await page.locator(`label:has([name="${name}"]), input[name="${name}"]`).first().isVisible(), true, name);
    for (const hidden of ['.masthead button', '[data-take]', '[data-assumptions-drawer]', '[data-opinions]', '[name="flux"]', '[data-precise]']) {
      assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    }
    await page.getByRole('button', { name: 'More' }).click();
    assert.equal(await control(page, 'flux').isVisible(), true);
    await settled(page);
    assert.deepEqual(await overflow(page), [0, 0]);
    await page.keyboard.press('Escape');
    assert.equal(await control(page, 'flux').isVisible(), false);
  });
}

visit('letters in the charts are drawn larger than elsewhere', { viewport: { width: 1920, height: 1080 }, hash: 'theme=projector', prepare: withoutFullScreen }, async (page) => {
  // The space beside the frame is as wide as its letters need; the frame is the longest dark line of the first half.
  const margin = () => page.$eval('[data-chart="exclusion"] canvas', (canvas) => {
    const scale = canvas.width / canvas.getBoundingClientRect().width;
    // A copy: of the canvas itself the browser says that it is read too often.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    const dark = (column) => { let count = 0; for (let row = 0; row < canvas.height; row += 1) if (data[4 * (row * canvas.width + column)] < 90) count += 1; return count; };
    let column = 0;
    while (dark(column) < canvas.height / 2) column += 1;
    return column / scale;
  });
  await settled(page);
  const before = await margin();
  await page.keyboard.press('l');
  await lecture(page);
  assert.ok(await margin() > 1.3 * before, `${await margin()} after ${before}`);
});

visit('the lecture goes full screen, and the key that ends full screen ends it', {}, async (page) => {
  await page.getByRole('button', { name: 'Lecture' }).click();
  await lecture(page);
  await eventually(async () => assert.equal(await page.evaluate(() => document.fullscreenElement === document.documentElement), true));
  // As the browser does it for the Esc key, which no page hears.
  await page.evaluate(() => document.exitFullscreen());
  await over(page);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Lecture');
});

visit('where full screen is refused the lecture is the same without it', { prepare: withoutFullScreen }, async (page) => {
  await page.keyboard.press('L');
  await lecture(page);
  await page.keyboard.press('Escape');
  await over(page);
});

for (const [name, leave] of [
  ['its key', (page) => page.keyboard.press('l')],
  ['its button', (page) => page.getByRole('button', { name: 'End lecture' }).click()],
]) {
  for (const chosen of ['dark', 'light', 'projector', 'auto']) {
    visit(`leaving by ${name} restores the page and its colours: ${chosen}`, { hash: `theme=${chosen}&mass=2`, colorScheme: 'dark' }, async (page) => {
      await settled(page);
      const before = [await theme(page), await control(page, 'theme').inputValue(), await box(page, 'spectrum'), await hash(page), await query(page)];
      await page.keyboard.press('l');
      await lecture(page);
      assert.equal(await query(page), '?lecture');
      assert.equal(await hash(page), before[3]);
      await page.keyboard.press('PageDown');
      await page.waitForSelector('[data-tour] [aria-current]');
      await page.getByRole('button', { name: 'Leave', exact: true }).click();
      await slider(page, 'mass').press('ArrowRight');
      await settled(page);
      await leave(page);
      await over(page);
      await control(page, 'mass').fill('2');
      await page.evaluate((address) => { location.hash = address; }, before[3]);
      await settled(page);
      assert.deepEqual([await theme(page), await control(page, 'theme').inputValue(), await box(page, 'spectrum'), await hash(page), await query(page)], before);
    });
  }
}

visit('a link opens in the lecture, and stays there when loaded again', { query: 'lecture', hash: 'mass=3&theme=dark' }, async (page) => {
  await lecture(page);
  await eventually(async () => assert.equal(await theme(page), 'projector'));
  assert.equal(await control(page, 'mass').inputValue(), '3');
  await reload(page);
  await lecture(page);
  await page.keyboard.press('Escape');
  await over(page);
  await eventually(async () => assert.equal(await theme(page), 'dark'));
  assert.equal(await query(page), '');
});

visit('a letter that is typed is no key of the lecture', {}, async (page) => {
  await control(page, 'mass').focus();
  await page.keyboard.press('l');
  await control(page, 'theme').focus();
  await page.keyboard.press('l');
  await page.keyboard.press('Control+l');
  await drawn(page);
  assert.equal(await inLecture(page), false);
  await page.locator('body').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('l');
  await lecture(page);
  await control(page, 'mass').fill('1');
  await control(page, 'mass').press('End');
  await page.keyboard.press('.');
  await page.keyboard.press('5');
  assert.equal(await control(page, 'mass').inputValue(), '1.5');
  assert.equal(await page.locator('html[data-blank]').count(), 0);
});

const told = (page) => page.$$eval('[data-tour] a[aria-current="step"]', (links) => links.map((link) => link.textContent));

visit('a presenter steps through the tour, with its text large', { query: 'lecture', hash: 'theme=dark', viewport: { width: 1280, height: 720 } }, async (page) => {
  await lecture(page);
  const links = [];
  for (const key of ['PageDown', 'ArrowRight', 'ArrowDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown']) {
    await page.keyboard.press(key);
    await page.waitForSelector('[data-tour] [aria-current]');
    await settled(page);
    links.push((await told(page))[0]);
    assert.equal(await page.locator('[data-tour] li:visible').count(), 1);
    assert.ok(await fontSize(page, '[data-tour]') > 720 / 36);
    assert.deepEqual(await overflow(page), [0, 0]);
    assert.deepEqual(await outside(page, '[data-chart] canvas, [data-verdict], [data-tour] li, .controls input, .controls button'), []);
    const { height } = await box(page, 'exclusion');
    assert.ok(height > 0.4 * 720, `${height} in ${links.at(-1)}`);
    // What the step is about is to be seen.
    assert.equal(await page.locator('[data-told]').isVisible(), true, links.at(-1));
  }
  assert.equal(new Set(links).size, 8, String(links));
  for (const key of ['PageUp', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
  await drawn(page);
  assert.deepEqual(await told(page), [links[4]]);
  // Arrows belong to a control that has the focus, and clickers go on all the same.
  await slider(page, 'mass').focus();
  await page.keyboard.press('ArrowRight');
  await drawn(page);
  assert.deepEqual(await told(page), [links[4]]);
  assert.notEqual(await control(page, 'mass').inputValue(), '1');
  await page.keyboard.press('PageDown');
  await drawn(page);
  assert.deepEqual(await told(page), [links[5]]);
  // The visitor's colours are in the address all the while.
  await settled(page);
  assert.match(await hash(page), /theme=dark/);
});

visit('B and the full stop blank the screen, and any key or a click ends that and does nothing else', { query: 'lecture', viewport: { width: 640, height: 480 }, prepare: withoutFullScreen }, async (page) => {
  await lecture(page);
  const black = async () => {
    const picture = await page.screenshot();
    return page.evaluate(async (data) => {
      const image = new Image();
      image.src = data;
      await image.decode();
      const context = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height).data.every((value, index) => value === (index % 4 === 3 ? 255 : 0));
    }, `data:image/png;base64,${picture.toString('base64')}`);
  };
  assert.equal(await black(), false);
  for (const [on, off] of [['b', 'b'], ['.', '.'], ['B', 'PageDown'], ['b', 'Escape']]) {
    await page.keyboard.press(on);
    assert.equal(await black(), true, on);
    await page.keyboard.press(off);
    assert.equal(await black(), false, off);
  }
  await page.getByRole('button', { name: 'Blank' }).click();
  assert.equal(await black(), true);
  const { x, y, width, height } = await box(page, 'exclusion');
  const before = await control(page, 'mass').inputValue();
  await page.mouse.click(x + width / 3, y + height / 3);
  assert.equal(await black(), false);
  assert.equal(await control(page, 'mass').inputValue(), before);
  assert.equal(await inLecture(page), true);
  assert.equal(await page.locator('[data-tour]').count(), 0);
});

visit('without a connection the button says so, and works when it is back', {}, async (page, { problems }) => {
  await settled(page);
  await page.route('**/modes.*', (route) => route.abort());
  await page.click('[data-modes]');
  await eventually(async () => assert.match(await page.textContent('[data-noted]'), /could not be fetched/));
  assert.equal(await page.evaluate(() => document.fullscreenElement), null);
  await page.unroute('**/modes.*');
  problems.length = 0;
  await page.click('[data-modes]');
  await lecture(page);
});

visit('nothing of it is fetched before it is asked for', {}, async (page, { requests }) => {
  await settled(page);
  assert.deepEqual(requests.filter((request) => request.includes('modes')), []);
});

// Embedded.

// A page of another origin that shows this one in a frame, as the text that is copied says it or of some size.
async function host(html) {
  const server = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><html lang="en"><title>A course</title><link rel="icon" href="data:,"><body>${html}`));
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => { server.closeAllConnections(); server.close(); } };
}

// Opens the host and calls `check` with the frame, its page and what was asked for; nothing may come from elsewhere.
async function embedded(page, html, check) {
  const { url, close } = await host(html);
  try {
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(url);
    const frame = page.frames()[1] ?? await page.waitForEvent('frameattached');
    await frame.waitForSelector('html[data-embed][data-settled]', { state: 'attached' });
    await check(frame);
    const known = (address) => [url, site.url, 'data:', 'blob:'].some((start) => address.startsWith(start));
    assert.deepEqual(requests.filter((address) => !known(address)), []);
  } finally {
    await close();
  }
}

const SIZES = [[800, 500], [400, 300], [800, 560], [360, 640]];
const PARTS = { embed: ['spectrum', 'exclusion'], 'embed=both': ['spectrum', 'exclusion'], 'embed=spectrum': ['spectrum'], 'embed=plane': ['exclusion'] };

for (const [width, height] of SIZES) {
  visit(`a frame of ${width} x ${height} shows the chosen charts, with nothing to scroll`, {}, async (page, { problems }) => {
    for (const [part, charts] of Object.entries(PARTS)) {
      await embedded(page, `<iframe src="${site.url}?${part}#mass=2" width="${width}" height="${height}" title="x"></iframe>`, async (frame) => {
        const shown = () => frame.$$eval('[data-chart]', (all) => all.filter((chart) => chart.checkVisibility()).map((chart) => chart.dataset.chart));
        assert.deepEqual(await overflow(frame), [0, 0], part);
        assert.deepEqual(await outside(frame, '[data-chart] canvas, [data-verdict], .foot a, .foot button'), [], part);
        for (const hidden of ['.tagline', '.guide', '.take', '.work', '.numbers', '.controls', '.foot > p']) assert.equal(await frame.locator(hidden).first().isVisible(), false, hidden);
        const isNarrow = width < 576 && charts.length === 2;
        assert.deepEqual(await shown(), isNarrow ? ['exclusion'] : charts, part);
        const size = async (chart) => frame.$eval(`[data-chart="${chart}"] canvas`, (canvas) => { const { width: w, height: h } = canvas.getBoundingClientRect(); return [w, h, canvas.width / w, canvas.height / h]; });
        for (const chart of await shown()) {
          const [across, down, ...scale] = await size(chart);
          assert.ok(across * charts.length >= 0.9 * width || isNarrow, `${part} ${chart} ${across}`);
          assert.ok(down > 0.7 * height, `${part} ${chart} ${down}`);
          for (const dots of scale) assert.ok(Math.abs(dots - 1) < 0.02, `${part} ${chart}: ${dots} dots to a pixel`);
        }
        if (isNarrow) {
          await frame.getByRole('button', { name: 'Spectrum' }).click();
          await settled(frame);
          assert.deepEqual(await shown(), ['spectrum']);
          await eventually(async () => assert.ok(Math.abs((await size('spectrum'))[2] - 1) < 0.02));
        }
        const toggle = frame.getByRole('button', { name: 'Controls' });
        await toggle.click();
        assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
        await slider(frame, 'mass').scrollIntoViewIfNeeded();
        await slider(frame, 'mass').press('ArrowRight');
        await settled(frame);
        assert.notEqual(await control(frame, 'mass').inputValue(), '2');
        assert.deepEqual(await overflow(frame), [0, 0], part);
        await toggle.click();
        assert.equal(await control(frame, 'mass').isVisible(), false);
      });
    }
    // The host itself is another one than the page's.
    assert.deepEqual(problems.filter((problem) => !problem.startsWith('request to another host')), []);
    problems.length = 0;
  });
}

visit('the one line of a frame leads to the full page in the same state', { query: 'embed', hash: 'mass=2', viewport: { width: 800, height: 500 } }, async (page) => {
  // What makes it a frame comes after the charts.
  await page.waitForSelector('[data-embed] .foot .mode', { state: 'attached' });
  const link = page.locator('.foot a:visible');
  await link.waitFor();
  assert.equal(await link.count(), 1);
  const href = async () => link.evaluate((element) => element.href);
  assert.equal(await href(), `${site.url}#mass=2`);
  await page.locator('[data-chart="exclusion"] canvas').press('ArrowRight');
  await settled(page);
  await eventually(async () => assert.equal(await href(), site.url + await hash(page)));
  assert.notEqual(await hash(page), '#mass=2');
  assert.equal(await query(page), '?embed');
  await page.evaluate(() => { location.hash = 'experiment=xenon1t'; });
  await settled(page);
  assert.equal(await href(), `${site.url}#experiment=xenon1t`);
  // The lecture is not for a part of another page.
  await page.locator('[data-chart="exclusion"] canvas').blur();
  await page.keyboard.press('l');
  await drawn(page);
  assert.equal(await inLecture(page), false);
});

visit('the iframe that is copied shows the same state on a page of another origin', {
  hash: 'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6', permissions: ['clipboard-read', 'clipboard-write'],
}, async (page, { problems }) => {
  await settled(page);
  const address = await hash(page);
  await page.click('[data-take="iframe"]');
  await eventually(async () => assert.match(await page.textContent('[data-taken]'), /^Copied <iframe src="http/));
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(await page.textContent('[data-taken]'), `Copied ${text}`);
  assert.equal(text, `<iframe src="${site.url}?embed${address.replaceAll('&', '&amp;')}" width="800" height="560" title="Dipole Portal Explorer" loading="lazy"></iframe>`);
  await embedded(page, text, async (frame) => {
    assert.equal(new URL(frame.url()).hash, address);
    assert.equal(await control(frame, 'experiment', 'coherent-csi').isChecked(), true);
    assert.equal(await control(frame, 'mass').inputValue(), '20');
  });
  problems.length = 0;
});

visit('what is in an address does not get out of its quotes', { hash: 'mass=2&x="><b>', permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
  await page.click('[data-take="iframe"]');
  await eventually(async () => assert.match(await page.textContent('[data-taken]'), /^Copied/));
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^<iframe src="[^"<>]*" width="800" height="560" title="[^"<>]*" loading="lazy"><\/iframe>$/);
});

visit('where the clipboard refuses, the text to copy is shown', {
  hash: 'mass=2',
  prepare: (page) => page.addInitScript(() => { Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } }); }),
}, async (page) => {
  await page.click('[data-take="iframe"]');
  await eventually(async () => assert.match(await page.textContent('[data-taken]'), /^This browser does not let the page copy; here it is: <iframe src="http.*#mass=2".*<\/iframe>$/));
});

// On paper.

const canvases = (page) => page.$$eval('[data-chart] canvas', (all) => all.map((canvas) => {
  const { width, height } = canvas.getBoundingClientRect();
  const copy = new OffscreenCanvas(2, 2).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(1, 1, 1, 1);
  return { dots: [canvas.width / width, canvas.height / height], size: [width, height], paper: [...data].slice(0, 3) };
}));

// Chromium's dialog cannot be looked at: the same events by hand, and the medium beside them.
async function onPaper(page, check) {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await check();
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
}

for (const [where, options] of [['page', {}], ['lecture', { query: 'lecture' }], ['frame', { query: 'embed=plane' }], ['phone', { viewport: { width: 390, height: 844 } }]]) {
  visit(`both charts are drawn anew for paper, light, whole and sharp, and as before after it: ${where}`, { hash: 'theme=dark&coupling=1e-7', viewport: { width: 1440, height: 900 }, ...options }, async (page) => {
    if (where === 'lecture') await lecture(page);
    if (where === 'frame') await page.waitForSelector('[data-embed="plane"]');
    await settled(page);
    const before = await canvases(page);
    const colours = await theme(page);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    // At once: no frame comes before the paper.
    await eventually(async () => assert.equal(await theme(page), 'light'));
    for (const { dots, size, paper } of await canvases(page)) {
      assert.deepEqual([Math.round(size[0]), Math.round(size[1])], [680, 400]);
      for (const scale of dots) assert.ok(scale >= 3.9, `${scale} dots to a pixel`);
      assert.deepEqual(paper, [255, 255, 255]);
    }
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await settled(page);
    assert.equal(await theme(page), colours);
    // The sizes come back with the next layout, the drawing with the frame after it.
    const seen = (all) => all.filter(({ size }) => size[0] > 0);
    await eventually(async () => assert.deepEqual(seen(await canvases(page)), seen(before)));
  });
}

visit('the paper has both charts, the verdict, what is set and the address, and nothing to press', {
  hash: 'theme=dark&coupling=1e-7&quenching=lindhard&flux=1.5&cl=0.95&dof=2', viewport: { width: 703, height: 1032 },
}, async (page, { screenshot }) => {
  await settled(page);
  const address = page.url();
  await onPaper(page, async () => {
    for (const hidden of ['button', '[type="range"]', 'summary', '.guide', '.tools', '[name="theme"]', '[data-work-status]']) {
      assert.deepEqual(await page.$$eval(hidden, (all) => all.filter((element) => element.checkVisibility()).map((element) => element.outerHTML)), [], hidden);
    }
    for (const [name, value] of [['mass', '1'], ['coupling', '1e-7'], ['flux', '1.5'], ['cl', '0.95']]) {
      assert.equal(await control(page, name).isVisible(), true, name);
      assert.equal(await control(page, name).inputValue(), value);
    }
    // Of what was chosen, only that.
    const chosen = await page.$$eval('.controls .segments label', (all) => all.filter((label) => label.checkVisibility()).map((label) => label.textContent));
    assert.deepEqual(chosen, ['Dresden-II', 'e', 'Lindhard', 'Recoil', '2', 'two sides']);
    assert.equal(await page.$eval('.foot', (foot) => getComputedStyle(foot, '::after').content), `"${address}"`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the paper');
    assert.deepEqual(await page.$$eval('.verdict td, .verdict th', (all) => all.filter((cell) => cell.getBoundingClientRect().right > innerWidth).length), 0);
    const tops = await page.$$eval('[data-chart], [data-verdict], .facts, #controls, .foot', (all) => all.map((element) => element.getBoundingClientRect().top));
    assert.deepEqual(tops, [...tops].sort((a, b) => a - b) && tops, 'order');
    await screenshot('print', {});
  });
  await eventually(async () => assert.equal(await theme(page), 'dark'));
});

// Pages of a document and sizes of the pictures in it, of what Chromium writes.
function read(pdf) {
  const text = pdf.toString('latin1');
  const pictures = [...text.matchAll(/\/Subtype \/Image[^]*?>>/g)].map(([object]) => [Number(/\/Width (\d+)/.exec(object)?.[1]), Number(/\/Height (\d+)/.exec(object)?.[1])]);
  return { pages: (text.match(/\/Type \/Page\b(?!s)/g) ?? []).length, pictures };
}

visit('Chromium prints it: charts at four dots to a pixel, on two pages', { hash: 'theme=dark&coupling=1e-7' }, async (page) => {
  await settled(page);
  const before = await canvases(page);
  for (const format of ['A4', 'Letter']) {
    const { pages, pictures } = read(await page.pdf({ format }));
    assert.equal(pages, 2, format);
    assert.equal(pictures.filter(([width, height]) => width === 2720 && height === 1600).length >= 2, true, JSON.stringify(pictures));
  }
  await settled(page);
  assert.deepEqual(await canvases(page), before);
  await eventually(async () => assert.equal(await theme(page), 'dark'));
});

// Who cannot see.

const VIEWS = [
  ['lecture', { viewport: { width: 1280, height: 720 } }, async () => {}],
  ['lecture', { viewport: { width: 1280, height: 720 } }, (page) => page.keyboard.press('PageDown').then(() => page.waitForSelector('[data-tour] [aria-current]'))],
  ['lecture', { viewport: { width: 1280, height: 720 } }, (page) => page.getByRole('button', { name: 'More' }).click()],
  ['embed', { viewport: { width: 800, height: 500 } }, async () => {}],
  ['embed', { viewport: { width: 400, height: 300 }, colorScheme: 'dark' }, async () => {}],
  ['embed', { viewport: { width: 800, height: 500 }, colorScheme: 'dark' }, (page) => page.getByRole('button', { name: 'Controls' }).click()],
  ['embed=spectrum', { viewport: { width: 800, height: 500 } }, async () => {}],
  ['embed=plane', { viewport: { width: 400, height: 300 } }, (page) => page.getByRole('button', { name: 'Controls' }).click()],
];
for (const [index, [how, options, act]] of VIEWS.entries()) {
  visit(`axe finds nothing in view ${index + 1}, ${how}`, { query: how, ...options }, async (page) => {
    await page.waitForSelector(`html[data-${how.split('=')[0]}]`, { state: 'attached' });
    await settled(page);
    await act(page);
    await settled(page);
    assert.deepEqual(await complaints(page), []);
  });
}
