import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Reads until this process ends, however it ends: the system then closes its end of the pipe. If no other user lives,
 * it then asks the server to end (SIGINT: fast shutdown). The shell needs a megabyte and no processor time while it
 * waits.
 */
const script = `
read -r nothing
rm -f "$1/$2"
for user in "$1"/*; do
  [ -e "$user" ] && kill -0 "\${user##*/}" 2>/dev/null && exit
done
read -r server <"$3" && kill -INT "$server"`;

/**
 * Makes sure that the embedded server does not outlive its users, even if they are killed or run out of memory. The
 * result ends the watch. Windows has no watch: there the next start takes the server over.
 */
export function watchUsers(users: string, cluster: string): () => void {
  if (process.platform === 'win32') return () => undefined;
  const given = ['hub-watch', users, String(process.pid), join(cluster, 'postmaster.pid')];
  // The watch is detached: Ctrl-C in a terminal reaches the whole process group.
  const watch = spawn('sh', ['-c', script, ...given], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.on('error', () => undefined);
  watch.stdin.on('error', () => undefined);
  watch.unref();
  (watch.stdin as typeof watch.stdin & { unref?(): void }).unref?.();
  return () => void watch.kill('SIGKILL');
}
