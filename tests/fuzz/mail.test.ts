import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMailServer, type MailServer, startMailServer } from '../support/servers/mail-server.ts';
import { describeMails, fuzzMails } from './mail.ts';

// The whole of it: npm run test:fuzz -- --mails 50000
const count = Number(process.env.FUZZ_MAILS ?? 400);

describe.runIf(hasMailServer())('mails', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer();
  }, 60_000);
  afterAll(() => server?.stop());

  it(`${count} bent ones are answers, parked or noted with a reason, whole, and hold nobody up`, {
    timeout: 3_600_000,
  }, async () => {
    const outcome = await fuzzMails(server, { count, seed: 20_261_129 });
    expect(outcome.flaws, describeMails(outcome)).toEqual([]);
    expect(Object.keys(outcome.kinds)).toEqual(expect.arrayContaining(['answer', 'parked']));
  });
});
