// Keeps the whole page for visits without a network, one build after the other. The build (xtask/node/offline.mjs) puts its hash and its files, each with the digest of its bytes, before
// this. Every address that a page of a build asks for has that hash in it, so that a page gets from here what belongs to it and nothing else, whichever build is the newest.

const { build: BUILD, files: FILES } = self.BUILT;
const { scope } = self.registration;
// What keeps a build: its cache; and the lock of this name that each page of it holds (www/offline.js). No address has a space in it: the page of one folder leaves alone what is kept
// for that of another.
const PREFIX = `dipole-portal ${scope} `;
const MINE = PREFIX + BUILD;

const at = (name) => new URL(name, scope).href;
const kept = (name, build) => caches.match(at(name), { cacheName: PREFIX + build });

// A file of this build, or a failure: the digest refuses what a server has of another build, or in part.
async function fetched([name, integrity]) {
  // Hosts answer for index.html by sending on to its folder.
  const response = await fetch(at(name === 'index.html' ? './' : name), { integrity, cache: 'no-cache' });
  if (!response.ok) throw new Error(`status ${response.status} for ${name}`);
  // To somebody who opens a page, browsers do not give an answer that has been sent on.
  const { status, statusText, headers } = response;
  return [name, new Response(await response.blob(), { status, statusText, headers })];
}

// All or nothing.
async function keep() {
  const all = await Promise.all(Object.entries(FILES).map(fetched));
  try {
    const cache = await caches.open(MINE);
    await Promise.all(all.map(([name, response]) => cache.put(at(name), response)));
  } catch (error) {
    await caches.delete(MINE);
    throw error;
  }
}

const windows = async () => (await self.clients.matchAll({ includeUncontrolled: true })).filter(({ url }) => url.startsWith(scope));
const tell = (client) => client.postMessage({ build: BUILD });

// Builds of which no page is open are no longer kept.
async function tidy() {
  const { held } = await navigator.locks.query();
  const pages = held.map(({ name }) => name).filter((name) => name.startsWith(PREFIX));
  // A page may not have said yet of which build it is, and a newer build may be on its way.
  if (pages.length < (await windows()).length || self.registration.installing || self.registration.waiting) return;
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== MINE && !pages.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request, name, build) {
  const found = await kept(name, build);
  if (found) return found;
  // A page that was loaded before there was a worker, of a build that its server no longer has: what comes from there now belongs to another.
  if (build !== BUILD && await kept('index.html', BUILD)) return Response.error();
  return fetch(request);
}

// It takes over at once: pages that are open go on with their own build, and what is opened or loaded again from now on is this one.
self.oninstall = (event) => event.waitUntil(keep().then(() => self.skipWaiting()));
self.onactivate = (event) => event.waitUntil(self.clients.claim().then(windows).then((pages) => pages.forEach(tell)));
// A page says that it is there.
self.onmessage = (event) => {
  tell(event.source);
  event.waitUntil(tidy());
};
self.onfetch = (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  const isPage = request.mode === 'navigate';
  if (request.method !== 'GET' || !(origin + pathname).startsWith(scope)) return;
  const name = (origin + pathname).slice(scope.length) || 'index.html';
  const build = isPage ? BUILD : /[0-9a-f]{16}/.exec(name + search)?.[0];
  if (isPage ? !Object.hasOwn(FILES, name) : !build) return;
  event.respondWith(answer(request, name, build));
};
