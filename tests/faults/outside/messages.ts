import { DatabaseSync } from 'node:sqlite';
import PostalMime from 'postal-mime';
import type { Message } from '../model/count.ts';
import { type MessageKind, told } from '../model/expected.ts';
import { markIn } from '../model/matter.ts';

/** Kinds of mail by subject (config/templates/ko). Reminders of deadlines depend on the day and are not counted. */
const kinds: [RegExp, MessageKind][] = [
  [/^\[민원 접수\]/, 'new complaint'],
  [/^\[추가 질의\]/, 'follow-up'],
  [/민원이 접수되었습니다/, 'registered'],
  [/진행 상황/, 'interim answer'],
  [/처리 결과/, 'answered'],
];
const kindOf = (text: string) => kinds.find(([pattern]) => pattern.test(text))?.[1];

/** Each complainant's phone number ends in the complaint's number. */
export function toTextMessage({ to, text }: { to: string; text: string }): Message[] {
  const kind = kindOf(text);
  return kind ? [{ mark: `F-${to.slice(-4)}`, effect: told('sms', to, kind) }] : [];
}

/** Continues to read the mail server's file, each mail once. */
export function openMails(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  const newer = database.prepare('select id, recipients, raw from mails where id > ? order by id');
  const seen: Message[] = [];
  let last = 0;
  return {
    async read(): Promise<Message[]> {
      for (const row of newer.all(last)) {
        last = Number(row.id);
        const { subject = '', text = '' } = await PostalMime.parse(row.raw as Uint8Array);
        const kind = kindOf(subject);
        if (!kind) continue;
        for (const to of JSON.parse(String(row.recipients)) as string[])
          seen.push({ mark: markIn(text) ?? '', effect: told('mail', to, kind) });
      }
      return seen;
    },
    close: () => database.close(),
  };
}
