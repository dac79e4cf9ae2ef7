import type { DocumentChange } from '../../configuration/changes/difference.ts';

/** Prints what a change of the configuration did, or would do. */
export function printChanges(changes: Pick<DocumentChange, 'kind' | 'name' | 'change' | 'paths'>[]): void {
  if (changes.length === 0) console.log('no changes');
  for (const { kind, name, change, paths } of changes) {
    console.log(`${change} ${kind} ${name}`);
    if (change === 'changed' && paths.length === 0) console.log('  only comments or layout');
    for (const place of paths) console.log(`  ${place.change} ${place.path || 'as a whole'}`);
  }
}
