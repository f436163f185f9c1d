// A static server for the built page: for `cargo xtask serve`, and for the page tests, which so try the same thing.
//
//   node xtask/node/serve.mjs DIRECTORY PORT

import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Browsers refuse modules and wasm files whose type is wrong.
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

// Who works on the page sees what was built last, and not what a service worker keeps.
export const IN_DEVELOPMENT = { 'service-worker.js': fileURLToPath(new URL('no-service-worker.js', import.meta.url)) };

// Serves `directory` under the path `base` on this machine only, and other files in the place of some (`instead`). Port 0 takes any free one. Resolves once it listens.
export async function serve(directory, { port = 0, base = '/', instead = {} } = {}) {
  let site = { root: await realpath(directory), base, instead };
  const server = createServer((request, response) => {
    answer(site, request, response).catch((error) => {
      // A visitor who leaves in the middle of a download is no fault of ours.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'the server failed');
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    // From here on every request is answered from this directory; none is refused on the way.
    async change(directory, { instead = {} } = {}) {
      site = { root: await realpath(directory), base, instead };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(site, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'only GET and HEAD');
  const file = await find(site, request.url);
  if (!file) return refuse(response, 404, 'not found');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': file.size,
    'X-Content-Type-Options': 'nosniff',
    // After a rebuild a reload must show the new page.
    'Cache-Control': 'no-store',
  });
  if (request.method === 'HEAD') return response.end();
  await pipeline(createReadStream(file.path), response);
}

// The file at this address, or nothing. What lies outside of the root does not exist, whether `..` or a link leads there.
async function find({ root, base, instead }, address) {
  try {
    let path = decodeURIComponent(address.split(/[?#]/, 1)[0]);
    if (!path.startsWith(base)) return undefined;
    path = path.slice(base.length);
    if (path === '' || path.endsWith('/')) path += 'index.html';
    const inside = await realpath(join(root, path));
    if (!inside.startsWith(root + sep)) return undefined;
    const real = instead[path] ?? inside;
    const found = await stat(real);
    return found.isFile() ? { path: real, size: found.size } : undefined;
  } catch {
    // No such file, or an address that is none.
    return undefined;
  }
}

function refuse(response, status, reason) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${status}: ${reason}\n`);
}

async function main([directory, port]) {
  try {
    const { url } = await serve(directory, { port: Number(port), instead: IN_DEVELOPMENT });
    console.log(`==> serving ${directory}/ at ${url} (stop with Ctrl-C)`);
  } catch (error) {
    const reason = error.code === 'EADDRINUSE' ? `port ${port} is taken: choose another with --port N` : error.message;
    console.error(`error: cannot serve ${directory}: ${reason}`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
