/** Laws 2 to 8, 10 and 11 under everything that goes wrong between offices, held against a plain model. */
import { proveConvergence } from "./convergence/prove.ts";

proveConvergence("first");
