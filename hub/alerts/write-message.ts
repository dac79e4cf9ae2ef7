import type { Language } from '../../schemas/index.ts';
import { wordReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import { ownerOf } from '../configuration/owner-of.ts';
import { vocabulary } from '../words/vocabulary.ts';
import type { Alert } from './advance.ts';
import { conditions, getCondition } from './conditions.ts';
import { toItemPlace, toNamed } from './finding.ts';
import type { Telling } from './plan-message.ts';

/** A message in one language. */
export interface Words {
  subject: string;
  text: string;
}

/** A message in words, in each language, and in the form that a webhook sends. */
export interface Written {
  words: Record<Language, Words>;
  json: string;
}

/** The most alerts that one section lists. Further ones are counted. */
const mostListed = 30;

const toTime = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: locale === 'ko-KR' ? '2-digit' : 'short',
    day: locale === 'ko-KR' ? '2-digit' : 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Seoul',
  });

const sectionNames = ['started', 'ended', 'lasting'] as const;
type SectionName = (typeof sectionNames)[number];

/** What a message says beside the alerts. Times are Korean in both languages. */
interface Frame {
  time: Intl.DateTimeFormat;
  titles: Record<SectionName, string>;
  toCount: Record<SectionName, (count: number) => string>;
  toSubject(counts: string): string;
  toMore(count: number): string;
  owner: string;
  page: string;
}

const frames: Record<Language, Frame> = {
  ko: {
    time: toTime('ko-KR'),
    titles: { started: '새로 발생한 경보', ended: '해제된 경보', lasting: '지속 중인 경보' },
    toCount: {
      started: (count) => `발생 ${count}건`,
      ended: (count) => `해제 ${count}건`,
      lasting: (count) => `지속 ${count}건`,
    },
    toSubject: (counts) => `[민원 허브 경보] ${counts}`,
    toMore: (count) => `외 ${count}건`,
    owner: '담당',
    page: '경보 화면',
  },
  en: {
    time: toTime('en-GB'),
    titles: { started: 'New alerts', ended: 'Over', lasting: 'Still standing' },
    toCount: {
      started: (count) => `${count} new`,
      ended: (count) => `${count} over`,
      lasting: (count) => `${count} standing`,
    },
    toSubject: (counts) => `[Minwon Hub alerts] ${counts}`,
    toMore: (count) => `and ${count} more`,
    owner: 'owner',
    page: 'Alerts',
  },
};

/** Where the message is read. */
export interface Site {
  directory: Directory;
  /** The hub's address. Undefined: nobody set it. */
  publicUrl: string | undefined;
  /** Whether its readers may open what is parked. */
  isOperator: boolean;
}

/** One message for everything that there is to tell. */
export function writeMessage({ publicUrl, ...rest }: Site, telling: Telling, now: Date): Written {
  const site = { ...rest, publicUrl: publicUrl?.replace(/\/+$/, '') };
  const { directory } = site;
  const data = Object.fromEntries(
    sectionNames.map((name) => [name, telling[name].map((alert) => toData(directory, alert))]),
  );
  return {
    words: { ko: toWords(site, telling, 'ko'), en: toWords(site, telling, 'en') },
    json: JSON.stringify({ type: 'alerts', timestamp: now.toISOString(), data }),
  };
}

function toWords(site: Site, telling: Telling, language: Language): Words {
  const { titles, toCount, toSubject, toMore, page } = frames[language];
  const present = sectionNames.filter((name) => telling[name].length > 0);
  const lines = present.flatMap((name) => [
    `■ ${titles[name]} (${telling[name].length})`,
    ...telling[name].slice(0, mostListed).flatMap((alert) => toLines(site, alert, language)),
    ...(telling[name].length > mostListed ? [`  … ${toMore(telling[name].length - mostListed)}`] : []),
    '',
  ]);
  if (site.publicUrl) lines.push(`${page}: ${site.publicUrl}/alerts`);
  return {
    subject: toSubject(present.map((name) => toCount[name](telling[name].length)).join(', ')),
    text: `${lines.join('\n').trimEnd()}\n`,
  };
}

function toLines(site: Site, alert: Alert, language: Language): string[] {
  const { time } = frames[language];
  const at = language === 'ko' ? 0 : 1;
  const name = nameSubject(site.directory, alert.subject)[at];
  const ended = alert.ended_at && alert.state === 'ended' ? ` ${time.format(alert.ended_at)}` : '';
  return [
    `- ${name}: ${conditions[alert.condition].words[at]} (${alert.count})`,
    `  ${time.format(alert.since)} ~${ended}`,
    ...nameOwner(site.directory, alert, language),
    ...toItemLines(site, alert, language),
  ];
}

/**
 * What the alert names, with the page where somebody deals with it. A mail names no title, because complainants write
 * those. Ids of what is parked say nothing to those who may not open it.
 */
function toItemLines(site: Site, { condition, items }: Alert, language: Language): string[] {
  return items.flatMap((item) => {
    const named = toNamed(condition, item);
    if (named && 'rawItem' in named && !site.isOperator) return [];
    const place = site.publicUrl && toItemPlace(condition, item);
    return `    ${wordReason(item, language)}${place ? `: ${site.publicUrl}${place}` : ''}`;
  });
}

/** Names the person at the agency who has to repair it. */
function nameOwner(directory: Directory, { condition, subject }: Alert, language: Language): string[] {
  if (!getCondition(condition).namesOwner) return [];
  const agency = directory.findAgency(subject);
  const owner = agency ? [agency.officers[0]?.department, ownerOf(agency)] : [subject];
  return [`    ${frames[language].owner}: ${owner.filter(Boolean).join(' ')}`];
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
