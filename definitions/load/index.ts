export { loadDefinition, loadServices } from './load.js';
export { loadTariffs } from './modules.js';
export { generatedFiles, writeGenerated } from './write-generated.js';
