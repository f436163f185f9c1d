// A monkey at the page, for tests: `?fuzz=SEED&events=N` moves, types, presses and opens everything that there is, with input that looks random
// and is the same for the same seed. It shows nothing. The root says how far it is: `data-fuzz` is `running` or `done`, `data-fuzz-events` counts,
// `data-fuzz-digest` stands for the sequence of what was tried (`&only=slide,press` tries nothing else), `data-fuzz-missed` counts what was not there to be tried, and `data-fuzz-found` is the first thing that was wrong.
//
// It does not leave the page: links to other pages, the choice of a file, reloading and printing are left out, and of files to save everything is done but the saving.

const page = document.documentElement;

// Numbers from 0 to below 1 (mulberry32 of Tommy Ettinger, public domain). Each event has a sequence of its own, so that what is not there for one does not shift the others.
function sequence(seed, event) {
  let state = (seed + Math.imul(event, 0x9e3779b1)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const of = (list, share) => list[Math.floor(share * list.length)];
const all = (selector) => [...document.querySelectorAll(selector)];

// What a visitor could not use is not there.
function usable(selector, share) {
  const element = of(all(selector), share);
  return element && !element.matches(':disabled') && element.checkVisibility() ? element : undefined;
}

const tell = (element, kind, more) => element.dispatchEvent(new Event(kind, { bubbles: true, ...more }));

const TEXTS = ['', '0', '1', '-1', '2,5', '0.157', '1e-7', '3e-9', '95 %', '2 MeV', '1e-10 mu_B', '1e400', '-0', '10^-9', '1.5 × 10⁻⁷', '1:1:1', '0:1:2', '1:', 'abc', ' ', '\t', '٣', '1'.repeat(2000),
  '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', 'javascript:alert(1)', '=1+1', '\u202e1', '\u200b2', '\u0000', '🦀', '%E0%A4%A', '&mass=3#4', ';~,:'];
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', '+', '-', '0', 'w', 'Escape', 'PageDown', 'PageUp', 'Home', 'End', 'Enter', ' ', 'Tab', 'l', 'b', '.', 'p', '?', 'z', 'Z', 'y', 'Dead', 'Unidentified', 'F13'];
const STATES = ['', 'experiment=coherent-csi&flavor=mu&mass=20&coupling=3e-7&view=data', 'experiment=conus-plus&view=data', 'experiment=xenonnt-s2&flavor=tau&mass=0.1', 'experiment=coherent-lar&flavor=mu', 'experiment=xenonnt-er&weights=1:1:1',
  'experiment=lz-er&cl=0.999&dof=2', 'quenching=lindhard&lindhard-k=0.05&flux=10', 'mass=100&coupling=0.001', 'mass=0.01&coupling=1e-12', 'pins=mass:5,quenching:ybe;flavor:tau,name:%3Cb%3E;;~&ratio=1', 'combine=dresden-ii,coherent-csi&expected=1',
  'dresden-ii.exposure=964&decay-lines=majorana&view=data', 'own=key,value%0aname,%3Cimg%20src=x%20onerror=alert(1)%3E', 'mass=heavy&colour=red&%E0%A4%A', 'plane-mass-from=50&plane-mass-to=50&plane-from=1e-3&plane-to=1e-12', 'sides=one&theme=projector&axis=linear&held=1'];

// Where a share of its width and height, or a little outside, is.
const place = (element, x, y) => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { clientX: left + width * (1.1 * x - 0.05), clientY: top + height * (1.1 * y - 0.05) };
};

function pointer(dice) {
  const canvas = of(all('canvas'), dice());
  const kind = of(['pointermove', 'pointermove', 'pointermove', 'pointerdown', 'pointerdown', 'pointerup', 'pointercancel', 'pointerleave', 'lostpointercapture', 'pointerover'], dice());
  const button = of([0, 0, 0, 1, 2], dice());
  const pointerType = of(['mouse', 'mouse', 'touch', 'pen'], dice());
  const pointerId = 1 + Math.floor(3 * dice());
  const shiftKey = dice() < 0.1;
  canvas.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, cancelable: true, ...place(canvas, dice(), dice()), button, buttons: kind === 'pointermove' && dice() < 0.5 ? 0 : 1 << button, pointerType, pointerId, isPrimary: pointerId === 1, shiftKey,
  }));
  return true;
}

// A whole drag in one frame.
function drag(dice) {
  const canvas = of(all('canvas'), dice());
  const about = { bubbles: true, cancelable: true, pointerType: of(['mouse', 'touch'], dice()), pointerId: 1, isPrimary: true, button: of([0, 0, 1], dice()), shiftKey: dice() < 0.2 };
  const at = () => place(canvas, dice(), dice());
  canvas.dispatchEvent(new PointerEvent('pointerdown', { ...about, ...at(), buttons: 1 }));
  for (let step = 0; step < 3; step += 1) canvas.dispatchEvent(new PointerEvent('pointermove', { ...about, ...at(), buttons: 1 }));
  canvas.dispatchEvent(new PointerEvent(of(['pointerup', 'pointerup', 'pointercancel'], dice()), { ...about, ...at(), buttons: 0 }));
  return true;
}

// One, two or three fingers; some browsers know none.
function fingers(dice) {
  if (typeof Touch !== 'function') return false;
  const target = of(all('canvas'), dice());
  const kind = of(['touchstart', 'touchmove', 'touchmove', 'touchend', 'touchcancel'], dice());
  const count = /end|cancel/.test(kind) ? Math.floor(2 * dice()) : 1 + Math.floor(3 * dice());
  const touches = Array.from({ length: count }, (_, identifier) => new Touch({ identifier, target, ...place(target, dice(), dice()) }));
  target.dispatchEvent(new TouchEvent(kind, { bubbles: true, cancelable: true, touches, targetTouches: touches, changedTouches: touches }));
  return true;
}

function wheel(dice) {
  const canvas = of(all('canvas'), dice());
  if (dice() < 0.5) canvas.focus({ preventScroll: true });
  canvas.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, ...place(canvas, dice(), dice()), deltaY: 2000 * dice() ** 3 * (dice() < 0.5 ? -1 : 1), deltaMode: Math.floor(3 * dice()), ctrlKey: dice() < 0.5 }));
  return true;
}

function mouse(dice) {
  const target = of(all('canvas, [data-curves] li, [data-opinions] tr, label, .name'), dice());
  const kind = of(['dblclick', 'contextmenu', 'auxclick', 'pointerover', 'pointerout', 'mousedown'], dice());
  const made = /^pointer/.test(kind) ? PointerEvent : MouseEvent;
  target?.dispatchEvent(new made(kind, { bubbles: true, cancelable: true, ...place(target, dice(), dice()), button: kind === 'dblclick' ? 0 : 2, shiftKey: dice() < 0.3, pointerType: 'mouse' }));
  return Boolean(target);
}

function key(dice) {
  const target = of([document.body, document.activeElement, ...all('canvas, canvas, [type="range"], [data-curve], button')], dice());
  const about = { key: of(KEYS, dice()), bubbles: true, cancelable: true, shiftKey: dice() < 0.2, altKey: dice() < 0.1, ctrlKey: dice() < 0.1, repeat: dice() < 0.1 };
  if (dice() < 0.5) target.focus?.({ preventScroll: true });
  for (const kind of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(kind, about));
  return true;
}

function slide(dice) {
  const track = usable('[type="range"]', dice());
  const share = of([0, 1, dice(), dice(), dice(), dice()], dice());
  const leaves = dice() < 0.3;
  if (!track) return false;
  track.valueAsNumber = Number(track.min) + (track.max - track.min) * share;
  tell(track, 'input');
  if (leaves) tell(track, 'change');
  return true;
}

function write(dice) {
  const box = usable('[type="text"]', dice());
  const text = of(TEXTS, dice());
  const [focused, leaves] = [dice() < 0.5, dice() < 0.6];
  if (!box) return false;
  if (focused) box.focus({ preventScroll: true });
  box.value = text;
  tell(box, 'input');
  if (leaves) tell(box, 'change');
  return true;
}

function choose(dice) {
  const control = usable('select, [type="radio"], [type="checkbox"]', dice());
  const share = dice();
  if (!control) return false;
  if (control.matches('select')) {
    control.selectedIndex = Math.floor(share * control.length);
    tell(control, 'input');
    tell(control, 'change');
  } else control.click();
  return true;
}

// Faster than any table of limits comes.
function flavours(dice) {
  for (let time = 0; time < 4; time += 1) of(all('[name="flavor"]'), dice())?.click();
  return true;
}

function press(dice) {
  const button = usable('button:not([data-crash-reload], [data-crash-close], [data-take], [data-own-save])', dice());
  button?.click();
  return Boolean(button);
}

function takeAway(dice) {
  const button = of(all('[data-take], [data-own-save]'), dice());
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

function open(dice) {
  const summary = usable('summary', dice());
  if (!summary || summary.closest('[data-crash]')) return false;
  summary.click();
  return true;
}

// A table of one's own: that of the chosen experiment under another name, and broken in a place.
function table(dice) {
  const box = document.querySelector('[data-own-text]');
  // It comes with the workshop.
  if (!box) return false;
  const copies = document.querySelector('[data-own="copy"]');
  const lines = box.value.split('\n');
  const [name, row, text, breaks, adds] = [of(['Mine', 'Yours <b>', 'Mine'], dice()), dice(), of(TEXTS, dice()), dice() < 0.5, dice() < 0.7];
  if (!copies.checkVisibility()) return false;
  if (lines.length < 3) {
    copies.click();
    return true;
  }
  const place = Math.floor(row * lines.length);
  if (breaks) lines[place] = lines[place].replace(/,[^,]*/, () => `,${text}`);
  box.value = lines.map((line) => line.replace(/^name,[^,]*/, `name,${name}`)).join('\n');
  tell(box, 'input');
  if (adds) document.querySelector('[data-own="add"]').click();
  return true;
}

// The address changes under the page, as by a link, by hand, or by going back to where the monkey has been itself. Browsers take only so many of these in a second.
const NAVIGATION_MS = 200;
let navigated = 0;
let first;
async function rest() {
  const wait = navigated + NAVIGATION_MS - performance.now();
  if (wait > 0) await new Promise((go) => { setTimeout(go, wait); });
  navigated = performance.now();
}
async function address(dice) {
  const state = of(STATES, dice());
  await rest();
  location.hash = state;
  return true;
}
async function back(dice) {
  const way = dice() < 0.7 ? -1 : 1;
  const { navigation } = globalThis;
  const to = navigation?.entries()[(navigation.currentEntry?.index ?? 0) + way];
  if (!to?.sameDocument || to.index < first) return false;
  await rest();
  history.go(way);
  return true;
}
// Steps of the tour and examples of the guide are links within the page.
async function follow(dice) {
  const link = usable('a[href^="#"]', dice());
  if (!link) return false;
  await rest();
  link.click();
  return true;
}

// What happens to windows: no paper comes of it.
function surroundings(dice) {
  const [target, kinds] = of([[window, ['resize']], [window, ['blur', 'focus']], [window, ['beforeprint', 'afterprint']], [document, ['visibilitychange']], [of(all('canvas'), dice()), ['contextlost', 'contextrestored']], [window, ['online', 'offline']]], dice());
  for (const kind of kinds) target.dispatchEvent(new Event(kind, { cancelable: true }));
  return true;
}

const KINDS = [[20, slide], [14, write], [12, choose], [4, flavours], [10, press], [0.5, takeAway], [4, open], [2, table], [12, pointer], [4, drag], [5, fingers], [5, wheel], [3, mouse], [10, key], [1, address], [1, back], [0.5, follow], [0.5, surroundings]];
function kind(kinds, share) {
  let left = share * kinds.reduce((sum, [weight]) => sum + weight, 0);
  return kinds.find(([weight]) => (left -= weight) < 0) ?? kinds[0];
}

// What no visitor should read. The monkey types none of these words.
const WRONG = /\bNaN\b|\bundefined\b|\bnull\b|(?<![a-z])-?inf(?:inity)?(?![a-z])|\[object |Some\(|None\)/i;
function look() {
  if (page.dataset.fuzzFound) return;
  const text = document.body.textContent;
  const wrong = WRONG.exec(text);
  const spoken = all('[aria-valuetext]').map((element) => element.getAttribute('aria-valuetext')).find((said) => WRONG.test(said));
  if (wrong) page.dataset.fuzzFound = `event ${page.dataset.fuzzEvents}: …${text.slice(Math.max(0, wrong.index - 80), wrong.index + 40)}…`;
  else if (spoken) page.dataset.fuzzFound = `event ${page.dataset.fuzzEvents}: spoken: ${spoken}`;
  else if (!document.querySelector('[data-crash]').hidden) page.dataset.fuzzFound = `event ${page.dataset.fuzzEvents}: a failure: ${document.querySelector('[data-crash-details]').textContent}`;
}

// Lifts what is held down, leaves every box, closes what lies over the page, and asks for no more.
function letGo() {
  for (const canvas of all('canvas')) {
    for (const pointerId of [1, 2, 3]) canvas.dispatchEvent(new PointerEvent('pointercancel', { pointerId, pointerType: 'touch' }));
    if (typeof TouchEvent === 'function') canvas.dispatchEvent(new TouchEvent('touchend', { touches: [] }));
    canvas.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
  }
  for (const dialog of all('dialog[open]')) dialog.close();
  delete page.dataset.blank;
  document.querySelector('[data-cancel]').click();
  document.activeElement?.blur();
  for (const box of all('input, select, textarea')) tell(box, 'change');
}

const PER_FRAME = 16;
const LOOK = 200;
const frame = () => new Promise((next) => { requestAnimationFrame(next); });

// All kinds of events, or only those of these names.
async function run(seed, events, only = '') {
  const kinds = KINDS.filter(([, { name }]) => only === '' || only.split(',').includes(name));
  Object.assign(page.dataset, { fuzz: 'running', fuzzEvents: 0 });
  let [digest, missed] = [0, 0];
  for (let event = 1; event <= events; event += 1) {
    const [, act] = kind(kinds, sequence(seed, -event)());
    const dice = sequence(seed, event);
    digest = Math.imul(digest ^ Math.floor(2 ** 32 * sequence(seed, event)()) ^ KINDS.findIndex(([, known]) => known === act), 0x01000193) >>> 0;
    if (!await act(dice)) missed += 1;
    if (event % PER_FRAME === 0) await frame();
    if (event % LOOK === 0) {
      page.dataset.fuzzEvents = event;
      look();
    }
  }
  letGo();
  look();
  Object.assign(page.dataset, { fuzz: 'done', fuzzEvents: events, fuzzDigest: digest, fuzzMissed: missed });
}

// Nothing is saved: the file is made and let go.
const { click } = HTMLAnchorElement.prototype;
HTMLAnchorElement.prototype.click = function pressed() {
  if (!this.hasAttribute('download')) click.call(this);
};

export async function start() {
  while (!('ready' in page.dataset)) await frame();
  first = globalThis.navigation?.currentEntry?.index ?? 0;
  // Another go without loading the page again: what is kept of each event is seen then.
  addEventListener('fuzz', ({ detail: { seed, events, only } }) => run(seed, events, only));
  const query = new URLSearchParams(location.search);
  await run(Number(query.get('fuzz')) || 1, Number(query.get('events') ?? 1000), query.get('only') ?? undefined);
}
