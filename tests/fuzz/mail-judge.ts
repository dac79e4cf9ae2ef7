import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import type { BoardAdapter, GivenProblem, Normalised } from '../../adapters/contract.ts';
import { type AttachmentReference, fromGivenProblem, wordReason } from '../../schemas/index.ts';
import { tokens } from './mail-seeds.ts';

/** Where the other reader guesses, or goes other ways than Dovecot and browsers do. */
const guessed = [
  // A boundary ends a part whatever stands behind it (RFC 2046, 5.1.1).
  /(^|\n)--=_\w(?!(?:--)?[ \t]*\r?(?:\n|$))/,
  // An encoding that there is not makes a part a file (RFC 2045, 6.4).
  /content-transfer-encoding:(?! ?(7bit|8bit|binary|base64|quoted-printable|x-uuencode)[ \t]*[\r\n(])/i,
  // A tag without an end: what stands in it is shown by nobody.
  /<[a-z!][^>]*zebra/i,
];

/** The words that another reader of mails sees in the texts; in both of two forms, for one of them is enough. */
export async function findVisible(mail: Buffer): Promise<string[]> {
  const lines = mail.toString('latin1');
  if (guessed.some((pattern) => pattern.test(lines))) return [];
  try {
    const { text = '', html } = await PostalMime.parse(mail, { forceRfc822Attachments: true });
    return tokens.filter((token) => text.includes(token) && (html === undefined || html.includes(token)));
  } catch {
    // Nested too deeply for it: nothing is known of such a mail.
    return [];
  }
}

const wordProblem = (given: GivenProblem) => wordReason(fromGivenProblem(given).reason, 'en');

/** What is wrong with what became of a mail; undefined: it left its trace, and no word of it is lost. */
export async function findLoss(
  adapter: BoardAdapter,
  read: Normalised,
  visible: string[],
): Promise<string | undefined> {
  if (!read.ok)
    return read.problems.map(wordProblem).some((words) => words !== '')
      ? undefined
      : 'parked without a reason';
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
    if (fetched) contents.push(await buffer(fetched.content));
  }
  return contents;
}
