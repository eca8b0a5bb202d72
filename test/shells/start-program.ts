/** Runs npm start's program for a test: its output, its address, its end. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { builtRoot } from "./built.ts";

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/open\?token=[\w-]+/;

export type StartedProgram = {
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves with the text that matched; rejects when the program ends without it. */
  printed(pattern: RegExp): Promise<string>;
  /** The address to open in a browser; works once. */
  address(): Promise<string>;
  /** Exit code; null after a signal that was not handled. */
  ended: Promise<number | null>;
  /** Ends it as the system would and waits. */
  stop(): Promise<number | null>;
  /** Ends it in the middle of whatever it does, as a power cut would, and waits. */
  kill(): Promise<number | null>;
};

/** A machine without Electron, display or browser, unless the test says otherwise. */
const bareMachine = {
  DISPLAY: "",
  WAYLAND_DISPLAY: "",
  LIANXINQIAO_BROWSER: "/nonexistent/browser",
  ELECTRON_OVERRIDE_DIST_PATH: "/nonexistent/electron",
  ELECTRON_MIRROR: "http://127.0.0.1:9/",
};

export function startProgram(parameters: string[], env: Record<string, string> = {}): StartedProgram {
  const script = join(builtRoot(), "src-main/shells/launch/start.ts");
  const child = spawn(process.execPath, [script, ...parameters], { env: { ...process.env, ...bareMachine, ...env } });
  let output = "";
  const watchers = new Set<() => void>();
  const take = (chunk: Buffer) => {
    output += chunk.toString();
    for (const watcher of watchers) watcher();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));

  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const [text] = pattern.exec(output) ?? [];
        if (text !== undefined) resolve(text);
      };
      watchers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without printing ${pattern}:\n${output}`)));
    });
  return {
    output: () => output,
    printed,
    address: () => printed(ADDRESS),
    ended,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
    kill() {
      child.kill("SIGKILL");
      return ended;
    },
  };
}
