/**
 * An address as people see it in a draft: without the query and the password, which may be secrets of their own. Also the
 * name by which two addresses are compared: one place has one spelling.
 */
export function withoutQuery(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
