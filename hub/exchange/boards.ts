import type { AdapterContext, BoardAdapter } from '../../adapters/contract.ts';
import { createAdapter, tellsOfficers } from '../../adapters/registry.ts';
import { type Agency, type BoardConnection, type EventType, eventTypes } from '../../schemas/index.ts';
import { findMaintenance } from '../clock/maintenance.ts';
import type { Directory } from '../configuration/directory.ts';

/** An agency's board as configured now. */
export interface Board {
  agency: Agency;
  connection: BoardConnection;
  adapter: BoardAdapter;
}

/** The adapters in use, one per agency with a board, made anew when the agency's configuration changes. */
export interface Boards {
  /** Undefined: the agency has no board. Throws when its configuration cannot be used (a secret is missing). */
  find(agency: string): Board | undefined;
  /**
   * The kinds of event that the agency's board can hold; undefined: it has no board. While the configuration
   * cannot be used, every kind: the events wait until it can. An agency with a feed holds every kind.
   */
  carries(agency: string): ReadonlySet<EventType> | undefined;
  /** Whether bringing a complaint to the agency's board tells its officers: no notice has to. */
  tellsOfficers(agency: string): boolean;
  /** Agencies that have a board. */
  list(): Agency[];
  close(): Promise<void>;
}

const everyKind: ReadonlySet<EventType> = new Set(eventTypes);

export function createBoards(directory: Directory, secret: AdapterContext['secret']): Boards {
  const open = new Map<string, Board>();

  function make(agency: Agency, connection: BoardConnection): Board {
    const timeZone = zoneOf(agency);
    return {
      agency,
      connection,
      adapter: createAdapter(connection, { agency: agency.code, timeZone, secret }),
    };
  }

  function find(code: string): Board | undefined {
    const agency = directory.findAgency(code);
    const known = open.get(code);
    if (known && known.agency === agency) return known;
    if (known && agency && JSON.stringify(known.agency) === JSON.stringify(agency)) {
      known.agency = agency;
      return known;
    }
    // Calls under way keep the old adapter until they end.
    if (known) void known.adapter.close();
    open.delete(code);
    if (!agency?.board) return undefined;
    const board = make(agency, agency.board);
    open.set(code, board);
    return board;
  }

  return {
    find,
    carries(code) {
      if (directory.findAgency(code)?.feed) return everyKind;
      try {
        return find(code)?.adapter.carries;
      } catch {
        return everyKind;
      }
    },
    tellsOfficers(code) {
      const board = directory.findAgency(code)?.board;
      return board !== undefined && tellsOfficers(board);
    },
    list: () => directory.listAgencies().filter((agency) => agency.board),
    async close() {
      await Promise.all([...open.values()].map(({ adapter }) => adapter.close()));
      open.clear();
    },
  };
}

const zoneOf = ({ timeZone = 'Asia/Seoul' }: Agency) => timeZone;

/** Whether the agency's board is being maintained: then it is neither written to nor read. */
export function isMaintained({ agency }: Pick<Board, 'agency'>, instant = Date.now()): boolean {
  return findMaintenance(agency.board?.maintenance ?? [], zoneOf(agency), instant) !== undefined;
}
