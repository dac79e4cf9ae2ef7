import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createAuthority } from '../../support/certificates.ts';
import { agencyFile, goodFiles, writeFolder } from '../configuration/example-folder.ts';
import { type OpenAdmin, openAdmin } from '../doors/admin/open-admin.ts';
import { callHub, runHub } from './run-hub.ts';

const files = { ...goodFiles, 'agencies/gamma.yaml': `${agencyFile('gamma')}feed: true\n` };
let admin: OpenAdmin;
let env: Record<string, string>;
beforeAll(async () => {
  admin = await openAdmin();
  env = { DATABASE_URL: admin.doors.store.url, PIPELINE_KEY: admin.keys.kim, READER_KEY: admin.keys.reader };
});
afterAll(() => admin.close());

const hub = (...args: string[]) => callHub(args, env);
const remotely = (...args: string[]) =>
  hub(...args, '--remote', admin.doors.url, '--key-env', 'PIPELINE_KEY');

describe('a folder at a hub elsewhere', () => {
  it('is compared and applied with the output of the commands at the hub itself', async () => {
    const folder = await writeFolder({ ...files, 'agencies/delta.yml': `# 새 기관\n${agencyFile('delta')}` });
    const here = await hub('config', 'diff', folder);
    expect(here).toEqual({ code: 0, stdout: 'added agency delta\n', stderr: '' });
    expect(await remotely('config', 'diff', folder)).toEqual(here);
    expect(await remotely('config', 'apply', folder, '--dry-run')).toEqual(here);
    expect(await remotely('config', 'apply', folder, '--note', '새 기관')).toEqual(here);
    expect((await remotely('config', 'apply', folder)).stdout).toBe('no changes\n');
    expect((await hub('config', 'versions', 'agency', 'delta')).stdout).toMatch(/applied +kim .*새 기관/);

    const target = await writeFolder({});
    expect((await remotely('config', 'export', target)).stdout).toBe(
      'agencies/alpha.yaml\nagencies/beta.yaml\nagencies/delta.yaml\nagencies/gamma.yaml\nrouting.yaml\n',
    );
    expect(await readFile(join(target, 'agencies/delta.yaml'), 'utf8')).toContain('# 새 기관');
    expect((await remotely('config', 'diff', target)).stdout).toBe('no changes\n');
    expect((await remotely('config', 'export', target)).code).toBe(
      (await hub('config', 'export', target)).code,
    );
  });

  it('that is wrong is told of by file and line, as hub config validate does', async () => {
    const bad = await writeFolder({ ...files, 'agencies/beta.yaml': 'code: beta\n' });
    const told = await remotely('config', 'apply', bad);
    expect(told).toEqual(await hub('config', 'apply', bad));
    expect(told.code).toBe(2);
    expect(told.stderr).toMatch(/agencies\/beta\.yaml:1 \/name is required/);
  });

  it('that only the hub finds wrong is told of in the same way', async () => {
    const folder = await writeFolder({
      ...files,
      'agencies/beta.yml': agencyFile('beta'),
      'agencies/beta.yaml': undefined,
    });
    // A hub of another version: it wants what this one does not.
    const problem = {
      type: 'urn:minwon-hub:problem:invalid-configuration',
      title: 'The configuration would not be usable',
      status: 422,
      errors: [
        {
          document: { kind: 'agency', name: 'beta' },
          pointer: '/phone',
          message: 'is required',
          line: 3,
          column: 1,
        },
      ],
    };
    const { url, ca } = await openTls(422, problem);
    const args = ['config', 'apply', folder, '--remote', url, '--key-env', 'PIPELINE_KEY'];
    expect(await hub(...args, '--ca', ca)).toEqual({
      code: 2,
      stdout: '',
      stderr: `hub: ${folder} is not usable\n  agencies/beta.yml:3 /phone is required\n`,
    });
    // Without the authority, nothing is said to whoever answers there.
    expect(await hub(...args)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('cannot be reached'),
    });
  });

  it('with an agency that has work says so with the code of the local command', async () => {
    const { url, ca } = await openTls(409, {
      type: 'urn:minwon-hub:problem:in-use',
      title: 'The agency still has work',
      status: 409,
      detail: 'agency beta cannot be removed',
    });
    const folder = await writeFolder(files);
    const told = await hub(
      'config',
      'apply',
      folder,
      '--remote',
      url,
      '--key-env',
      'PIPELINE_KEY',
      '--ca',
      ca,
    );
    expect(told).toEqual({ code: 1, stdout: '', stderr: 'hub: agency beta cannot be removed\n' });
  });
});

describe('the history of a document at a hub elsewhere', () => {
  const beta = (zone: string) => agencyFile('beta').replace('officers:', `timeZone: ${zone}\nofficers:`);

  it('is listed, and gone back in, after it was shown what that undoes', async () => {
    const before = (await hub('config', 'versions', 'agency', 'beta')).stdout;
    expect(await remotely('config', 'versions', 'agency', 'beta')).toMatchObject({ code: 0, stdout: before });
    const first = Number(/agency +beta +(\d+)/.exec(before)?.[1]);
    await hub(
      'config',
      'apply',
      await writeFolder({ ...files, 'agencies/beta.yaml': beta('Asia/Tokyo') }),
      '--note',
      '시차',
    );

    const shown = await remotely('config', 'rollback', 'agency', 'beta', `${first}`);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^undoes version \d+ by .+: 시차\n/);
    expect(shown.stdout).toContain(
      '  removed /timeZone\n    - Asia/Tokyo\nnothing was changed: --yes does it\n',
    );
    expect((await hub('config', 'versions', 'agency', 'beta')).stdout).not.toMatch(/zurück/);
    const done = await remotely(
      'config',
      'rollback',
      'agency',
      'beta',
      `${first}`,
      '--yes',
      '--note',
      'zurück',
    );
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/changed agency beta\n[\s\S]*removed \/timeZone\n$/);
    expect((await hub('config', 'versions', 'agency', 'beta')).stdout).toMatch(/applied +kim .*zurück/);
    const again = await remotely('config', 'rollback', 'agency', 'beta', `${first}`, '--yes');
    expect(again).toEqual({ code: 0, stdout: 'no changes\n', stderr: '' });
  });

  it('ends with the codes of the commands at the hub itself', async () => {
    const unknown = ['config', 'rollback', 'agency', 'beta', '99'];
    const told = await remotely(...unknown, '--yes');
    expect({ ...told, stderr: told.stderr.replace(/ \(urn:[^)]*\)/, '') }).toEqual(await hub(...unknown));
    expect((await remotely('config', 'versions')).code).toBe(2);
    // A key that reads sees what it would undo, and may not do it.
    const args = [
      'config',
      'rollback',
      'agency',
      'beta',
      '2',
      '--remote',
      admin.doors.url,
      '--key-env',
      'READER_KEY',
    ];
    expect((await hub(...args)).code).toBe(0);
    expect((await hub(...args, '--yes')).code).toBe(2);
  });

  it('does not come back where a kind of board is gone', async () => {
    const { store } = admin.doors;
    const body = {
      code: 'gone',
      name: { ko: '옛 기관' },
      officers: [{ name: '김' }],
      board: { adapter: 'nonesuch', settings: {} },
    };
    for (const [version, value] of [
      [1, JSON.stringify(body)],
      [2, null],
    ] as const)
      await store.pool.query(
        `insert into configurations (kind, name, version, body, author) values ('agency', 'gone', $1, $2, 'test')`,
        [version, value],
      );
    const args = ['config', 'rollback', 'agency', 'gone', '1'];
    const told = await remotely(...args, '--yes');
    expect(told.code).toBe(2);
    expect(told.stderr).toContain('/board/adapter');
    expect((await hub(...args)).code).toBe(2);
  });
});

/** A server with a certificate of an authority of its own, which answers always the same. */
async function openTls(status: number, body: object): Promise<{ url: string; ca: string }> {
  const authority = await createAuthority('pipeline test');
  const { key, cert } = await authority.issue('hub');
  const server = createServer({ key, cert }, (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    await authority.remove();
  });
  const ca = join(await writeFolder({ 'ca.pem': authority.cert }), 'ca.pem');
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, ca };
}

describe('the key', () => {
  it('comes from a file, and is never an argument', async () => {
    const folder = await writeFolder({ ...files, key: `${admin.keys.kim}\n` });
    const args = ['config', 'diff', folder, '--remote', admin.doors.url];
    // What else lies in the folder is no part of the configuration.
    expect((await hub(...args, '--key-file', join(folder, 'key'))).code).toBe(0);
    expect(await hub(...args, '--key-file', join(folder, 'none'))).toMatchObject({ code: 2 });
    expect(await hub(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('--key-file') });
    await writeFile(join(folder, 'key'), admin.doors.keys.alpha);
    const agencys = await hub(...args, '--key-file', join(folder, 'key'));
    expect(agencys).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no key of an administrator'),
    });
    expect(agencys.stderr).not.toContain(admin.doors.keys.alpha);
  });

  it('that reads compares, and applies nothing', async () => {
    const folder = await writeFolder({ ...files, 'agencies/epsilon.yaml': agencyFile('epsilon') });
    const args = (command: string) => [
      'config',
      command,
      folder,
      '--remote',
      admin.doors.url,
      '--key-env',
      'READER_KEY',
    ];
    expect((await hub(...args('diff'))).stdout).toContain('added agency epsilon');
    expect(await hub(...args('apply'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a key with the scope configure'),
    });
  });

  it('goes to no hub in the clear, and an absent hub ends with 3', async () => {
    const folder = await writeFolder(files);
    const to = (url: string) => hub('config', 'diff', folder, '--remote', url, '--key-env', 'PIPELINE_KEY');
    expect(await to('http://hub.example.go.kr')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('https'),
    });
    expect(await to('hub.example.go.kr')).toMatchObject({ code: 2 });
    expect(await to('http://127.0.0.1:9')).toMatchObject({ code: 3 });
    expect(await hub('config', 'diff', folder, '--ca', 'x')).toMatchObject({ code: 2 });
  });

  it('is made, listed and revoked by commands', async () => {
    const made = await runHub(['user', 'key', 'lee', '--name', 'nightly', '--expires', '2999-12-31'], {
      env,
    });
    expect(made.stdout).toMatch(/^mwa_[\w-]{43}\n$/);
    const [, id = ''] = /The key (\S+) of lee/.exec(made.stderr) ?? [];
    const folder = await writeFolder({ ...files, key: made.stdout });
    const diff = () =>
      hub('config', 'diff', folder, '--remote', admin.doors.url, '--key-file', join(folder, 'key'));
    expect((await diff()).code).toBe(0);
    expect((await hub('user', 'keys', 'lee')).stdout).toMatch(new RegExp(`${id} +nightly .*configure`));
    expect((await hub('user', 'revoke-key', id)).stdout).toBe(`${id} is revoked\n`);
    expect(await diff()).toMatchObject({ code: 2, stderr: expect.stringContaining('API key') });
    expect((await hub('user', 'key', 'nobody', '--name', 'x', '--expires', '2999-12-31')).code).toBe(2);
    expect((await hub('user', 'key', 'lee', '--name', 'x', '--expires', '2001-12-31')).code).toBe(2);
    const { body } = await admin.ask<{ entries: object[] }>('GET', '/audit?action=account.key_revoked');
    expect(body.entries).toMatchObject([{ subject: 'user lee', detail: { key: 'nightly' } }]);
  });
});
