import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Reads until this process is gone, however it ended: the system closes its end of the pipe. Then, where no other user
 * lives, it asks the server to end (SIGINT: fast shutdown). The shell needs a megabyte and no processor while it waits.
 */
const script = `
read -r nothing
rm -f "$1/$2"
for user in "$1"/*; do
  [ -e "$user" ] && kill -0 "\${user##*/}" 2>/dev/null && exit
done
read -r server <"$3" && kill -INT "$server"`;

/**
 * Sees to it that the embedded server does not outlive its users, also where they are killed or run out of memory. The
 * result ends the watch. Not on Windows, where the next start takes the server over.
 */
export function watchUsers(users: string, cluster: string): () => void {
  if (process.platform === 'win32') return () => undefined;
  const given = ['hub-watch', users, String(process.pid), join(cluster, 'postmaster.pid')];
  // Detached: Ctrl-C in a terminal reaches the whole process group.
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
