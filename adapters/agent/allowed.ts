import type { AgentConfiguration } from '../../schemas/index.ts';
import { listSecretReferences } from '../../schemas/index.ts';
import { adapterKinds, checkBoardSettings, loadOwnKind } from '../kinds.ts';
import { isWithinPaths } from '../kit/allowed-path.ts';
import { isWithinHosts } from '../kit/guarded-connect.ts';
import type { Allowed } from './settings.ts';

/** What a configuration wants and agent.yaml does not allow; its `allow` has to be made longer by this. */
export class NotAllowed extends Error {
  override name = 'NotAllowed';
  readonly missing: Allowed;
  constructor(missing: Allowed) {
    const wants = Object.entries(missing).flatMap(([what, names]) => names.map((name) => `${what}: ${name}`));
    super(
      `this machine does not allow ${wants.join(', ')}. If it is right, run \`minwon-agent allow\` there, or write it in agent.yaml below \`allow\``,
    );
    this.missing = missing;
  }
}

/** What a configuration makes an adapter use of this machine and its network. Throws when its settings are wrong. */
export async function listNeeds({ board }: AgentConfiguration): Promise<Allowed> {
  await loadOwnKind(board.adapter);
  const problems = checkBoardSettings(board);
  if (problems.length > 0)
    throw new Error(problems.map(({ pointer, message }) => `board${pointer} ${message}`).join('; '));
  const { hosts, paths } = adapterKinds[board.adapter]?.needs?.(board.settings) ?? { hosts: [], paths: [] };
  return {
    adapters: [board.adapter],
    hosts: [...new Set(hosts)],
    secrets: listSecretReferences(board.settings),
    paths: [...new Set(paths)],
  };
}

/** What of the needs is not allowed; each list empty where all of it is. */
export function findMissing(needs: Allowed, allowed: Allowed): Allowed {
  return {
    adapters: needs.adapters.filter((name) => !allowed.adapters.includes(name)),
    hosts: needs.hosts.filter((host) => !isWithinHosts(host, allowed.hosts)),
    secrets: needs.secrets.filter((reference) => !allowed.secrets.includes(reference)),
    paths: needs.paths.filter((path) => !isWithinPaths(path, allowed.paths)),
  };
}

export const isEmpty = (missing: Allowed): boolean =>
  Object.values(missing).every((names) => names.length === 0);
