/** The picture of a pipeline; called early, it is there when its page is drawn. */
export const loadCanvas = () => import('./canvas.js');
