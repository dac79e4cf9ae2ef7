import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import type { BoardAdapter, Normalised } from '../../adapters/contract.ts';
import type { AttachmentReference } from '../../schemas/index.ts';
import { tokens } from './mail-seeds.ts';

/** The words that another reader of mails sees in the texts; in both of two forms, for one of them is enough. */
export async function findVisible(mail: Buffer): Promise<string[]> {
  // A boundary ends a part whatever stands behind it (RFC 2046, 5.1.1): Dovecot knows, the other reader does not.
  if (/^--=_\w(?!(--)?[ \t]*\r?$)/m.test(mail.toString('latin1'))) return [];
  try {
    const { text = '', html } = await PostalMime.parse(mail, { forceRfc822Attachments: true });
    return tokens.filter((token) => text.includes(token) && (html === undefined || html.includes(token)));
  } catch {
    // Nested too deeply for it: nothing is known of such a mail.
    return [];
  }
}

/** What is wrong with what became of a mail; undefined: it left its trace, and no word of it is lost. */
export async function findLoss(
  adapter: BoardAdapter,
  read: Normalised,
  visible: string[],
): Promise<string | undefined> {
  if (!read.ok)
    return read.problems.some(({ message }) => message !== '') ? undefined : 'parked without a reason';
  const { post, aside = {} } = read;
  const [answer] = post.answers ?? [];
  if (!answer) return aside.note || post.transfer || post.status ? undefined : 'noted without a reason';
  const said = [answer.text, aside.cut ?? ''].join('\n');
  const missing = visible.filter((token) => !said.includes(token));
  if (missing.length === 0) return undefined;
  const files = await readFiles(adapter, answer.attachments ?? []);
  const lost = missing.filter((token) => !files.some((content) => content.includes(token)));
  return lost.length > 0 ? `${lost.join()} stands in no answer, cut or file` : undefined;
}

async function readFiles(adapter: BoardAdapter, references: AttachmentReference[]): Promise<Buffer[]> {
  const contents: Buffer[] = [];
  for (const reference of references) {
    const signal = AbortSignal.timeout(30_000);
    const fetched = await adapter.fetchAttachment?.({ reference, ref: { externalId: '' } }, signal);
    if (!fetched) continue;
    const content = await buffer(fetched.content);
    // A text in an encoding that there is not comes as it stands (RFC 2045, 6.4), and the other reader guesses.
    contents.push(content, Buffer.from(content.toString('latin1'), 'base64'));
  }
  return contents;
}
