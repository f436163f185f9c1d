// axe-core finds nothing on any view, theme and width, with everything folded open.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { complaints, opened } from './axe.mjs';
import { openSite, settled, visits } from './support.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

const visit = visits(() => site);

const STATES = {
  'the start': '',
  'the data of Dresden-II with parts': 'view=data&parts=1&quenching=lindhard',
  'the data of COHERENT': 'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6&view=data',
  'the data of XENON1T': 'experiment=xenon1t&flavor=tau&view=data',
  'pins, one of them wrong': 'coupling=2e-7&pins=mass:5;quenching:ybe,mass:heavy&ratio=1',
  'complaints and a flavour without flux': 'flavor=tau&mass=heavy&colour=red',
};

for (const [width, height] of [[1440, 900], [768, 1024], [320, 700]]) {
  for (const theme of ['light', 'dark', 'projector']) {
    visit(`axe finds nothing ${width} px wide, ${theme}`, { hash: `theme=${theme}`, viewport: { width, height } }, async (page) => {
      for (const [name, hash] of Object.entries(STATES)) {
        await page.evaluate((address) => { location.hash = address; }, `theme=${theme}&${hash}`);
        await settled(page);
        // Nothing makes the page scroll sideways.
        assert.deepEqual(await opened(page), { complaints: [], fits: true }, name);
      }
    });
  }
}

for (const name of ['model', 'validation']) {
  visit(`axe finds nothing on the page of the ${name}`, {}, async (page) => {
    await page.goto(`${site.url}${name}.html`);
    assert.deepEqual(await complaints(page), []);
  });
}
