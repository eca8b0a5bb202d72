/** npm run build: brings dist/ up to date. */
import { join } from "node:path";
import { buildIfStale } from "./build.ts";

buildIfStale(join(import.meta.dirname, "../../.."));
