/** How the pages are built: Remix over Vite, USWDS through sass. The server, the worker and the commands need no build. */
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  publicDir: "app/ui/public",
  plugins: [
    remix({
      appDirectory: "app",
      buildDirectory: ".build",
      serverModuleFormat: "esm",
      // A route is a .tsx file; what a route needs beside it is .ts.
      ignoredRouteFiles: ["**/*.ts"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        // A browser is told only of the routes it meets: a resident's page does not list the clerks' pages.
        v3_lazyRouteDiscovery: true,
      },
    }),
  ],
  // The content security policy allows no data: URIs, so nothing is inlined.
  build: { assetsInlineLimit: 0, reportCompressedSize: false },
  css: {
    preprocessorOptions: {
      scss: { loadPaths: ["node_modules/@uswds/uswds/packages"], quietDeps: true },
    },
  },
});
