/** An address as people see it in a draft: without query and password, which may be secrets of their own. */
export function withoutQuery(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/**
 * The name of a place below an endpoint, in one spelling, so that two of them can be compared. The protocol and the query
 * tell no places apart.
 */
export function toPlace(endpoint: string, path = ''): string {
  const whole = path === '' ? endpoint : `${endpoint.replace(/\/+$/, '')}/${path}`;
  const { protocol, hostname, port, pathname } = new URL(whole);
  const usual = protocol === 'https:' ? '443' : '80';
  return `${toHostName(hostname)}:${port || usual}${toPlain(pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')}`.toLowerCase();
}

/** Names of this machine are one name. Other names are compared as they are written: nothing is looked up. */
export const toHostName = (host: string): string => {
  const name = host.toLowerCase().replace(/\.$/, '');
  return ['localhost', '[::1]', '::1'].includes(name) ? '127.0.0.1' : name;
};

function toPlain(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
