// Opens the page with `?bench`, which makes it measure itself, and prints what it writes into `<pre data-bench>`.

import { openSite } from './support.mjs';

const TIMEOUT_MS = 120_000;

const site = await openSite();
try {
  const { page, problems } = await site.openPage({ query: 'bench', ready: false });
  try {
    const result = page.locator('pre[data-bench]:not(:empty)');
    await result.waitFor({ state: 'attached', timeout: TIMEOUT_MS });
    console.log(await result.textContent());
  } catch (error) {
    console.error(`no benchmark on the page: ${error.message}`);
    for (const problem of problems) console.error(`  ${problem}`);
    process.exitCode = 1;
  }
} finally {
  await site.close();
}
