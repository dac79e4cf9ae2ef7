import type { BoardAdapter, Normalised } from '../../../adapters/contract.ts';
import type { Problem, Reason, ReasonParam } from '../../../schemas/reason.ts';
import { fromGivenProblem } from '../../../schemas/reason.ts';
import { comparePosts, type FieldChange, listFields } from '../remap/find-changes.ts';

/**
 * `mended`: only the draft can map it. `broken`: only the configuration in force can. `failing`: neither can.
 */
export type DifferenceKind = 'changed' | 'mended' | 'broken' | 'failing';

/** What two mappings make of one item. */
export interface Compared {
  kind: 'same' | DifferenceKind;
  /** Fields that differ; of an item that is mended, all its fields. */
  changes: FieldChange[];
  /** Why the draft cannot map it. */
  problems: Problem[];
}

type Mapper = Pick<BoardAdapter, 'normalise'>;

export interface Mappers {
  /** Absent: the agency had no board. */
  inForce?: Mapper | undefined;
  draft: Mapper;
}

export async function compareMapped({ inForce, draft }: Mappers, raw: unknown): Promise<Compared> {
  const [before, after] = await Promise.all([inForce?.normalise(raw), draft.normalise(raw)]);
  if (!after.ok)
    return {
      kind: before?.ok ? 'broken' : 'failing',
      changes: [],
      problems: after.problems.map(fromGivenProblem),
    };
  if (!before?.ok) return { kind: 'mended', changes: listFields(after.post), problems: [] };
  const changes = [...comparePosts(before.post, after.post), ...compareAsides(before, after)];
  return { kind: changes.length > 0 ? 'changed' : 'same', changes, problems: [] };
}

type Mapped = Extract<Normalised, { ok: true }>;

function compareAsides(before: Mapped, after: Mapped): FieldChange[] {
  const [one, other] = [before, after].map(({ aside }) => aside && JSON.stringify(aside));
  if (one === other) return [];
  return [
    {
      pointer: '/aside',
      ...(one !== undefined && { before: one }),
      ...(other !== undefined && { after: other }),
    },
  ];
}

/** A field wherever it stands in a list: `/answers/0/text` and `/answers/1/text` are one. */
export const toField = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*');

/** Whether a reason, or one inside it, says that an expression was stopped: it ran too long or too large. */
export function isStopped({ code, params = {} }: Reason): boolean {
  const isReason = (param: ReasonParam): param is Reason => typeof param === 'object' && 'code' in param;
  return (
    code === 'expression_too_slow' ||
    code === 'expression_too_large' ||
    Object.values(params)
      .flatMap((param): ReasonParam[] => (Array.isArray(param) ? [...param] : [param as ReasonParam]))
      .some((param) => isReason(param) && isStopped(param))
  );
}
