import {
  type Agency,
  type Answer,
  type FollowUp,
  identifierKinds,
  isInternalStep,
  type Language,
  type Officer,
  type Step,
  stepNames,
  wordStep,
} from '../../schemas/index.ts';
import type { Directory } from '../configuration/directory.ts';
import type { OfficerValues, TemplateValues } from '../templates/template-variables.ts';
import { toNational } from '../words/to-national.ts';
import { toWord } from '../words/vocabulary.ts';
import type { DueNotice } from './due-notices.ts';
import { fromOccasion } from './plan.ts';

const inCharge: Record<Language, string> = { ko: '담당자', en: 'Officer in charge' };

/** The data of the events that notices tell of (schemas/event.ts). */
interface Told {
  answer?: Answer;
  followUp?: FollowUp;
  from?: string;
  step?: Step;
  reason?: unknown;
}

/** The values that templates show of a notice, in the words of its language. */
export function toTemplateValues(
  notice: DueNotice,
  directory: Directory,
  link: string | null,
): TemplateValues {
  const { language } = notice;
  const agency = directory.findAgency(notice.agency);
  const told = (notice.data ?? {}) as Told;
  const { step } = told;
  const from = told.from ?? (step && isInternalStep(step) ? notice.said_by : null);
  const named = notice.agency === notice.assignee ? notice.officer : null;
  const duty = fromOccasion(notice.about);
  const format = formatOf(language, agency?.timeZone ?? 'Asia/Seoul');
  return {
    recipient: notice.recipient,
    receipt_number: notice.receipt_number,
    origin_number: notice.origin_number,
    title: notice.title,
    kind: toWord('kind', notice.kind, language),
    registered_at: format.format(notice.registered_at),
    due_at: notice.due_at && format.format(notice.due_at),
    link,
    agency: {
      name: nameOf(agency, notice.agency, language),
      phone: agency?.phone ? toNational(agency.phone) : null,
    },
    officer: toOfficer(told.answer?.officer ?? step?.by ?? named ?? undefined, agency, language),
    answer: told.answer?.text ?? null,
    from_agency: from === null ? null : nameOf(directory.findAgency(from), from, language),
    // The reason of an assignment is for the operator (a routing rule). It means nothing to others.
    reason: typeof told.reason === 'string' ? told.reason : null,
    follow_up: told.followUp?.text ?? null,
    step: step ? stepNames[step.kind][language === 'ko' ? 0 : 1] : '-',
    step_text: (step && wordStep(step, language)) ?? null,
    duty: duty ? toWord('duty', duty.kind, language) : '-',
    duty_on: duty?.day ?? '-',
    masked: toKinds(notice, language),
    kept: toKept(notice, language),
    withheld: toCount(notice.withheld),
  };
}

/** The kinds of number that were masked and are not kept, in words. Null: none. */
function toKinds({ masked, kept }: DueNotice, language: Language): string | null {
  const kinds = identifierKinds.filter((kind) => masked?.[kind] && !kept?.some((one) => one.kind === kind));
  return kinds.map((kind) => toWord('identifier', kind, language)).join(', ') || null;
}

const toCount = (count: number): string | null => (count > 0 ? String(count) : null);

/** The kinds of number that are kept, each with its law. Null: none. */
function toKept({ kept }: DueNotice, language: Language): string | null {
  const words = kept?.map(({ kind, law }) => `${toWord('identifier', kind, language)}: ${law}`);
  return words?.join(', ') ?? null;
}

/**
 * Department, name and contact of the officer who answered. A name that the board gives is never replaced. Only gaps
 * are filled, and only from the same agency, such as its first officer.
 */
function toOfficer(
  answered: Officer | undefined,
  agency: Agency | undefined,
  language: Language,
): OfficerValues {
  const first = agency?.officers[0];
  const named: Officer = answered?.name ? answered : { ...answered, name: first?.name ?? inCharge[language] };
  const contact = named.contact ?? agency?.phone ?? first?.phone ?? first?.email;
  const ownDepartment = answered?.name ? undefined : first?.department;
  return {
    department: named.department ?? ownDepartment ?? nameOf(agency, '-', language),
    name: named.name ?? inCharge[language],
    contact: contact ? toNational(contact) : '-',
  };
}

function nameOf(agency: Agency | undefined, code: string, language: Language): string {
  return agency ? ((language === 'en' ? agency.name.en : undefined) ?? agency.name.ko) : code;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: Language, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  let format = formats.get(key);
  if (!format) {
    const locale = language === 'ko' ? 'ko-KR' : 'en-GB';
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
    formats.set(key, format);
  }
  return format;
}
