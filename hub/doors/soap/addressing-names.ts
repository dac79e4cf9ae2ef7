/** WS-Addressing 1.0 (W3C, 2006) and the submission of 2004 that older toolkits send, with the address "reply here". */
export const addressingNamespaces: ReadonlyMap<string, { anonymous: string; fault: string }> = new Map([
  [
    'http://www.w3.org/2005/08/addressing',
    {
      anonymous: 'http://www.w3.org/2005/08/addressing/anonymous',
      fault: 'http://www.w3.org/2005/08/addressing/fault',
    },
  ],
  [
    'http://schemas.xmlsoap.org/ws/2004/08/addressing',
    {
      anonymous: 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous',
      fault: 'http://schemas.xmlsoap.org/ws/2004/08/addressing/fault',
    },
  ],
]);

/** The headers that the hub reads. It needs none of them: a reply goes back on the connection of its request. */
const known = ['To', 'Action', 'MessageID', 'RelatesTo', 'ReplyTo', 'FaultTo', 'From'];

/** True for a header of WS-Addressing that is understood here. */
export const isAddressing = ({ name, namespace }: { name: string; namespace: string }): boolean =>
  addressingNamespaces.has(namespace) && known.includes(name);
