import { afterAll, beforeAll, expect, test } from 'vitest';
import { adapterKinds } from '../../../../adapters/registry.ts';
import { findDraft } from '../../../../hub/configuration/drafts.ts';
import { readFormOf, roadSource, startConfigurationHub } from './configuration-hub.ts';

const secretName = 'FORMS_TEST_SECRET';
const logged: string[] = [];
let parts: Awaited<ReturnType<typeof startConfigurationHub>>;
beforeAll(async () => {
  parts = await startConfigurationHub({ LOG_LEVEL: 'trace' }, logged);
});
afterAll(async () => {
  delete process.env[secretName];
  delete adapterKinds.wide;
  await parts.hub.stop();
});

const path = '/agencies/road/configuration';
const draftOf = (login: string, code = 'road') => findDraft(parts.hub.store, login, 'agency', code);

/** Opens the page, changes what is given and presses a button. */
async function edit(login: string, fields: Record<string, string>, request = 'save', at = path) {
  const visitor = await parts.visitors.as(login);
  const { text } = await visitor.get(at);
  return visitor.post(at, { ...readFormOf(text), ...fields, do: request });
}
const discard = async (login: string) => {
  const visitor = await parts.visitors.as(login);
  const formToken = readFormOf((await visitor.get(path)).text).formToken ?? '';
  return visitor.post(`${path}/discard`, { formToken });
};

test('a form that nobody touched is no draft, and a changed field is one, of this person alone', async () => {
  expect((await edit('admin', {})).status).toBe(303);
  expect(await draftOf('admin')).toBeUndefined();
  await edit('admin', { '/board/pollEvery': '60' });
  expect((await draftOf('admin'))?.source).toBe(roadSource.replace('pollEvery: 30', 'pollEvery: 60'));
  const again = await (await parts.visitors.as('admin')).get(path);
  expect(again.text).toContain('이어서 쓰는 초안입니다');
  expect(again.text).toMatch(/name="\/board\/pollEvery" value="60"/);
  const other = await (await parts.visitors.as('second')).get(path);
  expect(other.text).toMatch(/name="\/board\/pollEvery" value="30"/);
  await discard('admin');
  expect(await draftOf('admin')).toBeUndefined();
});

test('text and fields that changed at once both count', async () => {
  const source = roadSource.replace('# 당직실', '# 민원실').replaceAll('\n', '\r\n');
  await edit('admin', { source, '/phone': '051-999-9999' });
  expect((await draftOf('admin'))?.source).toBe(
    roadSource.replace('051-123-4567 # 당직실', '051-999-9999 # 민원실'),
  );
  await edit('admin', {}, 'add /officers');
  expect((await draftOf('admin'))?.source).toContain('parked\n  - {}\n');
  await discard('admin');
});

test('what is wrong is told at its field and its line, in the words of the command', async () => {
  await edit('admin', { '/board/pollEvery': 'soon' });
  const { text } = await (await parts.visitors.as('admin')).get(path);
  expect(text).toMatch(/data-line="12"[^>]*>12행<\/a> <a href="#f\.board\.pollEvery">/);
  expect(text).toMatch(/id="f\.board\.pollEvery-problem"><span>number 형식이어야 합니다/);
  expect((await draftOf('admin'))?.source).toContain('pollEvery: soon # seconds');
  await discard('admin');
});

test('a text that cannot be read stays as it was typed, with what was typed into the form', async () => {
  const source = roadSource.replace('code: road', 'code: [road');
  const refused = await edit('admin', { source, '/phone': '051-777-7777' });
  expect(refused.status).toBe(200);
  expect(refused.text).toContain('YAML을 읽을 수 없습니다');
  const sent = readFormOf(refused.text);
  expect(sent.source?.replaceAll('\r\n', '\n')).toBe(source);
  expect(sent['/phone']).toBe('051-777-7777');
  await (await parts.visitors.as('admin')).post(path, { ...sent, source: roadSource, do: 'save' });
  expect((await draftOf('admin'))?.source).toBe(roadSource.replace('051-123-4567', '051-777-7777'));
  await discard('admin');
});

test('a secret in the clear is not stored, not shown again and not logged, and the rest of the draft is kept', async () => {
  const typed = {
    '/phone': '051-666-6666',
    '/board/settings/secrets/0': 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  };
  const refused = await edit('admin', typed);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('비밀값을 그대로 적을 수 없습니다');
  expect(refused.text).not.toContain('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const { rows } = await parts.hub.store.pool.query('select source from configuration_drafts');
  expect(JSON.stringify(rows)).not.toContain('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  expect((await draftOf('admin'))?.source).toContain('051-666-6666');
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join('')).not.toContain('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  await discard('admin');
});

test('an alias bomb is told as a problem', async () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefgh'].map(
      (name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[n]}`).join(', ')}]`,
    ),
  ].join('\n');
  const refused = await edit('admin', { source: bomb });
  expect(refused.text).toContain('YAML을 읽을 수 없습니다');
  await discard('admin');
});

test('secrets are asked for where they will be read, and never shown', async () => {
  process.env[secretName] = 'a-secret-value';
  const asked = await edit('admin', { '/board/settings/secrets/0': `env:${secretName}` }, 'secrets');
  expect(asked.text).toMatch(new RegExp(`<code>env:${secretName}</code>[\\s\\S]*?있습니다\\.`));
  expect(asked.text).not.toContain('a-secret-value');
  const missing = await edit('admin', { '/board/settings/secrets/0': 'env:NOT_THERE_AT_ALL' }, 'secrets');
  expect(missing.text).toMatch(/<code>env:NOT_THERE_AT_ALL<\/code>[\s\S]*?없습니다\./);
  await discard('admin');
});

test('the connection of a draft is tried before it is in force', async () => {
  const tried = await edit(
    'admin',
    { '/board/settings/url': 'http://127.0.0.1:1/', '/board/networks': '127.0.0.0/8' },
    'check',
  );
  expect(tried.text).toContain('연결 시험 결과');
  expect(tried.text).toContain('bg-danger">문제</span>');
  await discard('admin');
});

test('an auditor reads and changes nothing; others see neither page nor link', async () => {
  const auditor = await parts.visitors.as('auditor');
  const { text, status } = await auditor.get(path);
  expect(status).toBe(200);
  expect(text).toContain('<fieldset class="plain" disabled>');
  expect(text).not.toContain('value="review"');
  const formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
  expect((await auditor.post(path, { formToken, source: roadSource, base: '1', do: 'save' })).status).toBe(
    403,
  );
  const counsellor = await parts.visitors.as('counsellor');
  expect((await counsellor.get(path)).status).toBe(403);
  expect((await counsellor.get('/agencies/road')).text).not.toContain(path);
});

test('a schema of a package with 200 fields shows what is needed, and folds the rest', async () => {
  const names = Array.from({ length: 200 }, (_, n) => `field${n}`);
  adapterKinds.wide = {
    name: 'wide',
    settings: {
      type: 'object',
      required: ['field0'],
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string', title: `항목 ${name}` }])),
      additionalProperties: false,
    },
    checkSettings: () => [],
    create: () => {
      throw new Error('nobody calls it');
    },
  };
  const source = roadSource
    .replace('adapter: webhook', 'adapter: wide')
    .replace(/url: .*\n.*ROAD_SECRET \]/, 'field0: x\n    field7: y');
  await edit('admin', { source });
  const { text } = await (await parts.visitors.as('admin')).get(path);
  expect(text).toContain('더 보기(198개)');
  expect(text.match(/name="\/board\/settings\/field\d+"/g)).toHaveLength(200);
  expect(text).toContain('항목 field199');
  await edit('admin', { '/board/settings/field199': '끝' });
  expect((await draftOf('admin'))?.source).toBe(source.replace('field7: y', 'field7: y\n    field199: 끝'));
  await discard('admin');
});

test('there is no page for an agency that is neither there nor begun', async () => {
  expect((await (await parts.visitors.as('admin')).get('/agencies/nobody/configuration')).status).toBe(404);
});
