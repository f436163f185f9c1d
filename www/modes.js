// Two other ways to show the page: to a lecture hall, and within another page. Comes when one of them is asked for.

const page = document.documentElement;
const controls = document.querySelector('#controls');
const drawer = document.querySelector('[data-guide]');
const { search } = new URL(import.meta.url);
const { bring, say } = globalThis;

// The style sheet of both. Nothing changes before it is there; one that has not come is asked for again.
let sheet;
async function style() {
  const { style: styled } = await bring(new URL(`sheet.js${search}`, import.meta.url));
  sheet ??= await styled(new URL(`modes.css${search}`, import.meta.url), '--modes');
  // It may come while the page is on its way to the paper.
  sheet.disabled = 'printing' in page.dataset;
}
// On paper all pages are alike. In this phase it comes before the program measures the charts.
addEventListener('beforeprint', () => { if (sheet) sheet.disabled = true; }, true);
addEventListener('afterprint', () => { if (sheet) sheet.disabled = false; }, true);

function button(text, does, more = {}) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: text, ...more });
  made.addEventListener('click', does);
  return made;
}

function group(label, ...content) {
  const made = document.createElement('div');
  made.className = 'mode';
  made.role = 'group';
  made.ariaLabel = label;
  made.append(...content);
  return made;
}

// A button that shows and hides controls.
function opener(text) {
  const made = button(text, () => openControls(made, !('controls' in page.dataset)));
  made.setAttribute('aria-controls', 'controls');
  made.ariaExpanded = 'false';
  return made;
}
function openControls(opener, open) {
  page.toggleAttribute('data-controls', open);
  opener.ariaExpanded = String(open);
}

// The lecture.

// Size of the letters in the charts, in CSS pixels: the program draws with it. As large as leaves room for the curves.
const letters = () => Math.round(Math.min(40, Math.max(15, Math.min(innerWidth / 71, innerHeight / 40))));
const enlarge = () => { page.dataset.lecture = letters(); };

// A query is a word behind `?`, for links that open in the lecture; what stands behind `#` belongs to the program, and other words to others.
function address() {
  const words = location.search.slice(1).split('&').filter((word) => word && !/^lecture(=|$)/.test(word));
  if (isOn) words.unshift('lecture');
  try {
    history.replaceState(null, '', location.pathname + (words.length > 0 ? `?${words.join('&')}` : '') + location.hash);
  } catch (error) {
    // A browser refuses when it is asked too often: then a link has to be written by hand.
    console.warn(error);
  }
}

// One step of the tour, which comes with the first.
async function step(way) {
  drawer.open = true;
  try {
    const guide = await bring(drawer.dataset.guide);
    await guide.load();
    guide.go(way);
  } catch {
    // The drawer says what is wrong.
  }
}

const more = opener(say('More'));
// Browsers complain where nobody has pressed it (a script, `?fuzz`).
const full = button(say('Full screen'), () => { if (navigator.userActivation?.isActive !== false) page.requestFullscreen().catch(() => {}); });
const bar = group(say('Lecture'), button('‹', () => step(-1), { ariaLabel: say('Back'), title: say('step back of the tour: Page Up') }),
  button('›', () => step(1), { ariaLabel: say('Next'), title: say('next step of the tour: Page Down') }), more,
  button(say('Blank'), () => blank(true), { title: 'B' }), full, button(say('End lecture'), () => leave(), { title: say('L or Esc') }));

const isBlank = () => 'blank' in page.dataset;
const blank = (on) => page.toggleAttribute('data-blank', on);
const unblank = () => blank(false);

let isOn = false;
let wasFull = false;
function fullChanged() {
  const isFull = Boolean(document.fullscreenElement);
  full.hidden = isFull || !document.fullscreenEnabled;
  // The browser keeps the Esc key that ends full screen to itself.
  if (wasFull && !isFull) leave();
  wasFull = isFull;
}

const WAYS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// What a key does; whether it was one of the lecture's. Letters belong to a box that is typed in, arrows to whatever has the focus and uses them.
function pressed({ key, target, ctrlKey, metaKey, altKey }) {
  // A dialog has the keys for itself.
  if (ctrlKey || metaKey || altKey || document.querySelector('dialog[open]')) return false;
  if (isBlank()) unblank();
  else if (key === 'Escape' && 'controls' in page.dataset) openControls(more, false);
  else if (key === 'Escape') leave();
  else if (target.matches?.('[type="text"], select') && !key.startsWith('Page')) return false;
  else if (/^[b.]$/i.test(key)) blank(true);
  else if (key in WAYS && (key.startsWith('Page') || !target.matches?.('input, select, canvas'))) step(WAYS[key]);
  else return false;
  return true;
}
function keyed(event) {
  // A key that is held down is one press.
  if (event.repeat && /^[bl.]$/i.test(event.key)) return event.stopPropagation();
  if (!pressed(event)) return undefined;
  event.preventDefault();
  return event.stopPropagation();
}

// What is listened to as long as a lecture lasts.
const LISTENERS = [[window, 'keydown', keyed], [window, 'resize', enlarge], [document, 'fullscreenchange', fullChanged], [window, 'pointerdown', unblank], [window, 'popstate', address]];

export async function lecture(place) {
  if (isOn) return leave();
  if ('embed' in page.dataset) return undefined;
  isOn = true;
  // Asked for while the press of the button still counts; a link that opens in the lecture has none.
  if (navigator.userActivation?.isActive) page.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => {});
  try {
    await style();
  } catch (error) {
    isOn = false;
    throw error;
  }
  // It may say that it could not be fetched.
  place.textContent = say('Lecture');
  // The way out may have been taken by now.
  if (!isOn) return undefined;
  if (!('touring' in drawer.dataset)) drawer.open = false;
  controls.append(bar);
  for (const [target, event, heard] of LISTENERS) target.addEventListener(event, heard, true);
  fullChanged();
  enlarge();
  address();
  return undefined;
}

function leave() {
  if (!isOn) return;
  isOn = false;
  wasFull = false;
  for (const [target, event, heard] of LISTENERS) target.removeEventListener(event, heard, true);
  unblank();
  openControls(more, false);
  delete page.dataset.lecture;
  bar.remove();
  address();
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  document.querySelector('[data-modes]').focus({ preventScroll: true });
}

// The page within another.

export async function embed() {
  await style();
  const part = new URLSearchParams(location.search).get('embed');
  page.dataset.embed = ['spectrum', 'plane'].includes(part) ? part : 'both';
  const whole = Object.assign(document.createElement('a'), { target: '_blank', textContent: document.title });
  const follow = () => { whole.href = location.pathname + location.hash; };
  follow();
  // The program writes the address without an event, and is settled after it.
  new MutationObserver(follow).observe(page, { attributeFilter: ['data-settled'] });
  addEventListener('hashchange', follow);
  // Where both have no room, one is to be seen.
  const other = button(say('Spectrum'), () => {
    other.textContent = page.toggleAttribute('data-other') ? say('Limits') : say('Spectrum');
  });
  other.classList.add('other');
  const open = opener(say('Controls'));
  document.querySelector('.foot').append(group(say('Embedded'), open, other, whole));
  addEventListener('keydown', ({ key }) => { if (key === 'Escape') openControls(open, false); });
}

// What drives the page in tests (www/fuzz.js).
export async function fuzz() {
  const { start } = await bring(new URL(`fuzz.js${search}`, import.meta.url));
  await start();
}

// Copies the text that shows the page, as it is now, within another; says so, or the text, in its place.
export async function iframe(place) {
  const { origin, protocol, pathname, hash } = location;
  const escaped = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const src = `${protocol === 'file:' ? 'file://' : origin}${pathname}?embed${hash}`;
  const text = `<iframe src="${escaped(src)}" width="800" height="560" title="${escaped(document.title)}" loading="lazy"></iframe>`;
  try {
    await navigator.clipboard.writeText(text);
    place.textContent = say('Copied {}', text);
  } catch {
    place.textContent = say('This browser does not let the page copy; here it is: {}', text);
  }
}
