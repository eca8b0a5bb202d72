/** Bundles a program of this folder into one file that Node runs as it is, so that it starts quickly. */
import { join, resolve } from "node:path";
import { build } from "vite";

const root = resolve(import.meta.dirname, "../../..");

/** Returns the path of the built program; below the project, where it finds the native package. */
export async function buildProgram(name: string): Promise<string> {
  const outDir = join(root, ".cache/evidence");
  await build({
    root,
    configFile: false,
    logLevel: "error",
    define: { __VERSION__: '"0.0.0-test"' },
    ssr: { noExternal: true, external: ["better-sqlite3"] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: "node24",
      minify: false,
      rolldownOptions: {
        input: { [name]: join(import.meta.dirname, `${name}.ts`) },
        output: { format: "esm", entryFileNames: "[name].js", codeSplitting: false },
      },
    },
  });
  return join(outDir, `${name}.js`);
}
