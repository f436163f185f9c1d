// The page in other languages than English. A language is the files in www/ with its name: words.de.tsv, and guide, notes and model. The words are rows of an English
// text and its translation; one without a translation is the same in both. From index.html and the words comes de.html.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

// Tags, with all that is in elements whose text is no prose; and text between them.
const PIECES = /(<!--[^]*?-->|<(script|style|code)\b[^]*?<\/\2>|<[^>]*>)|([^<]+)/g;
// Attributes that are read to somebody.
const ATTRIBUTES = /((?:aria-label|title|alt|name="description" content)=")([^"]*)"/g;
const squeezed = (text) => text.trim().replace(/\s+/g, ' ');
// What has no word in it is the same everywhere.
const isProse = (text) => /\p{L}{2}/u.test(text);

// A document with each text as `say` says it.
function mapped(html, say) {
  const said = (text) => (isProse(text) ? text.replace(squeezed(text).length === text.trim().length ? text.trim() : /\S[^]*\S/, () => say(squeezed(text))) : text);
  return html.replace(PIECES, (whole, tag, _, text) => (text ? said(text) : tag.replace(ATTRIBUTES, (attribute, before, value) => `${before}${said(value)}"`)));
}

// Every text of a document.
export function textsOf(html) {
  const texts = new Set();
  mapped(html, (text) => {
    texts.add(text);
    return text;
  });
  return texts;
}

// Every text that scripts or the program say: `say('…')`, and `say!("…")` and `word!("…")`. (A method `say` is another.)
export function saidIn(code) {
  const texts = [...code.matchAll(/\b(?:say!|word!|(?<![.\w])say)\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\[^])*)")/g)].map(([, js, rust]) => js ?? rust);
  return texts.map((text) => text.replace(/\\\n\s*/g, '').replace(/\\(.)/g, '$1'));
}

// The languages there are words for, each with its words.
export async function languages(www) {
  const files = (await readdir(www)).map((name) => /^words\.(\w+)\.tsv$/.exec(name)).filter(Boolean);
  return Promise.all(files.map(async ([name, language]) => {
    const rows = (await readFile(join(www, name), 'utf8')).split('\n').filter((row) => row && !row.startsWith('#')).map((row) => row.split('\t'));
    for (const row of rows) if (row.length !== 2) throw new Error(`${name}: a row is an English text, a tabulator, and a translation or nothing: ${row[0]}`);
    return { language, words: new Map(rows) };
  }));
}

// By what the page knows a text, so that it does not carry the English twice: as in src/language.rs.
function key(english) {
  let hash = 0x811c9dc5;
  for (let place = 0; place < english.length; place += 1) hash = Math.imul(hash ^ english.charCodeAt(place), 0x01000193);
  return hash >>> 8;
}

// The words as the program and the scripts read them, of those texts that `isSaid` takes.
export function wordsOf({ words }, isSaid = () => true) {
  const rows = [...words].map(([english, other]) => [key(english), other, english]);
  // In the order in which the program looks for them.
  rows.sort(([one], [other]) => one - other);
  const same = rows.findIndex(([one], place) => one === rows[place + 1]?.[0]);
  if (same >= 0) throw new Error(`"${rows[same][2]}" and "${rows[same + 1][2]}" have the same key`);
  let last = 0;
  return rows.filter(([, other, english]) => other && isSaid(english)).map(([number, other]) => {
    const line = `${(number - last).toString(36)}\t${other}`;
    last = number;
    return line;
  }).join('\n');
}

// A document, or a part of one, in another language.
export function translated(html, { language, words }) {
  const missing = [];
  const said = mapped(html, (text) => {
    if (!words.has(text)) missing.push(text);
    return words.get(text) || text;
  });
  if (missing.length > 0) throw new Error(`${language} lacks ${missing.map((text) => `"${text}"`).join(', ')}`);
  return said;
}

// The page in another language, with the words that the live page and the scripts need; `more` is the address of all of them, for the workshop.
export function translatedPage(html, spoken, isSaid, more) {
  const { language, words } = spoken;
  const page = translated(html, spoken);
  const block = `<script type="text/tab-separated-values" data-words="${more}">${wordsOf({ words }, isSaid)}</script>`;
  return page.replace('<html lang="en">', `<html lang="${language}">`).replace('</head>', () => `${block}\n</head>`).replace(new RegExp(`hreflang="${language}" lang="${language}" href="${language}.html">[^<]*`), 'hreflang="en" lang="en" href="./">English');
}
