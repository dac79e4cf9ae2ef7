import { createHash } from 'node:crypto';
import { listEventsFor, readingOf } from '../complaints/reading/list-events-for.ts';
import { toComplaint } from '../complaints/reading/to-matter.ts';
import { nameAgency } from '../paper/make-document.ts';
import type { Paper, PaperFact, PaperSection } from '../paper/paper.ts';
import { toPaperTime } from '../paper/paper-words.ts';
import { toPaper } from '../paper/to-paper.ts';
import type { StoredEntry } from '../personal/log/entry.ts';
import { maskFile } from '../personal/mask-file.ts';
import { toWord } from '../words/vocabulary.ts';
import type { BundleAsked, BundleDependencies } from './bundle-parts.ts';
import type { Records } from './gather-records.ts';
import { type SummaryWord, toSummaryWord } from './summary-words.ts';

interface SummarySource {
  records: Records;
  madeAt: Date;
  /** SPKI in base64. */
  publicKey: string;
}

/** The bundle as people read it: the complaint's document, and what else the records say. */
export async function toSummary(
  { store, directory }: Pick<BundleDependencies, 'store' | 'directory'>,
  { file, by, reason, masked, language }: BundleAsked,
  { records, madeAt, publicKey }: SummarySource,
): Promise<Paper> {
  const word = (name: SummaryWord, ...values: string[]) => toSummaryWord(name, language, ...values);
  const complaint = toComplaint(masked ? maskFile(file) : file);
  const paper = toPaper({
    complaint,
    events: await listEventsFor(store, file.id, readingOf(masked)),
    files: [],
    language,
    nameAgency: (code) => nameAgency(directory, code, language),
    madeAt,
  });
  const show: Show = {
    word,
    time: (at) => (at ? toPaperTime(at, language) : '-'),
    agency: (code) => nameAgency(directory, code, language),
    channel: (code) => toWord('channel', code, language),
  };
  const bundle: PaperSection = {
    heading: word('bundle'),
    facts: [
      [word('made_by'), by],
      [word('reason'), reason],
      [word('masked'), word(masked ? 'yes' : 'no')],
      [word('fingerprint'), createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')],
    ],
    texts: [{ text: word('how') }],
    files: [],
  };
  const lists: [SummaryWord, string, (record: never, show: Show) => PaperFact][] = [
    ['attempts', 'attempt', toAttempt],
    ['notices', 'notice', toNotice],
    ['files', 'file', toFile],
    ['access', 'access', toAccess],
  ];
  const sections = lists.map(([heading, kind, toFact]) =>
    toSection(
      word,
      heading,
      ofKind(records, kind).map((one) => toFact(one as never, show)),
    ),
  );
  return { ...paper, title: word('title'), sections: [bundle, ...paper.sections, ...sections] };
}

interface Show {
  word: (name: SummaryWord, ...values: string[]) => string;
  time: (at: string | null) => string;
  agency: (code: string) => string;
  channel: (code: 'email' | 'sms') => string;
}

const ofKind = (records: Records, kind: string): unknown[] =>
  Object.entries(records).flatMap(([name, record]) => (name.startsWith(`${kind}/`) ? [record] : []));

const toSection = (word: Show['word'], heading: SummaryWord, facts: PaperFact[]): PaperSection => ({
  heading: word(heading),
  facts,
  texts: facts.length === 0 ? [{ text: word('none') }] : [],
  files: [],
});

const toAttempt = (
  {
    agency,
    seq,
    startedAt,
    outcome,
  }: { agency: string; seq: number; startedAt: string; outcome: string | null },
  { word, time, agency: name }: Show,
): PaperFact => [time(startedAt), word('attempt', name(agency), String(seq), outcome ?? '-')];

const toNotice = (
  notice: {
    sentAt: string | null;
    recipient: string;
    channel: 'email' | 'sms';
    address: string | null;
    state: string;
    providerId: string | null;
    report: string | null;
  },
  { word, time, channel }: Show,
): PaperFact => [
  time(notice.sentAt),
  word(
    'notice',
    notice.recipient,
    channel(notice.channel),
    notice.address ?? '-',
    notice.state,
    notice.providerId ?? '-',
    notice.report ?? '-',
  ),
];

const toFile = ({
  name,
  size,
  sha256,
}: {
  name: string;
  size: number | null;
  sha256: string | null;
}): PaperFact => [name, `${size ?? '-'} B · SHA-256 ${sha256 ?? '-'}`];

const toAccess = (
  { at, actor, agency, act, address, reason }: StoredEntry,
  { time, agency: name }: Show,
): PaperFact => [
  time(new Date(Number(BigInt(at) / 1000n)).toISOString()),
  [actor, agency && name(agency), act, address, reason].filter(Boolean).join(' · '),
];
