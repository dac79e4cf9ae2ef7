import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeVerifierPage } from '../../../hub/evidence/verifier-page.ts';
import { readZip, writeZip } from '../../../hub/evidence/verify/stored-zip.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { expectSound, hasBrowser, launchBrowser } from '../console/browsers.ts';
import { makeSigner } from '../personal/sample-log.ts';
import { insertEvidence, makeSample } from './sample-evidence.ts';

const signer = makeSigner();
const fingerprint = createHash('sha256').update(Buffer.from(signer.publicKey, 'base64')).digest('hex');

describe.runIf(hasBrowser('the verifier of evidence bundles'))("the verifier's page", () => {
  let store: Store;
  let browser: Browser;
  let page: Page;
  let folder: string;
  let bundle: Uint8Array<ArrayBuffer>;
  const asked: string[] = [];
  const troubles: string[] = [];

  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
    const { receiptNumber } = await insertEvidence(store, signer);
    bundle = await makeSample(store, signer, receiptNumber);
    folder = await mkdtemp(join(tmpdir(), 'minwon-verifier-'));
    await writeFile(join(folder, 'verifier.html'), await makeVerifierPage());
    browser = await launchBrowser();
    const context = await browser.newContext();
    await context.setOffline(true);
    page = await context.newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (line) => troubles.push(line.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(pathToFileURL(join(folder, 'verifier.html')).href);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function choose(bytes: Uint8Array, known = ''): Promise<{ tone: string | null; text: string }> {
    await page.getByLabel('기관이 알려 준 서명 열쇠의 지문').fill(known);
    await page.getByLabel('증거 묶음(ZIP 파일)').setInputFiles({
      ...{ name: 'evidence.zip', mimeType: 'application/zip', buffer: Buffer.from(bytes) },
    });
    const verdict = page.locator('#result:not([hidden]) .verdict');
    await verdict.waitFor();
    await page.waitForFunction(() => document.getElementById('busy')?.textContent === '');
    return { tone: await verdict.getAttribute('data-tone'), text: await page.locator('#result').innerText() };
  }

  test('says of a good bundle that it is as it was made, and by which key', async () => {
    const good = await choose(bundle, fingerprint.toUpperCase().replaceAll(/(..)(?=.)/g, '$1:'));
    expect(good.tone).toBe('good');
    expect(good.text).toContain('행정심판 제출');
    expect(good.text).toMatch(/서명된 앵커에 이어짐.*\n+1 \/ 3/);
    await expectSound(page, 'verifier-good');
  }, 60_000);

  test('asks to compare the key where none is named', async () => {
    const open = await choose(bundle);
    expect(open.tone).toBe('open');
    expect(open.text).toContain(fingerprint);
  });

  test('names what was altered', async () => {
    const altered = writeZip(
      readZip(bundle).entries.map(({ path, content }) =>
        path === 'records.json'
          ? {
              path,
              content: Buffer.from(
                Buffer.from(content).toString('utf8').replace('단속하겠습니다', '단속하지 않습니다'),
              ),
            }
          : { path, content },
      ),
    );
    const found = await choose(altered, fingerprint);
    expect(found.tone).toBe('bad');
    expect(found.text).toContain('event/3: 기록이 바뀌었습니다');
    await expectSound(page, 'verifier-bad');
  }, 60_000);

  test('tells another key, a wrong fingerprint and a foreign file', async () => {
    expect((await choose(bundle, '0'.repeat(64))).text).toContain('알려 주신 열쇠로 서명되지 않았습니다');
    expect((await choose(bundle, 'abc')).text).toContain('64자');
    expect((await choose(Buffer.from('hello'))).text).toContain('증거 묶음 파일이 아닙니다');
  });

  test('loads nothing but itself, and complains of nothing', () => {
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(asked).toHaveLength(1);
    expect(troubles).toEqual([]);
  });
});
