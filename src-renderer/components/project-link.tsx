import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";

/** A project's name that opens its page. */
export function ProjectLink({ id, name }: { id: string; name: string }) {
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/projects/$projectId" params={{ projectId: id }} {...props} />}>
      {name}
    </Anchor>
  );
}
