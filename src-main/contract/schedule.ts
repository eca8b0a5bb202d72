/** 倒排工期 and 顺延: many nodes of one project in one act. What a window previews, it works out by domain/schedule.ts. */
import { z } from "zod";
import { id, isoDate, procedure, written } from "./base.ts";

export const schedule = {
  /** Adds nodes as previewed, and gives existing ones (`nodeId`) their new day; one change set. */
  make: procedure
    .input(
      z.object({
        projectId: id,
        nodes: z
          .array(
            z.object({
              nodeId: id.nullable(),
              name: z.string().trim().max(200),
              plannedOn: isoDate.nullable(),
              responsibleUnit: z.string().trim().max(80),
            }),
          )
          .min(1)
          .max(100),
      }),
    )
    .output(written),
  /** Moves a node and what follows it. `expected`: ids of the nodes that the preview moved. */
  shift: procedure
    .input(
      z.object({ projectId: id, nodeId: id, days: z.int().min(-3650).max(3650), expected: z.array(id).max(10_000) }),
    )
    .output(written),
};
