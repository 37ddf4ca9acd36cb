import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

interface LinkParts {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children?: ReactNode;
}

/** A link to a page of ours, checked against the routes. */
export const LinkTo = createLink((props: Omit<AnchorProps, 'href'> & LinkParts) => <Anchor {...props} />);

/** The same with the looks of a button. */
export const ButtonTo = createLink((props: Omit<ButtonProps, 'href'> & LinkParts) => (
  <Button component="a" {...props} />
));
