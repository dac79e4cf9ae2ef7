import type { FastifyRequest } from 'fastify';
import type { Reason } from '../../../schemas/index.ts';
import { type Action, may, toReadingAgency } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { getCondition } from '../../alerts/conditions.ts';
import { toItemPlace, toNamed } from '../../alerts/finding.ts';
import type { ShownAlert } from '../../alerts/read-alerts.ts';
import { listTitles } from '../../complaints/reading/read-operations.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { readItemTitles } from '../visit/read-item-titles.ts';

/** What the pages need on which alerts are dealt with, by the beginning of their path. */
const rightsOf: readonly [start: string, right: Action][] = [
  ['/?', 'read'],
  ['/complaints/', 'read'],
  ['/ledger', 'see_ledger'],
  ['/access-log', 'see_audit'],
  ['/repairs/', 'see_repairs'],
  ['/', 'see_operations'],
];

/** The page, if the person may open it. */
function toOpen(user: User, place: string | undefined): string | null {
  const right = rightsOf.find(([start]) => place?.startsWith(start))?.[1];
  return place && right && may(user, right) ? place : null;
}

/** Alerts with what their items name, in words, and where they lead. An alert without a page of its own leads to its agency. */
export async function linkAlerts(
  deps: Pick<ConsoleDeps, 'store' | 'directory'>,
  request: FastifyRequest,
  alerts: readonly ShownAlert[],
) {
  const user = request.signedIn();
  const named = alerts.flatMap(({ condition, items }) => items.map((item) => toNamed(condition, item) ?? []));
  const receipts = named.flat().flatMap((one) => ('receiptNumber' in one ? one.receiptNumber : []));
  const rawItems = named.flat().flatMap((one) => ('rawItem' in one ? one.rawItem : []));
  const [titles, itemTitles] = await Promise.all([
    listTitles(deps.store, receipts, toReadingAgency(user)),
    may(user, 'see_operations') ? readItemTitles(deps, request, rawItems) : new Map<string, string>(),
  ]);
  return alerts.map((alert) => {
    const isAgency = deps.directory.findAgency(alert.subject) !== undefined;
    const place =
      getCondition(alert.condition).place ?? (isAgency ? `/agencies/${alert.subject}` : undefined);
    const toItem = (item: Reason) => {
      const one = toNamed(alert.condition, item);
      const to = toOpen(user, toItemPlace(alert.condition, item));
      if (!one) return { ...item, kind: 'words', title: null, to };
      return 'rawItem' in one
        ? { ...item, kind: 'item', title: itemTitles.get(one.rawItem) ?? null, to }
        : { ...item, kind: 'complaint', title: titles.get(one.receiptNumber) ?? null, to };
    };
    return { ...alert, to: toOpen(user, place), isAgency, items: alert.items.map(toItem) };
  });
}
