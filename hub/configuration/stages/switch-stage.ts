import type { ReadingPlace, Stage } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import type { By } from '../changes/change.ts';
import type { ChangeRules } from '../changes/plan-change.ts';
import { type Changed, changeConfiguration } from '../changes/proposals.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { findInForce } from '../versions.ts';
import { editYaml } from '../yaml/edit-yaml.ts';

export interface StageChange {
  agency: string;
  stage: Stage;
  /** Where reading goes on when it becomes live. Absent: as the configuration says. */
  readFrom?: ReadingPlace | undefined;
}

/**
 * Brings an agency to another stage: a version of its configuration like any other, in which only this place changes.
 * Errors: ConfigurationError `unknown`, `invalid`, and `moved` if somebody changed the agency at the same moment.
 */
export async function switchStage(
  store: Store,
  rules: ChangeRules,
  { agency, stage, readFrom }: StageChange,
  by: By,
): Promise<Changed> {
  const key = { kind: 'agency', name: agency } as const;
  const inForce = await findInForce(store.db, key);
  if (!inForce) throw new ConfigurationError('unknown', `there is no agency ${agency}`);
  const source = editYaml(inForce.source, [
    { op: 'set', path: ['stage'], value: stage },
    ...(readFrom ? [{ op: 'set' as const, path: ['readFrom'], value: readFrom }] : []),
  ]);
  return changeConfiguration(store, rules, [{ ...key, source, base: inForce.version }], by);
}
