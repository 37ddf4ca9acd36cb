import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef } from 'react';

const Plain = forwardRef<HTMLAnchorElement, Omit<AnchorProps, 'href'>>((props, ref) => <Anchor ref={ref} {...props} />);
Plain.displayName = 'PlainAnchor';

/** A link to a page of ours, checked against the routes. */
export const AnchorLink = createLink(Plain);
