// axe-core on a page.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { ROOT } from './support.mjs';

const axe = await readFile(createRequire(new URL('target/tools/npm/package.json', ROOT)).resolve('axe-core/axe.min.js'), 'utf8');

// What axe complains about: rule, place and reason.
export async function complaints(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}
