// Pictures of the page for people to look at: `cargo xtask screenshots` writes them to target/screenshots/.

import { openSite } from './support.mjs';

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

const site = await openSite();
try {
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
