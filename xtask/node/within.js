// Comes first in the page that is one file (single_file.mjs), which has no server: where its files come from, and its workers.

import { modules } from 'modules';
import workerText from 'worker';

const nameOf = (address) => new URL(address, location.href).pathname.replace(/.*\//, '');

async function bring(address) {
  const name = nameOf(address);
  if (!Object.hasOwn(modules, name)) throw new Error(`no module ${name} in this file`);
  return modules[name]();
}

// Each is packed in an element of the document.
async function obtain(address) {
  const packed = document.querySelector(`script[data-file="${nameOf(address)}"]`);
  if (!packed) return new Response(null, { status: 404 });
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  const body = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(body, { headers: { 'Content-Type': packed.type } });
}
Object.assign(globalThis, { bring, obtain });

// A document of a file may start no module as a worker, but a classic script that it has made itself. The name says of which build the worker is.
const script = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
globalThis.Worker = class extends Worker {
  constructor(_, { name }) {
    super(script, { name });
  }
};

// Documents beside the page.
document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[href^="model."]');
  if (!link) return;
  event.preventDefault();
  const text = await (await obtain(link.href)).blob();
  open(URL.createObjectURL(new Blob([text], { type: 'text/html' })));
});
