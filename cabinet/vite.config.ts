import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Static files for `server.ts`; scripts/build.mjs runs this build when the sources have changed.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/cabinet',
    emptyOutDir: true,
    target: 'es2022',
    // The strict policy of the pages lets no data: scripts through; small files stay files.
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
});
