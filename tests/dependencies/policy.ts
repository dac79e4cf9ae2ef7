/** What an image that is handed to an agency may hold, without a duty on the agency's own programs. */
const permissive = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'PSF-2.0',
  'Python-2.0',
  // Fonts: they may be embedded and passed on, not sold alone.
  'OFL-1.1',
];

export const allowedLicences = {
  runtime: permissive,
  /**
   * Stays on the machine of whoever builds and tests. MPL asks only for the source of changed files, and none is changed;
   * CC-BY lies on lists of licence names.
   */
  development: [...permissive, 'MPL-2.0', 'CC-BY-3.0'],
};

/** Packages whose package.json names no licence, or not as SPDX has it. Somebody read the file that is named; a new version is read anew. */
export const readLicences: Readonly<Record<string, { licence: string; readIn: string }>> = {
  'busboy@0.3.1': { licence: 'MIT', readIn: 'LICENSE' },
  'dicer@0.3.0': { licence: 'MIT', readIn: 'LICENSE' },
  'humanize-number@0.0.2': { licence: 'MIT', readIn: 'Readme.md' },
  'only@0.0.2': { licence: 'MIT', readIn: 'Readme.md' },
  'png-js@2.0.0': { licence: 'MIT', readIn: 'LICENSE' },
  'streamsearch@0.1.2': { licence: 'MIT', readIn: 'LICENSE' },
  'xml-escape@1.1.0': { licence: 'MIT', readIn: 'LICENSE' },
};
