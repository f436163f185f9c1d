// Notes on the controls and symbols of the page, and the list of its keys. Comes when something is first pointed at, or asked for:
// www/start.js then hands on where the pointer, the focus and the clicks are. The words are in a file for each language.

const number = (key) => `[for="${key}"], [name="${key}"], [data-slider="${key}"]`;
const option = (key, value) => `label:has([name="${key}"][value="${value}"])`;
const legend = (key) => `fieldset:has([name="${key}"]) > legend`;
const take = (what) => `[data-take="${what}"]`;
const experiment = (name) => `${option('experiment', name)}, [data-opinion="${name}"] > th`;
const column = (place) => `[data-opinions] thead th:nth-child(${place}), [data-opinions] td:nth-child(${place})`;
const fact = (key) => `[data-facts] div:has([data-fact="${key}"]) dt`;

// What has a note, by the note's name.
const PLACES = {
  undo: '[data-past="undo"]',
  redo: '[data-past="redo"]',
  reset: '[data-past="reset"]',
  lecture: '[data-modes]',
  keys: '[data-keys]',
  theme: '.theme',
  guide: '[data-guide] > summary',
  'guide-back': '[data-way="back"]',
  'guide-next': '[data-way="next"]',
  'guide-leave': '[data-way="leave"]',
  experiment: legend('experiment'),
  'dresden-ii': experiment('dresden-ii'),
  'coherent-csi': experiment('coherent-csi'),
  xenon1t: experiment('xenon1t'),
  'pandax-4t': experiment('pandax-4t'),
  partner: legend('mass'),
  mass: number('mass'),
  coupling: number('coupling'),
  'coupling-unit': '[name="coupling-unit"]',
  flavor: '#flavor-name',
  'flavor-e': option('flavor', 'e'),
  'flavor-mu': option('flavor', 'mu'),
  'flavor-tau': option('flavor', 'tau'),
  weights: number('weights'),
  'own-drawer': '[data-own-drawer] > summary',
  'own-offered': '[for="own-offered"], [data-own-offered], [data-own="sample"]',
  'own-text': '[for="own-text"], [data-own-text], [data-own="add"]',
  'own-copy': '[data-own="copy"]',
  'own-file': '.file, [data-own-save]',
  inputs: '[data-inputs-drawer] > summary',
  input: '[data-input]',
  'reset-inputs': '[data-inputs-drawer] > [data-reset-input]',
  sensitivity: '[data-sensitivity-drawer] > summary',
  analysis: legend('flux'),
  quenching: '#quenching-name',
  fef: option('quenching', 'fef'),
  ybe: option('quenching', 'ybe'),
  lindhard: option('quenching', 'lindhard'),
  'lindhard-k': number('lindhard-k'),
  flux: number('flux'),
  'reactor-flux': number('reactor-flux'),
  'nuclei-only': 'label:has([name="nuclei-only"])',
  'printed-sign': 'label:has([name="printed-sign"])',
  view: legend('view'),
  recoil: option('view', 'recoil'),
  data: option('view', 'data'),
  parts: 'label:has([name="parts"])',
  axis: number('axis'),
  held: 'label:has([name="held"])',
  ratio: 'label:has([name="ratio"])',
  limits: legend('cl'),
  cl: number('cl'),
  dof: '#dof-name',
  'dof-1': option('dof', '1'),
  'dof-2': option('dof', '2'),
  sides: '#sides-name',
  'sides-two': option('sides', 'two'),
  'sides-one': option('sides', 'one'),
  combine: '[data-combine-drawer] > summary',
  combined: 'label:has([data-combine-with])',
  'decay-lines': number('decay-lines'),
  expected: 'label:has([name="expected"])',
  spectrum: '[data-chart="spectrum"] figcaption',
  plane: '[data-chart="exclusion"] figcaption',
  'show-more': '[data-plane="out"]',
  'show-less': '[data-plane="in"]',
  'show-all': '[data-plane="all"]',
  'show-limits': '[data-plane="start"]',
  'show-2026': '[data-plane="2026"]',
  leads: '[data-leads]',
  range: '[data-ranges] > summary',
  'range-mass': `${number('plane-mass-from')}, ${number('plane-mass-to')}`,
  'range-coupling': `${number('plane-from')}, ${number('plane-to')}`,
  save: '.save > summary',
  png: `${take('spectrum png')}, ${take('plane png')}`,
  svg: `${take('spectrum svg')}, ${take('plane svg')}`,
  csv: '[data-take$=" csv"]',
  json: '[data-take$=" json"]',
  values: '[data-values]',
  link: take('link'),
  limit: take('limit'),
  bibtex: take('verdict bib'),
  sources: take('verdict txt'),
  iframe: take('iframe'),
  'offer-take': '[data-offer-take]',
  'offer-later': '[data-offer-later]',
  pin: '[data-pin="add"]',
  'pin-name': '[data-pin-name]',
  'pin-show': '[data-pin^="show"]',
  'pin-first': '[data-pin^="first"]',
  'pin-remove': '[data-pin^="remove"]',
  'pin-columns': '[data-pins] thead th, [data-pins] td[data-column]',
  match: '[data-match-drawer] > summary',
  'best-fit': '[data-best-fit]',
  precise: '[data-precise]',
  cancel: '[data-cancel]',
  curves: '[data-curves-drawer] > summary',
  curve: '[data-curves] label',
  nuisances: '[data-nuisance-drawer] > summary',
  assumptions: '[data-assumptions-drawer] > summary',
  'column-experiment': column(1),
  'column-delta': column(2),
  'column-excluded': column(3),
  'column-limit': column(4),
  'column-ratio': column(5),
  'column-dipole': column(6),
  'column-sm': column(7),
  'column-energy': column(8),
  'fact-chi2-sm': fact('chi2_sm'),
  'fact-chi2': fact('chi2'),
  'fact-difference': fact('chi2_minus_chi2_sm'),
  'fact-nuclear': fact('totals.cevns'),
  'fact-electron': fact('totals.electron'),
  'fact-dipole-nuclear': fact('totals.dipole_nucleus'),
  'fact-dipole-electron': fact('totals.dipole_electron'),
  'fact-ratio': fact('ratio'),
  'fact-largest': fact('largest_ratio'),
  'fact-excluded': fact('excluded'),
};

// What a pointer rests on, or a key leads to, that long.
const REST_MS = 500;
// With a note open the next one comes sooner, but not for a pointer that is on its way to the note.
const NEXT_MS = 250;
// A pointer may take that long between what has the note and the note.
const WAY_MS = 400;
const GAP_PX = 8;
// A finger that moves further scrolls.
const STILL_PX = 10;

// What does nothing when it is clicked, but for saying what it is.
const NAMES = 'label[for], legend, .name, dt, th, td, figcaption';
const RADIOS_AND_CHECKS = '[type="radio"], [type="checkbox"]';

const { search } = new URL(import.meta.url);
const beside = (name) => new URL(`${name}${search}`, import.meta.url);

const note = document.createElement('div');
note.id = 'note';
note.className = 'note';
note.setAttribute('role', 'tooltip');
note.hidden = true;

let words;
async function load() {
  const { style } = await globalThis.bring(beside('sheet.js'));
  const styled = style(beside('notes.css'), '--notes');
  const text = await globalThis.read(beside(`notes.${document.documentElement.lang}.html`), 'data-whole');
  const found = new DOMParser().parseFromString(text, 'text/html');
  await styled;
  // They may have been missed before.
  // Others say there what has not come, too.
  const failure = document.querySelector('[data-noted]');
  if (failure.textContent === say('The notes could not be fetched. Please check the connection and try again.')) failure.textContent = '';
  // Inside of a landmark of the page.
  document.querySelector('main').append(note);
  return found;
}

// Name of the note that an element has, and the element that it is about.
function noted(target) {
  for (const [name, place] of Object.entries(PLACES)) {
    const element = target.closest(place);
    // The cells of a table are read; where its head has no room each of them carries the name of its column.
    const isRead = element?.matches('td') && getComputedStyle(element.closest('table').tHead).position !== 'absolute';
    if (element && !isRead) return { name, element };
  }
  return undefined;
}

// The names of the notes that have an element on the page; the tests ask.
export const names = Object.keys(PLACES);
export const nameOf = (element) => noted(element)?.name;

// The note that is open: what it is about, what it must not cover, and what its text describes. `way` says what has opened it.
let open;
let timer;
// What a visitor has sent away stays away until the pointer has been elsewhere.
let dismissed;
let pressed = false;
let keyboard = true;

// A finger cannot rest on the options of a group without choosing one: it gets their notes with that of the group.
function fill(name, way) {
  const text = (of) => words.querySelector(`[data-note="${of}"]`);
  const main = text(name);
  const others = way === 'touch' ? (main.dataset.with ?? '').split(' ').filter(Boolean) : [];
  note.replaceChildren(...[main, ...others.map(text)].map((part) => document.importNode(part, true)));
}

// Of a control everything that is used with it: its name, its box, its slider.
function keptClear(element) {
  const row = element.closest('.quantity, .check, .ranges, .theme');
  const fieldset = element.closest('.controls fieldset');
  return row ?? (fieldset && !fieldset.querySelector('.quantity') ? fieldset : element);
}

// What a screen reader describes with the note.
function described(element, target) {
  if (target.matches('input, select, button, summary')) return target;
  return element.control ?? element.querySelector('select') ?? document.querySelector(`[aria-labelledby="${element.id || '-'}"]`) ?? (element.matches('legend') ? element.parentElement : element);
}

function describe(control, is) {
  const ids = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== note.id);
  if (is) ids.push(note.id);
  if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
  else control.removeAttribute('aria-describedby');
}

// Beside the column of controls, where that leaves room; else below or above. Never over what the note is about.
function place() {
  const { clientWidth, clientHeight } = document.documentElement;
  note.style.maxHeight = '';
  note.style.left = note.style.top = '0';
  const { width, height } = note.getBoundingClientRect();
  const about = keptClear(open.element).getBoundingClientRect();
  const within = (value, size, length) => Math.max(GAP_PX, Math.min(value, size - length - GAP_PX));
  const beyond = open.element.closest('.controls')?.getBoundingClientRect().right + GAP_PX;
  let left = within(about.left, clientWidth, width);
  let top;
  if (beyond + width + GAP_PX <= clientWidth) {
    left = beyond;
    top = within(about.top, clientHeight, height);
  } else {
    const above = about.top - 2 * GAP_PX;
    const below = clientHeight - about.bottom - 2 * GAP_PX;
    // Below the title and the tools of a chart there is the chart, below the head of a table its numbers.
    const isAbove = open.element.closest('.head, thead') ? height <= above || above > below : height > below && above > below;
    const room = Math.min(height, isAbove ? above : below);
    note.style.maxHeight = `${room}px`;
    top = isAbove ? about.top - GAP_PX - room : about.bottom + GAP_PX;
  }
  note.style.left = `${left}px`;
  note.style.top = `${top}px`;
}

function hide() {
  clearTimeout(timer);
  if (!open) return;
  describe(open.control, false);
  open = undefined;
  note.hidden = true;
}

function show({ name, element }, target, way) {
  hide();
  if (!element.isConnected || !element.checkVisibility()) return;
  open = { name, element, control: described(element, target), way };
  fill(name, way);
  note.hidden = false;
  describe(open.control, true);
  place();
}

function showLater(found, target, way) {
  clearTimeout(timer);
  timer = setTimeout(() => { if (!pressed) show(found, target, way); }, open ? NEXT_MS : REST_MS);
}

function pointed(target) {
  if (note.contains(target)) return clearTimeout(timer);
  const found = noted(target);
  if (found?.element !== dismissed) dismissed = undefined;
  if (pressed || dismissed) return undefined;
  // Sliders and boxes are in use when the pointer is on them: their names tell what they are.
  const tells = found && !target.matches('[type="range"], [type="text"]');
  if (tells && found.name !== open?.name) return showLater(found, target, 'pointer');
  clearTimeout(timer);
  if (open?.way === 'pointer' && !keptClear(open.element).contains(target)) timer = setTimeout(hide, WAY_MS);
  return undefined;
}

function focused(target) {
  if (!keyboard || !target.matches(':focus-visible')) return;
  const found = noted(target);
  if (!found) return;
  hide();
  // It describes what has the focus at once, for the ear; what is for the eye waits.
  fill(found.name, 'focus');
  describe(target, true);
  target.addEventListener('focusout', () => { describe(target, false); hide(); }, { once: true });
  showLater(found, target, 'focus');
}

let was;
function clicked(target, { pointerType }) {
  const found = noted(target);
  const asks = found && (target.closest(NAMES) || (pointerType === 'touch' && target.closest('.check') && !target.matches('input')));
  if (asks && found.element !== was) show(found, target, pointerType === 'touch' ? 'touch' : 'pointer');
  // What was pressed before anything here could hear of it is not explained now, over what it has done.
  // (A press that had to wait for the workshop comes again without a pointer.)
  if (pointerType !== 'touch' && target.closest('button, summary')) {
    dismissed = found?.element;
    if (!open || open.element === dismissed) hide();
  }
}

// The list of all keys, a dialog of its own.
function listKeys() {
  hide();
  let dialog = document.querySelector('[data-keys-list]');
  if (!dialog) {
    dialog = document.importNode(words.querySelector('[data-keys-list]'), true);
    dialog.addEventListener('click', ({ target }) => { if (target === dialog || target.matches('[data-close]')) dialog.close(); });
    const letters = dialog.querySelector('[name="letters"]');
    letters.checked = !('lettersOff' in document.documentElement.dataset);
    letters.addEventListener('change', () => {
      document.documentElement.toggleAttribute('data-letters-off', !letters.checked);
      try {
        localStorage.letters = letters.checked ? 'on' : 'off';
      } catch {
        // For as long as the page is open, then.
      }
    });
    document.body.append(dialog);
  }
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

// What www/start.js has heard. Without the words it fails, and is asked again.
let loading;
export async function tell(event) {
  const { type, target } = event;
  loading ??= load();
  try {
    words = await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
  if (!target.isConnected) return;
  if (type === 'pointerover') {
    const rests = event.clientX === at.clientX && event.clientY === at.clientY;
    // It may have come to rest before anything here could hear of it.
    at = { clientX: event.clientX, clientY: event.clientY };
    moved = rests;
    if (event.pointerType !== 'touch' && !rests) pointed(target);
  } else if (type === 'focusin') focused(target);
  else if (type === 'click') {
    if (target.closest('[data-keys]')) listKeys();
    else clicked(target, event);
  } else if (type === 'keydown' && event.key === '?' && !target.matches('[type="text"]') && !event.ctrlKey && !event.metaKey && !event.altKey) listKeys();
}

// What sends a note away, or keeps it from coming. The notes hear it before anything else does.
const hear = (kind, listener) => addEventListener(kind, listener, { capture: true, passive: kind !== 'keydown' });
let finger;
// Where the pointer was last: what comes to lie under a pointer that rests, because the page has moved, is not pointed at.
let at = {};
let moved = false;
hear('pointerdown', (event) => {
  const { target, pointerType, clientX, clientY } = event;
  at = { clientX, clientY };
  keyboard = false;
  was = undefined;
  if (note.contains(target)) return;
  was = open?.element;
  dismissed = target.closest && noted(target)?.element;
  hide();
  // A finger cannot rest over anything without touching it: it stays down instead.
  finger = pointerType === 'touch' ? { x: clientX, y: clientY } : undefined;
  const found = finger && words && !target.matches('canvas, [type="range"], [type="text"]') && noted(target);
  if (found) {
    timer = setTimeout(() => {
      show(found, target, 'touch');
      // It has asked and not pressed.
      addEventListener('click', (click) => { click.preventDefault(); click.stopImmediatePropagation(); }, { capture: true, once: true, signal: AbortSignal.timeout(1500) });
    }, REST_MS);
  }
  pressed = pointerType !== 'touch';
});
hear('pointermove', ({ target, pointerType, clientX, clientY }) => {
  // It is once the pointer moves; browsers also tell of movements that are the page's.
  if (moved && (clientX !== at.clientX || clientY !== at.clientY)) {
    moved = false;
    if (words && pointerType !== 'touch') pointed(target);
  }
  at = { clientX, clientY };
  if (finger && Math.hypot(clientX - finger.x, clientY - finger.y) > STILL_PX) lift();
});
function lift() {
  pressed = false;
  if (finger) clearTimeout(timer);
  finger = undefined;
}
hear('pointerup', lift);
hear('pointercancel', lift);
hear('scroll', ({ target }) => {
  if (note.contains(target)) return;
  moved = true;
  hide();
});
hear('resize', hide);
hear('input', ({ target }) => { if (!target.matches(RADIOS_AND_CHECKS)) hide(); });
document.documentElement.addEventListener('pointerleave', () => { if (open?.way === 'pointer') hide(); });
hear('keydown', (event) => {
  keyboard = true;
  if (event.key !== 'Escape' || !open) return;
  dismissed = open.element;
  hide();
  event.preventDefault();
  event.stopPropagation();
});
