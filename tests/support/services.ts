/** What each shared test service answers; see tests/setup/services.mjs. */
interface TestServices {
  readonly postgres: { readonly ownerUrl: string };
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
