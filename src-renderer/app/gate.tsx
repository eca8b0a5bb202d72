/** What must be settled before any page: a reachable core, an office, a person at the keyboard. */
import { Center, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FirstRun } from "#renderer/pages/start/first-run.tsx";
import { PersonChooser } from "#renderer/pages/start/person-chooser.tsx";
import { StartFrame } from "#renderer/pages/start/start-frame.tsx";
import { api } from "./rpc.ts";
import { SessionContext } from "./session.tsx";

export function Gate({ children }: { children: ReactNode }) {
  const state = useQuery(api.setup.state.queryOptions());
  if (state.isPending) {
    return (
      <Center h="100dvh">
        <Loader aria-label="正在打开" />
      </Center>
    );
  }
  if (state.isError) {
    return (
      <StartFrame>
        <FailureAlert error={state.error} onRetry={() => void state.refetch()} />
      </StartFrame>
    );
  }
  const { office, person } = state.data;
  if (!office) return <FirstRun />;
  if (!person) return <PersonChooser state={state.data} />;
  return <SessionContext value={{ ...state.data, office, person }}>{children}</SessionContext>;
}
