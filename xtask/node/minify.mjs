// Takes comments, spaces and long names out of the page, the scripts and the style sheet that trunk has put together. Trunk runs it
// as its last step, in the directory that becomes dist/; its own minifier does not read today's scripts.

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

// The package is where `cargo xtask` puts it, which is not where Node.js would look.
const { transform } = createRequire(new URL('../../target/tools/npm/package.json', import.meta.url))('esbuild');

const site = process.env.TRUNK_STAGING_DIR;

// The program of what is taken away has no hash in its name: its address gets one in the page that names it.
const takeaway = createHash('sha256').update(await readFile(join(site, 'takeaway.js'))).update(await readFile(join(site, 'takeaway_bg.wasm'))).digest('hex').slice(0, 16);

for (const name of await readdir(site)) {
  const loader = extname(name).slice(1);
  const path = join(site, name);
  // No text of the page hangs on an indentation.
  if (loader === 'html') await writeFile(path, (await readFile(path, 'utf8')).replace(/<!--[^]*?-->/g, '').replace(/\n\s+/g, '\n').replace('"takeaway.js"', `"takeaway.js?${takeaway}"`));
  if (!['js', 'css'].includes(loader)) continue;
  // What runs is what was tested: nothing is rewritten for older browsers.
  const { code, warnings } = await transform(await readFile(path, 'utf8'), { loader, minify: true, target: 'esnext', legalComments: 'none' });
  if (warnings.length > 0) throw new Error(`${name}: ${warnings.map(({ text }) => text).join('; ')}`);
  await writeFile(path, code);
}
