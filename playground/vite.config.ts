import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    target: 'es2023',
    // The page's Content-Security-Policy lets nothing in that is written into another file.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
})
