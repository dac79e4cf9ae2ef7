import { type Static, Type } from 'typebox';
import { compile, OneOf } from '../../../schemas/index.ts';
import { decisions } from '../../contract.ts';

/** One text of a mail, in the forms in which it came (multipart/alternative). */
const RawText = Type.Object({
  plain: Type.Optional(Type.String()),
  html: Type.Optional(Type.String()),
  /** It goes on in the mailbox: what is here is no whole. */
  isCut: Type.Optional(Type.Literal(true)),
});
export type RawText = Static<typeof RawText>;

/** A mail of the mailbox as the hub keeps it: its headers and texts, and where its files are. */
export const RawMail = Type.Object({
  /** UIDVALIDITY and UID: where it stands (RFC 9051, 2.3.1.1). */
  validity: Type.String(),
  uid: Type.Integer(),
  /** When the server took it. */
  receivedAt: Type.String({ format: 'date-time' }),
  /** By name in lower case, unfolded, words as they came. */
  headers: Type.Record(Type.String(), Type.Array(Type.String())),
  /** In their order. */
  texts: Type.Array(RawText),
  /** What a mail server reported about mails of ours (RFC 3464, RFC 6533). */
  report: Type.Optional(Type.String()),
  /** It says that a person has seen a mail of ours (RFC 8098). */
  isReceipt: Type.Optional(Type.Literal(true)),
  files: Type.Array(
    Type.Object({
      /** `2.1`, or `1~0` for the first file that stands inside the text of part 1. */
      part: Type.String(),
      name: Type.String(),
      mediaType: Type.String(),
    }),
  ),
  /** Decided by a person. */
  decided: Type.Optional(Type.Array(OneOf(decisions))),
});
export type RawMail = Static<typeof RawMail>;

const checkShape = compile(RawMail);

/** Before, mails were kept with one text and one HTML; those that wait for a person still are. */
export function checkRawMail(given: unknown): ReturnType<typeof checkShape> {
  if (typeof given !== 'object' || given === null || 'texts' in given) return checkShape(given);
  const { text: plain, html, ...rest } = given as { text?: string; html?: string };
  const forms = { ...(plain !== undefined && { plain }), ...(html !== undefined && { html }) };
  return checkShape({ ...rest, texts: plain === undefined && html === undefined ? [] : [forms] });
}

/** The first value of a header; empty where there is none. */
export const firstOf = (mail: Pick<RawMail, 'headers'>, name: string): string => allOf(mail, name)[0] ?? '';

/** Every value of a header, the newest first. */
export const allOf = ({ headers }: Pick<RawMail, 'headers'>, name: string): string[] =>
  (Object.hasOwn(headers, name) ? headers[name] : undefined) ?? [];
