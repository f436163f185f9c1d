// The page as one file with everything in it, for a stick or a mail: opened by a double click, without a server. Made of dist/, one file for each language, as there; each has a link to
// the others beside it.
//
//   node xtask/node/single_file.mjs DIST FOLDER

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

// The package is where `cargo xtask` puts it, which is not where Node.js would look.
const { build } = createRequire(new URL('../../target/tools/npm/package.json', import.meta.url))('esbuild');

const [site, folder] = process.argv.slice(2).map((path) => resolve(path));
const names = await readdir(site);
const read = (name) => readFile(join(site, name), 'utf8');
const one = (pattern) => names.find((name) => pattern.test(name));

const STYLE = one(/^style-/);
const START = one(/^start-/);
const GLUE = one(/^explorer-.*\.js$/);
const PROGRAM = one(/^explorer-.*\.wasm$/);
// What stands in the document itself, is of no use without a server, or is for tests alone.
const APART = [STYLE, START, 'worker.js', 'service-worker.js', 'offline.js', 'fuzz.js', /^offer\./];
const isAsked = (name) => !APART.some((apart) => (apart.test ? apart.test(name) : apart === name));
const TYPES = { '.css': 'text/css', '.html': 'text/html', '.txt': 'text/plain', '.wasm': 'application/wasm' };

const PAGES = { 'index.html': 'dipole-portal-explorer.html' };
for (const name of names) if (/^[a-z]{2}\.html$/.test(name)) PAGES[name] = `dipole-portal-explorer.${name}`;

function replaced(text, from, to) {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`${from} is not in the page`);
  return result;
}

// One script of several. What stands in a document must not end its element, nor hide its end.
async function bundled(options, plugins = []) {
  const { outputFiles, warnings } = await build({ ...options, plugins, bundle: true, write: false, minify: true, target: 'esnext', legalComments: 'none', charset: 'utf8' });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('; '));
  const text = outputFiles[0].text.trim();
  if (/<!--|<\/?script/i.test(text)) throw new Error('the script cannot stand in a document');
  return text;
}

// Where a document of a file may have no module as a worker, it is one script with the program's glue.
const asWorker = replaced(await read('worker.js'), /\bimport\(\w+\)/, 'import("./workshop.js")');
const worker = await bundled({ stdin: { contents: asWorker, resolveDir: site }, format: 'iife', define: { 'import.meta.url': '""' } });

const modules = names.filter((name) => extname(name) === '.js' && isAsked(name)).map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(join(site, name))})`);
const made = {
  name: 'made',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(modules|worker)$/ }, ({ path }) => ({ path, namespace: 'made' }));
    onLoad({ filter: /^modules$/, namespace: 'made' }, () => ({ contents: `export const modules = {${modules}};`, resolveDir: site }));
    onLoad({ filter: /^worker$/, namespace: 'made' }, () => ({ contents: worker, loader: 'text' }));
  },
};
const entry = [fileURLToPath(new URL('within.js', import.meta.url)), join(site, START)].map((path) => `import ${JSON.stringify(path)};`).join('\n');
const script = await bundled({ stdin: { contents: entry, resolveDir: site }, format: 'esm' }, [made]);
const style = (await read(STYLE)).trim();
const styleOfDocuments = (await read('model.css')).trim();

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = (rules) => `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${rules}; base-uri 'none'; form-action 'none'">`;
const withPolicy = (html, rules) => replaced(html, /<meta http-equiv="Content-Security-Policy"[^>]*>/, () => policy(rules));
const withStyle = (html, css) => replaced(html, /<link rel="stylesheet"[^>]*>/, () => `<style>${css}</style>`);

// A document beside the page, as it is but for what it would fetch. The way back is to close it.
async function document(name) {
  return replaced(withPolicy(withStyle(await read(name), styleOfDocuments), `style-src ${hashOf(styleOfDocuments)}`), /<a href="[^"]*">(Dipole Portal Explorer)<\/a>/, '$1');
}

const texts = new Map();
for (const name of names.filter((each) => extname(each) in TYPES && isAsked(each) && !(each in PAGES))) {
  const isDocument = /^model\..*html$/.test(name);
  const bytes = isDocument ? await document(name) : await readFile(join(site, name));
  texts.set(name, `<script type="${TYPES[extname(name)]}" data-file="${name}">${gzipSync(bytes, { level: 9 }).toString('base64')}</script>`);
}

// Files of one language are of no use to the page in another.
const isFor = (language, name) => {
  const of = /^(?:drawers|guide|notes|model|words)\.(?:([a-z]{2})\.)?(?:html|txt)$/.exec(name);
  return !of || (of[1] ?? 'en') === language;
};

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const [page, file] of Object.entries(PAGES)) {
  let html = await read(page);
  const [, language] = /<html lang="(\w+)">/.exec(html);
  html = withStyle(html, style);
  // The policy is that of the documents, too, which the page makes.
  html = withPolicy(html, `script-src ${hashOf(script)} 'wasm-unsafe-eval'; style-src ${hashOf(style)} ${hashOf(styleOfDocuments)}; img-src data: blob:; worker-src blob:`);
  // Names, which nothing fetches.
  html = replaced(html, /<link rel="modulepreload"[^>]*>/, `<link href="${GLUE}" data-wasm="${PROGRAM}">`);
  html = replaced(html, / data-offline="[^"]*"/, '');
  // That a file cannot run is not true of this one.
  html = replaced(html, /(<p class="late">[^.]*\.[^.]*\.)[^]*?<\/p>/, '$1</p>');
  html = html.replace(/(<a hreflang="\w+" lang="\w+" href=")([^"]*)"/g, (_, before, href) => `${before}${PAGES[href === './' ? 'index.html' : href]}"`);
  html = replaced(html, /<script\b[^>]* type="module"[^>]*><\/script>/, () => `<script type="module">${script}</script>`);
  const packed = [...texts].filter(([name]) => isFor(language, name)).map(([, element]) => element);
  html = replaced(html, '</body>', () => `${packed.join('\n')}\n</body>`);
  // What is left would be looked for beside the file.
  const left = /(?:src|href)="\.\/[^"]*"|<link rel="(?!icon)[^>]*>/.exec(html.replace(/<script\b[^]*?<\/script>/g, ''));
  if (left) throw new Error(`${file} has ${left[0]}`);
  await writeFile(join(folder, file), html);
  console.log(`${join(folder, file)}: ${Buffer.byteLength(html)} bytes`);
}
