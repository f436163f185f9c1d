// The guided tour: its text, its style, and the way through it. Comes when it is first opened. Every step is a link to a state of the page, so that a
// tour is a list of links.

const drawer = document.querySelector('[data-guide]');
const place = drawer.querySelector('[data-guide-text]');
const { search } = new URL(import.meta.url);

// The steps, and the one that the page is at.
const steps = () => [...place.querySelectorAll('[data-tour] a')];
let at = -1;

// What a step is about stands out on the page as long as the step is on.
let shown;
function show(selector) {
  shown?.removeAttribute('data-told');
  shown = selector && document.querySelector(selector);
  shown?.setAttribute('data-told', '');
}

function arrive(index) {
  at = index;
  for (const [number, link] of steps().entries()) {
    if (number === at) link.setAttribute('aria-current', 'step');
    else link.removeAttribute('aria-current');
  }
  drawer.toggleAttribute('data-touring', at >= 0);
  // The others are not there, and do not count.
  place.querySelector('[data-tour]').start = Math.max(at, 0) + 1;
  show(steps()[at]?.dataset.shows);
  const [back, next] = ['back', 'next'].map((way) => place.querySelector(`[data-way="${way}"]`));
  back.setAttribute('aria-disabled', String(at <= 0));
  next.setAttribute('aria-disabled', String(at >= steps().length - 1));
}

function go(way) {
  const next = steps()[at + way];
  if (!next) return;
  next.click();
  next.focus({ preventScroll: true });
}

function leave() {
  arrive(-1);
  drawer.open = false;
  drawer.querySelector('summary').focus();
}

// Colours and pins are the visitor's: no link of the guide changes them.
function follow(event, link) {
  const kept = location.hash.slice(1).split('&').filter((entry) => /^(theme|pins)=/.test(entry));
  if (kept.length === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.hash = [link.hash, ...kept].join('&');
}

place.addEventListener('click', (event) => {
  const { target } = event;
  const link = target.closest('a[href^="#"]');
  const way = target.dataset?.way;
  if (way === 'next') go(1);
  else if (way === 'back') go(-1);
  else if (way === 'leave') leave();
  else if (link) {
    follow(event, link);
    arrive(steps().indexOf(link));
  }
});
drawer.addEventListener('keydown', (event) => {
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (way) go(way);
  else if (event.key === 'Escape') leave();
  else return;
  event.preventDefault();
});
drawer.addEventListener('toggle', () => { if (!drawer.open && steps().length > 0) arrive(-1); });

// Text and style. What has not come is asked for again when the guide is opened again.
async function fetched() {
  const { style } = await globalThis.bring(new URL(`sheet.js${search}`, import.meta.url));
  const styled = style(new URL(`guide.css${search}`, import.meta.url), '--guide');
  const text = await globalThis.read(new URL(`guide.${document.documentElement.lang}.html${search}`, import.meta.url), 'data-whole');
  await styled;
  place.innerHTML = text;
  arrive(-1);
}
let whole;
export function load() {
  whole ??= fetched().catch((error) => {
    whole = undefined;
    throw error;
  });
  return whole;
}

export { go, leave };
