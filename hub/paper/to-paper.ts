import {
  type AgencyEvent,
  type Complaint,
  type Language,
  type Officer,
  type Step,
  stepFacts,
  stepNames,
  wordStep,
} from '../../schemas/index.ts';
import { listSecondAnswers } from '../complaints/answers/second-answers.ts';
import { toWord } from '../words/vocabulary.ts';
import type { Paper, PaperFact, PaperSection } from './paper.ts';
import { type PaperWord, toPaperTime, toPaperWord } from './paper-words.ts';

/** A file of the complaint: `place` is the event to whose text it belongs, or the complaint's own text. */
interface PaperFile {
  place: number | 'text';
  name: string;
}

/** What a document is made of, as its reader may see it: persons are masked before. */
export interface PaperSource {
  complaint: Complaint;
  /** Oldest first. */
  events: readonly AgencyEvent[];
  files: readonly PaperFile[];
  language: Language;
  nameAgency: (code: string) => string;
  madeAt: Date;
}

/** The document of a complaint: what was asked, all that was answered, and its course. */
export function toPaper(source: PaperSource): Paper {
  const { complaint, events, language, nameAgency, madeAt } = source;
  const { receiptNumber } = complaint;
  const word = (name: PaperWord, ...values: string[]) => toPaperWord(name, language, ...values);
  return {
    language,
    receiptNumber,
    title: word(toTitle(source)),
    agency: nameAgency(complaint.assignee),
    facts: toFacts(source),
    sections: [toContent(source), ...toSpoken(source)],
    course: events.map((event) => [toPaperTime(event.at, language), toCourse(event, source)]),
    words: {
      course: word('course'),
      files: word('files'),
      qrCode: word('qrCode', receiptNumber),
      made: word('made', toPaperTime(madeAt, language), receiptNumber),
      page: word('page'),
      missing: word('missing'),
    },
  };
}

function toTitle({ complaint, events }: PaperSource): 'result' | 'refusal' | 'complaint' {
  if (complaint.status === 'rejected') return 'refusal';
  return events.some(({ type }) => type === 'answered') ? 'result' : 'complaint';
}

function toFacts({ complaint, language, nameAgency }: PaperSource): PaperFact[] {
  const { content, originNumber, takenInAt, registeredAt, dueAt, officer } = complaint;
  const { name, company } = content.complainant;
  const facts: [PaperWord, string | undefined][] = [
    ['receiptNumber', complaint.receiptNumber],
    ['originNumber', originNumber],
    ['complainant', company ? `${name} (${company})` : name],
    ['kind', [toWord('kind', content.kind, language), content.category].filter(Boolean).join(' · ')],
    ['filed', toPaperTime(content.filedAt, language)],
    ['takenIn', toPaperTime(takenInAt ?? registeredAt, language)],
    ['due', dueAt && toPaperTime(dueAt, language)],
    ['origin', nameAgency(complaint.origin)],
    ['assignee', nameAgency(complaint.assignee)],
    ['officer', officer && toOfficerText(officer)],
    ['status', toWord('status', complaint.status, language)],
  ];
  return facts.flatMap(([label, value]) => (value ? [[toPaperWord(label, language), value] as const] : []));
}

function toContent(source: PaperSource): PaperSection {
  const { title, body } = source.complaint.content;
  return {
    heading: toPaperWord('content', source.language),
    facts: [[toPaperWord('title', source.language), title]],
    texts: [{ text: body }],
    files: toFiles(source, 'text'),
  };
}

/** What was said after the complaint, by the agency and by the complainant, oldest first. */
function toSpoken(source: PaperSource): PaperSection[] {
  const { events, language } = source;
  const seconds = listSecondAnswers(events);
  return events.flatMap((event): PaperSection[] => {
    const { answer, followUp, step } = event;
    if (answer) {
      const heading = event.type === 'answered' ? toAnswerName(event, seconds, language) : undefined;
      const texts = [{ text: answer.text }];
      return [toSection(source, event, { heading, texts, officer: answer.officer })];
    }
    if (followUp) return [toSection(source, event, { texts: [{ text: followUp.text }] })];
    if (!step || !stepFacts[step.kind].speaks) return [];
    const heading = stepNames[step.kind][language === 'ko' ? 0 : 1];
    return [toSection(source, event, { heading, texts: toStepTexts(step, language), officer: step.by })];
  });
}

const toAnswerName = ({ seq }: AgencyEvent, seconds: ReadonlySet<number>, language: Language): string =>
  toPaperWord(seconds.has(seq) ? 'second' : 'answer', language);

interface Said {
  /** Absent: the name of the event. */
  heading?: string | undefined;
  texts: PaperSection['texts'];
  officer?: Officer | undefined;
}

function toSection(source: PaperSource, event: AgencyEvent, { heading, texts, officer }: Said): PaperSection {
  const { language, nameAgency } = source;
  return {
    heading: heading ?? toWord('event', event.type, language),
    facts: [
      [toPaperWord('at', language), toPaperTime(event.at, language)],
      [toPaperWord('agency', language), nameAgency(event.by)],
      // Who answers, with department, name and contact (Enforcement Decree, article 31).
      ...(officer ? [[toPaperWord('officer', language), toOfficerText(officer)] as const] : []),
    ],
    texts,
    files: toFiles(source, event.seq),
  };
}

/** The words of a step. A refusal has its reasons and its remedies apart (Act, article 27). */
function toStepTexts(step: Step, language: Language): PaperSection['texts'] {
  if (step.kind !== 'refused') return [{ text: wordStep(step, language) ?? '' }];
  return [
    { label: toPaperWord('reasons', language), text: step.reasons },
    { label: toPaperWord('remedies', language), text: step.remedies },
  ];
}

const toFiles = ({ files }: PaperSource, place: PaperFile['place']): string[] =>
  files.filter((file) => file.place === place).map(({ name }) => name);

function toCourse(event: AgencyEvent, { language, nameAgency, events }: PaperSource): string {
  const { step, fromAgency, toAgency, fromStatus, toStatus } = event;
  if (step) return stepNames[step.kind][language === 'ko' ? 0 : 1];
  const name =
    event.type === 'answered'
      ? toAnswerName(event, listSecondAnswers(events), language)
      : toWord('event', event.type, language);
  if (toAgency)
    return `${name}: ${[fromAgency, toAgency].flatMap((code) => (code ? nameAgency(code) : [])).join(' → ')}`;
  if (fromStatus && toStatus)
    return `${name}: ${toWord('status', fromStatus, language)} → ${toWord('status', toStatus, language)}`;
  return `${name}: ${nameAgency(event.by)}`;
}

const toOfficerText = ({ department, name, contact }: Officer): string =>
  [department, name, contact && `(${contact})`].filter(Boolean).join(' ');
