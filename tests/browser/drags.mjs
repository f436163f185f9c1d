// What a redraw, of one chart or both, costs the script while a slider is dragged, in the browser that PAGE_BROWSER names: chromium, firefox or webkit.
// `cargo xtask bench` prints it for each. Firefox and WebKit have clocks that tick in whole milliseconds.

const PAGES = 3;
const EVENTS = 150;
const SIZE = { width: 1440, height: 900 };
const EVERY_EXPERIMENT = 'add=conus-plus,xenonnt-s2,coherent-lar,xenonnt-er,lz-er';
const DRAGS = [
  ['mass', ''],
  ['coupling', ''],
  ['mass', 'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6&view=data'],
  // What if: the limit that is expected follows, and so does its curve.
  ['dresden-ii.exposure', 'dresden-ii.exposure=964'],
  // With every curve there is in view.
  ['mass', EVERY_EXPERIMENT],
  ['coupling', EVERY_EXPERIMENT],
  ['flux', EVERY_EXPERIMENT],
];

// Runs in the page: moves a slider to and fro at 60 events a second, and gives the times in ms that the redraws of it took, in all and for drawing alone.
async function dragInPage([name, events]) {
  const times = { redraw: [], draw: [] };
  const watch = new PerformanceObserver((list) => { for (const { name: what, duration } of list.getEntries()) times[what]?.push(duration); });
  watch.observe({ type: 'measure' });
  const track = document.querySelector(`[data-slider="${name}"]`);
  const start = track.valueAsNumber;
  for (let event = 0; event < events; event += 1) {
    track.valueAsNumber = start + 0.5 * Math.sin(event / 15);
    track.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((next) => { setTimeout(next, 1000 / 60); });
  }
  await new Promise((next) => { requestAnimationFrame(() => setTimeout(next)); });
  watch.disconnect();
  return times;
}

const inWebKit = async (work) => {
  const { open, openSite } = await import('./webkit/site.mjs');
  const site = await openSite();
  const settled = () => site.browser.run(async () => {
    while (!('settled' in document.documentElement.dataset)) await new Promise((next) => { setTimeout(next, 50); });
  });
  try {
    await work(async (hash, drag) => {
      await open(site, hash && `#${hash}`, SIZE);
      await settled();
      return site.browser.run(dragInPage, drag);
    });
  } finally {
    await site.close();
  }
};

const inPlaywright = async (work) => {
  const { openSite, settled } = await import('./support.mjs');
  const site = await openSite();
  try {
    await work(async (hash, drag) => {
      const { page, close } = await site.openPage({ hash, viewport: SIZE });
      await settled(page);
      const times = await page.evaluate(dragInPage, drag);
      await close();
      return times;
    });
  } finally {
    await site.close();
  }
};

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
const summary = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, time) => sum + time, 0) / sorted.length;
  return `mean ${mean.toFixed(1)}, median ${quantile(sorted, 0.5).toFixed(1)}, 95th percentile ${quantile(sorted, 0.95).toFixed(1)} ms`;
};

const browser = process.env.PAGE_BROWSER ?? 'chromium';
await (browser === 'webkit' ? inWebKit : inPlaywright)(async (measure) => {
  for (const [name, hash] of DRAGS) {
    const all = { redraw: [], draw: [] };
    for (let page = 0; page < PAGES; page += 1) {
      const times = await measure(hash, [name, EVENTS]);
      for (const what of Object.keys(all)) all[what].push(...times[what]);
    }
    if (all.redraw.length < EVENTS) throw new Error(`${browser}: ${all.redraw.length} redraws for ${PAGES * EVENTS} events`);
    console.log(`${browser}, dragging ${name}, #${hash}: ${all.redraw.length} redraws: ${summary(all.redraw)}; drawing alone: ${summary(all.draw)}`);
  }
});
