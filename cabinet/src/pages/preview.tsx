export { NewPreview } from './previews/new-preview.js';
export { PreviewPage } from './previews/preview-page.js';
