import type { ComplaintContent, ComplaintKind, Routing } from '../../../../schemas/index.ts';
import { type TriedRule, tryRules } from '../../../complaints/route.ts';
import type { Typed } from '../../../web/forms.ts';

/** What one set of rules says of a text. */
export interface TriedText {
  /** The agency that would answer. */
  to: string;
  /** The rule that decides. Null: none holds, and the default agency gets it. */
  decides: TriedRule | null;
  /** Rules that hold as well, further down. */
  others: TriedRule[];
  /** Rules of which some conditions hold and some do not: the first few. */
  almost: TriedRule[];
}

const mostAlmost = 10;

/** Judges a text that somebody typed. Nothing of it is kept. */
export function tryText(typed: Typed, kind: ComplaintKind, origin: string, routing: Routing): TriedText {
  const { title = '', body = '', category, region } = typed;
  const content: ComplaintContent = {
    title,
    body,
    kind,
    ...(category && { category }),
    ...(region && { region }),
    complainant: { name: '-' },
    filedAt: new Date(0).toISOString(),
  };
  const tried = tryRules(content, origin, routing);
  const [decides, ...others] = tried.filter(({ unmet }) => unmet.length === 0);
  return {
    to: decides?.to ?? (routing.default === 'origin' ? origin : routing.default),
    decides: decides ?? null,
    others,
    almost: tried.filter(({ met, unmet }) => met.length > 0 && unmet.length > 0).slice(0, mostAlmost),
  };
}
