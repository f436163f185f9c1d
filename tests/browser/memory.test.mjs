// A lecture takes an hour, and a slider speaks sixty times a second: nothing that happens may leave anything behind.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

// Of what every event leaves behind, in bytes. A closure that nobody frees is about 200.
const MOST_PER_EVENT = 20;

// Moves the sliders to and fro among few places, many times within each frame, as fast as the page can hear it.
const slide = (page, { frames, eventsInFrame }) => page.evaluate(async ([count, perFrame]) => {
  const tracks = ['mass', 'coupling', 'flux'].map((name) => document.querySelector(`[data-slider="${name}"]`));
  const start = tracks.map((track) => track.valueAsNumber);
  for (let frame = 0; frame < count; frame += 1) {
    for (let event = 0; event < perFrame; event += 1) {
      const which = event % tracks.length;
      tracks[which].valueAsNumber = start[which] + 0.01 * ((frame + event) % 5);
      tracks[which].dispatchEvent(new Event('input', { bubbles: true }));
    }
    await new Promise((done) => { requestAnimationFrame(done); });
  }
  tracks.forEach((track, which) => {
    track.valueAsNumber = start[which];
    track.dispatchEvent(new Event('input', { bubbles: true }));
  });
}, [frames, eventsInFrame]);

// Bytes in use: the heap of the scripts after two collections, and the memory of the program, which never shrinks.
async function memory(page, session) {
  await settled(page);
  await page.evaluate(() => { performance.clearMeasures(); performance.clearMarks(); });
  for (let time = 0; time < 2; time += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const program = await page.evaluate(async () => {
    // The glue is there already, and started twice it gives what it gave.
    const { default: started } = await import(document.querySelector('link[rel="modulepreload"]').href);
    return (await started()).memory.buffer.byteLength;
  });
  return { scripts: usedSize, program };
}

visit('events of sliders leave nothing behind', {}, async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  // What is made once is made by then.
  await slide(page, { frames: 50, eventsInFrame: 20 });
  await slide(page, { frames: 50, eventsInFrame: 20 });
  const before = await memory(page, session);
  const events = 10_000;
  await slide(page, { frames: events / 50, eventsInFrame: 50 });
  const after = await memory(page, session);
  for (const heap of ['scripts', 'program']) {
    const left = (after[heap] - before[heap]) / events;
    assert.ok(left < MOST_PER_EVENT, `${left} bytes of the ${heap} for each event`);
  }
});

// Counts closures that the program hands to the browser, from before its start: every one is registered to be freed.
const countClosures = () => {
  globalThis.closures = 0;
  const { register } = FinalizationRegistry.prototype;
  FinalizationRegistry.prototype.register = function counted(...what) {
    globalThis.closures += 1;
    return register.apply(this, what);
  };
};

visit('no closure is made for an event', { prepare: (page) => page.addInitScript(countClosures) }, async (page) => {
  const closures = () => page.evaluate(() => globalThis.closures);
  await settled(page);
  const before = await closures();
  assert.ok(before > 20, `${before} closures: they are not counted`);
  await slide(page, { frames: 40, eventsInFrame: 50 });
  await settled(page);
  assert.equal(await closures(), before);
});
