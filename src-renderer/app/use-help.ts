import { useMatches, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { topicOf } from "#renderer/pages/help/topics.ts";

/** Opens the help of the page now shown; on the help page itself nothing happens. */
export function useHelp(): () => void {
  const navigate = useNavigate();
  const page = useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? "/" });
  return useCallback(() => {
    if (page !== "/help") void navigate({ to: "/help", search: { topic: topicOf(page).id } });
  }, [navigate, page]);
}
