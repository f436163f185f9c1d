// Takes comments, spaces and long names out of the page, the scripts and the style sheet that trunk has put together. Trunk runs it
// as its last step, in the directory that becomes dist/; its own minifier does not read today's scripts.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { shortenImports } from './imports.mjs';
import { languages, saidIn, translated, translatedPage, wordsOf } from './languages.mjs';
import { BUILD, addBuild } from './offline.mjs';

// The package is where `cargo xtask` puts it, which is not where Node.js would look.
const { transform } = createRequire(new URL('../../target/tools/npm/package.json', import.meta.url))('esbuild');

const site = process.env.TRUNK_STAGING_DIR;
const spoken = await languages(join(process.env.TRUNK_SOURCE_DIR, 'www'));

// Before anything is hashed.
await shortenImports(site);

// What the page fetches on demand has no hash in its name: its address gets that of the build in the page that names it.
const ON_DEMAND = ['workshop.js', 'drawers.js', 'guide.js', 'modes.js', 'notes.js', 'offline.js', 'tables.txt', 'model.css'];
// Tables that the page fetches when it shows another flavour than the first: those that `build.rs` keeps for later.
const limits = join(process.env.TRUNK_SOURCE_DIR, 'data', 'limits');
const later = [];
for (const file of (await readdir(limits)).sort()) {
  const text = await readFile(join(limits, file), 'utf8');
  const flavors = /^# flavor: (.*)$/m.exec(text)[1].split(', ');
  if (!flavors.some((flavor) => ['e', 'universal'].includes(flavor))) later.push(`### limits/${file.replace('.csv', '')}\n${text.replace(/^# (convention|units|licence): .*\n/gm, '')}`);
}
// With an end, so that a part of it is not taken for the whole.
await writeFile(join(site, 'tables.txt'), `${later.join('')}### end\n`);

// The sources on the page of the model are those in the headers of the tables.
async function sources() {
  const data = join(process.env.TRUNK_SOURCE_DIR, 'data');
  const tables = (await readdir(data, { recursive: true })).filter((name) => name.endsWith('.csv')).sort();
  const text = (words = '') => words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  const rows = await Promise.all(tables.map(async (name) => {
    const header = Object.fromEntries([...(await readFile(join(data, name), 'utf8')).matchAll(/^# ([a-z-]+): (.*)$/gm)].map(([, key, value]) => [key, value]));
    const source = header.link ? `<a href="${text(header.link)}">${text(header.source)}</a>` : text(header.source);
    return `<tr><td>${text(name.replace('.csv', ''))}</td><td>${text(header.title)}${header.kind === 'projection' ? ', projection' : ''}</td><td>${source}${header.status ? `; ${text(header.status)}` : ''}</td></tr>`;
  }));
  return rows.join('\n');
}

// Texts that the live page or a script says stand in it as they are. What only the workshop says comes with it, and so does what is said of a table alone: those that ship are
// sound, and any other one is read by the workshop.
const code = join(process.env.TRUNK_SOURCE_DIR, 'src');
const said = await Promise.all((await readdir(code, { recursive: true })).filter((name) => name.endsWith('.rs')).map(async (name) => [name, saidIn(await readFile(join(code, name), 'utf8'))]));
const speakers = await Promise.all((await readdir(site)).filter((name) => /^explorer.*\.wasm$|\.js$/.test(name) && !name.startsWith('workshop')).map((name) => readFile(join(site, name))));
const isOfTables = (name) => /^(data.(table|inputs)|experiment.(spec.|scintillation|pulse_shape|response|runs)|physics.(matter.|detector.photoelectrons|source.sns))/.test(name);
const [ofTables, elsewhere] = [true, false].map((of) => new Set(said.filter(([name]) => isOfTables(name) === of).flatMap(([, texts]) => texts)));
const isSaidAtFirst = (english) => (elsewhere.has(english) || !ofTables.has(english)) && speakers.some((speaker) => speaker.includes(english) || speaker.includes(english.replace(/'/g, "\\'")));

for (const name of await readdir(site)) {
  const loader = extname(name).slice(1);
  const path = join(site, name);
  // No text of the page hangs on an indentation.
  if (loader === 'html') {
    let text = (await readFile(path, 'utf8')).replace(/<!--[^]*?-->/g, '').replace(/\n\s+/g, '\n');
    for (const asked of ON_DEMAND) text = text.replace(`"${asked}"`, `"${asked}?${BUILD}"`);
    if (/^model\./.test(name)) text = text.replace('<tbody data-sources>', `<tbody data-sources>${await sources()}`);
    await writeFile(path, text);
    if (name === 'drawers.html') for (const language of spoken) await writeFile(join(site, `drawers.${language.language}.html`), translated(text, language));
    if (name === 'index.html') {
      for (const language of spoken) {
        const more = `words.${language.language}.txt`;
        // The point is the end, by which the page knows that it has all of it.
        await writeFile(join(site, more), `${wordsOf(language)}\n.`);
        await writeFile(join(site, `${language.language}.html`), translatedPage(text, language, isSaidAtFirst, `${more}?${BUILD}`));
      }
    }
  }
  if (!['js', 'css'].includes(loader)) continue;
  // What runs is what was tested: nothing is rewritten for older browsers.
  const { code, warnings } = await transform(await readFile(path, 'utf8'), { loader, minify: true, target: 'esnext', legalComments: 'none' });
  if (warnings.length > 0) throw new Error(`${name}: ${warnings.map(({ text }) => text).join('; ')}`);
  await writeFile(path, code);
}

// When everything is as it will be.
await addBuild(site);
