import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { insertUsers } from '../sample-board.ts';
import { openRestBoard, openSoapBoard, openSqlBoard } from './acceptance-boards.ts';
import { createAdministrator, launch, registerCall, signIn } from './administrator.ts';
import { lookAtPage, lookAtPages } from './look-at-page.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: what only a browser shows is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

const agencies = [
  { code: 'sbiz', name: '소상공인지원원', adapter: 'rest', category: '자금', open: openRestBoard },
  { code: 'techno', name: '기술혁신진흥원', adapter: 'soap', category: '특허', open: openSoapBoard },
  { code: 'textile', name: '섬유산업진흥원', adapter: 'sql', category: '섬유', open: openSqlBoard },
];

describe.runIf(present)('an administrator connects a new agency by the pages of the console alone', () => {
  let hub: TestHub;
  let browser: Browser;
  let page: Page;
  let desk: Page;
  const broken: string[] = [];

  beforeAll(async () => {
    const road = { code: 'road', name: { ko: '도로관리사업소' }, officers: [{ name: '박도로' }] };
    hub = await startTestHub([road], { rules: [], default: 'road' });
    await insertUsers(hub.store);
    browser = await launch(executablePath);
    page = await signIn(browser, hub.url, 'admin');
    desk = await signIn(browser, hub.url, 'counsellor');
    for (const one of [page, desk])
      one.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  /** What the browser says while axe looks is axe's: it tries styles that the pages' policy refuses. */
  const look = async () => {
    const before = broken.length;
    await lookAtPage(page);
    broken.splice(before);
  };

  test.each(agencies)(
    '$adapter: from nothing to an answer on the complaint',
    async ({ category, open, ...agency }) => {
      const board = await open();
      try {
        const administrator = createAdministrator(page, agency);
        await administrator.begin();
        await administrator.describeBoard(board);
        await administrator.tryConnection();
        await look();
        await administrator.review();
        await look();
        await administrator.apply();
        await administrator.rehearse();
        await administrator.sendTrial(board);
        await administrator.goLive();
        await administrator.routeTo(category);

        const title = `${agency.code} 왕복 문의`;
        const path = await registerCall(desk, title, category);
        const post = await waitFor('the complaint on the board', () => board.find(title), 90_000);
        await board.answer(post, `${agency.name}의 답변입니다.`);
        // The page is open at the counsellor's desk: it shows the answer by itself.
        await desk.getByText(`${agency.name}의 답변입니다.`).first().waitFor();
        expect(new URL(desk.url()).pathname).toBe(path);
        expect(broken.filter((line) => !line.includes('422'))).toEqual([]);
      } finally {
        await board.close();
      }
    },
    600_000,
  );

  test('every page on the way is clean at the width of a desk and of a phone, in both languages', async () => {
    const own = ['', '/configuration', '/configuration/versions', '/stage', '/rehearsal', '/trial'];
    const others = ['/configuration', '/configuration/agencies/new', '/rules/routing', '/rules/routing/rule'];
    await lookAtPages(page, [...own.map((path) => `/agencies/sbiz${path}`), ...others]);
    await lookAtPages(desk, ['/register', new URL(desk.url()).pathname]);
  }, 600_000);
});
