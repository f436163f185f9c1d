// Other builds of the page than that in dist/, and servers that lose files.

import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import { BUILD, addBuild } from '../../xtask/node/offline.mjs';
import { DIST } from './support.mjs';

// Of which build a page is.
export const buildOf = (page) => page.$eval('[data-offline]', ({ dataset }) => dataset.offline.replace(/.*\?/, ''));

// The hash and the files that the service worker of a folder knows.
export async function built(folder) {
  const [head] = (await readFile(join(folder, 'service-worker.js'), 'utf8')).split('\n');
  return JSON.parse(/^self\.BUILT=(.*);$/.exec(head)[1]);
}

// A folder with the page of dist/ as one more build, made as the build makes it. `change(name, text)` gives the new text of a file.
export async function anotherBuild(change) {
  const folder = await mkdtemp(join(tmpdir(), 'dipole-portal-'));
  await cp(DIST, folder, { recursive: true });
  const { build } = await built(folder);
  for (const name of await readdir(folder)) {
    if (!['.js', '.html', '.css', '.txt'].includes(extname(name))) continue;
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    const plain = name === 'service-worker.js' ? text.slice(text.indexOf('\n') + 1) : text;
    await writeFile(path, change(name, plain.replaceAll(build, BUILD)));
  }
  await addBuild(folder);
  return folder;
}

// A server in front of another at `port`, which answers for one file as `spoil(response, bytes)` does. Resolves once it listens.
export async function spoiled(port, upstream, isSpoiled, spoil) {
  const server = createServer(async (request, response) => {
    try {
      const answer = await fetch(new URL(request.url, upstream));
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (isSpoiled(request.url)) spoil(response, bytes);
      else response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type'), 'Cache-Control': 'no-store' }).end(bytes);
    } catch {
      // The test has ended.
      response.destroy();
    }
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  return {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
