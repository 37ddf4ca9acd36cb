/** Screens on which a text is edited in a plain text area. */
export const smallScreen = '(max-width: 40em), (pointer: coarse) and (max-width: 62em)';

/** The large editor; called early, it is there when its page is drawn. */
export const loadEditor = () => import('./yaml-editor.js');
