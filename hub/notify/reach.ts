import type { Channel } from '../../schemas/index.ts';
import { type Reason, toReason } from '../../schemas/reason.ts';

/** Where a message can go. */
export interface Address {
  channel: Channel;
  address: string;
}

/** The ways to reach a person, a complainant or an officer. */
export interface Reachable {
  email?: string;
  phone?: string;
  notifyBy?: Channel;
}

/** Korean numbers other than 010, 011 and 016 to 019 are land lines, which take no text messages. */
const landLine = /^\+82(?!1[016-9])/;

/** The ways to reach a person, best first: the preferred one, then e-mail, then a text message. */
export function listAddresses(person: Reachable): Address[] {
  const addresses: Address[] = [];
  if (person.email) addresses.push({ channel: 'email', address: person.email });
  if (person.phone && !landLine.test(person.phone)) {
    const sms: Address = { channel: 'sms', address: person.phone };
    if (person.notifyBy === 'sms') addresses.unshift(sms);
    else addresses.push(sms);
  }
  return addresses;
}

/** Why a person cannot be reached, for the people who look after the notices. */
export function whyUnreachable(person: Reachable): Reason {
  return person.phone ? toReason('land_line') : toReason('no_contact');
}
