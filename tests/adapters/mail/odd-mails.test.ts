import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { BoardAdapter, PulledPost } from '../../../adapters/contract.ts';
import { createSigner } from '../../../adapters/mail/reply-address.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import { type Answer, fromGivenProblem, wordReason } from '../../../schemas/index.ts';
import { dropMail } from '../../support/mail-folder.ts';
import { hasMailServer, resultsOf } from '../../support/servers/mail-server.ts';
import { sharedMailServer } from '../conformance/mail-fixture.ts';
import { replySecret, toMailSettings } from '../conformance/mail-settings.ts';
import { oddBodies } from './odd-bodies.ts';
import type { OddMail, Right } from './odd-mail.ts';
import { oddQuotes } from './odd-quotes.ts';
import { oddPrograms, oddSenders } from './odd-senders.ts';

const oddMails = [...oddBodies, ...oddQuotes, ...oddSenders, ...oddPrograms];

const limit = () => AbortSignal.timeout(30_000);
const number = '26-0000-0017-4';

function toBytes(given: OddMail, index: number, to: string): Buffer {
  const { mail, above = [resultsOf('pass')], subject = 'RE: [민원] 주차장', date } = given;
  const { from = ['From: =?UTF-8?B?67CV64u064u5?= <officer1@mail.example>'] } = given;
  const head = [
    ...above,
    ...from,
    `To: ${to}`,
    `Subject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Date: ${date ?? new Date(Date.now() - 60_000).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <odd-${index}@officer.example>`,
    'MIME-Version: 1.0',
  ];
  const rest = Array.isArray(mail) ? Buffer.from(mail.join('\r\n')) : mail;
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n`), rest]);
}

async function judge(adapter: BoardAdapter, { raw }: PulledPost, { right, what }: OddMail): Promise<void> {
  const read = await adapter.normalise(raw);
  const said = `${what}: ${JSON.stringify(read)}`;
  if ('answer' in right) {
    if (!read.ok) throw new Error(said);
    expect(
      read.post.answers?.map(({ text }) => text),
      said,
    ).toEqual([right.answer]);
    if (right.cut === undefined) expect(read.aside, said).toBeUndefined();
    else expect(read.aside?.cut, said).toContain(right.cut);
    await holdFiles(adapter, read.post.answers?.[0], right);
    return;
  }
  if (read.ok) throw new Error(said);
  const given = read.problems.map((problem) => fromGivenProblem(problem).reason);
  const reasons = given.map((reason) => wordReason(reason, 'en')).join();
  for (const reason of given) expect(wordReason(reason, 'ko')).toMatch(/^누구의|^이 민원/);
  if ('bounce' in right) {
    expect(reasons).toContain(`did not arrive at ${right.bounce}`);
    expect(adapter.amend?.(raw, 'vouched')).toBeUndefined();
    return;
  }
  expect(reasons, said).toContain(`who is this? ${right.doubt}`);
  const released = await adapter.normalise(adapter.amend?.(raw, 'vouched'));
  expect(released, what).toMatchObject({ ok: true, post: { answers: [{ text: right.released }] } });
}

async function holdFiles(
  adapter: BoardAdapter,
  answer: Answer | undefined,
  { files = [], isDatedByServer }: Extract<Right, { answer: string }>,
): Promise<void> {
  const references = answer?.attachments ?? [];
  expect(references.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  for (const [index, { content }] of files.entries()) {
    const reference = references[index];
    if (content === undefined || !reference) continue;
    const got = await adapter.fetchAttachment?.({ reference, ref: { externalId: number } }, limit());
    if (!got) throw new Error('the adapter gives files');
    expect((await buffer(got.content)).toString(), reference.name).toBe(content);
  }
  const age = Date.now() - Date.parse(answer?.answeredAt ?? '');
  // A minute ago, as the officer's clock says, or just now.
  if (isDatedByServer) expect(Math.abs(age)).toBeLessThan(600_000);
}

describe.runIf(hasMailServer())('mails that programs and people have sent', () => {
  test('become what is right for each', async () => {
    const mail = await sharedMailServer();
    const settings = toMailSettings(mail, 'hub1', 'officer1');
    const adapter = createAdapter(
      { adapter: 'mail', settings: { ...settings, pageSize: 500 } },
      {
        agency: 'village',
        networks: ['127.0.0.0/8'],
        timeZone: 'Asia/Seoul',
        secret: (name) => (name === 'env:REPLY_SECRET' ? replySecret : mail.password),
      },
    );
    const signer = createSigner(settings.replyAddress, { agency: 'village', secrets: () => [replySecret] });
    const to = signer.toReplyAddress(number);
    for (const [index, one] of oddMails.entries())
      dropMail(join(mail.mailboxes, 'hub1'), toBytes(one, index, to));
    const { posts } = (await adapter.pull?.(undefined, limit())) ?? { posts: [] };
    expect(posts.length).toBe(oddMails.length);
    for (const [index, one] of oddMails.entries()) await judge(adapter, posts[index] as PulledPost, one);
    await adapter.close();
  }, 120_000);
});
