import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { NewFile, StoredFile } from '../file-storage.ts';
import type { Faults } from '../rest-board/faults.ts';
import { addService } from './api.ts';
import { type BoardRequest, type BoardStore, type BoardUpdate, type NewRequest, openStore } from './store.ts';

export interface Open311BoardOptions {
  /** An SQLite file. Absent: kept in memory. */
  file?: string;
  port?: number;
  apiKey: string;
  jurisdiction?: string;
  mostRows?: number;
  patience?: number;
}

/**
 * A city's GeoReport v2 service with its own database. It lists the newest first, in whole seconds, with line ends CR
 * LF.
 */
export interface Open311Board {
  /** The base URL of the service, as in an agency's configuration. */
  url: string;
  requests(): (BoardRequest & { updates: BoardUpdate[] })[];
  /** SHA-256 of the stored content. `update` is present for files of an update. */
  files(no: number): { update?: BoardUpdate; name: string; sha256: string }[];
  /** A citizen's request on the city's own pages. */
  file(request: Partial<NewRequest>, files?: NewFile[]): number;
  attach(no: number, file: NewFile): void;
  edit(no: number, changes: Partial<BoardRequest>): void;
  /** An update by the city's staff. */
  update(no: number, text: string, status?: string, files?: NewFile[]): number;
  setClock(now?: () => Date): void;
  readonly faults: Faults;
  close(): Promise<void>;
}

const sample: NewRequest = {
  service_code: 'LIGHT-02',
  description: '공원 입구 가로등이 꺼져 있습니다.',
  address_string: '부산광역시 해운대구 우동 1',
  lat: '35.1631',
  long: '129.1635',
  first_name: '홍길동',
  phone: '010-1234-5678',
};

export async function startOpen311Board(options: Open311BoardOptions): Promise<Open311Board> {
  const {
    file = ':memory:',
    port = 0,
    apiKey,
    jurisdiction = 'busan.example',
    mostRows = 1000,
    patience,
  } = options;
  const machineClock = () => new Date();
  let clock = machineClock;
  const store = openStore(file, () => clock());
  const faults: Faults = { mode: 'none', requests: 0 };
  const server = fastify({ forceCloseConnections: true, bodyLimit: 2 * 1024 * 1024 });
  await server.register(async (service) =>
    addService(service, { store, apiKey, jurisdiction, faults, mostRows, patience }),
  );
  await server.listen({ port, host: '127.0.0.1' });
  const keep = (files: NewFile[]) => files.map((one) => store.files.put(one));
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/open311/v2/`,
    requests: () =>
      store
        .list('made', 0, 1e12, { limit: -1, offset: 0, all: true })
        .map((one) => ({ ...one, updates: store.updatesOf(one.no) }))
        .sort((a, b) => a.no - b.no),
    files: (no) => listFiles(store, no),
    file: (request, files = []) => store.add({ ...sample, ...request, files: keep(files) }),
    attach: (no, one) => void store.change(no, { files: [...present(store, no).files, ...keep([one])] }),
    edit: (no, changes) => void store.change(present(store, no).no, changes),
    update: (no, description, status, files = []) =>
      Number(
        store.update(present(store, no).no, { description, ...(status && { status }), files: keep(files) }),
      ),
    setClock: (now = machineClock) => {
      clock = now;
    },
    faults,
    close: async () => {
      await server.close();
      store.close();
    },
  };
}

function present(store: BoardStore, no: number): BoardRequest {
  const request = store.find(no);
  if (!request) throw new Error(`the board has no request ${no}`);
  return request;
}

function listFiles(store: BoardStore, no: number) {
  const told = ({ no: file, name }: StoredFile) => ({ name, sha256: store.files.hash(file) });
  return [
    ...present(store, no).files.map(told),
    ...store.updatesOf(no).flatMap((update) => update.files.map((file) => ({ update, ...told(file) }))),
  ];
}
