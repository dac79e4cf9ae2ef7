/** The four sample agencies. */
export type AgencyCode = 'sbiz' | 'techno' | 'market' | 'textile';

/** Who takes a complaint in: a board, the contact centre by phone, or the machine of `market` at the REST door. */
export type Source = 'sbiz' | 'techno' | 'textile' | 'phone' | 'door';

/** What somebody does next. Answers, interim answers and transfers are the assignee's, the others the origin's. */
export type Step =
  /** `plain`: the text's words, where it is HTML. */
  | { do: 'answer' | 'interim' | 'followUp'; text: string; plain?: string; files?: string[] }
  | { do: 'withdraw'; reason: string }
  | { do: 'transfer'; to: AgencyCode; reason: string };

export interface Person {
  name: string;
  company?: string;
  email?: string;
  /** Digits as the networks know them: what a correct phone number comes to. */
  phone?: string;
  /** As typed into the form, where that is something else. */
  typedEmail?: string;
  typedPhone?: string;
  by?: 'email' | 'sms';
}

/** One complaint, from the filing to its end. */
export interface Story {
  /** Stands in the title; everything about this complaint is found by it. */
  mark: string;
  from: Source;
  /** In the hub's words; each board has its own code for it. */
  category: string;
  region: string;
  kind: 'query' | 'suggestion';
  title: string;
  body: string;
  /** The body's words, where it is HTML. */
  plain?: string;
  person: Person;
  /** Names of the files that come with it. */
  files?: string[];
  /**
   * `code`, `channel`: the board says something that the hub has no word for, so it is parked.
   * `charset`: the assignee's board cannot hold a character, so its link is parked.
   */
  obstacle?: 'code' | 'channel' | 'charset';
  steps: Step[];
}

export const titleOf = ({ title, mark }: Story): string => `${title} [${mark}]`;

/** A person who can be reached in both ways and asked for one. Addresses and numbers are nobody's. */
export type Contact = (no: string) => Person;
const email = (no: string) => `c${no}@customer.example`;
const phone = (no: string) => `01000001${no}`;

export const byEmail =
  (name: string, company?: string): Contact =>
  (no) => ({ name, ...(company && { company }), email: email(no), phone: phone(no), by: 'email' });
export const bySms =
  (name: string, company?: string): Contact =>
  (no) => ({ name, ...(company && { company }), email: email(no), phone: phone(no), by: 'sms' });
/** Asked for a text and gave a number, spelt in a way of their own (`#` stands for the last four digits). */
export const bySpeltNumber =
  (name: string, spelling: string): Contact =>
  (no) => ({ name, phone: phone(no), typedPhone: spelling.replace('#', `1${no}`), by: 'sms' });
/** Typed something that is no address: what is left is the other way. */
export const byBrokenEmail =
  (name: string, typedEmail: string): Contact =>
  (no) => ({ name, phone: phone(no), typedEmail, by: 'email' });
/** Typed something that is no number. */
export const byBrokenPhone =
  (name: string, typedPhone: string): Contact =>
  (no) => ({ name, email: email(no), typedPhone, by: 'sms' });
/** Left nothing but a name. */
export const unreachable =
  (name: string): Contact =>
  () => ({ name });

type Told = Extract<Step, { text: string }>;
export const answer = (text: string, plain = text): Told => ({ do: 'answer', text, plain });
export const interim = (text: string): Told => ({ do: 'interim', text });
export const followUp = (text: string): Told => ({ do: 'followUp', text });
/** The same, with files. */
export const withFiles = (step: Told, ...files: string[]): Step => ({
  ...step,
  files,
});
export const withdraw = (reason: string): Step => ({ do: 'withdraw', reason });
export const transfer = (to: AgencyCode, reason: string): Step => ({ do: 'transfer', to, reason });

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

/** Rows become stories with numbers of their own; `first` keeps the sources apart. */
export function toStories(from: Source, first: number, rows: Row[]): Story[] {
  return rows.map(([category, region, title, body, contact, steps, more = {}], index) => {
    const no = String(first + index).padStart(3, '0');
    const person = contact(no);
    return { mark: `D-${no}`, from, category, region, kind: 'query', title, body, person, steps, ...more };
  });
}
