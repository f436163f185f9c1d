// Pictures of the page for people to look at: `cargo xtask screenshots` writes them to target/screenshots/, and those of the manual to docs/.

import { fileURLToPath } from 'node:url';
import { ROOT, openSite, settled } from './support.mjs';

// What to show: a name for the file, and the state in the address.
const STATES = [
  ['start', ''],
  ['recoil-parts', 'parts=1&coupling=3e-7'],
  ['dresden-data', 'view=data'],
  ['coherent-data', 'experiment=coherent-csi&flavor=mu&view=data&mass=20&coupling=1e-6'],
  ['xenon-data', 'experiment=xenon1t&flavor=tau&view=data&coupling=1e-6'],
  ['no-flavor', 'flavor=tau'],
  ['bad-address', 'mass=-1&colour=red'],
  ['projector', 'theme=projector&view=data'],
];

const VIEWPORTS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
  { width: 320, height: 700 },
];

// Pictures of docs/USAGE.md: name, address, and what the hand does then.
const MANUAL = [
  ['tour', '', async (page) => {
    await page.click('[data-guide] summary');
    for (let step = 0; step < 2; step += 1) await page.click('[data-way="next"]');
  }],
  ['pins', 'view=data&pins=quenching:ybe;quenching:lindhard', async () => {}],
  ['curve', 'mass=2', async (page) => {
    const { x, y, width, height } = await page.locator('[data-chart="exclusion"] canvas').boundingBox();
    // On SN1987A.
    await page.mouse.move(x + 0.45 * width, y + 0.51 * height);
    await page.mouse.move(x + 0.45 * width, y + 0.52 * height);
  }],
  ['lecture', 'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6&view=data', async (page) => { await page.click('[data-modes]'); }],
];

async function manual(site) {
  for (const [name, hash, act] of MANUAL) {
    const { page, close } = await site.openPage({ hash, viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    await act(page);
    await settled(page);
    const path = fileURLToPath(new URL(`docs/${name}.png`, ROOT));
    await page.screenshot({ path });
    console.log(path);
    await close();
  }
}

const site = await openSite();
try {
  await manual(site);
  for (const [name, hash] of STATES) {
    for (const viewport of VIEWPORTS) {
      for (const colorScheme of ['light', 'dark']) {
        const { screenshot, problems, close } = await site.openPage({ hash, viewport, colorScheme });
        console.log(await screenshot(`${name}-${viewport.width}x${viewport.height}-${colorScheme}`));
        for (const problem of problems) console.warn(`  ${problem}`);
        await close();
      }
    }
  }
} finally {
  await site.close();
}
