// npm leaves optional packages of other systems out of the lock file when it cannot look them up, and its own `npm ci`
// then calls the lock file out of step. This adds the missing entries; run it after every `npm install`.
// With --check it only tells whether some are missing.
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');
const path = join(project, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));

const missing = Object.entries(lock.packages).flatMap(([parent, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isLocked(parent, name))
    .map(([name, version]) => ({ name, version, isDev: entry.dev === true })),
);

if (process.argv.includes('--check')) {
  if (missing.length > 0) console.error(`package-lock.json lacks ${missing.length} entries: run this without --check.`);
  process.exit(missing.length === 0 ? 0 : 1);
}

for (const { name, version, isDev } of missing) {
  if (!/^\d/.test(version)) throw new Error(`${name}: only exact versions can be added, this one is \`${version}\`.`);
  lock.packages[`node_modules/${name}`] = { version, ...systemOf(name), ...(isDev && { dev: true }), optional: true };
}

if (missing.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  keepInstalled();
}
console.log(`${missing.length} entries added to package-lock.json.`);

/** Looks where Node would: beside the parent and in every folder above. */
function isLocked(parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}

/** Which systems a package is for, read from its name: `@swc/core-win32-arm64-msvc`. */
function systemOf(name) {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = words.find((word) =>
    ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].includes(word),
  );
  const cpus = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];
  const cpu = words.find((word) => cpus.includes(word));
  const libc = words.at(-1)?.startsWith('gnu') ? 'glibc' : words.at(-1)?.startsWith('musl') ? 'musl' : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }), ...(os && { os: [os] }) };
}

/** What is installed has not changed, so nothing needs to be installed again. */
function keepInstalled() {
  const installed = join(project, 'node_modules', '.package-lock.json');
  if (statSync(installed, { throwIfNoEntry: false })) utimesSync(installed, new Date(), new Date());
}
