/** Reads server-sent events until the stream ends: the name of each and what it holds. */
export async function readEvents(
  stream: ReadableStream<Uint8Array>,
  tell: (event: string, body: unknown) => void,
): Promise<void> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const lines = part.split('\n');
      const event = lines.find((line) => line.startsWith('event: '))?.slice('event: '.length);
      const body = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length);
      if (event !== undefined && body !== undefined) tell(event, JSON.parse(body));
    }
  }
}
