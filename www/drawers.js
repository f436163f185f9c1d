// What is in the drawers that the workshop fills. It comes with the workshop: the first load does without.

const { read } = globalThis;
const { search } = new URL(import.meta.url);

// A table of one's own comes from a file, by choosing or dropping it, and goes to one.
function wire() {
  const own = document.querySelector('[data-own-text]');
  const fill = async ([file]) => { if (file) own.value = await file.text(); };
  document.querySelector('[data-own-file]').onchange = ({ target }) => fill(target.files);
  own.ondragover = (event) => event.preventDefault();
  own.ondrop = (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    fill(event.dataTransfer.files);
  };
  document.querySelector('[data-own-save]').onclick = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([own.value], { type: 'text/csv' }));
    link.download = 'experiment.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
}

// What is in the drawers; it gives back what puts it there, once.
export async function contents() {
  const { lang } = document.documentElement;
  const text = await read(new URL(`drawers.${lang === 'en' ? '' : `${lang}.`}html${search}`, import.meta.url), 'data-whole');
  const whole = new DOMParser().parseFromString(text, 'text/html');
  return () => {
    if (document.querySelector('[data-own-text]')) return;
    for (const part of whole.querySelectorAll('[data-of]')) document.querySelector(`[data-${part.dataset.of}-drawer]`).append(...part.children);
    wire();
  };
}

