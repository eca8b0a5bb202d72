/**
 * The page's content security policy forbids eval, which zod's compiler would probe for. Schemas decide this
 * when they are made, so this module is imported before any of them.
 */
import { z } from "zod";

z.config({ jitless: true });
