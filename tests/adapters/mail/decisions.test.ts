import { createTransport } from 'nodemailer';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createUser } from '../../../hub/access/people/users.ts';
import type { Agency } from '../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { createVisitor } from '../../hub/console/console-server.ts';
import { samplePassword } from '../../hub/console/sample-board.ts';
import { inWords } from '../../support/in-words.ts';
import {
  hasMailServer,
  type MailServer,
  resultsOf,
  startMailServer,
} from '../../support/servers/mail-server.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { replySecret, toMailSettings } from '../conformance/mail-settings.ts';
import { createOfficer, type Officer } from './officer.ts';

/** What people decide about mails, on the pages of a whole hub between a board and an officer's mailbox. */
describe.runIf(hasMailServer())('what a person decides about a mail', () => {
  let rest: RestBoard;
  let mail: MailServer;
  let hub: TestHub;
  let officer: Officer;

  beforeAll(async () => {
    rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
    mail = await startMailServer();
    vi.stubEnv('SBIZ_API_KEY', 'rest-key');
    vi.stubEnv('MAILBOX_PASSWORD', mail.password);
    vi.stubEnv('REPLY_SECRET', replySecret);
    const village: Agency = {
      code: 'village',
      name: { ko: '마을기업지원단' },
      officers: [{ name: '박담당' }],
      board: {
        adapter: 'mail',
        pollEvery: 1,
        timeout: 20,
        networks: ['127.0.0.0/8'],
        settings: toMailSettings(mail, 'hub1', 'officer1'),
      },
    };
    const routing = { rules: [{ when: { category: ['기술'] }, to: 'village' }], default: 'sbiz' };
    hub = await startTestHub([readBoardAgency('rest-board', 'sbiz', rest.url), village], routing);
    const person = { name: '박담당', password: samplePassword };
    await createUser(hub.store, { ...person, login: 'park', role: 'officer', agency: 'village' });
    await createUser(hub.store, { ...person, login: 'admin', role: 'administrator' });
    officer = createOfficer(mail, 'officer1');
  }, 120_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await hub?.stop();
    await rest?.close();
    await mail?.stop();
  });

  const enter = async (login: string) => {
    const visitor = createVisitor(hub.url);
    await visitor.signIn(login);
    return visitor;
  };
  const wordsOn = (no: number) =>
    (rest.posts().find(({ mwNo }) => mwNo === no)?.replies ?? []).map(({ cn }) =>
      cn
        .replace(/<[^>]+>/g, '\n')
        .replace(/\s+/g, ' ')
        .trim(),
    );
  const numberOf = ({ subject = '' }: Email) => /\d\d-\d{4}-\d{4}-\d/.exec(subject)?.[0] ?? '';

  test('words that were cut as a quote come back with one click, as a correction of the same agency', async () => {
    const no = rest.file({ subject: '수도관 공사 문의', ctgry: 'TECH' });
    const told = await officer.waitForMail('수도관 공사 문의');
    const notice = [
      '발신: 지원단장 <head@mail.example>',
      '수신: 홍길동',
      '날짜: 2026-11-22',
      '제목: 공사 안내',
      '',
      '12월 1일에 공사합니다.',
    ];
    await officer.reply(told, ['공사 일정을 알려 드립니다.', '', ...notice].join('\r\n'));
    await waitFor('the answer', () => wordsOn(no).length === 1, 60_000);
    expect(wordsOn(no)).toEqual(['공사 일정을 알려 드립니다.']);

    const park = await enter('park');
    const page = `/complaints/${numberOf(told)}`;
    const { text } = await park.get(page);
    expect(text).toContain('인용으로 보고 잘라낸 글');
    expect(text).toContain('12월 1일에 공사합니다.');
    const [action = ''] = new RegExp(`${page}/cut/[0-9a-f-]+`).exec(text) ?? [];
    const sent = await park.fill(page, action, {});
    expect(sent.headers.get('location')).toBe(`${page}?done=cut_restored`);
    await waitFor('the correction', () => wordsOn(no).some((words) => words.includes('12월 1일에')), 60_000);
    // Our own mail, which he answered, is nobody's answer.
    expect(wordsOn(no).join()).not.toMatch(/원본 메시지|이 줄 위에|사업자등록증/);
    const after = await park.get(page);
    expect(after.text).toContain('답변에 넣었습니다.');
    expect(after.text).not.toContain('/cut/');
    const events = "select actor from events where type = 'answered' order by seq";
    expect((await hub.store.pool.query(events)).rows.map(({ actor }) => actor)).toEqual([
      { agency: 'village', via: 'board' },
      { agency: 'village', via: 'board', user: 'park' },
    ]);
  }, 180_000);

  test('a mail of which nobody knows who wrote it waits until somebody answers for it', async () => {
    const no = rest.file({ subject: '주차장 문의', ctgry: 'TECH' });
    const told = await officer.waitForMail('주차장 문의');
    const outside = createTransport({
      host: '127.0.0.1',
      port: mail.smtpPort,
      ignoreTLS: true,
      allowInternalNetworkInterfaces: true,
    } as object);
    // Written where a sender can write: the server's own finding stands above it.
    const [name = '', ...value] = resultsOf('pass').split(': ');
    await outside.sendMail({
      from: officer.address,
      to: told.replyTo?.[0]?.address ?? '',
      subject: 'RE: 주차장 문의',
      headers: { [name]: value.join(': ') },
      text: '주차장은 없습니다.',
    });
    outside.close();
    const parked = await waitFor('the parked mail', async () => {
      const { rows } = await hub.store.pool.query(
        "select id, problems from raw_items where outcome = 'parked'",
      );
      return rows[0];
    });
    expect(inWords(parked.problems)).toEqual([
      {
        pointer: '/headers/from',
        message: 'who is this? the sender is not proved (dmarc=fail mail.example)',
      },
    ]);
    expect(wordsOn(no)).toEqual([]);

    const admin = await enter('admin');
    const page = `/parked/items/${parked.id}`;
    const shown = (await admin.get(page)).text;
    expect(shown).toContain('누구의 메일입니까?');
    expect(shown, 'the words that he answers for').toContain(
      '<blockquote class="prose">주차장은 없습니다.</blockquote>',
    );
    const sent = await admin.fill(page, `${page}/amend`, { decision: 'vouched' });
    expect(sent.headers.get('location')).toBe(`/complaints/${numberOf(told)}?done=item_applied`);
    await waitFor('the answer', () => wordsOn(no).length === 1, 60_000);
    expect(wordsOn(no)).toEqual(['주차장은 없습니다.']);
    const { rows } = await hub.store.pool.query('select outcome, decided_by from raw_items where id = $1', [
      parked.id,
    ]);
    expect(rows).toEqual([{ outcome: 'applied', decided_by: 'admin' }]);
  }, 180_000);
});
