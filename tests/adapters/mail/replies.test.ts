import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BoardAdapter } from '../../../adapters/contract.ts';
import { createSigner } from '../../../adapters/mail/reply-address.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import { dropMail } from '../../support/mail-folder.ts';
import { hasMailServer, resultsOf } from '../../support/servers/mail-server.ts';
import { sharedMailServer } from '../conformance/mail-fixture.ts';
import { replySecret, toMailSettings } from '../conformance/mail-settings.ts';
import { corpus } from './corpus.ts';

const limit = () => AbortSignal.timeout(15_000);

/** Replies of the programs that officers use, read from a real mailbox. */
describe.runIf(hasMailServer())('replies of mail programs', () => {
  test('only the words of the officer become the answer, and files come by their names', async () => {
    const mail = await sharedMailServer();
    const settings = toMailSettings(mail, 'hub1', 'officer1');
    const adapter: BoardAdapter = createAdapter(
      {
        adapter: 'mail',
        settings,
      },
      {
        agency: 'village',
        networks: ['127.0.0.0/8'],
        timeZone: 'Asia/Seoul',
        secret: (name) => (name === 'env:REPLY_SECRET' ? replySecret : mail.password),
      },
    );
    const signer = createSigner(settings.replyAddress, { agency: 'village', secrets: () => [replySecret] });
    for (const [index, reply] of corpus.entries()) {
      const headers = [
        resultsOf('pass'),
        'From: =?UTF-8?B?67CV64u064u5?= <officer1@mail.example>',
        // Mail systems change the case of addresses.
        `To: ${signer.toReplyAddress('26-0000-0017-4').toUpperCase()}`,
        'Date: Sun, 22 Nov 2026 15:04:05 +0900',
        `Message-ID: <reply-${index}@officer.example>`,
        'MIME-Version: 1.0',
      ];
      dropMail(
        join(mail.mailboxes, 'hub1'),
        Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n`), reply.mail]),
      );
    }
    const { posts, more } = (await adapter.pull?.(undefined, limit())) ?? { posts: [], more: true };
    expect([posts.length, more]).toEqual([corpus.length, false]);
    for (const [index, { client, words, files = [] }] of corpus.entries()) {
      const read = await adapter.normalise(posts[index]?.raw);
      const answer = read.ok ? read.post.answers?.[0] : undefined;
      expect(answer?.text, `${client}: ${JSON.stringify(read)}`).toBe(words);
      expect(answer?.officer).toEqual({ department: '수출지원부', name: '박담당', contact: '02-123-4567' });
      expect(answer?.attachments?.map(({ name }) => name) ?? [], client).toEqual(files);
    }
    await adapter.close();
  }, 60_000);
});
