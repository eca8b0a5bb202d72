/** A bundle on its way between two offices. */
import type { Knowledge } from "./model.ts";

export type Carried = {
  sender: string;
  from: string;
  to: string;
  replica: string;
  number: number;
  recordChanges: number;
  bytes: Buffer;
  fileName: string;
  /** What the laws say is in it, together with what the receiver has acknowledged. */
  knowledge: Knowledge;
  /** The receiver's replica as the sender knows it; null before the sender has heard from the receiver. */
  madeFor: string | null;
};
