import type { Caller } from '../../access/keys/scopes.ts';
import type { Given, Reader } from '../../personal/with-personal.ts';

/** The door that a call came through. */
export type Source = 'rest' | 'soap';

/** A program of an agency, as the access log names it: by its key. */
export const toReader = ({ agency, keyId, address = '' }: Caller, way: Source, place: string): Reader => ({
  actor: `key ${keyId}`,
  agency,
  way,
  address,
  place,
});

/** What a complaint gives out at a door. An agency that was only asked for a contribution gets no person. */
export const toGiven = (id: string, role: string): Given => ({
  act: 'read',
  purpose: 'handling',
  subjects: [id],
  items: ['name', 'contact', 'text', 'history'],
  masked: role === 'part',
});
