// "Compute precisely": workers compute what takes longer than a frame, and the page stays at the visitor's hand. Workers are kept
// for the next run, never more than there are cores, and ended after half a minute of nothing to do.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { saved, test } from './browsers.mjs';
import { assertClose, commandLine } from './numbers.mjs';
import { drawn, eventually, openSite, settled, slider, type, visits } from './support.mjs';

// Longer than the pool takes to notice a dead worker, on a busy machine.
const WORK_TIMEOUT_MS = 60_000;

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const START = '[data-precise]';
const CANCEL = '[data-cancel]';

const status = (page) => page.textContent('[data-work-status]');
// What is wrong, where the computation is.
const problem = (page) => page.locator('[data-problem="work"]').innerText();

// What a click asks for is on the page from the next frame on: without that, a run is taken as ended before it is seen to begin.
async function start(page) {
  await page.locator(START).click();
  // With the first click the page goes on in the workshop.
  await page.waitForSelector('html[data-workshop]');
  await drawn(page);
}

async function cancel(page) {
  await page.locator(CANCEL).click();
  await drawn(page);
}

// Waits until a run that has been started has ended by itself.
async function done(page) {
  await page.locator(CANCEL).waitFor({ state: 'hidden', timeout: WORK_TIMEOUT_MS });
  assert.equal(await status(page), 'curves on 200 masses are drawn');
}

// The workers there are: never more than the machine has cores. One that is ended in the middle of a loop takes a moment to go.
async function workers(page) {
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await eventually(() => assert.ok(page.workers().length <= cores, `${page.workers().length} workers for ${cores} cores`));
  return page.workers();
}

// Waits until a run has its first results.
async function running(page) {
  await eventually(async () => assert.match(await status(page), /^[1-9]\d* of \d+/));
}

const table = (page) => page.$$eval('[data-chart="exclusion"] tr', (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
const picture = (page) => page.locator('[data-chart="exclusion"] canvas').evaluate((canvas) => canvas.toDataURL());

visit('the precise curves are those of the command line, and the map of chi-square appears under them', {}, async (page) => {
  const before = await picture(page);
  await start(page);
  await done(page);
  await drawn(page);
  assert.notEqual(await picture(page), before);
  await eventually(async () => {
    const [head, ...rows] = await table(page);
    const column = head.indexOf('Dresden-II [GeV⁻¹]');
    assert.ok(column > 0, head.join(', '));
    const masses = rows.map(([mass]) => Number(mass));
    // The precise grid: 200 masses over four decades.
    assertClose(masses[0], 0.01, 1e-5);
    const steps = Math.log10(masses[1] / masses[0]) / (4 / 199);
    assertClose(steps, Math.round(steps), 1e-3);
    const { coupling_per_GeV: limits } = await commandLine('limit', '--experiment', 'dresden-ii', '--flavor', 'e', '--mass', masses.join(','));
    for (const [row, limit] of limits.entries()) {
      if (limit !== null && limit < 1e-3) assertClose(Number(rows[row][column]), limit, 1e-3);
    }
  });
});

visit('sliders are drawn at once while the workers work', {}, async (page) => {
  await start(page);
  await running(page);
  const before = await page.textContent('[data-fact="totals.dipole_nucleus"]');
  await slider(page, 'coupling').press('ArrowRight');
  await drawn(page);
  assert.notEqual(await page.textContent('[data-fact="totals.dipole_nucleus"]'), before);
  await done(page);
});

// With our own curves switched off, the map is all that changes in the plane.
const NO_CURVES = { hash: 'curves=dresden-ii,coherent-csi,xenon1t,pandax-4t' };

visit('cancelling ends the run at once and leaves nothing of it, and the next run starts afresh', NO_CURVES, async (page) => {
  assert.equal(await page.locator(CANCEL).isVisible(), false);
  await settled(page);
  const before = await picture(page);
  await start(page);
  await running(page);
  assert.equal(await page.locator(CANCEL).isVisible(), true);
  assert.ok((await workers(page)).length > 0);
  await eventually(async () => assert.notEqual(await picture(page), before));
  await cancel(page);
  assert.equal(await status(page), 'cancelled');
  assert.equal(await page.locator(CANCEL).isVisible(), false);
  assert.equal(await page.locator('[data-progress]').isVisible(), false);
  await settled(page);
  assert.equal(await picture(page), before, 'no fragment of the map stays');
  // What was on its way when it was cancelled must not be heard any more.
  await pause(1000);
  assert.equal(await picture(page), before);
  assert.equal(await status(page), 'cancelled');
  await start(page);
  await done(page);
  await workers(page);
});

visit('starting again and again keeps one set of workers', {}, async (page) => {
  await start(page);
  for (let click = 0; click < 5; click += 1) await page.locator(START).click();
  await running(page);
  const first = await workers(page);
  await done(page);
  await start(page);
  await done(page);
  assert.deepEqual(await workers(page), first, 'the second run has the workers of the first');
});

visit('starting and cancelling again and again leaves no workers behind', {}, async (page) => {
  for (let round = 0; round < 20; round += 1) {
    await start(page);
    // Some runs are ended before the first word of a worker, some in the middle.
    if (round % 4 === 3) await running(page);
    await cancel(page);
    await eventually(() => workers(page));
  }
  await pause(1000);
  await workers(page);
  await start(page);
  await done(page);
  await workers(page);
});

visit('workers that have nothing to do are ended after a while, and come back', {}, async (page) => {
  await page.clock.install();
  await start(page);
  await done(page);
  assert.ok((await workers(page)).length > 0);
  await page.clock.runFor(45_000);
  await eventually(() => assert.equal(page.workers().length, 0));
  assert.equal(await status(page), 'curves on 200 masses are drawn');
  await start(page);
  await eventually(() => assert.ok(page.workers().length > 0));
  await done(page);
});

visit('a page whose workers are refused says so where they are asked for, and can be asked again', {}, async (page, { problems }) => {
  await page.evaluate(() => {
    globalThis.Sound = Worker;
    globalThis.Worker = function refused() { throw new DOMException('no workers here', 'SecurityError'); };
  });
  await start(page);
  await eventually(async () => assert.match(await problem(page), /does not let the page start workers/));
  assert.equal(await page.locator(CANCEL).isVisible(), false);
  assert.equal(await status(page), '', 'nothing is starting');
  const verdict = await page.textContent('[data-verdict]');
  await slider(page, 'coupling').press('End');
  await drawn(page);
  assert.notEqual(await page.textContent('[data-verdict]'), verdict);
  await page.evaluate(() => { globalThis.Worker = globalThis.Sound; });
  await start(page);
  await done(page);
  assert.deepEqual(problems, []);
});

visit('workers whose program does not load end in a reason, not in a start for ever', {}, async (page, { problems }) => {
  // As when a policy forbids the worker: an error event without a message.
  await page.route('**/worker.js*', (route) => route.abort());
  await start(page);
  await eventually(async () => assert.match(await problem(page), /workers could not be loaded/));
  assert.equal(await page.locator(CANCEL).isVisible(), false);
  await page.unroute('**/worker.js*');
  problems.length = 0;
  await start(page);
  await done(page);
});

visit('a job that cannot be computed is a sentence on the page, and the console stays clean', {}, async (page) => {
  // Every job asks for 1000 masses more than there are: their number is the last field of the message, 1000 the bytes e8 07.
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function corrupt(message, ...rest) {
      const job = message instanceof Uint8Array;
      return post.call(this, job ? Uint8Array.from([...message.slice(0, -1), 0xe8, 0x07]) : message, ...rest);
    };
  });
  await start(page);
  await page.locator(CANCEL).waitFor({ state: 'hidden', timeout: WORK_TIMEOUT_MS });
  assert.match(await problem(page), /^masses: got \d+ \+ 1000, allowed: 200 in all/);
});

visit('a worker that hangs is replaced, and the work is finished without it', {}, async (page) => {
  await start(page);
  await eventually(() => assert.ok(page.workers().length > 0));
  await page.workers()[0].evaluate(() => { setTimeout(() => { for (;;); }); });
  await done(page);
  await workers(page);
});

visit('a worker that dies in the middle of its work is replaced, and the work is finished without it', {}, async (page, { problems }) => {
  await start(page);
  await eventually(() => assert.ok(page.workers().length > 0));
  await page.workers()[0].evaluate(() => { Date.now = () => { throw new Error('the clock has stopped'); }; });
  await done(page);
  await workers(page);
  // Those who look into the console find it there.
  assert.ok(problems.every((problem) => problem.includes('the clock has stopped')), problems.join('\n'));
  problems.length = 0;
});

visit('curves of other settings do not appear as precise ones', {}, async (page) => {
  await start(page);
  await done(page);
  await settled(page);
  const precise = await picture(page);
  await type(page, 'cl', '0.99');
  await eventually(async () => assert.notEqual(await picture(page), precise));
  assert.equal(await status(page), '', 'no precise curves are drawn at these settings');
  await eventually(async () => {
    const [head, ...rows] = await table(page);
    const column = head.indexOf('Dresden-II [GeV⁻¹]');
    const limits = await commandLine('limit', '--experiment', 'dresden-ii', '--flavor', 'e', '--cl', '0.99', '--mass', rows.map(([mass]) => mass).join(','));
    assertClose(Number(rows[0][column]), limits.coupling_per_GeV[0], 1e-3);
  });
  await type(page, 'cl', '0.9');
  await eventually(async () => assert.equal(await picture(page), precise));
  assert.equal(await status(page), 'curves on 200 masses are drawn');
});

visit('who cancels by keyboard keeps a place on the page', {}, async (page) => {
  await page.locator(START).press('Enter');
  await running(page);
  await page.locator(CANCEL).press('Enter');
  await drawn(page);
  assert.equal(await status(page), 'cancelled');
  assert.equal(await page.evaluate(() => document.activeElement === document.body), false);
});

visit('a screen reader hears what the progress bar is about', {}, async (page) => {
  await start(page);
  await page.locator('[data-progress]').waitFor();
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const bars = nodes.filter((node) => node.role?.value === 'progressbar' && !node.ignored);
  assert.equal(bars.length, 1);
  assert.notEqual(bars[0].name?.value ?? '', '');
  await done(page);
});

visit('what is cancelled leaves the curves of an earlier run, and the page says both', {}, async (page) => {
  await start(page);
  await done(page);
  await start(page);
  await running(page);
  await cancel(page);
  assert.equal(await status(page), 'cancelled; curves on 200 masses are drawn');
});

// The workers divide the work as it comes: what they have computed must not show how many they were.
test('curves and map are the same to the last byte with one, two and four workers', async () => {
  const files = [];
  for (const count of [1, 2, 4]) {
    const opened = await site.openPage({
      hash: 'experiment=coherent-csi&flavor=mu&mass=20',
      prepare: (page) => page.addInitScript((cores) => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => cores }), count),
    });
    const { page } = opened;
    try {
      await start(page);
      await eventually(() => assert.ok(page.workers().length <= count));
      await done(page);
      const save = async (asked) => {
        const { bytes } = await saved(page, () => page.evaluate((what) => document.querySelector(`[data-take="${what}"]`).click(), asked));
        return bytes.toString();
      };
      files.push(await save('plane csv') + await save('plane svg'));
      assert.deepEqual(opened.problems, []);
    } finally {
      await opened.close();
    }
  }
  assert.ok(files[0].length > 50_000, `${files[0].length} bytes`);
  assert.ok(files[1] === files[0] && files[2] === files[0]);
});
