import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What wsdl2h and soapcpp2 make of the description as the hub serves it, and our calls, compiled. Returns the program.
 * `port`: the one that the description names; it decides the version of SOAP. `source`: the file with our calls.
 */
export async function buildGsoapClient(
  folder: string,
  wsdl: string,
  port: 'HubSoap11' | 'HubSoap12',
  source = 'client.cpp',
): Promise<string> {
  const cwd = join(folder, port);
  const options = { cwd, timeout: 200_000 };
  await mkdir(cwd);
  await cp(fileURLToPath(new URL(source, import.meta.url)), join(cwd, source));
  await run('wsdl2h', ['-o', 'hub.h', wsdl], options);
  await run('soapcpp2', ['-j', '-C', '-x', '-L', 'hub.h'], options);
  const sources = [source, 'soapC.cpp', `soap${port}Proxy.cpp`];
  const names = [`#include "${port}.nsmap"`, `#include "soap${port}Proxy.h"`, `#define PROXY ${port}Proxy`];
  await writeFile(join(cwd, 'generated.h'), `${names.join('\n')}\n`);
  await run('g++', ['-O0', '-o', 'gsoap-client', ...sources, '-lgsoap++'], options);
  return join(cwd, 'gsoap-client');
}
