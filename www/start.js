// Starts the page: loads the glue script and the program, whose hashed names trunk put into the head. As a file of its own,
// rather than trunk's inline script, it needs no exception in the content-security policy. While the program does not run,
// nothing else can say what is wrong: that is done here, too.

const page = document.documentElement;

// A text in the language of the document, with values in its gaps: what the build has put into a document of another language than English (xtask/node/languages.mjs).
// What comes on demand says its texts with it, too.
let last = 0;
const words = new Map(document.querySelector('[data-words]')?.textContent.split('\n').map((row) => row.split('\t')).map(([above, text]) => [last += parseInt(above, 36), text]));
// Both as in src/language.rs.
function key(english) {
  let hash = 0x811c9dc5;
  for (let place = 0; place < english.length; place += 1) hash = Math.imul(hash ^ english.charCodeAt(place), 0x01000193);
  return hash >>> 8;
}
const say = (english, ...values) => (words.get(key(english)) ?? english).replace(/\{\}/g, () => values.shift());

// What has not come says so by its name: not every browser tells it.
const named = (error, address) => Object.assign(error, { part: new URL(address, location.href).pathname.split('/').pop() });
// Where files come from: `obtain` gives what `fetch` does, `bring` a module. In the page that is one file they are there already (xtask/node/single_file.mjs). A module that has not come is
// asked for under another address: under the old one browsers remember that it failed.
const lost = new Map();
const forget = (href) => lost.set(href, (lost.get(href) ?? 0) + 1);
async function imported(address) {
  const { href } = new URL(address, location.href);
  try {
    const module = await import(href + (lost.has(href) ? `&again=${lost.get(href)}` : ''));
    if (Object.keys(module).length > 0) return module;
    // What is empty comes without an error, and would stay.
    throw new SyntaxError('empty');
  } catch (error) {
    forget(href);
    throw named(error, href);
  }
}
const { bring = imported, obtain = (address) => fetch(address).catch((error) => { throw named(error, address); }) } = globalThis;
// The whole of a text, which has `end` in it.
async function read(address, end) {
  const response = await obtain(address);
  const text = await response.text().catch(String);
  if (!response.ok || !text.includes(end)) throw named(new Error(`status ${response.status}`), address);
  return text;
}
Object.assign(globalThis, { say, bring, obtain, read });

const SENTENCES = {
  unfetched: say('The program of this page could not be fetched. Please check the connection and reload the page.'),
  forbidden: say('The server of this page forbids its program: the content-security policy that it sends has to allow wasm-unsafe-eval.'),
  damaged: say('The program of this page has arrived damaged or incomplete, or this browser is too old for it. Please reload the page with the Shift key held down, or try a current browser.'),
  unsupported: say('The program of this page needs WebAssembly, which this browser does not have or has switched off.'),
  unstarted: say('The program of this page could not be started. Please reload the page, or try a current browser.'),
};

const crash = document.querySelector('[data-crash]');
// It stands at the end of the document: without it, this has come in part.
if (!crash) document.body.prepend(SENTENCES.damaged);
const details = crash.querySelector('[data-crash-details]');
const loading = document.querySelector('[data-loading]');

// The card of a failure, once for each: what fails at every tick would otherwise come back as often as it is closed. Details that the program itself has left there are better than what
// the browser knows of its end.
const shown = new Set();
function showFailure(error, sentence) {
  // Only some engines have the message in the stack, too.
  const text = [error?.message ?? error, error?.stack].join('\n').trim();
  if (shown.has(text)) return;
  shown.add(text);
  if (!crash.hidden) return;
  if (sentence) crash.querySelector('[data-crash-sentence]').textContent = sentence;
  details.textContent ||= text;
  crash.hidden = false;
}

// A failure that knows the sentence for it.
class Failure extends Error {
  constructor(kind, cause) {
    super(String(cause?.message ?? cause), { cause });
    this.part = cause?.part;
    this.sentence = SENTENCES[kind];
  }
}

// Whether the server's policy, stricter than the page's own, has forbidden to compile it.
let forbidden = false;
addEventListener('securitypolicyviolation', ({ blockedURI }) => { forbidden ||= blockedURI === 'wasm-eval'; });

// The compiled program. It is asked for at once, beside the glue, and only here.
async function load(address) {
  if (typeof WebAssembly !== 'object') throw new Failure('unsupported', 'no WebAssembly');
  const unfetched = (error) => { throw new Failure('unfetched', error); };
  const response = await obtain(address).catch(unfetched);
  if (!response.ok) unfetched(`status ${response.status} for ${address}`);
  try {
    // A host that does not know the type of a wasm file is no reason to give up.
    const typed = /^application\/wasm\b/.test(response.headers.get('Content-Type'));
    return await (typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    // Browsers say what a policy has forbidden in a task after this one. What breaks off is a TypeError; Firefox has several errors for what is cut.
    await new Promise((later) => { setTimeout(later, 50); });
    throw new Failure(forbidden ? 'forbidden' : error instanceof TypeError ? 'unfetched' : 'damaged', error);
  }
}

let live;
async function start() {
  const { href, dataset } = document.querySelector('[data-wasm]');
  const glue = bring(href).catch((error) => { throw new Failure(error instanceof SyntaxError ? 'damaged' : 'unfetched', error); });
  const [module, compiled] = await Promise.all([glue, load(dataset.wasm)]);
  live = module;
  await live.default({ module_or_path: compiled });
}

// The controls wait for the program, which says by `data-ready` that it listens to them.
let begun;
const ready = new Promise((begin) => { begun = begin; });
function enable() {
  if (!('ready' in page.dataset)) return;
  begun();
  watch.disconnect();
  for (const control of document.querySelectorAll('[data-until-ready]')) control.disabled = false;
}
const watch = new MutationObserver(enable);
watch.observe(page, { attributeFilter: ['data-ready'] });

// What comes when it is asked for, and does not.
function unfetched(error, place) {
  console.warn(error);
  place.textContent = error.sentence ?? say('This could not be fetched ({}). Please check the connection and reload the page.', error.part ?? error.message);
}

// Lecture, embedding and its iframe: asked for by a button, a key, or the address.
const lecture = document.querySelector('[data-modes]');
async function mode(name, place) {
  try {
    await (await bring(lecture.dataset.modes))[name](place);
    if (place === lecture) notes.textContent = '';
  } catch (error) {
    // The button stays a button.
    unfetched(error, place === lecture ? notes : place);
  }
}
// Who controls the browser by voice would press single letters in every word: they can be switched off in the list of keys (www/notes.js). That is kept,
// where the browser keeps anything.
try {
  page.toggleAttribute('data-letters-off', localStorage.letters === 'off');
} catch {
  // They are on.
}
addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (/^[blp.?]$/i.test(key) && !(ctrlKey || metaKey || altKey) && 'lettersOff' in page.dataset && !('blank' in page.dataset) && !target.closest('[type="text"], select')) event.stopImmediatePropagation();
}, true);
lecture.onclick = () => mode('lecture', lecture);
document.addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (/^l$/i.test(key) && !(ctrlKey || metaKey || altKey) && !target.closest('[type="text"], select, dialog')) lecture.click();
});
const query = new URLSearchParams(location.search);
const asked = ['embed', 'lecture', 'fuzz'].find((name) => query.has(name));
if (asked) mode(asked, lecture);

// Everything beyond the live page is a second program, the workshop: what is taken away is made by it, and in it the page goes on when something is used that the first
// one lacks (`data-workshop`: a button, a drawer; or an address, of which the program says so).
const taken = document.querySelector('[data-taken]');
const { program: workshop, drawers } = document.querySelector('[data-program]').dataset;
// A document in another language has the words of the live page at first; the workshop has more to say.
async function more() {
  const words = document.querySelector('[data-words]');
  if (!words) return;
  // The point at the end is of xtask/node/minify.mjs.
  words.textContent = (await read(words.dataset.words, '\n.')).slice(0, -1);
}
let fetched;
function program() {
  fetched ??= Promise.all([bring(workshop), bring(drawers).then((module) => module.contents()), more()]).then(async ([module, furnish]) => {
    await module.default({ module_or_path: await load(workshop.replace('.js', '_bg.wasm')) });
    // Not before there is somebody who listens to what is in them.
    furnish();
    return module;
  });
  fetched.catch(() => {
    fetched = undefined;
    // A program that has died in its start would go on as if it had not.
    forget(new URL(workshop, location.href).href);
  });
  return fetched;
}
async function use(place, then) {
  // An address has no place of its own that the live page would leave alone.
  const problem = place ? document.querySelector(`[data-problem="${place}"]`) : notes;
  const tell = (text) => {
    problem.textContent = text;
    if (place) problem.hidden = text === '';
  };
  tell(say('One moment …'));
  delete page.dataset.settled;
  try {
    const [module] = await Promise.all([program(), ready]);
    tell('');
    if (!('workshop' in page.dataset)) {
      page.dataset.workshop = '';
      module.work(new URL(workshop, location.href).href, live.leave());
    }
    then?.();
  } catch (error) {
    page.dataset.settled = '';
    unfetched(error, problem);
  }
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-workshop], [type="checkbox"][data-workshop]');
  if (!button || 'workshop' in page.dataset) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  use(button.dataset.workshop, () => button.click());
}, true);
document.addEventListener('input', (event) => {
  const { target } = event;
  if (!target.matches('select[data-workshop], [type="text"][data-workshop]') || 'workshop' in page.dataset) return;
  event.stopImmediatePropagation();
  const { value } = target;
  use(target.dataset.workshop, () => {
    target.value = value;
    target.dispatchEvent(new Event('input', { bubbles: true }));
  });
}, true);
document.addEventListener('toggle', ({ target }) => {
  if (target.open && target.matches('[data-workshop]') && !('workshop' in page.dataset)) use(target.dataset.workshop);
}, true);
new MutationObserver(() => {
  if (page.hasAttribute('data-lacks-workshop')) use();
}).observe(page, { attributeFilter: ['data-lacks-workshop'] });

// Until the address says what is shown: it follows when the hand rests. Not for long: a precise computation may go on.
async function settled(most = 20) {
  for (let tries = 0; tries < most && !page.hasAttribute('data-settled'); tries += 1) await new Promise((go) => { setTimeout(go, 50); });
}
async function take(asked) {
  taken.textContent = say('One moment …');
  if (asked === 'iframe') {
    mode(asked, taken);
    return;
  }
  try {
    await settled();
    taken.textContent = (await program()).take(asked, location.hash.slice(1));
  } catch (error) {
    unfetched(error, taken);
  }
}
document.addEventListener('click', (event) => {
  const { target } = event;
  const asked = target.closest('[data-take]')?.dataset.take;
  if (asked) take(asked);
  // The page in another language, as it is now.
  if (target.matches('[hreflang]')) target.href = target.pathname + location.search + location.hash;
  // The values of a chart, which screen readers have in any case.
  if (target.matches('[data-values]')) {
    const isHidden = target.closest('figure').querySelector('.values').classList.toggle('visually-hidden');
    target.setAttribute('aria-pressed', String(!isHidden));
  }
  // Skip links. The address belongs to the settings, so they move the focus and leave it alone.
  if (!target.matches('.skip')) return;
  event.preventDefault();
  const place = document.querySelector(target.hash);
  place.tabIndex = -1;
  place.focus();
});

// Tables of published limits for other flavours than the first come when they are shown.
const tables = document.querySelector('[data-tables]').dataset.tables;
new MutationObserver(async () => {
  if (!page.hasAttribute('data-lacks-tables')) return;
  const response = await obtain(tables).catch(() => null);
  const detail = response?.ok ? await response.text().catch(() => null) : null;
  dispatchEvent(new CustomEvent('tables', { detail }));
}).observe(page, { attributeFilter: ['data-lacks-tables'] });

// Says to the program, which hears of it after this, that it draws for paper; on that there is no address bar.
window.onbeforeprint = window.onafterprint = () => {
  page.toggleAttribute('data-printing');
  document.querySelector('.foot').dataset.address = location.href.replace(/\?[^#]*/, '');
};

// The guided tour comes when it is opened.
const guide = document.querySelector('[data-guide]');
guide.addEventListener('toggle', () => {
  if (guide.open) bring(guide.dataset.guide).then((module) => module.load()).catch((error) => unfetched(error, guide.lastElementChild));
});

// Notes and the list of keys come when something that may have a note is first pointed at, or asked for. From then on they hear what
// happens from here. Without a connection only who asks again is told so.
const notes = document.querySelector('[data-noted]');
let told;
for (const kind of ['pointerover', 'focusin', 'click', 'keydown']) {
  document.addEventListener(kind, async (event) => {
    const { key, target, pointerType } = event;
    const asked = kind === 'click' ? target.closest('label[for], legend, .name, [data-keys]') : key === '?';
    // A finger on a name asks what it is; the box has its own place to tap.
    if (pointerType === 'touch' && asked?.htmlFor) event.preventDefault();
    if (!asked && (told === null || (!told && (key || !target.closest('fieldset, label, button, summary, tr, dt, .head'))))) return;
    try {
      told ??= bring(notes.dataset.noted);
      await (await told).tell(event);
    } catch (error) {
      told = null;
      console.warn(error);
      if (asked) notes.textContent = say('The notes could not be fetched. Please check the connection and try again.');
    }
  });
}

// The page is kept for visits without a network once there is nothing else to do, where the browser can.
if ('serviceWorker' in navigator) ready.then(() => settled(Infinity)).then(() => bring(notes.dataset.offline)).catch(() => {});

// What nothing else has caught. Events without an exception are remarks of the browser, for instance about its own layout.
addEventListener('error', ({ error }) => { if (error) showFailure(error); });
addEventListener('unhandledrejection', ({ reason }) => showFailure(reason));
crash.querySelector('[data-crash-reload]').addEventListener('click', () => location.reload());
// What a report needs, where it can be read even if nothing may be copied: what failed, in which build, at which settings, in which browser.
const copy = crash.querySelector('[data-crash-copy]');
const offer = copy.textContent;
copy.addEventListener('click', () => {
  const report = [details.textContent, workshop, location.href, navigator.userAgent].join('\n');
  details.textContent = report;
  details.parentNode.open = true;
  navigator.clipboard?.writeText(report).then(() => { copy.textContent = say('Copied'); }).catch(console.warn);
});
crash.querySelector('[data-crash-close]').addEventListener('click', () => {
  crash.hidden = true;
  details.textContent = '';
  copy.textContent = offer;
});

// Without the style sheet a canvas has the size of its own pixels and would grow with every drawing: the document then says
// what is missing, and the program stays away. Browsers run this file when the style sheet is there or has failed.
if (getComputedStyle(page).getPropertyValue('--style-sheet').trim() === 'whole') {
  try {
    await start();
  } catch (error) {
    // WebKit's engine dies now and then in the start of a sound program (tests/browser/webkit/site.mjs). The address has all there is: once more.
    if (/out of bounds/i.test(error.message) && performance.getEntriesByType('navigation')[0].type !== 'reload') location.reload();
    else {
      loading.remove();
      console.error(error);
      showFailure(error, error.sentence ?? SENTENCES.unstarted);
    }
  }
} else {
  loading.remove();
}
