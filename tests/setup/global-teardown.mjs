export default async function teardown() {
  await globalThis.pipewrightTestServices?.close();
}
