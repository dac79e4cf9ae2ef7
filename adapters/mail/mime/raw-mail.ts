import { type Static, Type } from 'typebox';
import { compile, OneOf } from '../../../schemas/index.ts';
import { decisions } from '../../contract.ts';

/** One text of a mail, in all forms in which it came (multipart/alternative). */
const RawText = Type.Object({
  plain: Type.Optional(Type.String()),
  html: Type.Optional(Type.String()),
  /** True: the text is incomplete. The rest is in the mailbox. */
  isCut: Type.Optional(Type.Literal(true)),
});
export type RawText = Static<typeof RawText>;

/** A mail as the hub stores it: headers, texts, and the places of its files. */
export const RawMail = Type.Object({
  /** UIDVALIDITY and UID: the place of the mail (RFC 9051, 2.3.1.1). */
  validity: Type.String(),
  uid: Type.Integer(),
  /** When the server received it. */
  receivedAt: Type.String({ format: 'date-time' }),
  /** By name in lower case, unfolded, with encoded words unchanged. */
  headers: Type.Record(Type.String(), Type.Array(Type.String())),
  /** In the order of the mail. */
  texts: Type.Array(RawText),
  /** A mail server's report about our mails (RFC 3464, RFC 6533). */
  report: Type.Optional(Type.String()),
  /** True: it says that a person has seen one of our mails (RFC 8098). */
  isReceipt: Type.Optional(Type.Literal(true)),
  files: Type.Array(
    Type.Object({
      /** `2.1`, or `1~0` for the first file that is embedded in the text of part 1. */
      part: Type.String(),
      name: Type.String(),
      mediaType: Type.String(),
    }),
  ),
  /** A person's decisions. */
  decided: Type.Optional(Type.Array(OneOf(decisions))),
});
export type RawMail = Static<typeof RawMail>;

const checkShape = compile(RawMail);

/** Earlier versions stored mails with one text and one HTML. Some of these still wait for a person. */
export function checkRawMail(given: unknown): ReturnType<typeof checkShape> {
  if (typeof given !== 'object' || given === null || 'texts' in given) return checkShape(given);
  const { text: plain, html, ...rest } = given as { text?: string; html?: string };
  const forms = { ...(plain !== undefined && { plain }), ...(html !== undefined && { html }) };
  return checkShape({ ...rest, texts: plain === undefined && html === undefined ? [] : [forms] });
}

/** The first value of a header, or '' if there is none. */
export const firstOf = (mail: Pick<RawMail, 'headers'>, name: string): string => allOf(mail, name)[0] ?? '';

/** All values of a header, the newest first. */
export const allOf = ({ headers }: Pick<RawMail, 'headers'>, name: string): string[] =>
  (Object.hasOwn(headers, name) ? headers[name] : undefined) ?? [];
