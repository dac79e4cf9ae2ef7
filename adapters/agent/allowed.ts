import { isAbsolute } from 'node:path';
import { domainToASCII } from 'node:url';
import {
  type AgentConfiguration,
  listSecretReferences,
  type Reason,
  ReasonError,
  toOneReason,
  toReason,
} from '../../schemas/index.ts';
import { adapterKinds, checkBoardSettings, loadOwnKind } from '../kinds.ts';
import { isWithinPaths } from '../kit/http/allowed-path.ts';
import { isHost, isWithinHosts } from '../kit/http/guarded-connect.ts';
import type { Allowed } from './settings.ts';

/** The configuration wants what agent.yaml does not allow. These entries are missing in its `allow`. */
export class NotAllowed extends ReasonError {
  override name = 'NotAllowed';
  readonly missing: Allowed;
  constructor(missing: Allowed) {
    const wants = Object.entries(toVisible(missing)).flatMap(([what, names]) =>
      names.map((name) => `${what}: ${name}`),
    );
    super(toReason('not_allowed_there', { what: wants.join(', ') }));
    this.missing = missing;
  }
}

/**
 * Lists what a configuration makes an adapter use of this machine and its network. Throws if its settings are wrong.
 */
export async function listNeeds({ board }: AgentConfiguration): Promise<Allowed> {
  await loadOwnKind(board.adapter);
  const problems = checkBoardSettings(board);
  if (problems.length > 0)
    throw new ReasonError(
      toOneReason(
        problems.map(({ pointer, reason: detail }) =>
          toReason('at_pointer', { pointer: `board${pointer}`, detail }),
        ),
      ),
    );
  const { hosts, paths } = adapterKinds[board.adapter]?.needs?.(board.settings) ?? { hosts: [], paths: [] };
  // Such an entry must not get into agent.yaml: the agent would no longer start.
  const noHost = hosts.find((host) => !isHost(host));
  if (noHost !== undefined) throw atBoard(toReason('no_host', { name: JSON.stringify(noHost) }));
  const noPath = paths.find((path) => !isAbsolute(path));
  if (noPath !== undefined) throw atBoard(toReason('no_absolute_path', { name: JSON.stringify(noPath) }));
  return {
    adapters: [board.adapter],
    hosts: [...new Set(hosts)],
    secrets: listSecretReferences(board.settings),
    paths: [...new Set(paths)],
  };
}

const atBoard = (detail: Reason) => new ReasonError(toReason('at', { place: 'board', detail }));

/** Returns the needs that are not allowed. A list is empty if all of it is allowed. */
export function findMissing(needs: Allowed, allowed: Allowed): Allowed {
  return {
    adapters: needs.adapters.filter((name) => !allowed.adapters.includes(name)),
    hosts: needs.hosts.filter((host) => !isWithinHosts(host, allowed.hosts)),
    secrets: needs.secrets.filter((reference) => !allowed.secrets.includes(reference)),
    paths: needs.paths.filter((path) => !isWithinPaths(path, allowed.paths)),
  };
}

/**
 * Invisible characters, and those that change the direction of reading. A blank other than the ordinary space counts
 * too.
 */
const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const toCode = (text: string) => `\\u{${text.codePointAt(0)?.toString(16)}}`;

/**
 * Makes names visible to the person who decides by them. Others write the configuration, and a name must not look like
 * a different one. A name that is not ASCII is shown with the form that is looked up (RFC 5890, 2.3.2.1).
 */
export function toVisible(names: Allowed): Allowed {
  const show = (texts: string[]) => texts.map((text) => text.replace(unseen, toCode));
  const { adapters, hosts, secrets, paths } = names;
  const showHost = (host: string) =>
    /^[\x21-\x7e]+$/.test(host) ? host : `${host} (${domainToASCII(host)})`;
  return {
    adapters: show(adapters),
    hosts: show(hosts.map(showHost)),
    secrets: show(secrets),
    paths: show(paths),
  };
}

export const isEmpty = (missing: Allowed): boolean =>
  Object.values(missing).every((names) => names.length === 0);
