/** What the key is called on this machine that goes with the letters of shortcuts. */
export const modKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';
