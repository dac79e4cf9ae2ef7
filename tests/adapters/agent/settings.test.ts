import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readAgentSettings } from '../../../adapters/agent/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'minwon-agent-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const path = join(folder, 'agent.yaml');
  writeFileSync(path, text);
  return readAgentSettings(path);
}

it('finds what is relative beside the file', () => {
  expect(read('hub: https://hub.example.kr/\ndata: data\nca: own.pem\n')).toEqual({
    hub: 'https://hub.example.kr',
    data: join(folder, 'data'),
    ca: join(folder, 'own.pem'),
  });
});

it('tells all problems together, each with its line', () => {
  const given = 'hub: ftp://hub\nwarnAt: none\nproxy:\n  url: 3128\nlogLevel: loud\nkey: abc\n';
  let said = '';
  try {
    read(given);
  } catch (error) {
    said = (error as Error).message;
  }
  for (const place of [
    /:1: hub /,
    /:1: data is required/,
    /:2: warnAt /,
    /:4: proxy.url /,
    /:5: logLevel /,
    /:6: key is not/,
  ])
    expect(said).toMatch(place);
});

it.each([
  ['hub: http://hub.example.kr\ndata: d', /must be https/],
  ['hub: https://user:word@hub.example.kr\ndata: d', /no credentials/],
  ['hub: https://hub.example.kr\ndata: d\nproxy: { url: http://p:3128, user: me }', /both user and password/],
  ['hub: [', /agent.yaml: /],
])('refuses %j', (text, reason) => {
  expect(() => read(text)).toThrow(reason);
});
