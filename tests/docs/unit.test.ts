import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readGuide } from './guides.ts';

const root = new URL('../../', import.meta.url).pathname;
const unit = readFileSync(join(root, 'config/minwon-hub.service'), 'utf8');
const entryOf = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

it('the unit starts a program that is there, by the flags of npm start', () => {
  const folder = entryOf('WorkingDirectory');
  const [node = '', ...args] = entryOf('ExecStart').split(' ');
  expect(node).toBe(`${folder}/node_modules/.bin/node`);
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(scripts.start).toBe(['node', ...args].join(' '));
  expect(existsSync(join(root, 'hub/main.ts'))).toBe(true);
});

it('docs/operate.md puts its settings, its account and its folders where the unit looks', () => {
  const guide = readGuide('docs/operate.md');
  for (const name of ['EnvironmentFile', 'WorkingDirectory', 'User']) expect(guide).toContain(entryOf(name));
  expect(guide).toContain(`install -D --mode=600 config/hub.env.example ${entryOf('EnvironmentFile')}`);
  expect(guide).toContain(`useradd --system --home-dir /var/lib/minwon-hub ${entryOf('User')}`);
});
