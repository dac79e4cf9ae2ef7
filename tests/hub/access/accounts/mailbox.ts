import { pino } from 'pino';
import { createAccountMailSender } from '../../../../hub/notify/accounts/send-account-mails.ts';
import type { Message, Provider, Sent } from '../../../../hub/notify/message.ts';
import type { Store } from '../../../../hub/store/database.ts';
import { createExclusive } from '../../../../hub/store/exclusive.ts';

/** A provider that keeps what it is given, and ends each call as told. */
export function createMailbox(store: Store) {
  const mails: Message[] = [];
  const outcomes: Sent[] = [];
  const provider: Provider = {
    name: 'mailbox',
    concurrency: 1,
    repeatableFor: Number.POSITIVE_INFINITY,
    async send(message) {
      mails.push(message);
      return outcomes.shift() ?? { kind: 'done' };
    },
    close: async () => undefined,
  };
  const exclusive = createExclusive(store);
  let now = Date.now();
  const send = createAccountMailSender({
    store,
    exclusive,
    provider,
    log: pino({ level: 'silent' }),
    changed: () => undefined,
    publicUrl: 'https://hub.example.kr',
    clock: () => new Date(now),
  });
  return {
    mails,
    /** How the next calls end; then each is done. */
    outcomes,
    close: () => exclusive.close(),
    /** Sends what is due so many milliseconds from now, and resolves with the mails of this run. */
    async deliver(later = 0): Promise<Message[]> {
      // A row of this very millisecond is due, too.
      now = Date.now() + 1_000 + later;
      const before = mails.length;
      await send(new AbortController().signal);
      return mails.slice(before);
    },
  };
}

/** The token of the link in a mail. */
export function toToken(mail: Message | undefined): string {
  const [, token = ''] = /\/link\/([A-Za-z0-9_-]{43})$/m.exec(mail?.text ?? '') ?? [];
  if (token === '') throw new Error('the mail has no link');
  return token;
}
