import { isAbsolute, relative, resolve, sep } from 'node:path';
import { ReasonError, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext } from '../../contract.ts';

/** The settings name a file or folder that this machine's own list does not allow. */
export class PathRefused extends ReasonError {
  constructor(path: string) {
    super(toReason('path_not_allowed_there', { path, same: path }));
    this.name = 'PathRefused';
  }
}

/** Returns the path if the context's `reach` allows it or is absent. Errors: PathRefused. */
export function mustBeAllowedPath({ reach }: Pick<AdapterContext, 'reach'>, path: string): string {
  if (reach && !isWithinPaths(path, reach.paths)) throw new PathRefused(path);
  return path;
}

/**
 * True if a path is one of the allowed or lies below one. Symbolic links are not followed: the machine's owner controls
 * them.
 */
export function isWithinPaths(path: string, allowed: readonly string[]): boolean {
  return allowed.some((one) => {
    const rest = relative(one, resolve(path));
    return !isAbsolute(rest) && rest.split(sep)[0] !== '..';
  });
}
