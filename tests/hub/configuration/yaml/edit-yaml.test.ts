import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { applyTo, type Edit, editYaml } from '../../../../hub/configuration/yaml/edit-yaml.ts';

const text = `# An agency.
code: centre
name: { ko: 통합민원센터, en: "Integrated Centre" } # two names

officers: # told of new complaints
  # the first owns what is parked
  - { name: 담당자, department: 민원팀 }
  - name: 김
    email:   'kim@centre.example'   # by mail
board:
  adapter: rest
  settings:
    normalise: |
      { "title": t,

        "body": b }
    codes:
      status: { 접수: received, 완료: answered }
    lists: []
    # the end of the settings
  pollEvery: 30

# the end
`;

const edit = (...edits: Edit[]) => editYaml(text, edits);
const set = (path: (string | number)[], value: unknown): Edit => ({ op: 'set', path, value });
const remove = (path: (string | number)[]): Edit => ({ op: 'remove', path });

test('a value changes in its place, in the way it was written', () => {
  expect(edit(set(['name', 'en'], "The Centre's"))).toBe(text.replace('Integrated Centre', "The Centre's"));
  expect(edit(set(['officers', 1, 'email'], 'lee@centre.example'))).toBe(text.replace('kim@', 'lee@'));
  expect(edit(set(['board', 'pollEvery'], 0.5))).toBe(text.replace('pollEvery: 30', 'pollEvery: 0.5'));
  expect(edit(set(['code'], 'no'))).toBe(text.replace('code: centre', 'code: no'));
  expect(edit(set(['code'], '12'))).toBe(text.replace('code: centre', 'code: "12"'));
  expect(edit(set(['officers', 0, 'department'], 'a, b'))).toBe(text.replace('민원팀', '"a, b"'));
  expect(edit(set(['board', 'settings', 'normalise'], '{ "title": x }\n'))).toBe(
    text.replace(/\| *\n {6}\{ "title": t,\n\n {8}"body": b \}/, '|\n      { "title": x }'),
  );
});

test('a new value comes behind the last one of its map or list', () => {
  expect(edit(set(['phone'], '02-123-4567'))).toBe(
    text.replace('pollEvery: 30', 'pollEvery: 30\nphone: 02-123-4567'),
  );
  expect(edit(set(['name', 'zh'], '中'))).toBe(text.replace('Centre" }', 'Centre", zh: 中 }'));
  expect(edit(set(['officers', 2], { name: '이', notifyBy: 'email' }))).toBe(
    text.replace('# by mail', '# by mail\n  - name: 이\n    notifyBy: email'),
  );
  expect(edit(set(['board', 'settings', 'lists', 0], 'a'))).toBe(
    text.replace('lists: []', 'lists:\n      - a'),
  );
  expect(edit(set(['board', 'rate', 'calls'], 5))).toBe(
    text.replace('pollEvery: 30', 'pollEvery: 30\n  rate:\n    calls: 5'),
  );
});

test('what is removed goes with its line and leaves the comments above it', () => {
  expect(edit(remove(['officers', 0]))).toBe(text.replace('  - { name: 담당자, department: 민원팀 }\n', ''));
  expect(edit(remove(['officers', 1, 'name']))).toBe(text.replace('name: 김\n    email', 'email'));
  expect(edit(remove(['name', 'en']))).toBe(text.replace(', en: "Integrated Centre"', ''));
  expect(edit(remove(['name', 'ko']))).toBe(text.replace('ko: 통합민원센터, ', ''));
  expect(edit(remove(['board', 'settings', 'normalise']))).toBe(
    text.replace(/ {4}normalise: \|\n[\s\S]* {8}"body": b \}\n/, ''),
  );
  expect(edit(remove(['board', 'pollEvery']))).toBe(text.replace('  pollEvery: 30\n', ''));
});

test('neighbours in a list change places', () => {
  const swapped = edit({ op: 'swap', path: ['officers', 0] });
  expect(parse(swapped).officers.map(({ name }: { name: string }) => name)).toEqual(['김', '담당자']);
  expect(swapped).toContain("- name: 김\n    email:   'kim@centre.example'   # by mail\n  - { name: 담당자");
  expect(editYaml(swapped, [{ op: 'swap', path: ['officers', 0] }])).toBe(text);
});

test('every change says what it should, whatever the layout', () => {
  const texts = [
    text,
    '',
    '{}',
    'a:\n',
    '? a\n: b\n',
    '- 1\n-\n  - 2\n',
    '{"a":{"b":[1,2]}}',
    'a: [\n  1, # one\n  2,\n]\n',
  ];
  const edits: Edit[] = [
    set(['a'], { b: 'x\ny' }),
    set(['a', 'b'], [1, { c: 'x: y' }]),
    set(['a', 'b', 0], 'line\n\nline\n'),
    set(['c', 'b'], '~'),
    remove(['a']),
    remove(['a', 'b']),
    remove(['a', 0]),
    remove(['a', 'b', 1]),
    { op: 'swap', path: ['a', 0] },
  ];
  for (const source of texts)
    for (const one of edits) {
      const value = parse(source);
      if (Array.isArray(value)) continue;
      if (one.op !== 'set' && !isThere(value, one.path)) continue;
      expect(parse(editYaml(source, [one])), `${source} ${JSON.stringify(one)}`).toEqual(applyTo(value, one));
    }
});

test('what an alias stands for may differ from it, and what an anchor names is shared', () => {
  const shared = 'a: &x { b: 1 } # one\nc: *x # two\n';
  expect(editYaml(shared, [set(['c', 'b'], 2)])).toBe('a: &x { b: 1 } # one\nc:\n  b: 2 # two\n');
  expect(editYaml(shared, [set(['a', 'b'], 2)])).toBe('a: &x { b: 2 } # one\nc: *x # two\n');
});

const isThere = (value: unknown, path: (string | number)[]) => {
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | null)?.[step], value);
  return typeof holder === 'object' && Object.hasOwn(holder ?? {}, String(path.at(-1)));
};
