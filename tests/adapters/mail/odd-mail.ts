/** A mail that some program or somebody has sent once, and what is right for it. */
export interface OddMail {
  what: string;
  /** Lines, or bytes where a charset matters; without the fields that a test adds. */
  mail: string[] | Buffer;
  /** Fields above all others; absent: the mailbox's server says that the officer wrote it. */
  above?: string[];
  /** In place of the officer's `From`. */
  from?: string[];
  subject?: string;
  date?: string;
  right: Right;
}

export type Right =
  | {
      answer: string;
      files?: { name: string; content?: string }[];
      /** Words that were taken for a quote. */
      cut?: string;
      /** By the clock of the mailbox's server, and not by the writer's. */
      isDatedByServer?: true;
    }
  /** Parked; a person who vouches for the sender may make it the answer. */
  | { doubt: string; released: string }
  | { bounce: string };

const pdf = 'JVBERi0xLjcK';
export const plain = (...lines: string[]) => ['Content-Type: text/plain; charset=utf-8', '', ...lines];
export const parts = (kind: string, ...given: string[][]) => [
  `Content-Type: multipart/${kind}; boundary="=_x"`,
  '',
  ...given.flatMap((part) => ['--=_x', ...part]),
  '--=_x--',
];
export const file = (type: string, ...headers: string[]) => [
  `Content-Type: ${type}`,
  'Content-Transfer-Encoding: base64',
  ...headers,
  '',
  pdf,
];
