import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoardAdapter, Change } from '../../../adapters/contract.ts';
import type { SoapSettings } from '../../../adapters/soap/config.ts';
import { inWords } from '../../support/in-words.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connect } from '../conformance/soap-fixture.ts';

/** The adapter against PHP's SoapServer: another implementation, in both versions of SOAP. */

const wsdl = fileURLToPath(new URL('../../boards/soap-board/minwon.wsdl', import.meta.url));
const router = fileURLToPath(new URL('php-server.php', import.meta.url));

function hasPhp(): boolean {
  try {
    execFileSync('php', ['-r', 'exit(class_exists("SoapServer") ? 0 : 1);'], { timeout: 20_000 });
    return true;
  } catch {
    if (process.env.REQUIRE_SERVICES === '1') throw new Error('php with SoapServer is not installed');
    console.warn('NOT TESTED: php with SoapServer is not installed');
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function settingsFor(endpoint: string, soapVersion: '1.1' | '1.2'): SoapSettings {
  return {
    wsdl,
    endpoint,
    soapVersion,
    auth: { kind: 'basic', user: 'partner', password: 'env:PARTNER' },
    soapActions: { insertCvpl: 'urn:renamed' },
    lists: ['cvplList'],
    pull: {
      operation: 'selectCvplList',
      request: '{"PAGE_NO": page}',
      items: '[cvplList]',
      externalId: 'CVPL_NO',
      updatedAt: '$instant(LAST_UPDT_PNTTM)',
    },
    normalise: '{"answers": [{"text": CVPL_CN}]}',
    push: {
      registered: {
        operation: 'insertCvpl',
        request:
          '{"APLCNT_NM": "김", "CVPL_CN": "한글 뷁 😀", "CVPL_SJ": event.data.content.title, "LINK_KEY": key}',
        externalId: 'CVPL_NO',
        partId: 'resultMsg',
      },
    },
  };
}

const changeWith = (title: string) =>
  ({
    event: { type: 'registered', data: { content: { title } } },
    complaint: {},
    role: 'assignee',
  }) as unknown as Change;

describe.runIf(hasPhp())('PHP SoapServer', () => {
  describe.each(['1.1', '1.2'] as const)('SOAP %s', (version) => {
    let server: ChildProcess;
    let adapter: BoardAdapter;
    let endpoint: string;
    const push = (title: string) =>
      adapter.push?.(changeWith(title), { key: 'k-1', signal: AbortSignal.timeout(20_000) });

    beforeAll(async () => {
      const address = `127.0.0.1:${await freePort()}`;
      endpoint = `http://${address}/`;
      server = spawn('php', ['-S', address, router], {
        env: { ...process.env, SOAP_VERSION: version, WSDL: wsdl },
        stdio: 'ignore',
      });
      await waitFor('php to listen', () =>
        fetch(endpoint).then(
          (reply) => reply.status === 401,
          () => false,
        ),
      );
      adapter = connect(settingsFor(endpoint, version), { secret: () => 'basic-pass' });
    }, 20_000);
    afterAll(async () => {
      await adapter.close();
      server.kill();
    });

    test('understands a call, whatever the order of its fields, and the configured action', async () => {
      const outcome = await push('제목');
      expect(outcome).toMatchObject({ kind: 'done', ref: { externalId: '제목|한글 뷁 😀|k-1' } });
      const heard = outcome?.kind === 'done' ? outcome.ref.partId : '';
      expect(heard).toContain('"urn:renamed"');
      expect(heard).toContain(version === '1.2' ? 'application/soap+xml' : 'text/xml');
    });

    test('its faults mean what they say', async () => {
      expect(inWords(await push('fault'))).toMatchObject({
        kind: 'unknown',
        reason: expect.stringContaining('처리 실패'),
      });
      expect(await push('client fault')).toMatchObject({ kind: 'refused' });
    });

    // PHP writes a carriage return as a reference, so that it survives (XML 1.0, 2.11).
    test('its list of one is read', async () => {
      const pulled = await adapter.pull?.(undefined, AbortSignal.timeout(20_000));
      expect(pulled?.posts).toMatchObject([
        { externalId: '7', raw: { CVPL_SJ: '제목', CVPL_CN: '가\r\n나' } },
      ]);
    });

    test('turns a stranger away', async () => {
      const stranger = connect(settingsFor(endpoint, version), { secret: () => 'wrong-pass' });
      await expect(stranger.pull?.(undefined, AbortSignal.timeout(20_000))).rejects.toMatchObject({
        kind: 'unauthorised',
      });
      await stranger.close();
    });
  });
});
