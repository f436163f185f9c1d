// Has the page kept for visits without a network (www/service-worker.js), and offers a new version once that is kept, too. Comes last. Where a browser refuses, it fails in silence and the
// page is what it was.

const { serviceWorker, locks } = navigator;
const { bring, read } = globalThis;
const { search } = new URL(import.meta.url);
const [build] = /[0-9a-f]{16}/.exec(search);
const beside = (name) => new URL(`${name}${search}`, import.meta.url);

// It is a module that was brought: one without a name that is exported counts as lost.
export { build };

let offered = false;
async function offer() {
  if (offered) return;
  offered = true;
  const { style } = await bring(beside('sheet.js'));
  const text = await read(beside(`offer.${document.documentElement.lang}.html`), 'data-offer-later');
  await style(beside('offer.css'), '--offer');
  const place = document.createElement('div');
  place.className = 'offer';
  place.setAttribute('role', 'status');
  // Inside of a landmark of the page.
  document.querySelector('main').append(place);
  place.innerHTML = text;
  // The state is in the address.
  place.querySelector('[data-offer-take]').onclick = () => location.reload();
  place.querySelector('[data-offer-later]').onclick = () => place.remove();
}

serviceWorker.onmessage = ({ data }) => { if (data.build !== build) offer().catch((error) => console.warn(error)); };
const { scope } = await serviceWorker.register('service-worker.js');
const here = async () => (await serviceWorker.ready).active.postMessage('here');

// As long as the page is open, what it may still ask for is kept. A browser does not put a page by, for the way back to it, that holds on to something.
let leave;
function stay() {
  const held = locks.request(`dipole-portal ${scope} ${build}`, { mode: 'shared' }, () => {
    here();
    return new Promise((done) => { leave = done; });
  });
  held.catch(() => {});
}
stay();
addEventListener('pagehide', () => leave?.());
addEventListener('pageshow', ({ persisted }) => { if (persisted) stay(); });
