// Short names for what a module of WebAssembly imports from its glue. wasm-bindgen's names, each with a hash that does not compress, stand
// in both files and are a fiftieth of what the page loads. A short name is the place of the long one in the glue, and so hangs on the
// glue alone: two builds whose glue has the same address fit together.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const IMPORT_SECTION = 2;
const HEADER_BYTES = 8;

// An integer as WebAssembly writes it, seven bits to a byte.
function leb128(number) {
  const bytes = [];
  do bytes.push((number & 127) | (number > 127 ? 128 : 0)); while ((number >>>= 7) > 0);
  return Buffer.from(bytes);
}

class Reader {
  constructor(bytes, at) {
    Object.assign(this, { bytes, at });
  }

  integer() {
    for (let number = 0, shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      number |= (byte & 127) << shift;
      if (byte < 128) return number;
    }
  }

  text() {
    const end = this.integer() + this.at;
    return this.bytes.toString('utf8', this.at, (this.at = end));
  }
}

const named = (text) => Buffer.concat([leb128(Buffer.byteLength(text)), Buffer.from(text)]);

// The section with other names; everything that wasm-bindgen imports is a function.
function renamed(section, module, short) {
  const reader = new Reader(section, 0);
  const count = reader.integer();
  const parts = [leb128(count)];
  for (let each = 0; each < count; each += 1) {
    const [from, name] = [reader.text(), reader.text()];
    const kind = section[reader.at++];
    if (from !== module || !short.has(name) || kind !== 0) throw new Error(`the glue does not provide the function ${name} of ${from}`);
    parts.push(named(module), named(short.get(name)), Buffer.from([kind]), leb128(reader.integer()));
  }
  return Buffer.concat(parts);
}

async function shortenPair(glue, wasm) {
  const script = await readFile(glue, 'utf8');
  const [, module] = /"(\.\/\w+_bg\.js)":/.exec(script);
  const long = [...script.matchAll(/^\s+(__wb\w+): function/gm)].map(([, name]) => name);
  const short = new Map(long.map((name, place) => [name, `_${place.toString(36)}`]));
  await writeFile(glue, script.replace(/^(\s+)(__wb\w+)(?=: function)/gm, (_, space, name) => space + short.get(name)));

  const bytes = await readFile(wasm);
  const parts = [bytes.subarray(0, HEADER_BYTES)];
  for (const reader = new Reader(bytes, HEADER_BYTES); reader.at < bytes.length;) {
    const start = reader.at;
    const kind = bytes[reader.at++];
    const end = reader.integer() + reader.at;
    const section = bytes.subarray(reader.at, end);
    reader.at = end;
    if (kind !== IMPORT_SECTION) parts.push(bytes.subarray(start, end));
    else {
      const changed = renamed(section, module, short);
      parts.push(Buffer.from([kind]), leb128(changed.length), changed);
    }
  }
  await writeFile(wasm, Buffer.concat(parts));
}

// For every module in a folder, whose glue has its name but for `_bg`.
export async function shortenImports(folder) {
  const modules = (await readdir(folder)).filter((name) => name.endsWith('_bg.wasm'));
  await Promise.all(modules.map((name) => shortenPair(join(folder, name.replace('_bg.wasm', '.js')), join(folder, name))));
}
