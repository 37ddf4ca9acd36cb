import { openTestServices } from './services.mjs';

// scripts/run-tests.mjs opens the services once for several jest runs and sets the variable itself.
export default async function setup() {
  if (process.env.PIPEWRIGHT_TEST_SERVICES !== undefined) return;
  const services = await openTestServices();
  process.env.PIPEWRIGHT_TEST_SERVICES = services.address;
  globalThis.pipewrightTestServices = services;
}
