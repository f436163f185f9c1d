// In the place of www/service-worker.js while the page is worked on (xtask/node/serve.mjs): what a worker has kept at this address, from another server perhaps, must not hide what has just
// been built. It takes the place of any other, forgets everything, and goes.

self.oninstall = () => self.skipWaiting();
self.onactivate = (event) => event.waitUntil(leave());

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith(`dipole-portal ${self.registration.scope} `));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
  // A page that has come from there is offered what there is now (www/offline.js).
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  if (names.length > 0) for (const page of pages) page.postMessage({ build: 'none' });
}
