import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { replySecret, toMailSettings } from '../../../adapters/conformance/mail-settings.ts';
import { createOfficer, type Officer } from '../../../adapters/mail/officer.ts';
import { senderAgency } from '../../../support/sender.ts';
import { hasMailServer, type MailServer, startMailServer } from '../../../support/servers/mail-server.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { call } from '../../doors/call.ts';

describe.runIf(hasMailServer())('a mail to officers', () => {
  let mail: MailServer;
  let hub: TestHub;
  let officers: Record<'lean' | 'wide', Officer>;

  beforeAll(async () => {
    mail = await startMailServer();
    process.env.MAILBOX_PASSWORD = mail.password;
    process.env.REPLY_SECRET = replySecret;
    officers = { lean: createOfficer(mail, 'officer1'), wide: createOfficer(mail, 'officer2') };
    const agency = (code: string, number: number, more: Partial<Agency>): Agency => ({
      ...{ code, name: { ko: `${code} 기관` }, officers: [{ name: '담당' }] },
      board: {
        ...{ adapter: 'mail', pollEvery: 600, timeout: 10, networks: ['127.0.0.0/8'] },
        // Its mapping shows whatever it is given.
        settings: { ...toMailSettings(mail, `hub${number}`, `officer${number}`), showContact: true },
      },
      ...more,
    });
    const all = [
      senderAgency,
      agency('lean', 1, {}),
      agency('wide', 2, { disclosure: { assignee: ['name', 'email', 'phone'] } }),
    ];
    hub = await startTestHub(all, {
      rules: [{ when: { category: ['wide'] }, to: 'wide' }],
      default: 'lean',
    });
  }, 60_000);
  afterAll(async () => {
    await hub?.stop();
    await mail?.stop();
  });

  it('shows the items of its agency, and no word of the others', async () => {
    const { key } = await createApiKey(hub.store, senderAgency.code);
    const file = (title: string, category: string) =>
      call(hub, key, 'POST', '/complaints', {
        externalId: title,
        content: {
          ...{ title, body: '확인하여 주십시오.', kind: 'law_query', category },
          complainant: {
            ...{ name: '나민원', company: '가온상회', phone: '+821055554444', email: 'na@withheld.example' },
            notifyBy: 'email',
          },
          filedAt: '2026-11-20T09:30:00+09:00',
        },
      });
    expect((await file('기본 항목', 'lean')).status).toBe(201);
    expect((await file('넓힌 항목', 'wide')).status).toBe(201);
    const lean = JSON.stringify(await officers.lean.waitForMail('기본 항목'));
    for (const given of ['나민원', '가온상회', 'na@withheld.example']) expect(lean).toContain(given);
    expect(lean).not.toMatch(/5555.{0,3}4444/);
    const wide = JSON.stringify(await officers.wide.waitForMail('넓힌 항목'));
    expect(wide).toContain('나민원');
    expect(wide).toContain('na@withheld.example');
    expect(wide).toMatch(/5555.{0,3}4444/);
    expect(wide).not.toContain('가온상회');
  });
});
