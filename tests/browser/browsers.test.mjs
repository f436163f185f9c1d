// What is left out in Firefox is there to be left out.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';

import { NOT_IN_FIREFOX, test } from './browsers.mjs';

test('every test that is not for Firefox is one of the page tests', async () => {
  const folder = new URL('.', import.meta.url);
  const patterns = [];
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.test.mjs')) continue;
    // Names with gaps, too: what stands in them may be anything.
    for (const [, , title] of (await readFile(new URL(name, folder), 'utf8')).matchAll(/(?:visit|test|kept|opened|alone)\((['`])(.*?)\1,/g)) {
      patterns.push(new RegExp(`^${title.split(/\$\{.*?\}/).map((part) => part.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')).join('.*')}$`));
    }
  }
  assert.ok(patterns.length > 150, `${patterns.length} tests`);
  assert.deepEqual([...NOT_IN_FIREFOX.keys()].filter((name) => !patterns.some((pattern) => pattern.test(name))), []);
});
