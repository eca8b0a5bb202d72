import { Alert, Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useSession } from "#renderer/app/session.tsx";

/** Says where it would act that a number nobody has set keeps a rule silent, and who sets it. */
export function UnsetRule({ text }: { text: string }) {
  const { office } = useSession();
  return (
    <Alert color="gray" p="xs" mb={8} style={{ flexShrink: 0 }}>
      {text}
      {office.level === "city" ? (
        <Anchor
          size="sm"
          ml={6}
          underline="always"
          renderRoot={(props) => <Link to="/offices" search={{ tab: "settings" }} {...props} />}
        >
          去设定
        </Anchor>
      ) : (
        "由市级设定，随同步包下发。"
      )}
    </Alert>
  );
}
