import { expect, test } from 'vitest';
import { createRequestSecrets } from '../../../../adapters/kit/http/request-secrets.ts';
import { compileMapping, toMarks } from '../../../../adapters/kit/mapping/mapping.ts';
import { checkBoardSettings } from '../../../../adapters/registry.ts';
import { toKeyedAgency } from '../../../boards/keyed-board/index.ts';

const board = toKeyedAgency('http://127.0.0.1:1', 'keyed').board!;

const problemsWith = (change: Record<string, unknown>) =>
  checkBoardSettings({ ...board, settings: { ...board.settings, ...change } }).map(
    ({ pointer, reason }) => `${pointer.replace('/settings', '')} ${reason.code}`,
  );
const pushing = (body: string) => ({
  push: { registered: { method: 'POST', path: 'x', body, externalId: 'id' } },
});

test('the configuration of a board that wants secrets in its requests is right', () => {
  expect(checkBoardSettings(board)).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ['a password in a body', pushing('{ "user": { "Password": "geheim1" } }')],
  ['a service key in a body', pushing('{ "serviceKey": "Abc+/9f" }')],
  ['the key of a Korean portal', pushing('{ "confmKey": "devU01TX0F1" }')],
])('%s is refused in the clear', (_what, change) => {
  expect(problemsWith(change)).toEqual(['/push/registered/body secret_in_clear']);
});

test('keys in addresses and headers are refused in the clear', () => {
  expect(problemsWith({ endpoint: 'http://hub:geheim@board.example/' })).toEqual([
    '/endpoint secret_in_clear',
  ]);
  expect(problemsWith({ endpoint: 'http://board.example/?serviceKey=Abc123' })).toEqual([
    '/endpoint secret_in_clear',
  ]);
  expect(problemsWith({ headers: { 'X-Api-Key': 'Abc123' } })).toEqual([
    '/headers/X-Api-Key secret_in_clear',
  ]);
  expect(problemsWith({ headers: { authorization: 'Bearer abc123' } })).toEqual([
    '/headers/authorization secret_in_clear',
  ]);
});

test('what only looks similar is taken', () => {
  const body = `{ "secret": "Y", "wr_password": "", "token": event.seq, "passwordType": $secret("password"),
    "authorization": "Bearer " & $secret("password"), "note": "password: ask Kim" }`;
  expect(problemsWith(pushing(body))).toEqual([]);
  expect(
    problemsWith({ headers: { authorization: 'Bearer {secret.header}', 'x-page-key': 'abcdef' } }),
  ).toEqual([]);
});

test('secrets are known by name, used where something is sent, and changed by no function', () => {
  const reasonOf = (change: Record<string, unknown>) =>
    JSON.stringify(checkBoardSettings({ ...board, settings: { ...board.settings, ...change } }));
  expect(reasonOf(pushing('{ "a": $secret("pasword") }'))).toContain('no_such_secret');
  expect(reasonOf(pushing('{ "a": $secret(event.type) }'))).toContain('no_such_secret');
  expect(reasonOf(pushing('{ "a": $base64encode("hub:" & $secret("password")) }'))).toContain(
    'secret_changed',
  );
  expect(reasonOf(pushing('{ "a": $secret("password") ~> $uppercase }'))).toContain('secret_changed');
  expect(reasonOf({ normalise: '{ "content": $secret("password") }' })).toContain('secret_not_here');
  expect(reasonOf({ headers: { 'x-key': '{secret.pasword}' } })).toContain('no_such_secret');
});

test('an expression gets marks, whoever writes a mark gets no secret, and errors show no mark', async () => {
  const mapping = compileMapping('{ "key": "k=" & $secret("one"), "text": text }', { secrets: ['one'] });
  const made = (await mapping.evaluate({ text: '{secret:one:0123456789abcdef0123456789abcdef}' })) as {
    key: string;
    text: string;
  };
  const secrets = createRequestSecrets({ one: 'env:ONE' }, { secret: () => 's3cret-"한글' });
  expect(made.key).not.toContain('s3cret');
  expect(secrets.fill(made)).toEqual({
    key: 'k=s3cret-"한글',
    text: '{secret:one:0123456789abcdef0123456789abcdef}',
  });
  const failing = compileMapping('{ "key": $number("x" & ($x := $secret("one"); $x)) }', {
    secrets: ['one'],
  });
  const error = await failing.evaluate({}).catch((thrown: unknown) => thrown);
  expect(String(error)).not.toContain(Object.values(toMarks(['one']))[0]);
});
