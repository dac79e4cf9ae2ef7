import type { Action } from '../../../access/people/rights.ts';
import type { BulkAct } from '../../../desk/bulk-runs.ts';
import type { Typed } from '../../../web/forms.ts';
import type { ComplaintFormName } from '../../complaints/complaint-forms.ts';

/** How one act on several complaints is the form of each of them. */
interface BulkForm {
  form: ComplaintFormName;
  /** Without this right on any complaint, the act is not offered. */
  action: Action;
  /** The fields that a person fills once for all. */
  fields: string[];
  /** What the form of one complaint says; `unit`: how its period is counted. */
  toTyped: (typed: Typed, unit: 'days' | 'hours') => Typed;
}

/** These fields of what was typed. */
export const pick = (typed: Typed, ...names: string[]): Typed =>
  Object.fromEntries(names.map((name) => [name, typed[name] ?? '']));

export const bulkForms: Record<BulkAct, BulkForm> = {
  assign: {
    form: 'step-officer_assigned',
    action: 'answer',
    fields: ['person'],
    toTyped: (typed) => pick(typed, 'person'),
  },
  transfer: {
    form: 'transfer',
    action: 'transfer',
    fields: ['to', 'reason'],
    toTyped: (typed) => pick(typed, 'to', 'reason'),
  },
  // Consent to a second extension is given for one complaint (Decree, article 21), so no form for several asks for it.
  extend: {
    form: 'step-extended',
    action: 'answer',
    fields: ['days', 'hours', 'reason'],
    toTyped: (typed, unit) => ({ ...pick(typed, 'reason'), amount: typed[unit] ?? '' }),
  },
};
