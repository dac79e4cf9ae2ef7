/** What a person asks about the own data: to see it (article 35), to have it corrected or deleted (36), to stop its use (37). */
export const requestKinds = ['access', 'correct', 'delete', 'stop'] as const;
export type RequestKind = (typeof requestKinds)[number];

export const outcomes = ['granted', 'partly', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** What was decided. A ground is named where something was refused. */
export interface Decision {
  outcome: Outcome;
  /** Codes of grounds.ts. */
  grounds: string[];
  /** Why, in words for the person. */
  reason: string;
  /** Who hears an objection: department and how to reach it. */
  contact: string;
}

export const requestWays = ['counter', 'phone', 'letter', 'email', 'rest'] as const;
export type RequestWay = (typeof requestWays)[number];

/**
 * - `received`: nobody has checked yet who asks
 * - `identified`: who asks is who he or she says
 * - `decided`: the answer stands, and the person does not know it
 * - `told`: the person was told, and the clock has stopped
 * - `withdrawn`: the person asks no more
 */
export type RequestState = 'received' | 'identified' | 'decided' | 'told' | 'withdrawn';
export const openStates = ['received', 'identified', 'decided'] as const satisfies readonly RequestState[];

/** Who may ask for another person: a legal representative, or somebody with a power of attorney (시행령, article 45). */
export const mandates = ['legal', 'power_of_attorney'] as const;

interface Representative {
  name: string;
  contact: string;
  mandate: (typeof mandates)[number];
  /** Which paper shows it: the paper itself is not kept. */
  shown: string;
}

/** What shall stand in place of what stands there now. */
export interface Correction {
  name?: string;
  company?: string;
  /** E.164. */
  phone?: string;
  email?: string;
}

/** Who asks, and for what. All of it lies sealed. No resident registration number is in it: it is masked on entry. */
export interface RequestFacts {
  name: string;
  /** E.164. */
  phone?: string;
  email?: string;
  /** Where a letter goes. */
  address?: string;
  /** In the person's own words. */
  wants: string;
  representative?: Representative;
  correction?: Correction;
}

/** How it was seen who asks (시행령, article 46). A document is looked at and not kept. */
export const identityWays = ['contact_of_record', 'id_document', 'mandate'] as const;
export type IdentityWay = (typeof identityWays)[number];

const requestActs = [
  'received',
  'identified',
  'postponed',
  'found',
  'exported',
  'decided',
  'corrected',
  'told',
  'withdrawn',
  'noted',
] as const;
export type RequestAct = (typeof requestActs)[number];

/** One step, as it was taken. */
export interface RequestRecord {
  act: RequestAct;
  /** RFC 3339. */
  at: string;
  by: string;
  /** How, why, or what: in words. */
  note?: string;
  /** How it was seen who asks. */
  identity?: IdentityWay;
  /** The due date before a postponement, RFC 3339. */
  before?: string;
  decision?: Decision;
}

export interface SubjectRequest {
  id: string;
  number: string;
  kind: RequestKind;
  state: RequestState;
  way: RequestWay;
  agency: string | null;
  externalId: string | null;
  receivedAt: Date;
  dueAt: Date;
  postponedUntil: Date | null;
  facts: RequestFacts;
  madeBy: string;
  madeAt: Date;
  decision: Decision['outcome'] | null;
  decidedAt: Date | null;
  toldAt: Date | null;
  record: RequestRecord[];
}

export const isOpen = ({ state }: Pick<SubjectRequest, 'state'>): boolean =>
  (openStates as readonly string[]).includes(state);

/** The newest of a kind of step. */
export const lastOf = ({ record }: Pick<SubjectRequest, 'record'>, act: RequestAct) =>
  record.findLast((one) => one.act === act);
