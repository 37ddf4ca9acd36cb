export { type LoadedText, loadDefinition, loadServices } from './load.js';
export { generatedFiles, writeGenerated } from './write-generated.js';
