import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { v7 as uuid } from 'uuid';
import type { Signer } from '../../../hub/access/keys/signing-key.ts';
import type { AttachmentEntry } from '../../../hub/attachments/read-attachments.ts';
import type { BundleDependencies } from '../../../hub/evidence/bundle-parts.ts';
import { exportEvidence } from '../../../hub/evidence/export-evidence.ts';
import { addAnchor } from '../../../hub/personal/log/add-anchor.ts';
import { sealEntries } from '../../../hub/personal/log/seal-entries.ts';
import type { Reader } from '../../../hub/personal/with-personal.ts';
import { inTransaction, type Store } from '../../../hub/store/database.ts';
import { sampleDirectory } from '../console/sample-agencies.ts';
import { insertComplaint, insertEvent, insertNotice } from '../console/sample-board.ts';
import { append, sampleEntry } from '../personal/sample-log.ts';

export const fileContent = Buffer.from('현장 사진 대신 쓰는 글\n');

/** A complaint with all that a bundle tells of, and a log in which others were seen before, between and after. */
export async function insertEvidence(store: Store, signer: Signer) {
  const made = await insertComplaint(store, { assignee: 'tax', origin: 'road' });
  const { id } = made;
  const answer = { text: '단속하겠습니다.', officer: { department: '교통과', name: '이세무' } };
  await insertEvent(store, id, 3, 'answered', { answer }, new Date('2026-11-02T01:02:03.004Z'), 'tax');
  await store.pool.query('update complaints set last_seq = 3 where id = $1', [id]);
  await insertNotice(store, id, 'sent', '<p>접수되었습니다.</p>');
  await store.pool.query(
    `insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason) values ($1, $2, 3, now(), now(), 'done', null)`,
    [uuid(), made.links.tax],
  );
  const others = (count: number) =>
    append(
      store,
      Array.from({ length: count }, () => sampleEntry()),
    );
  await others(5);
  await sealEntries(store);
  await append(store, [sampleEntry({ subjects: [id], actor: 'first' }), sampleEntry()]);
  await sealEntries(store);
  for (let n = 0; n < 3; n += 1) {
    await others(4);
    await sealEntries(store);
  }
  const day = new Date().toISOString().slice(0, 10);
  await inTransaction(store.pool, (client) =>
    addAnchor(client, signer, { day, now: new Date(), dropped: [] }),
  );
  await append(store, [sampleEntry({ subjects: [id], actor: 'second' })]);
  await sealEntries(store);
  await append(store, [sampleEntry({ subjects: [id], actor: 'third' })]);
  return made;
}

/** One file of the complaint, as if the hub held it. */
function sampleAttachments(): BundleDependencies['attachments'] {
  const entry: AttachmentEntry = {
    ...{ id: uuid(), seq: 1, agency: 'road', name: '현장 사진.txt', state: 'held', mediaType: 'text/plain' },
    ...{ size: fileContent.length, sha256: createHash('sha256').update(fileContent).digest('hex') },
    ...{ lastError: null, tries: 0, owner: null, createdAt: new Date(), deliveries: [] },
    ...{ openTo: null, inside: null },
  };
  return { list: async () => [entry], open: async () => Readable.from([fileContent]) };
}

export const reader: Reader = {
  actor: 'admin',
  agency: null,
  way: 'console',
  address: '10.0.0.1',
  place: 'POST /evidence',
};

export async function makeSample(
  store: Store,
  signer: Signer,
  receiptNumber: string,
  changed: {
    settings?: BundleDependencies['settings'];
    withTimeStamp?: boolean;
    reader?: Reader;
    withFiles?: boolean;
  } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const made = await exportEvidence(
    {
      ...{ store, signer, directory: sampleDirectory, attachments: sampleAttachments() },
      settings: changed.settings ?? { PUBLIC_URL: 'https://hub.example.kr' },
    },
    changed.reader ?? reader,
    {
      ...{ receiptNumber, reason: '행정심판 제출', language: 'ko' },
      ...{ withFiles: changed.withFiles ?? true, withTimeStamp: changed.withTimeStamp ?? false },
    },
  );
  if (!made) throw new Error('there is no such complaint');
  return new Uint8Array(made.content);
}
