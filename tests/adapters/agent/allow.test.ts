import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allow } from '../../../adapters/agent/allow.ts';
import { createBoard } from '../../../adapters/agent/configure.ts';
import { readAgentSettings, toAllowed } from '../../../adapters/agent/settings.ts';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { type AgentConfiguration, type BoardConnection, wordReason } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';

const signal = () => AbortSignal.timeout(20_000);

describe('what a configuration may use', () => {
  /** Where a hostile configuration would send what it found. */
  let stranger: Server;
  let url: string;
  let heard: (string | undefined)[];
  beforeAll(async () => {
    stranger = createServer((request, response) => {
      heard.push(request.headers['x-k'] as string | undefined);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"posts":[]}');
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  });
  beforeEach(() => {
    heard = [];
    process.env.BOARD_KEY = 'the key';
    process.env.PAYROLL_DB_PASSWORD = 'not for the hub';
  });
  afterAll(() => stranger.close());

  const configure = (board: Partial<BoardConnection>): AgentConfiguration => ({
    agency: 'far',
    version: 1,
    timeZone: 'Asia/Seoul',
    heartbeatEvery: 30,
    board: { adapter: 'rest', settings: {}, ...board },
  });
  const rest = (secret: string, endpoint = url) => {
    const { settings } = toWireAgency({ url: endpoint } as WireBoards, 'far', { read: true }).board ?? {};
    return configure({
      settings: { ...settings, endpoint, auth: { kind: 'apiKey', header: 'x-k', secret } },
      // A configuration that names networks widens nothing.
      networks: ['0.0.0.0/0', '::/0'],
    });
  };
  const some = { adapters: ['rest'], hosts: ['127.0.0.1'], secrets: ['env:BOARD_KEY'] };
  const allowed = (allow: Parameters<typeof toAllowed>[0]['allow']) => toAllowed({ allow });

  it('works with what agent.yaml allows', async () => {
    const { adapter } = await createBoard(rest('env:BOARD_KEY'), allowed(some));
    await adapter.pull?.(undefined, signal());
    await adapter.close();
    expect(heard).toEqual(['the key']);
  });

  it.each<[string, () => AgentConfiguration, RegExp]>([
    [
      'a secret of another program',
      () => rest('env:PAYROLL_DB_PASSWORD'),
      /secrets: env:PAYROLL_DB_PASSWORD/,
    ],
    ['a file as a secret', () => rest('file:/etc/hostname'), /secrets: file:\/etc\/hostname/],
    ['another host', () => rest('env:BOARD_KEY', 'http://10.9.9.9/'), /hosts: 10\.9\.9\.9/],
    ['another name', () => rest('env:BOARD_KEY', 'http://evil.example/'), /hosts: evil\.example/],
    [
      'another kind of board',
      () => configure({ adapter: 'webhook', settings: { url, secrets: ['env:BOARD_KEY'] } }),
      /adapters: webhook/,
    ],
    [
      'a folder of this machine as a folder of files',
      () =>
        configure({
          adapter: 'sql',
          settings: {
            preset: 'gnuboard5-qa',
            dialect: 'postgres',
            host: '127.0.0.1',
            port: 1,
            database: 'd',
            user: 'u',
            password: 'env:BOARD_KEY',
            filesIn: '/etc',
          },
        }),
      /adapters: sql, paths: \/etc/,
    ],
  ])('refuses %s, and calls nobody', async (_what, toConfiguration, reason) => {
    await expect(createBoard(toConfiguration(), allowed(some))).rejects.toThrow(reason);
    expect(heard).toEqual([]);
  });

  it('allows nothing where agent.yaml says nothing', async () => {
    const refusal = createBoard(rest('env:BOARD_KEY'), toAllowed({}));
    await expect(refusal).rejects.toThrow(
      /does not allow adapters: rest, hosts: 127\.0\.0\.1, secrets: env:BOARD_KEY\..*minwon-agent allow/,
    );
  });

  describe('is asked for in words that nobody takes for others', () => {
    const sql = (settings: object) =>
      configure({
        adapter: 'sql',
        settings: {
          preset: 'gnuboard5-qa',
          dialect: 'postgres',
          host: '127.0.0.1',
          port: 1,
          database: 'd',
          user: 'u',
          password: 'env:BOARD_KEY',
          ...settings,
        },
      });
    let file: string;
    beforeEach(() => {
      file = join(mkdtempSync(join(tmpdir(), 'allow-')), 'agent.yaml');
      writeFileSync(file, 'hub: https://hub.example\ndata: data\n');
    });
    afterEach(() => rmSync(dirname(file), { recursive: true }));
    /** What stands on the terminal, and what agent.yaml allows after a yes. */
    async function ask(configuration: AgentConfiguration) {
      let shown = '';
      await allow(file, readAgentSettings(file), configuration, async (question) => {
        shown = question;
        return true;
      });
      return { shown, allowed: readAgentSettings(file).allow };
    }

    it.each([
      ['a terminal that is told to delete a line', 'file:/srv/a\u009b2K\u001b[1A', 'a\\u{9b}2K\\u{1b}[1A'],
      ['letters that run the other way', 'file:/srv/\u202etxt.exe', '/srv/\\u{202e}txt.exe'],
      ['what has no width', 'file:/srv/a\u200b\u2060\ufeff\u3164', 'a\\u{200b}\\u{2060}\\u{feff}\\u{3164}'],
      ['other blanks, and blanks', 'file:/srv/a b\u00a0c', '/srv/a b\\u{a0}c'],
    ])('%s', async (_what, password, visible) => {
      const { shown, allowed } = await ask(sql({ password }));
      expect(shown.replaceAll('\\\\', '\\')).toContain(visible);
      expect(allowed?.secrets).toEqual([password]);
      const refusal = createBoard(sql({ password }), toAllowed({}));
      await expect(refusal).rejects.toThrow(visible);
    });

    it('a name of other letters', async () => {
      const { shown, allowed } = await ask(sql({ host: 'db.ex\u0430mple.kr' }));
      expect(shown).toContain('db.ex\u0430mple.kr (db.xn--exmple-4nf.kr)');
      expect(allowed?.hosts).toEqual(['db.ex\u0430mple.kr']);
    });

    it.each([
      ['a path in place of a host', { host: '/var/run/postgresql' }, /"\/var\/run\/postgresql" is no name/],
      ['a host with a blank', { host: 'db.example.kr # ok' }, /is no name and no address of a host/],
      ['a path from nowhere', { tls: { ca: '../ca.pem' } }, /"\.\.\/ca\.pem" is no absolute path/],
    ])('and %s is refused before: agent.yaml could not be read with it', async (_what, settings, reason) => {
      await expect(ask(sql(settings))).rejects.toThrow(reason);
      expect(readFileSync(file, 'utf8')).toBe('hub: https://hub.example\ndata: data\n');
    });
  });

  it('does not read what a WSDL names of this machine', async () => {
    const wsdl = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><import namespace="x" location="/etc/hostname"/></definitions>`;
    const settings = { wsdl, auth: { kind: 'none' }, normalise: '{}', pull: undefined };
    const { createAdapter, loadOwnKind } = await import('../../../adapters/kinds.ts');
    await loadOwnKind('soap');
    const adapter = createAdapter(
      { adapter: 'soap', settings },
      { agency: 'far', timeZone: 'Asia/Seoul', secret: () => '', reach: { hosts: [], paths: [] } },
    );
    const { ok, lines } = await adapter.check(signal());
    await adapter.close();
    expect(ok).toBe(false);
    expect(JSON.stringify(inWords(lines))).toContain('/etc/hostname is not opened');
  });
});

describe('an agent whose agent.yaml allows nothing yet', () => {
  let boards: WireBoards;
  let hub: TestHub;
  let agent: AgentProcess;
  const file = () => join(agent.folder, 'agent.yaml');
  beforeAll(async () => {
    boards = await startWireBoards();
    const behind = toWireAgency(boards, 'far', { via: 'agent', read: true });
    hub = await startTestHub([behind], { rules: [], default: 'far' });
    const { token } = await createAgentToken(hub.store, 'far', 'test');
    agent = await createAgentProcess({ hub: hub.url, token, settings: { allow: {} } });
    writeFileSync(file(), `# by hand\n${readFileSync(file(), 'utf8')}`);
  });
  afterAll(async () => {
    await agent.remove();
    await hub.stop();
    await boards.close();
  });
  const reported = (version: number, outcome: string) =>
    waitFor(`version ${version}: ${outcome}`, async () => {
      const { rows } = await hub.store.pool.query(
        'select configuration_reason as reason from agents where configuration = $1 and configuration_outcome = $2',
        [version, outcome],
      );
      const [row] = rows;
      return row && { reason: row.reason && wordReason(row.reason, 'en') };
    });

  it('uses no configuration, and tells hub and engineer what would be right', async () => {
    agent.start();
    const { reason } = await reported(1, 'rolled-back');
    expect(reason).toContain('does not allow adapters: rest, hosts: 127.0.0.1');
    await agent.stop();
    expect((await agent.command('check')).output).toContain('minwon-agent allow');
  });

  it('asks, and takes silence as a no', async () => {
    const { code, output } = await agent.command('allow');
    expect(code).toBe(2);
    expect(output).toContain('허용하시겠습니까? Allow it? [y/N]');
    expect(parse(readFileSync(file(), 'utf8')).allow).toEqual({});
  });

  it('writes a yes into agent.yaml, keeps what stands there, and works', async () => {
    expect(await agent.command('allow', '--yes')).toMatchObject({ code: 0 });
    const text = readFileSync(file(), 'utf8');
    expect(text).toMatch(/^# by hand\n/);
    expect(parse(text).allow).toEqual({ adapters: ['rest'], hosts: ['127.0.0.1'] });
    agent.start();
    await reported(1, 'applied');
  });

  it('stays with the board it has when the hub wants another, until that is allowed', async () => {
    const elsewhere = toWireAgency({ ...boards, url: boards.url.replace('127.0.0.1', 'localhost') }, 'far', {
      via: 'agent',
      read: true,
    });
    await hub.store.pool.query(
      `insert into configurations (kind, name, version, body, author) values ('agency', 'far', 2, $1, 'test')`,
      [JSON.stringify(elsewhere)],
    );
    expect((await reported(2, 'rolled-back')).reason).toContain('hosts: localhost');
    expect((await agent.command('status')).output).toContain('version 1');
    expect(await agent.command('allow', '--yes')).toMatchObject({ code: 0 });
    await agent.stop();
    agent.start();
    await reported(2, 'applied');
  });
});
