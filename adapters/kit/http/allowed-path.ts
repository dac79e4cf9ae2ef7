import { isAbsolute, relative, resolve, sep } from 'node:path';
import { ReasonError, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext } from '../../contract.ts';

/** A file or folder that the settings name and this machine's own list does not allow. */
export class PathRefused extends ReasonError {
  constructor(path: string) {
    super(toReason('path_not_allowed_there', { path, same: path }));
    this.name = 'PathRefused';
  }
}

/** The path, when the context's `reach` allows it or says nothing of it. Errors: PathRefused. */
export function mustBeAllowedPath({ reach }: Pick<AdapterContext, 'reach'>, path: string): string {
  if (reach && !isWithinPaths(path, reach.paths)) throw new PathRefused(path);
  return path;
}

/** Whether a path is one of these or lies below one. Links are not followed: those of a machine are its owner's. */
export function isWithinPaths(path: string, allowed: readonly string[]): boolean {
  return allowed.some((one) => {
    const rest = relative(one, resolve(path));
    return !isAbsolute(rest) && rest.split(sep)[0] !== '..';
  });
}
