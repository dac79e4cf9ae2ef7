import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import type { Agency } from '../../../schemas/index.ts';
import { wordReason } from '../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { type Running, startHubProcess } from '../../hub/command-line/run-hub.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { hasMailServer, type MailServer, startMailServer } from '../../support/servers/mail-server.ts';
import { configure, readBoardAgency } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { replySecret, toMailSettings } from '../conformance/mail-settings.ts';
import { createOfficer } from './officer.ts';

/** A whole hub between a board with an interface and an agency that has nothing but a mailbox. */
describe.runIf(hasMailServer())('a hub between a REST board and an officer with a mailbox', () => {
  let rest: RestBoard;
  let mail: MailServer;
  let store: Store;
  let hub: Running | undefined;

  beforeAll(async () => {
    rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
    mail = await startMailServer();
    store = openStore(await createFreshDatabase(), 2);
    const settings = toMailSettings(mail, 'hub1', 'officer1');
    const village: Agency = {
      code: 'village',
      name: { ko: '마을기업지원단' },
      officers: [{ name: '박담당', email: 'officer1@mail.example', notifyBy: 'email' }],
      board: {
        // Read by the clock too seldom for this test: what is answered in time was told of by IDLE.
        adapter: 'mail',
        pollEvery: 600,
        timeout: 10,
        networks: ['127.0.0.0/8'],
        settings,
      },
    };
    const routing = { rules: [{ when: { category: ['기술'] }, to: 'village' }], default: 'sbiz' };
    await configure(store, [readBoardAgency('rest-board', 'sbiz', rest.url), village], routing);
  }, 60_000);

  afterAll(async () => {
    hub?.child.kill('SIGKILL');
    await rest?.close();
    await mail?.stop();
    await store?.close();
  });

  function startHub(): void {
    const env = { SBIZ_API_KEY: 'rest-key', MAILBOX_PASSWORD: mail.password, REPLY_SECRET: replySecret };
    hub = startHubProcess(['serve', '--port', '0'], {
      env: { ...env, DATABASE_URL: store.url, LOG_LEVEL: 'error' },
    });
  }
  async function killHub(): Promise<void> {
    hub?.child.kill('SIGKILL');
    await hub?.ended;
  }
  const query = async (text: string) => (await store.pool.query(text)).rows;
  const repliesOf = (no: number) => rest.posts().find(({ mwNo }) => mwNo === no)?.replies ?? [];

  test('a reply becomes the answer on the first board, once, though the hub is killed again and again', async () => {
    const officer = createOfficer(mail, 'officer1');
    startHub();
    const no = rest.file({ subject: '시제품 제작 지원 문의', ctgry: 'TECH' });
    const told = await officer.waitForMail('시제품 제작 지원 문의');
    await killHub();
    expect(told.subject).toMatch(/^\[민원 26-\d{4}-\d{4}-\d\] 시제품 제작 지원 문의$/);
    expect(told.replyTo?.[0]?.address).toMatch(/^hub1\+26-\d{4}-\d{4}-\d\.[a-z2-7]{16}@mail\.example$/);
    expect(told.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    expect(told.text).not.toContain('+82');

    startHub();
    await officer.reply(told, '[중간회신] 검토하고 있습니다.');
    await waitFor('the interim answer', () => repliesOf(no).length === 1, 40_000);
    await killHub();
    const pdf = Buffer.from('%PDF-1.7\n지원 안내');
    await officer.reply(told, '12월 31일까지 신청하시면 됩니다.\n\n문의: 02-123-4567', [
      { filename: '지원 안내 (최종).pdf', content: pdf },
    ]);
    startHub();
    await waitFor('the answer', () => repliesOf(no).length === 2, 40_000);
    await killHub();
    startHub();
    await waitFor('the file', () => rest.files(no).length === 1, 40_000);
    expect(repliesOf(no).map(({ type, cn }) => [type, cn.replace(/<[^>]+>/g, ' ').trim()])).toEqual([
      ['MID', '검토하고 있습니다.'],
      ['FINAL', expect.stringMatching(/^12월 31일까지 신청하시면 됩니다\.\s+문의: 02-123-4567$/)],
    ]);
    expect(repliesOf(no)[1]).toMatchObject({ dept: '수출지원부', chrg: '박담당', tel: '02-123-4567' });
    expect(rest.files(no).map(({ name }) => name)).toEqual(['지원 안내 (최종).pdf']);

    rest.followUp(no, '온라인으로도 신청할 수 있습니까?');
    const asked = await officer.waitForMail('추가 질의');
    expect(asked.text).toContain('온라인으로도 신청할 수 있습니까?');
    expect(asked.inReplyTo).toBe(told.messageId);
    await waitFor(
      'all links level',
      async () => (await query('select 1 from links where held < due')).length === 0,
    );
    const ids = (await officer.read()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(2);
    const events =
      "select type, count(*)::int as n from events where type like '%answered' group by type order by type";
    expect(await query(events)).toEqual([
      { type: 'answered', n: 1 },
      { type: 'interim_answered', n: 1 },
    ]);
    // The mail itself is the notice.
    expect(await query("select 1 from notices where audience = 'officer' and agency = 'village'")).toEqual(
      [],
    );
    expect(await query("select problems from raw_items where outcome = 'parked'")).toEqual([]);
  }, 120_000);

  test('what is no answer of an officer is parked with its reason, and a way-out notice changes nothing', async () => {
    const [officer, stranger] = [createOfficer(mail, 'officer1'), createOfficer(mail, 'officer2')];
    const no = rest.file({ subject: '교육 신청 문의', ctgry: 'TECH' });
    const told = await officer.waitForMail('교육 신청 문의');
    await stranger.reply(told, '제가 대신 답변드립니다.');
    const bent = (told.replyTo?.[0]?.address ?? '').replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'));
    await officer.reply({ ...told, replyTo: [{ name: '', address: bent }] }, '주소를 고쳤습니다.');
    await officer.reply(told, '');
    const parked = await waitFor('three parked', async () => {
      const rows = await query(
        "select problems, owner from raw_items where outcome = 'parked' order by received_at",
      );
      return rows.length === 3 && rows;
    });
    expect(parked.map(({ owner }) => owner)).toEqual(Array(3).fill('administrator'));
    const reasons = parked.map(({ problems }) => wordReason(problems[0].reason, 'en')).join('\n');
    expect(reasons).toContain("officer2@mail.example is none of the agency's officers");
    expect(reasons).toContain('the reply address is signed wrongly');
    expect(reasons).toContain('no word of an answer is left');
    expect(repliesOf(no)).toEqual([]);
  }, 60_000);
});
