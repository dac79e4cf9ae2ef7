import { describe, expect, it } from 'vitest';
import { readGuide, redraw } from './draw-rooms.ts';
import { listSpecifiers } from './list-specifiers.ts';
import { findRoom, floors, listArrows, listImports, listLongest, listSources, looksDown } from './rooms.ts';

const imports = listImports();
/** The demo is a program of its own among the tests. The command only starts it, where the checkout has it. */
const allowed = [{ from: 'hub/command-line/demo.ts', to: 'tests/demo/main.ts' }];

describe('how imports are read', () => {
  it.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ["import type { A } from '../a.ts';", ['../a.ts']],
    ["import {\n  a,\n  type B,\n} from './a/b.ts';", ['./a/b.ts']],
    ["import './side-effect.ts';", ['./side-effect.ts']],
    ["export * from './complaint.ts';", ['./complaint.ts']],
    ["  const { startHub } = await import('../app.ts');", ['../app.ts']],
    ["import pg from 'pg';\nimport { a } from './a.ts';", ['./a.ts']],
    ["import {\n  a, // the board's own\n  /* isn't b */ c,\n} from './a.ts';", ['./a.ts']],
    ["export { a } from './a.ts';\nexport const b = 1;", ['./a.ts']],
    ["let late: import('./a.ts').A | undefined;", ['./a.ts']],
    ["type Library = typeof import('./a.ts');", ['./a.ts']],
    ["function read(file: import('../a.ts').File<import('./b.ts').B>) {}", ['../a.ts', './b.ts']],
    ['const a = await import(`./a.ts`);', ['./a.ts']],
    ["import.meta.resolve('./a.ts');", ['./a.ts']],
    ["const script = new URL('../../a.ts', import.meta.url);", ['../../a.ts']],
    ["new Worker(new URL('worker.ts', import.meta.url));", ['./worker.ts']],
    ["new URL(isSource ? './a.ts' : './a.js', import.meta.url)", ['./a.ts', './a.js']],
    ["new URL('./a.ts', 'http://127.0.0.1');\nnew Map('./b.ts', import.meta.url);", []],
    ["// import './a.ts';\nconst text = \"import './b.ts'\";", []],
    ["const text = 'none';\nexport const other = './a.ts';", []],
  ])('%j', (source, paths) => {
    expect(listSpecifiers(source)).toEqual(paths);
  });

  it('finds what is known to be there: a value, a type, a call, an address', () => {
    expect(imports).toContainEqual({ from: 'hub/main.ts', to: 'hub/command-line/run.ts' });
    expect(imports).toContainEqual({ from: 'adapters/contract.ts', to: 'schemas/index.ts' });
    expect(imports).toContainEqual({ from: 'hub/command-line/serve.ts', to: 'hub/app.ts' });
    for (const one of allowed) expect(imports).toContainEqual(one);
  });

  it('leaves out an arrow that a longer way implies, and no other', () => {
    const arrow = (text: string) => ({ from: text.charAt(0), to: text.charAt(1) });
    const arrows = ['ab', 'bc', 'ac', 'cd', 'ad', 'ax'].map(arrow);
    expect(listLongest(arrows)).toEqual(['ab', 'bc', 'cd', 'ax'].map(arrow));
  });
});

describe('the floors', () => {
  it('name each room once, and no room that has no file', () => {
    const rooms = floors.flat();
    expect(new Set(rooms).size).toBe(rooms.length);
    const lived = new Set(listSources().map(findRoom));
    expect(rooms.filter((room) => !lived.has(room))).toEqual([]);
  });

  it('have a room for every file of hub, adapters and schemas', () => {
    const sources = listSources();
    expect(sources).toContain('hub/complaints/decide.ts');
    expect(sources).toContain('hub/store/migrations/0001-hub.sql');
    expect(sources.filter((file) => findRoom(file) === undefined)).toEqual([]);
  });

  it('the innermost room of a file is its room', () => {
    expect(findRoom('hub/complaints/decide.ts')).toBe('hub/complaints');
    expect(findRoom('hub/complaints/reading/search.ts')).toBe('hub/complaints/reading');
    expect(findRoom('hub/application.ts')).toBeUndefined();
  });

  it('nobody imports upwards, or from a neighbour', () => {
    const judged = imports.filter(
      ({ from, to }) => !allowed.some((one) => one.from === from && one.to === to),
    );
    const breaches = judged.filter(({ from, to }) => {
      const [here, there] = [findRoom(from), findRoom(to)];
      return (
        here === undefined || there === undefined || (here !== there && !looksDown({ from: here, to: there }))
      );
    });
    expect(breaches).toEqual([]);
    expect(listArrows(imports).length).toBeGreaterThan(300);
  });

  it.each([
    ['hub/store', 'hub/doors/gate', 'up'],
    ['hub/doors/rest', 'hub/console/people', 'to a neighbour'],
    ['hub/complaints', 'hub/complaints/reading', 'up into a room inside it'],
  ])('%s to %s would be an arrow %s', (from, to) => {
    expect(looksDown({ from, to })).toBe(false);
  });
});

it('docs/architecture.md shows the rooms as they are; else: npm run rooms', () => {
  const guide = readGuide();
  expect(guide).toBe(redraw(guide));
});
