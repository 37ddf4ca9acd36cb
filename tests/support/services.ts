/** What each shared test service answers; see tests/setup/services.mjs. */
interface TestServices {
  readonly postgres: { readonly ownerUrl: string };
  /** The dev server, shared by all tests: each uses a task queue and workflow ids of its own. */
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly 'time-skipping': { readonly program: string };
  /** The bundle of `workflows/index.ts`, for `workflowBundle: { codePath }` of a worker. */
  readonly 'workflow-bundle': { readonly path: string };
  readonly chromium: { readonly program: string };
  /** The web pages as the server serves them, built from the present sources. */
  readonly cabinet: { readonly folder: string };
}

/** Starts the service when this is the run's first request for it, and tells where it is. */
export async function requestService<Name extends keyof TestServices>(
  name: Name,
): Promise<TestServices[Name] & { readonly runId: string }> {
  const address = process.env.PIPEWRIGHT_TEST_SERVICES;
  if (!address?.startsWith('http://')) {
    throw new Error(`The test service \`${name}\` is off: PIPEWRIGHT_TEST_SERVICES is \`${address ?? 'not set'}\`.`);
  }
  const response = await fetch(`${address}/${name}`);
  const body: unknown = await response.json();
  if (!response.ok) throw new Error((body as { message: string }).message);
  return body as TestServices[Name] & { runId: string };
}
