import { createUser } from '../../../../hub/access/people/users.ts';
import { applyChanges } from '../../../../hub/configuration/changes/apply.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { createVisitors } from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

/** The text of an agency with comments, as a person wrote it. */
export const roadSource = `# 도로관리사업소
code: road
name: { ko: 도로관리사업소, en: Road Office }
phone: 051-123-4567 # 당직실
officers:
  - { name: 박도로, email: road@example.kr } # the first owns what is parked
board:
  adapter: webhook
  settings:
    url: https://board.example/hook
    secrets: [ env:ROAD_SECRET ]
  pollEvery: 30 # seconds
`;

const park: Agency = { code: 'park', name: { ko: '공원녹지과' }, officers: [{ name: '최공원' }] };

/** A hub with two agencies, one of them with a board, and two administrators. */
export async function startConfigurationHub(environment: Record<string, string> = {}, logged?: string[]) {
  const hub: TestHub = await startTestHub([park], { rules: [], default: 'park' }, environment, logged);
  await insertUsers(hub.store);
  const other = { login: 'second', name: '둘째', role: 'administrator' } as const;
  await createUser(hub.store, { ...other, password: samplePassword });
  await applyChanges(hub.store, [{ kind: 'agency', name: 'road', source: roadSource }], {
    author: 'admin',
    way: 'command',
    note: '처음',
  });
  return { hub, visitors: createVisitors(() => hub.url) };
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', '#34': '"', '#39': "'" };
const unescapeHtml = (html: string): string =>
  html.replace(/&(amp|lt|gt|#34|#39);/g, (_, name: string) => entities[name] ?? '');

/** What a browser without JavaScript would send of the draft's form. */
export function readFormOf(html: string): Record<string, string> {
  const [, form = ''] = html.split('data-draft>');
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of form.matchAll(/<input[^>]*? name="([^"]*)"[^>]*? value="([^"]*)"/g))
    if (!/^[+=]/.test(name)) fields[name] = unescapeHtml(value);
  for (const [, inside = ''] of form.matchAll(/<input type="checkbox"([^>]*)>/g))
    delete fields[/name="([^"]*)"/.exec(inside)?.[1] ?? ''];
  for (const [, name = '', text = ''] of form.matchAll(
    /<textarea[^>]*? name="([^"]*)"[^>]*>\n([^<]*)<\/textarea>/g,
  ))
    fields[name] = unescapeHtml(text).replaceAll('\n', '\r\n');
  for (const [, name = '', options = ''] of form.matchAll(
    /<select[^>]*? name="([^"]*)"[^>]*>(.*?)<\/select>/gs,
  ))
    fields[name] = unescapeHtml(
      /value="([^"]*)" selected/.exec(options)?.[1] ?? /value="([^"]*)"/.exec(options)?.[1] ?? '',
    );
  return fields;
}
