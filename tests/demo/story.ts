import type { StepKind } from '../../schemas/index.ts';
import type { NewStep } from '../boards/rest-board/store.ts';

/** The four sample agencies. */
export type AgencyCode = 'sbiz' | 'techno' | 'market' | 'textile';

/**
 * Where a complaint is filed: on a board, by phone at the contact centre, or by the program of `market` at the REST
 * door.
 */
export type Source = 'sbiz' | 'techno' | 'textile' | 'phone' | 'door';

/** Who acts where: an officer in the console, or an agency's program at a door. */
export interface Hand {
  agency: AgencyCode;
  at: 'console' | 'rest' | 'soap';
}

/** The accounts at the console that act in the stories. The usual ones are `officer` and, by phone, `counsellor`. */
export type Login = 'officer' | 'inspector' | 'techno';

/** The next action. The assignee answers, gives interim answers and transfers. The origin does the rest. */
export type Step = (Taken | Inside) & {
  /** Nobody acts: the complaint is joined to another one, and hears what was said of that. */
  heard?: true;
};
/** What may be seen outside. */
export type Taken = Told | Released | ProcedureStep;

type Told =
  /** `plain`: the words of the text if it is HTML. `collected`: the page writes it from the replies of other agencies. */
  | {
      do: 'answer' | 'interim' | 'followUp';
      text: string;
      plain?: string;
      files?: string[];
      collected?: true;
    }
  | { do: 'withdraw'; reason: string }
  | { do: 'transfer'; to: AgencyCode; reason: string };

/** An answer in its parts that a second person releases, perhaps after a first draft was returned. */
interface Released {
  do: 'answer';
  /** The whole, as it must be read outside. */
  text: string;
  parts: Record<string, string>;
  by: Login;
  returned?: { decided: string; comment: string };
  /** It is not released, so nobody outside sees it. */
  waits?: true;
}

/** What nobody outside sees. */
export type Inside =
  | { do: 'note'; by: Login; text: string }
  /** The second identical grievance goes to the officer of the department for audits, by the button of its page. */
  | { do: 'toAudit'; person: string }
  /** A program reads what its agency owes, and what it sees of the requests about this complaint. */
  | { do: 'look'; by: Hand; owes: string[]; sees: string[] };

export const isInside = (step: Taken | Inside): step is Inside =>
  step.do === 'note' || step.do === 'look' || step.do === 'toAudit';

/** A step of the procedure (schemas/steps). */
export interface ProcedureStep {
  do: 'step';
  kind: StepKind;
  /** What the person enters: in the console's form, on the board of sbiz, or at the REST door. */
  fields: Record<string, string> | NewStep;
  /** What a board that knows no steps shows of it. Absent: nothing. */
  shown?: string;
  /** Who takes it. Absent: the assignee, or the origin for the complainant, in the usual way. */
  by?: Hand;
  /** A second person of the agency releases it. */
  released?: true;
  /** The marks of other complaints that it joins or parts. */
  marks?: string[];
}

export interface Person {
  name: string;
  company?: string;
  email?: string;
  /** Digits in the format of the phone networks. A correctly typed phone number gives these. */
  phone?: string;
  /** The text typed into the form, if it differs. */
  typedEmail?: string;
  typedPhone?: string;
  by?: 'email' | 'sms';
}

/** One complaint, from the filing to its end. */
export interface Story {
  /** A text in the title, by which everything about this complaint is found. */
  mark: string;
  /** The same again of the same person: the earlier complaint, which is played first. Both have the same mark. */
  before?: Story;
  from: Source;
  /** The hub's category. Each board has its own code for it. */
  category: string;
  region: string;
  kind: 'query' | 'suggestion' | 'grievance';
  title: string;
  body: string;
  /** The words of the body if it is HTML. */
  plain?: string;
  person: Person;
  /** Names of its files. */
  files?: string[];
  /**
   * `code`, `channel`: the board uses a value that the hub does not know, so the item is parked. `charset`: the
   * assignee's board cannot store a character, so its link is parked.
   */
  obstacle?: 'code' | 'channel' | 'charset';
  steps: Step[];
}

/** Names a complaint to the programs and people who act. Identical ones have one mark, so their order is added. */
export const keyOf = (story: Story): string => (story.before ? `${keyOf(story.before)}+` : story.mark);
export const titleOf = ({ title, mark }: Story): string => `${title} [${mark}]`;

/** A person who can be reached by both channels and chose one. Addresses and numbers belong to nobody. */
export type Contact = (no: string) => Person;
const email = (no: string) => `c${no}@customer.example`;
const phone = (no: string) => `01000001${no}`;

export const byEmail =
  (name: string, company?: string): Contact =>
  (no) => ({ name, ...(company && { company }), email: email(no), phone: phone(no), by: 'email' });
export const bySms =
  (name: string, company?: string): Contact =>
  (no) => ({ name, ...(company && { company }), email: email(no), phone: phone(no), by: 'sms' });
/**
 * A person who chose text messages and typed the number in an unusual spelling. `#` stands for the last four digits.
 */
export const bySpeltNumber =
  (name: string, spelling: string): Contact =>
  (no) => ({ name, phone: phone(no), typedPhone: spelling.replace('#', `1${no}`), by: 'sms' });
/** A person who typed an invalid address. Only the other channel is left. */
export const byBrokenEmail =
  (name: string, typedEmail: string): Contact =>
  (no) => ({ name, phone: phone(no), typedEmail, by: 'email' });
/** A person who typed an invalid phone number. */
export const byBrokenPhone =
  (name: string, typedPhone: string): Contact =>
  (no) => ({ name, email: email(no), typedPhone, by: 'sms' });
/** A person who left only a name. */
export const unreachable =
  (name: string): Contact =>
  () => ({ name });

type Spoken = Extract<Told, { text: string }>;
export const answer = (text: string, plain = text): Spoken => ({ do: 'answer', text, plain });
export const interim = (text: string): Spoken => ({ do: 'interim', text });
export const followUp = (text: string): Spoken => ({ do: 'followUp', text });
/** The same step, with files. */
export const withFiles = (step: Spoken, ...files: string[]): Step => ({
  ...step,
  files,
});
export const withdraw = (reason: string): Step => ({ do: 'withdraw', reason });
export const transfer = (to: AgencyCode, reason: string): Step => ({ do: 'transfer', to, reason });

/** `more`: what a board that knows no steps shows of it, or whatever else is said of the step. */
export const step = (
  kind: StepKind,
  fields: Record<string, string>,
  more: string | Pick<ProcedureStep, 'shown' | 'marks' | 'released'> = {},
): Step => ({ do: 'step', kind, fields, ...(typeof more === 'string' ? { shown: more } : more) });
/** The same on the board of sbiz, in its own words. */
export const boardStep = (kind: StepKind, fields: NewStep, shown?: string): Step => ({
  do: 'step',
  kind,
  fields,
  ...(shown && { shown }),
});

/** The same, taken by somebody of an agency. */
export const stepBy = (by: Hand, kind: StepKind, fields: Record<string, string>): Step => ({
  do: 'step',
  kind,
  fields,
  by,
});
/** What a joined complaint hears of the one that leads it. */
export const hears = (...steps: Step[]): Step[] => steps.map((step) => ({ ...step, heard: true }));
export const note = (by: Login, text: string): Step => ({ do: 'note', by, text });
export const look = (by: Hand, owes: string[], sees: string[]): Step => ({ do: 'look', by, owes, sees });

/** One row of the scenario. */
export type Row = [
  category: string,
  region: string,
  title: string,
  body: string,
  contact: Contact,
  steps: Step[],
  more?: Partial<Pick<Story, 'kind' | 'plain' | 'obstacle' | 'files'>>,
];

/** Numbers the rows and makes stories of them. `first` keeps the sources apart. */
export function toStories(from: Source, first: number, rows: Row[]): Story[] {
  return rows.map(([category, region, title, body, contact, steps, more = {}], index) => {
    const no = String(first + index).padStart(3, '0');
    const person = contact(no);
    return { mark: `D-${no}`, from, category, region, kind: 'query', title, body, person, steps, ...more };
  });
}
