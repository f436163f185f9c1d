// Opens the page with `?bench`, which makes it measure itself, and prints what it writes into `<pre data-bench>`.

import { openSite } from './support.mjs';

const TIMEOUT_MS = 120_000;

const site = await openSite();
try {
  const { page, problems } = await site.openPage({ query: 'bench', ready: false });
  try {
    const result = page.locator('pre[data-bench]:not(:empty)');
    await result.waitFor({ state: 'attached', timeout: TIMEOUT_MS });
    const text = await result.innerText();
    console.log(text);
    // What takes no time at all was not measured: a clock may tick in whole milliseconds.
    const lines = text.split('\n');
    const unmeasured = lines.filter((line) => !(Number(/: ([\d.]+) us$/.exec(line)?.[1]) > 0));
    if (lines.length < 12 || unmeasured.length > 0) throw new Error(`${lines.length} lines, not measured: ${unmeasured.join('; ')}`);
  } catch (error) {
    console.error(`no benchmark on the page: ${error.message}`);
    for (const problem of problems) console.error(`  ${problem}`);
    process.exitCode = 1;
  }
} finally {
  await site.close();
}
