// The Temporal test server that skips time: a Java program, fetched once by Maven into the cache folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const version = '1.38.0';

/** The path of a program that the SDK starts with the port as its argument. */
export async function ensureTimeSkippingServer(cacheFolder, log) {
  const folder = join(cacheFolder, 'time-skipping', version);
  const program = join(folder, 'temporal-test-server');
  if (await exists(program)) return program;
  log.info(`Fetching the time-skipping Temporal test server ${version} with Maven.`);
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.part-`);
  try {
    await writeFile(join(unfinished, 'pom.xml'), project);
    await runMaven(unfinished, join(cacheFolder, 'maven'));
    // Few small workflows in short tests: a quick start matters more than a fast server.
    const flags = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m';
    const main = 'io.temporal.testserver.TestServer';
    const script = `#!/bin/sh\nexec java ${flags} -cp "$(dirname "$0")/lib/*" ${main} "$@"\n`;
    await writeFile(join(unfinished, 'temporal-test-server'), script);
    await chmod(join(unfinished, 'temporal-test-server'), 0o755);
    await rename(unfinished, folder).catch(async (error) => {
      if (!(await exists(program))) throw error;
    });
    return program;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>time-skipping-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

async function runMaven(folder, repository) {
  const options = ['-q', '-B', `-DoutputDirectory=${join(folder, 'lib')}`, '-DincludeScope=runtime'];
  // Java takes the home folder from the system's user table; where that is closed, Maven needs a folder of ours.
  if (!(await exists(process.env.HOME ?? ''))) options.push(`-Dmaven.repo.local=${repository}`);
  const child = spawn('mvn', [...options, 'dependency:copy-dependencies'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.timeout(300_000),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-2_000);
    });
  }
  const [code] = await once(child, 'close').catch((error) => {
    throw new Error(`Maven (\`mvn\`, with Java 17 or newer) is needed once to fetch the test server: ${error.message}`);
  });
  if (code !== 0) throw new Error(`Maven did not fetch the time-skipping test server: ${output.trim()}`);
}

async function exists(path) {
  return await access(path).then(
    () => true,
    () => false,
  );
}
