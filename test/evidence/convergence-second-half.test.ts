/** Laws 2 to 8, 10 and 11, as in convergence.test.ts, with other seeds. */
import { proveConvergence } from "./convergence/prove.ts";

proveConvergence("second");
