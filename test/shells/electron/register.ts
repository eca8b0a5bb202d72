/** Preloaded with --import: gives the stub to whoever imports "electron". */
import { registerHooks } from "node:module";

const stub = new URL("./stub.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "electron" ? { url: stub, shortCircuit: true } : next(specifier, context),
});
