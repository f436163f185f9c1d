// Numbers as the page writes them, and as the command line of the same source tree prints them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

// The number at the start of a text as people write it: `−1.234 × 10⁻⁷ counts`; NaN for anything else.
export function readNumber(text = '') {
  const [, mantissa, exponent] = /^([−+]?[\d.]+)(?: × 10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/.exec(text) ?? [];
  const plain = (exponent ?? '⁰').replace('⁻', '-').replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => SUPERSCRIPTS.indexOf(digit));
  return mantissa === undefined ? NaN : Number(`${mantissa.replace('−', '-')}e${plain}`);
}

// `tolerance` is relative.
export function assertClose(got, expected, tolerance) {
  assert.ok(Math.abs(got - expected) <= tolerance * Math.abs(expected), `got ${got}, expected ${expected}`);
}

// What `dipole-portal` of the same source tree prints, which the page must agree with.
export async function commandLine(...options) {
  return JSON.parse(await commandLineText(...options));
}

// The same as text.
export async function commandLineText(...options) {
  const cargo = ['run', '--locked', '--quiet', '--bin', 'dipole-portal', '--', ...options];
  const { stdout } = await promisify(execFile)(process.env.CARGO ?? 'cargo', cargo, { cwd: ROOT, maxBuffer: 1 << 24 });
  return stdout;
}
