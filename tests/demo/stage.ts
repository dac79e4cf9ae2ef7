import type { Desk } from './desk.ts';
import type { Door } from './door.ts';
import type { Journal } from './journal.ts';
import type { Observer, Outside } from './observer.ts';
import type { Program } from './programs.ts';
import type { AgencyCode, Step } from './story.ts';
import type { Watch } from './watch.ts';

/** The people and programs who act, and where. */
export interface Stage {
  outside: Outside;
  observer: Observer;
  watch: Watch;
  desks: Record<'officer' | 'leader' | 'inspector' | 'techno' | 'counsellor' | 'administrator', Desk>;
  /** The programs of the agencies: those of `market` and `sbiz` at the REST door, the others at the SOAP door. */
  programs: { market: Door } & Record<'sbiz' | 'techno' | 'textile', Program>;
  /** Notes what left no trace outside, so that a second run need not repeat it. */
  journal: Pick<Journal, 'isDone' | 'noteDone'>;
  /** When each step was done, in milliseconds, by key and number of the step. Step 0 is the filing. */
  acted: Map<string, number>;
}

export interface Action {
  step: Step;
  /** The agency that has the complaint now. */
  agency: AgencyCode;
  key: string;
  receiptNumber: string;
  /** The status that its board shows before. Undefined: any. */
  shown: string | undefined;
}

export const note = ({ acted }: Pick<Stage, 'acted'>, key: string): void =>
  void acted.set(key, performance.now());

/** What the officer of `market` enters about himself. */
export const asOfficer = { department: '시장지원팀', officer: '오세진', contact: '02-555-0100' };
/** The same of the officer of its department for audits. */
export const asInspector = { department: '감사실', officer: '정감사', contact: '02-555-0100' };
