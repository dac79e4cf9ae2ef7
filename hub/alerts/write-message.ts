import { type Reason, wordReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import { ownerOf } from '../configuration/owner-of.ts';
import { vocabulary } from '../words/vocabulary.ts';
import type { Alert } from './advance.ts';
import { conditions, getCondition } from './conditions.ts';
import type { Telling } from './plan-message.ts';

/** A message in words, and in the form that a webhook sends. */
export interface Written {
  subject: string;
  text: string;
  json: string;
}

/** The most alerts that one section lists. Further ones are counted. */
const mostListed = 30;
const time = new Intl.DateTimeFormat('ko-KR', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Seoul',
});

const sections = [
  ['started', '새로 발생한 경보', 'New alerts'],
  ['ended', '해제된 경보', 'Over'],
  ['lasting', '지속 중인 경보', 'Still standing'],
] as const;

/** One message for everything that there is to tell, Korean first with English beside it. Times are Korean. */
export function writeMessage(
  directory: Directory,
  publicUrl: string | undefined,
  telling: Telling,
  now: Date,
): Written {
  const present = sections.filter(([name]) => telling[name].length > 0);
  const korean = { started: '발생', ended: '해제', lasting: '지속' };
  const english = { started: 'new', ended: 'over', lasting: 'standing' };
  const ko = present.map(([name]) => `${korean[name]} ${telling[name].length}건`).join(', ');
  const en = present.map(([name]) => `${telling[name].length} ${english[name]}`).join(', ');
  const lines = present.flatMap(([name, koTitle, enTitle]) => [
    `■ ${koTitle} / ${enTitle} (${telling[name].length})`,
    ...telling[name].slice(0, mostListed).flatMap((alert) => toLines(directory, alert)),
    ...more(telling[name].length - mostListed),
    '',
  ]);
  if (publicUrl) lines.push(`경보 화면 / Alerts: ${publicUrl.replace(/\/+$/, '')}/alerts`);
  const data = Object.fromEntries(
    sections.map(([name]) => [name, telling[name].map((alert) => toData(directory, alert))]),
  );
  return {
    subject: `[민원 허브 경보] ${ko} / ${en}`,
    text: `${lines.join('\n').trimEnd()}\n`,
    json: JSON.stringify({ type: 'alerts', timestamp: now.toISOString(), data }),
  };
}

const more = (count: number): string[] => (count > 0 ? [`  … 외 ${count}건 / and ${count} more`] : []);

function toLines(directory: Directory, alert: Alert): string[] {
  const [ko, en] = conditions[alert.condition].words;
  const [koName, enName] = nameSubject(directory, alert.subject);
  const ended = alert.ended_at && alert.state === 'ended' ? ` ~ ${time.format(alert.ended_at)}` : '';
  return [
    `- ${koName}: ${ko} (${alert.count})`,
    `  ${enName}: ${en}`,
    `  ${time.format(alert.since)}${ended || ' ~'}`,
    ...nameOwner(directory, alert),
    ...alert.items.map((item) => `    ${inBoth(item)}`),
  ];
}

/** Names the person at the agency who has to repair it. */
function nameOwner(directory: Directory, { condition, subject }: Alert): string[] {
  if (!getCondition(condition).namesOwner) return [];
  const agency = directory.findAgency(subject);
  const owner = agency ? [agency.officers[0]?.department, ownerOf(agency)] : [subject];
  return [`    담당 / owner: ${owner.filter(Boolean).join(' ')}`];
}

/** The item in both languages, if they differ. */
function inBoth(item: Reason): string {
  const [korean, english] = [wordReason(item, 'ko'), wordReason(item, 'en')];
  return korean === english ? english : `${korean} / ${english}`;
}

function toData(directory: Directory, alert: Alert) {
  const [ko, en] = conditions[alert.condition].words;
  const [koName, enName] = nameSubject(directory, alert.subject);
  const { id, condition, subject, since, count, items } = alert;
  return {
    id,
    condition,
    subject,
    count,
    items: items.map((item) => wordReason(item, 'en')),
    since: since.toISOString(),
    ended: alert.state === 'ended' ? (alert.ended_at?.toISOString() ?? null) : null,
    words: { ko: `${koName}: ${ko}`, en: `${enName}: ${en}` },
  };
}

const { email, sms } = vocabulary.channel;
/** Names of subjects that are no agency. */
const otherNames: Record<string, readonly [ko: string, en: string]> = {
  email,
  sms,
  ...vocabulary.agency,
};

function nameSubject(directory: Directory, subject: string): readonly [ko: string, en: string] {
  const other = otherNames[subject];
  if (other) return other;
  const name = directory.findAgency(subject)?.name;
  return [name ? `${name.ko} (${subject})` : subject, name?.en ? `${name.en} (${subject})` : subject];
}
