import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const hub = fileURLToPath(new URL('../../hub', import.meta.url));
const views = readdirSync(hub, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.liquid'))
  .map((file) => ({ file, text: readFileSync(join(hub, file), 'utf8') }));

/** Places that show what is wrong with something that is tried, and not with a form that was refused. */
const tried = [
  'web/views/fault.liquid',
  'web/views/file-field.liquid',
  'console/workbench/views/workbench.liquid',
  'console/workbench/views/workbench-outgoing.liquid',
  'console/configuration/views/config-problems.liquid',
  'console/repairs/views/parked-fields.liquid',
];

test('what is wrong with a field is said by the one view that also lists it in the summary of the page', () => {
  const own = views.filter(({ text }) => text.includes('class="form-hint-invalid"')).map(({ file }) => file);
  expect(own.sort()).toEqual([...tried].sort());
});

test('a page has one summary, which the layout places before the heading', () => {
  const layouts = views.filter(({ text }) => text.includes('<!--faults-->'));
  expect(layouts.map(({ file }) => file)).toEqual(['console/views/layout.liquid']);
  const first = layouts[0]?.text ?? '';
  expect(first.indexOf('<!--faults-->')).toBeLessThan(first.indexOf('block content'));
});
