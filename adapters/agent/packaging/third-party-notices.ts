import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Manifest {
  name: string;
  version: string;
  license?: string | { type: string };
  author?: string | { name: string };
}

/**
 * Name, version and licence of every npm package that these modules belong to. MIT, ISC, BSD and Apache-2.0 demand this
 * of anyone who passes the code on. Throws if a package has no licence text.
 */
export async function toNotices(modules: string[]): Promise<string> {
  const folders = new Set(modules.flatMap((module) => findPackage(module) ?? []));
  const notices = await Promise.all([...folders].map(toNotice));
  const head = 'This program holds code of the npm packages below, each under its own licence.\n';
  return [head, ...notices.sort()].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of a module's package. A module that the bundler itself adds begins with a zero byte. */
function findPackage(module: string): string | undefined {
  if (module.startsWith('\0rolldown/'))
    return fileURLToPath(new URL('.', import.meta.resolve('rolldown/package.json')));
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module)?.[0];
}

async function toNotice(folder: string): Promise<string> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name, version, license, author } = manifest;
  const kind = typeof license === 'object' ? license.type : license;
  const by = typeof author === 'object' ? author.name : author;
  const texts = await readLicences(folder);
  const known = kind === undefined ? undefined : wellKnown[kind];
  if (texts.length === 0 && known && by) texts.push(`Copyright (c) ${by}\n\n${known}`);
  if (texts.length === 0)
    throw new Error(`${name} ${version} (${kind}) comes without the text of its licence`);
  return [`${name} ${version} (${kind})`, ...texts].map((text) => `${text.trim()}\n`).join('\n');
}

/** From the package's licence files, else from the last part of its README. */
async function readLicences(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  const files = names.filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (files.length > 0) return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const readme = names.find((name) => /^readme/i.test(name));
  const text = readme ? await readFile(join(folder, readme), 'utf8') : '';
  return text.match(/^Copyright [^\n]*\n+Permission is hereby granted.*?OTHER DEALINGS.*?\.$/ms) ?? [];
}

/**
 * The texts of https://opensource.org/license/mit and /isc-license-txt, for packages that name a licence without
 * including its text.
 */
const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const isc = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`;

const wellKnown: Record<string, string> = { MIT: mit, ISC: isc };
