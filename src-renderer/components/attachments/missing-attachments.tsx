import { Alert, Anchor, Text } from "@mantine/core";
import { IconPhotoOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { api } from "#renderer/app/rpc.ts";

const SHOWN = 3;

/** Names the attachments whose content has not come yet; nothing while all are here. */
export function MissingAttachments() {
  const { data } = useQuery(api.attachments.missing.queryOptions());
  if (!data || data.total === 0) return null;
  const shown = data.rows.slice(0, SHOWN);
  return (
    <Alert color="gray" p="xs" mb="sm" style={{ flexShrink: 0 }} icon={<IconPhotoOff />}>
      <Text size="sm">
        有 {data.total} 个附件尚未收到，将随后续同步包到达：
        {shown.map(({ projectId, projectName, name }, index) => (
          <Fragment key={`${projectId} ${name}`}>
            {index > 0 && "；"}
            <Anchor
              size="sm"
              renderRoot={(props) => (
                <Link to="/projects/$projectId" params={{ projectId }} search={{ tab: "attachments" }} {...props} />
              )}
            >
              {projectName}
            </Anchor>
            “{name}”
          </Fragment>
        ))}
        {data.total > shown.length && " 等"}。
      </Text>
    </Alert>
  );
}
