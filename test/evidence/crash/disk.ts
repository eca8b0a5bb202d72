/**
 * A disk that can lose its power: an ext4 file system in a file, mounted through a loop device, and shut down with
 * everything thrown away that was not synced. Needs Linux and root.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const MEGABYTES = 48;
const UNPLUG_ATTEMPTS = 30;
/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: as if the cable were pulled. */
const SHUT_DOWN = `
import fcntl, os, struct, sys
handle = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(handle, 0x8004587D, struct.pack("I", 2))
`;

export class Disk {
  private constructor(
    private readonly image: string,
    readonly mount: string,
  ) {}

  /** A fresh file system below `root`. Throws when the system does not allow it. */
  static make(root: string): Disk {
    const disk = new Disk(join(root, "disk.img"), join(root, "disk"));
    rmSync(disk.image, { force: true });
    mkdirSync(disk.mount, { recursive: true });
    run("truncate", "-s", `${MEGABYTES}M`, disk.image);
    run("mkfs.ext4", "-q", "-F", disk.image);
    disk.plugIn();
    return disk;
  }

  plugIn(): void {
    run("mount", "-o", "loop", this.image, this.mount);
  }

  /** Everything written so far is on the medium. */
  sync(): void {
    run("sync", "-f", this.mount);
  }

  /** From now on every write fails, and what was not synced is gone. */
  cutPower(): void {
    run("python3", "-c", SHUT_DOWN, this.mount);
  }

  /** Waits a little while a process that was just killed still holds the disk. */
  unplug(): void {
    for (let attempt = 1; ; attempt++) {
      try {
        run("umount", this.mount);
        return;
      } catch (error) {
        if (attempt === UNPLUG_ATTEMPTS) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    }
  }
}

/** Why this machine cannot cut the power of a disk; null when it can. */
export function whyNot(root: string): string | null {
  if (process.platform !== "linux") return `no loop-mounted ext4 on ${process.platform}`;
  if (process.getuid?.() !== 0) return "mounting needs root";
  try {
    const disk = Disk.make(root);
    try {
      disk.cutPower();
    } finally {
      disk.unplug();
    }
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
  }
}

function run(command: string, ...parameters: string[]): void {
  execFileSync(command, parameters, { stdio: ["ignore", "pipe", "pipe"] });
}
