import { type Static, Type } from 'typebox';
import { compile } from '../../schemas/index.ts';

/** A mail of the mailbox as the hub keeps it: its headers and texts, and where its files are. */
export const RawMail = Type.Object({
  /** UIDVALIDITY and UID: where it stands (RFC 9051, 2.3.1.1). */
  validity: Type.String(),
  uid: Type.Integer(),
  /** When the server took it. */
  receivedAt: Type.String({ format: 'date-time' }),
  /** By name in lower case. */
  headers: Type.Record(Type.String(), Type.Array(Type.String())),
  text: Type.Optional(Type.String()),
  html: Type.Optional(Type.String()),
  /** What a mail server reported about mails of ours (RFC 3464). */
  report: Type.Optional(Type.String()),
  files: Type.Array(
    Type.Object({
      part: Type.String(),
      name: Type.String(),
      mediaType: Type.String(),
    }),
  ),
});
export type RawMail = Static<typeof RawMail>;

export const checkRawMail = compile(RawMail);

/** The first value of a header; empty where there is none. */
export const firstOf = ({ headers }: RawMail, name: string): string =>
  (Object.hasOwn(headers, name) ? headers[name]?.[0] : undefined) ?? '';
