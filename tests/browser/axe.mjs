// axe-core on a page.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { ROOT, drawn } from './support.mjs';

const axe = await readFile(createRequire(new URL('target/tools/npm/package.json', ROOT)).resolve('axe-core/axe.min.js'), 'utf8');

// What axe complains about: rule, place and reason.
export async function complaints(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}

// The same with everything folded open; and whether the page is as narrow as the window then.
export async function opened(page) {
  for (const drawer of await page.locator('details:visible').all()) await drawer.evaluate((details) => { details.open = true; });
  await page.waitForSelector('[data-tour]');
  await drawn(page);
  return { complaints: await complaints(page), fits: await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth) };
}
