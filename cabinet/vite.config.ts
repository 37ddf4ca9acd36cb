import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Static files for `server.ts`; scripts/build.mjs is how it is started: only when the sources have changed.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/cabinet',
    // scripts/cabinet.mjs removes what is old: a page that was opened before may still load a file of its own build.
    emptyOutDir: false,
    target: 'es2022',
    // The strict policy of the pages lets no data: scripts through; small files stay files.
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What several pages share comes in few files: a browser loads dozens of small ones one after the other.
        codeSplitting: {
          groups: [
            { name: 'kit', test: /node_modules[\\/](?:@mantine|@floating-ui)[\\/]/, minShareCount: 2 },
            { name: 'shared', test: /cabinet[\\/]src[\\/](?!parts[\\/]editor)/, minShareCount: 6 },
          ],
        },
      },
    },
  },
});
