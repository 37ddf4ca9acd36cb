import { Anchor } from '@mantine/core';

/** Plain text whose web addresses can be followed. */
export function Linked({ text }: { readonly text: string }) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text never move
      <Anchor key={place} href={part} underline="always" rel="noreferrer">
        {part}
      </Anchor>
    ),
  );
}
