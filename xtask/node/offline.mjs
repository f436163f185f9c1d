// The build: one hash over all files, which every address that a page asks for has in it, so that nothing of one build is ever taken for that of another; and the service worker with the
// list of the files (www/service-worker.js).

import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

// Stands for the hash of the build until that is known.
export const BUILD = '@build@';

const WORKER = 'service-worker.js';
const TEXTS = ['.css', '.html', '.js', '.txt'];
// The hash that trunk gives to a file.
const HASH = /-[0-9a-f]{8,}(?=(_bg)?\.\w+$)/;

// What the build consists of; hosts keep names with a dot at their beginning to themselves.
const filesOf = async (site) => (await readdir(site)).filter((name) => name !== WORKER && !name.startsWith('.')).sort();

async function hashOf(site, names) {
  const hash = createHash('sha256');
  for (const name of [...names, WORKER]) {
    const bytes = await readFile(join(site, name));
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

export async function addBuild(site) {
  const names = await filesOf(site);
  const build = await hashOf(site, names);
  const changes = names.map((name) => [name, name.replace(HASH, `-${build}`)]).filter(([old, name]) => old !== name);
  for (const name of names.filter((each) => TEXTS.includes(extname(each)))) {
    const text = await readFile(join(site, name), 'utf8');
    await writeFile(join(site, name), changes.reduce((changed, [from, to]) => changed.replaceAll(from, to), text.replaceAll(BUILD, build)));
  }
  for (const [from, to] of changes) await rename(join(site, from), join(site, to));

  const files = {};
  for (const name of await filesOf(site)) files[name] = `sha256-${createHash('sha256').update(await readFile(join(site, name))).digest('base64')}`;
  const worker = join(site, WORKER);
  await writeFile(worker, `self.BUILT=${JSON.stringify({ build, files })};\n${await readFile(worker, 'utf8')}`);
}
