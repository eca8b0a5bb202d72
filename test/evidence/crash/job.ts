/** What the program that gets killed is to do; handed over as its one parameter, JSON. */
export type Job = {
  kind: "record" | "export" | "import";
  /** Data folder of an enrolled office. */
  folder: string;
  officeId: string;
  officeName: string;
  /** For exports. */
  peerId: string;
  stick: string;
  /** For imports: bundle files, in order. */
  bundles: string[];
  /** A bug to plant beside the product, so that the check can be seen to catch it. */
  plant?: "early" | "unsynced" | "half";
};

/** What the program prints, a line each: it is at work, something is done for good, all is done. */
export const READY = "ready";
export const DONE = "done";
export const ACKNOWLEDGED = "acknowledged ";
