// How the page draws: sharp on every screen, at every width, once a frame, and without moving anything under the hand.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { dragSlider, drawn, eventually, goTo, openSite, settled, slider, visits } from './support.mjs';

const CHARTS = ['spectrum', 'exclusion'];

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// What there is to draw on for each chart, and what the screen shows of it.
const sizes = (page) => page.$$eval('[data-chart] canvas', (canvases) => canvases.map((canvas) => {
  const { width, height } = canvas.getBoundingClientRect();
  const { chart } = canvas.closest('[data-chart]').dataset;
  return { chart, canvas: [canvas.width, canvas.height], screen: [width * devicePixelRatio, height * devicePixelRatio] };
}));

// Half a pixel of the screen is lost where the page's layout ends between two of them.
function assertSharp(all) {
  assert.deepEqual(all.map(({ chart }) => chart), CHARTS);
  for (const { chart, canvas, screen } of all) {
    for (const axis of [0, 1]) assert.ok(canvas[axis] >= screen[axis] - 0.5, `${chart}: ${canvas} pixels for ${screen} of the screen`);
  }
}

for (const deviceScaleFactor of [1, 2, 3]) {
  visit(`the chart has a pixel for each one of a ${deviceScaleFactor}x screen`, { deviceScaleFactor }, async (page) => {
    assert.equal(await page.evaluate(() => devicePixelRatio), deviceScaleFactor);
    for (const width of [1440, 1001, 390, 331]) {
      await page.setViewportSize({ width, height: 800 });
      await eventually(async () => assertSharp(await sizes(page)));
    }
  });
}

visit('the chart becomes sharp when its window has moved to a finer screen', {}, async (page) => {
  const screen = await page.context().newCDPSession(page);
  const size = { width: 1440, height: 900, mobile: false };
  await screen.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 3 });
  assert.equal(await page.evaluate(() => devicePixelRatio), 3);
  // Chromium does not tell the page of a resolution that is merely emulated, as it does of a real one: the next move of a
  // slider has to show it.
  await slider(page, 'mass').press('ArrowRight');
  await drawn(page);
  assertSharp(await sizes(page));
});

const STATES = ['view=data&flavor=tau', 'experiment=coherent-csi&view=data', 'experiment=xenon1t&view=data&theme=projector', 'mass=1e300&colour=red'];

visit('nothing makes the page wider than the screen, from the smallest phone to the largest wall', {}, async (page) => {
  for (const hash of STATES) {
    await goTo(page, hash);
    for (const drawer of await page.locator('details:visible').all()) await drawer.evaluate((details) => { details.open = true; });
    for (const width of [320, 390, 768, 1440, 3840]) {
      await page.setViewportSize({ width, height: 800 });
      await drawn(page);
      const root = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(root[0] <= root[1], `${root[0]} px wide on ${root[1]} px with '${hash}'`);
    }
  }
});

visit('a long wrong value beside a box does not make the page wider than a phone', { viewport: { width: 320, height: 700 } }, async (page) => {
  for (const wrong of ['1e300', 'x'.repeat(200)]) {
    await page.locator('[name="mass"]').fill(wrong);
    assert.notEqual(await page.textContent('#mass-error'), '');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), wrong);
  }
});

// Where everything is on the screen that a hand may be on or an eye may rest on.
const places = (page) => page.evaluate(() => {
  const elements = [...document.querySelectorAll('input, select, button, canvas, legend, summary, [data-verdict], [data-fact]')];
  return Object.fromEntries(elements.map((element, index) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { slider, fact, verdict } = element.dataset;
    // The verdict is known by its place, not by what it says at the moment.
    const name = (verdict === '' && 'verdict') || element.name || slider || fact || element.closest('[data-chart]')?.dataset.chart || element.textContent.slice(0, 30);
    const shown = element.checkVisibility() && y < innerHeight && y + height > 0;
    return [`${index} ${name}`, shown ? `${x}, ${y}: ${width} x ${height}` : ''];
  }));
});

// What Chromium itself counts as a shift of the layout from now on.
const watchShifts = (page) => page.evaluate(() => {
  window.shifts = [];
  const note = ({ value, sources }) => window.shifts.push(`${value} ${sources.map(({ node }) => node?.outerHTML?.slice(0, 60) ?? node?.nodeName)}`);
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'layout-shift' });
});

const SCREENS = [{ width: 1440, height: 900 }, { width: 768, height: 1024 }, { width: 390, height: 844 }, { width: 320, height: 568 }];

for (const viewport of SCREENS) {
  const { width } = viewport;
  visit(`nothing jumps while a slider is dragged from end to end, ${width} px wide`, { viewport, hash: 'quenching=lindhard' }, async (page) => {
    const moved = {};
    await watchShifts(page);
    for (const name of ['mass', 'coupling', 'flux', 'lindhard-k']) {
      await slider(page, name).evaluate((track) => track.scrollIntoView({ block: 'end' }));
      await drawn(page);
      const before = await places(page);
      const each = async () => {
        await drawn(page);
        for (const [what, place] of Object.entries(await places(page))) {
          if (place !== before[what]) moved[`${what}, dragging ${name}`] = `${before[what]} -> ${place}`;
        }
      };
      for (const end of [0, 1]) await dragSlider(page, name, end, { steps: 6, each });
    }
    assert.deepEqual(moved, {});
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
  });
}

// Clicks on the label of a radio button, and notes of every frame that is painted then whether a chart is not as its canvas has it.
const distorted = (page, name, value) => page.evaluate(async ([key, option]) => {
  // Asked for before the page does: what is noted is the state after everything that belongs to the frame.
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage('');
    });
  });
  const notes = [];
  document.querySelector(`[name="${key}"][value="${option}"]`).click();
  for (let frame = 0; frame < 8; frame += 1) {
    await painted();
    for (const canvas of document.querySelectorAll('[data-chart] canvas')) {
      const { width, height } = canvas.getBoundingClientRect();
      const stretch = (canvas.width / canvas.height) / (width / height);
      if (Math.abs(stretch - 1) > 5e-3) notes.push(`${canvas.closest('[data-chart]').dataset.chart} in frame ${frame}: ${canvas.width} x ${canvas.height} shown as ${width} x ${height}`);
    }
  }
  return notes;
}, [name, value]);

for (const width of [1440, 1000, 390]) {
  visit(`no chart is stretched for a frame when the view gets another shape, ${width} px wide`, { viewport: { width, height: 900 }, hash: 'experiment=coherent-csi' }, async (page) => {
    for (const [name, value] of [['view', 'data'], ['view', 'recoil'], ['view', 'data'], ['experiment', 'dresden-ii'], ['experiment', 'coherent-csi']]) {
      assert.deepEqual(await distorted(page, name, value), [], `${name}=${value}`);
    }
  });
}

// The measures that redraws left, in their order.
const measures = (page) => page.evaluate(() =>
  performance.getEntriesByType('measure').map(({ name, startTime, duration }) => ({ name, start: startTime, end: startTime + duration })));

visit('a redraw can be looked up in anyone\'s developer tools, with its two parts', {}, async (page) => {
  await page.evaluate(() => performance.clearMeasures());
  await slider(page, 'mass').press('ArrowRight');
  await drawn(page);
  const byName = Object.fromEntries((await measures(page)).map((measure) => [measure.name, measure]));
  assert.deepEqual(Object.keys(byName).sort(), ['compute', 'draw', 'redraw']);
  const { compute, draw, redraw } = byName;
  // The same marks begin and end them; floating-point sums may differ in the last digit.
  for (const [a, b] of [[redraw.start, compute.start], [compute.end, draw.start], [draw.end, redraw.end]]) {
    assert.ok(Math.abs(a - b) < 0.01, JSON.stringify(byName));
  }
});

// Moves the slider of the mass in the page itself, where frames can be told apart.
const moves = (page, { eventsInFrame, frames }) => page.evaluate(async ([perFrame, count]) => {
  const track = document.querySelector('[data-slider="mass"]');
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  await frame();
  performance.clearMeasures();
  for (let index = 0; index < count; index += 1) {
    for (let event = 0; event < perFrame; event += 1) {
      track.valueAsNumber += 0.01;
      track.dispatchEvent(new Event('input', { bubbles: true }));
    }
    await frame();
  }
  await frame();
  return performance.getEntriesByName('redraw').length;
}, [eventsInFrame, frames]);

visit('every move is drawn, and many moves within a frame are drawn once', {}, async (page) => {
  // Once more at the end if a chart had to wait.
  for (const [eventsInFrame, frames] of [[1, 20], [7, 3]]) {
    const redraws = await moves(page, { eventsInFrame, frames });
    assert.ok(redraws === frames || redraws === frames + 1, `${redraws} redraws in ${frames} frames`);
  }
  assert.equal(await moves(page, { eventsInFrame: 0, frames: 10 }), 0, 'the page draws although nothing happens');
});

visit('where drawing is slow the charts take turns, and at the end both show what is set', {}, async (page, { problems }) => {
  await settled(page);
  // Which chart is drawn at which time of a frame while a slider moves, and what the page says of itself when the hand stops.
  const [draws, said] = await page.evaluate(async () => {
    const all = [];
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function slowly(...what) {
      all.push([document.timeline.currentTime, this.canvas.closest('[data-chart]').dataset.chart]);
      for (const begin = performance.now(); performance.now() < begin + 6;);
      drawImage.apply(this, what);
    };
    const track = document.querySelector('[data-slider="mass"]');
    const frame = () => new Promise((next) => { requestAnimationFrame(() => setTimeout(next)); });
    for (let event = 0; event < 21; event += 1) {
      track.valueAsNumber += 0.01;
      track.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
    }
    const { settled: before } = document.documentElement.dataset;
    const during = [...all];
    while (!('settled' in document.documentElement.dataset)) await frame();
    return [during, before];
  });
  assert.equal(said, undefined, 'what waits is not settled');
  assert.equal(new Set(draws.map(([time]) => time)).size, draws.length, 'a frame has one chart');
  for (const chart of CHARTS) assert.ok(draws.filter(([, drawn]) => drawn === chart).length >= 8, `${chart}: ${draws.join(' ')}`);
  // Written of the chart that was drawn last.
  const tables = (of) => of.$$eval('[data-chart] table', (all) => all.map((table) => table.textContent));
  const { hash } = new URL(page.url());
  assert.match(hash, /mass=/);
  const fresh = await site.openPage({ hash: hash.slice(1) });
  await settled(fresh.page);
  assert.deepEqual(await tables(page), await tables(fresh.page));
  problems.push(...fresh.problems);
  await fresh.close();
});
