import { globSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;
/** What newcomers and operators read and type off. */
export const guides = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md', { cwd: root }).sort()];

export const readGuide = (file: string): string => readFileSync(root + file, 'utf8');

export interface Command {
  /** Guide and line, for people. */
  at: string;
  text: string;
  /** In which state of the hub it is to be run: the word after `sh` where its block begins; empty: as it is. */
  state: string;
}

const block = /^```sh *(.*)\n([\s\S]*?)^```$/gm;

/** The commands of a guide's `sh` blocks, each without its comment. */
export function listCommands(file: string, text = readGuide(file)): Command[] {
  return [...text.matchAll(block)].flatMap(({ 1: state = '', 2: body = '', index }) => {
    const first = text.slice(0, index).split('\n').length + 1;
    return body.split('\n').flatMap((line, n) => {
      const command = line.replace(/(^|\s+)#\s.*$/, '').trim();
      return command === '' ? [] : [{ at: `${file}:${first + n}`, text: command, state }];
    });
  });
}
